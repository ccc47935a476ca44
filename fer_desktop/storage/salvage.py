"""The rescue export: saves all that can be read of a damaged database into a new, healthy one."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, func, insert, select

from fer_desktop.encryption.key import DatabaseKey
from fer_desktop.errors import StorageError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.storage.checked_copy import remove_part
from fer_desktop.storage.damaged_tables import Key, Row, Table, read_indexes, read_rows, read_tables
from fer_desktop.storage.engine import Database, connect_database
from fer_desktop.storage.health import is_whole
from fer_desktop.storage.migrate import REVISIONS, backup_files, migrate_database
from fer_desktop.storage.schema import EventRow, Mood, Sample, Session, Student
from fer_desktop.storage.sqlite_driver import driver_errors, open_sqlite
from fer_desktop.storage.totals import store_totals
from fer_desktop.system.files import beside, create_private_file, sync_and_rename

_BATCH: Final = 1_000
SPARE_SESSIONS: Final = 2
"""Looked for after the last session of which a row was saved: the newest rows may be among the lost ones."""
MOST_STUDENTS: Final = 60
_SESSION_COLUMNS: Final = (("sessions", "id"), ("students", "session_id"), ("events", "session_id"))
_REVISIONS_TABLE: Final = "alembic_version"


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What was saved. `undated`: sessions of which seconds were found and not when they were."""

    sessions: int
    undated: int
    seconds: int


def salvage_database(database: Database, target: Path) -> Salvaged:
    """Copies every readable row into a new database, which is checked before it gets its name.

    Nothing is written into the damaged one. Raises `StorageError`, also where `target` exists.
    """
    if database.path is None:
        raise StorageError(Message(MessageKey.BACKUP_OF_SERVER, database=database.name))
    if target.exists():
        raise StorageError(Message(MessageKey.SALVAGE_IN_THE_WAY, path=str(target)))
    part = beside(target, ".part")
    try:
        remove_part(part)
        create_private_file(part)
        _copy_readable(database.path, part, database.key)
        saved = _complete(part, database.key)
        sync_and_rename(part, target)
    except OSError as error:
        reason = str(error.strerror or error)
        raise StorageError(Message(MessageKey.BACKUP_NOT_MADE, path=str(target), reason=reason)) from error
    except driver_errors() as error:
        raise StorageError(Message(MessageKey.SALVAGE_NOTHING, database=database.name)) from error
    finally:
        with suppress(OSError):
            remove_part(part)
    return saved


def _copy_readable(source: Path, part: Path, key: DatabaseKey | None) -> None:
    """The tables as they are described in the file, whichever version's they are, with their readable rows."""
    with closing(open_sqlite(source, key=key)) as damaged, closing(open_sqlite(part, key=key)) as new:
        damaged.execute("PRAGMA query_only = ON")
        damaged.text_factory = _decode
        tables = read_tables(damaged)
        if "sessions" not in {table.name for table in tables}:
            raise sqlite3.DatabaseError("no tables can be read")
        new.execute("BEGIN")
        for table in tables:
            new.execute(table.sql)
        for table in sorted(tables, key=lambda table: len(table.key)):
            marks = ", ".join("?" * len(table.columns))
            for rows in _in_batches(read_rows(damaged, table, _list_prefixes(new, table))):
                new.executemany(f'INSERT OR IGNORE INTO "{table.name}" VALUES ({marks})', rows)
        for statement in read_indexes(damaged):
            new.execute(statement)
        if new.execute(f"SELECT 1 FROM {_REVISIONS_TABLE}").fetchone() is None:
            new.execute(f"INSERT INTO {_REVISIONS_TABLE} VALUES (?)", (REVISIONS[-1],))
        new.execute("COMMIT")


def _list_prefixes(new: sqlite3.Connection, table: Table) -> list[Key]:
    """All keys that rows may have but for their second, from the numbers saved so far."""
    if len(table.key) == 1:
        return [()]
    last_session = max(_find_last(new, name, column) for name, column in _SESSION_COLUMNS)
    sessions = range(1, last_session + SPARE_SESSIONS + 1)
    if len(table.key) == 2:
        return [(session,) for session in sessions]
    last_student = max(MOST_STUDENTS, _find_last(new, "students", "student"))
    return [(session, student) for session in sessions for student in range(last_student + 1)]


def _find_last(new: sqlite3.Connection, table: str, column: str) -> int:
    return int(new.execute(f"SELECT max({column}) FROM {table}").fetchone()[0] or 0)


def _in_batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while batch := list(islice(rows, _BATCH)):
        yield batch


def _decode(text: bytes) -> str:
    return text.decode(errors="replace")


def _complete(part: Path, key: DatabaseKey | None) -> Salvaged:
    """Adds the sessions and students that rows refer to and whose own row is lost; checks the file."""
    saved = connect_database(str(part), lambda _: key)
    try:
        migrate_database(saved)
        with saved.write() as connection:
            undated = _add_lost_sessions(connection)
            _add_lost_students(connection)
            sessions = connection.scalar(select(func.count()).select_from(Session)) or 0
            seconds = connection.scalar(select(func.count()).select_from(Mood)) or 0
        saved.truncate_log()
    finally:
        saved.engine.dispose()
        for copy in backup_files(saved):
            copy.unlink()
    if not is_whole(part, key):
        raise sqlite3.DatabaseError("what was saved is damaged")
    return Salvaged(sessions, undated, seconds)


def _add_lost_sessions(connection: Connection) -> int:
    """A session without its row is dated today; returns how many there are."""
    known = select(Session.id)
    found: set[int] = set()
    for table in (Mood, Student, Sample, EventRow):
        found |= set(connection.scalars(select(table.session_id).where(table.session_id.not_in(known)).distinct()))
    now = datetime.now(UTC)
    for session_id in sorted(found):
        lost = {"id": session_id, "started_at": now, "ended_at": now, "source": Message(MessageKey.SALVAGED_SESSION)}
        lost |= {"course": "", "simulated": False, "expressions_on": True, "aggregate_only": False, "model": ""}
        last = connection.scalar(select(func.max(Mood.second)).where(Mood.session_id == session_id))
        lost |= {"seconds": 0 if last is None else last + 1, "interrupted": True}
        connection.execute(insert(Session).values(lost))
    for session_id in found:
        store_totals(connection, session_id)
    return len(found)


def _add_lost_students(connection: Connection) -> None:
    same = (Student.session_id == Sample.session_id, Student.student == Sample.student)
    lost = select(Sample.session_id, Sample.student).where(~select(Student.student).where(*same).exists()).distinct()
    rows = [{"session_id": session_id, "student": student} for session_id, student in connection.execute(lost)]
    if rows:
        connection.execute(insert(Student), rows)
