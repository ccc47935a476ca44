"""A student's term counts the time for which they were watched: recorded, and not excluded."""

from dataclasses import replace

import pytest

from fer_desktop.analysis.term import compute_student_term
from fer_desktop.storage.store import Store
from fer_desktop.types import Event, EventKind
from tests.unit.storage.lessons import record, record_lesson, seen


@pytest.mark.parametrize(("until", "watched"), [(6, 6), (None, 2)])
def test_excluded_time_is_not_watched(store: Store, until: int | None, watched: int) -> None:
    lesson = [record(second, [seen(9), *([] if 2 <= second < (until or 10) else [seen(1)])]) for second in range(10)]
    lesson[2] = replace(lesson[2], events=(Event(EventKind.STUDENT_EXCLUDED, 2, "", 1),))
    if until is not None:
        lesson[until] = replace(lesson[until], events=(Event(EventKind.STUDENT_INCLUDED, until, "", 1),))
    session = record_lesson(store, lesson)
    (own,) = compute_student_term(store.student_lessons(session, 1)).lessons
    assert (own.student.tile_seconds, own.watched_seconds) == (watched, watched)
    (other,) = compute_student_term(store.student_lessons(session, 9)).lessons
    assert other.watched_seconds == 10


def test_whether_the_student_is_named_and_has_namesakes_is_kept(store: Store) -> None:
    session = record_lesson(store, [record(0, [seen(1)], names=[(1, "Ann")])])
    stored = replace(store.student_lessons(session, 1), namesakes=2)
    term = compute_student_term(stored)
    assert (term.named, term.namesakes, len(term.lessons)) == (True, 2, 1)
