"""The drawn scene is a pure function of script, time and size, and shows what the truth says."""

import random

import numpy as np
import pytest

from fer_desktop.simulation.cache import PictureCache
from fer_desktop.simulation.drawing import SceneDrawer, TrueTile, draw_scene, truth_at
from fer_desktop.simulation.script import Script, assemble_script, make_script
from fer_desktop.simulation.timeline import Behaviours, Span, make_expressions
from fer_desktop.types import Image

WIDTH, HEIGHT = 640, 400


@pytest.fixture(scope="module")
def script() -> Script:
    return make_script(students=9, seconds=120, seed=5)


@pytest.fixture(scope="module")
def drawer(script: Script) -> SceneDrawer:
    return SceneDrawer(script)


def make_calm_class(behaviour: str | None = None) -> Script:
    """Six students who do one thing all the time, or nothing but sit there."""
    spans = {behaviour: tuple((number, Span(0, 60)) for number in range(1, 7))} if behaviour else {}
    behaviours = Behaviours(**({"away": (), "camera_off": (), "turned_away": ()} | spans), swaps=())
    expressions = make_expressions(random.Random(3), students=6, seconds=60)
    return assemble_script(random.Random(3), behaviours, expressions, seconds=60, seed=7)


def cut(picture: Image, tile: TrueTile) -> Image:
    left, top, width, height = tile.box.rounded()
    return picture[top : top + height, left : left + width]


def moment_with(script: Script, what: str) -> tuple[float, TrueTile]:
    """A moment at which a tile is `camera_off` or `turned_away`."""
    for step in range(480):
        for tile in truth_at(script, step / 4, WIDTH, HEIGHT):
            if (what == "camera_off" and not tile.camera_on) or (what == "turned_away" and tile.turned_away):
                return step / 4, tile
    raise AssertionError(f"no student is {what} in this script")


def test_what_was_drawn_before_does_not_show(script: Script, drawer: SceneDrawer) -> None:
    for t_s in (3.0, 60.0, 3.3):
        drawer.draw(t_s, WIDTH, HEIGHT)
    again = drawer.draw(3.0, WIDTH, HEIGHT)
    assert np.array_equal(again, draw_scene(script, 3.0, WIDTH, HEIGHT))
    assert again.shape == (HEIGHT, WIDTH, 3)
    assert again.dtype == np.uint8


def test_a_caller_may_change_the_picture_it_got(drawer: SceneDrawer) -> None:
    first = drawer.draw(1.0, WIDTH, HEIGHT)
    before = first.copy()
    first[:] = 0
    assert np.array_equal(drawer.draw(1.0, WIDTH, HEIGHT), before)


def test_students_move(drawer: SceneDrawer) -> None:
    first, later = drawer.draw(1.0, WIDTH, HEIGHT), drawer.draw(1.5, WIDTH, HEIGHT)
    assert 0.005 < (first != later).any(axis=2).mean() < 0.3


def test_faces_lie_within_their_tiles_and_tiles_come_in_order(script: Script) -> None:
    for t_s in (0.0, 20.0, 77.0):
        truth = truth_at(script, t_s, WIDTH, HEIGHT)
        assert [tile.student for tile in truth] == [moment.student for moment in script.state_at(t_s).tiles]
        for tile in truth:
            assert (tile.face is None) == (tile.expression is None)
            if tile.face is not None:
                assert tile.box.intersection_area(tile.face) == pytest.approx(tile.face.area)
                assert 0.3 < tile.face.height / tile.box.height < 0.5


def test_skin_is_where_the_truth_has_a_face(script: Script, drawer: SceneDrawer) -> None:
    picture = drawer.draw(0.0, WIDTH, HEIGHT)
    for tile in truth_at(script, 0.0, WIDTH, HEIGHT):
        assert tile.face is not None
        x, y = (round(place) for place in tile.face.centre)
        blue, _, red = picture[y - 3 : y + 4, x - 3 : x + 4].mean(axis=(0, 1))
        assert red > 1.1 * blue


def test_a_camera_that_is_off_shows_a_flat_card(script: Script, drawer: SceneDrawer) -> None:
    t_s, tile = moment_with(script, "camera_off")
    patch = cut(drawer.draw(t_s, WIDTH, HEIGHT), tile).reshape(-1, 3)
    flat = (np.abs(patch.astype(int) - np.median(patch, axis=0)).max(axis=1) <= 2).mean()
    assert flat > 0.6
    assert tile.face is None


def test_a_camera_that_is_on_has_noise_everywhere(script: Script, drawer: SceneDrawer) -> None:
    tile = truth_at(script, 0.0, WIDTH, HEIGHT)[0]
    patch = cut(drawer.draw(0.0, WIDTH, HEIGHT), tile)[10:40, 10:40].astype(float)
    assert np.abs(np.diff(patch, axis=1)).mean() > 0.5


def test_a_student_who_turns_away_stays_in_the_call_without_a_face(script: Script) -> None:
    _, tile = moment_with(script, "turned_away")
    assert tile.camera_on
    assert tile.face is None


@pytest.mark.parametrize("behaviour", ["masked", "profile", "bent"])
def test_a_hidden_face_is_there_without_a_face_to_read(behaviour: str) -> None:
    plain, hidden = make_calm_class(), make_calm_class(behaviour)
    for before, tile in zip(truth_at(plain, 9, WIDTH, HEIGHT), truth_at(hidden, 9, WIDTH, HEIGHT), strict=True):
        assert (before.turned_away, tile.turned_away) == (False, True)
        assert tile.face is None
        assert before.face is not None
    drawn, drawn_hidden = draw_scene(plain, 9, WIDTH, HEIGHT), draw_scene(hidden, 9, WIDTH, HEIGHT)
    for tile in truth_at(plain, 9, WIDTH, HEIGHT):
        changed = (cut(drawn, tile) != cut(drawn_hidden, tile)).any(axis=2)
        assert 0.02 < changed.mean() < 0.3


def test_a_profile_fills_the_head_from_the_back_to_the_nose() -> None:
    """The hair behind the ear is drawn, not left out: the head is about as wide as from the front."""
    room = draw_scene(make_calm_class("empty_chair"), 9, WIDTH, HEIGHT)
    plain, profile = (draw_scene(make_calm_class(each), 9, WIDTH, HEIGHT) for each in (None, "profile"))
    for tile in truth_at(make_calm_class(), 9, WIDTH, HEIGHT):
        assert tile.face is not None
        eyes = round(tile.face.y + 0.4 * tile.face.height)
        rows = np.s_[eyes - 2 : eyes + 2, round(tile.box.x) : round(tile.box.right)]
        widths = [
            int((np.abs(picture[rows].astype(int) - room[rows]).max(axis=(0, 2)) > 30).sum())
            for picture in (plain, profile)
        ]
        assert widths[1] > 0.75 * widths[0]


def test_the_cache_keeps_to_its_budget_and_drops_the_least_recently_used() -> None:
    made: list[int] = []

    def make(number: int) -> Image:
        made.append(number)
        return np.zeros((10, 10), np.uint8)

    cache: PictureCache[Image] = PictureCache(max_bytes=250, size_of=lambda picture: int(picture.nbytes))
    for number in (1, 2, 1, 3, 1, 2):
        cache.get(number, lambda number=number: make(number))  # type: ignore[misc]  # mypy cannot type the default
    assert made == [1, 2, 3, 2]
