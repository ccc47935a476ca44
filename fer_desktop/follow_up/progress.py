"""What was better than in the lesson before of the same course. What was worse is in the comparison of two lessons."""

from collections.abc import Iterable, Iterator
from typing import Final

from fer_desktop.analysis.lesson_figures import MOOD_STEP, SHARE_STEP, LessonFigures
from fer_desktop.follow_up.values import Comparison, Gain, Improvement, Lesson, Progress
from fer_desktop.storage.values import SessionSummary

MIN_WATCHED_S: Final = 300
"""Means over less are chance."""

_MIN_MORE_STUDENTS: Final = 2


def find_lesson_before(
    sessions: Iterable[SessionSummary], session: SessionSummary, *, hidden: int | None = None
) -> SessionSummary | None:
    """The last of `list_lessons_before`; None without one. `hidden`: a session that is about to be deleted."""
    return next(iter(list_lessons_before(sessions, session, hidden=hidden)), None)


def list_lessons_before(
    sessions: Iterable[SessionSummary], session: SessionSummary, *, hidden: int | None = None
) -> list[SessionSummary]:
    """The finished lessons of the course before this one that were recorded alike, for five minutes or more.

    The last one first. `hidden`: a session that is about to be deleted.
    """
    if not session.course or session.simulated:
        return []
    before = [
        each
        for each in sessions
        if each.course == session.course and each.id not in (session.id, hidden)
        if each.ended_at is not None and each.started_at < session.started_at and not each.simulated
        if each.aggregate_only is session.aggregate_only and each.watched_seconds >= MIN_WATCHED_S
    ]
    return sorted(before, key=lambda each: (each.started_at, each.id), reverse=True)


def find_progress(lesson: Lesson, before: Lesson | None) -> Progress:
    """What was better, by more than readings vary. `before`: as of `find_lesson_before`."""
    session = lesson.summary
    if session.simulated:
        return Progress(Comparison.SIMULATED)
    if not session.course:
        return Progress(Comparison.NO_COURSE)
    if session.watched_seconds < MIN_WATCHED_S:
        return Progress(Comparison.TOO_SHORT)
    if before is None:
        return Progress(Comparison.NO_EARLIER)
    figures = LessonFigures.of(session, lesson.series), LessonFigures.of(before.summary, before.series)
    return Progress(Comparison.COMPARED, before.summary, tuple(_find_gains(*figures)))


def _find_gains(now: LessonFigures, before: LessonFigures) -> Iterator[Improvement]:
    if now.summary.model == before.summary.model:  # another network reads moods in another way
        for gain, new, old, step in (
            (Gain.MOOD, now.mood, before.mood, MOOD_STEP),
            (Gain.ATTENTION, now.attention, before.attention, SHARE_STEP),
        ):
            if new is not None and old is not None and new - old >= step:
                yield Improvement(gain, new, old)
        if now.mood is not None and now.largest_drop is None and before.largest_drop is not None:
            yield Improvement(Gain.NO_DROP, 0, 0)
    for gain, share, earlier in (
        (Gain.VISIBLE, now.visible, before.visible),
        (Gain.CAMERAS, now.cameras_on, before.cameras_on),
    ):
        if share - earlier >= SHARE_STEP:
            yield Improvement(gain, share, earlier)
    if now.summary.students - before.summary.students >= _MIN_MORE_STUDENTS:
        yield Improvement(Gain.STUDENTS, now.summary.students, before.summary.students)
