"""The line that offers to take back what was deleted just now."""

import time
from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from ui.language import tr
from ui.widgets.banner import Banner


class UndoBanner(Banner):
    """Stays until `end` is called, which whoever took something back does, or its time is over."""

    def __init__(self) -> None:
        super().__init__("info", name=tr("Deleted"), action=tr("Undo"))
        self.button.setAutoDefault(True)  # outside dialogs Enter presses no other buttons
        self.offered_at_s = 0.0
        self._undo: Callable[[], None] = lambda: None
        self._worked_in: QWidget | None = None
        self._ends = QTimer(self)
        self._ends.setSingleShot(True)
        self._ends.timeout.connect(self.end)
        self.acted.connect(self._take_back)

    def offer(self, words: str, undo: Callable[[], None], *, for_s: float) -> None:
        self._undo = undo
        self.offered_at_s = time.monotonic()
        self.show_message(words)
        self.offer_again()
        if not self.button.hasFocus():
            self._worked_in = self.window().focusWidget()
        self.button.setFocus()
        self._ends.start(round(1000 * for_s))

    def offer_again(self) -> None:
        """It could not be taken back: a second try may do it."""
        self.button.setEnabled(True)

    def end(self) -> None:
        self._ends.stop()
        self._undo = lambda: None
        self._lead_back()
        self.show_message(None)

    def _lead_back(self) -> None:
        """To where the keyboard was before; left to itself Qt goes on to whatever comes next."""
        before = self._worked_in
        if self.button.hasFocus() and before is not None and isValid(before) and before.isVisible():
            before.setFocus()

    def _take_back(self) -> None:
        self._lead_back()
        self.button.setEnabled(False)
        self._undo()


class UndoKey:
    """Ctrl+Z anywhere in the window takes back what was deleted last; where a text is written it is the text's."""

    def __init__(self, window: QWidget, lines: Sequence[UndoBanner]) -> None:
        self._lines = lines
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), window)
        shortcut.activated.connect(self._undo_newest)

    def _undo_newest(self) -> None:
        offered = [line for line in self._lines if line.isVisible() and line.button.isEnabled()]
        if offered:
            max(offered, key=lambda line: line.offered_at_s).button.click()
