"""Ways to read an SQLite file where SQLite can make no file beside it."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import NullPool

from fer_desktop.encryption.key import DatabaseKey
from fer_desktop.storage.logs import log_path
from fer_desktop.storage.sqlite_driver import load_sqlcipher, open_sqlite


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
    """Engines that read an SQLite file without making files beside it, the one that reads its log too first.

    In exclusive mode SQLite keeps the log's index in memory, for one connection at a time: for a full disk. As
    immutable it ignores a log, so that is tried only where there is none: for a read-only disk.
    """
    yield _make_reading_engine(path, key, "mode=rw", "PRAGMA locking_mode = EXCLUSIVE")
    log = log_path(path, "-wal")
    if not log.exists() or not log.stat().st_size:
        yield _make_reading_engine(path, key, "mode=ro&immutable=1")


def driver_options(key: DatabaseKey | None) -> dict[str, Any]:
    """What `create_engine` needs for an encrypted file."""
    return {} if key is None else {"module": load_sqlcipher()}


def begin_sqlite(connection: Connection) -> None:
    """Begins a transaction as the engine's options say; for SQLAlchemy's event `begin`."""
    connection.exec_driver_sql(connection.get_execution_options().get("sqlite_begin", "BEGIN"))


def _make_reading_engine(path: Path, key: DatabaseKey | None, query: str, *statements: str) -> Engine:
    def connect() -> sqlite3.Connection:
        connection = open_sqlite(path, query=query, key=key)
        for statement in (*statements, "PRAGMA query_only = ON"):
            connection.execute(statement)
        return connection

    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool, **driver_options(key))
    event.listen(engine, "begin", begin_sqlite)
    return engine
