"""The moments where the class was lost: its mood fell, or many left their cameras; the teacher's words stand by."""

import numpy as np

from fer_desktop.follow_up.lost_moments import find_lost_moments
from fer_desktop.types import Event, EventKind, FlagKind
from tests.evidence import CAMERA_OFF
from tests.unit.follow_up.lessons import dismissed, make_lesson, make_session, raised, steps, without_expressions


def test_a_calm_lesson_has_none() -> None:
    assert find_lost_moments(make_lesson()) == ()


def test_never_more_than_three_the_largest_in_order_of_time() -> None:
    lesson = make_lesson(mood=steps(0.2, 0.0, 0.5, 0.0, 0.5, 0.0, 0.5, 0.0))
    assert [moment.second for moment in find_lost_moments(lesson)] == [900, 1500, 2100]


def test_many_who_leave_their_cameras_are_a_moment_too() -> None:
    (moment,) = find_lost_moments(make_lesson(people=steps(20, 12)))
    assert moment.second == 300
    assert moment.people is not None
    assert (moment.people.before, moment.people.after) == (20, 12)


def test_few_who_leave_are_none_and_the_end_of_a_lesson_is_none() -> None:
    assert find_lost_moments(make_lesson(people=steps(20, 18))) == ()
    leaving = steps(20.0)
    leaving[-200:] = 4
    assert find_lost_moments(make_lesson(people=leaving)) == ()


def test_a_fall_of_the_mood_and_those_who_left_then_are_one_moment() -> None:
    (moment,) = find_lost_moments(make_lesson(mood=steps(0.4, 0.0), people=steps(20, 12)))
    assert moment.mood is not None
    assert moment.people is not None


def test_the_flag_of_the_class_joins_the_moment_it_belongs_to() -> None:
    lesson = make_lesson(mood=steps(0.4, 0.0), events=raised(FlagKind.CLASS_DROP, None, 320))
    (moment,) = find_lost_moments(lesson)
    assert moment.flag == CAMERA_OFF


def test_a_flag_that_the_teacher_dismissed_is_no_moment() -> None:
    events = [*raised(FlagKind.CLASS_DROP, None, 320), dismissed(FlagKind.CLASS_DROP, None, 330)]
    assert find_lost_moments(make_lesson(events=events)) == ()


def test_what_the_teacher_noted_of_the_class_stands_by_the_nearest_moment() -> None:
    note = Event(EventKind.NOTE, 400, "the proof was too fast")
    bookmark = Event(EventKind.BOOKMARK, 290)
    others = [Event(EventKind.NOTE, 310, "Zoë asked", 7), Event(EventKind.NOTE, 900, "break")]
    lesson = make_lesson(mood=steps(0.4, 0.0), events=[note, bookmark, *others])
    (moment,) = find_lost_moments(lesson)
    assert moment.notes == (bookmark, note)


def test_where_expressions_are_off_only_cameras_count() -> None:
    lesson = make_lesson(without_expressions(), people=steps(20, 12), events=raised(FlagKind.CLASS_DROP, None, 1500))
    assert [moment.second for moment in find_lost_moments(lesson)] == [300]


def test_class_totals_have_moments_of_the_class() -> None:
    lesson = make_lesson(make_session(aggregate_only=True), mood=steps(0.4, 0.0))
    assert [moment.second for moment in find_lost_moments(lesson)] == [300]


def test_versions_that_did_not_look_for_people_counted_cameras() -> None:
    lesson = make_lesson(people=steps(20, 12))
    lesson.series.people[:] = np.nan
    assert len(find_lost_moments(lesson)) == 1


def test_of_four_students_none_is_a_class() -> None:
    lesson = make_lesson(people=steps(4, 1))
    lesson.series.students[:] = 4
    assert find_lost_moments(lesson) == ()
