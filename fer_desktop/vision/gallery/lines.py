"""Finds tiles by their straight sides: galleries without gaps, with gaps of a pixel, or in front of a picture."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from fer_desktop.system.opencv import cv2
from fer_desktop.types import Box, Image
from fer_desktop.vision.gallery.grid import MIN_TILE_SIDE_PX, has_tile_shape

_NEIGHBOURS: Final = ((1, 0), (-1, 0), (0, 1), (0, -1), (0.5, 1), (-0.5, 1))
"""In columns and rows; a short last row is shifted by half a tile."""


@dataclass(frozen=True, slots=True)
class _Config:
    """Thresholds of edges and grids, tuned on the rendered and real call windows of the gallery benchmark."""

    min_step: int = 7
    """Levels between both sides of an edge; pictures of two rooms differ by far more on most of their border."""
    run_px: int = 40
    """Length of the shortest edge."""
    min_run_share: float = 0.6
    """Of a run, how much must be edge: by chance a third of it is, where a picture is all texture."""
    max_radius_px: int = 14
    """Sides are extended by this length, so that they meet where a tile's corners are round."""
    min_fill: float = 0.85
    """Share of its bounding box that an enclosed rectangle fills."""
    same_size: float = 0.05
    """Tiles of one size differ by this share at most, and two pixels."""
    min_group: int = 2
    min_aligned_share: float = 0.8
    """Of a group, how many must share a row or a column with another tile."""
    min_support: float = 0.55
    """Share of a rectangle's four sides that must be edge..."""
    min_weakest_side: float = 0.25
    """...and of each side alone..."""
    min_support_between: float = 0.3
    """...or of the four sides, between two tiles or more."""
    max_overlap: float = 0.2
    """Share of a rectangle that may lie in a tile already found."""
    max_gap_share: float = 0.3
    """Of a tile's side: a larger distance is no gap but a missing tile."""


_CONFIG: Final = _Config()


def find_tiles_by_lines(image: Image) -> list[Box]:
    """Rectangles of one size that straight edges enclose, and other cells of their grid that edges outline."""
    if min(image.shape[:2]) < MIN_TILE_SIDE_PX:
        return []
    vertical, horizontal = _mark_runs(image, axis=1), _mark_runs(image, axis=0)
    inside = ((vertical | horizontal) == 0).view(np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(inside, connectivity=4)
    enclosed = []
    for left, top, width, height, area in stats[1:count].tolist():
        if has_tile_shape(width, height) and area >= _CONFIG.min_fill * width * height:
            enclosed.append(Box(left, top, width, height))
    sides = _Sides(vertical, horizontal)
    return max((_grow_grid(group, sides) for group in _group_by_size(enclosed)), key=_covered_area, default=[])


class _Sides:
    """Measures how much of a rectangle's sides are straight edges."""

    def __init__(self, vertical: NDArray[np.uint8], horizontal: NDArray[np.uint8]) -> None:
        near = np.ones((5, 5), np.uint8)
        self._vertical: Any = cv2.integral(cv2.dilate(vertical, near))
        self._horizontal: Any = cv2.integral(cv2.dilate(horizontal, near))

    def outline(self, box: Box, neighbours: int) -> bool:
        """Whether edges outline the box; between two or more neighbouring tiles less evidence suffices."""
        left, top, width, height = box.rounded()
        rows, columns = self._vertical.shape[0] - 1, self._vertical.shape[1] - 1
        if left < 0 or top < 0 or left + width > columns or top + height > rows:
            return False
        right, bottom = left + width, top + height
        shares = [
            1.0 if left <= 2 else _share(self._vertical, left - 1, top, left, bottom),
            1.0 if right >= columns - 2 else _share(self._vertical, right, top, right + 1, bottom),
            1.0 if top <= 2 else _share(self._horizontal, left, top - 1, right, top),
            1.0 if bottom >= rows - 2 else _share(self._horizontal, left, bottom, right, bottom + 1),
        ]
        if neighbours >= 2:
            return sum(shares) / 4 >= _CONFIG.min_support_between
        return sum(shares) / 4 >= _CONFIG.min_support and min(shares) >= _CONFIG.min_weakest_side


def _share(integral: Any, left: int, top: int, right: int, bottom: int) -> float:
    """Mean of a mask over a rectangle, from the mask's integral."""
    total = integral[bottom, right] - integral[top, right] - integral[bottom, left] + integral[top, left]
    return float(total) / max(1, (bottom - top) * (right - left))


def _mark_runs(image: Image, *, axis: int) -> NDArray[np.uint8]:
    """1 on runs of at least `run_px` along which the picture steps from one pixel to the next across `axis`."""
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
    is_edge = (step >= _CONFIG.min_step) & (cv2.subtract(peak, step) <= 1)
    along = (1, _CONFIG.run_px) if axis else (_CONFIG.run_px, 1)
    density = cv2.blur(is_edge.view(np.uint8) * 255, along, borderType=cv2.BORDER_REPLICATE)
    dense = (density >= round(255 * _CONFIG.min_run_share)).view(np.uint8)
    reach = _CONFIG.run_px + 2 * _CONFIG.max_radius_px
    return np.asarray(cv2.dilate(dense, np.ones((reach, 1) if axis else (1, reach), np.uint8)), np.uint8)


def _group_by_size(boxes: list[Box]) -> list[list[Box]]:
    """Aligned boxes of nearly one size, at least `min_group`; a box may be in several groups."""
    groups = []
    for box in boxes:
        group = [
            other
            for other in boxes
            if abs(other.width - box.width) <= _CONFIG.same_size * box.width + 2
            and abs(other.height - box.height) <= _CONFIG.same_size * box.height + 2
        ]
        if len(group) >= _CONFIG.min_group and _are_aligned(group):
            groups.append(group)
    return groups


def _are_aligned(group: list[Box]) -> bool:
    """Whether most of the boxes share a row or a column with another one."""
    aligned = sum(
        any(other is not box and (abs(other.x - box.x) <= 3 or abs(other.y - box.y) <= 3) for other in group)
        for box in group
    )
    return aligned >= _CONFIG.min_aligned_share * len(group)


def _grow_grid(group: list[Box], sides: _Sides) -> list[Box]:
    """The group and every cell of its grid that edges outline."""
    width, height = float(np.median([box.width for box in group])), float(np.median([box.height for box in group]))
    step_x = width + _smallest_gap(group, width, axis=0)
    step_y = height + _smallest_gap(group, height, axis=1)
    found = list(group)
    grown = True
    while grown:
        grown = False
        for box in tuple(found):
            for columns, rows in _NEIGHBOURS:
                cell = Box(box.x + columns * step_x, box.y + rows * step_y, width, height)
                if any(cell.intersection_area(other) >= _CONFIG.max_overlap * cell.area for other in found):
                    continue
                if sides.outline(cell, _count_neighbours(cell, found, step_x, step_y)):
                    found.append(cell)
                    grown = True
    return found


def _count_neighbours(cell: Box, found: list[Box], step_x: float, step_y: float) -> int:
    """How many of the four cells beside this one are tiles."""
    return sum(
        any(abs(cell.x + dx - box.x) <= 4 and abs(cell.y + dy - box.y) <= 4 for box in found)
        for dx, dy in ((step_x, 0), (-step_x, 0), (0, step_y), (0, -step_y))
    )


def _smallest_gap(group: list[Box], size: float, *, axis: int) -> float:
    """Between neighbours along the axis; two pixels where no two are neighbours."""
    starts = [(box.x, box.y)[axis] for box in group]
    rows = [(box.y, box.x)[axis] for box in group]
    steps = [
        b - a
        for a, row_a in zip(starts, rows, strict=True)
        for b, row_b in zip(starts, rows, strict=True)
        if b - a >= size and abs(row_a - row_b) <= 3
    ]
    gap = min(steps, default=size) - size
    return gap if gap < _CONFIG.max_gap_share * size else 2.0


def _covered_area(boxes: list[Box]) -> float:
    return sum(box.area for box in boxes)
