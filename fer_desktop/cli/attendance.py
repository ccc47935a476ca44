"""`fer-desktop attendance`: who was there, checked with the report of the call, and written for Moodle or Canvas."""

import json
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from fer_desktop.cli.command import Command
from fer_desktop.cli.language import print_notice
from fer_desktop.cli.sessions import add_database_argument, open_chosen_store
from fer_desktop.errors import SettingsError

if TYPE_CHECKING:
    from fer_desktop.analysis.call_attendance import CheckedPerson
    from fer_desktop.report.attendance_check import LessonCheck


def _add_attendance_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("session", type=int, metavar="SESSION", help="its number, as `fer-desktop sessions` shows it")
    parser.add_argument(
        "--call-report", type=Path, metavar="FILE.csv", help="the participant report of Zoom, Teams or Meet"
    )
    target = parser.add_mutually_exclusive_group()
    target.add_argument("--moodle", type=Path, metavar="FILE.csv", help="write for Moodle's Attendance plugin")
    target.add_argument("--canvas", type=Path, metavar="FILE.csv", help="write for Canvas's gradebook")
    parser.add_argument(
        "--students", type=Path, metavar="LIST.csv", help="the students, as Moodle or Canvas gave them out"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    add_database_argument(parser)


def _run_attendance(arguments: Namespace) -> int:
    from fer_desktop.report.attendance_check import check_lesson

    if bool(arguments.moodle or arguments.canvas) != bool(arguments.students):
        raise SettingsError("--students goes with --moodle or --canvas: the list of students that it gave out, as CSV")
    with open_chosen_store(arguments.db) as store:
        lesson = check_lesson(store, arguments.session, arguments.call_report)
    for remark in lesson.remarks:
        print_notice(remark)
    if arguments.students:
        _write(lesson, arguments)
    elif arguments.json:
        sys.stdout.write(json.dumps(_as_json(lesson), ensure_ascii=False) + "\n")
    else:
        sys.stdout.writelines(f"{_describe(person)}\n" for person in lesson.check.people)
        if lesson.check.unnamed:
            sys.stdout.write(f"{lesson.check.unnamed} students of the lesson have no name and cannot be compared\n")
    return 0


def _write(lesson: "LessonCheck", arguments: Namespace) -> None:
    from fer_desktop.report.attendance_check import write_gradebook
    from fer_desktop.report.gradebook import Service

    service, path = (Service.MOODLE, arguments.moodle) if arguments.moodle else (Service.CANVAS, arguments.canvas)
    written = write_gradebook(lesson, service, arguments.students, path)
    counts = ", ".join(f"{status.name.lower()} {count}" for status, count in written.counts.items())
    sys.stdout.write(f"{path}: {counts}\n")
    if written.unknown:
        sys.stdout.write(f"Not known, so not in the file: {', '.join(written.unknown)}\n")
    if written.unlisted:
        names = ", ".join(written.unlisted)
        sys.stdout.write(f"In the call, but not on the list, so nobody is marked as absent: {names}\n")


def _describe(person: "CheckedPerson") -> str:
    in_call = None if person.participant is None else person.participant.seconds
    seen = None if person.row is None else person.row.view_seconds
    return f"{person.name}: in the call {_format(in_call)}, seen {_format(seen)}"


def _format(seconds: int | None) -> str:
    return "-" if seconds is None else f"{seconds // 60} min"


def _as_json(lesson: "LessonCheck") -> dict[str, object]:
    people = [
        {
            "name": person.name,
            "found": person.found,
            "student": None if person.row is None else person.row.student,
            "seen_seconds": None if person.row is None else person.row.view_seconds,
            "call_seconds": None if person.participant is None else person.participant.seconds,
            "joined": None if person.participant is None else _format_moment(person.participant.joined),
            "left": None if person.participant is None else _format_moment(person.participant.left),
        }
        for person in lesson.check.people
    ]
    return {"session": lesson.session.id, "people": people, "unnamed": lesson.check.unnamed}


def _format_moment(moment: object) -> str | None:
    return None if moment is None else str(moment)


ATTENDANCE: Final = Command(
    "attendance",
    "check who was there with the report of the call, or write it for Moodle or Canvas",
    _add_attendance_arguments,
    _run_attendance,
)
