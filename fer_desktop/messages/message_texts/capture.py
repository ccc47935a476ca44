"""Texts of why nothing can be captured, or only a part."""

from typing import Final

from fer_desktop.messages.keys import MessageKey
from fer_desktop.messages.message_texts.message_text import MessageText, Texts
from fer_desktop.messages.texts import mark

_T = MessageText

TEXTS: Final[Texts] = {
    MessageKey.CAMERA_UNPLUGGED: _T(
        mark("camera {number} is not sending a picture. Is it unplugged?"), {"number": int}
    ),
    MessageKey.REGION_OFF_SCREEN: _T(
        mark("the watched part of the screen ({region}) lies outside it. Was a monitor unplugged or changed?"),
        {"region": str},
    ),
    MessageKey.SCREEN_UNAVAILABLE: _T(mark("the screen cannot be captured. Was a monitor or the display changed?")),
    MessageKey.REGION_BLACK: _T(mark("the watched part of the screen is black. Is the window minimised or covered?")),
    MessageKey.REGION_BLACK_ON_WAYLAND: _T(
        mark(
            "a part of the screen cannot be read under Wayland. Choose a window or a whole screen instead: your system "
            "then asks which to share"
        )
    ),
    MessageKey.PICTURE_FROZEN: _T(
        mark(
            "Nothing in the watched part of the screen has changed for {seconds} seconds. Is the call still there and "
            "its window open?"
        ),
        {"seconds": int},
    ),
    MessageKey.WINDOW_CLOSED: _T(
        mark("the watched window is closed. Open the call again to continue, or stop and choose another window")
    ),
    MessageKey.WINDOW_HIDDEN: _T(mark("the watched window is minimised or on another workspace. Bring it back")),
    MessageKey.WINDOW_TOO_SMALL: _T(mark("the watched window is too small to show a class. Make it larger")),
    MessageKey.WINDOW_COVERED: _T(mark("{program} covers the watched window. Move it aside"), {"program": str}),
    MessageKey.WINDOW_COVERED_BY_UNKNOWN: _T(mark("Another window covers the watched window. Move it aside")),
    MessageKey.WINDOW_PARTLY_COVERED: _T(
        mark("{program} covers part of the watched window. Move it aside"), {"program": str}
    ),
    MessageKey.WINDOW_PARTLY_COVERED_BY_UNKNOWN: _T(
        mark("Another window covers part of the watched window. Move it aside")
    ),
    MessageKey.WINDOW_PARTLY_OFF_SCREEN: _T(mark("Part of the watched window is off the screen. Move it back")),
    MessageKey.CALL_FROZEN: _T(
        mark("the picture of the call has not moved for {seconds} seconds. Is the call still connected?"),
        {"seconds": int},
    ),
    MessageKey.PART_DAMAGED: _T(mark("this part of the recording is damaged")),
    MessageKey.CAPTURE_HANGS: _T(mark("no picture is arriving. Wait a moment, or stop and start again")),
    MessageKey.WINDOW_RENAMED: _T(mark("The title of the watched window has changed. Does it still show the call?")),
}
