"""The store of recorded sessions: opens a database, begins sessions, corrects and deletes them."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from types import TracebackType
from typing import TypeVar
from uuid import uuid4

from sqlalchemy import Connection, delete, insert, select, update

from fer_desktop.encryption.key import DatabaseKey
from fer_desktop.encryption.key_sources import KeySource, find_key
from fer_desktop.errors import StorageError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.storage import annotations, corrections, importing, purging, queries, rescue, settlements
from fer_desktop.storage.backups import remove_copies
from fer_desktop.storage.copies import Copies
from fer_desktop.storage.copying import Progress
from fer_desktop.storage.crashed import close_crashed_sessions, require_lock
from fer_desktop.storage.cut_off import is_conversion_unfinished
from fer_desktop.storage.database_url import database_file
from fer_desktop.storage.engine import Database, connect_database
from fer_desktop.storage.entries import Entry
from fer_desktop.storage.file_keys import forget_open, remember_open
from fer_desktop.storage.late_corrections import LateCorrection, LateKind, note_correction, note_deletion
from fer_desktop.storage.leftovers import Leftovers, hold_leftovers
from fer_desktop.storage.log_erasure import LogEraser
from fer_desktop.storage.opening import make_ready
from fer_desktop.storage.retention import Clock, ExpiredSessions, find_expired, judge_clock_by
from fer_desktop.storage.schema import COURSE_LENGTH, RosterRow, Session, storable
from fer_desktop.storage.server_locks import is_session_held, take_turns
from fer_desktop.storage.session_list import read_if_readable
from fer_desktop.storage.session_reader import SessionReader
from fer_desktop.storage.totals import store_totals
from fer_desktop.storage.values import NewSession, SessionSummary, StoredImport
from fer_desktop.storage.writer import FaultCallback, SessionWriter, SpaceCallback
from fer_desktop.system.file_hold import FileHold
from fer_desktop.types import Event

_log = logging.getLogger(__name__)

Value = TypeVar("Value")


def open_store(url: str | None = None, keys: KeySource = find_key) -> "Store":
    """Opens the database of a file or an SQLAlchemy URL (None: the file in the data folder); creates or upgrades it.

    `keys`: has the key of an encrypted file; `KeyNeededError` is raised where it has none, or a wrong one. A change
    of the key that was cut off is brought to its end. Rescue files are taken in. Sessions that a crash left open are
    ended and keep all they recorded. A damaged database is opened to be read: `Store.copies.damage`. Raises
    `StorageError`, which says what to do about a database that is unwritable, locked, full, newer than this version,
    another program's, or damaged in such a way that it has no list.
    """
    path = database_file(url)
    if path is not None and is_conversion_unfinished(path):
        from fer_desktop.storage.key_change import finish_change

        finish_change(path, keys)
    database = connect_database(url, keys)
    try:
        store = Store(database)
        store._begin_use()
    except BaseException:
        database.engine.dispose()
        raise
    return store


class Store(SessionReader):
    """Recorded sessions, to be read, corrected and deleted. Every method may be called from any thread.

    Raises `StorageError` only.
    """

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self._crashed: list[int] = []
        self._rescued: list[rescue.TakenIn] = []
        self._eraser = LogEraser(database)
        self._copies = Copies(lambda: self._database, on_restored=self._begin_use)

    def __enter__(self) -> "Store":
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _traceback: TracebackType | None
    ) -> None:
        self.close()

    def change_key(self, key: DatabaseKey | None, *, on_progress: Progress = lambda _: None) -> None:
        """Encrypts the database, decrypts it (None), or gives it another key, with all copies that lie beside it.

        Completely or not at all; backups with the key of before are removed. Calls from other threads raise
        `StorageError` meanwhile. Not while anything records.
        """
        from fer_desktop.storage.key_change import change_key, connect_again

        before = self._database
        before.gate.close()
        try:
            self._eraser.close()
            change_key(before, key, on_progress)
        finally:
            self._database = connect_again(before, key)
            self._eraser = LogEraser(self._database)

    @property
    def is_key_known(self) -> bool:
        """Whether `key` is that of the file: it may be another one while it changes, and from then on where the file
        could not be opened again.
        """
        return not self._database.gate.closed

    @property
    def crashed(self) -> tuple[int, ...]:
        """Sessions that a crash had left open, the oldest first; opening the store ended them."""
        return tuple(self._crashed)

    @property
    def rescued_seconds(self) -> int:
        """How many seconds the store took in from rescue files."""
        return sum(taken.seconds for taken in self._rescued)

    @property
    def erasure_pending(self) -> bool:
        """Whether what was deleted may still be in the log, as another program reads; it leaves when that has ended."""
        return self._eraser.pending

    @property
    def copies(self) -> Copies:
        """The check of the database, its backups, and what can be saved of a damaged one."""
        return self._copies

    def close(self) -> None:
        """Closes all connections. Close writers first. May be called twice."""
        self._eraser.close()
        self._database.engine.dispose()
        forget_open(self._database)

    def take_in_rescued(self) -> int:
        """Stores what is in rescue files that no living program writes; how many seconds these were.

        What cannot be stored now stays in its file for the next time.
        """
        taken = list(rescue.take_in_rescued(self._database))
        self._rescued += taken
        self._crashed += sorted({each.session_id for each in taken if each.crashed})
        return sum(each.seconds for each in taken)

    def begin_session(
        self,
        session: NewSession,
        *,
        on_fault: FaultCallback | None = None,
        on_low_space: SpaceCallback | None = None,
    ) -> SessionWriter:
        """Stores a new session and starts its writer, which stores it later if that cannot be done now.

        `on_fault`: as in `SessionWriter`. `on_low_space`: as in `SpaceWatch`, from the writer's thread.
        """
        recording = uuid4().hex
        return SessionWriter(
            self._database,
            session,
            recording=recording,
            begin=partial(self._begin, session, recording),
            empty_log=self._eraser.erase,
            on_fault=on_fault,
            on_low_space=on_low_space,
        )

    def _begin(self, session: NewSession, recording: str) -> tuple[int, FileHold]:
        lock: FileHold | None = None
        try:
            with self._database.write() as connection:
                session_id = rescue.find_or_insert_session(connection, session, recording)
                lock = require_lock(self._database, session_id)
        except BaseException:
            if lock is not None:
                lock.release()
            raise
        return session_id, lock

    def import_session(self, session: NewSession, entries: Iterable[Entry], *, interrupted: bool) -> StoredImport:
        """Stores a whole session that was recorded elsewhere, unless it is here already."""
        with self._database.write() as connection:
            return importing.import_session(connection, session, entries, interrupted=interrupted)

    def add_annotation(self, session_id: int, event: Event) -> Event:
        """Stores a bookmark or a note and returns it with its id. Not while the session is recorded."""
        students = () if event.student is None else (event.student,)
        with self._change(session_id, *students) as connection:
            return annotations.add_annotation(connection, session_id, event)

    def edit_annotation(self, session_id: int, event_id: int, text: str) -> None:
        """Replaces the text of a bookmark or a note for good."""
        with self._change(session_id) as connection:
            annotations.edit_annotation(connection, session_id, event_id, text)
            self._remove_copies_early()
        self._purge_deleted()

    def delete_annotation(self, session_id: int, event_id: int) -> Event:
        """Deletes a bookmark or a note for good; returns it."""
        with self._change(session_id) as connection:
            event = annotations.delete_annotation(connection, session_id, event_id)
            self._remove_copies_early()
        self._purge_deleted()
        return event

    def delete_session(self, session_id: int) -> SessionSummary | None:
        """Deletes a session and everything of it for good. Not while it is recorded.

        Returns its summary; None if it could not be read.
        """
        with self._database.write() as connection:
            queries.lock_session_row(connection, session_id)
            summary = read_if_readable(connection, session_id)
            self._require_not_recording(connection, session_id, summary)
            recording = connection.scalar(select(Session.recording).where(Session.id == session_id))
            connection.execute(delete(Session).where(Session.id == session_id))
            note_deletion(connection, [recording])
            self._remove_copies_early((session_id, None if summary is None else summary.started_at, recording))
        try:
            started_at = None if summary is None else summary.started_at
            rescue.discard_rescued(self._database, session_id, started_at, recording)
        finally:
            self._purge_deleted()
        return summary

    def erase_student(self, session_id: int, student: int) -> None:
        """Deletes a student from a session for good: row, samples, events, and their part in the class's seconds."""
        with self._correct(session_id, student) as (connection, leftovers):
            corrections.erase_student(connection, session_id, student)
            settlements.forget_settlements(connection, session_id, student)
            _correct_late(connection, session_id, leftovers, LateCorrection(LateKind.ERASED, student))
            self._remove_copies_early()
        self._purge_deleted()

    def set_course(self, session_id: int, course: str) -> None:
        """Gives a session another course; "" for none."""
        course = storable(course).strip()
        if len(course) > COURSE_LENGTH:
            raise StorageError(Message(MessageKey.ROSTER_COURSE_TOO_LONG, limit=COURSE_LENGTH))
        with self._change(session_id) as connection:
            connection.execute(update(Session).where(Session.id == session_id).values(course=course))

    def rename_student(self, session_id: int, student: int, name: str | None) -> None:
        """Replaces a student's name; None or a blank name removes it for good."""
        with self._correct(session_id, student) as (connection, leftovers):
            lost = corrections.rename_student(connection, session_id, student, name)
            _correct_late(connection, session_id, leftovers, LateCorrection(LateKind.RENAMED, student))
            if lost is not None:
                settlements.forget_name(connection, session_id, student, lost)
                self._remove_copies_early()
        if lost is not None:
            self._purge_deleted()

    def merge_students(self, session_id: int, student: int, into: int) -> None:
        """Merges `student` into `into`: they are the same person. Two samples of a second become one."""
        if student == into:
            raise StorageError(Message(MessageKey.STUDENT_MERGED_INTO_SELF, student=student))
        with self._correct(session_id, student, into) as (connection, leftovers):
            name_lost = corrections.merge_students(connection, session_id, student, into)
            settlements.forget_settlements(connection, session_id, student, into)
            _correct_late(connection, session_id, leftovers, LateCorrection(LateKind.MERGED, student, into))
            if name_lost:
                _correct_late(connection, session_id, leftovers, LateCorrection(LateKind.RENAMED, student))
                self._remove_copies_early()
        if name_lost:
            self._purge_deleted()

    def split_student(self, session_id: int, student: int, at_second: int) -> int:
        """Moves what was stored from `at_second` on to a new student, whose number is returned."""
        with self._correct(session_id, student) as (connection, leftovers):
            settlements.forget_settlements(connection, session_id, student)
            new = corrections.split_student(connection, session_id, student, at_second)
            _correct_late(connection, session_id, leftovers, LateCorrection(LateKind.SPLIT, student, new, at_second))
            return new

    def undo_settlement(self, session_id: int, student: int) -> None:
        """Restores a student who was joined or dropped when the session ended."""
        with self._correct(session_id) as (connection, _):
            settlements.undo_settlement(connection, session_id, student)

    def set_roster(self, course: str, names: Sequence[str]) -> None:
        """Replaces a course's roster for good; no names remove it."""
        course = storable(course).strip()
        if not course:
            raise StorageError(Message(MessageKey.ROSTER_WITHOUT_COURSE))
        if len(course) > COURSE_LENGTH:
            raise StorageError(Message(MessageKey.ROSTER_COURSE_TOO_LONG, limit=COURSE_LENGTH))
        rows = [{"course": course, "position": position, "name": name} for position, name in enumerate(names)]
        with self._database.write() as connection:
            take_turns(connection, f"roster {course}")
            names_lost = connection.execute(delete(RosterRow).where(RosterRow.course == course)).rowcount
            if rows:
                connection.execute(insert(RosterRow), rows)
            if names_lost:
                self._remove_copies_early()
        if names_lost:
            self._purge_deleted()

    def expired_sessions(self, days: int, *, now: datetime | None = None) -> ExpiredSessions:
        """The sessions that a retention of `days` days does not allow. `now`: the computer's clock by default."""
        return find_expired(self.list_sessions(), days, now or datetime.now(UTC))

    def purge_expired(
        self, expired: ExpiredSessions, *, clock_confirmed: bool = False, now: datetime | None = None
    ) -> int:
        """Hides these sessions, which are erased for good after a week; returns how many there were.

        `now`: the computer's clock by default. The week begins then, as the user may have answered days after they
        were found. Raises `StorageError` where the clock is behind, or ahead and not confirmed by the user.
        """
        now = now or datetime.now(UTC)
        clock = judge_clock_by(self.list_sessions(), now)
        if clock is Clock.BEHIND:
            raise StorageError(Message(MessageKey.CLOCK_BEHIND))
        if clock is Clock.AHEAD and not clock_confirmed:
            raise StorageError(Message(MessageKey.CLOCK_AHEAD))
        with self._database.write() as connection:
            return purging.hide_sessions(connection, [session.id for session in expired.sessions], now)

    def restore_purged(self) -> int:
        """Shows all hidden sessions again; returns how many there were."""
        with self._database.write() as connection:
            return purging.restore_sessions(connection)

    def erase_due_purges(self, *, now: datetime | None = None) -> int:
        """Erases what was hidden a week ago, for good; returns how many sessions. `now`: the clock by default.

        Nothing where the clock cannot be right.
        """
        now = now or datetime.now(UTC)
        if not (self._read(purging.is_any_hidden) and purging.find_due(self.session_list().hidden, now)):
            return 0
        with self._database.write() as connection:
            gone = purging.erase_due_sessions(connection, now)
            if gone:
                self._remove_copies_early(*gone)
        if gone:
            self._purge_deleted()
        for session_id, started_at, recording in gone:
            rescue.discard_rescued(self._database, session_id, started_at, recording)
        return len(gone)

    @contextmanager
    def _correct(self, session_id: int, *students: int) -> Iterator[tuple[Connection, Leftovers]]:
        """As `_change`, for changes that may affect the class's seconds, and rescue files."""
        with hold_leftovers(self._database, session_id) as leftovers, self._change(session_id, *students) as connection:
            yield connection, leftovers
            store_totals(connection, session_id)

    @contextmanager
    def _change(self, session_id: int, *students: int) -> Iterator[Connection]:
        """One transaction on a session that is not being recorded. Raises `StorageError` if a student is missing."""
        with self._database.write() as connection:
            queries.lock_session_row(connection, session_id)
            self._require_not_recording(connection, session_id, queries.read_session(connection, session_id))
            for student in students:
                queries.require_student(connection, session_id, student)
            yield connection

    def _require_not_recording(self, connection: Connection, session_id: int, summary: SessionSummary | None) -> None:
        """`summary`: None where it cannot be read; then the session may be running."""
        if summary is None or summary.ended_at is None:
            require_lock(self._database, session_id).release()
            if is_session_held(connection, session_id):
                raise StorageError(Message(MessageKey.SESSION_BEING_RECORDED, session=session_id))

    def _erase_what_is_due(self) -> None:
        """What its age hid a week ago, and what was deleted while another program read the log."""
        try:
            self.erase_due_purges()
        except StorageError as error:  # the sessions can be read all the same
            _log.warning("old sessions stay: %s", error)
        self._eraser.erase_leftovers()

    def _begin_use(self) -> None:
        """Makes the database ready, as a start does; a damaged one is only read."""
        is_writable = make_ready(self._database)
        remember_open(self._database)
        if not is_writable:
            return
        if self._database.on_postgres:
            from fer_desktop.storage.department import share_with_department

            with self._database.write() as connection:
                share_with_department(connection)
        self.take_in_rescued()
        self._crashed += close_crashed_sessions(self._database)
        self._erase_what_is_due()

    def _remove_copies_early(self, *sessions: tuple[int, datetime | None, str | None]) -> None:
        """Removes the copies, and the sessions' rescue files, before the transaction that deletes is committed.

        After a kill in between nobody would remove them any more. What fails here is reported after the commit.
        """
        try:
            for session in sessions:
                rescue.discard_rescued(self._database, *session)
            rescue.discard_damaged(self._database)
            remove_copies(self._database)
        except StorageError as error:
            _log.debug("a copy stays until the deletion is committed: %s", error)

    def _purge_deleted(self) -> None:
        """Removes deleted rows from the write-ahead log too, and all copies that the program made."""
        self._eraser.erase()
        rescue.discard_damaged(self._database)
        remove_copies(self._database)
        self._database.remove_dead_rows()


def _correct_late(connection: Connection, session_id: int, leftovers: Leftovers, correction: LateCorrection) -> None:
    """In the session's rescue files on this computer, and for those on others."""
    note_correction(connection, session_id, correction)
    leftovers.correct(correction)
