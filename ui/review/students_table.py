"""The table of a session's students: at first those with flags, then by number, as it is no ranking."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from PySide6.QtCore import Qt

from fer_desktop.storage.values import StudentSummary
from fer_desktop.types import EXPRESSIONS
from ui.language import mark, tr
from ui.review.rows_table import RowsTable, TableColumn, TableRow, name_sort_key
from ui.words import EXPRESSION_WORDS, format_duration, format_share, label_student

_COLUMNS: Final = (
    TableColumn(mark("Student"), mark("Sort by name. Press F2 or double-click to rename a student")),
    TableColumn(mark("In view"), mark("How long their video tile was in view")),
    TableColumn(mark("Camera"), mark("Camera on: share of the time in view")),
    TableColumn(mark("Face"), mark("Face seen: share of the time in view")),
    TableColumn(mark("Mostly"), mark("Most frequent expression, if clear")),
    TableColumn(mark("Flags"), mark("Number of flags")),
)
_MOSTLY_COLUMN: Final = 4
_FLAGS_COLUMN: Final = 5
_CLEAR: Final = 0.4


def describe_mostly(summary: StudentSummary) -> str:
    """The expression with the highest mean probability; `mixed` if none is clear, a dash without readings."""
    if summary.mean_probabilities is None:
        return "–"
    best = int(np.argmax(summary.mean_probabilities))
    return EXPRESSION_WORDS[EXPRESSIONS[best]] if summary.mean_probabilities[best] >= _CLEAR else tr("mixed")


class StudentTable(RowsTable):
    """Presence, expression and flags of each student."""

    def __init__(self) -> None:
        super().__init__(_COLUMNS, name=tr("Students of the lesson"))
        self.sortByColumn(_FLAGS_COLUMN, Qt.SortOrder.DescendingOrder)

    def show_students(self, students: Sequence[StudentSummary], *, expressions_on: bool, editable: bool) -> None:
        """Replaces all rows. `editable`: students can be renamed."""
        self.setColumnHidden(_MOSTLY_COLUMN, not expressions_on)
        self.show_rows([_row_of(each) for each in students], editable=editable)


def _row_of(summary: StudentSummary) -> TableRow:
    present = summary.tile_seconds
    cells = (
        label_student(summary.student, summary.label),
        format_duration(present),
        format_share(summary.camera_on_seconds, present),
        format_share(summary.face_seconds, present),
        describe_mostly(summary),
        str(summary.flags) if summary.flags else "",
    )
    sort_keys = (
        name_sort_key(summary.student, summary.name),
        float(present),
        summary.camera_on_seconds / max(1, present),
        summary.face_seconds / max(1, present),
        describe_mostly(summary),
        float(summary.flags),
    )
    return TableRow(summary.student, summary.name or "", cells, sort_keys)
