"""Brief appearances are joined or dropped at the end of a session, are listed, and can be restored."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from fer_desktop.errors import StorageError
from fer_desktop.messages import MessageKey
from fer_desktop.storage.engine import connect_database
from fer_desktop.storage.schema import SettlementRow
from fer_desktop.storage.store import Store
from fer_desktop.storage.values import StoredSettlement
from fer_desktop.types import Event, EventKind, FlagKind, Settlement
from tests.evidence import NOT_IN_CALL
from tests.raising import raises_message
from tests.unit.storage.lessons import new_session, record, seen, unseen
from tests.unit.storage.test_corrections import snapshot

pytestmark = pytest.mark.every_database


def record_settled(
    store: Store, *settlements: Settlement, names: Sequence[tuple[int, str]] = (), aggregate_only: bool = False
) -> int:
    """Student 3 is in view in seconds 2 and 3; student 1 is missing in second 3."""
    writer = store.begin_session(new_session(aggregate_only=aggregate_only))
    writer.record(record(0, [seen(1), seen(2)], names=names))
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


def read_kept(url: str) -> list[str]:
    with connect_database(url).read() as connection:
        return list(connection.scalars(select(SettlementRow.kept)))


def change_kept(url: str, change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    with connect_database(url).write() as connection:
        for student, kept in connection.execute(select(SettlementRow.student, SettlementRow.kept)).all():
            new = json.dumps(change(json.loads(kept)))
            connection.execute(update(SettlementRow).where(SettlementRow.student == student).values(kept=new))


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


@pytest.mark.parametrize(
    "names",
    [[(3, "Anna")], [(1, "Bo")], [(1, "Bo"), (3, "Anna")], [(1, "Anna"), (3, "Anna")]],
    ids=["of who is restored", "of the other", "of both", "the same of both"],
)
@pytest.mark.parametrize("into", [1, None])
def test_it_brings_back_whose_name_was_whose(store: Store, into: int | None, names: list[tuple[int, str]]) -> None:
    session = record_settled(store, Settlement(3, into), names=names)
    store.undo_settlement(session, 3)
    assert [(each.student, each.name) for each in store.students(session) if each.name is not None] == names


def test_a_name_that_the_teacher_gave_meanwhile_stays(store: Store) -> None:
    session = record_settled(store, Settlement(3, 1), names=[(3, "Anna")])
    store.rename_student(session, 1, "Bo")
    store.undo_settlement(session, 3)
    assert store.students(session)[0].name == "Bo"


@pytest.mark.parametrize("settlements", [[Settlement(3, 1)], [Settlement(3, 1), Settlement(1, 2)]], ids=str)
def test_a_name_that_was_taken_away_meanwhile_is_kept_nowhere(
    store: Store, url: str, settlements: list[Settlement]
) -> None:
    session = record_settled(store, *settlements, names=[(3, "Anna")])
    last = settlements[-1].into
    assert last is not None
    store.rename_student(session, last, None)
    assert "Anna" not in "".join(read_kept(url))
    for each in settlements:
        store.undo_settlement(session, each.student)
    assert [each.name for each in store.students(session)] == [None, None, None]


CHAINS = [
    [Settlement(3, 1), Settlement(1, 2)],
    [Settlement(3, 1), Settlement(1, None)],
    [Settlement(3, 2), Settlement(1, 2)],
    [Settlement(3, 1), Settlement(2, 1)],
]


@pytest.mark.parametrize("settlements", CHAINS, ids=str)
def test_whoever_was_joined_with_somebody_who_was_settled_too_is_restored_alone(
    store: Store, settlements: list[Settlement]
) -> None:
    """The other settlement is as if the first had never been."""
    names = [(1, "Bo"), (3, "Anna")]
    without_first = record_settled(store, settlements[1], names=names)
    session = record_settled(store, *settlements, names=names)
    store.undo_settlement(session, 3)
    assert snapshot(store, session)[1:] == snapshot(store, without_first)[1:]
    assert store.settlements(session) == store.settlements(without_first)


@pytest.mark.parametrize("settlements", CHAINS, ids=str)
def test_all_of_them_are_restored_in_either_order(store: Store, settlements: list[Settlement]) -> None:
    names = [(1, "Bo"), (3, "Anna")]
    untouched = record_settled(store, names=names)
    for order in (settlements, settlements[::-1]):
        session = record_settled(store, *settlements, names=names)
        for each in order:
            store.undo_settlement(session, each.student)
        assert snapshot(store, session)[1:] == snapshot(store, untouched)[1:]


@pytest.mark.parametrize(
    "change",
    [
        lambda store, session: store.erase_student(session, 2),
        lambda store, session: store.merge_students(session, 4, 2),
        lambda store, session: store.split_student(session, 2, 2),
    ],
    ids=["erased", "merged", "split"],
)
def test_what_is_kept_of_whoever_is_part_of_a_corrected_student_goes_too(
    store: Store, change: Callable[[Store, int], object]
) -> None:
    session = record_settled(store, Settlement(3, 1), Settlement(1, 2), names=[(4, "Dee")])
    change(store, session)
    assert store.settlements(session) == []


def test_what_an_earlier_version_kept_is_restored_without_names(store: Store, url: str) -> None:
    settlements = [Settlement(3, 1), Settlement(1, 2)]
    untouched = record_settled(store)
    session = record_settled(store, *settlements)
    change_kept(url, lambda kept: {name: kept[name] for name in ("samples", "shared", "events")})
    for each in settlements:
        store.undo_settlement(session, each.student)
    assert snapshot(store, session)[1:] == snapshot(store, untouched)[1:]


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
