"""Plans the search windows for untiled faces: squares over the picture, less those that cannot hold a new face."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from fer_desktop.system.opencv import cv2
from fer_desktop.types import Box, Image, Tile

_LEVELS: Final = 4
_MIN_SIDE_PX: Final = 96
_CELL_PX: Final = 8
_LARGE_SHARE: Final = 0.25
"""Share of the frame from which a rectangle that looks like one tile may be a speaker with a film strip."""
_MIN_RANGE: Final = 12
"""Levels of brightness between the darkest and the lightest spot near a cell that is not flat."""
_MIN_NEW_SHARE: Final = 0.04
"""Share of a window that must be busy and not yet searched: a head that fills a fifth of its side."""
_SAME_SCALE: Final = 1.6
"""A tile is searched as a whole, so windows down to its side over this would find nothing new; smaller ones find people
who share a camera."""
_MIN_TILE_SHARE: Final = 0.28
"""Windows smaller than this share of a tile's longer side are not laid over it: a face there is not a camera's."""


def survey_windows(width: int, height: int) -> list[Box]:
    """The whole picture, then half-overlapping squares of its short side and of a half, a quarter and an eighth of it.

    The detector sees 128 pixels a side, so a face must fill about a tenth of a window to be found.
    """
    windows = [Box(0, 0, width, height)]
    for level in range(_LEVELS):
        side = min(width, height) / 2**level
        if side < _MIN_SIDE_PX and level:  # smaller squares only enlarge what there is
            break
        windows += [Box(x, y, side, side) for y in _starts(height, side) for x in _starts(width, side)]
    return windows


def plan_survey(image: Image, tiles: Sequence[Tile], done: frozenset[int]) -> list[Box]:
    """The survey's windows that may hold a face which the search of every tile misses, large ones first.

    `done`: indices of tiles that are not searched; neither are flat parts of the picture.
    """
    height, width = image.shape[:2]
    busy = _find_busy_cells(image)
    new_by_side: dict[float, NDArray[Any]] = {}
    planned = []
    for window in survey_windows(width, height):
        side = max(window.width, window.height)
        if side not in new_by_side:
            new = busy & ~_covered_cells(busy.shape, tiles, done, side)
            new_by_side[side] = cv2.integral(new.astype(np.uint8))
        if _share_inside(new_by_side[side], window) >= _MIN_NEW_SHARE:
            planned.append(window)
    return planned


def is_large(box: Box, frame_area: float) -> bool:
    """Whether what looks like one tile may be a speaker with a film strip."""
    return box.area > _LARGE_SHARE * frame_area


def _starts(length: float, side: float) -> list[float]:
    """Evenly spread starts of squares that overlap by half, the last one flush with the end."""
    count = max(1, round((length - side) / (side / 2)) + 1)
    return [index * (length - side) / max(1, count - 1) for index in range(count)]


def _find_busy_cells(image: Image) -> NDArray[np.bool_]:
    """(rows, columns) of cells of `_CELL_PX`: whether the picture in or next to a cell is not flat."""
    grey = cv2.cvtColor(np.ascontiguousarray(image[::2, ::2]), cv2.COLOR_BGR2GRAY)
    near = np.ones((_CELL_PX, _CELL_PX), np.uint8)
    step = _CELL_PX // 2
    spread = cv2.dilate(grey, near)[::step, ::step].astype(np.int16) - cv2.erode(grey, near)[::step, ::step]
    busy: NDArray[np.bool_] = spread >= _MIN_RANGE
    return busy


def _covered_cells(
    shape: tuple[int, ...], tiles: Sequence[Tile], done: frozenset[int], side: float
) -> NDArray[np.bool_]:
    """The cells in which windows of that side find nothing new, as a tile covers them."""
    covered = np.zeros(shape, bool)
    frame_area = covered.size * _CELL_PX**2
    for index, tile in enumerate(tiles):
        tile_side = max(tile.box.width, tile.box.height)
        too_small = side < tile_side * _MIN_TILE_SHARE and not is_large(tile.box, frame_area)
        if index in done or side >= tile_side / _SAME_SCALE or too_small:
            left, top, right, bottom = _cells_of(tile.box)
            covered[max(0, top - 1) : bottom + 1, max(0, left - 1) : right + 1] = True  # its border is busy too
    return covered


def _cells_of(box: Box) -> tuple[int, int, int, int]:
    """Left, top, right, bottom in cells: all that the box touches."""
    left, top = max(0, int(box.x // _CELL_PX)), max(0, int(box.y // _CELL_PX))
    return left, top, int(-(-box.right // _CELL_PX)), int(-(-box.bottom // _CELL_PX))


def _share_inside(integral: NDArray[Any], window: Box) -> float:
    """Mean of a mask of cells inside the window, from the mask's integral."""
    left, top, right, bottom = _cells_of(window)
    bottom, right = min(bottom, integral.shape[0] - 1), min(right, integral.shape[1] - 1)
    total = integral[bottom, right] - integral[top, right] - integral[bottom, left] + integral[top, left]
    return float(total) / max(1, (bottom - top) * (right - left))
