"""The banner that reports what was done last."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from ui.language import tr
from ui.widgets.banner import Banner

OpenFile = Callable[[Path], bool]
"""Opens a file in the program that the desktop has for it; returns whether there is one."""


def open_on_desktop(path: Path) -> bool:
    """As by a double click on the file."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.resolve())))


class DoneBanner(Banner):
    """A file that was written can be opened from it."""

    def __init__(self, open_file: OpenFile = open_on_desktop) -> None:
        super().__init__("info", name=tr("Done"), action=tr("Open"))
        self._open_file = open_file
        self._file: Path | None = None
        self.button.setVisible(False)
        self.acted.connect(self._open)

    def show_message(self, text: str | None, *, busy: bool = False) -> None:
        super().show_message(text, busy=busy)
        self._file = None
        self.button.setVisible(False)

    def show_saved(self, path: Path) -> None:
        """A file was written."""
        self.show_message(tr("Saved as {path}", path=path))
        self._file = path
        self.button.setVisible(True)

    def _open(self) -> None:
        """The button goes where no program opens such a file: its path stands in the message."""
        if self._file is not None and not self._open_file(self._file):
            self.button.setVisible(False)
