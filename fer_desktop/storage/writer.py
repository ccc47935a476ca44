"""The thread that writes a session while it is recorded."""

import logging
import math
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, select

from fer_desktop.errors import StorageError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.roster.names import tidy_name
from fer_desktop.storage.clock_rows import make_clock_row
from fer_desktop.storage.engine import Database
from fer_desktop.storage.entries import (
    Correction,
    Entry,
    mark_ended,
    read_known_students,
    reopen_session,
    write_entries,
)
from fer_desktop.storage.free_space import SpaceWatch
from fer_desktop.storage.inbox import Inbox
from fer_desktop.storage.locks import FileHold
from fer_desktop.storage.rescue import RescueFiles, count_seconds
from fer_desktop.storage.rows import Row, RowMaker
from fer_desktop.storage.schema import Session
from fer_desktop.storage.server_locks import hold_session
from fer_desktop.storage.sqlite_driver import driver_errors
from fer_desktop.storage.values import KeptSeconds, NewSession
from fer_desktop.types import ClockReading, Event, SecondRecord

_log = logging.getLogger(__name__)

INBOX_LIMIT: Final = 1_800
"""Half an hour of seconds (about 50 MB for 49 students) is kept in memory at most."""

SPILL_AFTER_S: Final = 60.0
"""How long rows wait in memory while the database cannot be written; then they go into a rescue file."""

FILE_CHECK_PERIOD_S: Final = 1.0
RETRY_PAUSE_S: Final = 0.5
LONGEST_RETRY_PAUSE_S: Final = 8.0
CLOSE_TIMEOUT_S: Final = 5.0
"""How long `close` retries before it puts the remaining rows into a rescue file."""

FaultCallback = Callable[[StorageError | None], None]
SpaceCallback = Callable[[int | None], None]
BeginSession = Callable[[], tuple[int, FileHold]]


class SessionWriter:
    """Accepts a session's seconds and events from any thread and writes them in order, at most a second later.

    While the database cannot be written (locked, full, read-only, or its medium is gone), `fault` holds the reason; the
    writer retries, keeps the rows in memory, and after a minute in rescue files. A session need not have begun in the
    database for that. `record` raises only if neither takes anything, or after an error in the program.
    """

    def __init__(
        self,
        database: Database,
        session: NewSession,
        *,
        begin: BeginSession,
        on_fault: FaultCallback | None = None,
        on_low_space: SpaceCallback | None = None,
    ) -> None:
        """Created by `Store.begin_session`. The writer's thread calls `on_fault`, with None when a fault is over.

        `begin`: stores the new session and locks it; raises `StorageError`, and is called again then.
        """
        self._database = database
        self._session = session
        self._begin = begin
        self._on_fault = on_fault
        self._rows = RowMaker(aggregate_only=session.aggregate_only, expressions_on=session.expressions_on)
        self._inbox: Inbox[Entry] = Inbox(INBOX_LIMIT)
        self._pending: list[Entry] = []
        self._pending_since_s = math.inf
        self._rescue = RescueFiles(database, session)
        self._space = SpaceWatch(database.path, on_low_space)
        self._fault: StorageError | None = None
        self._reported: tuple[Message | None, bool, bool] = (None, False, False)
        self._lost = False
        self._interrupted = False
        self._last_second = -1
        self._recorded = 0
        self._stored = 0
        self._session_id: int | None = None
        self._lock: FileHold | None = None
        self._connection: Connection | None = None
        self._file: _FileIdentity | None = None
        self._known_students: set[int] = set()  # have a committed row
        with suppress(StorageError):  # the thread tries again, and reports it
            self._session_id, self._lock = begin()
            self._file = _FileIdentity.of(database.path)
        self._thread = threading.Thread(target=self._run, name="session writer", daemon=True)
        self._thread.start()

    @property
    def session_id(self) -> int:
        """The number of the session that is written. Raises `StorageError` if it has not `begun`."""
        if self._session_id is None:
            raise StorageError(Message(MessageKey.SESSION_NOT_BEGUN, database=self._database.name))
        return self._session_id

    @property
    def begun(self) -> bool:
        """Whether the session is in the database and has a number."""
        return self._session_id is not None

    @property
    def kept(self) -> KeptSeconds:
        """Where the seconds recorded so far are; final after `close`."""
        return KeptSeconds(self._recorded, self._stored, self._rescue.seconds)

    @property
    def rescue_file(self) -> Path | None:
        """The newest rescue file; None while all is in the database or in memory."""
        return self._rescue.newest

    @property
    def lost(self) -> bool:
        """Whether the fault is permanent: nothing more will be written."""
        return self._lost

    @property
    def fault(self) -> StorageError | None:
        """Why the writer cannot write now; None if it can."""
        return self._fault

    def record(self, record: SecondRecord) -> None:
        """Queues one finished second; seconds must increase. Never blocks. Raises `StorageError` if it cannot."""
        if record.second <= self._last_second:
            raise ValueError(f"second {record.second} came after second {self._last_second}")
        self._put(
            Entry(
                seconds=record.second + 1,
                mood=self._rows.mood_row(record.mood),
                samples=tuple(self._rows.sample_rows(record)),
                events=self._event_rows(record.events),
                names=self._name_rows(record.names),
            )
        )
        self._last_second = record.second
        self._recorded += 1
        for merge in record.merges:
            self.merge_students(merge.student, merge.into)
        for student in record.erased:
            self.erase_student(student)

    def add_event(self, event: Event) -> None:
        """Queues an event outside a record: a bookmark, a lost capture. Any thread; otherwise as `record`."""
        self._put(Entry(events=self._event_rows([event])))

    def note_clock(self, reading: ClockReading) -> None:
        """Queues what the computer's clock shows. Any thread; otherwise as `record`."""
        self._put(Entry(clock=(make_clock_row(reading),)))

    def merge_students(self, student: int, into: int) -> None:
        """Gives what was queued so far of `student` to `into`. Any thread; otherwise as `record`."""
        if student == into:
            raise ValueError(f"student {student} cannot be joined with themselves")
        self._put(Entry(correction=Correction(student, into)))

    def erase_student(self, student: int) -> None:
        """Erases what was queued so far of `student`. Any thread; otherwise as `record`."""
        self._put(Entry(correction=Correction(student)))

    def settle_student(self, student: int, into: int | None) -> None:
        """Joins a student who was in view only briefly with `into`, or drops them; can be undone. As `record`."""
        self._put(Entry(correction=Correction(student, into, settles=True)))

    def close(self, *, interrupted: bool = False) -> None:
        """Writes the remaining rows, ends the session, joins the thread. May be called twice.

        If the database still cannot be written after some seconds, the rows go into a rescue file, and `fault` stays.
        """
        self._interrupted |= interrupted
        self._inbox.close()
        self._thread.join()

    def _event_rows(self, events: Iterable[Event]) -> tuple[Row, ...]:
        return tuple(row for event in events if (row := self._rows.event_row(event)) is not None)

    def _name_rows(self, names: Iterable[tuple[int, str]]) -> tuple[Row, ...]:
        rows = (self._rows.student_row(student, tidy_name(name)) for student, name in names)
        return tuple(row for row in rows if row is not None)

    def _put(self, entry: Entry) -> None:
        if self._lost and self._fault is not None:
            raise self._fault
        if self._inbox.put(entry):
            return
        if self._inbox.closed:
            raise StorageError(Message(MessageKey.SESSION_ENDED))
        if self._fault is None:
            raise StorageError(Message(MessageKey.DATABASE_STOPPED_ACCEPTING))
        raise StorageError(Message(MessageKey.DATABASE_BLOCKED_TOO_LONG, error=self._fault.message))

    def _run(self) -> None:
        """The thread. It always releases the locks at its end, so that the session does not seem to be running."""
        try:
            if self._write_until_closed():
                self._truncate_log()
        except Exception as error:  # noqa: BLE001 - the top of a thread: the fault is reported to the user
            _log.debug("the writer of session %s failed", self._session_id, exc_info=True)
            self._lost = True
            self._pending += self._inbox.take_all(0)
            self._spill(interrupted=True)
            self._report(StorageError(Message(MessageKey.WRITER_FAILED, error=str(error))))
        finally:
            self._disconnect()
            self._rescue.release()
            if self._lock is not None:
                self._lock.release()

    def _truncate_log(self) -> None:
        self._disconnect()
        try:
            self._database.truncate_log()
        except StorageError as error:  # all is stored; the next session or deletion empties the log
            _log.warning("%s", error)

    def _write_until_closed(self) -> bool:
        """Returns whether everything is in the database; otherwise the rest is in a rescue file, or `lost`."""
        pause_s, give_up_s = RETRY_PAUSE_S, math.inf
        while True:
            closing = self._inbox.closed
            self._take_entries()
            self._space.check()
            fault = self._try_write(ending=closing)
            self._report(fault)
            if fault is None:
                pause_s = RETRY_PAUSE_S
                if closing:
                    return True
                continue
            if closing and time.monotonic() > give_up_s:
                self._give_up(fault)
                return False
            self._spill_after_a_while()
            if self._inbox.wait_closed(pause_s):
                give_up_s = min(give_up_s, time.monotonic() + CLOSE_TIMEOUT_S)
                time.sleep(RETRY_PAUSE_S)
            pause_s = min(2 * pause_s, LONGEST_RETRY_PAUSE_S)

    def _take_entries(self) -> None:
        """Waits for entries unless some have to be written again; takes none while the memory is full of these."""
        if len(self._pending) >= INBOX_LIMIT and not self._inbox.closed:
            return
        waiting = bool(self._pending) or self._fault is not None
        entries = self._inbox.take_all(0 if waiting else FILE_CHECK_PERIOD_S)
        if entries and not self._pending:
            self._pending_since_s = time.monotonic()
        self._pending += entries

    def _try_write(self, *, ending: bool) -> StorageError | None:
        """One attempt to bring everything into the database, and to end the session; returns why it failed."""
        try:
            connection = self._connect()
            self._take_in_own_parts(connection)
            if self._pending:
                with connection.begin():
                    known = write_entries(connection, self.session_id, self._pending, self._known_students)
                self._known_students = known
                self._stored += count_seconds(self._pending)
                self._pending.clear()
            if ending:
                with connection.begin():
                    started_at = self._session.started_at
                    mark_ended(connection, self.session_id, started_at, interrupted=self._interrupted)
        except driver_errors() as error:
            fault = self._database.explain(error)
        except StorageError as error:
            fault = error
        else:
            return None
        self._disconnect()
        return fault

    def _connect(self) -> Connection:
        """The open connection, or a new one to a file that has the session; begins the session where it has not begun.

        SQLite would go on writing into a deleted or replaced file without an error.
        """
        identity = _FileIdentity.of(self._database.path)
        if self._connection is not None and identity == self._file:
            return self._connection
        self._disconnect()
        if self._database.path is not None and identity is None:
            raise self._file_changed()
        if self._session_id is None:
            self._session_id, self._lock = self._begin()
        connection = self._database.writing_engine.connect()
        try:
            self._require_session(connection)
        except BaseException:
            connection.close()
            raise
        self._connection, self._file = connection, identity
        return connection

    def _require_session(self, connection: Connection) -> None:
        same = (Session.id == self._session_id, Session.started_at == self._session.started_at)
        with connection.begin():
            if connection.scalar(select(Session.id).where(*same)) is None:
                raise self._file_changed()
            hold_session(connection, self.session_id)
            reopen_session(connection, self.session_id)
            self._known_students = read_known_students(connection, self.session_id)

    def _disconnect(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(*driver_errors()):
                connection.close()

    def _file_changed(self) -> StorageError:
        return StorageError(Message(MessageKey.DATABASE_REPLACED, database=self._database.name))

    def _take_in_own_parts(self, connection: Connection) -> None:
        if self._rescue.newest is None:
            return
        try:
            self._stored += self._rescue.take_in(connection, self.session_id)
        except (OSError, ValueError) as error:
            raise StorageError(Message(MessageKey.RESCUE_FILE_UNREADABLE, reason=str(error))) from error
        with connection.begin():
            self._known_students = read_known_students(connection, self.session_id)

    def _spill_after_a_while(self) -> None:
        full = len(self._pending) >= INBOX_LIMIT
        if self._pending and (full or time.monotonic() - self._pending_since_s > SPILL_AFTER_S):
            self._spill()
            self._report(self._fault)

    def _spill(self, *, interrupted: bool | None = None) -> bool:
        """Puts what is in memory into a rescue file. `interrupted`: set at the end of the session. Whether it could."""
        try:
            self._rescue.spill(self._pending, self._session_id, interrupted=interrupted)
        except (OSError, ValueError, TypeError) as error:
            _log.debug("no rescue file can be written: %s", error)
            return False
        self._pending.clear()
        return True

    def _give_up(self, fault: StorageError) -> None:
        if not self._spill(interrupted=self._interrupted):
            self._lost = True
            fault = StorageError(Message(MessageKey.LAST_SECONDS_LOST, error=fault.message))
        self._report(fault)

    def _report(self, fault: StorageError | None) -> None:
        """Calls back when the fault changes, or where what waits for its end is kept."""
        state = (None if fault is None else fault.message, self._lost, self._rescue.newest is not None)
        self._fault = fault
        if state == self._reported:
            return
        self._reported = state
        if self._on_fault is not None:
            self._on_fault(fault)


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
