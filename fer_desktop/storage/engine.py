"""Connects the database behind a URL or a path, sets SQLite up, and explains its errors."""

import logging
import sqlite3
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from glob import escape
from pathlib import Path
from threading import Event
from typing import Any, Final, TypeVar, cast

from sqlalchemy import URL, Connection, Dialect, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SAWarning
from sqlalchemy.pool import NullPool

from fer_desktop.encryption.key import DatabaseKey
from fer_desktop.encryption.key_sources import KeySource, find_key, find_server_password
from fer_desktop.errors import KeyNeededError, StorageError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.storage.database_url import (
    default_database_url,
    file_not_created,
    file_of_url,
    name_database,
    name_url,
    parse_url,
    reject_arguments,
)
from fer_desktop.storage.driver_errors import PASSING, UNWRITABLE, ErrorKind, classify_error, describe_error
from fer_desktop.storage.file_keys import key_of_file, was_converted
from fer_desktop.storage.gate import Gate
from fer_desktop.storage.logs import LOG_SUFFIXES, logs_belong, set_aside_logs
from fer_desktop.storage.reading_copies import sweep_copies
from fer_desktop.storage.reading_engines import begin_sqlite, connect_and_read, driver_options, engines_without_files
from fer_desktop.storage.sqlite_driver import LOCK_TIMEOUT_S, driver_errors, unlock_connection
from fer_desktop.storage.stamps import stamp_commit
from fer_desktop.system.files import create_private_file, delete_if_stale, make_private, sweep_parts
from fer_desktop.system.folders import make_private_folder

_log = logging.getLogger(__name__)

Value = TypeVar("Value")

_READ_PAUSE_S: Final = 0.2

_EXPLANATIONS: Final = {
    ErrorKind.LOCKED: MessageKey.DATABASE_LOCKED,
    ErrorKind.FULL: MessageKey.DATABASE_DISK_FULL,
    ErrorKind.UNREADABLE_DISK: MessageKey.DATABASE_DISK_UNREADABLE,
    ErrorKind.CORRUPT: MessageKey.DATABASE_DAMAGED,
    ErrorKind.NOT_A_DATABASE: MessageKey.NOT_A_DATABASE,
    ErrorKind.UNWRITABLE: MessageKey.DATABASE_UNWRITABLE,
    ErrorKind.BUSY: MessageKey.DATABASE_BUSY,
    ErrorKind.TOO_MANY_CONNECTIONS: MessageKey.DATABASE_CONNECTIONS_TAKEN,
    ErrorKind.WRONG_PASSWORD: MessageKey.DATABASE_PASSWORD_WRONG,
    ErrorKind.NO_SUCH_DATABASE: MessageKey.DATABASE_NOT_ON_SERVER,
}
_EXPLANATIONS_WITH_REASON: Final = {
    ErrorKind.UNREACHABLE: MessageKey.DATABASE_SERVER_UNREACHABLE,
    ErrorKind.NO_RIGHTS: MessageKey.DATABASE_RIGHTS_MISSING,
    ErrorKind.NOT_ENCRYPTED: MessageKey.DATABASE_NOT_ENCRYPTED,
}


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Database:
    """An engine, the name of its database in messages, and its file; None if it is not a file.

    `key`: None unless the file is encrypted. `gate`: closed while the file is exchanged for one with another key.
    `damaged`: set where the file is; then it is read, and never written. `key_changed`: set where another program has
    encrypted or decrypted the file since; then nothing of it can be read or written any more.
    """

    engine: Engine
    name: str
    path: Path | None
    key: DatabaseKey | None = None
    gate: Gate = field(default_factory=Gate)
    damaged: Event = field(default_factory=Event)
    key_changed: Event = field(default_factory=Event)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one snapshot of the database, also of one that cannot be written.

        Raises `StorageError` only.
        """
        with self.gate.passing(), self.plain_errors(), self._connect_for_reading() as connection, connection.begin():
            yield connection

    def read_patiently(self, read: Callable[[Connection], Value]) -> Value:
        """What `read` makes of such a connection; tried again for some seconds while the server restarts or is busy."""
        give_up_s = time.monotonic() + LOCK_TIMEOUT_S
        while True:
            try:
                with self.read() as connection:
                    return read(connection)
            except StorageError as error:
                cause = error.__cause__
                passing = isinstance(cause, DBAPIError) and classify_error(cause) in PASSING
                if not passing or time.monotonic() > give_up_s:
                    raise
            time.sleep(_READ_PAUSE_S)

    def _connect_for_reading(self) -> Connection:
        """SQLite reads a write-ahead log only where it can make a file beside it, or in the ways tried here after that.

        Raises the first error if no way leads to the data.
        """
        if self.path is None:
            return self._reading_engine().connect()
        try:
            return connect_and_read(self.engine)
        except DBAPIError as error:
            if classify_error(error) not in UNWRITABLE:
                raise
            first = error
        for engine in engines_without_files(self.path, self.key):
            with suppress(DBAPIError):
                return connect_and_read(engine)
        raise first

    def _reading_engine(self) -> Engine:
        """PostgreSQL would let each statement of a transaction see what was committed meanwhile."""
        if not self.on_postgres:
            return self.engine
        return self.engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    @property
    def on_postgres(self) -> bool:
        """Whether it is on a PostgreSQL server."""
        return self.engine.dialect.name == "postgresql"

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A connection whose block is one transaction: all or nothing. Raises `StorageError` only."""
        with self.gate.passing(), self.plain_errors(), self.writing_engine.begin() as connection:
            yield connection

    @property
    def writing_engine(self) -> Engine:
        """Takes SQLite's write lock when a transaction begins: upgrading a read lock later would fail at once.

        Raises `StorageError` where the file is damaged: what is written into one damages more of it.
        """
        if self.damaged.is_set():
            raise StorageError(Message(MessageKey.DATABASE_DAMAGED, database=self.name))
        return self.engine.execution_options(sqlite_begin="BEGIN IMMEDIATE")

    @contextmanager
    def plain_errors(self) -> Iterator[None]:
        """Raises a driver's errors as `StorageError`."""
        try:
            yield
        except driver_errors() as error:
            raise self.explain(error) from error
        except OverflowError as error:
            raise StorageError(Message(MessageKey.NUMBER_TOO_LARGE)) from error
        except UnicodeDecodeError as error:  # SQLite's driver, where even the name of a damaged table is no text
            raise StorageError(Message(MessageKey.DATABASE_DAMAGED, database=self.name)) from error

    def explain(self, error: Exception) -> StorageError:
        """The error of a driver as a `StorageError` that says what to do."""
        kind = classify_error(error)
        if kind is ErrorKind.NOT_A_DATABASE and self.find_changed_key():
            return StorageError(Message(MessageKey.DATABASE_KEY_CHANGED))
        if kind is ErrorKind.NOT_A_DATABASE and self.key is not None:
            return KeyNeededError(Message(MessageKey.DATABASE_KEY_WRONG, database=self.name))
        if kind is ErrorKind.CORRUPT:
            self.damaged.set()
        if kind is ErrorKind.NUMBER_TOO_LARGE:
            return StorageError(Message(MessageKey.NUMBER_TOO_LARGE))
        if kind in _EXPLANATIONS:
            return StorageError(Message(_EXPLANATIONS[kind], database=self.name))
        key = _EXPLANATIONS_WITH_REASON.get(kind, MessageKey.DATABASE_UNUSABLE)
        return StorageError(Message(key, database=self.name, reason=describe_error(error)))

    def find_changed_key(self) -> bool:
        """Whether another program has encrypted or decrypted the file. Only once SQLite takes it for no database."""
        with suppress(OSError):
            if self.path is not None and was_converted(self.path, self.key):
                self.key_changed.set()
        return self.key_changed.is_set()

    def truncate_log(self, *, wait_s: float = LOCK_TIMEOUT_S) -> bool:
        """Empties SQLite's write-ahead log, which would keep deleted rows; False while another connection reads.

        `wait_s`: how long to wait for that; other programs cannot write meanwhile.
        """
        if self.path is None or self.damaged.is_set():
            return True
        with self.gate.passing(), self.plain_errors(), closing(self.engine.raw_connection()) as connection:
            cursor = connection.cursor()
            cursor.execute(f"PRAGMA busy_timeout = {round(1000 * wait_s)}")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            answer = cursor.fetchone()  # busy, pages in the log, pages moved
            return answer is not None and answer[0] == 0

    def remove_dead_rows(self) -> None:
        """Removes deleted rows from the files of a server too. Raises `StorageError` where it may not, or not now."""
        if not self.on_postgres:
            return
        from fer_desktop.storage import postgres

        with self.plain_errors():
            all_gone = postgres.remove_dead_rows(self.engine)
        if not all_gone:
            raise StorageError(Message(MessageKey.DELETED_ROWS_REMAIN, database=self.name))


def connect_database(url: str | None, keys: KeySource = find_key) -> Database:
    """Creates the engine for a URL or a file (None: the default file), and a private file if there is none yet.

    `keys`: has the key if the file is encrypted. Opens no connection. Raises `StorageError`.
    """
    parsed = parse_url(url or default_database_url())
    path = file_of_url(parsed)
    if path is None:
        return Database(_create_engine(parsed, **_server_options(parsed)), name_database(parsed), None)
    _create_file(path, make_folder=url is None)
    sweep_parts(path.parent)
    sweep_copies()
    for part in path.parent.glob(f"{escape(path.name)}.before-*.backup.part"):
        delete_if_stale(part)
    key = _find_key(path, keys)
    options = {"poolclass": NullPool, "connect_args": {"timeout": LOCK_TIMEOUT_S}, **driver_options(key)}
    engine = _create_engine(parsed.set(database=str(path)), key, **options)
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", begin_sqlite)
    event.listen(engine, "commit", _commit_sqlite)
    _set_aside_foreign_logs(path, key)
    return Database(engine, name_database(parsed), path, key)


def _find_key(path: Path, keys: KeySource) -> DatabaseKey | None:
    try:
        return key_of_file(path, keys)
    except OSError as error:
        raise file_not_created(str(path), error) from error


def _server_options(url: URL) -> dict[str, Any]:
    """A connection is made when it is needed: an idle one may be dead by then, and a server has few for a school."""
    return {"poolclass": NullPool, "use_native_hstore": False} if url.get_backend_name() == "postgresql" else {}


def _create_engine(url: URL, key: DatabaseKey | None = None, **options: Any) -> Engine:
    try:
        with warnings.catch_warnings(action="error", category=SAWarning):  # SQLite's driver only warns
            engine = create_engine(url, hide_parameters=True, **options)  # an error's text may be logged
    except (NoSuchModuleError, ImportError) as error:
        message = Message(MessageKey.DATABASE_DRIVER_MISSING, driver=url.drivername, reason=str(error))
        raise StorageError(message) from error
    except (ArgumentError, SAWarning, ValueError, TypeError) as error:
        raise reject_arguments(url, error) from error
    event.listen(engine, "do_connect", partial(_connect, url, key))
    return engine


def _connect(
    url: URL,
    key: DatabaseKey | None,
    dialect: Dialect,
    _record: object,
    values: list[Any],
    options: dict[str, Any],
) -> DBAPIConnection:
    """Connects; only here do drivers check the arguments of a URL. A file that was deleted meanwhile is not made again.

    The file itself is never opened but by SQLite: closing it would release the locks of every connection of this
    process (https://sqlite.org/howtocorrupt.html, 2.2), and another process would remove the log under a session.
    """
    path = file_of_url(url)
    if path is not None:
        with suppress(OSError):  # SQLite explains it
            make_private(path)
        _require_own_logs(path, key)
        values, options = [f"{path.as_uri()}?mode=rw", *values[1:]], {**options, "uri": True}
    try:
        if url.drivername == "postgresql+psycopg":
            return _connect_to_postgres(url, values, options)
        connection = dialect.connect(*values, **options)
    except (ValueError, TypeError, OverflowError) as error:
        raise reject_arguments(url, error) from error
    if key is not None:
        unlock_connection(cast(sqlite3.Connection, connection), key)
    return connection


def _connect_to_postgres(url: URL, values: list[Any], options: dict[str, Any]) -> DBAPIConnection:
    from psycopg import ProgrammingError

    from fer_desktop.storage import postgres

    find = partial(find_server_password, name_url(url))
    try:
        connection = postgres.connect(values, options, lock_timeout_s=LOCK_TIMEOUT_S, find_password=find)
    except ProgrammingError as error:  # of the driver itself: an option that it does not know
        raise reject_arguments(url, error) from error
    return cast(DBAPIConnection, connection)


def _create_file(path: Path, *, make_folder: bool) -> None:
    """Creates a file that only its owner may read; SQLite gives its log files the same mode.

    From a file that exists the rights of others are taken, and from its logs and backups.
    """
    try:
        if make_folder:
            make_private_folder(path.parent)
        with suppress(FileExistsError):
            create_private_file(path)
        make_private(path)
        for own in path.parent.glob(f"{escape(path.name)}*"):
            if own.name.removeprefix(path.name) in LOG_SUFFIXES or own.match("*.before-*.backup"):
                make_private(own)
    except FileNotFoundError as error:
        raise StorageError(Message(MessageKey.DATABASE_FOLDER_MISSING, path=str(path.parent))) from error
    except (OSError, ValueError) as error:  # ValueError: a path that no system accepts
        raise file_not_created(str(path), error) from error


def _set_up_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.text_factory = _decode  # a damaged text must not hide the rows around it
    connection.isolation_level = None  # transactions begin in `_begin_sqlite`, not where the driver guesses
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("PRAGMA temp_store = MEMORY")  # what is sorted never touches another file
    connection.execute("PRAGMA synchronous = FULL")  # surviving a power cut is worth it at one commit a second


def _decode(text: bytes) -> str:
    return text.decode(errors="replace")


def _commit_sqlite(connection: Connection) -> None:
    if "sqlite_begin" in connection.get_execution_options():
        stamp_commit(connection)


def _set_aside_foreign_logs(path: Path, key: DatabaseKey | None) -> None:
    """A database that was replaced while no program had it open must not get what its predecessor's log holds."""
    try:
        if not logs_belong(path, key):
            set_aside_logs(path)
            _log.warning("the log beside %s belongs to another file; it was set aside", path)
    except driver_errors() as error:  # the first connection says what is wrong with the file
        _log.debug("the log beside %s cannot be checked: %s", path, describe_error(error))
    except OSError as error:
        raise file_not_created(str(path), error) from error


def _require_own_logs(path: Path, key: DatabaseKey | None) -> None:
    """Raises `StorageError` where the file was replaced while a session is recorded, which its writer notices too."""
    with suppress(OSError, *driver_errors()):  # SQLite explains it
        if not logs_belong(path, key):
            raise StorageError(Message(MessageKey.DATABASE_REPLACED, database=str(path)))
