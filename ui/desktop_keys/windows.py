"""Global shortcuts on Windows, by ctypes on user32.

Not tried on Windows so far: tests pass messages to the filter as Windows would.
"""

import ctypes
from collections.abc import Callable, Iterable
from ctypes import wintypes
from typing import Any, Final

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication

from ui.desktop_keys.types import Key

_HOT_KEY: Final = 0x0312  # WM_HOTKEY
_F1: Final = 0x70  # VK_F1; the others follow it
_CTRL, _SHIFT, _ONCE = 0x0002, 0x0004, 0x4000  # MOD_CONTROL, MOD_SHIFT, MOD_NOREPEAT
_MESSAGE: Final = b"windows_generic_MSG"


class Win32Keys(QAbstractNativeEventFilter):
    """Windows posts hot keys to the thread that registered them, where Qt passes them to this filter."""

    def __init__(self, user: Any = None) -> None:
        """`user`: the library user32, or a fake."""
        super().__init__()
        self._user = ctypes.CDLL("user32") if user is None else user
        self._held: frozenset[Key] = frozenset()
        self._pressed: Callable[[Key], None] = lambda _: None

    def hold(self, keys: Iterable[Key], pressed: Callable[[Key], None]) -> frozenset[Key]:
        self.release()
        self._pressed = pressed
        self._held = frozenset(
            key for key in keys if self._user.RegisterHotKey(None, int(key), _CTRL | _SHIFT | _ONCE, _F1 + key - 1)
        )
        application = QCoreApplication.instance()
        if application is not None:
            application.installNativeEventFilter(self)
        return self._held

    def release(self) -> None:
        for key in self._held:
            self._user.UnregisterHotKey(None, int(key))
        self._held = frozenset()
        application = QCoreApplication.instance()
        if application is not None:
            application.removeNativeEventFilter(self)

    def nativeEventFilter(self, kind: QByteArray | bytes | bytearray | memoryview, message: int) -> tuple[bool, int]:
        """`message`: the address of a MSG. Returns True if it was handled."""
        if kind != _MESSAGE or not self._held:
            return False, 0
        native = wintypes.MSG.from_address(int(message))
        key = next((key for key in self._held if key == native.wParam), None)
        if native.message != _HOT_KEY or key is None:
            return False, 0
        self._pressed(key)
        return True, 0
