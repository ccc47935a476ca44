"""Parts of a window that scroll their content, and ask for the room that it needs."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from ui.widgets.basics import fill_scroll_area

_BESIDE_PX: Final = 160
"""What the rest of a window takes of the screen's height: its frame and its buttons, with twice the usual text."""
_LEAST_PX: Final = 120


class FittedArea(QScrollArea):
    """Asks for the height of its content, and insists on as much of it as the screen has room for."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self._content = content
        fill_scroll_area(self, content)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Asks for another height where the content's changes."""
        if watched is self._content and event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def take_changes(self) -> None:
        """Asks at once for the height of a content that was just changed."""
        layout = self._content.layout()
        if layout is not None:
            layout.activate()
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max(self._content.heightForWidth(width), self._content.minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        return self._content.sizeHint()

    def minimumSizeHint(self) -> QSize:
        least = self._content.minimumSizeHint()
        room = max(_LEAST_PX, self.screen().availableGeometry().height() - _BESIDE_PX)
        width = least.width() + self.verticalScrollBar().sizeHint().width()
        return QSize(width, min(least.height(), room))


class WideArea(QScrollArea):
    """Scrolls its content up and down only: it is never narrower than the content must be."""

    def __init__(self, content: QWidget, *, tab_stop: bool = False) -> None:
        super().__init__()
        self._content = content
        fill_scroll_area(self, content, tab_stop=tab_stop)

    def minimumSizeHint(self) -> QSize:
        width = self._content.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
        return QSize(width, super().minimumSizeHint().height())
