"""A round or square profile picture on a blurred background is a camera that is off; a person before one is not."""

from collections.abc import Callable
from functools import cache

import numpy as np
import pytest

from fer_desktop.system.opencv import cv2
from fer_desktop.types import Box, Image
from fer_desktop.vision.gallery.camera import is_camera_on
from tests.unit.vision.gallery.drawn import DARK, blur, compress, draw_backdrop, draw_person_before, place

SIZES = [(400, 225), (240, 136), (120, 68), (200, 200), (150, 200)]
LARGE_SIZES = SIZES[:2]
STUDENTS = range(0, 12, 2)


def keep_exact(frame: Image) -> Image:
    return frame


def compress_hard(frame: Image) -> Image:
    return compress(frame, 35)


CODINGS = [keep_exact, compress, compress_hard]


def show(tile: Image) -> tuple[Image, Box]:
    height, width = tile.shape[:2]
    frame = np.full((height + 40, width + 40, 3), DARK, np.uint8)
    return frame, place(frame, tile, 20, 20)


def is_on(tile: Image, code: Callable[[Image], Image] = keep_exact) -> bool:
    frame, box = show(tile)
    return is_camera_on(code(frame), box)


def write_label(tile: Image) -> None:
    height = tile.shape[0]
    at, scale = (round(0.04 * height), round(0.94 * height)), height / 340
    cv2.putText(tile, "Zoe van Dijk", at, cv2.FONT_HERSHEY_SIMPLEX, scale, (255, 255, 255), 1, cv2.LINE_AA)


def cut_out(picture: Image, behind: Image, *, corner: float) -> Image:
    """`behind` with the square picture in its middle. `corner`: radius of the corners in halves of its side."""
    height, width = behind.shape[:2]
    side, fine = picture.shape[0], 8
    mask = np.zeros((fine * side, fine * side), np.uint8)
    radius = round(corner * fine * side / 2)
    core = fine * side - 2 * radius
    cv2.rectangle(mask, (radius, 0), (radius + core - 1, fine * side - 1), 255, -1)
    cv2.rectangle(mask, (0, radius), (fine * side - 1, radius + core - 1), 255, -1)
    for x in (radius, radius + core):
        for y in (radius, radius + core):
            cv2.circle(mask, (x, y), radius, (255,), -1)
    cover = np.asarray(cv2.resize(mask, (side, side), interpolation=cv2.INTER_AREA), np.float32)[..., None] / 255
    left, top = (width - side) // 2, (height - side) // 2
    tile = behind.copy()
    part = tile[top : top + side, left : left + side]
    part[:] = np.clip(part * (1 - cover) + picture * cover, 0, 255).astype(np.uint8)
    return tile


@cache
def draw_avatar(size: tuple[int, int], number: int, *, share: float, corner: float) -> Image:
    """A profile picture in front of itself, blurred and somewhat darker."""
    side = round(share * min(size))
    picture = draw_person_before(draw_room_behind((side, side), number), number)
    behind = blur(np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8), 0.06)
    return cut_out(picture, (behind * 0.8).astype(np.uint8), corner=corner)


def draw_room_behind(size: tuple[int, int], number: int) -> Image:
    """A wall with a shelf and light from a side."""
    width, height = size
    light = np.linspace(0.75, 1.1, width)[None, :, None] * np.ones((height, 1, 1))
    colour = np.array([90 + 11 * number, 200 - 9 * number, 120 + 5 * number])
    room = np.asarray(np.clip(colour * light, 0, 255), np.uint8)
    shelf = slice(round(0.3 * height), round(0.36 * height))
    room[shelf] = room[shelf] // 2
    return room


@pytest.mark.parametrize("code", CODINGS)
@pytest.mark.parametrize("size", LARGE_SIZES)
@pytest.mark.parametrize(("share", "corner"), [(0.66, 1.0), (0.4, 1.0), (0.5, 0.3)])
def test_a_profile_picture_on_its_own_blurred_picture_is_a_camera_that_is_off(
    share: float, corner: float, size: tuple[int, int], code: Callable[[Image], Image]
) -> None:
    tiles = [draw_avatar(size, number, share=share, corner=corner).copy() for number in STUDENTS]
    for tile in tiles:
        write_label(tile)
    assert not any(is_on(tile, code) for tile in tiles)


@pytest.mark.parametrize("size", SIZES[2:])
@pytest.mark.parametrize(("share", "corner"), [(0.66, 1.0), (0.4, 1.0), (0.5, 0.3)])
def test_most_profile_pictures_in_small_and_square_tiles_are_cameras_that_are_off(
    share: float, corner: float, size: tuple[int, int]
) -> None:
    tiles = [draw_avatar(size, number, share=share, corner=corner) for number in STUDENTS]
    assert sum(is_on(tile) for tile in tiles) <= 1


@pytest.mark.parametrize("code", CODINGS)
def test_initials_on_a_blurred_background_are_a_camera_that_is_off(code: Callable[[Image], Image]) -> None:
    picture = np.full((90, 90, 3), (160, 90, 60), np.uint8)
    cv2.putText(picture, "ZD", (24, 56), cv2.FONT_HERSHEY_SIMPLEX, 1.0, (255, 255, 255), 2, cv2.LINE_AA)
    assert not is_on(cut_out(picture, blur(draw_backdrop(320, 180)), corner=1.0), code)


@cache
def draw_before_blurred_wall(size: tuple[int, int], number: int) -> Image:
    return draw_person_before(blur(draw_room_behind(size, number)), number)


@cache
def draw_before_dark_wall(size: tuple[int, int], number: int) -> Image:
    return (draw_before_blurred_wall(size, number) * 0.3).astype(np.uint8)


@cache
def draw_before_ring_light(size: tuple[int, int], number: int) -> Image:
    """A lamp as round as can be, around the head, in the very middle."""
    wall = blur(draw_room_behind(size, number))
    middle = (size[0] // 2, size[1] // 2)
    cv2.circle(wall, middle, round(0.4 * min(size)), (245, 250, 255), max(2, min(size) // 24), cv2.LINE_AA)
    return draw_person_before(wall, number)


@cache
def draw_before_clock(size: tuple[int, int], number: int) -> Image:
    """A round clock, larger than the head, in the very middle."""
    wall = blur(draw_room_behind(size, number))
    middle = (size[0] // 2, size[1] // 2)
    cv2.circle(wall, middle, round(0.42 * min(size)), (30, 30, 30), -1, cv2.LINE_AA)
    cv2.circle(wall, middle, round(0.38 * min(size)), (235, 235, 235), -1, cv2.LINE_AA)
    return draw_person_before(wall, number)


@cache
def draw_telephone(size: tuple[int, int], number: int) -> Image:
    """A picture held upright, between the blurred parts of itself."""
    width, height = size
    inner = min(width, round(height * 9 / 16))
    picture = draw_person_before(draw_room_behind((inner, height), number), number)
    tile = blur(np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8))
    place(tile, picture, (width - inner) // 2, 0)
    return tile


@pytest.mark.parametrize("code", CODINGS)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    "draw",
    [
        draw_before_blurred_wall,
        draw_before_dark_wall,
        draw_before_ring_light,
        draw_before_clock,
        draw_telephone,
    ],
)
def test_a_person_before_a_blurred_background_is_a_camera_that_is_on(
    draw: Callable[[tuple[int, int], int], Image], size: tuple[int, int], code: Callable[[Image], Image]
) -> None:
    for label in (lambda _: None, write_label):
        for number in STUDENTS:
            tile = draw(size, number).copy()
            label(tile)
            assert is_on(tile, code)


def test_a_round_thing_beside_the_middle_is_no_profile_picture() -> None:
    tile = draw_avatar((400, 225), 1, share=0.4, corner=1.0)
    assert is_on(np.roll(tile, 60, axis=1))
