"""Asks for a region of the screen as text."""

from collections.abc import Sequence

from PySide6.QtWidgets import QLineEdit, QWidget

from fer_desktop.desktop.region import Monitor, Region
from fer_desktop.errors import SettingsError
from ui.dialogs.base import Dialog
from ui.language import tr
from ui.stylesheet import set_role
from ui.widgets.basics import make_label


class RegionDialog(Dialog):
    """The region must be at least partly on a screen; a part that is on none gives a warning."""

    def __init__(self, parent: QWidget | None, *, region: Region | None, monitors: Sequence[Monitor]) -> None:
        super().__init__(
            parent,
            title=tr("Enter screen coordinates"),
            about=tr("Width x height + from the left + from the top, in pixels."),
            accept=tr("Watch this"),
        )
        self.set_least_width(380)
        self._screens = list(dict.fromkeys(monitor.region for monitor in monitors))  # mirrors have one region
        self.line = QLineEdit(str(region) if region else "")
        self.line.setPlaceholderText("1280x720+0+40")
        self.line.setAccessibleName(tr("Screen coordinates"))
        self.problem = make_label("", "muted", wrap=True)
        self.body.addWidget(self.line)
        self.body.addWidget(self.problem)
        self.line.textChanged.connect(self._check)
        self._check()
        self.line.setFocus()

    def region(self) -> Region | None:
        """The entered region; None if it is invalid."""
        return self._read()[0]

    def _check(self) -> None:
        region, problem = self._read()
        self.accept_button.setEnabled(region is not None)
        set_role(self.problem, "muted" if region is not None else "problem")
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem and self.line.text()))
        self.make_room()

    def _read(self) -> tuple[Region | None, str]:
        """The region and a warning, or None and what is wrong with the text."""
        try:
            region = Region.parse(self.line.text())
        except SettingsError:
            return None, tr("Use the form 1280x720+0+40")
        seen_px = sum(_count_pixels(region.clipped(screen)) for screen in self._screens)
        if not seen_px:
            screens = ", ".join(str(screen) for screen in self._screens)
            return None, tr("This area is off the screen. Your screens are at: {screens}", screens=screens)
        if seen_px < _count_pixels(region):
            return region, tr("Part of this area is off the screen and will be black.")
        return region, ""


def _count_pixels(region: Region | None) -> int:
    return 0 if region is None else region.width * region.height
