"""The list view of the students, which detects whether the pointer is in use over it."""

from typing import Final

from PySide6.QtCore import QElapsedTimer, QEvent, Qt
from PySide6.QtWidgets import QAbstractItemView, QListView

_AT_REST_AFTER_MS: Final = 4000
"""A pointer that rests for this long does not count as in use."""
_TOUCHES: Final = (QEvent.Type.Enter, QEvent.Type.MouseMove, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel)


class StudentsView(QListView):
    """Scrolls by pixels, never sideways. `at_rest_after_ms`: how long a resting pointer counts as moving."""

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
        """Whether the pointer moves over the list: moving rows now would lead to a click on the wrong one."""
        return self._touched.isValid() and not self._touched.hasExpired(self._at_rest_after_ms)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() in _TOUCHES:
            self._touched.start()
        elif event.type() == QEvent.Type.Leave:
            self._touched.invalidate()
        return super().viewportEvent(event)
