"""Call windows as they are stored and shared: cut, compressed, scaled, beside slides and chats."""

from collections.abc import Callable

import numpy as np
import pytest

from fer_desktop.system.opencv import cv2
from fer_desktop.types import Box, Image
from fer_desktop.vision.faces import MediaPipeFaceProbe
from fer_desktop.vision.gallery import TrackingTileFinder
from tests.unit.vision.gallery.drawn import DARK, draw_people, draw_slide, place, share_found

TILE = (192, 108)


def find(image: Image) -> list[Box]:
    return [tile.box for tile in TrackingTileFinder(MediaPipeFaceProbe()).find(image)]


def draw_grid(
    columns: int, count: int, *, gap: int, left: int, top: int, window: int = DARK
) -> tuple[Image, list[Box]]:
    """People in rows; a short last row is centred."""
    rows = -(-count // columns)
    size = top + rows * (TILE[1] + gap) + 40, 2 * left + columns * (TILE[0] + gap) - gap, 3
    image = np.full(size, window, np.uint8)
    people = draw_people(*TILE)
    boxes = []
    for index in range(count):
        row, column = divmod(index, columns)
        in_row = min(columns, count - row * columns)
        start = left + (columns - in_row) * (TILE[0] + gap) // 2
        x, y = start + column * (TILE[0] + gap), top + row * (TILE[1] + gap)
        boxes.append(place(image, people[index % len(people)], x, y))
    return image, boxes


def compress(image: Image, quality: int = 50) -> Image:
    encoded = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
    return np.asarray(cv2.imdecode(encoded, cv2.IMREAD_COLOR), np.uint8)


@pytest.mark.parametrize("gap", [0, 1, 3])
def test_tiles_that_touch_are_found_in_a_compressed_picture(gap: int) -> None:
    image, true = draw_grid(5, 20, gap=gap, left=12, top=10)
    found = find(compress(image))
    assert len(found) == len(true)
    assert share_found(found, true) == 1


def test_columns_at_the_edges_of_the_picture_are_found() -> None:
    image, true = draw_grid(5, 15, gap=2, left=0, top=0)
    found = find(image)
    assert len(found) == len(true)
    assert share_found(found, true) == 1


def test_thin_gaps_of_a_window_that_was_scaled_up_and_blurred_are_found() -> None:
    image, boxes = draw_grid(4, 12, gap=2, left=10, top=10)
    large = cv2.GaussianBlur(cv2.resize(image, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC), (0, 0), 1.5)
    true = [Box(2 * box.x, 2 * box.y, 2 * box.width, 2 * box.height) for box in boxes]
    found = find(np.asarray(large, np.uint8))
    assert len(found) == len(true)
    assert share_found(found, true) == 1


@pytest.mark.parametrize("gap", [0, 2, 8])
def test_an_empty_place_of_the_last_row_is_no_student(gap: int) -> None:
    image, true = draw_grid(5, 13, gap=gap, left=60, top=20)
    found = find(compress(image, 85))
    assert len(found) == len(true)
    assert share_found(found, true) == 1


@pytest.mark.parametrize("gap", [0, 1, 2])
@pytest.mark.parametrize("code", [np.copy, compress])
def test_a_strip_beside_a_slide_is_found(code: Callable[[Image], Image], gap: int) -> None:
    image = np.full((700, 1200, 3), 0, np.uint8)
    image[40:660, 0:950] = draw_slide(950, 620)
    people = draw_people(*TILE)
    true = [place(image, people[row], 990, 60 + (TILE[1] + gap) * row) for row in range(5)]
    found = find(code(image))
    assert len(found) == len(true)
    assert share_found(found, true) == 1


def test_a_block_of_four_in_the_middle_is_four_tiles() -> None:
    image, true = draw_grid(4, 16, gap=8, left=12, top=10)
    people = draw_people(*TILE)
    for column in (1, 2):  # the four in the middle touch
        for row in (1, 2):
            x, y = true[row * 4 + column].rounded()[:2]
            image[y - 8 * (row == 2) : y + TILE[1], x - 8 * (column == 2) : x + TILE[0]] = 90
            place(image, people[row * 2 + column], x, y)
    found = find(image)
    assert len(found) == len(true)
    assert share_found(found, true) == 1


def test_two_columns_that_merged_are_their_tiles() -> None:
    """Dark ceilings melt into the gaps, and a toast, a pager's arrow and a menu lie across what is left of these."""
    image, true = draw_grid(5, 15, gap=6, left=4, top=4)
    for index in (0, 1, 5, 6, 10, 11):
        x, y = true[index].rounded()[:2]
        image[y : y + 5, x : x + TILE[0]] = DARK
        if index in (0, 5, 10):
            image[y + 30 : y + 64, x + TILE[0] - 22 : x + TILE[0] + 20] = 90
        if index < 10:
            image[y + TILE[1] - 10 : y + TILE[1] + 20, x + 60 : x + 100] = 90
    found = find(image)
    assert len(found) == len(true)
    assert share_found(found, true) == 1


def test_pictures_in_a_chat_are_no_tiles() -> None:
    image = np.full((720, 1280, 3), 255, np.uint8)
    stage = place(image, draw_people(900, 506)[0], 0, 40)
    for row, picture in enumerate(draw_people(44, 44)[:6]):
        place(image, picture, 940, 60 + 90 * row)
        cv2.putText(image, "good morning", (1000, 85 + 90 * row), cv2.FONT_HERSHEY_SIMPLEX, 0.5, (60, 60, 60), 1)
    found = find(image)
    assert all(box.iou(stage) > 0.8 for box in found)


def test_two_tiles_side_by_side_are_two() -> None:
    image = np.full((520, 1240, 3), DARK, np.uint8)
    people = draw_people(600, 338)
    true = [place(image, people[0], 10, 40), place(image, people[1], 620, 40)]
    left, top = 620, 40
    image[top + 200 : top + 260, left : left + 260] = DARK  # a dark shelf that reaches the tile's side
    assert share_found(find(compress(image)), true) == 1


def test_cards_that_touch_each_other_are_found_between_the_tiles_around_them() -> None:
    """No edge divides them: they have one colour."""
    image, true = draw_grid(5, 20, gap=0, left=0, top=0)
    for index in (6, 7, 8, 9, 11, 12, 13, 14, 18, 19):
        x, y, width, height = true[index].rounded()
        image[y : y + height, x : x + width] = DARK
        cv2.putText(image, "Zoe van Dijk", (x + 40, y + 60), cv2.FONT_HERSHEY_SIMPLEX, 0.5, (240, 240, 240), 1)
    found = find(compress(image, 85))
    assert len(found) == len(true)
    assert share_found(found, true) == 1
