"""Other programs that are measured, each in a process of its own: pixels go in through a pipe, JSON comes back."""

import json
import re
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from fer_desktop.errors import FerDesktopError
from fer_desktop.types import Image

_ROOT: Final = Path(__file__).resolve().parents[2]
SCRIPTS: Final = _ROOT / "tools" / "peers"
_FAILURES: Final = re.compile(
    r"^(?:Traceback \(most recent call last\)|Fatal Python error):.*", re.MULTILINE | re.DOTALL
)


class OtherProgramError(FerDesktopError):
    """A program that is not installed, has failed, or gives no answer."""


def find_peers_python() -> str:
    """The Python of the environment that `make peers` makes. Raises `OtherProgramError` where it is not there."""
    python = _ROOT / ".venv-peers" / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    if not python.is_file():
        raise OtherProgramError("not installed: `make peers` makes its environment")
    return str(python)


def ask_program(command: Sequence[str], header: Mapping[str, int], pixels: Image, *, timeout_s: float) -> Any:
    """What it prints last, read as JSON; it may print other lines before. It gets the header as a line of JSON, then
    the pixels.

    Raises `OtherProgramError`.
    """
    question = json.dumps(header).encode() + b"\n" + pixels.tobytes()
    try:
        done = subprocess.run(command, input=question, capture_output=True, timeout=timeout_s, check=True, cwd=_ROOT)
    except subprocess.TimeoutExpired as error:
        raise OtherProgramError(f"gave no answer within {timeout_s:.0f} s") from error
    except subprocess.CalledProcessError as error:
        raise OtherProgramError(_explain(error)) from error
    lines = done.stdout.splitlines()
    if not lines:
        raise OtherProgramError("printed no answer")
    return json.loads(lines[-1])


def _explain(error: subprocess.CalledProcessError) -> str:
    """How it ended, and its failure with the stack; all that it wrote, where it wrote no such thing."""
    written = error.stderr.decode(errors="replace").strip()
    failure = _FAILURES.search(written)
    how = (
        f"ended by {signal.Signals(-error.returncode).name}"
        if error.returncode < 0
        else f"exit code {error.returncode}"
    )
    return f"{how}: {failure[0] if failure else written or 'no message'}"
