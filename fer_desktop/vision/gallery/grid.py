"""Completes a gallery's grid: tiles that merged with the gaps, or with each other, are the cells of the grid."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fer_desktop.types import Box

MIN_TILE_SIDE_PX: Final = 40
"""Side of the smallest tile that is searched for."""


@dataclass(frozen=True, slots=True)
class _Config:
    """Tolerances of shapes and grids, tuned on the rendered and real call windows of the gallery benchmark."""

    min_aspect: float = 0.45
    """Width over height of a tile: of a telephone held upright..."""
    max_aspect: float = 2.6
    """...to a wide one."""
    same_size: float = 0.06
    """Tiles of one size differ by this share at most."""
    min_tiles: int = 4
    """Fewer tiles of one size are no grid."""
    min_content: float = 0.25
    """Share of a cell that must stand out from the gap colour for the cell to be a tile."""
    max_overlap: float = 0.2
    """Share of a cell that may lie in a tile already found."""
    min_border: float = 0.35
    """Share of the lines between the cells of a block of merged tiles that must still be gap."""
    min_piece: float = 0.3
    """Share of a broken piece, or of the cell if smaller, that lies in a cell that it belongs to."""
    same_line: float = 0.1
    """Of a tile's side: positions nearer to each other are one row or column."""
    next_row: tuple[float, float] = (0.9, 1.5)
    """From a tile to the next row, in its heights."""


_CONFIG: Final = _Config()


def complete_grid(whole: list[Box], broken: list[Box], content: NDArray[np.uint8]) -> list[Box]:
    """`whole` tiles and the grid cells that `broken` pieces fill.

    `content` is 255 where the picture is not gap. Without a grid (fewer than four tiles of one size) only the
    whole ones are returned.
    """
    cell = _common_size(whole)
    if cell is None:
        return whole
    width, height = cell
    regular = [box for box in whole if _is_close(box.width, width) and _is_close(box.height, height)]
    odd = [box for box in whole if box not in regular]
    merged = [box for box in (*odd, *broken) if _spans(box, cell) or _is_block(box, cell, content)]
    large = [box for box in odd if box not in merged and box.area > 1.3 * width * height]
    pieces = [*broken, *(box for box in odd if box not in large)]
    tiles = regular + _fill_cells(pieces, regular, large, cell, content)
    for _ in merged:  # where a whole column merged with its neighbour, its cells lie beside those just found
        tiles += _fill_cells(merged, tiles, large, cell, content)
    return [*tiles, *_find_holes(tiles, large, cell), *large]


def _fill_cells(
    pieces: list[Box], tiles: list[Box], large: list[Box], cell: tuple[float, float], content: NDArray[np.uint8]
) -> list[Box]:
    """The cells of the grid of `tiles` that the pieces fill and that no tile takes."""
    taken = [*tiles, *large]
    filled: list[Box] = []
    for box in pieces:
        for candidate in _cells_under(box, tiles, cell):
            if not _is_inside(candidate, content) or not _is_free(candidate, [*taken, *filled]):
                continue
            if _content_share(content, candidate) >= _CONFIG.min_content:
                filled.append(candidate)
    return filled


def _find_holes(tiles: list[Box], large: list[Box], cell: tuple[float, float]) -> list[Box]:
    """The cells with a tile above and below: only a last row is not full, so that these are tiles, however dark."""
    holes: list[Box] = []
    for candidate in _crossings(tiles, cell, _pitch(tiles, cell[0])):
        if _is_free(candidate, [*tiles, *large, *holes]) and _is_between(candidate, tiles):
            holes.append(candidate)
    return holes


def _is_between(box: Box, tiles: list[Box]) -> bool:
    """Whether a tile of the same column lies right above the box, and one right below."""
    low, high = _CONFIG.next_row
    column = [tile for tile in tiles if abs(tile.x - box.x) < _CONFIG.same_line * box.width]
    steps = [(tile.y - box.y) / box.height for tile in column]
    return any(-high < step <= -low for step in steps) and any(low <= step < high for step in steps)


def _is_free(box: Box, taken: list[Box]) -> bool:
    """Whether no tile takes the place of the box."""
    return all(box.intersection_area(other) < _CONFIG.max_overlap * box.area for other in taken)


def has_tile_shape(width: float, height: float, *, min_side_px: float = MIN_TILE_SIDE_PX) -> bool:
    """Whether a rectangle of that size, in pixels, can be a participant's tile."""
    return min(width, height) >= min_side_px and _CONFIG.min_aspect <= width / height <= _CONFIG.max_aspect


def group_by_size(boxes: list[Box]) -> list[list[Box]]:
    """The boxes in groups of one size, each box in one group, the largest group first."""
    remaining, groups = list(boxes), []
    while remaining:
        similar = [
            [b for b in remaining if _is_close(b.width, a.width) and _is_close(b.height, a.height)] for a in remaining
        ]
        group = max(similar, key=len)
        groups.append(group)
        remaining = [box for box in remaining if box not in group]
    return groups


def _common_size(boxes: list[Box]) -> tuple[float, float] | None:
    """The size that most boxes share, if at least four do."""
    if len(boxes) < _CONFIG.min_tiles:
        return None
    widths, heights = np.array([box.width for box in boxes]), np.array([box.height for box in boxes])
    similar = (np.abs(widths[:, None] - widths) <= _CONFIG.same_size * widths) & (
        np.abs(heights[:, None] - heights) <= _CONFIG.same_size * heights
    )
    best = int(np.argmax(similar.sum(axis=1)))
    if similar[best].sum() < _CONFIG.min_tiles:
        return None
    return float(np.median(widths[similar[best]])), float(np.median(heights[similar[best]]))


def _is_close(value: float, wanted: float) -> bool:
    return abs(value - wanted) <= _CONFIG.same_size * wanted


def _spans(box: Box, cell: tuple[float, float]) -> bool:
    """Whether the box is as wide or as high as several cells side by side: tiles that merged."""
    columns, rows = box.width / cell[0], box.height / cell[1]
    wide = columns > 1.8 and _is_close(box.height, cell[1])
    high = rows > 1.8 and _is_close(box.width, cell[0])
    return wide or high


def _is_block(box: Box, cell: tuple[float, float], content: NDArray[np.uint8]) -> bool:
    """Whether columns and rows of cells merged, unlike a large tile: gaps are left on the lines between them."""
    columns, rows = round(box.width / cell[0]), round(box.height / cell[1])
    if min(columns, rows) < 2:
        return False
    left, top, width, height = box.rounded()
    patch = content[top : top + height, left : left + width]
    return _has_borders(patch.mean(axis=0), columns) and _has_borders(patch.mean(axis=1), rows)


def _has_borders(content: NDArray[np.float64], parts: int) -> bool:
    """Whether each line that divides a block into so many parts is gap. `content`: of each line, 0 to 255."""
    size = len(content) / parts
    reach = max(1, round(_CONFIG.same_line / 2 * size))
    borders = [round(number * size) for number in range(1, parts)]
    most = 255 * (1 - _CONFIG.min_border)
    return all(content[border - reach : border + reach + 1].min() <= most for border in borders)


def _cells_under(box: Box, regular: list[Box], cell: tuple[float, float]) -> list[Box]:
    """The grid's cells that the box overlaps: where columns and rows cross, and beside every tile of a shifted row."""
    width, height = cell
    pitch = _pitch(regular, width)
    cells = _crossings(regular, cell, pitch)
    cells += [Box(tile.x + step, tile.y, width, height) for tile in regular for step in (-pitch, pitch)]
    return [
        candidate
        for candidate in cells
        if candidate.intersection_area(box) > _CONFIG.min_piece * min(box.area, candidate.area)
    ]


def _crossings(regular: list[Box], cell: tuple[float, float], pitch: float) -> list[Box]:
    """The cells where columns and rows of tiles cross."""
    width, height = cell
    lefts, tops = _lines([tile.x for tile in regular], width), _lines([tile.y for tile in regular], height)
    return [
        Box(left, top, width, height) for top in tops for left in lefts if _is_in_step(left, top, regular, cell, pitch)
    ]


def _is_in_step(left: float, top: float, regular: list[Box], cell: tuple[float, float], pitch: float) -> bool:
    """Whether a column lies whole steps from a tile of the row: in a row that is shifted by half a tile none does."""
    width, height = cell
    row = [tile for tile in regular if abs(tile.y - top) < _CONFIG.same_line * height]
    steps = [(left - tile.x) / pitch for tile in row]
    return any(abs(step - round(step)) * pitch < _CONFIG.same_line * width for step in steps)


def _pitch(regular: list[Box], width: float) -> float:
    """From one tile's left side to that of its neighbour in the row: the smallest step between tiles of a row."""
    steps = [
        abs(a.x - b.x)
        for a in regular
        for b in regular
        if abs(a.y - b.y) < _CONFIG.same_line * width and abs(a.x - b.x) >= width
    ]
    return min(steps, default=width)


def _lines(positions: list[float], size: float) -> list[float]:
    """Positions that lie within a tenth of a tile of each other are one line of the grid; commonest first."""
    lines: list[list[float]] = []
    for position in sorted(positions):
        if lines and position - lines[-1][-1] < _CONFIG.same_line * size:
            lines[-1].append(position)
        else:
            lines.append([position])
    lines.sort(key=len, reverse=True)
    return [float(np.median(line)) for line in lines]


def _is_inside(box: Box, content: NDArray[np.uint8]) -> bool:
    """Whether most of the box lies in the picture."""
    height, width = content.shape
    return box.clipped(width, height).area >= (1 - _CONFIG.max_overlap) * box.area


def _content_share(content: NDArray[np.uint8], box: Box) -> float:
    """Share of the box, 0 to 1, that is not gap."""
    left, top, width, height = box.rounded()
    patch = content[max(0, top) : top + height, max(0, left) : left + width]
    return float(patch.mean()) / 255 if patch.size else 0.0
