"""The banner that offers to undo a deletion, and its shortcut."""

import time
from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from ui.language import tr
from ui.widgets.banner import Banner


class UndoBanner(Banner):
    """Visible until its time is over or `end` is called, as the caller does after an undo."""

    def __init__(self) -> None:
        super().__init__("info", name=tr("Deleted"), action=tr("Undo"))
        self.offered_at_s = 0.0
        self._undo: Callable[[], None] = lambda: None
        self._focus_before: QWidget | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.end)
        self.acted.connect(self._request_undo)

    def offer(self, words: str, undo: Callable[[], None], *, for_s: float) -> None:
        """Shows `words` for `for_s` seconds, with a focused button that calls `undo`."""
        self._undo = undo
        self.offered_at_s = time.monotonic()
        self.show_message(words)
        self.offer_again()
        if not self.button.hasFocus():
            self._focus_before = self.window().focusWidget()
        self.button.setFocus()
        self._timer.start(round(1000 * for_s))

    def offer_again(self) -> None:
        """Enables the button again after an undo has failed."""
        self.button.setEnabled(True)

    def end(self) -> None:
        """Hides the banner."""
        self._timer.stop()
        self._undo = lambda: None
        self._restore_focus()
        self.show_message(None)

    def _restore_focus(self) -> None:
        """Returns the focus to where it was; Qt would move it to the next widget."""
        before = self._focus_before
        if self.button.hasFocus() and before is not None and isValid(before) and before.isVisible():
            before.setFocus()

    def _request_undo(self) -> None:
        self._restore_focus()
        self.button.setEnabled(False)
        self._undo()


class UndoKey:
    """Ctrl+Z in the window undoes the last deletion; in a text field it undoes typing."""

    def __init__(self, window: QWidget, lines: Sequence[UndoBanner]) -> None:
        self._lines = lines
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), window)
        shortcut.activated.connect(self._undo_newest)

    def _undo_newest(self) -> None:
        offered = [line for line in self._lines if line.isVisible() and line.button.isEnabled()]
        if offered:
            max(offered, key=lambda line: line.offered_at_s).button.click()
