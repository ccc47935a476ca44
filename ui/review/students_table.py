"""The students of a session as a table. Sorted by number at first: it is no ranking."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSortFilterProxyModel, Qt, Signal
from PySide6.QtWidgets import QTableView

from fer_desktop.storage.values import StudentSummary
from fer_desktop.types import EXPRESSIONS
from ui.words import EXPRESSION_WORDS, format_duration, format_share

STUDENT_ROLE: Final = Qt.ItemDataRole.UserRole
_SORT_ROLE: Final = Qt.ItemDataRole.UserRole + 1
_Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()


@dataclass(frozen=True, slots=True)
class _Column:
    title: str
    about: str


_COLUMNS: Final = (
    _Column("Student", "Numbers hold within one session"),
    _Column("Present", "How long a tile of theirs was seen"),
    _Column("Camera", "Camera on: share of the time present"),
    _Column("Face", "Face seen: share of the time present"),
    _Column("Mostly", "The most frequent expression, where it is clear"),
    _Column("Flags", "How often they may have needed attention"),
)
_CLEAR: Final = 0.4


def describe_mostly(summary: StudentSummary) -> str:
    """The most probable expression on the whole; a dash without any, `mixed` where none stands out."""
    if summary.mean_probabilities is None:
        return "–"
    best = int(np.argmax(summary.mean_probabilities))
    return EXPRESSION_WORDS[EXPRESSIONS[best]] if summary.mean_probabilities[best] >= _CLEAR else "mixed"


class StudentTableModel(QAbstractTableModel):
    """One row a student."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[StudentSummary] = []

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        return len(_COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.ToolTipRole:
            return _COLUMNS[section].about
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return _COLUMNS[section].title if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        summary = self._rows[index.row()]
        if role == STUDENT_ROLE:
            return summary
        if role == Qt.ItemDataRole.DisplayRole:
            return _cells(summary)[index.column()]
        if role == _SORT_ROLE:
            return _sort_keys(summary)[index.column()]
        return None

    def show(self, students: Sequence[StudentSummary]) -> None:
        self.beginResetModel()
        self._rows = list(students)
        self.endResetModel()


def _cells(summary: StudentSummary) -> tuple[str, ...]:
    present = summary.tile_seconds
    return (
        summary.label,
        format_duration(present),
        format_share(summary.camera_on_seconds, present),
        format_share(summary.face_seconds, present),
        describe_mostly(summary),
        str(summary.flags) if summary.flags else "",
    )


def _sort_keys(summary: StudentSummary) -> tuple[float | str, ...]:
    present = max(1, summary.tile_seconds)
    return (
        float(summary.student),
        float(summary.tile_seconds),
        summary.camera_on_seconds / present,
        summary.face_seconds / present,
        describe_mostly(summary),
        float(summary.flags),
    )


class StudentTable(QTableView):
    """`chosen(StudentSummary)` when a row is selected."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._students = StudentTableModel()
        self._proxy = QSortFilterProxyModel()
        self._proxy.setSourceModel(self._students)
        self._proxy.setSortRole(_SORT_ROLE)
        self.setModel(self._proxy)
        self.setAccessibleName("Students of the session")
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setSortingEnabled(True)
        self.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().setVisible(False)
        self.horizontalHeader().setHighlightSections(False)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 12)
        self.horizontalHeader().setMinimumSectionSize(48)
        self.horizontalHeader().setDefaultSectionSize(48)
        self.horizontalHeader().setStretchLastSection(True)
        self.selectionModel().selectionChanged.connect(self._choose)

    def show_students(self, students: Sequence[StudentSummary], *, expressions_on: bool) -> None:
        self._students.show(students)
        self.setColumnHidden(4, not expressions_on)
        for column in range(len(_COLUMNS) - 1):  # the last one stretches over what is left
            self.resizeColumnToContents(column)

    def select(self, student: int) -> None:
        for row in range(self._proxy.rowCount()):
            if self._proxy.index(row, 0).data(STUDENT_ROLE).student == student:
                self.selectRow(row)

    def _choose(self) -> None:
        rows = self.selectionModel().selectedRows()
        if rows:
            self.chosen.emit(rows[0].data(STUDENT_ROLE))
