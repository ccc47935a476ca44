"""The lessons of courses by time, and which course a moment belongs to."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

EARLY: Final = timedelta(minutes=10)
"""So long before a lesson a teacher opens the call: it counts for this lesson, even if another one still goes on."""
MAX_LESSONS: Final = 1_000
"""Of a course: more than twice a day for a year."""
MAX_COURSES: Final = 60
MAX_COURSE_LENGTH: Final = 200

Lesson = tuple[AwareDatetime, AwareDatetime]
"""Start and end."""


class CourseTimes(BaseModel):
    """A course and when its lessons are, in order. This is all that is kept of a calendar."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    course: str = Field(min_length=1, max_length=MAX_COURSE_LENGTH)
    lessons: tuple[Lesson, ...] = Field(max_length=MAX_LESSONS)


def find_course(timetable: Sequence[CourseTimes], moment: datetime) -> str | None:
    """The course whose lesson goes on at `moment`, or begins soon after; None for none, and where two begin at once."""
    begun = {(start, each.course) for each in timetable for start, end in each.lessons if start - EARLY <= moment < end}
    latest = max((start for start, _ in begun), default=None)
    courses = [course for start, course in begun if start == latest]
    return courses[0] if len(courses) == 1 else None
