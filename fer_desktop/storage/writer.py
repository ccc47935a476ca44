"""The thread that writes a session while it is recorded."""

import logging
import math
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, insert, update
from sqlalchemy.exc import DBAPIError

from fer_desktop.errors import StorageError
from fer_desktop.roster.names import tidy_name
from fer_desktop.storage.corrections import erase_student, merge_students
from fer_desktop.storage.engine import Database, ErrorKind, classify_error
from fer_desktop.storage.inbox import Inbox
from fer_desktop.storage.locks import SessionLock
from fer_desktop.storage.rows import Row, RowMaker
from fer_desktop.storage.schema import Base, EventRow, Mood, Sample, Session, Student
from fer_desktop.storage.totals import store_totals
from fer_desktop.types import Event, SecondRecord

_log = logging.getLogger(__name__)

INBOX_LIMIT: Final = 1_800
"""Half an hour of seconds (about 50 MB for 49 students) is kept in memory while the database is locked or full."""

FILE_CHECK_PERIOD_S: Final = 1.0
RETRY_PAUSE_S: Final = 0.5
CLOSE_TIMEOUT_S: Final = 5.0
"""How long `close` retries to write the remaining rows."""

_TRANSIENT_ERRORS: Final = frozenset({ErrorKind.LOCKED, ErrorKind.FULL, ErrorKind.UNREADABLE_DISK})

FaultCallback = Callable[[StorageError | None], None]


@dataclass(frozen=True, slots=True)
class _Correction:
    """A merge of `student` into `into`; if that is None, the student is erased."""

    student: int
    into: int | None = None

    def apply(self, connection: Connection, session_id: int, known: set[int]) -> set[int]:
        """`known`: the students who have a row; returns those who have one afterwards."""
        if self.into is None:
            erase_student(connection, session_id, self.student)
            return known - {self.student}
        merge_students(connection, session_id, self.student, self.into)
        return known - {self.student} | ({self.into} if known & {self.student, self.into} else set())


@dataclass(frozen=True, slots=True)
class _Entry:
    """The rows of one record or event, made by the thread that passed it in, or a correction of earlier rows."""

    seconds: int = 0
    mood: Row | None = None
    samples: tuple[Row, ...] = ()
    events: tuple[Row, ...] = ()
    names: tuple[Row, ...] = ()
    correction: _Correction | None = None


class SessionWriter:
    """Accepts a session's seconds and events from any thread and writes them in order, at most a second later.

    While the database is locked or the disk is full, rows are kept in memory and written afterwards. Until then `fault`
    holds the reason (a lock is reported after some seconds), and `record` raises only if the inbox is full. A lost or
    damaged file is a permanent fault: `record` then raises. What was written is kept.
    """

    def __init__(
        self,
        database: Database,
        lock: SessionLock,
        rows: RowMaker,
        *,
        started_at: datetime,
        on_fault: FaultCallback | None = None,
    ) -> None:
        """Created by `Store.begin_session`. The writer's thread calls `on_fault`, with None when a fault is over."""
        self._database = database
        self._lock = lock
        self._rows = rows
        self._started_at = started_at
        self._on_fault = on_fault
        self._inbox: Inbox[_Entry] = Inbox(INBOX_LIMIT)
        self._fault: StorageError | None = None
        self._lost = False
        self._interrupted = False
        self._last_second = -1
        self._seconds = 0
        self._known_students: set[int] = set()  # have a committed row
        self._next_known: set[int] = set()  # will have one after the current transaction
        self._file = _FileIdentity.of(database.path)
        self._thread = threading.Thread(target=self._run, name=f"writer of session {rows.session_id}", daemon=True)
        self._thread.start()

    @property
    def session_id(self) -> int:
        """The number of the session that is written."""
        return self._rows.session_id

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
            _Entry(
                seconds=record.second + 1,
                mood=self._rows.mood_row(record.mood),
                samples=tuple(self._rows.sample_rows(record)),
                events=self._event_rows(record.events),
                names=self._name_rows(record.names),
            )
        )
        self._last_second = record.second
        for merge in record.merges:
            self.merge_students(merge.student, merge.into)
        for student in record.erased:
            self.erase_student(student)

    def add_event(self, event: Event) -> None:
        """Queues an event outside a record: a bookmark, a lost capture. Any thread; otherwise as `record`."""
        self._put(_Entry(events=self._event_rows([event])))

    def merge_students(self, student: int, into: int) -> None:
        """Gives what was queued so far of `student` to `into`. Any thread; otherwise as `record`."""
        if student == into:
            raise ValueError(f"student {student} cannot be joined with themselves")
        self._put(_Entry(correction=_Correction(student, into)))

    def erase_student(self, student: int) -> None:
        """Erases what was queued so far of `student`. Any thread; otherwise as `record`."""
        self._put(_Entry(correction=_Correction(student)))

    def close(self, *, interrupted: bool = False) -> None:
        """Writes the remaining rows, ends the session, joins the thread. May be called twice. Failure: see `fault`."""
        self._interrupted |= interrupted
        self._inbox.close()
        self._thread.join()

    def _event_rows(self, events: Iterable[Event]) -> tuple[Row, ...]:
        return tuple(row for event in events if (row := self._rows.event_row(event)) is not None)

    def _name_rows(self, names: Iterable[tuple[int, str]]) -> tuple[Row, ...]:
        rows = (self._rows.student_row(student, tidy_name(name)) for student, name in names)
        return tuple(row for row in rows if row is not None)

    def _put(self, entry: _Entry) -> None:
        if self._lost and self._fault is not None:
            raise self._fault
        if self._inbox.put(entry):
            return
        if self._inbox.closed:
            raise StorageError(f"session {self.session_id} has ended; begin another one to record")
        reason = f" ({self._fault})" if self._fault else ""
        raise StorageError(f"the database has not taken anything for too long, so recording stopped{reason}")

    def _run(self) -> None:
        """The thread. It always releases the lock at its end, so that the session does not seem to be running."""
        try:
            with self._database.writing_engine.connect() as connection:
                ended = self._write_until_closed(connection) and self._try_until_written(connection, self._mark_ended)
            if ended:
                self._database.truncate_log()
        except (DBAPIError, sqlite3.Error) as error:
            if self._check_file():
                self._fail(self._database.explain(error))
        except Exception as error:  # noqa: BLE001 - the top of a thread: the fault is reported to the user
            _log.debug("the writer of session %s failed", self.session_id, exc_info=True)
            self._fail(StorageError(f"recording stopped by an error in the program ({error}); restart it"))
        finally:
            self._lock.release()

    def _write_until_closed(self, connection: Connection) -> bool:
        """Returns whether everything was written."""
        while True:
            closing = self._inbox.closed
            entries = self._inbox.take_all(FILE_CHECK_PERIOD_S)
            if not self._check_file():
                return False
            if entries:
                if not self._try_until_written(connection, partial(self._write_entries, entries=entries)):
                    return False
                self._known_students = self._next_known
                self._seconds = max(self._seconds, *(entry.seconds for entry in entries))
            elif closing:
                return True

    def _try_until_written(self, connection: Connection, write: Callable[[Connection], None]) -> bool:
        """Retries until it is written, an error is permanent, or the timeout after `close` is over."""
        deadline_s = math.inf
        while True:
            try:
                with connection.begin():
                    write(connection)
            except (DBAPIError, sqlite3.Error) as error:
                fault = self._database.explain(error)
                transient = classify_error(error) in _TRANSIENT_ERRORS
            else:
                self._report(None)
                return True
            if not self._check_file():
                return False
            if not transient or time.monotonic() > deadline_s:
                self._fail(fault if not transient else StorageError(f"the last seconds are not stored: {fault}"))
                return False
            self._report(fault)
            if self._inbox.wait_closed(RETRY_PAUSE_S):
                deadline_s = min(deadline_s, time.monotonic() + CLOSE_TIMEOUT_S)
                time.sleep(RETRY_PAUSE_S)

    def _write_entries(self, connection: Connection, *, entries: list[_Entry]) -> None:
        """Writes rows table by table up to the next correction, which applies to all earlier rows and no later ones."""
        known = set(self._known_students)
        for correction, group in groupby(entries, key=lambda entry: entry.correction):
            if correction is None:
                self._write_rows(connection, list(group), known)
            else:
                known = correction.apply(connection, self.session_id, known)
        seconds = max(entry.seconds for entry in entries)
        if seconds:
            connection.execute(update(Session).where(Session.id == self.session_id).values(seconds=seconds))
        self._next_known = known

    def _write_rows(self, connection: Connection, entries: list[_Entry], known: set[int]) -> None:
        """Writes the rows. `known`: students who have a row; those who get one now are added."""
        new_students = sorted(_students_in(entries) - known)
        rows_by_table: dict[type[Base], list[Row]] = {
            Student: [row for student in new_students if (row := self._rows.student_row(student)) is not None],
            Sample: [row for entry in entries for row in entry.samples],
            Mood: [entry.mood for entry in entries if entry.mood is not None],
            EventRow: [row for entry in entries for row in entry.events],
        }
        for model, rows in rows_by_table.items():
            if rows:
                connection.execute(insert(model), rows)
        for name in (name for entry in entries for name in entry.names):
            of_student = (Student.session_id == name["session_id"], Student.student == name["student"])
            connection.execute(update(Student).where(*of_student).values(name=name["name"]))
        known.update(new_students)

    def _mark_ended(self, connection: Connection) -> None:
        ended_at = self._started_at + timedelta(seconds=self._seconds)
        ended = update(Session).where(Session.id == self.session_id)
        connection.execute(ended.values(ended_at=ended_at, interrupted=self._interrupted))
        store_totals(connection, self.session_id)

    def _check_file(self) -> bool:
        """Detects a deleted or replaced file, into which SQLite would go on writing without an error."""
        if _FileIdentity.of(self._database.path) == self._file:
            return True
        self._fail(
            StorageError(
                f"the database {self._database.name} was deleted or replaced while session {self.session_id} was "
                "recorded, so recording stopped; put it back, or start again to begin a new one"
            )
        )
        return False

    def _fail(self, fault: StorageError) -> None:
        self._report(fault)
        self._lost = True

    def _report(self, fault: StorageError | None) -> None:
        if str(fault) == str(self._fault):
            return
        self._fault = fault
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


def _students_in(entries: Iterable[_Entry]) -> set[int]:
    rows = (row for entry in entries for row in (*entry.samples, *entry.names))
    return {student for row in rows if isinstance(student := row["student"], int)}
