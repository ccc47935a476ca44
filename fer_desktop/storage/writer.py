"""The thread that writes a session while it is recorded."""

import logging
import math
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from fer_desktop.errors import StorageError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.roster.names import tidy_name
from fer_desktop.storage.backlog import Backlog
from fer_desktop.storage.clock_rows import make_clock_row
from fer_desktop.storage.driver_errors import name_error
from fer_desktop.storage.engine import Database
from fer_desktop.storage.entries import Correction, Entry
from fer_desktop.storage.free_space import SpaceWatch
from fer_desktop.storage.recorded_session import BeginSession, RecordedSession
from fer_desktop.storage.rescue import RescueFiles
from fer_desktop.storage.rows import Row, RowMaker
from fer_desktop.storage.spiller import Spiller
from fer_desktop.storage.sqlite_driver import LOCK_TIMEOUT_S, driver_errors
from fer_desktop.storage.values import KeptSeconds, NewSession
from fer_desktop.types import ClockReading, Event, Merge, SecondRecord

_log = logging.getLogger(__name__)

MEMORY_LIMIT: Final = 1_800
"""Half an hour of seconds (about 50 MB for 49 students) is kept in memory at most."""

FILE_CHECK_PERIOD_S: Final = 1.0
RETRY_PAUSE_S: Final = 0.5
LONGEST_RETRY_PAUSE_S: Final = 8.0
BEGIN_WAIT_S: Final = 0.5
"""How long `__init__` waits for the session's number, which a free database gives at once."""
NO_ANSWER_AFTER_S: Final = LOCK_TIMEOUT_S + 1.0
"""After which an attempt that has neither succeeded nor failed is reported: it hangs."""
CLOSE_TIMEOUT_S: Final = 5.0
"""How long `close` lets the database take what remains, before it puts that into a rescue file."""
_JOIN_S: Final = 1.0

FaultCallback = Callable[[StorageError | None], None]
SpaceCallback = Callable[[int | None], None]


class SessionWriter:
    """Accepts a session's seconds and events from any thread and writes them in order, at most a second later.

    While the database cannot be written (locked, full, read-only, its medium gone, or not answering), `fault` holds the
    reason; the writer retries, and rows go into rescue files within a second, on a thread of their own. A session need
    not have begun in the database for that. `record` raises only if neither takes anything, or after an error in the
    program.
    """

    def __init__(
        self,
        database: Database,
        session: NewSession,
        *,
        recording: str,
        begin: BeginSession,
        empty_log: Callable[[], None],
        on_fault: FaultCallback | None = None,
        on_low_space: SpaceCallback | None = None,
    ) -> None:
        """Created by `Store.begin_session`. The writer's threads call `on_fault`, with None when a fault is over.

        `recording`: the session's random name. `begin`: as in `RecordedSession`. `empty_log`: called once all is
        stored; raises `StorageError`.
        """
        self._database = database
        self._on_fault = on_fault
        self._empty_log = empty_log
        self._rows = RowMaker(aggregate_only=session.aggregate_only, expressions_on=session.expressions_on)
        self._backlog = Backlog(MEMORY_LIMIT)
        self._rescue = RescueFiles(database, session, recording)
        self._spiller = Spiller(self._backlog, self._rescue, on_look=self._check_answer)
        self._given_up = threading.Event()
        self._target = RecordedSession(
            database,
            session,
            begin,
            keep_earlier=self._spiller.spill_all,
            is_given_up=self._given_up.is_set,
        )
        self._space = SpaceWatch(database.path, on_low_space)
        self._fault: StorageError | None = None
        self._reported: tuple[Message | None, bool, bool] = (None, False, False)
        self._report_lock = threading.RLock()
        self._lost = False
        self._interrupted = False
        self._last_second = -1
        self._attempt_since_s = math.inf
        self._tried_to_begin = threading.Event()
        self._settled = threading.Event()  # all is stored, or there is no more waiting for that
        self._all_stored = False
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="session writer", daemon=True)
        self._thread.start()
        self._spiller.start()
        self._tried_to_begin.wait(BEGIN_WAIT_S)

    @property
    def session_id(self) -> int:
        """The number of the session that is written. Raises `StorageError` if it has not `begun`."""
        return self._target.require_id()

    @property
    def begun(self) -> bool:
        """Whether the session is in the database and has a number."""
        return self._target.id is not None

    @property
    def kept(self) -> KeptSeconds:
        """Where the seconds recorded so far are; final after `close`."""
        held = self._target.held
        stored = self._backlog.count_seconds(held)
        rescued = self._backlog.count_seconds(max(held, self._rescue.end)) - stored
        return KeptSeconds(self._backlog.count_seconds(), stored, rescued)

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
        for correction in record.corrections:
            if isinstance(correction, Merge):
                self.merge_students(correction.student, correction.into)
            else:
                self.erase_student(correction.student, since=correction.since)

    def add_event(self, event: Event) -> None:
        """Queues an event outside a record: a bookmark, a lost capture. Any thread; otherwise as `record`."""
        self._put(Entry(events=self._event_rows([event])))

    def note_clock(self, reading: ClockReading) -> None:
        """Queues what the computer's clock shows. Any thread; otherwise as `record`."""
        self._put(Entry(clock=(make_clock_row(reading),)))

    def merge_students(self, student: int, into: int) -> None:
        """Gives what was queued so far of `student` to `into`. Any thread; otherwise as `record`."""
        if student == into:
            raise ValueError(f"student {student} cannot be merged with themselves")
        self._put(Entry(correction=Correction(student, into)))

    def erase_student(self, student: int, *, since: int = 0) -> None:
        """Erases what was queued so far of `student`, from second `since` on. Any thread; otherwise as `record`."""
        self._put(Entry(correction=Correction(student, since=since)))

    def settle_student(self, student: int, into: int | None) -> None:
        """Joins a student who was in view only briefly with `into`, or drops them; can be undone. As `record`."""
        self._put(Entry(correction=Correction(student, into, settles=True)))

    def close(self, *, interrupted: bool = False, patience_s: float | None = None) -> None:
        """Writes the remaining rows and ends the session. May be called twice.

        If the database has not taken them within `patience_s` (`CLOSE_TIMEOUT_S` by default), or `stop_waiting` is
        called, the rows go into a rescue file, and `fault` stays.
        """
        if self._closed:
            return
        self._closed = True
        self._interrupted |= interrupted
        self._backlog.close()
        patience_s = CLOSE_TIMEOUT_S if patience_s is None else patience_s
        self._settled.wait(None if math.isinf(patience_s) else patience_s)
        self._end_threads()

    def stop_waiting(self) -> None:
        """Ends the patience of `close`. Any thread."""
        self._settled.set()

    def _event_rows(self, events: Iterable[Event]) -> tuple[Row, ...]:
        return tuple(row for event in events if (row := self._rows.event_row(event)) is not None)

    def _name_rows(self, names: Iterable[tuple[int, str]]) -> tuple[Row, ...]:
        rows = (self._rows.student_row(student, tidy_name(name)) for student, name in names)
        return tuple(row for row in rows if row is not None)

    def _put(self, entry: Entry) -> None:
        if self._lost and self._fault is not None:
            raise self._fault
        if self._backlog.put(entry):
            return
        if self._backlog.closed:
            raise StorageError(Message(MessageKey.SESSION_ENDED))
        if self._fault is None:
            raise StorageError(Message(MessageKey.DATABASE_STOPPED_ACCEPTING))
        raise StorageError(Message(MessageKey.DATABASE_BLOCKED_TOO_LONG, error=self._fault.message))

    def _run(self) -> None:
        """The writer's thread. It always releases the lock at its end, so that no session seems to be recorded."""
        try:
            self._all_stored = self._write_until_ended()
            if self._all_stored:
                self._erase_from_log()
        except Exception as error:  # noqa: BLE001 - the top of a thread: the fault is reported to the user
            reason = name_error(error)
            _log.debug("the writer of session %s failed: %s", self._target.id, reason)
            self._lost = self._interrupted = True
            self._report(StorageError(Message(MessageKey.WRITER_FAILED, error=reason)))
        finally:
            self._target.disconnect()
            self._target.release()
            self._tried_to_begin.set()
            self._settled.set()

    def _write_until_ended(self) -> bool:
        """Returns whether everything is in the database.

        Otherwise `close` has given up, or the database has another key, without which nothing may be kept.
        """
        pause_s = RETRY_PAUSE_S
        while not self._given_up.is_set():
            ending = self._backlog.closed
            self._space.check()
            fault = self._try_write(ending=ending)
            self._tried_to_begin.set()
            if self._given_up.is_set():
                return False
            if fault is not None and self._database.key_changed.is_set():
                self._lost = self._interrupted = True
            self._report(fault)
            if self._lost:
                return False
            if fault is not None:
                self._pause(pause_s)
                pause_s = min(2 * pause_s, LONGEST_RETRY_PAUSE_S)
                continue
            pause_s = RETRY_PAUSE_S
            if ending:
                return True
            self._backlog.wait(FILE_CHECK_PERIOD_S, for_entries=True)
        return False

    def _pause(self, pause_s: float) -> None:
        """Before the next attempt; shorter while `close` waits."""
        self._backlog.wait(pause_s, for_entries=False)
        if self._backlog.closed:
            self._given_up.wait(RETRY_PAUSE_S)

    def _try_write(self, *, ending: bool) -> StorageError | None:
        """One attempt to bring everything into the database, and to end the session; returns why it failed."""
        self._attempt_since_s = time.monotonic()
        try:
            self._target.connect()
            self._write_all()
            if ending:
                self._target.end(interrupted=self._interrupted)
        except driver_errors() as error:
            fault = self._target.explain(error)
        except StorageError as error:
            fault = error
        else:
            return None
        finally:
            self._attempt_since_s = math.inf
        self._target.disconnect()
        return fault

    def _write_all(self) -> None:
        """The rescue files first, as what they hold is older than what is in memory."""
        first, entries = self._backlog.waiting()
        while self._rescue.newest is not None:  # looked at after memory, from which their entries were released
            if self._given_up.is_set():  # they hold the end of the session too, which the next start takes in
                return
            self._target.take_in(self._rescue)
            first, entries = self._backlog.waiting()
        if entries or first > self._target.held:
            self._target.write(first, entries)
            self._backlog.release(first + len(entries))

    def _erase_from_log(self) -> None:
        """What was erased while recording."""
        self._target.disconnect()
        try:
            self._empty_log()
        except StorageError as error:  # all is stored; the next session or deletion empties the log
            _log.warning("%s", error)

    def _end_threads(self) -> None:
        """Ends both threads, or leaves one that hangs; what the database did not take goes into a rescue file."""
        self._given_up.set()
        files_answer = self._spiller.stop()
        if self._all_stored:
            self._rescue.discard()
        elif not (files_answer and self._spiller.spill(interrupted=self._interrupted)):
            self._lost = True
            self._report(StorageError(Message(MessageKey.LAST_SECONDS_LOST, error=self._explain_wait().message)))
        else:
            self._report(self._explain_wait())
        self._backlog.forget_released()
        self._rescue.release()
        self._target.release()
        self._thread.join(_JOIN_S)

    def _check_answer(self) -> None:
        """Reports an attempt that hangs, and where what waits for it is kept. The spiller's thread."""
        hangs = time.monotonic() - self._attempt_since_s > NO_ANSWER_AFTER_S
        with self._report_lock:
            self._report(self._explain_wait() if hangs else self._fault)

    def _explain_wait(self) -> StorageError:
        return self._fault or StorageError(Message(MessageKey.DATABASE_NOT_ANSWERING, database=self._database.name))

    def _report(self, fault: StorageError | None) -> None:
        """Calls back when the fault changes, or where what waits for its end is kept."""
        with self._report_lock:
            state = (None if fault is None else fault.message, self._lost, self._rescue.newest is not None)
            before, self._reported, self._fault = self._reported, state, fault
            if state == before or before[0] is state[0] is None:
                return
            if self._on_fault is not None:
                self._on_fault(fault)
