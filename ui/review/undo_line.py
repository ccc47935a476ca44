"""The line that offers to take back what was deleted just now."""

from collections.abc import Callable

from PySide6.QtCore import QTimer

from ui.language import tr
from ui.widgets.banner import Banner


class UndoLine(Banner):
    """Stays until `end` is called, which whoever took something back does, or its time is over."""

    def __init__(self) -> None:
        super().__init__("info", name=tr("Deleted"), action=tr("Undo"))
        self._undo: Callable[[], None] = lambda: None
        self._ends = QTimer(self)
        self._ends.setSingleShot(True)
        self._ends.timeout.connect(self.end)
        self.acted.connect(self._take_back)

    def offer(self, words: str, undo: Callable[[], None], *, for_s: int) -> None:
        self._undo = undo
        self.tell(words)
        self.offer_again()
        self.button.setFocus()
        self._ends.start(1000 * for_s)

    def offer_again(self) -> None:
        """It could not be taken back: a second try may do it."""
        self.button.setEnabled(True)

    def end(self) -> None:
        self._ends.stop()
        self._undo = lambda: None
        self.tell(None)

    def _take_back(self) -> None:
        self.button.setEnabled(False)
        self._undo()
