"""The list of students as a view that knows whether the teacher is about to click in it."""

from typing import Final

from PySide6.QtCore import QElapsedTimer, QEvent, Qt
from PySide6.QtWidgets import QAbstractItemView, QListView

_AT_REST_AFTER_MS: Final = 4000
"""A pointer that lies still for so long was left there."""
_TOUCHES: Final = (QEvent.Type.Enter, QEvent.Type.MouseMove, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel)


class StudentsView(QListView):
    """Scrolls by pixels, never sideways. `at_rest_after_ms`: how long a pointer that lies still counts as moving."""

    def __init__(self, *, at_rest_after_ms: int = _AT_REST_AFTER_MS) -> None:
        super().__init__()
        self._at_rest_after_ms = at_rest_after_ms
        self._touched = QElapsedTimer()
        self.setMouseTracking(True)
        self.setUniformItemSizes(False)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    @property
    def is_pointer_active(self) -> bool:
        """Whether the pointer moves over the list: a row that changed its place now would be clicked for another."""
        return self._touched.isValid() and not self._touched.hasExpired(self._at_rest_after_ms)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() in _TOUCHES:
            self._touched.start()
        elif event.type() == QEvent.Type.Leave:
            self._touched.invalidate()
        return super().viewportEvent(event)
