"""The section on attendance, ordered by number and never as a ranking."""

from collections.abc import Sequence
from typing import Final

from fer_desktop.analysis.attendance import AttendanceRow
from fer_desktop.messages import Language, mark
from fer_desktop.report.content import Column, Section, Table
from fer_desktop.report.moments import ReportContext
from fer_desktop.report.words import UNKNOWN, clean_text, format_share, format_time, name_student

_ATTENDANCE: Final = mark("Attendance")
_WHO_WAS_THERE: Final = mark("Who was in view and whose camera was on, as a share of the watched time")
_STUDENT: Final = mark("Student")
_ON_ROSTER: Final = mark("On the roster")
_FIRST_SEEN: Final = mark("First seen")
_LAST_SEEN: Final = mark("Last seen")
_CAMERA_ON: Final = mark("Camera on")
_IN_VIEW: Final = mark("In view")
_THERE: Final = mark("Seen at the camera")
_COMMENT: Final = mark("Comment")
_YES: Final = mark("yes")
_NO: Final = mark("no")
_EXCLUDED: Final = mark("excluded")
_EXCLUDED_FOR: Final = mark("excluded for {duration}")
_NOT_SEEN: Final = mark("not seen")
_NO_ATTENDANCE: Final = mark("No student was seen.")


def make_attendance_section(rows: Sequence[AttendanceRow], context: ReportContext) -> Section:
    """The table of attendance, or a sentence if no student was seen."""
    text = context.language.text
    if not rows:
        return Section("attendance", text(_ATTENDANCE), (text(_NO_ATTENDANCE),))
    with_roster = any(row.on_roster is not None for row in rows)
    columns = [
        Column(text(_STUDENT), text=True),
        *([Column(text(_ON_ROSTER))] if with_roster else []),
        Column(text(_FIRST_SEEN)),
        Column(text(_LAST_SEEN)),
        Column(text(_IN_VIEW), number=True),
        Column(text(_CAMERA_ON), number=True),
        Column(text(_THERE), number=True),
        Column(text(_COMMENT)),
    ]
    ordered = sorted(rows, key=lambda row: (row.student is None, row.student or 0))
    cells = [_describe_attendance(row, context, with_roster=with_roster) for row in ordered]
    return Section("attendance", text(_ATTENDANCE), table=Table(text(_WHO_WAS_THERE), tuple(columns), tuple(cells)))


def _describe_attendance(row: AttendanceRow, context: ReportContext, *, with_roster: bool) -> tuple[str, ...]:
    language = context.language
    who = clean_text(row.label) if row.student is None else name_student(row.student, row.label, language)
    roster = {True: language.text(_YES), False: language.text(_NO), None: ""}[row.on_roster]
    times = [
        UNKNOWN if second is None else format_time(context.local_time(second))
        for second in (row.first_second, row.last_second)
    ]
    shares = [
        UNKNOWN if share is None else format_share(share, language)
        for share in (row.view_share, row.camera_on_share, row.person_share)
    ]
    return (who, *([roster] if with_roster else []), *times, *shares, _describe_comment(row, language))


def _describe_comment(row: AttendanceRow, language: Language) -> str:
    if row.excluded:
        return language.text(_EXCLUDED)
    if row.excluded_seconds:
        return language.text(_EXCLUDED_FOR, duration=language.duration(row.excluded_seconds))
    return language.text(_NOT_SEEN) if row.student is None else ""
