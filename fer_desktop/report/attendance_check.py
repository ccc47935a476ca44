"""Checks the attendance of a lesson with the report of the call, and writes it for Moodle or Canvas."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from fer_desktop.analysis.attendance import list_attendance
from fer_desktop.analysis.call_attendance import CallCheck, check_attendance
from fer_desktop.errors import StorageError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.report.export import write_whole
from fer_desktop.report.gradebook import Service, Status, find_statuses, read_student_list, write_statuses
from fer_desktop.roster.call_report import read_call_report
from fer_desktop.storage.values import MoodSeries, SessionSummary, StudentSummary
from fer_desktop.system.files import replace_file
from fer_desktop.types import Event


class AttendanceStore(Protocol):
    """What is read of a store."""

    def session(self, session_id: int, /) -> SessionSummary: ...
    def mood_series(self, session_id: int, /) -> MoodSeries: ...
    def students(self, session_id: int, /) -> list[StudentSummary]: ...
    def events(self, session_id: int, /) -> Sequence[Event]: ...
    def roster(self, course: str, /) -> list[str]: ...


@dataclass(frozen=True, slots=True)
class LessonCheck:
    """`remarks`: what was guessed in the report. `reported`: whether there was one."""

    session: SessionSummary
    check: CallCheck
    remarks: tuple[Message, ...]
    reported: bool


@dataclass(frozen=True, slots=True)
class Written:
    """How many students of the list have each status, and the names of those of whom nothing is known.

    `unlisted`: people of the call who are not on the list, where that is why nobody is absent.
    """

    counts: dict[Status, int]
    unknown: tuple[str, ...]
    unlisted: tuple[str, ...] = ()


def check_lesson(store: AttendanceStore, session_id: int, call_report: Path | None) -> LessonCheck:
    """Raises `StorageError` for a lesson with class totals only, `DataError` for a file that is no report."""
    session = store.session(session_id)
    if session.aggregate_only:
        raise StorageError(Message(MessageKey.NO_ATTENDANCE, session=session_id))
    near = session.local_time().replace(tzinfo=None)
    report = None if call_report is None else read_call_report(call_report, near=near)
    recorded = store.mood_series(session_id).seconds
    roster = store.roster(session.course)
    rows = list_attendance(session, store.students(session_id), store.events(session_id), roster, recorded)
    check = check_attendance(rows, report.students() if report else ())
    return LessonCheck(session, check, report.remarks if report else (), report is not None)


def write_gradebook(lesson: LessonCheck, service: Service, students: Path, path: Path) -> Written:
    """Writes the file that Moodle or Canvas takes in. `students`: the list it gave out. Raises `FerDesktopError`."""
    given = read_student_list(students, service)
    statuses, unlisted = find_statuses(given, lesson.check, lesson.session, reported=lesson.reported)
    write_whole(path, replace_file, partial(write_statuses, given, statuses, lesson.session, service))
    counts = {status: statuses.count(status) for status in Status}
    unknown = tuple(name for name, status in zip(given.names, statuses, strict=True) if status is None)
    return Written(counts, unknown, tuple(unlisted) if unknown else ())
