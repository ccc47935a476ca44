"""The account of a soak finds each second that is neither stored nor in a gap nor said to be lost."""

from pathlib import Path

from fer_desktop.storage.store import Store, open_store
from fer_desktop.types import Event, EventKind
from tests.faults.soak_faults import account_for
from tests.unit.storage.lessons import record, record_lesson, seen

KEPT = {"recorded": 6, "stored": 6, "rescued": 0}


def record_seconds(store: Store, *seconds: int) -> int:
    events = [Event(EventKind.CAPTURE_LOST, 3), Event(EventKind.CAPTURE_BACK, 5)]
    return record_lesson(store, [record(each, [seen(1)], events if each == 6 else []) for each in seconds])


def test_stored_seconds_and_gaps_are_accounted_for(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "lessons.sqlite")) as store:
        account = account_for(store, record_seconds(store, 0, 1, 2, 6, 7, 8), KEPT)
    assert (account.seconds, account.stored, account.in_gaps, account.unexplained) == (9, 6, 3, [])
    assert account.gaps == {"capture_lost": 2}
    assert account.complete


def test_a_second_without_a_reason_is_unexplained_unless_it_was_said_to_be_lost(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "lessons.sqlite")) as store:
        session = record_seconds(store, 0, 1, 2, 6, 7, 12)
        silent = account_for(store, session, KEPT)
        said = account_for(store, session, KEPT | {"recorded": 10})
    assert silent.unexplained == said.unexplained == [8, 9, 10, 11]
    assert not silent.complete
    assert (said.lost, said.complete) == (4, True)


def test_seconds_after_the_last_stored_one_count_too(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "lessons.sqlite")) as store:
        account = account_for(store, record_seconds(store, 0, 1, 2, 6, 7, 8), KEPT, at_least=11)
    assert (account.seconds, account.unexplained) == (11, [9, 10])


def test_a_second_without_a_frame_holds_nothing_and_a_longer_time_without_is_unexplained(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "lessons.sqlite")) as store:
        session = record_seconds(store, 0, 1, 2, 6, 9, 17)
        account = account_for(store, session, KEPT | {"seen": [0, 1, 2, 6, 9, 10, 17]})
    assert account.unseen == 1  # second 8; second 7 is near the gap
    assert account.unexplained == [10, 11, 12, 13, 14, 15, 16]
