"""A session in its database, for the thread that writes it."""

from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, select

from fer_desktop.errors import StorageError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.storage.engine import Database
from fer_desktop.storage.entries import Entry, mark_ended, read_known_students, reopen_session, write_numbered
from fer_desktop.storage.rescue import RescueFiles
from fer_desktop.storage.schema import Session
from fer_desktop.storage.server_locks import hold_session
from fer_desktop.storage.sqlite_driver import driver_errors
from fer_desktop.storage.values import NewSession
from fer_desktop.system.file_hold import FileHold
from fer_desktop.system.files import beside

BeginSession = Callable[[], tuple[int, FileHold]]


class RecordedSession:
    """Begins the session where it has not begun, writes to it and ends it.

    Every method raises `DBAPIError` or `StorageError`; after either, `disconnect` before the next attempt.
    """

    def __init__(self, database: Database, session: NewSession, begin: BeginSession) -> None:
        """`begin`: stores the new session and locks it; raises `StorageError`, and is called again then."""
        self._database = database
        self._session = session
        self._begin = begin
        self._id: int | None = None
        self._lock: FileHold | None = None
        self._connection: Connection | None = None
        self._file: _FileIdentity | None = None
        self._log: _FileIdentity | None = None
        self._known_students: set[int] = set()  # have a committed row
        self._held = 0

    @property
    def id(self) -> int | None:
        """The session's number; None if it has not begun. Any thread."""
        return self._id

    @property
    def held(self) -> int:
        """How many entries the database was seen to hold. Any thread."""
        return self._held

    def require_id(self) -> int:
        """The session's number. Raises `StorageError` if it has not begun."""
        if self._id is None:
            raise StorageError(Message(MessageKey.SESSION_NOT_BEGUN, database=self._database.name))
        return self._id

    def connect(self) -> Connection:
        """The open connection, or a new one to a file that has the session; begins the session where it has not begun.

        SQLite would go on writing into a deleted or replaced file without an error, the database's or its log's.
        """
        identity = _FileIdentity.of(self._database.path)
        if self._connection is not None and identity == self._file:
            if self._log is None or self._find_log() == self._log:
                return self._connection
            self._save_removed_log(self._connection)
        self.disconnect()
        if self._database.path is not None and identity is None:
            raise self._file_changed()
        if self._id is None:
            self._id, self._lock = self._begin()
        connection = self._database.writing_engine.connect()
        try:
            with connection.begin():
                self._look(connection)
                hold_session(connection, self.require_id())
                reopen_session(connection, self.require_id())
        except BaseException:
            connection.close()
            raise
        self._connection, self._file = connection, identity
        return connection

    def write(self, first: int, entries: Sequence[Entry]) -> None:
        """Writes entries, numbered from `first`, in one transaction."""
        connection = self.connect()
        with connection.begin():
            known, _ = write_numbered(connection, self.require_id(), first, entries, self._known_students)
        self._known_students = known
        self._held = first + len(entries)
        self._log = self._find_log()

    def take_in(self, files: RescueFiles) -> None:
        """Writes what is in the recording's own rescue files, and removes them."""
        connection = self.connect()
        try:
            files.take_in(connection, self.require_id())
        except (OSError, ValueError) as error:
            raise StorageError(Message(MessageKey.RESCUE_FILE_UNREADABLE, reason=str(error))) from error
        with connection.begin():
            self._look(connection)

    def end(self, *, interrupted: bool) -> None:
        """Ends the session at its last stored second."""
        connection = self.connect()
        with connection.begin():
            mark_ended(connection, self.require_id(), self._session.started_at, interrupted=interrupted)

    def disconnect(self) -> None:
        """Closes the connection. Never raises."""
        connection, self._connection, self._log = self._connection, None, None
        if connection is not None:
            with suppress(*driver_errors()):
                connection.close()

    def release(self) -> None:
        """Releases the session's lock, so that it does not seem to be recorded. Any thread."""
        lock = self._lock
        if lock is not None:
            lock.release()

    def _find_log(self) -> "_FileIdentity | None":
        path = self._database.path
        return None if path is None else _FileIdentity.of(beside(path, "-wal"))

    def _save_removed_log(self, connection: Connection) -> None:
        """Moves into the database what only this connection, which has the removed log open, can still read."""
        with self._database.plain_errors(), closing(connection.connection.cursor()) as cursor:
            cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")

    def _look(self, connection: Connection) -> None:
        """Reads how much of the session is in the database."""
        same = (Session.id == self._id, Session.started_at == self._session.started_at)
        held = connection.scalar(select(Session.entries).where(*same))
        if held is None:
            raise self._file_changed()
        self._held = held
        self._known_students = read_known_students(connection, self.require_id())

    def _file_changed(self) -> StorageError:
        return StorageError(Message(MessageKey.DATABASE_REPLACED, database=self._database.name))


@dataclass(frozen=True, slots=True)
class _FileIdentity:
    device: int
    inode: int

    @classmethod
    def of(cls, path: Path | None) -> "_FileIdentity | None":
        """None if there is no file, or none to watch."""
        if path is None:
            return None
        try:
            status = path.stat()
        except OSError:
            return None
        return cls(status.st_dev, status.st_ino)
