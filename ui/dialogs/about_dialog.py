"""The About dialog."""

from PySide6.QtWidgets import QWidget

from fer_desktop import __version__
from ui.dialogs.base import Dialog, make_message_dialog
from ui.language import mark, tr

_ABOUT = mark(
    "Runs beside a video call, sees who is there, and shows how the class seems to feel, so that you notice when you "
    "are losing it.\n\n"
    "Everything stays on this computer: no picture is ever stored and no connection to a network is ever opened. "
    "What it shows are estimates, which are often wrong for a single face. They help to teach, and are never for "
    "grades."
)


def make_about_dialog(parent: QWidget | None) -> Dialog:
    """The About dialog."""
    return make_message_dialog(parent, title=f"FER Desktop {__version__}", about=tr(_ABOUT))
