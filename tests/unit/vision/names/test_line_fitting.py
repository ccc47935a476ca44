"""Lines are followed to their letters' end, and icons before them are cut off."""

import numpy as np
import pytest

from fer_desktop.types import Box, Floats, Image
from fer_desktop.vision.names.line_fitting import cut_off_icon, fit_line
from tests.unit.vision.names.drawing import draw_muted_microphone

RED = (60, 60, 230)
TEXT = 200
GROUND = 30


def map_bright(picture: Image, max_scale: float) -> tuple[Floats, float]:
    """Text wherever the picture is bright, in the picture's own size."""
    return (picture[..., 0] == TEXT).astype(np.float32), min(1.0, max_scale)


def draw_line(first: int, last: int, *, width: int = 400) -> Image:
    tile = np.full((60, width, 3), GROUND, np.uint8)
    tile[30:42, first:last] = TEXT
    return tile


@pytest.mark.parametrize("last", [150, 220, 300])
def test_a_line_is_followed_to_its_end(last: int) -> None:
    fitted = fit_line(map_bright, draw_line(20, last), Box(18, 28, 80, 16))
    assert fitted is not None
    assert fitted.right == pytest.approx(last, abs=12)
    assert fitted.x == pytest.approx(20, abs=12)


def test_a_line_ends_with_the_tile() -> None:
    fitted = fit_line(map_bright, draw_line(20, 120, width=120), Box(18, 28, 80, 16))
    assert fitted is not None
    assert fitted.x == pytest.approx(20, abs=12)


def test_what_is_elsewhere_is_not_the_line() -> None:
    assert fit_line(map_bright, draw_line(20, 60), Box(100, 28, 80, 16)) is None
    assert fit_line(map_bright, draw_line(20, 60), Box(500, 28, 80, 16)) is None


def draw_letters(colour: tuple[int, int, int], *, left: int) -> Image:
    patch = np.full((16, 120, 3), GROUND, np.uint8)
    for x in range(left, 116, 6):
        patch[4:13, x : x + 2] = colour
    return patch


def test_a_red_icon_is_cut_off() -> None:
    patch = draw_letters((240, 240, 240), left=20)
    draw_muted_microphone(patch, 3, 2, 11)
    without = cut_off_icon(patch)
    assert 8 <= patch.shape[1] - without.shape[1] <= 16
    assert np.count_nonzero(without == 240) == np.count_nonzero(draw_letters((240, 240, 240), left=20) == 240)


@pytest.mark.parametrize("colour", [RED, (240, 240, 240)])
def test_letters_are_kept_whatever_their_colour(colour: tuple[int, int, int]) -> None:
    patch = draw_letters(colour, left=3)
    assert cut_off_icon(patch).shape == patch.shape


def test_red_ground_is_no_icon() -> None:
    patch = draw_letters((240, 240, 240), left=20)
    patch[(patch == GROUND).all(axis=2)] = RED
    assert cut_off_icon(patch).shape == patch.shape


def test_ground_that_is_a_little_redder_on_the_left_is_no_icon() -> None:
    patch = draw_letters((240, 240, 240), left=4)
    ground = (patch == GROUND).all(axis=2)
    patch[ground, 2] = GROUND + 41
    patch[:6, :18][ground[:6, :18], 2] = GROUND + 47
    assert cut_off_icon(patch).shape == patch.shape
