"""Other libraries' predictions for the same faces, each run in the environment that `make peers` sets up."""

from typing import Final

import numpy as np

from fer_desktop.errors import ModelError
from fer_desktop.system.other_program import SCRIPTS, OtherProgramError, ask_program, find_peers_python
from fer_desktop.types import EXPRESSIONS, Floats, Image

BASELINES: Final = ("fer", "deepface")

_TIMEOUT_S: Final = 3600


def predict_with_baseline(name: str, images: Image) -> Floats:
    """The library's probabilities (n, 7) for `images` (n, 48, 48) uint8. Raises ModelError where it is missing."""
    try:
        python = find_peers_python()
    except OtherProgramError as error:
        raise ModelError(f"{name} cannot be measured: {error}") from error
    return run_baseline([python, str(SCRIPTS / f"read_with_{name}.py")], name, images)


def run_baseline(command: list[str], name: str, images: Image) -> Floats:
    """Pipes `images` into `command` and returns the probabilities that it prints. Raises ModelError when it fails."""
    try:
        answer = ask_program(command, {"count": len(images)}, images, timeout_s=_TIMEOUT_S)
    except OtherProgramError as error:
        raise ModelError(f"{name} cannot be measured: {error}") from error
    probabilities = np.array(answer, np.float32)
    if probabilities.shape != (len(images), len(EXPRESSIONS)):
        raise ModelError(f"{name} gave {probabilities.shape} probabilities for {len(images)} pictures")
    return probabilities
