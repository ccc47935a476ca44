"""The list of open windows: calls first, then the others, each under a heading."""

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
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from fer_desktop.desktop import DesktopWindow
from fer_desktop.desktop.call_apps import name_app, name_call
from ui.language import tr
from ui.start.choice import describe_size
from ui.stylesheet import set_role
from ui.theme import current_theme
from ui.widgets.row_painting import font_of, make_bold, paint_selected, paint_text, rect_of

WINDOW_ROLE: Final = Qt.ItemDataRole.UserRole
_PAD: Final = 7
_Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()
_Row = DesktopWindow | str


def describe_window(window: DesktopWindow) -> str:
    """The second line of a row: the program, and the size or that it is minimised."""
    size = tr("minimised") if window.hidden else describe_size(window.region)
    return " · ".join(part for part in (name_call(window) or name_app(window.app), size) if part)


def group_windows(windows: Sequence[DesktopWindow]) -> list[_Row]:
    """Headings and windows in the order of the rows; `windows` has the calls first."""
    calls = [window for window in windows if name_call(window) is not None]
    others = [window for window in windows if name_call(window) is None]
    rows: list[_Row] = []
    for heading, group in ((tr("Calls"), calls), (tr("Other windows"), others)):
        if group:
            rows += [heading, *group]
    return rows


class _WindowModel(QAbstractListModel):
    """Rows of windows and headings."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[_Row] = []

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if isinstance(self.rows[index.row()], str):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if role == WINDOW_ROLE:
            return row if isinstance(row, DesktopWindow) else None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row if isinstance(row, str) else f"{row.title}, {describe_window(row)}"
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(row, DesktopWindow):
            return row.title
        return None

    def show(self, rows: list[_Row]) -> bool:
        """Replaces the rows; returns False if it was the same windows in the same order, perhaps with new titles."""
        if [_key(row) for row in rows] == [_key(row) for row in self.rows]:
            self.rows = rows
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return False
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()
        return True


class _WindowDelegate(QStyledItemDelegate):
    """Paints windows in two lines, headings in one."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        height = QFontMetrics(font_of(option)).height()
        if index.data(WINDOW_ROLE) is None:
            return QSize(200, height + 2 * _PAD)
        return QSize(200, 2 * height + 2 * _PAD + 2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        window: DesktopWindow | None = index.data(WINDOW_ROLE)
        theme, font, rect = current_theme(), font_of(option), rect_of(option)
        bold = make_bold(font)
        height = QFontMetrics(font).height()
        line = QRect(rect.left() + 12, rect.top() + _PAD, rect.width() - 24, height)
        painter.save()
        if window is None:
            painter.setFont(bold)
            paint_text(painter, line, str(index.data()), theme.muted)
        else:
            if option.state & QStyle.StateFlag.State_Selected:
                paint_selected(painter, rect, theme)
            painter.setFont(bold)
            paint_text(painter, line, window.title, theme.text)
            painter.setFont(font)
            paint_text(painter, line.translated(0, height + 2), describe_window(window), theme.muted)
        painter.restore()


class WindowList(QListView):
    """`picked`: the selection has changed. `taken`: a window was double-clicked."""

    picked = Signal()
    taken = Signal()

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "choices")
        self._model = _WindowModel()
        self.setModel(self._model)
        self.setItemDelegate(_WindowDelegate(self))
        self.setAccessibleName(tr("Open windows"))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().selectionChanged.connect(self.picked)
        self.doubleClicked.connect(self.taken)

    def window_picked(self) -> DesktopWindow | None:
        """The selected window."""
        indexes = self.selectionModel().selectedIndexes()
        window: DesktopWindow | None = indexes[0].data(WINDOW_ROLE) if indexes else None
        return window

    def show_windows(self, windows: Sequence[DesktopWindow]) -> None:
        """Lists windows, calls first; keeps selection and scroll position."""
        before, scrolled = self.window_picked(), self.verticalScrollBar().value()
        if self._model.show(group_windows(windows)):
            self.select(None if before is None else before.id)
            self.verticalScrollBar().setValue(scrolled)

    def select(self, window_id: int | None) -> None:
        """Selects a window by its id; clears the selection if it is not listed."""
        rows = self._model.rows
        row = next((row for row, each in enumerate(rows) if window_id is not None and _key(each) == window_id), None)
        if row is None:
            self.selectionModel().clear()
            self.picked.emit()
            return
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(self._model.index(row), flag)

    def step(self, by: int) -> None:
        """Moves the selection by `by` windows: for arrow keys pressed in the search field."""
        ids = [row.id for row in self._model.rows if isinstance(row, DesktopWindow)]
        picked = self.window_picked()
        if not ids:
            return
        place = ids.index(picked.id) + by if picked is not None else 0
        self.select(ids[min(max(0, place), len(ids) - 1)])


def _key(row: _Row) -> int | str:
    return row if isinstance(row, str) else row.id
