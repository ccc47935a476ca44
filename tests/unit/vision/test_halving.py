"""Pictures are halved to means of squares, and only as often as interpolation needs it."""

import numpy as np
import pytest

from fer_desktop.types import Image
from fer_desktop.vision.halving import halve, halve_towards

RANDOM = np.random.default_rng(3)


def noise(height: int, width: int) -> Image:
    return RANDOM.integers(0, 256, (height, width, 3)).astype(np.uint8)


@pytest.mark.parametrize("times", [1, 2, 3])
def test_each_pixel_is_the_mean_of_a_square(times: int) -> None:
    image, side = noise(48, 64), 2**times
    squares = image.reshape(48 // side, side, 64 // side, side, 3).mean(axis=(1, 3))
    assert np.abs(halve(image, times) - squares).max() <= 1


def test_the_last_row_and_column_of_odd_sides_are_left_out() -> None:
    image = noise(33, 47)
    assert np.array_equal(halve(image, 1), halve(image[:32, :46], 1))


@pytest.mark.parametrize("shape", [(1, 1), (1, 300), (300, 1), (3, 5)])
def test_a_picture_too_thin_to_be_halved_stays_as_it_is(shape: tuple[int, int]) -> None:
    image = noise(*shape)
    assert min(halve(image, 4).shape[:2]) == 1
    assert halve_towards(image, 1, 1)[0].size


@pytest.mark.parametrize(("width", "times"), [(100, 0), (256, 0), (258, 1), (520, 2), (1920, 3)])
def test_a_picture_is_halved_until_it_is_less_than_twice_as_large_as_its_place(width: int, times: int) -> None:
    assert halve_towards(noise(width // 2, width), 128, 128)[1] == times
