"""Shows how far encrypting or decrypting is; cannot be closed before it is done."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QProgressBar, QWidget

from ui.dialogs.base import Dialog
from ui.language import tr

_LOOK_EVERY_MS: Final = 100


class ProgressDialog(Dialog):
    """Reads the share that is done from `read_share`, 0 to 1, until `finish` is called."""

    def __init__(self, parent: QWidget | None, *, title: str, read_share: Callable[[], float]) -> None:
        about = tr("Leave the program open. If the computer goes off all the same, nothing is lost.")
        super().__init__(parent, title=title, about=about, accept="", reject="")
        self.set_least_width(400)
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.accept_button.hide()
        self._read_share = read_share
        self._finished = False
        self.bar = QProgressBar()
        self.bar.setRange(0, 100)
        self.bar.setAccessibleName(title)
        self.body.addWidget(self.bar)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._timer.start(_LOOK_EVERY_MS)

    def finish(self) -> None:
        """Closes the dialog."""
        self._finished = True
        self._timer.stop()
        self.accept()

    def reject(self) -> None:
        """Ignores Esc."""
        if self._finished:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._finished:
            super().closeEvent(event)
        else:
            event.ignore()

    def _look(self) -> None:
        self.bar.setValue(round(100 * self._read_share()))
