"""A card with a name, initials or a profile picture is a camera that is off; a person before a plain wall is not."""

from collections.abc import Callable

import numpy as np
import pytest

from fer_desktop.system.opencv import cv2
from fer_desktop.types import Box, Image
from fer_desktop.vision.gallery.camera import is_camera_on
from tests.unit.vision.gallery.drawn import DARK, compress, draw_people, draw_room, place

WIDTH, HEIGHT = 240, 136
TILE = Box(20, 20, WIDTH, HEIGHT)


def show(tile: Image, window: int = DARK) -> Image:
    frame = np.full((HEIGHT + 40, WIDTH + 40, 3), window, np.uint8)
    place(frame, tile, 20, 20)
    return frame


def draw_card(level: int = 40) -> Image:
    return np.full((HEIGHT, WIDTH, 3), level, np.uint8)


def leave_bare(tile: Image) -> None:
    """A tile without a label."""


def write_label(tile: Image) -> None:
    tile[-24:, :90] = 12
    cv2.putText(tile, "Zoe van Dijk", (6, HEIGHT - 8), cv2.FONT_HERSHEY_SIMPLEX, 0.4, (255, 255, 255), 1, cv2.LINE_AA)


def write_long_label(tile: Image) -> None:
    """Across the whole tile, over the lower end of a picture."""
    tile[-24:] = 12
    name = "Zoe van Dijk - interpreter EN<>ES..."
    cv2.putText(tile, name, (6, HEIGHT - 8), cv2.FONT_HERSHEY_SIMPLEX, 0.38, (255, 255, 255), 1, cv2.LINE_AA)


def write_label_beside_icon(tile: Image) -> None:
    """Large letters without a box, beside a round icon that stands higher than they do."""
    cv2.circle(tile, (20, HEIGHT - 26), 17, (50, 50, 220), -1, cv2.LINE_AA)
    cv2.putText(tile, "Zoe van Dijk", (44, HEIGHT - 20), cv2.FONT_HERSHEY_SIMPLEX, 0.7, (255, 255, 255), 2, cv2.LINE_AA)


def write_tall_label(tile: Image) -> None:
    """In a small tile a label stands as high as the initials' lower end."""
    tile[-38:, :140] = 12
    cv2.putText(tile, "Zoe van Dijk", (6, HEIGHT - 12), cv2.FONT_HERSHEY_SIMPLEX, 0.6, (255, 255, 255), 1, cv2.LINE_AA)


LABELS = [leave_bare, write_label, write_long_label, write_label_beside_icon, write_tall_label]


def keep_exact(frame: Image) -> Image:
    return frame


CODINGS = [keep_exact, compress]


def draw_name_card() -> Image:
    card = draw_card()
    cv2.putText(card, "Zoe van Dijk", (60, 74), cv2.FONT_HERSHEY_SIMPLEX, 0.6, (255, 255, 255), 1, cv2.LINE_AA)
    return card


def draw_long_name_card() -> Image:
    """Nearly as wide as its card."""
    card = draw_card()
    name = "Zoe van Dijk-Fernandez"
    cv2.putText(card, name, (10, 74), cv2.FONT_HERSHEY_SIMPLEX, 0.57, (255, 255, 255), 1, cv2.LINE_AA)
    return card


def draw_initials_card() -> Image:
    card = draw_card()
    cv2.circle(card, (WIDTH // 2, HEIGHT // 2), HEIGHT // 4, (200, 90, 60), -1, cv2.LINE_AA)
    return card


def draw_round_profile_card() -> Image:
    card, side = draw_card(), HEIGHT // 2
    mask = np.zeros((side, side), np.uint8)
    cv2.circle(mask, (side // 2, side // 2), side // 2, (1,), -1)
    corner = card[side // 2 : side // 2 + side, (WIDTH - side) // 2 : (WIDTH + side) // 2]
    corner[mask > 0] = draw_people(side, side)[0][mask > 0]
    return card


def draw_square_profile_card() -> Image:
    card = draw_card()
    place(card, draw_people(HEIGHT, HEIGHT)[0], (WIDTH - HEIGHT) // 2, 0)
    return card


def draw_small_square_profile_card() -> Image:
    """A picture whose lower end a label covers."""
    card, side = draw_card(), round(0.73 * HEIGHT)
    place(card, draw_people(side, side)[1], (WIDTH - side) // 2, (HEIGHT - side) // 2)
    return card


def draw_large_initials_card() -> Image:
    card = draw_card()
    cv2.circle(card, (WIDTH // 2, HEIGHT // 2), round(HEIGHT * 0.29), (200, 90, 60), -1, cv2.LINE_AA)
    return card


CARDS = [
    draw_card,
    draw_name_card,
    draw_long_name_card,
    draw_initials_card,
    draw_large_initials_card,
    draw_round_profile_card,
    draw_square_profile_card,
    draw_small_square_profile_card,
]


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("draw", CARDS)
@pytest.mark.parametrize("code", CODINGS)
def test_a_card_is_a_camera_that_is_off(
    code: Callable[[Image], Image], draw: Callable[[], Image], label: Callable[[Image], None]
) -> None:
    tile = draw()
    label(tile)
    assert not is_camera_on(code(show(tile)), TILE)


def draw_telephone() -> Image:
    """A picture held upright, between two bars."""
    tile = np.full((HEIGHT, WIDTH, 3), 0, np.uint8)
    place(tile, draw_room(1, HEIGHT * 9 // 16, HEIGHT), (WIDTH - HEIGHT * 9 // 16) // 2, 0)
    return tile


def draw_plain_wall() -> Image:
    """Software has painted the wall in one colour."""
    tile = np.full((HEIGHT, WIDTH, 3), 200, np.uint8)
    cv2.ellipse(tile, (WIDTH // 2, HEIGHT), (WIDTH // 4, HEIGHT // 3), 0, 0, 360, (60, 40, 90), -1)
    cv2.ellipse(tile, (WIDTH // 2, HEIGHT // 2), (HEIGHT // 6, HEIGHT // 4), 0, 0, 360, (120, 150, 200), -1)
    return tile


def draw_dark_room() -> Image:
    noise = np.random.default_rng(2).normal(0, 2.5, (HEIGHT, WIDTH, 3))
    return np.clip(draw_room(3, WIDTH, HEIGHT) * 0.06 + noise + 4, 0, 255).astype(np.uint8)


def draw_face_lit_by_the_screen() -> Image:
    """In a dark room: all that shows is a face, about as wide as high, in the very middle."""
    shade = np.linspace(5, 13, WIDTH)[:, None]
    tile = np.random.default_rng(3).normal(shade, 1.5, (HEIGHT, WIDTH, 3)).clip(0, 255).astype(np.uint8)
    side = round(0.62 * HEIGHT)
    place(tile, (draw_people(side, side)[0] * 0.09 + 18).astype(np.uint8), (WIDTH - side) // 2, (HEIGHT - side) // 2)
    return tile


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("draw", [draw_telephone, draw_plain_wall, draw_dark_room, draw_face_lit_by_the_screen])
@pytest.mark.parametrize("code", CODINGS)
def test_a_person_is_a_camera_that_is_on(
    code: Callable[[Image], Image], draw: Callable[[], Image], label: Callable[[Image], None]
) -> None:
    tile = draw()
    label(tile)
    assert is_camera_on(code(show(tile)), TILE)


def test_a_square_picture_on_a_wall_that_no_card_would_have_is_a_camera() -> None:
    tile = draw_square_profile_card()
    bars = np.s_[:, : (WIDTH - HEIGHT) // 2], np.s_[:, (WIDTH + HEIGHT) // 2 :]
    for bar in bars:
        tile[bar] = 232
    assert is_camera_on(show(tile, DARK), TILE)


@pytest.mark.parametrize("box", [Box(0, 0, 3, 3), Box(-50, 0, 40, 40), Box(270, 160, 200, 200)])
def test_a_sliver_or_a_tile_outside_the_frame_is_off(box: Box) -> None:
    assert not is_camera_on(show(draw_card()), box)
