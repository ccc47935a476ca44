"""A label that was read is recognised in another tile, and no other one is taken for it."""

import numpy as np
import pytest

from fer_desktop.types import Box, Image
from fer_desktop.vision.names.label_fingerprint import LabelFingerprint
from fer_desktop.vision.names.label_memory import LabelMemory
from tests.unit.vision.names.drawing import Look, draw_label, draw_room

WIDTH, HEIGHT, GAP = 220, 120, 10
LOOK = Look()
LINE = Box(5, HEIGHT - 26, 90, 22)


def draw(*names: str, room: int = 0, shift: int = 0) -> Image:
    """A row of tiles. `shift`: of the labels in their tiles, as where tiles begin between two pixels."""
    image = np.full((HEIGHT + 2 * GAP, len(names) * (WIDTH + GAP) + GAP, 3), 28, np.uint8)
    for index, name in enumerate(names):
        box = tile(index)
        image[GAP : GAP + HEIGHT, round(box.x) : round(box.right)] = draw_room(WIDTH, HEIGHT, room + index)
        draw_label(image, Box(box.x + shift, box.y, WIDTH - shift, HEIGHT), name, Look())
    return image


def draw_tile(name: str, width: int, height: int, look: Look = LOOK) -> Image:
    image = draw_room(width, height, 4)
    draw_label(image, Box(0, 0, width, height), name, look)
    return image


def tile(index: int) -> Box:
    return Box(GAP + index * (WIDTH + GAP), GAP, WIDTH, HEIGHT)


def learn(*names: str) -> LabelMemory:
    memory = LabelMemory()
    for index, name in enumerate(names):
        top, left = GAP, round(tile(index).x)
        picture = draw(*names)[top : top + HEIGHT, left : left + WIDTH]
        mark = LabelFingerprint(picture, LINE, Box(0, 0, WIDTH, HEIGHT), 255)
        memory.remember(name, mark, width=WIDTH, height=HEIGHT)
    return memory


def find(memory: LabelMemory, image: Image, index: int) -> str | None:
    known = memory.find(image, tile(index))
    return None if known is None else known.name


def test_labels_are_recognised_where_their_tiles_have_moved_to() -> None:
    memory = learn("Ana Silva", "Mia Lee", "Tariq Hassan")
    image = draw("Tariq Hassan", "Ana Silva", "Mia Lee", room=7)
    assert [find(memory, image, index) for index in range(3)] == ["Tariq Hassan", "Ana Silva", "Mia Lee"]


def test_the_letters_are_followed_from_there_on() -> None:
    known = learn("Ana Silva").find(draw("Mia Lee", "Ana Silva", room=3), tile(1))
    assert known is not None
    assert known.fingerprint.measure_change(draw("Mia Lee", "Ana Silva", room=8)) == 0
    assert known.fingerprint.measure_change(draw("Ana Silva", "Mia Lee", room=8)) > 0.02


@pytest.mark.parametrize("name", ["Ana Silva 2", "Ana Silvas", "Ana Silv", "Mia Lee", ""])
def test_another_label_is_not_taken_for_it(name: str) -> None:
    assert find(learn("Ana Silva"), draw(name), 0) is None


def test_a_pixel_between_tile_and_label_does_not_matter() -> None:
    assert find(learn("Ana Silva"), draw("Ana Silva", room=2, shift=1), 0) == "Ana Silva"


def test_labels_are_recognised_in_tiles_of_another_size_where_they_stand_in_the_lower_left_corner() -> None:
    large = draw_tile("Ana Silva", WIDTH + 60, HEIGHT + 33)
    known = learn("Ana Silva", "Mia Lee").find(large, Box(0, 0, WIDTH + 60, HEIGHT + 33))
    assert known is not None
    assert known.name == "Ana Silva"
    assert known.fingerprint.measure_change(large) == 0


@pytest.mark.parametrize("look", [Look(place="bottom centre"), Look(place="top left"), Look(size_px=17)])
def test_labels_that_stand_elsewhere_or_are_larger_there_are_read(look: Look) -> None:
    large = draw_tile("Ana Silva", WIDTH + 60, HEIGHT + 33, look)
    assert learn("Ana Silva").find(large, Box(0, 0, WIDTH + 60, HEIGHT + 33)) is None


@pytest.mark.parametrize("name", ["Ana Silva 2", "Ana Silvas", "Ana Silv", "Mia Lee", ""])
def test_another_label_is_not_taken_for_it_in_tiles_of_another_size_either(name: str) -> None:
    large = draw_tile(name, WIDTH + 60, HEIGHT + 33)
    assert learn("Ana Silva").find(large, Box(0, 0, WIDTH + 60, HEIGHT + 33)) is None


def test_tiles_too_small_for_the_label_are_read() -> None:
    assert learn("Ana Silva").find(draw("Ana Silva"), Box(GAP, GAP, 60, 16)) is None


def test_where_two_names_may_stand_none_is_chosen() -> None:
    memory = learn("Ana Silva")
    picture = draw("Ana Silva")[GAP : GAP + HEIGHT, GAP : GAP + WIDTH]
    mark = LabelFingerprint(picture, LINE, Box(0, 0, WIDTH, HEIGHT), 255)
    memory.remember("Ana Silva (host)", mark, width=WIDTH, height=HEIGHT)
    assert find(memory, draw("Ana Silva"), 0) is None
