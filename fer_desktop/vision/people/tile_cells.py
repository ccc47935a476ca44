"""A tile as a few cells of mean brightness, by which it is compared from frame to frame."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from fer_desktop.system.opencv import cv2
from fer_desktop.types import Box, Image
from fer_desktop.vision.halving import average_areas

TILE_CELLS: Final = (32, 18)
"""Columns and rows."""
INSIDE: Final = np.s_[1:-1, 1:-1]
"""The cells inside the tile: calls draw a frame around whoever speaks."""
STILL_LEVELS: Final = 4.0
"""Of 0 to 255: in a picture that does not move fewer cells than `MOVED_CELLS` change by more, in whatever coding."""
MOVED_CELLS: Final = 4
_SAMPLED_ROWS: Final = 90

Cells = NDArray[np.float32]


def sample_tile(image: Image, tile: Box) -> Image:
    """The tile's pixels; of a high one every n-th of every n-th row, 90 to 180 of them. None outside the frame."""
    left, top, width, height = tile.clipped(image.shape[1], image.shape[0]).rounded()
    step = max(1, height // _SAMPLED_ROWS)
    return image[top : top + height : step, left : left + width : step]


def average_sample(sample: Image) -> Cells:
    """(18, 32) mean brightness, 0 to 255, of the cells of a tile, from `sample_tile`."""
    if not sample.size:
        return np.zeros(TILE_CELLS[::-1], np.float32)
    grey = np.asarray(cv2.cvtColor(sample, cv2.COLOR_BGR2GRAY), np.uint8)
    return average_areas(grey, *TILE_CELLS).astype(np.float32)


def has_moved(before: Cells, now: Cells) -> bool:
    """Whether inside a tile more has changed than coding and noise change."""
    changed = np.abs(now - before) > STILL_LEVELS
    return int(np.count_nonzero(changed[INSIDE])) >= MOVED_CELLS
