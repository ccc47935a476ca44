"""Texts of windows and monitors that the desktop shares, as on Wayland."""

from typing import Final

from fer_desktop.messages.keys import MessageKey
from fer_desktop.messages.message_texts.message_text import MessageText, Texts
from fer_desktop.messages.texts import mark

_T = MessageText

TEXTS: Final[Texts] = {
    MessageKey.CHOOSE_WHAT_TO_SHARE: _T(mark("Your system asks what to share. Choose your call there.")),
    MessageKey.SHARING_DECLINED: _T(
        mark("nothing was shared. Start again, and choose your call when your system asks")
    ),
    MessageKey.SHARING_FAILED: _T(
        mark("your system could not share the screen. Try again; if it fails again, log out and in first")
    ),
    MessageKey.SHARING_ENDED: _T(
        mark("the sharing has ended: the window was closed, or you stopped it. Choose the window again to continue")
    ),
    MessageKey.SHARED_STREAM_FAILED: _T(
        mark(
            "the picture of the shared screen does not arrive ({reason}). Start again, and choose your call once more"
        ),
        {"reason": str},
    ),
    MessageKey.NO_WINDOWS_SHARED: _T(mark("your system shares no single windows. Choose a whole monitor")),
    MessageKey.NO_MONITORS_SHARED: _T(mark("your system shares no whole monitors. Choose a window")),
    MessageKey.PORTAL_MISSING: _T(
        mark(
            "your system cannot share the screen, because its desktop portal is missing: install "
            "xdg-desktop-portal-gnome, or xdg-desktop-portal-kde on KDE, then log out and in"
        )
    ),
    MessageKey.PIPEWIRE_MISSING: _T(
        mark("PipeWire is missing, which brings the picture of a shared screen: install libpipewire-0.3-0")
    ),
}
