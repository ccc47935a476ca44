"""Typing the place on the screen instead of drawing it."""

from PySide6.QtWidgets import QLineEdit, QWidget

from fer_desktop.capture.region import Region
from fer_desktop.errors import SettingsError
from ui.dialogs.base import Dialog
from ui.language import tr
from ui.widgets.basics import make_label


class RegionDialog(Dialog):
    """Watch stays off until the text is a region."""

    def __init__(self, parent: QWidget | None, *, region: Region | None) -> None:
        super().__init__(
            parent,
            title=tr("Type the place on the screen"),
            about=tr("Width x height + from the left + from the top, in pixels."),
            accept=tr("Watch this"),
        )
        self.setMinimumWidth(380)
        self.line = QLineEdit(str(region) if region else "")
        self.line.setPlaceholderText("1280x720+0+40")
        self.line.setAccessibleName(tr("The place on the screen"))
        self.problem = make_label("", "muted", wrap=True)
        self.body.addWidget(self.line)
        self.body.addWidget(self.problem)
        self.line.textChanged.connect(self._check)
        self._check()

    def region(self) -> Region | None:
        try:
            return Region.parse(self.line.text())
        except SettingsError:
            return None

    def _check(self) -> None:
        region = self.region()
        self.accept_button.setEnabled(region is not None)
        self.problem.setText(tr("Write it like 1280x720+0+40"))
        self.problem.setVisible(region is None and bool(self.line.text()))
