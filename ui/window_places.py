"""Where windows are put on the screen."""

from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QWidget

_TITLE_BAR_PX: Final = 60
_EDGE_PX: Final = 12


def place_beside_call(window: QWidget) -> None:
    """Moves a window to the right edge of its screen, within its height, so that the call stays visible."""
    free = window.screen().availableGeometry()
    window.resize(window.width(), min(window.height(), free.height() - _TITLE_BAR_PX))
    window.move(free.right() + 1 - window.width() - _EDGE_PX, free.top() + _EDGE_PX)


def place_at_left(window: QWidget, free: QRect) -> None:
    """Moves a window to the left of the `free` part of the screen, and limits its size to that."""
    window.resize(window.size().boundedTo(free.size() - QSize(2 * _EDGE_PX, _TITLE_BAR_PX)))
    window.move(free.topLeft() + QPoint(_EDGE_PX, _EDGE_PX))
