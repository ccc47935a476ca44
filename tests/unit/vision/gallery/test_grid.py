"""Tiles that merged, or that are as dark as the gaps, are where the grid has a place for them."""

import numpy as np
from numpy.typing import NDArray

from fer_desktop.types import Box
from fer_desktop.vision.gallery.grid import complete_grid

WIDTH, HEIGHT, GAP = 160, 90, 8


def lay_cells(columns: int, rows: int) -> list[Box]:
    """In rows, one after the other."""
    return [
        Box(GAP + column * (WIDTH + GAP), GAP + row * (HEIGHT + GAP), WIDTH, HEIGHT)
        for row in range(rows)
        for column in range(columns)
    ]


def fill(boxes: list[Box]) -> NDArray[np.uint8]:
    """A picture of five columns and four rows, 255 in these boxes."""
    content = np.zeros((GAP + 4 * (HEIGHT + GAP), GAP + 5 * (WIDTH + GAP)), np.uint8)
    for box in boxes:
        left, top, width, height = box.rounded()
        content[top : top + height, left : left + width] = 255
    return content


def around(boxes: list[Box]) -> Box:
    first, last = boxes[0], boxes[-1]
    return Box(first.x, first.y, last.x + last.width - first.x, last.y + last.height - first.y)


def test_a_block_with_gaps_left_in_it_is_its_tiles() -> None:
    cells = lay_cells(5, 4)
    merged = [cells[row * 5 + column] for row in range(3) for column in range(2)]
    others = [cell for cell in cells if cell not in merged]
    completed = complete_grid([*others, around(merged)], [], fill(cells))
    assert {box.rounded() for box in completed} == {cell.rounded() for cell in cells}


def test_a_large_tile_as_large_as_a_block_is_one() -> None:
    cells = lay_cells(5, 4)
    under = [cells[row * 5 + column] for row in range(2) for column in range(2)]
    others = [cell for cell in cells if cell not in under]
    speaker = around(under)
    completed = complete_grid([*others, speaker], [], fill([*others, speaker]))
    assert {box.rounded() for box in completed} == {box.rounded() for box in (*others, speaker)}


def test_a_tile_as_dark_as_the_gap_is_where_tiles_are_above_and_below() -> None:
    cells = lay_cells(5, 4)
    lit = [cell for number, cell in enumerate(cells) if number not in (6, 9, 19)]
    completed = complete_grid(lit, [], fill(lit))
    assert {box.rounded() for box in completed} == {cell.rounded() for cell in cells[:19]}, "the last place is empty"


def test_a_short_last_row_has_no_more_tiles_than_are_seen() -> None:
    cells = [
        *lay_cells(5, 3),
        *(Box(box.x + (WIDTH + GAP) / 2, box.y, WIDTH, HEIGHT) for box in lay_cells(5, 4)[15:19]),
    ]
    completed = complete_grid(cells, [], fill(cells))
    assert completed == cells
