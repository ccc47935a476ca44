"""People are found by the real networks in drawn rooms, also from behind; empty rooms are empty."""

import random
from functools import cache

import numpy as np
import pytest

from fer_desktop.simulation.drawing import draw_scene, truth_at
from fer_desktop.simulation.script import Script, assemble_script
from fer_desktop.simulation.timeline import Behaviours, Span, make_expressions
from fer_desktop.types import Box, Image, PersonSeen, Tile
from fer_desktop.vision.people import PeopleFinder
from fer_desktop.vision.people.sighting import find_picture
from tests.fakes import make_face

STUDENTS = 12
SIZE = (1280, 720)


@cache
def make_class(behaviour: str) -> Script:
    spans = tuple((number, Span(0, 100)) for number in range(1, STUDENTS + 1))
    names = ("turned_away", "empty_chair", "drowsy", "second_screen", "writing", "masked", "profile", "bent")
    places = {name: spans if name == behaviour else () for name in names}
    behaviours = Behaviours(away=(), camera_off=(), swaps=(), **places)
    expressions = make_expressions(random.Random(3), students=STUDENTS, seconds=100)
    return assemble_script(random.Random(3), behaviours, expressions, seconds=100, seed=7)


def draw(behaviour: str, t_s: float = 50) -> tuple[Image, list[Tile]]:
    script = make_class(behaviour)
    tiles = [Tile(each.box, camera_on=True) for each in truth_at(script, t_s, *SIZE)]
    return draw_scene(script, t_s, *SIZE), tiles


def find_once(image: Image, tiles: list[Tile]) -> list[PersonSeen]:
    found = PeopleFinder().find(image, tiles, [], frozenset(), captured_at_s=0)
    return [found[index] for index in range(len(tiles))]


@pytest.mark.parametrize("behaviour", ["writing", "second_screen", "drowsy", "masked", "profile", "bent"])
def test_people_are_there_whatever_they_do(behaviour: str) -> None:
    assert all(person.is_there for person in find_once(*draw(behaviour)))


def test_most_students_turned_round_are_found_in_a_single_picture() -> None:
    people = find_once(*draw("turned_away"))
    assert sum(person.is_there for person in people) >= 0.7 * len(people)


def test_empty_chairs_are_empty() -> None:
    people = find_once(*draw("empty_chair"))
    assert [(person.checked, person.is_there, person.is_moving) for person in people] == [(True, False, False)] * 12


def test_the_head_is_where_the_face_is() -> None:
    image, tiles = draw("drowsy")
    for person, truth in zip(find_once(image, tiles), truth_at(make_class("drowsy"), 50, *SIZE), strict=True):
        assert person.head is not None
        assert truth.face is not None
        assert person.head.contains(*truth.face.centre)


def test_a_tall_picture_between_bars_is_examined_without_them() -> None:
    image, tiles = draw("drowsy")
    scene = np.full_like(image, 20)
    box = tiles[0].box
    left, top, width, height = box.rounded()
    inner = slice(left + width // 3, left + 2 * width // 3)
    scene[top : top + height, inner] = image[top : top + height, inner]
    assert find_picture(scene, box).width == pytest.approx(width / 3, abs=4)
    assert find_once(scene, tiles[:1])[0].is_there


def test_of_a_live_source_only_some_tiles_are_examined_in_each_frame() -> None:
    image, tiles = draw("empty_chair")
    finder = PeopleFinder(live=True)
    frames = [finder.find(image, tiles, [], frozenset(), captured_at_s=frame / 5) for frame in range(8)]
    checked = [sum(each.checked for each in found.values()) for found in frames]
    assert checked[0] <= 2
    assert checked[-1] == STUDENTS


def test_tiles_with_a_face_and_skipped_ones_are_not_examined() -> None:
    image, tiles = draw("drowsy")
    found = PeopleFinder().find(image, tiles, [make_face(tiles[0].box, tile=0)], frozenset({1}), captured_at_s=0)
    assert set(found) == set(range(2, STUDENTS))


@pytest.mark.parametrize("rate", [1, 2, 5])
def test_a_student_who_turns_round_is_there_and_one_who_leaves_is_not(rate: int) -> None:
    """Over frames: the student was seen before, and moves. `rate`: frames a second, of 5 seconds."""
    image, tiles = draw("drowsy")
    truth = truth_at(make_class("drowsy"), 50, *SIZE)
    faces = [make_face(each.face or Box(0, 0, 9, 9), tile=index) for index, each in enumerate(truth)]
    for behaviour, expected in (("turned_away", True), ("empty_chair", False)):
        finder = PeopleFinder(live=True)
        finder.find(image, tiles, faces, frozenset(), captured_at_s=40)
        for at_s in (40 + step / rate for step in range(1, 1 + 5 * rate)):
            found = finder.find(draw(behaviour, at_s)[0], tiles, [], frozenset(), captured_at_s=at_s)
        assert [each.is_there or each.is_moving for each in found.values()] == [expected] * STUDENTS
