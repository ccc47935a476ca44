"""Lists the windows of the desktop, on X11, Windows and macOS."""

import sys

from fer_desktop.desktop.types import DesktopWindow, WindowFinder
from fer_desktop.desktop.wayland import is_wayland
from fer_desktop.errors import DisplayError, SourceError
from fer_desktop.messages import Message, MessageKey

__all__ = ["DesktopWindow", "WindowFinder", "list_windows", "open_finder"]


def open_finder() -> WindowFinder:
    """The finder of this system. Raises `SourceError` where there is no desktop, or it lists no windows to programs."""
    if is_wayland():
        raise SourceError(Message(MessageKey.WINDOWS_HIDDEN_BY_WAYLAND))
    if sys.platform == "win32":
        from fer_desktop.desktop.windows import Win32Finder

        return Win32Finder()
    if sys.platform == "darwin":
        from fer_desktop.desktop.macos import MacFinder

        return MacFinder()
    from fer_desktop.desktop.x11 import X11Finder

    return X11Finder()


def list_windows() -> tuple[DesktopWindow, ...]:
    """The windows at this moment, the topmost first, this program's included. Raises `DisplayError`."""
    try:
        finder = open_finder()
        try:
            return finder.list_windows()
        finally:
            finder.close()
    except SourceError as error:
        raise DisplayError(error.message) from error
