"""Finds tiles by their straight sides: galleries without gaps, with gaps of a pixel, or in front of a picture."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fer_desktop.system.opencv import cv2
from fer_desktop.types import Box, Image
from fer_desktop.vision.gallery.edges import EdgeMap
from fer_desktop.vision.gallery.grid import MIN_TILE_SIDE_PX, has_tile_shape
from fer_desktop.vision.gallery.large_tiles import Cells, find_large_tiles, is_blank
from fer_desktop.vision.gallery.rectangles import Rectangle, find_rectangles

_NEIGHBOURS: Final = ((1, 0), (-1, 0), (0, 1), (0, -1), (0.5, 1), (-0.5, 1))
"""In columns and rows; a short last row is shifted by half a tile."""
_BLOCKS: Final = ((2, 1), (1, 2), (3, 1), (1, 3))
"""Columns or rows of tiles that may look like one."""


@dataclass(frozen=True, slots=True)
class _Config:
    """Thresholds of grids, tuned on the rendered and real call windows of the gallery benchmark."""

    searched_px: int = 1280
    """Wider pictures are searched at this width: a window that was scaled up has no sharper edges."""
    same_size: float = 0.05
    """Tiles of one size differ by this share at most, and two pixels."""
    tried_sizes: int = 8
    sizes: int = 3
    """So many sizes of tiles at most: a gallery, or a strip beside a stage."""
    max_tiles: int = 120
    aligned_px: int = 4
    wanted_sides: float = 0.35
    """Share of a rectangle's sides that is edge by chance: only more speaks for a tile."""
    more_counts: float = 0.6
    """Exponent of the number of tiles."""
    large_place: float = 1.1
    """Of the area of a grid's cells, how much its large tiles may take to speak for it."""
    min_crossing: float = 0.6
    """Share of a line through most boxes of a group that must be edge, or they are no blocks of tiles."""
    min_crossing_of_block: float = 0.4
    """Share through each box that is divided with the others..."""
    min_crossing_of_four: float = 0.8
    """...and, of both lines, through a box among others that nothing divides."""
    crossing_px: tuple[int, ...] = tuple(range(-10, 11, 2))
    """Such a line may lie so far from the middle: tiles have gaps, and blocks the gaps around them too."""
    min_sides: float = 0.55
    """Share of a cell's four sides that must be edge..."""
    min_side: float = 0.25
    """...and of each side alone..."""
    surrounded: int = 2
    """...or none, beside so many tiles: cards that touch have no edge between them."""
    min_side_of_blank: float = 0.6
    """Of each side of a cell that shows nothing at all: an empty place has no sides but its neighbours'."""
    blank_levels: int = 4
    snap_px: int = 3
    """A cell may lie so far from where the grid expects it."""
    max_outside_px: int = 4
    """So much of a cell may lie outside the picture."""
    max_overlap: float = 0.2
    """Share of a rectangle that may lie in a tile already found."""
    max_gap_px: int = 14
    trimmed_share: float = 0.1
    """So far inside a tile its own edge may be: at most this, and this share of its shorter side..."""
    min_trimmed_side: float = 0.8
    """...where so much of the side is edge."""
    max_blank_share: float = 0.3
    """Of a tile's width, how wide a blank margin may be..."""
    min_beside_blank: float = 0.6
    """...with this share of edge, in this share of the tiles."""
    max_gap_share: float = 0.3
    """Of a tile's side: a larger distance is no gap but a missing tile."""
    single_share: tuple[float, float] = (0.015, 0.9)
    """Of the picture: a smaller rectangle alone is no tile, a larger one is the window itself."""
    min_single_sides: float = 0.8
    max_single: int = 8


_CONFIG: Final = _Config()


def find_tiles_by_lines(image: Image) -> list[Box]:
    """Rectangles of one size that straight edges enclose, and other cells of their grid that edges outline.

    Tiles of a second and third size beside them follow: a strip's, a stage.
    """
    if min(image.shape[:2]) < MIN_TILE_SIDE_PX:
        return []
    scale = min(1.0, _CONFIG.searched_px / image.shape[1])
    size = max(1, round(image.shape[1] * scale)), max(1, round(image.shape[0] * scale))
    small = np.asarray(image if scale == 1 else cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)
    edges = EdgeMap(small)
    min_side_px = MIN_TILE_SIDE_PX * scale
    rectangles = find_rectangles(edges, min_side_px=min_side_px)
    found: list[Box] = []
    for _ in range(_CONFIG.sizes):
        rectangles = [each for each in rectangles if _is_free(each.box, found)]
        groups = [_divide_blocks(group, edges, min_side_px) for group in _group_by_size(rectangles)]
        growers = [_GridGrower(group, small, edges, found, rectangles) for group in groups if group]
        grids = [(grower.grow(), grower.large) for grower in growers]
        best, large = max(grids, key=lambda grid: _rate_grid(grid[0], grid[1], edges), default=([], []))
        found += [_trim(box, edges) for box in (*_trim_blank(best, small, edges), *large)]
    found += _find_single(rectangles, found, edges)
    return [_scale(box, 1 / scale, image) for box in found]


def _is_free(box: Box, taken: Sequence[Box]) -> bool:
    return all(box.intersection_area(other) < _CONFIG.max_overlap * min(box.area, other.area) for other in taken)


def _rate(boxes: Sequence[Box], edges: EdgeMap) -> float:
    """The area that the boxes enclose well; where blocks of tiles enclose as much, the more and smaller ones count."""
    enclosed = sum((edges.measure_sides(box).mean - _CONFIG.wanted_sides) * box.area for box in boxes)
    return float(enclosed * len(boxes) ** _CONFIG.more_counts)


def _rate_grid(cells: Sequence[Box], large: Sequence[Box], edges: EdgeMap) -> float:
    """As `_rate`, with the large tiles where they take the place of no more cells than there are."""
    place = sum(box.area for box in large)
    return _rate([*cells, *large] if place <= _CONFIG.large_place * sum(box.area for box in cells) else cells, edges)


def _trim_blank(boxes: Sequence[Box], image: Image, edges: EdgeMap) -> list[Box]:
    """The boxes without what is blank at the same side of most of them: a strip's margin beside a shared window."""
    trimmed = list(boxes)
    for side in range(4):
        for by in range(_CONFIG.max_gap_px, round(_CONFIG.max_blank_share * min((b.width for b in boxes), default=0))):
            amounts = [by if index == side else 0 for index in range(4)]
            inner = [_shrink(box, *amounts) for box in boxes]
            shares = [edges.measure_sides(box)[side] for box in inner]
            blank = [_is_blank_between(box, within, image) for box, within in zip(boxes, inner, strict=True)]
            if np.mean(shares) >= _CONFIG.min_beside_blank and np.mean(blank) >= _CONFIG.min_beside_blank:
                trimmed = [_shrink(box, *amounts) for box in trimmed]
                break
    return trimmed


def _is_blank_between(box: Box, within: Box, image: Image) -> bool:
    """Whether the part of the box at the one side where `within` is smaller has one colour."""
    left, top, width, height = box.clipped(image.shape[1], image.shape[0]).rounded()
    inner_left, inner_top, inner_width, inner_height = within.rounded()
    patch = image[top : top + height, left : left + width, 1]
    if inner_left > left:
        patch = patch[:, : inner_left - left - 2]
    elif inner_width < width:
        patch = patch[:, inner_width + 2 :]
    else:
        patch = patch[: inner_top - top - 2] if inner_top > top else patch[inner_height + 2 :]
    patch = patch[2:-2, 2:-2]
    return patch.size > 0 and int(patch.max()) - int(patch.min()) <= 2 * _CONFIG.blank_levels


def _trim(box: Box, edges: EdgeMap) -> Box:
    """The box without the gaps beside its tile: a gap has two edges, and the inner one is the tile's."""
    reach = round(min(_CONFIG.max_gap_px, _CONFIG.trimmed_share * min(box.width, box.height)))
    shares = np.array([edges.measure_sides(_shrink(box, by, by, by, by)) for by in range(reach + 1)])
    is_edge = shares >= np.maximum(_CONFIG.min_trimmed_side, shares[0] - 0.1)
    innermost = reach - np.argmax(is_edge[::-1], axis=0)
    # An edge is marked from two pixels before its place to one behind it.
    left, top, right, bottom = np.where(is_edge.any(axis=0), np.clip(innermost - (1, 1, 2, 2), 0, None), 0).tolist()
    return _shrink(box, left, top, right, bottom)


def _shrink(box: Box, left: float, top: float, right: float, bottom: float) -> Box:
    return Box(box.x + left, box.y + top, box.width - left - right, box.height - top - bottom)


def _find_single(rectangles: Sequence[Rectangle], found: Sequence[Box], edges: EdgeMap) -> list[Box]:
    """Rectangles beside the grids that may be a stage or a floating picture, the largest first."""
    low, high = (share * edges.width * edges.height for share in _CONFIG.single_share)
    likely = [
        each.box for each in rectangles if each.sides >= _CONFIG.min_single_sides and low <= each.box.area <= high
    ]
    kept: list[Box] = []
    for box in sorted(likely, key=lambda box: box.area, reverse=True):
        if len(kept) < _CONFIG.max_single and _is_free(box, [*found, *kept]):
            kept.append(box)
    return kept


def _group_by_size(rectangles: Sequence[Rectangle]) -> Iterator[list[Box]]:
    """The most promising groups of two or more aligned rectangles of one size that do not overlap."""
    if not rectangles:
        return
    widths, heights = np.array([(each.box.width, each.box.height) for each in rectangles]).T
    worth = np.array([(each.sides - _CONFIG.wanted_sides) * each.box.area for each in rectangles])
    near = (np.abs(widths - widths[:, None]) <= _CONFIG.same_size * widths + 2) & (
        np.abs(heights - heights[:, None]) <= _CONFIG.same_size * heights + 2
    )
    sums = (near * worth).sum(axis=1) * near.sum(axis=1) ** _CONFIG.more_counts
    untried = near.sum(axis=1) > 1
    tries = 0
    while untried.any() and tries < _CONFIG.tried_sizes:
        seed = int(np.argmax(np.where(untried, sums, -np.inf)))
        untried &= ~near[seed]
        group: list[Box] = []
        members = np.flatnonzero(near[seed])
        for index in members[np.argsort(-_count_aligned(rectangles, members), kind="stable")]:
            if _is_free(rectangles[index].box, group):
                group.append(rectangles[index].box)
        group = [box for box in _drop_odd(group) if _is_aligned(box, group)]
        if len(group) > 1:
            tries += 1
            yield group


def _count_aligned(rectangles: Sequence[Rectangle], members: NDArray[np.intp]) -> NDArray[np.int64]:
    """For each member how many others stand in its row, and in its column: in a grid all do, by chance few."""
    places = np.array([(rectangles[index].box.x, rectangles[index].box.y) for index in members])
    aligned: NDArray[np.int64] = (np.abs(places[:, None] - places) <= _CONFIG.aligned_px).sum(axis=(1, 2))
    return aligned


def _divide_blocks(group: list[Box], edges: EdgeMap, min_side_px: float) -> list[Box]:
    """The tiles of blocks of tiles, which edges cross at the same places, without what is no block; any other group as
    it is, without what is one.
    """
    for columns, rows in _BLOCKS:
        crossed = [_measure_crossing(box, columns, rows, edges) for box in group]
        width, height = group[0].width / columns, group[0].height / rows
        if np.mean(crossed) >= _CONFIG.min_crossing and has_tile_shape(width, height, min_side_px=min_side_px):
            parts = [
                Box(box.x + column * box.width / columns, box.y + row * box.height / rows, width, height)
                for box, share in zip(group, crossed, strict=True)
                if share >= _CONFIG.min_crossing_of_block
                for row in range(rows)
                for column in range(columns)
            ]
            return _divide_blocks(parts, edges, min_side_px)
    return [box for box in group if not _is_block(box, edges, min_side_px)]


def _is_block(box: Box, edges: EdgeMap, min_side_px: float) -> bool:
    """Whether edges cross the box from side to side in both directions, as between four tiles."""
    return has_tile_shape(box.width / 2, box.height / 2, min_side_px=min_side_px) and all(
        _measure_crossing(box, columns, rows, edges) >= _CONFIG.min_crossing_of_four for columns, rows in _BLOCKS[:2]
    )


def _measure_crossing(box: Box, columns: int, rows: int, edges: EdgeMap) -> float:
    """Share of the least covered of the lines that divide the box into columns, or into rows."""
    shares = []
    for index in range(1, columns * rows):
        dx, dy = (box.width * index / columns, 0.0) if rows == 1 else (0.0, box.height * index / rows)
        sides = [edges.measure_sides(box.shifted(dx + near, dy + near)) for near in _CONFIG.crossing_px]
        shares.append(max(each.left if rows == 1 else each.top for each in sides))
    return min(shares)


def _drop_odd(group: Sequence[Box]) -> list[Box]:
    """The boxes near the group's median size; the grid finds the tiles that the others stood for."""
    width, height = (float(np.median(sizes)) for sizes in zip(*((box.width, box.height) for box in group), strict=True))
    near = _CONFIG.same_size
    return [
        box for box in group if abs(box.width - width) <= near * width and abs(box.height - height) <= near * height
    ]


def _is_aligned(box: Box, group: Sequence[Box]) -> bool:
    """Whether another box stands in its row or column."""
    return any(
        other is not box and min(abs(other.x - box.x), abs(other.y - box.y)) <= _CONFIG.aligned_px for other in group
    )


class _GridGrower:
    """Completes a group to the grid that it is part of."""

    def __init__(
        self,
        group: Sequence[Box],
        image: Image,
        edges: EdgeMap,
        taken: Sequence[Box],
        rectangles: Sequence[Rectangle],
    ) -> None:
        """`taken`: boxes that hold no cell. `rectangles`: some may be tiles as large as several cells."""
        self._image, self._edges = image, edges
        self._width = float(np.median([box.width for box in group]))
        self._height = float(np.median([box.height for box in group]))
        self._step_x = self._width + _smallest_gap(group, self._width, axis=0)
        self._step_y = self._height + _smallest_gap(group, self._height, axis=1)
        cells = Cells(self._width, self._height, self._step_x, self._step_y)
        self.large = [box for box in find_large_tiles(rectangles, cells, group, image, edges) if _is_free(box, taken)]
        self._taken = [*taken, *self.large]
        self._found = list(group)

    def grow(self) -> list[Box]:
        """The group and every cell of its grid that edges outline, however many steps away."""
        waiting = list(self._found)
        while waiting and len(self._found) < _CONFIG.max_tiles:
            box = waiting.pop(0)
            for columns, rows in _NEIGHBOURS:
                cell = self._snap(
                    Box(box.x + columns * self._step_x, box.y + rows * self._step_y, self._width, self._height)
                )
                if self._is_tile(cell):
                    self._found.append(cell)
                    waiting.append(cell)
        return [box for box in self._found if not self._is_empty_place(box)]

    def _snap(self, cell: Box) -> Box:
        """The cell moved by some pixels onto the edges near it."""
        shifts = sorted(range(-_CONFIG.snap_px, _CONFIG.snap_px + 1), key=abs)
        sides = {shift: self._edges.measure_sides(cell.shifted(shift, shift)) for shift in shifts}
        dx = max(shifts, key=lambda shift: sides[shift].left + sides[shift].right)
        dy = max(shifts, key=lambda shift: sides[shift].top + sides[shift].bottom)
        return cell.shifted(dx, dy)

    def _is_tile(self, cell: Box) -> bool:
        inside = cell.clipped(self._edges.width, self._edges.height)
        too_far = (
            cell.width - inside.width > _CONFIG.max_outside_px or cell.height - inside.height > _CONFIG.max_outside_px
        )
        if too_far or not _is_free(cell, [*self._found, *self._taken]):
            return False
        sides = self._edges.measure_sides(cell)
        if self._is_empty_place(cell):
            return False
        if self._count_neighbours(cell) >= _CONFIG.surrounded:
            return True
        return sides.mean >= _CONFIG.min_sides and min(sides) >= _CONFIG.min_side

    def _is_empty_place(self, cell: Box) -> bool:
        """Whether the cell shows nothing, not even a name, and lacks sides of its own."""
        return min(self._edges.measure_sides(cell)) < _CONFIG.min_side_of_blank and is_blank(cell, self._image)

    def _count_neighbours(self, cell: Box) -> int:
        """How many of the four cells beside this one are tiles."""
        return sum(
            any(abs(cell.x + dx - box.x) <= 6 and abs(cell.y + dy - box.y) <= 6 for box in self._found)
            for dx, dy in ((self._step_x, 0), (-self._step_x, 0), (0, self._step_y), (0, -self._step_y))
        )


def _smallest_gap(group: Sequence[Box], size: float, *, axis: int) -> float:
    """Between neighbours along the axis; one pixel where no two are neighbours."""
    starts = [(box.x, box.y)[axis] for box in group]
    rows = [(box.y, box.x)[axis] for box in group]
    steps = [
        b - a
        for a, row_a in zip(starts, rows, strict=True)
        for b, row_b in zip(starts, rows, strict=True)
        if b - a >= size - 3 and abs(row_a - row_b) <= _CONFIG.aligned_px
    ]
    gap = min(steps, default=size) - size
    return gap if gap < _CONFIG.max_gap_share * size else 1.0


def _scale(box: Box, factor: float, image: Image) -> Box:
    left, top = round(box.x * factor), round(box.y * factor)
    scaled = Box(left, top, round(box.right * factor) - left, round(box.bottom * factor) - top)
    return scaled.clipped(image.shape[1], image.shape[0])
