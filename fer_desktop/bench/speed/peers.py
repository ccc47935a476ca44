"""Times other programs on the same frame, each in its own process so that none slows another."""

import sys
from collections.abc import Callable
from typing import Any, Final

from fer_desktop.system.other_program import SCRIPTS, OtherProgramError, ask_program, find_peers_python
from fer_desktop.types import Image

_TIMEOUT_S: Final = 600
_PROGRAMS: Final[dict[str, Callable[[], str]]] = {
    "fer_mtcnn": find_peers_python,
    "haar_predict_per_face": lambda: sys.executable,
}
"""By the name of the script: which Python runs it."""


def measure_peers(frame: Image) -> dict[str, dict[str, Any]]:
    """By name: `faces`, `frame_ms` and `cpu_seconds_per_frame`, or `error` with all that is known of it."""
    return {name: _measure(name, find_python, frame) for name, find_python in _PROGRAMS.items()}


def _measure(name: str, find_python: Callable[[], str], frame: Image) -> dict[str, Any]:
    size = {"height": frame.shape[0], "width": frame.shape[1]}
    try:
        command = [find_python(), "-X", "faulthandler", str(SCRIPTS / f"{name}.py")]  # a crash gives its stack, too
        figures: dict[str, Any] = ask_program(command, size, frame, timeout_s=_TIMEOUT_S)
    except OtherProgramError as error:
        return {"error": str(error)}
    return figures
