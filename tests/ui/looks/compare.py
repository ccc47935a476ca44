"""Compares a window's picture with its reference, coarse enough for another scale or font renderer.

Tolerated: a shade that differs by a few levels, an edge that falls on the next pixel. Not tolerated: another word, a
button that moved by three pixels, another hue. `Limits` holds the figures, and `test_looks_compare.py` the examples.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from fer_desktop.system.opencv import cv2
from fer_desktop.types import Image

REFERENCES: Final = Path(__file__).parent / "references"
FONTS: Final = ("DejaVu Sans", "Lohit Devanagari")

_SHRINK: Final = 2
"""A reference has half the logical size: texts can still be distinguished, and edges of a pixel count little."""
_STEP: Final = 16
"""Levels are rounded to multiples of it: so many fewer bytes, and less than anybody sees."""
_LOSSLESS: Final = 101  # OpenCV's word for it
_BLOCK_PX: Final = 8


@dataclass(frozen=True, slots=True)
class Limits:
    """Mean differences, of 255, that count as the same look: of the whole, and of the block that differs most."""

    mean: float
    block: float
    beside: bool = False
    """What stands a pixel beside its place does not count."""


SAME_SCALE: Final = Limits(mean=2.0, block=26)
"""Another word differs by more."""
ANOTHER_SCALE: Final = Limits(mean=2.0, block=37, beside=True)
"""Thin lines fall on other pixels; a text that has gone, or a button that moved, differs by more."""


def shrink(picture: QImage) -> Image:
    """Blue-green-red in coarse levels, at half the logical size."""
    logical = picture.deviceIndependentSize().toSize()
    converted = picture.convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(converted.constBits(), np.uint8).reshape(converted.height(), -1, 4)
    size = logical.width() // _SHRINK, logical.height() // _SHRINK
    small = cv2.resize(pixels[:, : converted.width(), :3], size, interpolation=cv2.INTER_AREA)
    return np.minimum((small.astype(np.uint16) + _STEP // 2) // _STEP * _STEP, 255).astype(np.uint8)


def write_small(path: Path, image: Image) -> None:
    cv2.imwrite(f"{path}.png", image, [cv2.IMWRITE_PNG_COMPRESSION, 1])


def write_reference(name: str, image: Image) -> None:
    cv2.imwrite(str(REFERENCES / f"{name}.webp"), image, [cv2.IMWRITE_WEBP_QUALITY, _LOSSLESS])


def read_image(path: Path) -> Image | None:
    image = cv2.imread(str(path)) if path.exists() else None
    return None if image is None else np.asarray(image, np.uint8)


def read_reference(name: str) -> Image | None:
    return read_image(REFERENCES / f"{name}.webp")


def find_difference(image: Image, reference: Image, limits: Limits = SAME_SCALE) -> str | None:
    """What is different, in words; None where the picture is as it was."""
    if image.shape != reference.shape:
        return f"its size is {image.shape[1]} x {image.shape[0]}, and was {reference.shape[1]} x {reference.shape[0]}"
    blocks = _blocks(image, reference, beside=limits.beside)
    if blocks.mean() > limits.mean:
        return f"it differs by {blocks.mean():.1f} levels on the whole; at most {limits.mean} are allowed"
    if blocks.max() > limits.block:
        row, column = np.unravel_index(int(blocks.argmax()), blocks.shape)
        side = _BLOCK_PX * _SHRINK
        return (
            f"it differs by {blocks.max():.0f} levels around {column * side}, {row * side}; "
            f"at most {limits.block:.0f} are allowed"
        )
    return None


def _blocks(image: Image, reference: Image, *, beside: bool) -> NDArray[np.float32]:
    """The mean difference of each block."""
    if beside:
        levels = np.maximum(_stray(image, reference), _stray(reference, image))
    else:
        levels = np.asarray(cv2.absdiff(image, reference), np.uint8)
    apart = levels.max(axis=2).astype(np.float32)
    size = max(1, apart.shape[1] // _BLOCK_PX), max(1, apart.shape[0] // _BLOCK_PX)
    return np.asarray(cv2.resize(apart, size, interpolation=cv2.INTER_AREA), np.float32)


def _stray(image: Image, other: Image) -> Image:
    """How far each level is off all those around the same place of the other picture."""
    around = np.ones((3, 3), np.uint8)
    above, below = cv2.subtract(image, cv2.dilate(other, around)), cv2.subtract(cv2.erode(other, around), image)
    return np.asarray(np.maximum(above, below), np.uint8)
