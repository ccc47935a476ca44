"""The two text networks of PP-OCRv6 (small), as shipped beside this file, in LiteRT interpreters of one thread.

What they are and how they were made: `shipped/MODEL_CARD.md`. Both read colour pictures, -1 to 1, of fixed sizes.
"""

from pathlib import Path
from typing import Any, Final

import numpy as np

from fer_desktop.messages import MessageKey
from fer_desktop.system.model_files import (
    ALPHABET,
    TEXT_FINDER,
    TEXT_RECOGNISER,
    ModelFile,
    check_model_file,
    make_model_error,
)
from fer_desktop.system.native_stderr import suppress_stderr
from fer_desktop.system.opencv import cv2
from fer_desktop.types import Floats, Image

FINDER_SIZE: Final = (544, 96)
"""Width and height of the picture in which text is found."""

LINE_SIZE: Final = (320, 48)
"""Width and height of the picture of one line of text."""

SHIPPED_FOLDER: Final = Path(__file__).parent / "shipped"
_GREY: Final = 127


class TextNetworks:
    """Finds text in a picture and reads a line of it. For one thread."""

    def __init__(self, folder: Path = SHIPPED_FOLDER) -> None:
        """Raises `ModelError` where files are missing or damaged."""
        self.alphabet = _load_alphabet(check_model_file(ALPHABET, folder))
        self._finder = Network(TEXT_FINDER, folder)
        self._recogniser = Network(TEXT_RECOGNISER, folder)

    def map_text(self, picture: Image, max_scale: float) -> tuple[Floats, float]:
        """(height, width) probabilities that a pixel lies in text, of the picture scaled to fit `FINDER_SIZE`, but no
        more than by `max_scale`; and the scale.
        """
        height, width = picture.shape[:2]
        scale = min(FINDER_SIZE[0] / width, FINDER_SIZE[1] / height, max_scale)
        size = max(1, int(width * scale)), max(1, int(height * scale))
        probabilities = self._finder.run(_pad(_resize(picture, size), FINDER_SIZE, repeat_edge=True))
        return probabilities[: size[1], : size[0], 0], scale

    def read_line(self, line: Image, *, softly: bool = False) -> Floats:
        """(steps, letters) probabilities of the line's text, over `alphabet`; letter 0 is the blank.

        A line longer than seven times its height is squeezed; the network was trained with such lines. `softly`: it is
        enlarged linearly instead of cubically, which merges and separates other letters.
        """
        height, width = line.shape[:2]
        long = min(LINE_SIZE[0], max(LINE_SIZE[1], round(width * LINE_SIZE[1] / height)))
        resized = _resize(line, (long, LINE_SIZE[1]), enlarge=cv2.INTER_LINEAR if softly else cv2.INTER_CUBIC)
        return self._recogniser.run(_pad(resized, LINE_SIZE, repeat_edge=False))


class Network:
    """One network in LiteRT, with one thread."""

    def __init__(self, file: ModelFile, folder: Path | None = None) -> None:
        """`folder`: as of `check_model_file`. Raises `ModelError`."""
        path = check_model_file(file, folder)
        with suppress_stderr():  # LiteRT announces its delegate
            from ai_edge_litert.interpreter import Interpreter

            try:
                self._interpreter: Any = Interpreter(str(path), num_threads=1)
                self._interpreter.allocate_tensors()
            except (ValueError, RuntimeError) as error:
                raise make_model_error(file, MessageKey.MODEL_FILE_DAMAGED) from error
        self._input = self._interpreter.get_input_details()[0]["index"]
        self._output = self._interpreter.get_output_details()[0]["index"]

    def run(self, picture: Image) -> Floats:
        """What it makes of a picture of levels, 0 to 255."""
        tensor = picture.astype(np.float32)
        tensor *= 1 / 127.5
        tensor -= 1
        self._interpreter.set_tensor(self._input, tensor[None])
        self._interpreter.invoke()
        output: Floats = self._interpreter.get_tensor(self._output)[0]
        return output


def _load_alphabet(path: Path) -> tuple[str, ...]:
    """The blank, one letter per line of the file, and the space."""
    return ("", *path.read_text(encoding="utf-8").split("\n"), " ")


def _resize(picture: Image, size: tuple[int, int], *, enlarge: int = cv2.INTER_CUBIC) -> Image:
    shrinks = size[1] < picture.shape[0] * 0.8
    resized: Any = cv2.resize(picture, size, interpolation=cv2.INTER_AREA if shrinks else enlarge)
    return np.asarray(resized, np.uint8)


def _pad(picture: Image, size: tuple[int, int], *, repeat_edge: bool) -> Image:
    """Pads at the right and below, with the edge's own pixels or with grey."""
    below, right = size[1] - picture.shape[0], size[0] - picture.shape[1]
    border = cv2.BORDER_REPLICATE if repeat_edge else cv2.BORDER_CONSTANT
    padded: Any = cv2.copyMakeBorder(picture, 0, below, 0, right, border, value=(_GREY,) * 3)
    return np.asarray(padded, np.uint8)
