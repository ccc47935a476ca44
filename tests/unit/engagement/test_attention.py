"""The concentration index: its published weights, its levels, and when it is unknown."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fer_desktop.engagement.attention import AttentionTrace, step_level
from fer_desktop.types import AttentionLevel, FaceCues, Floats
from tests.fakes import make_probabilities

NEUTRAL = make_probabilities()
ANGRY = make_probabilities(angry=1.0)
OPEN, CLOSED, HALF_OPEN = 0.3, 0.15, 0.21


def gazing(opening: float = OPEN, *, yaw: float = 0.0, pitch: float = 0.0) -> FaceCues:
    return FaceCues(yaw, pitch, opening)


class Student:
    """Has a gaze sample every third second."""

    def __init__(self) -> None:
        self.trace = AttentionTrace()
        self.second = 0

    def show(
        self, cues: FaceCues | list[FaceCues], expression: Floats | None = NEUTRAL, *, samples: int = 8
    ) -> "Student":
        several = cues if isinstance(cues, list) else [cues]
        for index in range(samples):
            if expression is not None:
                self.trace.add(self.second, several[index % len(several)], expression)
            for _ in range(3):
                self.trace.update(self.second, expression)
                self.second += 1
        return self


@pytest.mark.parametrize(
    ("expression", "weight"),
    [
        ("neutral", 0.9),
        ("happy", 0.6),
        ("surprise", 0.6),
        ("sad", 0.3),
        ("fear", 0.3),
        ("angry", 0.25),
        ("disgust", 0.2),
    ],
)
def test_the_weights_of_the_expressions_are_the_published_ones(expression: str, weight: float) -> None:
    student = Student().show(gazing(), make_probabilities(**{expression: 1.0} if expression != "neutral" else {}))
    assert student.trace.index == pytest.approx(min(1.0, weight * 5 / 4.5), abs=1e-5)


def test_a_neutral_face_turned_to_the_screen_has_the_highest_index() -> None:
    student = Student().show(gazing())
    assert student.trace.index == pytest.approx(1.0)
    assert student.trace.level is AttentionLevel.HIGH


def test_a_gaze_that_wanders_counts_less_than_one_at_the_centre() -> None:
    wandering = [gazing(yaw=-40), gazing(), gazing(yaw=35), gazing()]
    student = Student().show(gazing(), samples=20).show(wandering)
    assert student.trace.index is not None
    assert 0.6 < student.trace.index < 0.8, "the mean of .4 and 1"


def test_closed_eyes_have_the_lowest_index() -> None:
    student = Student().show(gazing(), samples=20).show(gazing(CLOSED))
    assert (student.trace.index, student.trace.level) == (0.0, AttentionLevel.LOW)


def test_half_open_eyes_weigh_as_published() -> None:
    student = Student().show(gazing(), samples=20).show(gazing(HALF_OPEN))
    assert student.trace.index == pytest.approx(0.9 * 1.5 / 4.5, abs=1e-5)


@pytest.mark.parametrize("expression", [NEUTRAL, make_probabilities(happy=0.8), make_probabilities(surprise=0.8)])
@pytest.mark.parametrize("yaw", [-35.0, 35.0])
def test_a_head_held_still_to_one_side_keeps_its_index(expression: Floats, yaw: float) -> None:
    ahead, aside = Student().show(gazing(), expression, samples=20), Student().show(gazing(), expression, samples=20)
    aside.show([gazing(yaw=yaw), gazing(yaw=yaw + 5)], expression)
    assert aside.trace.index == pytest.approx(ahead.trace.index)


@given(
    yaws=st.lists(st.floats(-7, 7), min_size=8, max_size=8),
    side=st.sampled_from([-1, 1]),
    expression=st.sampled_from(["neutral", "happy", "surprise", "sad", "fear", "angry"]),
)
def test_a_second_screen_alone_never_makes_attention_low(yaws: list[float], side: int, expression: str) -> None:
    reading = make_probabilities(**({expression: 1.0} if expression != "neutral" else {}))
    student = Student().show(gazing(), reading, samples=20)
    student.show([gazing(yaw=side * 30 + yaw) for yaw in yaws], reading)
    assert student.trace.level is not AttentionLevel.LOW


def test_a_head_bent_down_is_not_taken_for_asleep() -> None:
    student = Student().show(gazing(), samples=20).show(gazing(CLOSED, pitch=-30))
    assert student.trace.level is AttentionLevel.MIDDLE


@pytest.mark.parametrize("opening", [0.2, 0.24])
def test_eyes_that_are_always_narrow_are_the_students_baseline(opening: float) -> None:
    student = Student().show(gazing(opening), samples=20)
    assert student.trace.level is AttentionLevel.HIGH


def test_a_seat_beside_the_camera_has_its_own_centre() -> None:
    student = Student().show(gazing(yaw=40, pitch=-20), samples=20)
    assert student.trace.level is AttentionLevel.HIGH


class TestUnknown:
    def test_before_two_samples(self) -> None:
        student = Student().show(gazing(), samples=1)
        assert (student.trace.index, student.trace.level) == (None, None)

    def test_when_the_last_sample_is_long_ago(self) -> None:
        student = Student().show(gazing())
        student.trace.update(student.second + 20, NEUTRAL)
        assert student.trace.level is None

    def test_where_no_expression_was_read(self) -> None:
        assert Student().show(gazing(), None).trace.level is None

    def test_where_two_expressions_are_about_as_likely(self) -> None:
        assert Student().show(gazing(), make_probabilities(happy=0.35, sad=0.35)).trace.level is None


class TestLevels:
    def level_after(self, *indices: float) -> AttentionLevel | None:
        level: AttentionLevel | None = None
        for index in indices:
            level = step_level(level, index)
        return level

    @pytest.mark.parametrize(
        ("indices", "level"),
        [
            ((0.66,), AttentionLevel.HIGH),
            ((0.64,), AttentionLevel.MIDDLE),
            ((0.24,), AttentionLevel.LOW),
            ((0.26,), AttentionLevel.MIDDLE),
            ((0.7, 0.61), AttentionLevel.HIGH),
            ((0.7, 0.59), AttentionLevel.MIDDLE),
            ((0.2, 0.29), AttentionLevel.LOW),
            ((0.2, 0.31), AttentionLevel.MIDDLE),
            ((0.2, 0.9), AttentionLevel.HIGH),
        ],
    )
    def test_a_level_is_left_only_well_beyond_its_edge(self, indices: tuple[float, ...], level: AttentionLevel) -> None:
        assert self.level_after(*indices) is level

    @given(st.lists(st.floats(0.62, 0.68), min_size=2, max_size=40))
    def test_an_index_that_trembles_at_an_edge_changes_the_level_once_at_most(self, indices: list[float]) -> None:
        levels = [self.level_after(*indices[: count + 1]) for count in range(len(indices))]
        assert sum(a is not b for a, b in pairwise(levels)) <= 1


@given(
    st.lists(st.tuples(st.floats(-90, 90), st.floats(-90, 90), st.floats(0, 1)), min_size=1, max_size=30),
    st.lists(st.floats(0, 1), min_size=7, max_size=7).filter(lambda shares: sum(shares) > 0.1),
)
def test_the_index_is_a_share_whatever_is_seen(cues: list[tuple[float, float, float]], shares: list[float]) -> None:
    reading = (np.array(shares) / sum(shares)).astype(np.float32)
    trace = Student().show([FaceCues(*each) for each in cues], reading).trace
    assert trace.index is None or 0 <= trace.index <= 1
