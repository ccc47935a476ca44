"""The About dialog."""

from datetime import date, timedelta
from typing import Final

from PySide6.QtWidgets import QWidget

from fer_desktop import RELEASED, __version__
from ui.dialogs.base import Dialog, make_message_dialog
from ui.language import current_language, mark, tr

_ABOUT = mark(
    "Runs beside a video call and shows who is present and how the class seems to feel, so that you notice when you "
    "are losing it.\n\nEverything stays on this computer: no pictures are saved and no network connection is opened. "
    "The results are estimates and often wrong for a single face. Use them to teach better, never for grades."
)
OLD_AFTER: Final = timedelta(days=182)
"""Half a year. The program cannot look for a newer version, as it opens no connection."""


def make_about_dialog(parent: QWidget | None, *, today: date | None = None) -> Dialog:
    """The About dialog. `today`: by default the computer's date."""
    texts = [tr(_ABOUT), tr("This version is from {day}.", day=current_language().day(RELEASED))]
    if (today or date.today()) - RELEASED > OLD_AFTER:
        texts.append(
            tr(
                "It is more than six months old. There may be a newer one where you got this one. Installing it keeps "
                "your lessons, and makes a backup before it changes them."
            )
        )
    return make_message_dialog(parent, title=f"FER Desktop {__version__}", about="\n\n".join(texts))
