"""Windows that stay above all others."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

_ON_TOP = Qt.WindowType.WindowStaysOnTopHint


def keep_on_top(window: QWidget, *, on: bool) -> None:
    """Keeps a window above all others, or no longer; it stays where it is."""
    if bool(window.windowFlags() & _ON_TOP) == on:
        return
    visible = window.isVisible()
    window.setWindowFlag(_ON_TOP, on)
    window.setVisible(visible)


def is_anything_on_top() -> bool:
    """Whether a window of this program stays above the others: what opens next must do so too, or lie under it."""
    return any(window.isVisible() and window.windowFlags() & _ON_TOP for window in QApplication.topLevelWidgets())
