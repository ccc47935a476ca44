"""Texts of the desktop's windows and monitors."""

from typing import Final

from fer_desktop.messages.keys import MessageKey
from fer_desktop.messages.message_texts.message_text import MessageText, Texts
from fer_desktop.messages.texts import mark

_T = MessageText

TEXTS: Final[Texts] = {
    MessageKey.WINDOWS_NOT_LISTED: _T(mark("the desktop does not list its windows: is it locked?")),
    MessageKey.WINDOWS_HIDDEN_BY_WAYLAND: _T(
        mark(
            "this desktop runs on Wayland, where a program cannot see other windows: watch portal:window, and choose it"
            " when your system asks"
        )
    ),
    MessageKey.WINDOWS_HIDDEN_BY_MACOS: _T(
        mark(
            "macOS does not let FER Desktop see other windows: allow it in System Settings, Privacy & Security, Screen "
            "Recording, then start FER Desktop again"
        )
    ),
    MessageKey.WINDOW_NOT_NAMED: _T(mark('no window is named: give its title or a part of it, such as "Zoom Meeting"')),
    MessageKey.LIBXCB_MISSING: _T(mark("the library libxcb is missing: install the package libxcb1")),
    MessageKey.DESKTOP_SILENT: _T(mark("the desktop does not answer")),
    MessageKey.DESKTOP_CLOSED: _T(mark("the desktop does not answer: was the display closed?")),
    MessageKey.NO_DISPLAY_TO_LIST: _T(
        mark("no display whose windows could be listed: run on a desktop, or under xvfb-run")
    ),
    MessageKey.NO_DISPLAY_TO_CAPTURE: _T(mark("no display to capture: run on a desktop, or under xvfb-run")),
    MessageKey.DISPLAY_NOT_CAPTURED: _T(
        mark("no display to capture ({reason}): run on a desktop, or under xvfb-run"), {"reason": str}
    ),
    MessageKey.NO_DISPLAY: _T(mark("no display: run on a desktop, or under xvfb-run")),
    MessageKey.DISPLAY_SILENT: _T(
        mark("the display {display} does not answer: run on a desktop, or under xvfb-run"), {"display": str}
    ),
    MessageKey.NO_MONITOR: _T(
        mark("there is no monitor {number}: this desktop has {count}, counted from 1"), {"number": int, "count": int}
    ),
    MessageKey.REGION_EMPTY: _T(
        mark("the part of the screen {region} has no size: choose a rectangle with width and height"), {"region": str}
    ),
    MessageKey.REGION_MALFORMED: _T(
        mark('"{text}" is no part of the screen: write WIDTHxHEIGHT+LEFT+TOP, such as 1280x720+0+40'), {"text": str}
    ),
}
