"""A tile exactly as large as several columns and rows of its grid is one; tiles that fill its place are several."""

from collections.abc import Callable

import numpy as np
import pytest

from fer_desktop.types import Box, Image
from fer_desktop.vision.faces import MediaPipeFaceProbe
from fer_desktop.vision.gallery import TrackingTileFinder
from tests.unit.vision.gallery.drawn import DARK, compress, draw_people, place, share_found

CELL = (192, 108)
LEFT, TOP = 12, 10

Place = tuple[int, int]
"""Column and row."""


def find(image: Image) -> list[Box]:
    return [tile.box for tile in TrackingTileFinder(MediaPipeFaceProbe()).find(image)]


def draw(columns: int, rows: int, gap: int, *, large: Place | None, times: int) -> tuple[Image, list[Box]]:
    """A grid full of people, one of them in the place of so many columns and rows, from the cell `large` on."""
    step = CELL[0] + gap, CELL[1] + gap
    image = np.full((2 * TOP + rows * step[1], 2 * LEFT + columns * step[0], 3), DARK, np.uint8)
    taken: set[Place] = set()
    boxes = []
    if large is not None:
        taken = {(large[0] + column, large[1] + row) for column in range(times) for row in range(times)}
        size = times * step[0] - gap, times * step[1] - gap
        boxes.append(place(image, draw_people(*size)[3], LEFT + large[0] * step[0], TOP + large[1] * step[1]))
    cells = [(column, row) for row in range(rows) for column in range(columns) if (column, row) not in taken]
    people = draw_people(*CELL)
    for index, (column, row) in enumerate(cells):
        boxes.append(place(image, people[index % len(people)], LEFT + column * step[0], TOP + row * step[1]))
    return image, boxes


def assert_found(image: Image, true: list[Box]) -> None:
    found = find(image)
    assert len(found) == len(true)
    assert share_found(found, true) == 1


@pytest.mark.parametrize(
    ("code", "gap"), [(np.copy, 0), (np.copy, 1), (np.copy, 3), (np.copy, 8), (compress, 3), (compress, 8)]
)
@pytest.mark.parametrize(
    ("columns", "rows", "large", "times"),
    [
        (4, 2, (0, 0), 2),  # at the left of a wide window
        (4, 3, (1, 0), 2),  # in the middle
        (5, 4, (3, 2), 2),  # in the last corner
        (3, 5, (0, 0), 2),
        (2, 5, (0, 0), 2),  # on top of a narrow window
        (5, 3, (0, 0), 3),
        (6, 5, (1, 1), 3),
        (3, 6, (0, 0), 3),
    ],
)
def test_a_tile_as_large_as_several_is_one(
    columns: int, rows: int, large: Place, times: int, gap: int, code: Callable[[Image], Image]
) -> None:
    image, true = draw(columns, rows, gap, large=large, times=times)
    assert_found(code(image), true)


@pytest.mark.parametrize("code", [np.copy, compress])
@pytest.mark.parametrize("gap", [0, 1, 3, 8])
@pytest.mark.parametrize(("columns", "rows"), [(4, 2), (4, 3), (2, 5), (6, 5)])
def test_tiles_that_fill_the_place_of_a_large_one_are_several(
    columns: int, rows: int, gap: int, code: Callable[[Image], Image]
) -> None:
    image, true = draw(columns, rows, gap, large=None, times=1)
    assert_found(code(image), true)


@pytest.mark.parametrize("code", [np.copy, compress])
def test_four_tiles_with_a_thin_cross_between_them_are_four(code: Callable[[Image], Image]) -> None:
    """One of a pixel; all others are farther apart."""
    image, true = draw(4, 4, 8, large=None, times=1)
    people = draw_people(*CELL)
    left, top = true[5].rounded()[:2]
    image[top : top + 2 * CELL[1] + 8, left : left + 2 * CELL[0] + 8] = DARK
    for column in (0, 1):
        for row in (0, 1):
            x, y = left + 4 + column * (CELL[0] + 1), top + 4 + row * (CELL[1] + 1)
            true[5 + column + 4 * row] = place(image, people[column + 2 * row], x, y)
    assert_found(code(image), true)
