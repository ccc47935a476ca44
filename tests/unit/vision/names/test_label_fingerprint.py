"""Does a label that was read still stand?"""

import numpy as np
import pytest

from fer_desktop.types import Box, Image
from fer_desktop.vision.names.label_fingerprint import LabelFingerprint
from tests.unit.vision.names.drawing import INK, Look, draw_label, draw_room

TILE = Box(10, 10, 220, 120)
LINE = Box(16, 104, 90, 20)


def draw(name: str, look: Look, *, room: int = 0, dx: int = 0) -> Image:
    image = np.full((150, 260, 3), 28, np.uint8)
    image[10:130, 10 + dx : 230 + dx] = draw_room(220, 120, room)
    draw_label(image, TILE.shifted(dx, 0), name, look)
    return image


@pytest.mark.parametrize(
    ("look", "ink"),
    [(Look(), 255), (Look(pill=None), 255), (Look(letters=INK, pill=(246, 246, 248, 255)), 32)],
    ids=["white on dark", "white on the picture", "dark on light"],
)
@pytest.mark.parametrize(
    ("before", "after"), [("Ana Silva 1", "Ana Silva 2"), ("Ana Silva", "Ana Silva 2"), ("Mia Lee", "Mila Lee")]
)
def test_another_label_has_another_fingerprint(look: Look, ink: float, before: str, after: str) -> None:
    mark = LabelFingerprint(draw(before, look), LINE, TILE, ink)
    assert mark.measure_change(draw(before, look)) == 0
    assert mark.measure_change(draw(before, look, room=4)) == 0
    assert mark.measure_change(draw(after, look)) > 0.02
    assert mark.measure_change(draw("", look)) > 0.05


def test_a_white_background_hides_the_letters() -> None:
    look = Look(pill=None)
    image = draw("Ana Silva", look)
    mark = LabelFingerprint(image, LINE, TILE, 255)
    image[100:130] = 255
    assert mark.measure_change(image) > 0.3


def test_a_mark_moves_with_its_tile() -> None:
    mark = LabelFingerprint(draw("Ana Silva", Look()), LINE, TILE, 255)
    moved = draw("Ana Silva", Look(), dx=9)
    assert mark.measure_change(moved) > 0.1
    assert mark.measure_change(moved, 9, 0) == 0
    assert mark.moved(9, 0).measure_change(moved) == 0


def test_noise_of_a_compressed_video_is_no_change() -> None:
    image = draw("Ana Silva", Look())
    noise = np.random.default_rng(1).integers(-18, 19, image.shape)
    mark = LabelFingerprint(image, LINE, TILE, 255)
    assert mark.measure_change(np.clip(image + noise, 0, 255).astype(np.uint8)) < 0.01


@pytest.mark.parametrize(("dx", "dy"), [(-500, 0), (500, 0), (0, 500)])
def test_nothing_stands_outside_the_frame(dx: int, dy: int) -> None:
    image = draw("Ana Silva", Look())
    assert LabelFingerprint(image, LINE, TILE, 255).measure_change(image, dx, dy) == 1
