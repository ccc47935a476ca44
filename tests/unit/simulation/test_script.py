"""The script is a pure function of its arguments, and describes a plausible class."""

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fer_desktop.errors import SettingsError
from fer_desktop.simulation.head import Pose
from fer_desktop.simulation.script import Script, make_script
from fer_desktop.types import EXPRESSIONS, Expression

some_script = st.builds(
    make_script, students=st.integers(1, 49), seconds=st.integers(1, 300), seed=st.integers(0, 10_000)
)


@pytest.fixture(scope="module")
def script() -> Script:
    return make_script(students=25, seconds=60, seed=7)


def test_the_same_arguments_give_the_same_class(script: Script) -> None:
    again = make_script(students=25, seconds=60, seed=7)
    assert again == script
    assert again.state_at(33.3) == script.state_at(33.3)


def test_another_seed_gives_another_class(script: Script) -> None:
    other = make_script(students=25, seconds=60, seed=8)
    assert [student.looks for student in other.students] != [student.looks for student in script.students]


@pytest.mark.parametrize("seed", range(20))
def test_in_a_minute_everything_happens_a_few_times_and_nothing_wild(seed: int) -> None:
    script = make_script(students=25, seconds=60, seed=seed)
    assert 2 <= sum(len(student.camera_off) for student in script.students) <= 6
    assert 2 <= sum(len(student.away) for student in script.students) <= 4
    assert 5 <= sum(len(student.turned_away) for student in script.students) <= 12
    assert 4 <= len(script.orders) <= 9
    for t_s in range(60):
        tiles = script.state_at(t_s).tiles
        assert len(tiles) >= 22
        assert sum(tile.camera_on and tile.pose is Pose.FRONT for tile in tiles) >= 18


@pytest.mark.parametrize("seed", range(20))
def test_all_seven_expressions_occur_and_most_are_neutral_or_happy(seed: int) -> None:
    script = make_script(students=25, seconds=60, seed=seed)
    shown = Counter(tile.expression for t_s in range(60) for tile in script.state_at(t_s).tiles)
    assert set(shown) == set(EXPRESSIONS)
    assert shown[Expression.NEUTRAL] + shown[Expression.HAPPY] > 0.6 * shown.total()


@settings(max_examples=40)
@given(some_script)
def test_every_student_has_one_tile_while_in_the_call(script: Script) -> None:
    everyone = set(range(1, len(script.students) + 1))
    for _, order in script.orders:
        assert sorted(order) == sorted(everyone)
    for t_s in (0.0, script.seconds / 3, script.seconds - 0.5, script.seconds + 100):
        state = script.state_at(t_s)
        present = {number for number in everyone if not script.students[number - 1].is_away(t_s)}
        assert sorted(tile.student for tile in state.tiles) == sorted(present)


@settings(max_examples=40)
@given(some_script)
def test_no_student_does_two_things_at_once_and_all_is_over_before_the_end(script: Script) -> None:
    for student in script.students:
        spans = sorted((*student.away, *student.camera_off, *student.turned_away), key=lambda span: span.start_s)
        assert all(0 < span.start_s < span.end_s < script.seconds for span in spans)
        assert all(first.end_s < second.start_s for first, second in pairwise(spans))


def test_a_student_who_comes_back_keeps_the_number_and_gets_the_last_tile(script: Script) -> None:
    student = next(student for student in script.students if student.away)
    span = student.away[0]
    assert student.student not in {tile.student for tile in script.state_at(span.start_s).tiles}
    assert script.state_at(span.end_s + 0.01).tiles[-1].student == student.student


def test_eyes_blink_and_heads_sway_but_little(script: Script) -> None:
    student = [script.state_at(t / 20).tiles[0] for t in range(20 * 20)]
    closed = [moment.eye_open < 0.5 for moment in student]
    assert 0.01 < sum(closed) / len(closed) < 0.1
    assert 0.05 < max(moment.sway[0] for moment in student) < 0.2


def test_an_expression_forms_within_half_a_second(script: Script) -> None:
    student = script.students[0]
    span = student.expressions[1]
    moments = [
        next(tile for tile in script.state_at(span.start_s + after_s).tiles if tile.student == 1)
        for after_s in (-0.01, 0.01, 0.25, 0.51)
    ]
    assert [moment.change for moment in moments] == pytest.approx([1.0, 0.02, 0.5, 1.0])
    assert [moment.expression for moment in moments[1:]] == [span.expression] * 3
    assert moments[0].expression is student.expressions[0].expression


def test_names_are_all_different() -> None:
    script = make_script(students=98, seconds=10, seed=3)
    assert len({student.name for student in script.students}) == 98


@pytest.mark.parametrize(("students", "seconds"), [(0, 60), (99, 60), (200, 60), (25, 0), (25, 0.5), (25, 1e9)])
def test_impossible_classes_are_refused(students: int, seconds: float) -> None:
    with pytest.raises(SettingsError, match="the simulated class"):
        make_script(students=students, seconds=seconds, seed=1)
