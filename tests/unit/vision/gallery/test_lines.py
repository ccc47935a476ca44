"""Where no gap colour separates the tiles, their straight sides do."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fer_desktop.types import Box, Image
from fer_desktop.vision.faces import MediaPipeFaceProbe
from fer_desktop.vision.gallery import TrackingTileFinder
from fer_desktop.vision.gallery.layout import find_layout
from fer_desktop.vision.gallery.lines import find_tiles_by_lines
from tests.unit.vision.gallery.drawn import DARK, draw_backdrop, draw_people, draw_room, draw_slide, place, share_found


def draw_grid(
    canvas: Image, columns: int, rows: int, *, tile: tuple[int, int], gap: int, left: int, top: int
) -> list[Box]:
    return [
        place(canvas, draw_room(row * 50 + column, *tile), left + column * (tile[0] + gap), top + row * (tile[1] + gap))
        for row in range(rows)
        for column in range(columns)
    ]


@settings(max_examples=20, deadline=None)
@given(
    columns=st.integers(2, 6),
    rows=st.integers(2, 5),
    gap=st.sampled_from([0, 1, 2, 8]),
    tile=st.sampled_from([(160, 90), (120, 90), (96, 72)]),
    left=st.integers(0, 60),
    top=st.integers(0, 60),
)
def test_tiles_that_touch_are_found_stay_apart_and_inside(
    columns: int, rows: int, gap: int, tile: tuple[int, int], left: int, top: int
) -> None:
    width, height = left + columns * (tile[0] + gap) + 50, top + rows * (tile[1] + gap) + 40
    image = np.full((height, width, 3), DARK, np.uint8)
    true = draw_grid(image, columns, rows, tile=tile, gap=gap, left=left, top=top)
    found = find_tiles_by_lines(image)
    assert share_found(found, true) == 1
    for index, box in enumerate(found):
        assert box.clipped(width, height) == box
        assert all(box.intersection_area(other) <= 0.2 * box.area for other in found[index + 1 :])


def test_tiles_shift_with_the_window() -> None:
    image = np.full((400, 600, 3), DARK, np.uint8)
    draw_grid(image, 3, 3, tile=(160, 90), gap=0, left=10, top=20)
    moved = np.roll(image, (30, 50), axis=(0, 1))
    before, after = (find_layout(picture, lambda _: True).boxes for picture in (image, moved))
    assert len(before) == 9
    assert share_found(list(after), [box.shifted(50, 30) for box in before]) == 1


def test_tiles_before_a_picture_are_found() -> None:
    image = draw_backdrop(800, 500)
    true = draw_grid(image, 4, 3, tile=(160, 90), gap=12, left=60, top=50)
    assert share_found(find_tiles_by_lines(image), true) == 1


def test_a_side_gallery_is_found_beside_a_slide_which_is_no_tile() -> None:
    image = np.full((560, 960, 3), DARK, np.uint8)
    image[20:540, 10:730] = draw_slide(720, 520)
    true = [place(image, picture, 745, 20 + 112 * row) for row, picture in enumerate(draw_people(192, 108)[:4])]
    found = [tile.box for tile in TrackingTileFinder(MediaPipeFaceProbe()).find(image)]
    assert len(found) == len(true)
    assert share_found(found, true) == 1


@pytest.mark.parametrize("shape", [(1, 1), (39, 2000), (2000, 39), (45, 45)])
def test_a_picture_too_small_for_tiles_has_none(shape: tuple[int, int]) -> None:
    assert find_tiles_by_lines(np.full((*shape, 3), 90, np.uint8)) == []
