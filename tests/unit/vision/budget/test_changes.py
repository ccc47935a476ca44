"""How much a tile changed since its last look."""

import numpy as np
import pytest

from fer_desktop.types import Box, Image
from fer_desktop.vision.budget.changes import FrameCells, TileChanges
from fer_desktop.vision.budget.scheduler import Change

TILE = Box(80, 40, 240, 136)
FACE = Box(168, 72, 56, 56)
SIZE = (240, 400)


def make_picture(seed: int = 1) -> Image:
    """Shapes of some pixels' size, as of a room."""
    random = np.random.default_rng(seed)
    small = random.integers(40, 200, (SIZE[0] // 8, SIZE[1] // 8, 3), np.uint8)
    return np.asarray(np.repeat(np.repeat(small, 8, axis=0), 8, axis=1), np.uint8)


def with_noise(picture: Image, seed: int) -> Image:
    noise = np.random.default_rng(seed).normal(0, 1.5, picture.shape)
    return np.clip(picture + noise, 0, 255).astype(np.uint8)


def compare(before: Image, after: Image, *, face: Box | None = FACE) -> Change:
    cells = FrameCells()
    changes = TileChanges(cells)
    cells.start_frame(before, 0.0)
    changes.keep(TILE)
    cells.start_frame(after, 0.0)
    return changes.measure(TILE, face)


def paint(picture: Image, box: Box, levels: int) -> Image:
    left, top, width, height = box.rounded()
    painted = picture.astype(np.int16)
    painted[top : top + height, left : left + width] += levels
    return np.clip(painted, 0, 255).astype(np.uint8)


def test_the_same_picture_is_the_same() -> None:
    assert compare(make_picture(), make_picture()) is Change.SAME


@pytest.mark.parametrize("seed", range(5))
def test_noise_of_a_camera_is_no_change(seed: int) -> None:
    picture = make_picture()
    assert compare(with_noise(picture, seed), with_noise(picture, seed + 100)) is Change.SAME


def test_a_mouth_that_opens_is_a_change() -> None:
    mouth = Box(186, 110, 20, 6)
    assert compare(make_picture(), paint(make_picture(), mouth, -60)) is Change.SLIGHT


def test_a_face_that_looks_otherwise_in_large_parts_has_moved() -> None:
    assert compare(make_picture(), paint(make_picture(), FACE, 40)) is Change.MOVED


def test_motion_beside_the_face_is_no_motion_of_it() -> None:
    beside = Box(96, 48, 40, 120)
    assert compare(make_picture(), paint(make_picture(), beside, 40)) is Change.SLIGHT


def test_another_picture_is_unknown() -> None:
    assert compare(make_picture(1), make_picture(2)) is Change.UNKNOWN


def test_changes_outside_the_tile_do_not_count() -> None:
    assert compare(make_picture(), paint(make_picture(), Box(0, 180, 400, 60), 60)) is Change.SAME


def test_slow_changes_add_up_until_the_next_look() -> None:
    cells, picture = FrameCells(), make_picture()
    changes = TileChanges(cells)
    cells.start_frame(picture, 0.0)
    changes.keep(TILE)
    for step in range(1, 4):
        cells.start_frame(paint(picture, TILE, step), 0.0)
    assert changes.measure(TILE, FACE) is Change.SLIGHT
    changes.keep(TILE)
    cells.start_frame(paint(picture, TILE, 4), 0.0)
    assert changes.measure(TILE, FACE) is Change.SAME


def test_after_a_change_of_the_frames_size_nothing_is_known() -> None:
    wide = np.concatenate([make_picture(), make_picture()], axis=1)
    assert compare(make_picture(), wide) is Change.UNKNOWN


def test_a_tile_outside_the_frame_is_unknown() -> None:
    cells = FrameCells()
    changes = TileChanges(cells)
    cells.start_frame(make_picture(), 0.0)
    assert changes.measure(Box(2000, 0, 200, 100), None) is Change.UNKNOWN
