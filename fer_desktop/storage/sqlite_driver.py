"""The two drivers of SQLite files: Python's own for clear ones, SQLCipher's for encrypted ones."""

import sqlite3
import sys
from pathlib import Path
from types import ModuleType
from typing import Final, cast

from sqlalchemy.exc import DBAPIError

from fer_desktop.encryption.key import DatabaseKey

LOCK_TIMEOUT_S: Final = 5.0
"""How long a statement waits while another program locks the database."""

_SQLCIPHER: Final = "sqlcipher3.dbapi2"


def open_sqlite(path: Path, *, query: str = "mode=rw", key: DatabaseKey | None = None) -> sqlite3.Connection:
    """A connection to an SQLite file without SQLAlchemy, in autocommit; makes no file. Raises `driver_errors()`.

    Every raw connection of the program is opened here. `query`: of the file's URI (https://sqlite.org/uri.html).
    """
    module = sqlite3 if key is None else load_sqlcipher()
    uri = f"{path.as_uri()}?{query}"
    connection = module.connect(uri, uri=True, timeout=LOCK_TIMEOUT_S, isolation_level=None)
    if key is not None:
        unlock_connection(connection, key)
    return cast(sqlite3.Connection, connection)


def open_sqlcipher(path: Path, key: DatabaseKey | None) -> sqlite3.Connection:
    """As `open_sqlite`, but by SQLCipher's driver for a clear file too, from and into which it copies."""
    if key is not None:
        return open_sqlite(path, key=key)
    connection = load_sqlcipher().connect(
        f"{path.as_uri()}?mode=rw", uri=True, timeout=LOCK_TIMEOUT_S, isolation_level=None
    )
    _silence(connection)
    return cast(sqlite3.Connection, connection)


def unlock_connection(connection: sqlite3.Connection, key: DatabaseKey) -> None:
    """Gives a new connection its key, which the first statement that reads checks."""
    _silence(connection)
    connection.execute(f'PRAGMA key = "{key.to_sqlcipher()}"')


def load_sqlcipher() -> ModuleType:
    """SQLCipher's driver (DB-API). Only encrypted files need it, so it is not imported before."""
    import sqlcipher3.dbapi2

    return cast(ModuleType, sqlcipher3.dbapi2)


def driver_errors() -> tuple[type[Exception], ...]:
    """The errors that SQLAlchemy and the drivers in use raise."""
    loaded = sys.modules.get(_SQLCIPHER)
    return (DBAPIError, sqlite3.Error) if loaded is None else (DBAPIError, sqlite3.Error, loaded.Error)


def _silence(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA cipher_log_level = NONE")  # SQLCipher writes to stderr what it raises anyway
