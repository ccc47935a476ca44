"""A session as CSV for spreadsheets: a row for each second of the class and of each student, or the attendance."""

import csv
import re
from collections.abc import Iterator
from typing import Final, TextIO

from fer_desktop.analysis.attendance import AttendanceRow
from fer_desktop.messages import ENGLISH
from fer_desktop.report.export_series import ExportSeries, Number
from fer_desktop.report.extract import Extract
from fer_desktop.storage.values import SessionSummary
from fer_desktop.types import EXPRESSIONS, Event

CLASS: Final = "Class"
COLUMNS: Final = (
    "second",
    "local_time",
    "who",
    "tiles",
    "cameras_on",
    "people",
    "faces",
    "mood",
    *EXPRESSIONS,
    "attention",
    "events",
)
ATTENDANCE_COLUMNS: Final = (
    "student",
    "name",
    "on_roster",
    "first_seen",
    "last_seen",
    "in_view_seconds",
    "in_view_share",
    "camera_on_seconds",
    "person_seconds",
    "left_out_seconds",
    "remark",
)

_FORMULA_STARTS: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n", "\0")
_LATER_FORMULA: Final = re.compile(r"(;\s*)(?=[=+\-@＝＋－＠])")
"""Where the system's list separator is a semicolon, as in much of Europe, it splits a text into two cells."""
_NUMBERS: Final = len(COLUMNS) - 4  # all but the second, the time, who and the events


def write_csv(extract: Extract, file: TextIO) -> None:
    """Writes the class, then each student."""
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    export_series = extract.class_series()
    if export_series is not None:
        own = [event for event in extract.events if event.student is None]
        writer.writerows(_rows(CLASS, export_series, own, extract.session))
    for student, export_series in extract.student_series():
        own = [event for event in extract.events if event.student == student.student]
        writer.writerows(_rows(student.label, export_series, own, extract.session))


def write_attendance_csv(extract: Extract, file: TextIO) -> None:
    """Writes a row for each student, and for each name of the roster that is not in the session's record."""
    writer = csv.writer(file)
    writer.writerow(ATTENDANCE_COLUMNS)
    writer.writerows(_attendance_cells(row, extract.session) for row in extract.attendance)


def _attendance_cells(row: AttendanceRow, session: SessionSummary) -> tuple[object, ...]:
    return (
        row.student,
        guard_cell(row.label),
        {None: "", True: "yes", False: "no"}[row.on_roster],
        _format_time(session, row.first_second),
        _format_time(session, row.last_second),
        row.view_seconds,
        None if row.view_share is None else round(row.view_share, 4),
        row.camera_on_seconds,
        row.person_seconds,
        row.excluded_seconds,
        "left out" if row.excluded else "not in this record" if row.student is None else "",
    )


def _format_time(session: SessionSummary, second: int | None) -> str:
    if second is None:
        return ""
    return session.local_time(second).replace(tzinfo=None).isoformat(" ", "seconds")


def guard_cell(text: str) -> str:
    """Prefixes a text that a spreadsheet would run as a formula with an apostrophe, as OWASP advises."""
    guarded = _LATER_FORMULA.sub(r"\1'", text)
    return f"'{guarded}" if guarded.startswith(_FORMULA_STARTS) else guarded


def _rows(who: str, series: ExportSeries, events: list[Event], session: SessionSummary) -> Iterator[tuple[object, ...]]:
    """The cells of each second; events of a second that was not recorded get a row of their own."""
    numbers: dict[int, tuple[Number, ...]] = {int(row[0] or 0): row[1:] for row in series.rows()}
    texts: dict[int, list[str]] = {}
    for event in events:
        texts.setdefault(event.second, []).append(_describe(event))
    for second in sorted(numbers.keys() | texts.keys()):
        yield (
            second,
            _format_time(session, second),
            guard_cell(who),
            *numbers.get(second, (None,) * _NUMBERS),
            guard_cell("; ".join(texts.get(second, []))),
        )


def _describe(event: Event) -> str:
    what = str(event.kind) if event.flag is None else f"{event.kind} {event.flag}"
    words = event.text if event.message is None else ENGLISH.render(event.message)
    return f"{what}: {words}" if words else what
