"""What looks like an avatar and moves is a camera's picture, until it has been still for long."""

import numpy as np
import pytest

from fer_desktop.system.opencv import cv2
from fer_desktop.types import Box, Image
from fer_desktop.vision.budget.changes import FrameCells
from fer_desktop.vision.budget.steady_tiles import SteadyTiles
from fer_desktop.vision.gallery.avatar import shows_avatar
from tests.unit.vision.gallery.drawn import DARK, blur, compress, draw_backdrop, draw_person_before, place

WIDTH, HEIGHT = 240, 136
SIDE = 90


def draw_wall() -> Image:
    """Out of focus, and darker than what is in front of it."""
    return np.asarray(blur(draw_backdrop(WIDTH, HEIGHT)) // 2, np.uint8)


def draw_bubble(*, moved_px: int = 0) -> Image:
    """A round picture of a student, moved to a side, in the middle of a blurred tile."""
    picture = np.roll(draw_person_before(draw_backdrop(SIDE, SIDE), 2), moved_px, axis=1)
    tile = draw_wall()
    inside = np.zeros((SIDE, SIDE, 1), np.uint8)
    cv2.circle(inside, (SIDE // 2, SIDE // 2), SIDE // 2 - 1, (1,), -1)
    left, top = (WIDTH - SIDE) // 2, (HEIGHT - SIDE) // 2
    part = tile[top : top + SIDE, left : left + SIDE]
    part[:] = np.where(inside > 0, picture, part)
    return tile


def draw_camera() -> Image:
    return draw_person_before(draw_backdrop(WIDTH, HEIGHT), 2)


class Call:
    """Asks in frame after frame, a fifth of a second apart, whether the one tile shows a camera."""

    def __init__(self) -> None:
        self._cells = FrameCells()
        self._tiles = SteadyTiles(self._cells)
        self._at_s = 0.0

    def shows_camera(self, tile: Image, *, quality: int | None = None, found_px: int = 0) -> bool:
        """`found_px`: by which the tile is found beside where it is."""
        frame = np.full((HEIGHT + 40, WIDTH + 40, 3), DARK, np.uint8)
        box = place(frame, tile, 20, 20).shifted(found_px, 0)
        if quality is not None:
            frame = compress(frame, quality)
        self._at_s += 0.2
        self._cells.start_frame(frame, self._at_s)
        return self._tiles.shows_camera(frame, box)

    def watch(self, tile: Image, seconds: float) -> list[bool]:
        return [self.shows_camera(tile) for _ in range(round(5 * seconds))]


@pytest.fixture
def call() -> Call:
    return Call()


def test_the_bubbles_of_these_tests_look_like_avatars() -> None:
    whole = Box(0, 0, WIDTH, HEIGHT)
    assert all(shows_avatar(draw_bubble(moved_px=moved_px), whole) for moved_px in range(4))
    assert not shows_avatar(draw_camera(), whole)


def test_an_avatar_is_a_camera_that_is_off_from_the_first_frame_on(call: Call) -> None:
    assert not any(call.watch(draw_bubble(), 60))


def test_a_bubble_in_which_somebody_moves_is_a_camera(call: Call) -> None:
    call.shows_camera(draw_bubble())
    assert all(call.shows_camera(draw_bubble(moved_px=frame % 4)) for frame in range(1, 50))


def test_a_bubble_that_moves_remains_a_camera_where_its_tile_is_found_a_pixel_beside(call: Call) -> None:
    for frame in range(10):
        call.shows_camera(draw_bubble(moved_px=frame % 4))
    assert all(call.shows_camera(draw_bubble(), found_px=found_px) for found_px in (1, 0, 2, 1))


def test_an_avatar_is_off_wherever_its_tile_is_found(call: Call) -> None:
    assert not any(call.shows_camera(draw_bubble(), found_px=frame % 3) for frame in range(20))


def test_it_remains_one_while_its_student_sits_still_for_some_seconds(call: Call) -> None:
    call.shows_camera(draw_bubble())
    call.shows_camera(draw_bubble(moved_px=3))
    assert all(call.watch(draw_bubble(moved_px=3), 15))
    assert not call.watch(draw_bubble(moved_px=3), 30)[-1]


def test_a_camera_that_is_switched_off_is_off_at_once(call: Call) -> None:
    call.watch(draw_camera(), 5)
    assert not call.shows_camera(draw_bubble())
    assert call.shows_camera(draw_camera())


def test_a_student_who_looks_like_an_avatar_for_moments_is_a_camera(call: Call) -> None:
    """Somebody in the middle of a blurred wall, of whom now and then neither neck nor shoulders show."""
    call.watch(draw_person_before(draw_wall(), 2), 5)
    assert all(call.shows_camera(draw_bubble(moved_px=frame % 4)) for frame in range(50))


def test_coding_a_ring_and_an_icon_do_not_make_an_avatar_a_camera(call: Call) -> None:
    for frame in range(60):
        tile = draw_bubble()
        if frame % 2:
            cv2.circle(tile, (WIDTH // 2, HEIGHT // 2), SIDE // 2 + 3, (250, 250, 250), 3, cv2.LINE_AA)
        if frame % 3 == 0:
            cv2.circle(tile, (16, HEIGHT - 14), 8, (40, 40, 230), -1)
        call.shows_camera(tile, quality=(70, 50, 60)[frame % 3])
    assert not call.shows_camera(draw_bubble())
