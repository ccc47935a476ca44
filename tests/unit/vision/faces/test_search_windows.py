"""A survey looks where a face may be that the look into the tiles misses, and nowhere else."""

import numpy as np
import pytest

from fer_desktop.types import Box, Image, Tile
from fer_desktop.vision.faces.search_windows import plan_survey, survey_windows

WIDTH, HEIGHT = 960, 540


def draw_noise(*places: Box) -> Image:
    """Grey, with something to see at those places."""
    rng = np.random.default_rng(0)
    image = np.full((HEIGHT, WIDTH, 3), 60, np.uint8)
    for box in places:
        left, top, width, height = box.rounded()
        image[top : top + height, left : left + width] = rng.integers(0, 255, (height, width, 3))
    return image


def test_survey_windows_cover_the_picture_at_every_scale() -> None:
    windows = survey_windows(1280, 720)
    assert windows[0] == Box(0, 0, 1280, 720)
    for side in {window.width for window in windows[1:]}:
        same = [window for window in windows[1:] if window.width == side]
        assert min(window.x for window in same) == 0
        assert max(window.right for window in same) == pytest.approx(1280)
        assert max(window.bottom for window in same) == pytest.approx(720)


def test_a_flat_picture_is_not_searched() -> None:
    assert plan_survey(draw_noise(), [], frozenset()) == []


def test_windows_lie_where_there_is_something_to_see() -> None:
    thing = Box(600, 300, 120, 120)
    windows = plan_survey(draw_noise(thing), [], frozenset())
    assert windows
    assert all(window.intersection_area(thing) > 0 for window in windows)


def test_of_tiles_only_parts_of_large_ones_are_searched_again() -> None:
    box = Box(0, 0, 400, 300)
    windows = plan_survey(draw_noise(box), [Tile(box, camera_on=True)], frozenset())
    assert windows
    assert all(0.25 * 400 < window.width < 400 / 1.5 for window in windows)


def test_a_hidden_tile_is_not_searched_at_any_scale() -> None:
    box = Box(0, 0, 960, 540)
    assert plan_survey(draw_noise(box), [Tile(box, camera_on=True)], frozenset({0})) == []
