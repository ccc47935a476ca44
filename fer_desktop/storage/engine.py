"""Opens the database behind a URL or a path, sets SQLite up, and puts a database's errors into plain words."""

import os
import sqlite3
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, Dialect, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SAWarning
from sqlalchemy.pool import NullPool

from fer_desktop.errors import StorageError
from fer_desktop.system.folders import data_folder, make_private_folder

DEFAULT_FILE_NAME: Final = "fer-desktop.sqlite"
LOCK_PATIENCE_S: Final = 5.0
"""How long a statement waits for another program that holds the database."""


class Trouble(StrEnum):
    """What is wrong with a database, as far as its driver tells."""

    LOCKED = "locked"
    FULL = "full"
    UNREADABLE_DISK = "unreadable_disk"
    CORRUPT = "corrupt"
    NOT_A_DATABASE = "not_a_database"
    UNWRITABLE = "unwritable"
    OTHER = "other"


_TROUBLES: Final = {
    sqlite3.SQLITE_BUSY: Trouble.LOCKED,
    sqlite3.SQLITE_LOCKED: Trouble.LOCKED,
    sqlite3.SQLITE_FULL: Trouble.FULL,
    sqlite3.SQLITE_IOERR: Trouble.UNREADABLE_DISK,
    sqlite3.SQLITE_CORRUPT: Trouble.CORRUPT,
    sqlite3.SQLITE_NOTADB: Trouble.NOT_A_DATABASE,
    sqlite3.SQLITE_CANTOPEN: Trouble.UNWRITABLE,
    sqlite3.SQLITE_READONLY: Trouble.UNWRITABLE,
    sqlite3.SQLITE_PERM: Trouble.UNWRITABLE,
}

_WORDS: Final = {
    Trouble.LOCKED: "{place} is locked by another program; close that program, or wait, and try again",
    Trouble.FULL: "the disk is full, so {place} cannot grow; make room. What was written before is kept",
    Trouble.UNREADABLE_DISK: "the disk refuses to read or write {place}; check that it is connected and has room."
    " What was written before is kept",
    Trouble.CORRUPT: "{place} is damaged; nothing was changed. Put a copy of it back from a backup, or move it away"
    " to start a new one (`sqlite3 FILE .recover` rescues what can be read)",
    Trouble.NOT_A_DATABASE: "{place} is not a database; nothing was changed. Name another file, or move this one away",
    Trouble.UNWRITABLE: "{place} cannot be opened for writing; allow writing in its folder, or name another place"
    " with --db or in the settings",
    Trouble.OTHER: "{place} cannot be used: {reason}",
}


@dataclass(frozen=True, slots=True)
class Database:
    """An engine, how its database is called in messages, and its file where it is one."""

    engine: Engine
    name: str
    path: Path | None

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one state of the database throughout. Raises `StorageError` only."""
        with self.plain_errors(), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A connection that writes all of the block or nothing of it. Raises `StorageError` only."""
        with self.plain_errors(), self.writing_engine.begin() as connection:
            yield connection

    @property
    def writing_engine(self) -> Engine:
        """Takes SQLite's write lock when a transaction begins: a read that turns into a write would fail at once."""
        return self.engine.execution_options(sqlite_begin="BEGIN IMMEDIATE")

    @contextmanager
    def plain_errors(self) -> Iterator[None]:
        try:
            yield
        except (DBAPIError, sqlite3.Error) as error:
            raise self.explain(error) from error
        except OverflowError as error:
            raise StorageError("there is no number so large in a database; name the number that is meant") from error

    def explain(self, error: DBAPIError | sqlite3.Error) -> StorageError:
        """The error in words that say what to do."""
        return StorageError(
            _WORDS[trouble_of(error)].format(place=f"the database {self.name}", reason=reason_of(error))
        )

    def truncate_log(self) -> bool:
        """Empties SQLite's write-ahead log, where deleted rows would live on; False while someone reads."""
        if self.path is None:
            return True
        with self.plain_errors(), closing(self.engine.raw_connection()) as connection:
            cursor = connection.cursor()
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            answer = cursor.fetchone()  # busy, pages in the log, pages moved
            return answer is not None and answer[0] == 0


def trouble_of(error: DBAPIError | sqlite3.Error) -> Trouble:
    """What a driver's error means; `OTHER` for drivers other than SQLite's."""
    original = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(original, "sqlite_errorcode", 0)
    return _TROUBLES.get(code & 0xFF, Trouble.OTHER)  # the upper bits say where it happened


def reason_of(error: DBAPIError | sqlite3.Error) -> str:
    """What the driver says, in one line, without the statement and its values."""
    return " ".join(str(error.orig if isinstance(error, DBAPIError) else error).split())


def default_database_url() -> str:
    """The URL of the file in the data folder."""
    return URL.create("sqlite", database=str(data_folder() / DEFAULT_FILE_NAME)).render_as_string()


def connect_database(url: str | None) -> Database:
    """Makes the engine for a URL or a file (None: the default one), and a new private file where there is none yet.

    Opens no connection. Raises `StorageError`.
    """
    parsed = _parse_url(url or default_database_url())
    path = _path_of(parsed)
    if path is None:
        return Database(_create_engine(parsed), parsed.render_as_string(hide_password=True), None)
    options = {"poolclass": NullPool, "connect_args": {"timeout": LOCK_PATIENCE_S}}
    engine = _create_engine(parsed.set(database=str(path)), **options)
    _create_file(path, make_folder=url is None)
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return Database(engine, str(path), path)


def database_file(url: str | None) -> Path | None:
    """The file that `connect_database` opens, whether it is there or not; None for other databases than SQLite."""
    return _path_of(_parse_url(url or default_database_url()))


def _path_of(url: URL) -> Path | None:
    if url.get_backend_name() != "sqlite":
        return None
    if url.database in (None, "", ":memory:"):
        raise StorageError("a database in memory would be lost; name a file: sqlite:////home/you/lessons.sqlite")
    return Path(str(url.database)).absolute()


def _parse_url(url: str) -> URL:
    """A text without "://" is the path of an SQLite file."""
    if "://" not in url:
        return URL.create("sqlite", database=os.path.expanduser(url))
    try:
        return make_url(url)
    except (ArgumentError, ValueError) as error:
        raise StorageError(
            "that is not a database URL; name a file, or write a URL such as postgresql://user@host:5432/lessons"
        ) from error


def _create_engine(url: URL, **options: Any) -> Engine:
    try:
        with warnings.catch_warnings(action="error", category=SAWarning):  # only a warning where the driver is SQLite's
            engine = create_engine(url, **options)
    except (NoSuchModuleError, ImportError) as error:
        raise StorageError(f"no driver is installed for {url.drivername} databases ({error}); install it") from error
    except (ArgumentError, SAWarning, ValueError, TypeError) as error:
        raise _refuse_arguments(url, error) from error
    event.listen(engine, "do_connect", partial(_connect, url))
    return engine


def _connect(
    url: URL, dialect: Dialect, _record: object, values: list[Any], options: dict[str, Any]
) -> DBAPIConnection:
    """Drivers meet the arguments of a URL only here."""
    try:
        return dialect.connect(*values, **options)
    except (ValueError, TypeError, OverflowError) as error:
        raise _refuse_arguments(url, error) from error


def _refuse_arguments(url: URL, error: Exception) -> StorageError:
    name = url.render_as_string(hide_password=True)
    return StorageError(
        f"the database {name} cannot be opened: its URL asks for what its driver does not know ({error})"
    )


def _create_file(path: Path, *, make_folder: bool) -> None:
    """Only the owner may read a new database; SQLite gives its log files the same mode."""
    try:
        if make_folder:
            make_private_folder(path.parent)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except FileNotFoundError as error:
        raise StorageError(f"the folder {path.parent} does not exist; create it or name another place") from error
    except (OSError, ValueError) as error:  # ValueError: a path that no system takes
        words = _WORDS[Trouble.UNWRITABLE].format(place=f"the database {path}")
        raise StorageError(f"{words} ({getattr(error, 'strerror', error)})") from error


def _set_up_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # transactions begin where `_begin_sqlite` says, not where the driver guesses
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("PRAGMA synchronous = FULL")  # one commit a second can pay for surviving a power cut


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("sqlite_begin", "BEGIN"))
