"""The list of recorded sessions, grouped by course, the newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
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
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from fer_desktop.messages import MessageKey
from fer_desktop.storage.values import SessionSummary
from ui.language import render, tr, tr_count
from ui.stylesheet import set_role
from ui.theme import current_theme
from ui.widgets.row_painting import font_of, make_bold, paint_selected, paint_text, rect_of
from ui.words import describe_mood, format_day, format_duration

SESSION_ROLE: Final = Qt.ItemDataRole.UserRole
_PAD: Final = 8
_Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()


@dataclass(frozen=True, slots=True)
class _Heading:
    """The line above the sessions of a course."""

    title: str
    number: int


def name_session(summary: SessionSummary) -> str:
    """The course of a session; the source if it has none."""
    return summary.course or describe_source(summary)


def describe_source(summary: SessionSummary) -> str:
    """What was watched, without the coordinates of a part of the screen, which help nobody here."""
    if summary.simulated:
        return tr("Simulated class")
    return tr("Part of the screen") if summary.source.key is MessageKey.SOURCE_REGION else render(summary.source)


def name_group(summary: SessionSummary) -> str:
    """The heading under which the session is listed."""
    if summary.course:
        return summary.course
    return tr("Simulated class") if summary.simulated else tr("Without a course")


def describe_session(summary: SessionSummary) -> str:
    """The second line of a row: how it ended, number of students, mood."""
    parts = [tr("simulated")] if summary.simulated else []
    if summary.ended_at is None:
        parts.append(tr("in progress"))
    elif summary.interrupted:
        parts.append(tr("interrupted"))
    parts.append(tr_count("{n} student", "{n} students", summary.students))
    if summary.mean_mood is not None:
        parts.append(describe_mood(summary.mean_mood))
    return " · ".join(parts)


class SessionModel(QAbstractListModel):
    """Sessions, with a heading above those of each course."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[_Heading | SessionSummary] = []

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if index.isValid() and isinstance(self._rows[index.row()], _Heading):
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == SESSION_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            if isinstance(row, _Heading):
                return tr_count("{course}, {n} lesson", "{course}, {n} lessons", row.number, course=row.title)
            day, length = format_day(row.local_time()), format_duration(row.seconds)
            return f"{name_session(row)}, {day}, {length}, {describe_session(row)}"
        return None

    def show(self, sessions: Sequence[SessionSummary]) -> None:
        """Replaces the rows. `sessions`: the newest first."""
        groups: dict[str, list[SessionSummary]] = {}
        for summary in sessions:
            groups.setdefault(name_group(summary), []).append(summary)
        self.beginResetModel()
        self._rows = []
        for title, group in groups.items():
            self._rows += [_Heading(title, len(group)), *group]
        self.endResetModel()

    def row_of(self, session: int | None) -> int | None:
        """The row of a session; None if it is not listed."""
        numbered = enumerate(self._rows)
        return next((row for row, each in numbered if isinstance(each, SessionSummary) and each.id == session), None)


class _SessionDelegate(QStyledItemDelegate):
    """Paints sessions in two lines and headings in one."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        height = QFontMetrics(font_of(option)).height()
        if isinstance(index.data(SESSION_ROLE), _Heading):
            return QSize(200, height + 2 * _PAD + 2)
        return QSize(200, 2 * height + 2 * _PAD + 2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row: _Heading | SessionSummary = index.data(SESSION_ROLE)
        painter.save()
        if isinstance(row, _Heading):
            _draw_heading(painter, option, row)
        else:
            _draw_session(painter, option, row)
        painter.restore()


class SessionList(QListView):
    """`chosen(SessionSummary)` when another session is selected."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._model = SessionModel()
        self.setModel(self._model)
        self.setItemDelegate(_SessionDelegate(self))
        self.setAccessibleName(tr("Recorded lessons by course, newest first"))
        set_role(self, "choices")
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().selectionChanged.connect(self._choose)

    def show_sessions(self, sessions: Sequence[SessionSummary], *, select: int | None = None) -> None:
        """Lists the sessions and selects `select`, or the newest."""
        ordered = sorted(sessions, key=lambda summary: (summary.started_at, summary.id), reverse=True)
        self._model.show(ordered)
        row = self._model.row_of(select)
        if row is None and ordered:
            row = self._model.row_of(ordered[0].id)
        if row is not None:
            index = self._model.index(row)
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.scrollTo(index)

    def show_again(self, sessions: Sequence[SessionSummary]) -> None:
        """Replaces the list and keeps the selection if it is still listed; emits nothing."""
        chosen = self.selected()
        self.selectionModel().blockSignals(True)
        self._model.show(sessions)
        row = self._model.row_of(chosen.id if chosen else None)
        if row is not None:
            self.setCurrentIndex(self._model.index(row))
        self.selectionModel().blockSignals(False)

    def open_first(self) -> None:
        """Selects the first session in the list."""
        if self._model.rowCount() > 1:
            self.setCurrentIndex(self._model.index(1))

    def selected(self) -> SessionSummary | None:
        """The selected session."""
        indexes = self.selectionModel().selectedIndexes()
        return indexes[0].data(SESSION_ROLE) if indexes else None

    def titles(self) -> list[str]:
        """The rows in words, as for screen readers."""
        return [str(self._model.index(row).data()) for row in range(self._model.rowCount())]

    def _choose(self) -> None:
        summary = self.selected()
        if summary is not None:
            self.chosen.emit(summary)


def _draw_heading(painter: QPainter, option: QStyleOptionViewItem, heading: _Heading) -> None:
    theme, rect, font = current_theme(), rect_of(option), font_of(option)
    painter.fillRect(rect, QColor(theme.raised))
    number = str(heading.number)
    painter.setFont(font)
    painter.setPen(QColor(theme.muted))
    line = rect.adjusted(14, 0, -12, 0)
    painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, number)
    line.setWidth(line.width() - painter.fontMetrics().horizontalAdvance(number) - 8)
    painter.setFont(make_bold(font))
    paint_text(painter, line, heading.title, theme.text)


def _draw_session(painter: QPainter, option: QStyleOptionViewItem, summary: SessionSummary) -> None:
    theme, rect, font = current_theme(), rect_of(option), font_of(option)
    if option.state & QStyle.StateFlag.State_Selected:
        paint_selected(painter, rect, theme)
    painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), QColor(theme.track))
    height = QFontMetrics(font).height()
    line = QRect(rect.left() + 14, rect.top() + _PAD, rect.width() - 26, height)
    painter.setFont(font)
    paint_text(painter, line.translated(0, height + 2), _second_line(summary), theme.muted)
    length = format_duration(summary.seconds)
    painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, length)
    line.setWidth(line.width() - painter.fontMetrics().horizontalAdvance(length) - 8)
    paint_text(painter, line, format_day(summary.local_time()), theme.text)


def _second_line(summary: SessionSummary) -> str:
    """With the source if no course distinguishes the session."""
    words = describe_session(summary)
    return words if summary.course or summary.simulated else f"{describe_source(summary)} · {words}"
