"""Tiles by their straight sides: galleries without gaps, with gaps of a pixel, or before a picture."""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from fer_desktop.system.opencv import cv2
from fer_desktop.types import Box, Image
from fer_desktop.vision.gallery.grid import MIN_TILE_SIDE_PX, has_tile_shape

_MIN_STEP: Final = 7
"""Levels between both sides of an edge; pictures of two rooms differ by far more on most of their border."""
_RUN_PX: Final = 40
_MIN_RUN_SHARE: Final = 0.6
"""Of a run of `_RUN_PX`, how much must be edge: chance puts a third of it there, where a picture is all texture."""
_MAX_RADIUS_PX: Final = 14
"""Sides are prolonged by so much, that they meet where a tile's corners are round."""
_SAME_SIZE: Final = 0.05
_MIN_GROUP: Final = 2
_MIN_SUPPORT: Final = 0.55
_MIN_WEAKEST_SIDE: Final = 0.25
_MIN_SUPPORT_BETWEEN: Final = 0.3
_MIN_FILL: Final = 0.85

_NEIGHBOURS: Final = ((1, 0), (-1, 0), (0, 1), (0, -1), (0.5, 1), (-0.5, 1))
"""In columns and rows; a short last row stands half a tile aside."""


def find_tiles_by_lines(image: Image) -> list[Box]:
    """Rectangles of one size that straight edges enclose, and the grid's other places that edges mark out."""
    if min(image.shape[:2]) < MIN_TILE_SIDE_PX:
        return []
    upright, level = _mark_runs(image, axis=1), _mark_runs(image, axis=0)
    inside = ((upright | level) == 0).view(np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(inside, connectivity=4)
    enclosed = []
    for left, top, width, height, area in stats[1:count].tolist():
        if has_tile_shape(width, height) and area >= _MIN_FILL * width * height:
            enclosed.append(Box(left, top, width, height))
    sides = _Sides(upright, level)
    return max((_grow_grid(group, sides) for group in _group_by_size(enclosed)), key=_cover, default=[])


class _Sides:
    """How much of a rectangle's sides are straight edges."""

    def __init__(self, upright: NDArray[np.uint8], level: NDArray[np.uint8]) -> None:
        near = np.ones((5, 5), np.uint8)
        self._upright: Any = cv2.integral(cv2.dilate(upright, near))
        self._level: Any = cv2.integral(cv2.dilate(level, near))

    def mark_out(self, box: Box, neighbours: int) -> bool:
        """Whether edges show the box; the more of the grid stands around it, the less they need to."""
        left, top, width, height = box.rounded()
        rows, columns = self._upright.shape[0] - 1, self._upright.shape[1] - 1
        if left < 0 or top < 0 or left + width > columns or top + height > rows:
            return False
        right, bottom = left + width, top + height
        shares = [
            1.0 if left <= 2 else _share(self._upright, left - 1, top, left, bottom),
            1.0 if right >= columns - 2 else _share(self._upright, right, top, right + 1, bottom),
            1.0 if top <= 2 else _share(self._level, left, top - 1, right, top),
            1.0 if bottom >= rows - 2 else _share(self._level, left, bottom, right, bottom + 1),
        ]
        if neighbours >= 2:
            return sum(shares) / 4 >= _MIN_SUPPORT_BETWEEN
        return sum(shares) / 4 >= _MIN_SUPPORT and min(shares) >= _MIN_WEAKEST_SIDE


def _share(integral: Any, left: int, top: int, right: int, bottom: int) -> float:
    total = integral[bottom, right] - integral[top, right] - integral[bottom, left] + integral[top, left]
    return float(total) / max(1, (bottom - top) * (right - left))


def _mark_runs(image: Image, *, axis: int) -> NDArray[np.uint8]:
    """1 on runs of at least `_RUN_PX` along which the picture steps from one pixel to the next across `axis`."""
    step = np.zeros(image.shape[:2], np.uint8)
    one, other = (image[:, 2:], image[:, :-2]) if axis else (image[2:], image[:-2])
    blue, green, red = cv2.split(cv2.absdiff(one, other))
    difference: Any = cv2.max(cv2.max(blue, green), red)
    if axis:
        step[:, 1:-1] = difference
    else:
        step[1:-1] = difference
    across = (7, 1) if axis else (1, 7)
    peak = cv2.dilate(step, np.ones(across[::-1], np.uint8))
    is_edge = (step >= _MIN_STEP) & (cv2.subtract(peak, step) <= 1)
    along = (1, _RUN_PX) if axis else (_RUN_PX, 1)
    density = cv2.blur(is_edge.view(np.uint8) * 255, along, borderType=cv2.BORDER_REPLICATE)
    dense = (density >= round(255 * _MIN_RUN_SHARE)).view(np.uint8)
    reach = _RUN_PX + 2 * _MAX_RADIUS_PX
    return np.asarray(cv2.dilate(dense, np.ones((reach, 1) if axis else (1, reach), np.uint8)), np.uint8)


def _group_by_size(boxes: list[Box]) -> list[list[Box]]:
    """Boxes of nearly one size, at least `_MIN_GROUP`; a box may be in several groups."""
    groups = []
    for box in boxes:
        group = [
            other
            for other in boxes
            if abs(other.width - box.width) <= _SAME_SIZE * box.width + 2
            and abs(other.height - box.height) <= _SAME_SIZE * box.height + 2
        ]
        if len(group) >= _MIN_GROUP and _in_rows_or_columns(group):
            groups.append(group)
    return groups


def _in_rows_or_columns(group: list[Box]) -> bool:
    """Whether most of the boxes share a row or a column with another one."""
    beside = sum(
        any(other is not box and (abs(other.x - box.x) <= 3 or abs(other.y - box.y) <= 3) for other in group)
        for box in group
    )
    return beside >= 0.8 * len(group)


def _grow_grid(group: list[Box], sides: _Sides) -> list[Box]:
    """The group and every place of its grid that edges mark out."""
    width, height = float(np.median([box.width for box in group])), float(np.median([box.height for box in group]))
    step_x = width + _smallest_gap(group, width, axis=0)
    step_y = height + _smallest_gap(group, height, axis=1)
    found = list(group)
    grown = True
    while grown:
        grown = False
        for box in tuple(found):
            for columns, rows in _NEIGHBOURS:
                place = Box(box.x + columns * step_x, box.y + rows * step_y, width, height)
                if any(place.intersection_area(other) >= 0.2 * place.area for other in found):
                    continue
                if sides.mark_out(place, _count_beside(place, found, step_x, step_y)):
                    found.append(place)
                    grown = True
    return found


def _count_beside(place: Box, found: list[Box], step_x: float, step_y: float) -> int:
    """How many of the four places beside this one are tiles."""
    return sum(
        any(abs(place.x + dx - box.x) <= 4 and abs(place.y + dy - box.y) <= 4 for box in found)
        for dx, dy in ((step_x, 0), (-step_x, 0), (0, step_y), (0, -step_y))
    )


def _smallest_gap(group: list[Box], size: float, *, axis: int) -> float:
    starts = [(box.x, box.y)[axis] for box in group]
    beside = [(box.y, box.x)[axis] for box in group]
    steps = [
        b - a
        for a, row_a in zip(starts, beside, strict=True)
        for b, row_b in zip(starts, beside, strict=True)
        if b - a >= size and abs(row_a - row_b) <= 3
    ]
    gap = min(steps, default=size) - size
    return gap if gap < 0.3 * size else 2.0


def _cover(boxes: list[Box]) -> float:
    return sum(box.area for box in boxes)
