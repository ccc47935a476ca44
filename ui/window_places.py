"""Where windows are put on the screen."""

from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QGuiApplication
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


def move_back(window: QWidget, place: QPoint) -> None:
    """Moves a window to where it was; where no screen is any more, to the right edge of the one that it is on."""
    if is_on_a_screen(place.x(), place.y(), window.width()):
        window.move(place)
    else:
        place_beside_call(window)


def is_on_a_screen(left: int, top: int, width: int) -> bool:
    """Whether the top of a window there is on a screen: one that was unplugged would keep it out of reach."""
    return QGuiApplication.screenAt(QPoint(left + width // 2, top + _EDGE_PX)) is not None
