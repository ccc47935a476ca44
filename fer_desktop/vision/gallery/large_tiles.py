"""Tiles as large as two, three or more columns and as many rows of their grid, such as the speaker's: no line divides
them into cells.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from fer_desktop.types import Box, Image
from fer_desktop.vision.gallery.edges import EdgeMap
from fer_desktop.vision.gallery.rectangles import Rectangle


@dataclass(frozen=True, slots=True)
class _Config:
    """When a rectangle is one tile, tuned on drawn call windows. Shares are 0 to 1."""

    min_sides: float = 0.7
    """Share of its sides that is edge."""
    off_size_px: float = 4.0
    """From the size of so many cells with the gaps between them, and..."""
    off_size: float = 0.03
    """...this share of it."""
    max_divided: float = 0.4
    """Share of the lines between the cells that is edge, the mean of columns and rows: by chance a third is."""
    max_line: float = 0.8
    """Share of one such line that is edge."""
    near_px: tuple[int, ...] = tuple(range(-6, 7))
    """Such a line may lie so far from where it is expected."""
    edge_px: int = 4
    """Of a part, which is not looked at."""
    blank_levels: int = 4
    min_blank: float = 0.997
    """Share of a part that has one colour where it shows nothing, not even a name."""


_CONFIG: Final = _Config()


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of a grid: their size, and the step from one to the next, in pixels."""

    width: float
    height: float
    step_x: float
    step_y: float

    def count(self, box: Box) -> tuple[int, int]:
        """Of how many columns and rows the box has the size; (0, 0) of none."""
        columns = round((box.width - self.width) / self.step_x) + 1
        rows = round((box.height - self.height) / self.step_y) + 1
        wide, high = self.width + (columns - 1) * self.step_x, self.height + (rows - 1) * self.step_y
        is_near = all(
            abs(side - wanted) <= _CONFIG.off_size_px + _CONFIG.off_size * wanted
            for side, wanted in ((box.width, wide), (box.height, high))
        )
        return (columns, rows) if is_near else (0, 0)


def find_large_tiles(
    rectangles: Sequence[Rectangle], cells: Cells, tiles: Sequence[Box], image: Image, edges: EdgeMap
) -> list[Box]:
    """The rectangles as large as two or more columns and as many rows that are one tile; none that holds `tiles`."""
    found: list[Box] = []
    for box, sides in rectangles:
        if sides < _CONFIG.min_sides or box.area < 3 * cells.width * cells.height:
            continue
        columns, rows = cells.count(box)
        if (
            columns == rows >= 2
            and not any(box.contains(*tile.centre) for tile in tiles)
            and not any(box.intersection_area(other) for other in found)
            and not _is_divided(box, columns, rows, edges)
            and not _holds_cards(box, columns, rows, image)
        ):
            found.append(box)
    return found


def _is_divided(box: Box, columns: int, rows: int, edges: EdgeMap) -> bool:
    """Whether edges lie between all columns and rows, or one runs from side to side."""
    down = [_measure_near(box, box.width * index / columns, 0, edges) for index in range(1, columns)]
    across = [_measure_near(box, 0, box.height * index / rows, edges) for index in range(1, rows)]
    is_block = (min(down) + min(across)) / 2 > _CONFIG.max_divided
    return is_block or max(*down, *across) > _CONFIG.max_line


def _measure_near(box: Box, dx: float, dy: float, edges: EdgeMap) -> float:
    """Share of the best covered line as far from the box's left, or upper, side."""
    if dx:
        return max(edges.measure_sides(box.shifted(dx + near, 0)).left for near in _CONFIG.near_px)
    return max(edges.measure_sides(box.shifted(0, dy + near)).top for near in _CONFIG.near_px)


def _holds_cards(box: Box, columns: int, rows: int, image: Image) -> bool:
    """Whether cards of one colour, which touch, lie in the box: each shows something, and nothing lies between them."""
    return all(is_blank(line, image) for line in _list_lines(box, columns, rows)) and not any(
        is_blank(part, image) for part in _list_parts(box, columns, rows)
    )


def _list_lines(box: Box, columns: int, rows: int) -> Iterator[Box]:
    """Narrow boxes on the lines between the cells."""
    wide = 2 * _CONFIG.edge_px + 2
    for index in range(1, columns):
        yield Box(box.x + box.width * index / columns - wide / 2, box.y, wide, box.height)
    for index in range(1, rows):
        yield Box(box.x, box.y + box.height * index / rows - wide / 2, box.width, wide)


def _list_parts(box: Box, columns: int, rows: int) -> Iterator[Box]:
    width, height = box.width / columns, box.height / rows
    for row in range(rows):
        for column in range(columns):
            yield Box(box.x + column * width, box.y + row * height, width, height)


def is_blank(box: Box, image: Image) -> bool:
    """Whether the box shows one colour, but for its edge."""
    left, top, width, height = box.clipped(image.shape[1], image.shape[0]).rounded()
    edge = _CONFIG.edge_px
    patch = image[top + edge : top + height - edge, left + edge : left + width - edge, 1].astype(np.int16)
    return bool(np.mean(np.abs(patch - np.median(patch)) <= _CONFIG.blank_levels) >= _CONFIG.min_blank)
