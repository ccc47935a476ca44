"""Brief appearances are joined or dropped at the end of a session, are listed, and can be restored."""

from pathlib import Path

import pytest

from fer_desktop.errors import StorageError
from fer_desktop.messages import MessageKey
from fer_desktop.storage.store import Store
from fer_desktop.storage.values import StoredSettlement
from fer_desktop.types import Event, EventKind, FlagKind, Settlement
from tests.evidence import NOT_IN_CALL
from tests.raising import raises_message
from tests.unit.storage.lessons import new_session, record, seen, unseen
from tests.unit.storage.test_corrections import snapshot

pytestmark = pytest.mark.every_database


def record_settled(store: Store, *settlements: Settlement, aggregate_only: bool = False) -> int:
    """Student 3 is in view in seconds 2 and 3; student 1 is missing in second 3."""
    writer = store.begin_session(new_session(aggregate_only=aggregate_only))
    writer.record(record(0, [seen(1), seen(2)]))
    writer.record(record(1, [seen(1), unseen(2)]))
    writer.record(record(2, [seen(1), seen(2), seen(3)]))
    flag = Event(EventKind.FLAG_RAISED, 3, student=3, flag=FlagKind.AWAY, message=NOT_IN_CALL)
    writer.record(record(3, [seen(2), seen(3)], [flag]))
    writer.record(record(4, [seen(1), seen(2)]))
    for settlement in settlements:
        writer.settle_student(settlement.student, settlement.into)
    writer.close()
    assert writer.fault is None
    return writer.session_id


def test_who_is_joined_is_the_other_student_and_their_flags_are_gone(store: Store) -> None:
    session = record_settled(store, Settlement(3, 1))
    assert [each.student for each in store.students(session)] == [1, 2]
    assert store.student_series(session, 1).seconds.tolist() == [0, 1, 2, 3, 4]
    assert store.mood_series(session).students.tolist() == [2, 2, 2, 2, 2]
    assert store.events(session) == []


def test_who_is_dropped_counts_for_nothing(store: Store) -> None:
    session = record_settled(store, Settlement(3, None))
    assert [each.student for each in store.students(session)] == [1, 2]
    assert store.mood_series(session).students.tolist() == [2, 2, 2, 1, 2]
    assert store.session(session).students == 2


def test_what_was_changed_is_listed(store: Store) -> None:
    session = record_settled(store, Settlement(3, 1), Settlement(2, None))
    assert store.settlements(session) == [StoredSettlement(2, None, 0, 5), StoredSettlement(3, 1, 2, 2)]


@pytest.mark.parametrize("into", [1, 2, None])
def test_restoring_brings_everything_back(store: Store, into: int | None) -> None:
    untouched = record_settled(store)
    session = record_settled(store, Settlement(3, into))
    store.undo_settlement(session, 3)
    assert snapshot(store, session)[1:] == snapshot(store, untouched)[1:]
    assert store.settlements(session) == []


def test_who_was_restored_cannot_be_restored_again(store: Store) -> None:
    session = record_settled(store, Settlement(3, 1))
    store.undo_settlement(session, 3)
    with raises_message(StorageError, MessageKey.NOT_SETTLED, student=3):
        store.undo_settlement(session, 3)


def test_a_student_who_was_never_stored_is_not_settled(store: Store) -> None:
    assert store.settlements(record_settled(store, Settlement(9, 1))) == []


def test_class_totals_settle_nobody(store: Store) -> None:
    assert store.settlements(record_settled(store, Settlement(3, 1), aggregate_only=True)) == []


def test_a_student_who_is_split_does_not_take_the_number_of_one_who_can_be_restored(store: Store) -> None:
    session = record_settled(store, Settlement(3, None))
    assert store.split_student(session, 2, 2) == 4


@pytest.mark.parametrize("erased", [1, 3], ids=["who took the other in", "who was restored"])
def test_of_an_erased_student_no_settlement_keeps_anything(store: Store, erased: int) -> None:
    session = record_settled(store, Settlement(3, 1))
    if erased == 3:
        store.undo_settlement(session, 3)
    store.erase_student(session, erased)
    assert store.settlements(session) == []


def test_a_session_that_was_rescued_is_settled_all_the_same(tmp_path: Path) -> None:
    """The rows of a student who is dropped are kept in the rescue file, so that they can be restored."""
    from fer_desktop.storage.entries import Correction, Entry, strip_erased

    sample = Entry(seconds=1, samples=({"student": 3, "second": 0},))
    dropped = Entry(correction=Correction(3, None, settles=True))
    assert strip_erased([sample, dropped]) == [sample, dropped]
    assert Entry.from_plain(dropped.to_plain()) == dropped


def test_a_merge_into_who_took_another_in_ends_the_restoring_which_would_delete_merged_seconds(store: Store) -> None:
    session = record_settled(store, Settlement(3, 1))
    store.merge_students(session, 2, 1)
    assert store.settlements(session) == []


def test_so_does_a_split_which_would_leave_restored_seconds_twice(store: Store) -> None:
    session = record_settled(store, Settlement(3, 1))
    store.split_student(session, 1, 2)
    assert store.settlements(session) == []
