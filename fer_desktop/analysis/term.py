"""A student's lessons of a course with the time for which they were watched."""

from dataclasses import dataclass

from fer_desktop.analysis.exclusions import count_excluded, count_watched, find_exclusion_toggles
from fer_desktop.storage.values import SessionSummary, StoredLesson, StoredLessons, StudentSummary


@dataclass(frozen=True, slots=True, eq=False)
class StudentLesson:
    """One student in one lesson. `watched_seconds`: recorded seconds in which they were not excluded."""

    session: SessionSummary
    student: StudentSummary
    watched_seconds: int


@dataclass(frozen=True, slots=True, eq=False)
class StudentTerm:
    """A student's lessons of a course, the earliest first. `named`, `namesakes`: as in `StoredLessons`."""

    lessons: tuple[StudentLesson, ...]
    named: bool
    namesakes: int


def compute_student_term(stored: StoredLessons) -> StudentTerm:
    """The stored lessons with their watched seconds."""
    lessons = tuple(_compute_lesson(lesson) for lesson in stored.lessons)
    return StudentTerm(lessons, named=stored.named, namesakes=stored.namesakes)


def _compute_lesson(stored: StoredLesson) -> StudentLesson:
    student, session = stored.student, stored.session
    excluded = 0
    if stored.recorded is not None:
        toggles = find_exclusion_toggles(stored.exclusions)[student.student]
        excluded = count_excluded(toggles, stored.recorded)
    watched = count_watched(session.watched_seconds, excluded, seen_seconds=student.tile_seconds)
    return StudentLesson(session, student, watched)
