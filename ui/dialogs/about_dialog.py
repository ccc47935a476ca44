"""The About dialog."""

from PySide6.QtWidgets import QWidget

from fer_desktop import __version__
from ui.dialogs.base import Dialog, make_message_dialog
from ui.language import mark, tr

_ABOUT = mark(
    "Runs beside a video call and shows who is present and how the class seems to feel, so that you notice when you "
    "are losing it.\n\nEverything stays on this computer: no pictures are saved and no network connection is opened. "
    "The results are estimates and often wrong for a single face. Use them to teach better, never for grades."
)


def make_about_dialog(parent: QWidget | None) -> Dialog:
    """The About dialog."""
    return make_message_dialog(parent, title=f"FER Desktop {__version__}", about=tr(_ABOUT))
