"""Times other programs on the same frame, each in its own process so that none slows another."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

from fer_desktop.types import Image

_ROOT: Final = Path(__file__).resolve().parents[3]
_SCRIPTS: Final = _ROOT / "tools" / "peers"
_TIMEOUT_S: Final = 600


def measure_peers(frame: Image) -> dict[str, dict[str, Any]]:
    """By name: `faces` and `frame_ms`, or `error` with what to do. The frame goes through a pipe, never to a file."""
    return {
        "fer_mtcnn": _run(_peers_python(), _SCRIPTS / "fer_mtcnn.py", frame),
        "haar_predict_per_face": _run(Path(sys.executable), _SCRIPTS / "haar_predict_per_face.py", frame),
    }


def _peers_python() -> Path:
    folder = "Scripts" if sys.platform == "win32" else "bin"
    return _ROOT / ".venv-peers" / folder / "python"


def _run(python: Path, script: Path, frame: Image) -> dict[str, Any]:
    if not python.is_file():
        return {"error": "not installed: `make peers` makes its environment"}
    header = json.dumps({"height": frame.shape[0], "width": frame.shape[1]}).encode() + b"\n"
    try:
        done = subprocess.run(
            [str(python), str(script)],
            input=header + frame.tobytes(),
            capture_output=True,
            timeout=_TIMEOUT_S,
            check=True,
            cwd=_ROOT,
        )
    except subprocess.TimeoutExpired:
        return {"error": f"gave up after {_TIMEOUT_S} s"}
    except subprocess.CalledProcessError as error:
        last = error.stderr.decode(errors="replace").strip().splitlines()[-1:] or ["no message"]
        return {"error": f"failed: {last[0]}"}
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures
