"""A student is found by name across the lessons of a course; notes and names can be searched."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from fer_desktop.errors import StorageError
from fer_desktop.messages import MessageKey
from fer_desktop.storage.store import Store
from fer_desktop.types import Event, EventKind
from tests.raising import raises_message
from tests.unit.storage.lessons import BEGAN, new_session, record, record_lesson, seen, wait_until

pytestmark = pytest.mark.every_database


def record_day(store: Store, day: int, names: Sequence[tuple[int, str]], *, course: str = "Physics") -> int:
    """A lesson of two seconds with the named students, and student 9, who has no name."""
    students = [seen(9), *(seen(number) for number, _ in names)]
    session = new_session(started_at=BEGAN + timedelta(days=day), course=course)
    return record_lesson(store, [record(0, students, names=names), record(1, students)], session)


def test_a_student_is_found_by_name_in_the_lessons_of_the_course(store: Store) -> None:
    second = record_day(store, 2, [(3, "zoë  kim")])
    first = record_day(store, 1, [(1, "Zoe Kim"), (2, "Ann")])
    record_day(store, 3, [(1, "Zoe Kim")], course="Chemistry")
    record_day(store, 4, [(1, "Ann")])
    term = store.student_lessons(second, 3)
    assert [(each.session.id, each.student.student) for each in term.lessons] == [(first, 1), (second, 3)]
    assert term.named
    assert term.namesakes == 0
    assert term.lessons[0].student.tile_seconds == 2


def test_without_a_name_there_is_only_the_lesson_itself(store: Store) -> None:
    record_day(store, 1, [(1, "Ann")])
    session = record_day(store, 2, [(1, "Ann")])
    term = store.student_lessons(session, 9)
    assert [each.session.id for each in term.lessons] == [session]
    assert not term.named


def test_without_a_course_there_is_only_the_lesson_itself(store: Store) -> None:
    record_day(store, 1, [(1, "Ann")], course="")
    session = record_day(store, 2, [(1, "Ann")], course="")
    assert len(store.student_lessons(session, 1).lessons) == 1


def test_lessons_with_namesakes_are_omitted_and_counted(store: Store) -> None:
    record_day(store, 1, [(1, "Ann"), (2, "ann")])
    session = record_day(store, 2, [(1, "Ann")])
    term = store.student_lessons(session, 1)
    assert [each.session.id for each in term.lessons] == [session]
    assert term.namesakes == 1


def test_a_student_with_a_namesake_in_the_lesson_gets_that_lesson_only(store: Store) -> None:
    record_day(store, 1, [(1, "Ann")])
    session = record_day(store, 2, [(1, "Ann"), (2, "Ann")])
    term = store.student_lessons(session, 1)
    assert [each.session.id for each in term.lessons] == [session]
    assert term.namesakes == 1


def test_a_namesake_in_a_running_lesson_counts_too(store: Store) -> None:
    record_day(store, 1, [(1, "Ann")])
    writer = store.begin_session(new_session(started_at=BEGAN + timedelta(days=2), course="Physics"))
    writer.record(record(0, [seen(1), seen(2)], names=[(1, "Ann"), (2, "Ann")]))
    session = writer.session_id
    wait_until(lambda: len(store.students(session)) == 2)
    term = store.student_lessons(session, 1)
    writer.close()
    assert [each.session.id for each in term.lessons] == [session]
    assert term.namesakes == 1


def test_an_erased_student_is_reported_as_missing(store: Store) -> None:
    session = record_day(store, 1, [(1, "Ann")])
    store.erase_student(session, 1)
    with raises_message(StorageError, MessageKey.NO_STUDENT, student=1):
        store.student_lessons(session, 1)


def test_recorded_seconds_are_read_only_for_excluded_students(store: Store) -> None:
    lesson = [record(second, [seen(1), seen(9)]) for second in (0, 1, 5)]
    events = (Event(EventKind.STUDENT_EXCLUDED, 2, "", 1), Event(EventKind.STUDENT_INCLUDED, 4, "", 1))
    session = record_lesson(store, [*lesson[:2], replace(lesson[2], events=events)])
    (own,) = store.student_lessons(session, 1).lessons
    assert own.recorded is not None
    assert (own.exclusions, own.recorded.tolist()) == (events, [0, 1, 5])
    (other,) = store.student_lessons(session, 9).lessons
    assert (other.exclusions, other.recorded) == ((), None)


def test_notes_bookmarks_and_names_can_be_searched(store: Store) -> None:
    session = record_day(store, 1, [(1, "Ann")])
    record_day(store, 2, [])
    store.add_annotation(session, Event(EventKind.NOTE, 0, "asked about the exam"))
    store.add_annotation(session, Event(EventKind.BOOKMARK, 0, "group work"))
    store.add_annotation(session, Event(EventKind.BOOKMARK, 1))
    assert {number: sorted(text.split("\n")) for number, text in store.search_texts().items()} == {
        session: ["Ann", "asked about the exam", "group work"]
    }
