"""Writes who attended a lesson for Moodle and Canvas, into the list of students that these programs gave out.

Moodle's Attendance plugin marks a session from a CSV file whose columns the teacher maps: one that identifies the
student, and one with the acronym of a status (P, L, A). Canvas imports a gradebook whose rows begin with the columns
Student, ID, SIS User ID, SIS Login ID and Section; a new column becomes an assignment, with its points in the row
"Points Possible".
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final, TextIO

from fer_desktop.analysis.call_attendance import CallCheck, CheckedPerson, Found
from fer_desktop.errors import DataError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.recording.finding import is_recording
from fer_desktop.report.csv_export import guard_cell
from fer_desktop.roster.csv_file import find_name_columns, name_of
from fer_desktop.roster.matching import match_roster
from fer_desktop.roster.table_file import Line, read_text, split_lines
from fer_desktop.storage.values import SessionSummary

LATE_S: Final = 600
"""Who joins more than ten minutes after the lesson began is late, unless it was read from a recording."""

_CANVAS_COLUMNS: Final = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
_POINTS: Final = "Points Possible"


class Service(StrEnum):
    """For which program a file is written."""

    MOODLE = "moodle"
    CANVAS = "canvas"


class Status(StrEnum):
    """Moodle's acronyms. Without a report of the call nobody is absent: who was not seen has no status."""

    PRESENT = "P"
    LATE = "L"
    ABSENT = "A"


@dataclass(frozen=True, slots=True)
class StudentList:
    """The list of students that Moodle or Canvas gave out: its header, its lines, and the name in each line."""

    header: tuple[str, ...]
    lines: tuple[Line, ...]
    names: tuple[str, ...]


def read_student_list(path: Path, service: Service) -> StudentList:
    """Raises `DataError` for a file without names or, for Canvas, without the columns that it needs."""
    text = read_text(path)
    header, *lines = split_lines(text, path)
    needed = _CANVAS_COLUMNS[:2] if service is Service.CANVAS else ()
    columns = find_name_columns(header)
    if columns is None or any(each not in header.cells for each in needed):
        names = ", ".join(needed) or "First name, Last name"
        raise DataError(
            Message(MessageKey.LIST_WITHOUT_KEY, path=str(path), columns=names, service=service.value.capitalize())
        )
    students = [(line, name) for line in lines if (name := name_of(line, columns)) and name != _POINTS]
    return StudentList(header.cells, tuple(line for line, _ in students), tuple(name for _, name in students))


def find_statuses(
    students: StudentList, check: CallCheck, session: SessionSummary, *, reported: bool
) -> tuple[list[Status | None], list[str]]:
    """The status of each student of the list, None where it is not known; and who was in the call but is not on it.

    `reported`: a report of the call says who was in it. Only then somebody is absent, and only where everybody in the
    call was found on the list: else a nickname would make a student absent.
    """
    people = [person for person in check.people if person.found is not Found.ROSTER]
    matches = match_roster([person.name for person in people], students.names)
    by_place = {place: people[person] for person, place in matches.items()}
    in_call = {place for place, person in enumerate(people) if person.participant is not None}
    unlisted = sorted(in_call - matches.keys())
    rest = Status.ABSENT if reported and in_call and not unlisted else None
    statuses = [
        _find_status(by_place[place], session) if place in by_place else rest for place in range(len(students.names))
    ]
    return statuses, [people[place].name for place in unlisted]


def _find_status(person: CheckedPerson, session: SessionSummary) -> Status | None:
    """None for an excluded student: nothing is said of them."""
    if person.row is not None and person.row.excluded:
        return None
    joined = person.participant.joined if person.participant is not None else None
    if joined is None or is_recording(session.source):
        return Status.PRESENT
    began = session.local_time().replace(tzinfo=None)
    return Status.LATE if (joined - began).total_seconds() > LATE_S else Status.PRESENT


def write_statuses(
    students: StudentList, statuses: Sequence[Status | None], session: SessionSummary, service: Service, file: TextIO
) -> None:
    """Writes the students of the list that have a status. `statuses`: the first of `find_statuses`."""
    writer = csv.writer(file)
    if service is Service.MOODLE:
        writer.writerow([*students.header, "status"])
        for line, status in zip(students.lines, statuses, strict=True):
            if status is not None:
                writer.writerow([*_fill(line, students.header, students.header), status])
        return
    columns = [name for name in _CANVAS_COLUMNS if name in students.header]
    writer.writerow([*columns, f"Attendance {session.local_time():%Y-%m-%d %H:%M}"])
    writer.writerow([_POINTS, *[""] * (len(columns) - 1), 1])
    for line, status in zip(students.lines, statuses, strict=True):
        if status is not None:
            writer.writerow([*_fill(line, students.header, columns), 0 if status is Status.ABSENT else 1])


def _fill(line: Line, header: Sequence[str], columns: Sequence[str]) -> list[str]:
    """The cells of these columns; "" where the line is too short."""
    cells = dict(zip(header, line.cells, strict=False))
    return [guard_cell(cells.get(name, "")) for name in columns]
