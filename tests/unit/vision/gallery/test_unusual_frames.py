"""What a frame that is no tidy gallery gets: a stated answer, nobody invented."""

from collections.abc import Callable

import numpy as np
import pytest

from fer_desktop.system.opencv import cv2
from fer_desktop.types import Box, Image
from fer_desktop.vision.faces import MediaPipeFaceProbe
from fer_desktop.vision.gallery import TrackingTileFinder
from fer_desktop.vision.gallery.layout import find_layout
from tests.fakes import FakeFaceProbe
from tests.unit.vision.gallery.drawn import (
    DARK,
    LIGHT,
    draw_backdrop,
    draw_people,
    draw_room,
    draw_slide,
    place,
    share_found,
)


def find(image: Image) -> list[Box]:
    return [tile.box for tile in TrackingTileFinder(MediaPipeFaceProbe()).find(image)]


def draw_desktop() -> Image:
    """Coloured icons in a grid, and a window of text."""
    image = draw_backdrop(1280, 720)
    for index in range(24):
        left, top = 30 + 80 * (index % 3), 30 + 80 * (index // 3)
        image[top : top + 48, left : left + 48] = (40 + 8 * index, 90, 200 - 6 * index)
    image[100:600, 400:1100] = draw_slide(700, 500)
    return image


def draw_table() -> Image:
    image = np.full((720, 1280, 3), 255, np.uint8)
    for row in range(4):
        for column in range(5):
            cell = np.s_[400 + 60 * row : 456 + 60 * row, 80 + 140 * column : 216 + 140 * column]
            image[cell] = 225
    return image


def draw_black() -> Image:
    return np.zeros((720, 1280, 3), np.uint8)


def draw_full_slide() -> Image:
    return draw_slide(1280, 720)


@pytest.mark.parametrize("draw", [draw_black, draw_full_slide, draw_desktop, draw_table])
def test_a_frame_without_a_gallery_has_no_tiles(draw: Callable[[], Image]) -> None:
    assert find(draw()) == []


def test_one_person_alone_is_one_tile() -> None:
    image = np.full((720, 1280, 3), DARK, np.uint8)
    box = place(image, draw_people(960, 540)[0], 160, 90)
    assert share_found(find(image), [box]) == 1


@pytest.mark.parametrize("window", [DARK, LIGHT], ids=["dark", "light"])
def test_a_hundred_tiles_are_found_each(window: int) -> None:
    image = np.full((1080, 1920, 3), window, np.uint8)
    true = [
        place(image, draw_room(index, 180, 101), 6 + 190 * (index % 10), 6 + 107 * (index // 10))
        for index in range(100)
    ]
    found = find(image)
    assert len(found) == 100
    assert share_found(found, true) == 1


def test_tiles_of_forty_pixels_are_found_and_smaller_ones_are_none() -> None:
    for height, expected in ((40, 20), (28, 0)):
        image = np.full((5 * (height + 6), 4 * 78, 3), DARK, np.uint8)
        for index in range(20):
            place(image, draw_room(index, 71, height), 4 + 77 * (index % 4), 3 + (height + 6) * (index // 4))
        assert len(find(image)) == expected


def test_of_a_gallery_half_off_the_screen_the_tiles_that_can_be_seen_are_found() -> None:
    image = np.full((480, 700, 3), DARK, np.uint8)
    true = [
        place(image, draw_room(index, 200, 112), 10 + 206 * (index % 5), 10 + 118 * (index // 5)) for index in range(20)
    ]
    whole = [box for box in true if box.width == 200]
    assert share_found(find(image), whole) == 1


def test_a_window_over_the_gallery_hides_what_it_covers_and_no_more() -> None:
    image = np.full((600, 860, 3), DARK, np.uint8)
    true = [
        place(image, draw_room(index, 200, 112), 10 + 206 * (index % 4), 10 + 118 * (index // 4)) for index in range(20)
    ]
    cover = Box(300, 200, 260, 130)
    image[200:330, 300:560] = 250
    free = [box for box in true if box.intersection_area(cover) == 0]
    found = find(image)
    assert share_found(found, free) == 1
    assert len(found) <= len(true)


def test_a_frozen_picture_keeps_its_tiles() -> None:
    image = np.full((500, 860, 3), DARK, np.uint8)
    for index in range(16):
        place(image, draw_room(index, 200, 112), 10 + 206 * (index % 4), 10 + 118 * (index // 4))
    finder = TrackingTileFinder(MediaPipeFaceProbe())
    first = finder.find(image)
    assert len(first) == 16
    assert all(finder.find(image) == first for _ in range(60))


@pytest.mark.parametrize("gap", [0, 6], ids=["touching", "apart"])
def test_a_tile_that_moves_is_noticed_within_five_frames(gap: int) -> None:
    """One second at five frames a second."""

    def draw(count: int) -> tuple[Image, list[Box]]:
        image = np.full((480, 900, 3), DARK, np.uint8)
        left = (900 - 4 * (200 + gap)) // 2 if count == 16 else 100 - gap
        return image, [
            place(image, draw_room(index, 200, 112), left + (200 + gap) * (index % 4), 8 + (112 + gap) * (index // 4))
            for index in range(count)
        ]

    (before, _), (after, moved) = draw(16), draw(15)
    finder = TrackingTileFinder(FakeFaceProbe())
    finder.find(before)
    for _ in range(5):
        found = [tile.box for tile in finder.find(after)]
    assert share_found(found, moved) == 1


def test_a_film_beside_the_tiles_does_not_cost_a_search_in_every_frame() -> None:
    rng = np.random.default_rng(0)
    image = np.full((560, 960, 3), DARK, np.uint8)
    for row in range(3):
        place(image, draw_room(row, 192, 108), 745, 20 + 114 * row)
    probe = FakeFaceProbe()
    finder = TrackingTileFinder(probe)
    frames_with_search = 0
    for _ in range(20):
        film = cv2.resize(rng.integers(0, 255, (6, 8, 3), dtype=np.uint8), (700, 500), interpolation=cv2.INTER_CUBIC)
        image[20:520, 10:710] = film
        before = probe.asked
        assert len(finder.find(image)) >= 3
        frames_with_search += probe.asked > before
    assert frames_with_search <= 6


@pytest.mark.parametrize("size", [(2, 2), (10_000, 3), (64, 64)])
def test_pictures_of_any_size_are_taken(size: tuple[int, int]) -> None:
    assert find_layout(np.full((*size, 3), 77, np.uint8), lambda _: True).boxes == ()


class _ForgetfulProbe:
    """Finds faces in its first frames, and then none: everybody looks down."""

    def __init__(self) -> None:
        self.sees = True

    def shows_face(self, image: Image, box: Box) -> bool:
        return self.sees


@pytest.mark.parametrize("count", [1, 2, 3])
def test_the_tiles_of_people_who_look_down_stay(count: int) -> None:
    image = np.full((400, 1200, 3), DARK, np.uint8)
    true = [place(image, draw_room(index, 300, 168), 20 + 330 * index, 60) for index in range(count)]
    probe = _ForgetfulProbe()
    finder = TrackingTileFinder(probe)
    assert share_found([tile.box for tile in finder.find(image)], true) == 1
    probe.sees = False
    assert all(len(finder.find(image)) == count for _ in range(200))


def test_tiles_that_are_gone_are_given_up_though_nobody_shows_a_face() -> None:
    image = np.full((400, 1200, 3), DARK, np.uint8)
    for index in range(2):
        place(image, draw_room(index, 300, 168), 20 + 330 * index, 60)
    probe = _ForgetfulProbe()
    finder = TrackingTileFinder(probe)
    assert len(finder.find(image)) == 2
    probe.sees = False
    assert finder.find(draw_slide(1200, 400)) == ()
