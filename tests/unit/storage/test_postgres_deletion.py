"""What is deleted is gone from the server's tables, proved by its files; its write-ahead log keeps it for a while."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from fer_desktop.errors import StorageError
from fer_desktop.messages import MessageKey
from fer_desktop.storage.store import Store, open_store
from fer_desktop.types import Event, EventKind
from tests.postgres import PASSWORD, PostgresServer
from tests.raising import raises_message
from tests.unit.storage.lessons import BEGAN, new_session, record, record_lesson, seen

GONE = "Name-to-be-forgotten"


@pytest.fixture
def url(postgres_url: str) -> str:
    return postgres_url


@pytest.fixture
def store(url: str) -> Store:
    return open_store(url)


def record_names(store: Store) -> int:
    """A lesson in which a student, a note, the course and its roster have the name."""
    names = [(1, GONE), (2, "Ann")]
    session = record_lesson(store, [record(0, [seen(1), seen(2)], names=names)], new_session(course=f"{GONE} course"))
    store.add_annotation(session, Event(EventKind.NOTE, 0, f"{GONE} asked", 1))
    store.set_roster("Physics", [GONE])
    return session


def forget_student(store: Store, session: int) -> None:
    store.erase_student(session, 1)


def forget_name(store: Store, session: int) -> None:
    store.rename_student(session, 1, None)
    (note,) = store.events(session)
    assert note.id is not None
    store.edit_annotation(session, note.id, "somebody asked")
    store.delete_annotation(session, note.id)


def forget_lesson(store: Store, session: int) -> None:
    store.delete_session(session)


def purge(store: Store, _session: int) -> None:
    later = BEGAN + timedelta(days=2)
    assert store.purge_expired(store.expired_sessions(1, now=later), now=later) == 1
    assert store.erase_due_purges(now=BEGAN + timedelta(days=10)) == 1


@pytest.mark.parametrize("forget", [forget_student, forget_name, forget_lesson, purge])
def test_a_deleted_name_is_in_no_table_file(
    postgres_server: PostgresServer, store: Store, forget: Callable[[Store, int], None]
) -> None:
    session = record_names(store)
    postgres_server.execute("CHECKPOINT")
    assert postgres_server.find(GONE)
    forget(store, session)
    if forget in (forget_student, forget_name):
        record_lesson(store, [record(0)])  # so that there are two lessons, and the course stays in one
        store.delete_session(session)
    store.set_roster("Physics", ["Ann"])
    postgres_server.execute("CHECKPOINT")
    assert postgres_server.find(GONE) == []


def test_the_write_ahead_log_keeps_it_for_a_while(postgres_server: PostgresServer, store: Store) -> None:
    """As the privacy page says: it is the server's, and its administrator's."""
    store.delete_session(record_names(store))
    postgres_server.execute("CHECKPOINT")
    assert postgres_server.find(GONE, under="pg_wal")


def test_statistics_have_no_names(postgres_server: PostgresServer, postgres_database: str, store: Store) -> None:
    for _ in range(4):
        record_names(store)
    postgres_server.execute("ANALYZE", postgres_database)
    query = "SELECT tablename, attname FROM pg_stats WHERE pg_stats::text LIKE %s"
    assert postgres_server.execute(query, postgres_database, [f"%{GONE}%"]) == []
    assert postgres_server.execute(query, postgres_database, ["%student%"]) != []


def test_rows_that_somebody_could_still_read_are_reported(
    postgres_server: PostgresServer, postgres_database: str, store: Store
) -> None:
    session = record_names(store)
    with postgres_server.connect(postgres_database) as other, other.transaction():
        other.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        other.execute("SELECT count(*) FROM alembic_version")
        with raises_message(StorageError, MessageKey.DELETED_ROWS_REMAIN):
            store.delete_session(session)
    assert store.list_sessions() == []


def test_tables_that_somebody_else_owns_are_reported(
    postgres_server: PostgresServer, postgres_database: str, store: Store
) -> None:
    session = record_names(store)
    postgres_server.execute(f"CREATE ROLE reader LOGIN PASSWORD '{PASSWORD}'")
    postgres_server.execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO reader", postgres_database)
    with open_store(postgres_server.url(postgres_database, user="reader")) as theirs:
        with raises_message(StorageError, MessageKey.DELETED_ROWS_REMAIN):
            theirs.delete_session(session)
        assert theirs.list_sessions() == []
    postgres_server.execute("DROP OWNED BY reader", postgres_database)
    postgres_server.execute("DROP ROLE reader")


def test_a_table_in_use_is_reported_after_a_while(
    postgres_server: PostgresServer, postgres_database: str, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As while the administrator makes a backup."""
    monkeypatch.setattr("fer_desktop.storage.engine.LOCK_TIMEOUT_S", 0.1)
    session = record_names(store)
    with postgres_server.connect(postgres_database) as other, other.transaction():
        other.execute("LOCK TABLE students IN ACCESS SHARE MODE")
        with raises_message(StorageError, MessageKey.DELETED_ROWS_REMAIN):
            store.delete_session(session)


def test_a_lesson_that_is_being_recorded_does_not_keep_another_from_being_deleted(
    postgres_server: PostgresServer, store: Store
) -> None:
    session = record_names(store)
    store.set_roster("Physics", [])
    writer = store.begin_session(new_session())
    for second in range(20):
        writer.record(record(second, [seen(1)]))
    store.delete_session(session)
    writer.close()
    assert len(store.mood_series(writer.session_id).seconds) == 20
    postgres_server.execute("CHECKPOINT")
    assert postgres_server.find(GONE) == []
