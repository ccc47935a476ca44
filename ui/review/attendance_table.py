"""Who was in view, from when to when, and who of the course's roster was not."""

import math
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from fer_desktop.report.attendance import AttendanceRow
from fer_desktop.storage.values import SessionSummary
from ui.review.rows_table import RowsTable, TableColumn, TableRow
from ui.words import count, format_duration, format_share, format_time

_COLUMNS: Final = (
    TableColumn("Student", "By name; F2 or a double click renames a student"),
    TableColumn("From", "First seen, by this computer's clock"),
    TableColumn("Until", "Last seen, by this computer's clock"),
    TableColumn("In view", "Time in view, and its share of the lesson. A student on another page is not in view"),
    TableColumn("Camera", "Time with the camera on; the bar is its share of the time in view"),
    TableColumn("Roster", "Whether the name stands on the course's roster"),
)
_ROSTER_COLUMN: Final = 5
_NO_TIME: Final = "–"


class AttendanceTable(RowsTable):
    """Those who were in view and, below them at first, who of the roster was not."""

    def __init__(self) -> None:
        super().__init__(_COLUMNS, name="Attendance")

    def show_attendance(
        self,
        rows: Sequence[AttendanceRow],
        session: SessionSummary,
        *,
        names: dict[int, str],
        editable: bool,
    ) -> None:
        """`names`: as stored, by number."""
        self.setColumnHidden(_ROSTER_COLUMN, all(row.on_roster is None for row in rows))
        self.show_rows([_row_of(row, session, names.get(row.student or 0, "")) for row in rows], editable=editable)


def describe_attendance(rows: Sequence[AttendanceRow]) -> str:
    """`25 in view · 2 of the roster not seen · 1 not on the roster`."""
    parts = [f"{sum(row.student is not None for row in rows)} in view"]
    missed = sum(row.student is None for row in rows)
    strangers = sum(row.on_roster is False for row in rows)
    if missed:
        parts.append(f"{missed} of the roster not seen")
    if strangers:
        parts.append(f"{count(strangers, 'student')} not on the roster")
    return " · ".join(parts)


def _row_of(row: AttendanceRow, session: SessionSummary, name: str) -> TableRow:
    seen, camera = row.view_seconds, row.camera_on_seconds
    cells = (
        row.label,
        _format_second(session.started_at, row.first_second),
        _format_second(session.started_at, row.last_second),
        f"{format_duration(seen)} · {format_share(seen, session.seconds)}" if seen else "not seen",
        format_duration(camera) if seen else _NO_TIME,
        {None: "", True: "yes", False: "no"}[row.on_roster],
    )
    sort_keys = (
        row.label.casefold() if name or row.student is None else f"student {row.student:06}",
        math.inf if row.first_second is None else float(row.first_second),
        math.inf if row.last_second is None else float(row.last_second),
        float(seen),
        float(camera),
        cells[_ROSTER_COLUMN],
    )
    bars = (seen / max(1, session.seconds), camera / seen) if seen else (None, None)
    shares = (None, None, None, *bars, None)
    return TableRow(row.student, name, cells, sort_keys, shares)


def _format_second(started_at: datetime, second: int | None) -> str:
    return _NO_TIME if second is None else format_time(started_at, second)
