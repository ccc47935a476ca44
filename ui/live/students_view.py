"""The list of the students: several beside each other, and as high as they need, so that the page alone scrolls."""

from typing import Final

from PySide6.QtCore import QElapsedTimer, QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QSizePolicy

_AT_REST_AFTER_MS: Final = 4000
"""A pointer that rests for this long does not count as in use."""
_TOUCHES: Final = (QEvent.Type.Enter, QEvent.Type.MouseMove, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel)
_LINES_WIDE: Final = 11
"""Least width of a column, in line heights: a name, and a word for the state."""


class StudentsView(QListView):
    """Never scrolls by itself. `at_rest_after_ms`: how long a resting pointer counts as moving.

    `reached(QRect)`: the keyboard or a selection has come to a row, there in the view.
    """

    reached = Signal(QRect)

    def __init__(self, *, at_rest_after_ms: int = _AT_REST_AFTER_MS) -> None:
        super().__init__()
        self._at_rest_after_ms = at_rest_after_ms
        self._touched = QElapsedTimer()
        self._content_px = 0
        self.setMouseTracking(True)
        self.setUniformItemSizes(False)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def is_pointer_active(self) -> bool:
        """Whether the pointer moves over the list: moving rows now would lead to a click on the wrong one."""
        return self._touched.isValid() and not self._touched.hasExpired(self._at_rest_after_ms)

    @property
    def columns(self) -> int:
        """How many students stand beside each other."""
        return max(1, self.viewport().width() // (_LINES_WIDE * self.fontMetrics().height()))

    @property
    def column_width(self) -> int:
        """The width of one of them, in pixels: Qt breaks a line that is as wide as the view."""
        return (self.viewport().width() - 1) // self.columns

    def sizeHint(self) -> QSize:
        return QSize(_LINES_WIDE * self.fontMetrics().height(), self._content_px)

    def minimumSizeHint(self) -> QSize:
        return QSize(1, self._content_px)

    def updateGeometries(self) -> None:
        """Asks for the height of the rows, whenever they are laid out."""
        super().updateGeometries()
        height = self.contentsSize().height()
        if height != self._content_px:
            self._content_px = height
            self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()

    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        self.reached.emit(self.visualRect(index))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leaves the wheel to the page around the list."""
        event.ignore()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() in _TOUCHES:
            self._touched.start()
        elif event.type() == QEvent.Type.Leave:
            self._touched.invalidate()
        return super().viewportEvent(event)
