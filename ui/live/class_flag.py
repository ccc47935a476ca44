"""The banner for a flag of the whole class."""

from PySide6.QtCore import Signal

from fer_desktop.types import Flag
from ui.language import tr
from ui.widgets.banner import Banner
from ui.words import describe_flag


class ClassFlag(Banner):
    """Emits `dismissed(tuple[Flag, ...])` and changes nothing by itself."""

    dismissed = Signal(object)

    def __init__(self) -> None:
        super().__init__("warning", name=tr("The class as a whole"), action=tr("Dismiss"))
        self._flags: tuple[Flag, ...] = ()
        self.acted.connect(lambda: self.dismissed.emit(self._flags))

    def show_flags(self, flags: tuple[Flag, ...]) -> None:
        """Shows the first flag; the next one is shown when it is gone."""
        self._flags = flags[:1]
        self.show_message(describe_flag(flags[0]) if flags else None)
