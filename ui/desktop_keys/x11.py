"""Global shortcuts on X11, grabbed by a connection of their own."""

import logging
import struct
from collections.abc import Callable, Iterable
from typing import Final

from PySide6.QtCore import QSocketNotifier

from fer_desktop.desktop.xcb import XcbConnection
from fer_desktop.errors import FerDesktopError
from ui.desktop_keys.types import Key

_log = logging.getLogger(__name__)

_F1: Final = 0xFFBE  # XK_F1; the others follow it
_SHIFT, _CAPS_LOCK, _CTRL, _NUM_LOCK = 1, 2, 4, 16
_LOCKS: Final = (0, _CAPS_LOCK, _NUM_LOCK, _CAPS_LOCK | _NUM_LOCK)
"""Lock states are modifiers to the server, so each key is grabbed with all four combinations."""
_PRESS, _RELEASE = 2, 3
_SENT: Final = 0x80
"""The flag of events that another program has sent."""


class X11Keys:
    """Keeps a connection only while keys are grabbed."""

    def __init__(self) -> None:
        self._server: XcbConnection | None = None
        self._notifier: QSocketNotifier | None = None
        self._keys: dict[int, Key] = {}
        self._pressed: Callable[[Key], None] = lambda _: None
        self._released_ms: dict[int, int] = {}

    def hold(self, keys: Iterable[Key], pressed: Callable[[Key], None]) -> frozenset[Key]:
        self.release()
        try:
            self._server = XcbConnection()
        except FerDesktopError as error:
            _log.info("no global shortcuts: %s", error)
            return frozenset()
        self._pressed = pressed
        self._keys = {keycode: key for key in keys if (keycode := _grab(self._server, key)) is not None}
        self._notifier = QSocketNotifier(self._server.file_descriptor, QSocketNotifier.Type.Read)
        self._notifier.activated.connect(self._take_events)
        return frozenset(self._keys.values())

    def release(self) -> None:
        """Closes the connection, by which the server releases its grabs."""
        if self._notifier is not None:
            self._notifier.setEnabled(False)
            self._notifier.deleteLater()
            self._notifier = None
        if self._server is not None:
            self._server.close()
            self._server = None
        self._keys, self._released_ms = {}, {}

    def _take_events(self) -> None:
        """Reads all events. A pressed key may release the keys, and the server may be gone: both end the loop."""
        try:
            while self._server is not None and (event := self._server.poll_event()) is not None:
                self._take(event)
        except FerDesktopError as error:
            _log.info("global shortcuts lost: %s", error)
            self.release()

    def _take(self, event: bytes) -> None:
        kind, keycode, at_ms = struct.unpack_from("=BBxxI", event)
        key = self._keys.get(keycode)
        if kind & _SENT or key is None:
            return
        if kind == _RELEASE:
            self._released_ms[keycode] = at_ms
        elif kind == _PRESS and self._released_ms.get(keycode) != at_ms:  # else auto-repeat
            self._pressed(key)


def _grab(server: XcbConnection, key: Key) -> int | None:
    """Grabs a key and returns its keycode; None if the keyboard lacks it or another program has grabbed it."""
    keycode = server.find_keycode(_F1 + key - 1)
    if keycode is None:
        return None
    ways = [_CTRL | _SHIFT | lock for lock in _LOCKS]
    if all(server.grab_key(keycode, modifiers) for modifiers in ways):
        return keycode
    for modifiers in ways:
        server.ungrab_key(keycode, modifiers)
    return None
