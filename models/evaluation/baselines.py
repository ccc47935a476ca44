"""Other libraries' predictions for the same faces, each run in the environment that `make peers` sets up."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Final

import numpy as np

from fer_desktop.errors import ModelError
from fer_desktop.types import EXPRESSIONS, Floats, Image

BASELINES: Final = ("fer", "deepface")

_ROOT: Final = Path(__file__).resolve().parents[2]
_TIMEOUT_S: Final = 3600


def predict_with_baseline(name: str, images: Image) -> Floats:
    """The library's probabilities (n, 7) for `images` (n, 48, 48) uint8. Raises ModelError where it is missing."""
    folder = "Scripts" if sys.platform == "win32" else "bin"
    python = _ROOT / ".venv-peers" / folder / "python"
    if not python.is_file():
        raise ModelError(f"{name} is not installed: `make peers` makes its environment")
    return run_baseline([str(python), str(_ROOT / "tools" / "peers" / f"read_with_{name}.py")], name, images)


def run_baseline(command: list[str], name: str, images: Image) -> Floats:
    """Pipes `images` into `command` and returns the probabilities that it prints. Raises ModelError when it fails."""
    header = json.dumps({"count": len(images)}).encode() + b"\n"
    try:
        finished = subprocess.run(
            command, input=header + images.tobytes(), capture_output=True, timeout=_TIMEOUT_S, check=True, cwd=_ROOT
        )
    except subprocess.TimeoutExpired as error:
        raise ModelError(f"{name} gave no answer within {_TIMEOUT_S} s: try fewer pictures") from error
    except subprocess.CalledProcessError as error:
        last_line = error.stderr.decode(errors="replace").strip().splitlines()[-1:] or ["no message"]
        raise ModelError(f"{name} cannot be measured: {last_line[0]}") from error
    probabilities = np.array(json.loads(finished.stdout.splitlines()[-1]), np.float32)
    if probabilities.shape != (len(images), len(EXPRESSIONS)):
        raise ModelError(f"{name} gave {probabilities.shape} probabilities for {len(images)} pictures")
    return probabilities
