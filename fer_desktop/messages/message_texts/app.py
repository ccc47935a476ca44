"""Texts of the windows as a whole."""

from typing import Final

from fer_desktop.messages.keys import MessageKey
from fer_desktop.messages.message_texts.message_text import MessageText, Texts
from fer_desktop.messages.texts import mark

_T = MessageText

TEXTS: Final[Texts] = {
    MessageKey.APP_ALREADY_OPEN: _T(
        mark(
            "FER Desktop is open already, and --window, --region and --place count when it starts: choose there, or "
            "close it first"
        )
    ),
    MessageKey.DEMO_NEEDS_X11: _T(
        mark(
            "this demo needs X11, and your desktop runs on Wayland: open the window and choose Simulated class instead"
        )
    ),
    MessageKey.DEMO_CLOSED_EARLY: _T(mark("the demo was closed before it had begun")),
}
