"""Global shortcuts, which work while the call has the keyboard: X11 and Windows."""

import sys

from PySide6.QtGui import QGuiApplication

from fer_desktop.desktop.wayland import is_wayland
from ui.desktop_keys.types import DesktopKeys, Key, NoKeys

__all__ = ["DesktopKeys", "Key", "NoKeys", "open_desktop_keys"]


def open_desktop_keys() -> DesktopKeys:
    """The global shortcuts of this desktop; `NoKeys` where there are none, as on Wayland and macOS."""
    platform = QGuiApplication.platformName()
    if platform == "xcb" and not is_wayland():
        from ui.desktop_keys.x11 import X11Keys

        return X11Keys()
    if sys.platform == "win32" and platform == "windows":
        from ui.desktop_keys.windows import Win32Keys

        return Win32Keys()
    return NoKeys()
