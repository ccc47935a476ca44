"""One value that is not of the kind that was stored costs one session at most, whichever column it is in."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from fer_desktop.errors import StorageError
from fer_desktop.messages import MessageKey
from fer_desktop.report.export import export_session
from fer_desktop.storage.schema import Base
from fer_desktop.storage.store import Store, open_store
from fer_desktop.types import ClockReading, Event, EventKind
from tests.raising import raises_message
from tests.unit.storage.lessons import new_session, record, seen

GOOD, BAD = 1, 2
OF_NO_SESSION = {"rosters", "deleted_recordings"}
TABLES = {name: table for name, table in Base.metadata.tables.items() if name not in OF_NO_SESSION}
NUMBERS = {("sessions", "id"), ("events", "id"), ("late_corrections", "id")}  # SQLite takes nothing else there
COLUMNS = [
    (table.name, column.name)
    for table in TABLES.values()
    for column in table.columns
    if (table.name, column.name) not in NUMBERS
]
NOT_READ = (MessageKey.SESSION_UNREADABLE, MessageKey.NO_STUDENT, MessageKey.NO_SESSION)
"""The last where the damaged value is the time at which its age hid the session."""
VALUES = {
    "a text": "nonsense",
    "an empty text": "",
    "half a JSON": '{"key": "fla',
    "bytes": b"\xff\x00\xfe",
    "a negative number": -5,
    "a huge number": 2**62,
    "a fraction": 0.5,
    "broken UTF-8": "CAST(x'fffe41' AS TEXT)",
}


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two lessons of one course and one student, recorded once, and corrected."""
    path = tmp_path_factory.mktemp("recorded") / "lessons.sqlite"
    with open_store(str(path)) as store:
        for session in (GOOD, BAD):
            record_one(store)
            store.rename_student(session, 2, "Bo")
    return path


def record_one(store: Store) -> None:
    writer = store.begin_session(new_session(course="Physics"))
    writer.note_clock(ClockReading(0, datetime(2026, 11, 2, 10, tzinfo=UTC)))
    for second in range(20):
        events = [
            Event(EventKind.BOOKMARK, second, "look"),
            Event(EventKind.STUDENT_EXCLUDED, second, student=1),
        ]
        students = [seen(1), seen(2), *([seen(3)] if second in {3, 4} else [])]
        writer.record(record(second, students, events if second == 7 else (), [(1, "Ada Abel")]))
    writer.settle_student(3, None)
    writer.close()


@pytest.fixture
def lessons(recorded: Path, database_path: Path) -> Iterator[Store]:
    shutil.copy(recorded, database_path)
    with open_store(str(database_path)) as store:
        yield store


def put(path: Path, table: str, column: str, value: object) -> None:
    """Into one row of the second lesson, past what the database would check."""
    own = "id" if table == "sessions" else "session_id"
    shown = value if isinstance(value, str) and value.startswith("CAST(") else "?"
    row = f"rowid = (SELECT min(rowid) FROM {table} WHERE {own} = {BAD})"
    if table in {"samples", "moods", "clock_readings"} and "WITHOUT ROWID" in sql_of(path, table):
        row = f"{own} = {BAD} AND second = (SELECT min(second) FROM {table} WHERE {own} = {BAD})"
        row += " AND student = 1" if table == "samples" else ""
    with closing(sqlite3.connect(path)) as connection:
        statement = f'UPDATE {table} SET "{column}" = {shown} WHERE {row}'
        assert connection.execute(statement, () if shown != "?" else (value,)).rowcount == 1
        connection.commit()


def sql_of(path: Path, table: str) -> str:
    with closing(sqlite3.connect(path)) as connection:
        return str(connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchone()[0])


def readings(store: Store, session: int) -> list[Callable[[], object]]:
    """All ways in which a session is read."""
    return [
        lambda: store.session(session),
        lambda: store.mood_series(session),
        lambda: store.group_sizes(session),
        lambda: store.students(session),
        lambda: store.student_series(session, 1),
        lambda: store.events(session),
        lambda: store.settlements(session),
        lambda: store.heat_grid(session, 100),
        lambda: store.student_lessons(session, 1),
        lambda: store.seconds_together(session, 1),
    ]


def find_error(read: Callable[[], object]) -> MessageKey | None:
    try:
        read()
    except StorageError as error:
        return error.message.key
    return None


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES.keys())
@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=[f"{table}.{column}" for table, column in COLUMNS])
def test_it_costs_one_session_at_most(
    lessons: Store, database_path: Path, tmp_path: Path, table: str, column: str, value: object
) -> None:
    put(database_path, table, column, value)
    with open_store(lessons.name) as store:
        listed = [each.id for each in store.list_sessions()]
        assert GOOD in listed
        assert sorted([*listed, *store.session_list().unreadable]) == [GOOD, BAD]
        store.search_texts()
        store.expired_sessions(30)
        for read in readings(store, GOOD):
            read()
        export_session(store, GOOD, format="csv", path=tmp_path / "good.csv")
        for read in readings(store, BAD):
            assert find_error(read) in {None, *NOT_READ}
        store.delete_session(BAD)
        assert [each.id for each in store.list_sessions()] == [GOOD]
        assert store.session_list().unreadable == ()


def test_a_session_without_a_readable_start_is_named(lessons: Store, database_path: Path) -> None:
    put(database_path, "sessions", "started_at", "yesterday")
    assert lessons.session_list().unreadable == (BAD,)
    with raises_message(StorageError, MessageKey.SESSION_UNREADABLE, session=BAD):
        lessons.session(BAD)
    assert lessons.delete_session(BAD) is None


def test_a_crashed_session_with_a_bad_row_does_not_keep_the_others_open(lessons: Store, database_path: Path) -> None:
    put(database_path, "sessions", "started_at", "yesterday")
    with closing(sqlite3.connect(database_path)) as connection:
        connection.execute("UPDATE sessions SET ended_at = NULL")
        connection.commit()
    with open_store(lessons.name) as store:
        assert store.crashed == (GOOD,)
        assert store.session(GOOD).interrupted
