"""Ways to read an SQLite file where SQLite can make no file beside it."""

import logging
import sqlite3
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import NullPool

from fer_desktop.encryption.key import DatabaseKey
from fer_desktop.storage.reading_copies import ReadingCopies, ReadingCopy, has_log, may_copy
from fer_desktop.storage.sqlite_driver import load_sqlcipher, open_sqlite

_log = logging.getLogger(__name__)

_copies: Final = ReadingCopies()


def connect_and_read(engine: Engine) -> Connection:
    """A connection that has read something: before, SQLite notices nothing. Raises `DBAPIError`."""
    connection = engine.connect()
    try:
        with connection.begin():
            connection.exec_driver_sql("SELECT 1 FROM sqlite_master LIMIT 1")
    except BaseException:
        connection.close()
        raise
    return connection


def engines_without_files(path: Path, key: DatabaseKey | None) -> Iterator[Engine]:
    """Engines that read an SQLite file without making files beside it, those that read its log too first.

    In exclusive mode SQLite keeps the log's index in memory, for one connection at a time: for a full disk. As
    immutable it ignores a log, so that is tried only where there is none: for a read-only disk. With a log such a disk
    is read in a copy. Use each engine for one connection.
    """
    yield _make_reading_engine(path, key, "mode=rw", "PRAGMA locking_mode = EXCLUSIVE")
    if not has_log(path):
        yield _make_reading_engine(path, key, "mode=ro&immutable=1")
    elif may_copy(path):
        try:
            copy = _copies.borrow(path)
        except OSError as error:  # the database's own error says more
            _log.warning("%s cannot be copied to be read: %s", path, error)
            return
        yield _make_copy_engine(copy, key)


def driver_options(key: DatabaseKey | None) -> dict[str, Any]:
    """What `create_engine` needs for an encrypted file."""
    return {} if key is None else {"module": load_sqlcipher()}


def begin_sqlite(connection: Connection) -> None:
    """Begins a transaction as the engine's options say; for SQLAlchemy's event `begin`."""
    connection.exec_driver_sql(connection.get_execution_options().get("sqlite_begin", "BEGIN"))


def _make_reading_engine(
    path: Path, key: DatabaseKey | None, query: str, *statements: str, on_failure: Callable[[], None] = lambda: None
) -> Engine:
    def connect() -> sqlite3.Connection:
        try:
            connection = open_sqlite(path, query=query, key=key)
            for statement in (*statements, "PRAGMA query_only = ON"):
                connection.execute(statement)
        except BaseException:
            on_failure()
            raise
        return connection

    engine = create_engine(
        "sqlite://", creator=connect, poolclass=NullPool, hide_parameters=True, **driver_options(key)
    )
    event.listen(engine, "begin", begin_sqlite)
    return engine


def _make_copy_engine(copy: ReadingCopy, key: DatabaseKey | None) -> Engine:
    """Gives the copy back when its connection closes, or cannot be opened."""
    engine = _make_reading_engine(copy.path, key, "mode=rw", on_failure=partial(_copies.give_back, copy))
    event.listen(engine, "close", lambda *_: _copies.give_back(copy))
    return engine
