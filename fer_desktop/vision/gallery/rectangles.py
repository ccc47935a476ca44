"""Finds rectangles of a tile's shape whose four sides are straight edges."""

from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from fer_desktop.types import Box
from fer_desktop.vision.gallery.edges import EdgeMap
from fer_desktop.vision.gallery.grid import has_tile_shape


@dataclass(frozen=True, slots=True)
class _Config:
    """Which rectangles count, tuned on the rendered and real call windows of the gallery benchmark."""

    max_rows: int = 72
    """So many horizontal edges are tried, the longest first."""
    max_columns: int = 40
    """So many vertical edges between two of them."""
    max_between: int = 80
    """So many rectangles between two of them."""
    min_side: float = 0.5
    """Share of a side that must be edge..."""
    min_sides: float = 0.7
    """...and of all four."""
    max_rectangles: int = 800
    same_iou: float = 0.85


_CONFIG: Final = _Config()


class Rectangle(NamedTuple):
    """A rectangle, and the share of its sides that is edge."""

    box: Box
    sides: float


def find_rectangles(edges: EdgeMap, *, min_side_px: float) -> list[Rectangle]:
    """The rectangles with sides of that length or more, the best enclosed first; of nearly equal ones the best."""
    rows = _pick_rows(edges, min_side_px)
    found = [
        each
        for index, top in enumerate(rows)
        for bottom in rows[index + 1 :]
        if bottom - top >= min_side_px
        for each in _between(edges, top, bottom, min_side_px)
    ]
    found.sort(key=lambda each: each[4], reverse=True)
    return _drop_equal(found[: _CONFIG.max_rectangles])


def _pick_rows(edges: EdgeMap, min_side_px: float) -> list[int]:
    """Rows with long edges, and the picture's upper and lower border, from top to bottom."""
    rows = _peaks(edges.sharp_across, edges.longest_across >= min_side_px)
    longest = rows[np.argsort(edges.longest_across[rows])[::-1][: _CONFIG.max_rows]]
    return sorted({0, edges.height, *longest.tolist()})


def _between(edges: EdgeMap, top: int, bottom: int, min_side_px: float) -> list[tuple[int, int, int, int, float]]:
    """Left, top, right, bottom and share of the sides of all rectangles between two rows."""
    height = bottom - top
    counts = edges.down[bottom] - edges.down[top]
    sharp = edges.sharp_down[bottom] - edges.sharp_down[top]
    columns = np.union1d(_peaks(sharp, counts >= _CONFIG.min_side * height), (0, edges.width))
    if len(columns) > _CONFIG.max_columns:
        columns = np.sort(columns[np.argsort(counts[columns])[-_CONFIG.max_columns :]])
    if len(columns) < 2:
        return []
    first, second = _pairs(len(columns))
    left, right = columns[first], columns[second]
    widths = right - left
    above = (edges.across[top, right] - edges.across[top, left]) / widths
    below = (edges.across[bottom, right] - edges.across[bottom, left]) / widths
    mean = (above + below + (counts[left] + counts[right]) / height) / 4
    is_good = (widths >= min_side_px) & (np.minimum(above, below) >= _CONFIG.min_side) & (mean >= _CONFIG.min_sides)
    return [
        (int(left[index]), top, int(right[index]), bottom, float(mean[index]))
        for index in np.flatnonzero(is_good)[: _CONFIG.max_between]
        if has_tile_shape(int(widths[index]), height, min_side_px=min_side_px)
    ]


def _peaks(counts: NDArray[np.int32], is_edge: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Places of edges, the first column behind each step: it counts in the column before too."""
    padded = np.pad(counts, 2)
    before, after = np.maximum(padded[:-4], padded[1:-3]), np.maximum(padded[3:-1], padded[4:])
    return np.flatnonzero((is_edge & (counts > before) & (counts >= after))[:-1]) + 1


@cache
def _pairs(count: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """All pairs of so many columns, as two arrays of indices."""
    return np.triu_indices(count, 1)


def _drop_equal(found: list[tuple[int, int, int, int, float]]) -> list[Rectangle]:
    """Of nearly equal rectangles the first."""
    kept: list[Rectangle] = []
    corners = np.array([each[:4] for each in found], float).reshape(-1, 4)
    is_free = np.ones(len(found), bool)
    areas = (corners[:, 2] - corners[:, 0]) * (corners[:, 3] - corners[:, 1])
    for index, (left, top, right, bottom, sides) in enumerate(found):
        if not is_free[index]:
            continue
        kept.append(Rectangle(Box(left, top, right - left, bottom - top), sides))
        wide = np.minimum(corners[:, 2], right) - np.maximum(corners[:, 0], left)
        high = np.minimum(corners[:, 3], bottom) - np.maximum(corners[:, 1], top)
        common = np.clip(wide, 0, None) * np.clip(high, 0, None)
        is_free &= common / (areas + areas[index] - common) < _CONFIG.same_iou
    return kept
