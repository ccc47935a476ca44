"""Checks whether a database file is damaged: in part at the start, as a whole in the background and at the close."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Final, cast

from fer_desktop.encryption.key import DatabaseKey
from fer_desktop.errors import StorageError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.storage.driver_errors import UNWRITABLE, ErrorKind, classify_error
from fer_desktop.storage.engine import Database
from fer_desktop.storage.sqlite_driver import driver_errors, open_sqlite

WHOLE_AT_START_MB: Final = 4
"""Larger files take longer than a start may; docs/adr/0017-damage-and-backups.md has the figures."""
WHOLE_AT_CLOSE_MB: Final = 500
_LARGE_TABLES: Final = frozenset({"samples", "moods"})
_DAMAGE: Final = frozenset({ErrorKind.CORRUPT, ErrorKind.NOT_A_DATABASE})
_MB: Final = 1_000_000


def check_at_start(database: Database) -> bool:
    """Checks all of a small file, and of a large one the tables that a list of sessions is made of.

    Returns whether nothing is left to check. As `check_database`.
    """
    if _size_mb(database) <= WHOLE_AT_START_MB:
        check_database(database)
        return True
    _check(database, all_tables=False)
    return database.damaged.is_set()


def check_at_close(database: Database) -> None:
    """Checks the file unless it is so large that closing would take long. As `check_database`."""
    if _size_mb(database) <= WHOLE_AT_CLOSE_MB:
        check_database(database)


def check_database(database: Database) -> None:
    """Sets `Database.damaged` where the file is; then nothing is written into it any more.

    Databases on a server check themselves. Raises `StorageError` where it cannot be read for another reason.
    """
    _check(database, all_tables=True)


def is_whole(path: Path, key: DatabaseKey | None, *, all_tables: bool = True) -> bool:
    """What SQLite's `quick_check` finds in a file: it reads every page of the tables, and compares no index.

    Takes about 10 ms for a megabyte (https://sqlite.org/pragma.html#pragma_quick_check). Raises `driver_errors()`.
    """
    with closing(open_sqlite(path, key=key)) as connection:
        return _passes(connection, all_tables=all_tables)


def _passes(connection: sqlite3.Connection, *, all_tables: bool) -> bool:
    try:
        return all(answer == "ok" for answer in _quick_checks(connection, all_tables=all_tables))
    except driver_errors() as error:
        if classify_error(error) in _DAMAGE:
            return False
        raise


def _quick_checks(connection: sqlite3.Connection, *, all_tables: bool) -> Iterable[str]:
    if all_tables:
        yield connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        return
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    for table in tables:
        if table not in _LARGE_TABLES:
            yield connection.execute(f'PRAGMA quick_check("{table}")').fetchone()[0]


def _check(database: Database, *, all_tables: bool) -> None:
    if database.path is None or not _size_mb(database) or database.damaged.is_set():
        return
    with database.plain_errors():
        try:
            whole = is_whole(database.path, database.key, all_tables=all_tables)
        except driver_errors() as error:
            if classify_error(error) not in UNWRITABLE:
                raise
            with database.read() as connection:  # it has other ways to read where nothing can be written
                whole = _passes(cast(sqlite3.Connection, connection.connection), all_tables=all_tables)
        if not whole and database.find_changed_key():
            raise StorageError(Message(MessageKey.DATABASE_KEY_CHANGED))
        if not whole:
            database.damaged.set()


def _size_mb(database: Database) -> float:
    try:
        return 0.0 if database.path is None else database.path.stat().st_size / _MB
    except OSError:  # the first connection says what is wrong
        return 0.0
