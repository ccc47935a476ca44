"""Windows that stay above all others."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

_ON_TOP = Qt.WindowType.WindowStaysOnTopHint


def keep_on_top(window: QWidget, *, on: bool) -> None:
    """Sets whether a window stays above all others, without moving it."""
    if bool(window.windowFlags() & _ON_TOP) == on:
        return
    visible = window.isVisible()
    window.setWindowFlag(_ON_TOP, on)
    window.setVisible(visible)


def is_anything_on_top() -> bool:
    """Whether a window of this program stays above all others: a dialog must then do so too, or lie below it."""
    return any(window.isVisible() and window.windowFlags() & _ON_TOP for window in QApplication.topLevelWidgets())
