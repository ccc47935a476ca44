"""The largest drops are where the class's mood fell, and a calm lesson has none."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fer_desktop.analysis.drops import MIN_FALL, Drop, find_largest_drops
from fer_desktop.storage.values import MoodSeries
from fer_desktop.types import EXPRESSIONS, Expression, Floats, mood_of


def make_series(mood: Sequence[float] | Floats, *, faces: int = 20, seconds: Sequence[int] | None = None) -> MoodSeries:
    """A class whose mood follows from its happy and sad shares."""
    wanted = np.asarray(mood, np.float32)
    probabilities = np.zeros((len(wanted), len(EXPRESSIONS)), np.float32)
    probabilities[:, EXPRESSIONS.index(Expression.HAPPY)] = np.maximum(wanted, 0)
    probabilities[:, EXPRESSIONS.index(Expression.SAD)] = np.maximum(-wanted, 0)
    probabilities[:, EXPRESSIONS.index(Expression.NEUTRAL)] = 1 - np.abs(wanted)
    many = np.full(len(wanted), faces, np.int64)
    at = np.arange(len(wanted)) if seconds is None else np.asarray(seconds, np.int64)
    attention = np.full(len(wanted), np.nan, np.float32)
    return MoodSeries(at, probabilities, mood_of(probabilities), many, many.astype(np.float32), many, many, attention)


def steps(*levels: float, length_s: int = 300) -> Floats:
    return np.repeat(np.asarray(levels, np.float32), length_s)


def test_a_drop_is_where_the_mood_fell_and_by_how_much() -> None:
    [drop] = find_largest_drops(make_series(steps(0.4, -0.1)))
    assert drop.second == 300
    assert (drop.before, drop.after) == pytest.approx((0.4, -0.1))
    assert drop.fall == pytest.approx(0.5)


def test_the_largest_come_first_and_a_rise_is_none() -> None:
    drops = find_largest_drops(make_series(steps(0.4, 0.2, 0.6, 0.0)))
    assert [drop.second for drop in drops] == [900, 300]


def test_no_more_than_the_requested_drops_are_returned() -> None:
    lesson = make_series(steps(*[0.5, 0.0] * 8))
    assert len(find_largest_drops(lesson)) == 5
    assert len(find_largest_drops(lesson, most=2)) == 2


def test_a_calm_lesson_has_none() -> None:
    noise = np.random.default_rng(1).normal(0.1, 0.08, 3600)
    assert find_largest_drops(make_series(noise.astype(np.float32))) == []


def test_one_bad_reading_is_no_drop() -> None:
    mood = steps(0.3)
    mood[150:155] = -0.8
    assert find_largest_drops(make_series(mood)) == []


def test_four_faces_are_no_class() -> None:
    assert find_largest_drops(make_series(steps(0.4, -0.4), faces=4)) == []
    assert len(find_largest_drops(make_series(steps(0.4, -0.4), faces=5))) == 1


@pytest.mark.parametrize("length", [0, 1, 59])
def test_a_session_too_short_to_compare_has_none(length: int) -> None:
    assert find_largest_drops(make_series(steps(0.4, -0.4)[300 - length // 2 :][:length])) == []


def test_expressions_off_have_none() -> None:
    assert find_largest_drops(make_series([np.nan] * 600)) == []


def test_a_pause_is_not_bridged() -> None:
    """What was before a ten-minute break and after it is not compared: anything may have happened."""
    seconds = [*range(300), *range(900, 1200)]
    assert find_largest_drops(make_series(steps(0.5, -0.5), seconds=seconds)) == []


@given(st.lists(st.floats(-1, 1, width=32), min_size=1, max_size=12), st.integers(20, 200))
def test_drops_are_real_apart_and_sorted(levels: list[float], length_s: int) -> None:
    mood = steps(*levels, length_s=length_s)
    drops = find_largest_drops(make_series(mood))
    assert all(isinstance(drop, Drop) and drop.fall >= MIN_FALL - 1e-6 for drop in drops)
    assert all(0 <= drop.second < len(mood) for drop in drops)
    assert [drop.fall for drop in drops] == sorted((drop.fall for drop in drops), reverse=True)
    at = sorted(drop.second for drop in drops)
    assert all(later - earlier >= 120 for earlier, later in pairwise(at))
