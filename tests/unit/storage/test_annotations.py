"""Bookmarks and notes are added to a recorded session, changed and deleted."""

from pathlib import Path

import pytest

from fer_desktop.errors import StorageError
from fer_desktop.messages import MessageKey
from fer_desktop.storage.store import Store
from fer_desktop.types import Event, EventKind, FlagKind
from tests.evidence import NOT_IN_CALL
from tests.raising import raises_message
from tests.unit.storage.lessons import new_session, record, record_lesson, seen

pytestmark = pytest.mark.every_database

NOTE = Event(EventKind.NOTE, 1, "asked about the exam", 1)


@pytest.fixture
def session(store: Store) -> int:
    flag = Event(EventKind.FLAG_RAISED, 1, "", 1, FlagKind.AWAY, NOT_IN_CALL)
    return record_lesson(store, [record(0, [seen(1)]), record(1, [seen(1)], [flag])])


def texts(store: Store, session: int) -> list[str]:
    return [each.text for each in store.events(session)]


def test_a_note_is_added_with_an_id_and_listed_by_second(store: Store, session: int) -> None:
    added = store.add_annotation(session, NOTE)
    store.add_annotation(session, Event(EventKind.BOOKMARK, 0))
    assert [(each.kind, each.second) for each in store.events(session)] == [
        (EventKind.BOOKMARK, 0),
        (EventKind.FLAG_RAISED, 1),
        (EventKind.NOTE, 1),
    ]
    assert added.id == store.events(session)[-1].id
    assert added == NOTE
    assert store.session(session).bookmarks == 1


def test_its_words_can_be_changed_and_those_before_are_gone_from_the_disk(
    store: Store, session: int, database_path: Path
) -> None:
    added = store.add_annotation(session, NOTE)
    assert added.id is not None
    store.edit_annotation(session, added.id, "  asked about the paper ")
    assert "asked about the paper" in texts(store, session)
    store.close()
    files = [each.read_bytes() for each in database_path.parent.glob(f"{database_path.name}*")]
    assert not any(b"asked about the exam" in each for each in files)


def test_what_is_deleted_is_returned_and_can_be_put_back(store: Store, session: int) -> None:
    added = store.add_annotation(session, NOTE)
    assert added.id is not None
    gone = store.delete_annotation(session, added.id)
    assert texts(store, session) == [""]
    store.add_annotation(session, gone)
    assert texts(store, session) == ["", NOTE.text]


def test_what_happened_cannot_be_changed(store: Store, session: int) -> None:
    (flag,) = store.events(session)
    assert flag.id is not None
    for change in (
        lambda: store.edit_annotation(session, flag.id or 0, "no"),
        lambda: store.delete_annotation(session, flag.id or 0),
        lambda: store.add_annotation(session, Event(EventKind.FAULT, 0, "made up")),
    ):
        with raises_message(StorageError, MessageKey.NOT_AN_ANNOTATION):
            change()
    assert texts(store, session) == [""]


@pytest.mark.parametrize(
    ("event", "key"),
    [
        (Event(EventKind.NOTE, 0, "  "), MessageKey.NEW_NOTE_EMPTY),
        (Event(EventKind.NOTE, 99, "late"), MessageKey.SECOND_NOT_IN_SESSION),
        (Event(EventKind.NOTE, -1, "early"), MessageKey.SECOND_NOT_IN_SESSION),
        (Event(EventKind.NOTE, 0, "who?", 7), MessageKey.NO_STUDENT),
    ],
)
def test_a_note_that_has_no_place_is_refused(store: Store, session: int, event: Event, key: MessageKey) -> None:
    with raises_message(StorageError, key):
        store.add_annotation(session, event)


def test_marks_of_another_session_are_not_touched(store: Store, session: int) -> None:
    other = record_lesson(store, [record(0, [seen(1)])])
    added = store.add_annotation(session, NOTE)
    with raises_message(StorageError, MessageKey.NO_ANNOTATION):
        store.delete_annotation(other, added.id or 0)
    assert NOTE.text in texts(store, session)


def test_a_session_that_is_recorded_takes_marks_by_its_own_way_only(store: Store) -> None:
    writer = store.begin_session(new_session())
    try:
        with raises_message(StorageError, MessageKey.SESSION_BEING_RECORDED):
            store.add_annotation(writer.session_id, Event(EventKind.BOOKMARK, 0))
    finally:
        writer.close()


def test_a_session_of_the_class_alone_takes_notes_on_the_class_alone(store: Store) -> None:
    session = record_lesson(store, [record(0, [seen(1)])], new_session(aggregate_only=True))
    store.add_annotation(session, Event(EventKind.NOTE, 0, "group work"))
    with raises_message(StorageError, MessageKey.NO_STUDENT, student=1):
        store.add_annotation(session, Event(EventKind.NOTE, 0, "tired", 1))
