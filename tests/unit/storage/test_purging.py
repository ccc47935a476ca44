"""What its age hides can be restored for a week; then it is erased for good, and only by a plausible clock."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from fer_desktop.errors import StorageError
from fer_desktop.messages import MessageKey
from fer_desktop.storage.store import Store, open_store
from fer_desktop.types import Event, EventKind
from tests.raising import raises_message
from tests.unit.storage.lessons import new_session, record, record_lesson, seen

NOW = datetime.now(UTC)
NAME = "Name-to-be-forgotten"


@pytest.fixture
def ages(store: Store) -> tuple[int, int]:
    """A lesson of forty days ago, and one of ten days ago, of the same course and student."""
    old, recent = (
        record_lesson(
            store,
            [record(0, [seen(4)], [Event(EventKind.NOTE, 0, f"asked {days} times", 4)], names=[(4, NAME)])],
            new_session(course="Physics", started_at=NOW - timedelta(days=days)),
        )
        for days in (40, 10)
    )
    return old, recent


def purge(store: Store, now: datetime = NOW) -> None:
    assert store.purge_expired(store.expired_sessions(30, now=now), now=now) == 1


def test_a_purged_session_is_hidden_everywhere(store: Store, ages: tuple[int, int]) -> None:
    old, recent = ages
    purge(store)
    assert [each.id for each in store.list_sessions()] == [recent]
    assert set(store.search_texts()) == {recent}
    assert [each.session.id for each in store.student_lessons(recent, 4).lessons] == [recent]
    for read in (store.session, store.mood_series, store.students, store.events, store.delete_session):
        with raises_message(StorageError, MessageKey.NO_SESSION):
            read(old)
    with raises_message(StorageError, MessageKey.NO_SESSION):
        store.erase_student(old, 4)


def test_it_is_restored_as_it_was(store: Store, ages: tuple[int, int]) -> None:
    old, _ = ages
    before = store.session(old)
    purge(store)
    (purged,) = store.session_list().hidden
    assert (purged.id, purged.purged_at) == (old, NOW)
    assert store.restore_purged() == 1
    assert store.session(old) == before
    assert [each.label for each in store.students(old)] == [NAME]
    assert store.session_list().hidden == ()


def test_an_opening_within_the_week_erases_nothing(store: Store, url: str, ages: tuple[int, int]) -> None:
    purge(store, NOW - timedelta(days=6, hours=23))
    with open_store(url) as again:
        assert [each.id for each in again.session_list().hidden] == [ages[0]]


def test_the_first_opening_after_the_week_erases_it_for_good(
    store: Store, url: str, database_path: Path, ages: tuple[int, int]
) -> None:
    purge(store, NOW - timedelta(days=7, minutes=1))
    store.close()
    with open_store(url) as again:
        assert again.session_list().hidden == ()
    content = b"".join(path.read_bytes() for path in database_path.parent.iterdir() if path.is_file())
    assert b"asked 10 times" in content
    assert b"asked 40 times" not in content


def test_the_week_begins_when_the_user_confirms(store: Store, url: str, ages: tuple[int, int]) -> None:
    """Who leaves the question open for ten days has a week after the answer."""
    expired = store.expired_sessions(30, now=NOW - timedelta(days=9))
    assert store.purge_expired(expired) == 1
    with open_store(url) as again:
        assert [each.id for each in again.session_list().hidden] == [ages[0]]
        assert again.restore_purged() == 1


@pytest.mark.parametrize("days", [-11, 45])
def test_with_a_clock_that_cannot_be_right_nothing_is_erased(store: Store, ages: tuple[int, int], days: int) -> None:
    purge(store)
    assert store.erase_due_purges(now=NOW + timedelta(days=days)) == 0
    assert store.restore_purged() == 1
