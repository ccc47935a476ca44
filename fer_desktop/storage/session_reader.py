"""Reads recorded sessions."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, select

from fer_desktop.encryption.key import DatabaseKey
from fer_desktop.errors import StorageError
from fer_desktop.storage import corrections, heat, queries, settlements, student_lessons
from fer_desktop.storage.cut_off import is_conversion_unfinished
from fer_desktop.storage.engine import Database
from fer_desktop.storage.schema import RosterRow, Session, storable
from fer_desktop.storage.session_list import explain_bad_values, list_sessions
from fer_desktop.storage.unfinished import unfinished_folder
from fer_desktop.storage.values import (
    HeatGrid,
    MoodSeries,
    SessionList,
    SessionSummary,
    StoredLessons,
    StoredSettlement,
    StudentSeries,
    StudentSummary,
)
from fer_desktop.types import Event

Value = TypeVar("Value")


class SessionReader:
    """What is stored of sessions. Every method may be called from any thread and raises `StorageError` only."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def name(self) -> str:
        """The database as shown to the user: a file's path, or a URL without its password."""
        return self._database.name

    @property
    def key(self) -> DatabaseKey | None:
        """The key of the database; None unless it is encrypted."""
        return self._database.key

    def confirm_key(self) -> DatabaseKey | None:
        """As `key`. Raises `StorageError` where another program has changed it since, or is just changing it.

        A file that cannot be read for another reason keeps its key.
        """
        database = self._database
        if database.path is None:
            return None
        converting = is_conversion_unfinished(database.path)
        try:
            with database.read() as connection:
                connection.scalar(select(Session.id).limit(1))
        except StorageError:
            if converting or database.key_changed.is_set():
                raise
        return database.key

    @property
    def unfinished(self) -> Path:
        """The folder of recordings whose analysis has not been finished; it may not exist."""
        return unfinished_folder(self._database.path)

    @property
    def on_server(self) -> bool:
        """Whether the lessons are on a database server, whose logs and backups are beyond this program."""
        return self._database.on_postgres

    def session_list(self) -> SessionList:
        """All sessions: shown, hidden by their age, or damaged, so that they can only be deleted."""
        return self._read(list_sessions)

    def list_sessions(self) -> list[SessionSummary]:
        """The sessions that are shown, the newest first."""
        return list(self.session_list().sessions)

    def session(self, session_id: int) -> SessionSummary:
        """One session."""
        return self._read_of(session_id, queries.read_session)

    def mood_series(self, session_id: int) -> MoodSeries:
        """The class, second by second. Class totals have only the seconds with five faces or more."""
        return self._read_of(session_id, queries.read_mood_series)

    def group_sizes(self, session_id: int) -> dict[int, tuple[int, int]]:
        """Of how many students the class's expressions and attention are, by second; nothing with class totals."""
        return self._read_of(session_id, queries.read_group_sizes)

    def students(self, session_id: int) -> list[StudentSummary]:
        """The session's students with their totals; none with class totals."""
        return self._read_of(session_id, queries.read_students)

    def student_series(self, session_id: int, student: int) -> StudentSeries:
        """One student, second by second."""
        return self._read_of_student(session_id, student, queries.read_student_series)

    def events(self, session_id: int) -> list[Event]:
        """All events, ordered by second."""
        return self._read_of(session_id, queries.read_events)

    def heat_grid(self, session_id: int, columns: int) -> HeatGrid:
        """All students by time, in at most `columns` columns."""
        return self._read_of(session_id, partial(heat.read_heat_grid, columns=columns))

    def student_lessons(self, session_id: int, student: int) -> StoredLessons:
        """The student in all lessons of the course in which their name is found."""
        return self._read_of_student(session_id, student, student_lessons.read_student_lessons)

    def search_texts(self) -> dict[int, str]:
        """Notes, bookmarks and names of each session that has any, a line each."""
        return self._read(queries.read_search_texts)

    def settlements(self, session_id: int) -> list[StoredSettlement]:
        """The brief appearances that were joined or dropped when the session ended, and can be restored."""
        return self._read_of(session_id, settlements.read_settlements)

    def seconds_together(self, session_id: int, student: int) -> dict[int, int]:
        """In how many seconds each other student was seen too; without those who never were."""
        return self._read_of_student(session_id, student, corrections.read_seconds_together)

    def courses_with_roster(self) -> list[str]:
        """The courses that have a roster, sorted."""
        query = select(RosterRow.course).distinct().order_by(RosterRow.course)
        return self._read(lambda connection: list(connection.scalars(query)))

    def roster(self, course: str) -> list[str]:
        """The names of a course's students in the order of its file; empty without a roster."""
        query = select(RosterRow.name).where(RosterRow.course == storable(course)).order_by(RosterRow.position)
        return self._read(lambda connection: list(connection.scalars(query)))

    def _read(self, read: Callable[[Connection], Value]) -> Value:
        return self._database.read_patiently(read)

    def _read_of(self, session_id: int, read: Callable[[Connection, int], Value]) -> Value:
        def read_session(connection: Connection) -> Value:
            with explain_bad_values(session_id):
                queries.require_session(connection, session_id)
                return read(connection, session_id)

        return self._read(read_session)

    def _read_of_student(self, session_id: int, student: int, read: Callable[[Connection, int, int], Value]) -> Value:
        def read_student(connection: Connection, session_id: int) -> Value:
            queries.require_student(connection, session_id, student)
            return read(connection, session_id, student)

        return self._read_of(session_id, read_student)
