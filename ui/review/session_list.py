"""The recorded sessions, newest first."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from fer_desktop.storage.values import SessionSummary
from ui.theme import current_theme
from ui.words import count, describe_mood, format_day, format_duration

SESSION_ROLE: Final = Qt.ItemDataRole.UserRole
_PAD: Final = 9
_Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()


def name_session(summary: SessionSummary) -> str:
    """The course, or what was watched where no course was named."""
    return summary.course or ("Simulated class" if summary.simulated else summary.source)


def describe_session(summary: SessionSummary) -> str:
    """The second line of a row: how it ended, who was there, how the mood was."""
    parts = ["simulated"] if summary.simulated else []
    if summary.ended_at is None:
        parts.append("going on now")
    elif summary.interrupted:
        parts.append("ended by itself")
    parts.append(count(summary.students, "student"))
    if summary.mean_mood is not None:
        parts.append(describe_mood(summary.mean_mood))
    return " · ".join(parts)


class SessionModel(QAbstractListModel):
    """A plain list of sessions."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[SessionSummary] = []

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        summary = self._rows[index.row()]
        if role == SESSION_ROLE:
            return summary
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            day, length = format_day(summary.started_at), format_duration(summary.seconds)
            return f"{name_session(summary)}, {day}, {length}, {describe_session(summary)}"
        return None

    def show(self, sessions: Sequence[SessionSummary]) -> None:
        self.beginResetModel()
        self._rows = list(sessions)
        self.endResetModel()

    def row_of(self, session: int) -> int | None:
        return next((row for row, summary in enumerate(self._rows) if summary.id == session), None)


class _SessionDelegate(QStyledItemDelegate):
    """Three lines: name, day and length, the rest."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(200, 3 * QFontMetrics(_font_of(option)).height() + 2 * _PAD + 4)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        summary: SessionSummary = index.data(SESSION_ROLE)
        theme, font = current_theme(), _font_of(option)
        rect: QRect = option.rect
        selected = option.state & QStyle.StateFlag.State_Selected
        painter.save()
        if selected:
            painter.fillRect(rect, QColor(theme.info_surface))
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), QColor(theme.accent))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), QColor(theme.track))
        height = QFontMetrics(font).height()
        line = QRect(rect.left() + 14, rect.top() + _PAD, rect.width() - 26, height)
        bold = QFont(font)
        bold.setWeight(QFont.Weight.DemiBold)
        painter.setFont(bold)
        painter.setPen(QColor(theme.text))
        _draw(painter, line, name_session(summary))
        painter.setFont(font)
        painter.setPen(QColor(theme.muted))
        below = line.translated(0, height + 2)
        length = format_duration(summary.seconds)
        painter.drawText(below, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, length)
        below.setWidth(below.width() - painter.fontMetrics().horizontalAdvance(length) - 8)
        _draw(painter, below, format_day(summary.started_at))
        _draw(painter, line.translated(0, 2 * (height + 2)), describe_session(summary))
        painter.restore()


class SessionList(QListView):
    """`chosen(SessionSummary)` when the selection changes."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._model = SessionModel()
        self.setModel(self._model)
        self.setItemDelegate(_SessionDelegate(self))
        self.setAccessibleName("Recorded sessions, newest first")
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().selectionChanged.connect(self._choose)

    def show_sessions(self, sessions: Sequence[SessionSummary], *, select: int | None = None) -> None:
        """`select`: the session to open, the first where it is not among them."""
        ordered = sorted(sessions, key=lambda summary: (summary.started_at, summary.id), reverse=True)
        self._model.show(ordered)
        if ordered:
            row = (self._model.row_of(select) if select is not None else None) or 0
            self.selectionModel().setCurrentIndex(
                self._model.index(row), QItemSelectionModel.SelectionFlag.ClearAndSelect
            )

    def _choose(self) -> None:
        indexes = self.selectionModel().selectedIndexes()
        if indexes:
            self.chosen.emit(indexes[0].data(SESSION_ROLE))


def _font_of(option: QStyleOptionViewItem) -> QFont:
    font: QFont = option.font
    return font


def _draw(painter: QPainter, rect: QRect, text: str) -> None:
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
