"""The course of a moment, by the lessons that the teacher chose."""

from datetime import UTC, datetime, timedelta

import pytest

from fer_desktop.timetable import CourseTimes, find_course

EIGHT = datetime(2026, 11, 30, 8, tzinfo=UTC)


def at(minutes: int) -> datetime:
    return EIGHT + timedelta(minutes=minutes)


MATHS = CourseTimes(course="Maths", lessons=((at(0), at(45)), (at(1440), at(1485))))
PHYSICS = CourseTimes(course="Physics", lessons=((at(45), at(90)),))


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [(-11, None), (-10, "Maths"), (0, "Maths"), (34, "Maths"), (35, "Physics"), (89, "Physics"), (90, None)],
)
def test_a_lesson_counts_from_ten_minutes_before_it(minutes: int, expected: str | None) -> None:
    assert find_course([MATHS, PHYSICS], at(minutes)) == expected


def test_two_courses_at_the_same_time_are_not_guessed_between() -> None:
    other = CourseTimes(course="Form period", lessons=((at(0), at(20)),))
    assert find_course([MATHS, other], at(5)) is None
    assert find_course([MATHS, other], at(25)) == "Maths"
    assert find_course([], at(5)) is None
