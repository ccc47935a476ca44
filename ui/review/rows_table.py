"""A sortable table with a row for each student, whose name can be edited in place."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QLineEdit,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from fer_desktop.roster.names import fold_name
from ui.dialogs.student_dialogs import MAX_NAME_LENGTH
from ui.language import tr
from ui.theme import current_theme, scaled

Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()
_SORT_ROLE: Final = Qt.ItemDataRole.UserRole
_STUDENT_ROLE: Final = Qt.ItemDataRole.UserRole + 1
_SHARE_ROLE: Final = Qt.ItemDataRole.UserRole + 2
_GROUP_ROLE: Final = Qt.ItemDataRole.UserRole + 3
_BAR_PX: Final = 3
_ARROW_PX: Final = 14
_CELL_PADDING_PX: Final = 11
_MIN_NAME_PX: Final = 100


@dataclass(frozen=True, slots=True)
class TableColumn:
    """Both texts are marked for translation and translated when shown."""

    title: str
    about: str


@dataclass(frozen=True, slots=True)
class TableRow:
    """`student`: None where nothing is stored. `shares`: 0 to 1 for each cell that has a bar.

    `group`: rows of a higher group come after those of a lower one, however the table is sorted.
    """

    student: int | None
    name: str
    cells: tuple[str, ...]
    sort_keys: tuple[float | str, ...]
    shares: tuple[float | None, ...] = ()
    group: int = 0


def name_sort_key(student: int, name: str | None) -> str:
    """By name, whatever its capitals and accents; students without one by number."""
    return fold_name(name) if name else f"student {student:06}"


class RowsModel(QAbstractTableModel):
    """`renamed(int, str)`: a name was edited in the first column; the row changes with the next `show`."""

    renamed = Signal(int, str)

    def __init__(self, columns: Sequence[TableColumn]) -> None:
        super().__init__()
        self._columns = columns
        self._rows: list[TableRow] = []
        self.editable = True

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return len(self._columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.ToolTipRole:
            return tr(self._columns[section].about)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return tr(self._columns[section].title) if role == Qt.ItemDataRole.DisplayRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        named = index.isValid() and index.column() == 0 and self._rows[index.row()].student is not None
        return flags | Qt.ItemFlag.ItemIsEditable if named and self.editable else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.cells[column]
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.cells[column] if column == 0 else None  # long names are elided
        if role == Qt.ItemDataRole.EditRole:
            return row.name
        if role == _SORT_ROLE:
            return row.sort_keys[column]
        if role == _STUDENT_ROLE:
            return row.student
        if role == _SHARE_ROLE:
            return row.shares[column] if row.shares else None
        if role == _GROUP_ROLE:
            return row.group
        if role == Qt.ItemDataRole.ForegroundRole and row.group:
            return QColor(current_theme().muted)
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row = self._rows[index.row()]
        name = " ".join(str(value).split())
        if row.student is not None and name != row.name:
            self.renamed.emit(row.student, name)
        return False

    def texts(self, column: int) -> list[str]:
        """The texts of a column."""
        return [row.cells[column] for row in self._rows]

    def show(self, rows: Sequence[TableRow]) -> None:
        """Replaces all rows."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()


class _GroupsInOrder(QSortFilterProxyModel):
    """Sorts rows within their groups; the groups keep their order in both directions."""

    def lessThan(self, left: Index, right: Index) -> bool:
        groups = left.data(_GROUP_ROLE), right.data(_GROUP_ROLE)
        if groups[0] != groups[1]:
            return (groups[0] < groups[1]) is (self.sortOrder() is Qt.SortOrder.AscendingOrder)
        less: bool = left.data(_SORT_ROLE) < right.data(_SORT_ROLE)
        return less


class _RowDelegate(QStyledItemDelegate):
    """Paints a bar below the text of cells that have a share."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        share = index.data(_SHARE_ROLE)
        if share is None:
            return
        theme, rect = current_theme(), QRectF(option.rect)
        bar = QRectF(rect.left() + 4, rect.bottom() - _BAR_PX - 3, rect.width() - 14, _BAR_PX)
        painter.save()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.fillRect(bar, QColor(theme.track))
        bar.setWidth(bar.width() * min(1.0, share))
        painter.fillRect(bar, QColor(theme.accent))
        painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = QLineEdit(parent)
        editor.setMaxLength(MAX_NAME_LENGTH)
        editor.setPlaceholderText(str(index.data()))
        editor.setAccessibleName(tr("Name of {who}", who=index.data()))
        editor.setStyleSheet("padding: 0 2px; border-radius: 3px;")
        return editor


class RowsTable(QTableView):
    """`chosen(int)`: the row of a student was selected. `renamed(int, str)`: "" removes the name.

    `sorted()`: the order of the rows has changed.
    """

    chosen = Signal(int)
    renamed = Signal(int, str)
    sorted = Signal()

    def __init__(self, columns: Sequence[TableColumn], *, name: str) -> None:
        super().__init__()
        self._rows = RowsModel(columns)
        self._min_name_px = 0
        self._proxy = _GroupsInOrder()
        self._proxy.setSourceModel(self._rows)
        self.setModel(self._proxy)
        self.setItemDelegate(_RowDelegate(self))
        self.setAccessibleName(name)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setEditTriggers(QTableView.EditTrigger.DoubleClicked)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.setSortingEnabled(True)
        self.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMinimumHeight(170)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.verticalHeader().setVisible(False)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setMinimumSectionSize(40)
        self.horizontalHeader().setDefaultSectionSize(48)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._fit_cells()
        self.selectionModel().selectionChanged.connect(self._choose)
        self._rows.renamed.connect(self.renamed)
        self.horizontalHeader().sortIndicatorChanged.connect(lambda *_: self.sorted.emit())

    def show_rows(self, rows: Sequence[TableRow], *, editable: bool) -> None:
        """Replaces all rows and keeps the scroll position."""
        self._rows.editable = editable
        place = self.verticalScrollBar().value()
        self._rows.show(rows)
        self.verticalScrollBar().setValue(place)
        self._fit_cells()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_names()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_cells()

    def _fit_cells(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 12)
        for column in range(1, self._rows.columnCount()):
            self.setColumnWidth(column, self._fitting_width(column))
        self._min_name_px = min(self._fitting_width(0), scaled(_MIN_NAME_PX))
        self._fit_names()

    def _fit_names(self) -> None:
        """Names get the width that is left, but at least what most names need: then the table scrolls sideways."""
        others = sum(self.columnWidth(column) for column in range(1, self._rows.columnCount()))
        self.setColumnWidth(0, max(self._min_name_px, self.viewport().width() - others))

    def _fitting_width(self, column: int) -> int:
        metrics = self.fontMetrics()
        title = str(self._rows.headerData(column, Qt.Orientation.Horizontal))
        widest = max((metrics.horizontalAdvance(text) for text in self._rows.texts(column)), default=0)
        return max(metrics.horizontalAdvance(title) + _ARROW_PX, widest) + _CELL_PADDING_PX

    def order(self) -> list[int]:
        """The student numbers in the order of the rows."""
        rows = (self._proxy.index(row, 0).data(_STUDENT_ROLE) for row in range(self._proxy.rowCount()))
        return [student for student in rows if student is not None]

    def select(self, student: int) -> None:
        """Selects a student's row."""
        index = self._index_of(student)
        if index is not None:
            self.selectRow(index.row())

    def edit_name(self, student: int) -> None:
        """Opens the editor for a student's name."""
        index = self._index_of(student)
        being_edited = self.state() == QTableView.State.EditingState
        if index is not None and not being_edited and index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.setCurrentIndex(index)
            self.edit(index)

    def _index_of(self, student: int) -> QModelIndex | None:
        indexes = (self._proxy.index(row, 0) for row in range(self._proxy.rowCount()))
        return next((index for index in indexes if index.data(_STUDENT_ROLE) == student), None)

    def _choose(self) -> None:
        rows = self.selectionModel().selectedRows()
        student = rows[0].data(_STUDENT_ROLE) if rows else None
        if student is not None:
            self.chosen.emit(student)
