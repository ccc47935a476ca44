"""When each student was in view, and which names of the course's roster are not in the record."""

import math
from collections.abc import Sequence
from typing import Final

from fer_desktop.analysis.attendance import AttendanceRow
from fer_desktop.roster.names import fold_name
from fer_desktop.storage.values import SessionSummary
from ui.language import mark, tr, tr_count
from ui.review.rows_table import RowsTable, TableColumn, TableRow, name_sort_key
from ui.words import format_duration, format_share, format_time, label_student

_COLUMNS: Final = (
    TableColumn(mark("Student"), mark("Sort by name. Press F2 or double-click to rename a student")),
    TableColumn(mark("From"), mark("First seen, by this computer's clock")),
    TableColumn(mark("Until"), mark("Last seen, by this computer's clock")),
    TableColumn(
        mark("In view"),
        mark(
            "Time in view and its share of the watched time, without time excluded. A student on another page is not "
            "in view"
        ),
    ),
    TableColumn(mark("Camera"), mark("Time with camera on. The bar shows its share of the time in view")),
    TableColumn(mark("Roster"), mark("Whether the name is on the course roster")),
)
_ROSTER_COLUMN: Final = 5
_NO_TIME: Final = "–"
_NAMES_SHOWN: Final = 3


class AttendanceTable(RowsTable):
    """Three groups of rows: students in view, excluded students, and roster names that are not in the record."""

    def __init__(self) -> None:
        super().__init__(_COLUMNS, name=tr("Attendance"))

    def show_attendance(
        self,
        rows: Sequence[AttendanceRow],
        session: SessionSummary,
        *,
        names: dict[int, str],
        editable: bool,
    ) -> None:
        """`names`: the stored name of each stored student by number, "" without one."""
        self.setColumnHidden(_ROSTER_COLUMN, all(row.on_roster is None for row in rows))
        self.show_rows([_row_of(row, session, names.get(row.student or 0)) for row in rows], editable=editable)


def describe_attendance(rows: Sequence[AttendanceRow], *, has_roster: bool = False) -> str:
    """`25 in view · 1 excluded · on the roster but not seen: Mia · 1 student not on the roster`."""
    parts = [tr_count("{n} in view", "{n} in view", sum(bool(row.view_seconds) for row in rows))]
    excluded = sum(row.excluded for row in rows)
    missing = [row.label for row in rows if row.student is None]
    strangers = sum(row.on_roster is False and not row.excluded for row in rows)
    if excluded:
        parts.append(tr_count("{n} excluded", "{n} excluded", excluded))
    if missing:
        parts.append(_describe_missing(missing))
    if strangers:
        parts.append(tr_count("{n} student not on the roster", "{n} students not on the roster", strangers))
    if has_roster and all(row.on_roster is None for row in rows):
        parts.append(tr("no names saved to compare with the roster"))
    return " · ".join(parts)


def _describe_missing(names: Sequence[str]) -> str:
    """`on the roster but not seen: Mia Beck, Tom Diaz`; with more than a few, how many more."""
    shown, more = ", ".join(names[:_NAMES_SHOWN]), len(names) - _NAMES_SHOWN
    if more <= 0:
        return tr("on the roster but not seen: {names}", names=shown)
    return tr_count(
        "on the roster but not seen: {names} and {n} more",
        "on the roster but not seen: {names} and {n} more",
        more,
        names=shown,
    )


def _row_of(row: AttendanceRow, session: SessionSummary, name: str | None) -> TableRow:
    """`name`: None if nothing is stored of the student."""
    seen, camera = row.view_seconds or 0, row.camera_on_seconds or 0
    cells = (
        row.label if row.student is None else label_student(row.student, row.label),
        _format_second(session, row.first_second),
        _format_second(session, row.last_second),
        _describe_view(row),
        format_duration(camera) if seen else _NO_TIME,
        {None: "", True: tr("yes"), False: tr("no")}[row.on_roster],
    )
    sort_keys = (
        fold_name(row.label) if row.student is None else name_sort_key(row.student, row.label if name else None),
        math.inf if row.first_second is None else float(row.first_second),
        math.inf if row.last_second is None else float(row.last_second),
        float(seen),
        float(camera),
        cells[_ROSTER_COLUMN],
    )
    bars = (row.view_share, camera / seen) if seen else (None, None)
    shares = (None, None, None, *bars, None)
    group = 2 if row.student is None else 1 if row.excluded else 0
    return TableRow(None if name is None else row.student, name or "", cells, sort_keys, shares, group)


def _describe_view(row: AttendanceRow) -> str:
    """`45 min · 90 %`, with excluded time if there is any; or why there is no time in view."""
    if row.student is None:
        return tr("not seen")
    if row.excluded:
        return tr("excluded")
    seen = row.view_seconds or 0
    parts = [format_duration(seen), format_share(seen, row.watched_seconds or 0)] if seen else [tr("not in view")]
    if row.excluded_seconds:
        parts.append(tr("excluded for {duration}", duration=format_duration(row.excluded_seconds)))
    return " · ".join(parts)


def _format_second(session: SessionSummary, second: int | None) -> str:
    return _NO_TIME if second is None else format_time(session.local_time(second))
