"""A session in its database, for the thread that writes it."""

import logging
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from typing import cast

from sqlalchemy import Connection, select

from fer_desktop.errors import StorageError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.storage.driver_errors import name_error
from fer_desktop.storage.engine import Database
from fer_desktop.storage.entries import Entry, mark_ended, read_known_students, reopen_session, write_numbered
from fer_desktop.storage.rescue import RescueFiles
from fer_desktop.storage.schema import Session
from fer_desktop.storage.server_locks import hold_session
from fer_desktop.storage.sqlite_driver import driver_errors
from fer_desktop.storage.values import NewSession
from fer_desktop.storage.watched_file import WatchedFile
from fer_desktop.system.file_hold import FileHold

_log = logging.getLogger(__name__)

BeginSession = Callable[[], tuple[int, FileHold]]


class RecordedSession:
    """Begins the session where it has not begun, writes to it and ends it.

    Every method raises `DBAPIError` or `StorageError`; after either, `disconnect` before the next attempt.
    """

    def __init__(
        self,
        database: Database,
        session: NewSession,
        begin: BeginSession,
        *,
        keep_earlier: Callable[[], bool],
        is_given_up: Callable[[], bool],
    ) -> None:
        """`begin`: stores the new session and locks it; raises `StorageError`, and is called again then.

        `keep_earlier`: puts all that the database has lost into rescue files; returns whether they have it.
        `is_given_up`: whether nothing may be written any more, as when a lock is given too late.
        """
        self._database = database
        self._session = session
        self._begin = begin
        self._keep_earlier = keep_earlier
        self._is_given_up = is_given_up
        self._id: int | None = None
        self._lock: FileHold | None = None
        self._connection: Connection | None = None
        self._watched = WatchedFile(database.path, database.key)
        self._file_was_changed = False
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

        A file that was deleted, replaced or overwritten gets nothing more through the connection that was open.
        """
        connection = self._connection
        if connection is not None and self._check_file():
            if not self._watched.log_is_missing:
                return connection
            self._save_removed_log(connection)
        self.disconnect()
        if self._watched.is_missing or (self._file_was_changed and not self._watched.is_at_rest()):
            raise self._lose_file()
        if self._id is None:
            self._id, self._lock = self._begin()
        self._watched.begin()
        connection = self._database.writing_engine.connect()
        try:
            with connection.begin():
                self._look(connection)
                hold_session(connection, self.require_id())
                reopen_session(connection, self.require_id())
            self._watched.note_log()
        except BaseException:
            connection.close()
            raise
        self._connection, self._file_was_changed = connection, False
        return connection

    def write(self, first: int, entries: Sequence[Entry]) -> None:
        """Writes entries, numbered from `first`, in one transaction."""
        connection = self.connect()
        if first > self._held:
            raise self._lose_file()
        with connection.begin():
            self._require_time_left()
            known, _ = write_numbered(connection, self.require_id(), first, entries, self._known_students)
        self._known_students = known
        self._held = first + len(entries)
        self._watched.note_log()
        if not self._check_file():
            raise self._file_changed()

    def take_in(self, files: RescueFiles) -> None:
        """Writes what is in the recording's own rescue files, and removes them."""
        connection = self.connect()
        try:
            files.take_in(connection, self.require_id())
        except (OSError, ValueError) as error:
            raise StorageError(Message(MessageKey.RESCUE_FILE_UNREADABLE, reason=name_error(error))) from error
        with connection.begin():
            self._look(connection)

    def end(self, *, interrupted: bool) -> None:
        """Ends the session at its last stored second."""
        connection = self.connect()
        with connection.begin():
            self._require_time_left()
            mark_ended(connection, self.require_id(), self._session.started_at, interrupted=interrupted)

    def _require_time_left(self) -> None:
        """What is not in the database by now is in a rescue file, and its seconds were reported so."""
        if self._is_given_up():
            raise StorageError(Message(MessageKey.SESSION_ENDED))

    def explain(self, error: Exception) -> StorageError:
        """Why something failed: often as the file was changed meanwhile."""
        with suppress(OSError, *driver_errors()):
            if self._connection is not None and not self._check_file():
                return self._file_changed()
        return self._database.explain(error)

    def disconnect(self) -> None:
        """Closes the connection. Never raises."""
        if self._connection is not None:
            is_same = False
            with suppress(OSError, *driver_errors()):
                is_same = self._check_file()
            self._close(keep_log=not is_same)

    def _close(self, *, keep_log: bool) -> None:
        """`keep_log`: as what is in it may not belong into the file; whoever opens that next moves it there, or not."""
        connection, self._connection = self._connection, None
        if connection is None:
            return
        with suppress(*driver_errors()):
            if keep_log:
                _keep_log(connection)
            connection.close()

    def release(self) -> None:
        """Releases the session's lock, so that it does not seem to be recorded. Any thread."""
        lock = self._lock
        if lock is not None:
            lock.release()

    def _check_file(self) -> bool:
        """Whether the file is the one that was opened; leaves it if not. Raises `OSError` or `driver_errors()`."""
        if self._watched.is_same(self._id, self._held):
            return True
        overwritten = self._watched.is_overwritten
        if overwritten:
            with suppress(OSError):
                self._watched.disarm_log()
        self._close(keep_log=overwritten)
        _log.debug("%s was changed by another program while session %s was recorded", self._database.name, self._id)
        self._lose_file()
        return False

    def _lose_file(self) -> StorageError:
        """What was in the file is kept elsewhere."""
        if self._held or not self._file_was_changed:
            self._keep_earlier()
        self._held, self._file_was_changed = 0, True
        return self._file_changed()

    def _save_removed_log(self, connection: Connection) -> None:
        """Moves into the database what only this connection, which has the removed log open, can still read."""
        with self._database.plain_errors(), closing(connection.connection.cursor()) as cursor:
            cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")

    def _look(self, connection: Connection) -> None:
        """Reads how much of the session is in the database."""
        same = (Session.id == self._id, Session.started_at == self._session.started_at)
        held = connection.scalar(select(Session.entries).where(*same))
        if held is None or held < self._held:
            error = self._lose_file()
            if held is None:
                raise error
        self._held = held
        self._known_students = read_known_students(connection, self.require_id())

    def _file_changed(self) -> StorageError:
        return StorageError(Message(MessageKey.DATABASE_REPLACED, database=self._database.name))


def _keep_log(connection: Connection) -> None:
    """An interrupted connection moves no log into the file when it closes (`sqlite3_interrupt`)."""
    cast(sqlite3.Connection, connection.connection.driver_connection).interrupt()
