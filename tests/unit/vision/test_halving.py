"""Pictures are halved to means of squares, and only as often as interpolation needs it."""

import numpy as np
import pytest

from fer_desktop.system.opencv import cv2
from fer_desktop.types import Image
from fer_desktop.vision.halving import average_areas, halve, halve_towards

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


@pytest.mark.parametrize(("width", "height"), [(262, 148), (1280, 720), (263, 149), (97, 55)])
def test_areas_of_a_picture_have_their_mean_to_a_level(width: int, height: int) -> None:
    image = np.asarray(cv2.GaussianBlur(noise(height, width), (0, 0), 5), np.uint8)
    exact = cv2.resize(image, (12, 8), interpolation=cv2.INTER_AREA).astype(int)
    error = np.abs(average_areas(image, 12, 8) - exact)
    is_odd = width % 2 or height % 2
    assert error.mean() < 1
    assert error.max() <= (4 if is_odd else 1)


def test_small_areas_are_exact_as_halves_of_their_pixels_are_of_no_use() -> None:
    image = noise(31, 47)
    assert np.array_equal(average_areas(image, 12, 8), cv2.resize(image, (12, 8), interpolation=cv2.INTER_AREA))
