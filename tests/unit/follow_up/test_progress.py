"""What was better than last time: the same course, recorded alike, by more than readings vary."""

from dataclasses import replace

import numpy as np

from fer_desktop.follow_up.progress import find_lesson_before, find_progress, list_lessons_before
from fer_desktop.follow_up.values import Comparison, Gain
from tests.unit.follow_up.lessons import make_lesson, make_session, steps, without_expressions

THIS = make_session(5)


def test_it_is_compared_with_the_last_lesson_of_the_course_before_it() -> None:
    sessions = [make_session(number) for number in (7, 5, 4, 3)] + [make_session(6, course="Art")]
    found = find_lesson_before(sessions, THIS)
    assert found is not None
    assert found.id == 4
    assert [each.id for each in list_lessons_before(sessions, THIS)] == [4, 3]


def test_lessons_that_cannot_be_compared_are_passed_over() -> None:
    others = [
        make_session(4, seconds=200),
        replace(make_session(3), ended_at=None),
        make_session(2, aggregate_only=True),
        make_session(1),
    ]
    assert find_lesson_before(others, THIS) == others[3]
    assert find_lesson_before(others, THIS, hidden=1) is None
    assert find_lesson_before(others, make_session(5, course="")) is None


def test_what_was_better_is_named_and_what_was_worse_is_not() -> None:
    now = make_lesson(make_session(5, students=22), mood=steps(0.3), people=steps(12), attention=0.7)
    before = make_lesson(make_session(4, students=18), mood=steps(0.1), people=steps(20), attention=0.5)
    progress = find_progress(now, before)
    assert progress.comparison is Comparison.COMPARED
    assert progress.before == before.summary
    assert [each.gain for each in progress.better] == [Gain.MOOD, Gain.ATTENTION, Gain.STUDENTS]
    assert find_progress(before, now).better[0].gain is Gain.VISIBLE


def test_small_differences_do_not_count() -> None:
    now, before = make_lesson(THIS, mood=steps(0.15)), make_lesson(make_session(4), mood=steps(0.1))
    assert find_progress(now, before).better == ()


def test_a_lesson_without_a_drop_after_one_with_a_drop_is_better() -> None:
    before = make_lesson(make_session(4), mood=steps(0.4, -0.3, 0.4))
    gains = [each.gain for each in find_progress(make_lesson(THIS, mood=steps(0.3)), before).better]
    assert gains == [Gain.NO_DROP]


def test_moods_are_compared_of_one_network_only_and_not_where_expressions_are_off() -> None:
    now = make_lesson(make_session(5, model="net 2"), mood=steps(0.5), attention=0.9)
    before = make_lesson(make_session(4), mood=steps(0.0), attention=0.1)
    assert find_progress(now, before).better == ()
    off = make_lesson(without_expressions(THIS))
    assert find_progress(off, make_lesson(without_expressions(make_session(4)))).better == ()


def test_otherwise_it_says_why_there_is_nothing_to_compare() -> None:
    lesson = make_lesson(THIS)
    assert find_progress(lesson, None).comparison is Comparison.NO_EARLIER
    for session, expected in (
        (make_session(course=""), Comparison.NO_COURSE),
        (make_session(course="", simulated=True), Comparison.SIMULATED),
        (make_session(seconds=120), Comparison.TOO_SHORT),
    ):
        mood = np.zeros(session.seconds, np.float32)
        assert find_progress(make_lesson(session, mood=mood), None).comparison is expected
