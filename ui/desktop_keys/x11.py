"""Keys of an X11 desktop, grabbed by a connection of their own."""

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
"""The server tells keys with a lock on from those without, so each is grabbed in all four ways."""
_PRESS, _RELEASE = 2, 3
_SENT: Final = 0x80
"""Marks events that another program has made up."""


class X11Keys:
    """Holds a connection only while keys are held."""

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
            _log.info("no keys from this desktop: %s", error)
            return frozenset()
        self._pressed = pressed
        self._keys = {keycode: key for key in keys if (keycode := _grab(self._server, key)) is not None}
        self._notifier = QSocketNotifier(self._server.file_descriptor, QSocketNotifier.Type.Read)
        self._notifier.activated.connect(self._take_events)
        return frozenset(self._keys.values())

    def release(self) -> None:
        """The server ends the grabs of a connection that is closed."""
        if self._notifier is not None:
            self._notifier.setEnabled(False)
            self._notifier.deleteLater()
            self._notifier = None
        if self._server is not None:
            self._server.close()
            self._server = None
        self._keys, self._released_ms = {}, {}

    def _take_events(self) -> None:
        """What was pressed may release the keys, or the server may be gone: both end it."""
        try:
            while self._server is not None and (event := self._server.poll_event()) is not None:
                self._take(event)
        except FerDesktopError as error:
            _log.info("the desktop's keys are lost: %s", error)
            self.release()

    def _take(self, event: bytes) -> None:
        kind, keycode, at_ms = struct.unpack_from("=BBxxI", event)
        key = self._keys.get(keycode)
        if kind & _SENT or key is None:
            return
        if kind == _RELEASE:
            self._released_ms[keycode] = at_ms
        elif kind == _PRESS and self._released_ms.get(keycode) != at_ms:  # a key held down repeats: up and down at once
            self._pressed(key)


def _grab(server: XcbConnection, key: Key) -> int | None:
    """The keycode, None where the keyboard has no such key, or another program has it."""
    keycode = server.find_keycode(_F1 + key - 1)
    if keycode is None:
        return None
    ways = [_CTRL | _SHIFT | lock for lock in _LOCKS]
    if all(server.grab_key(keycode, modifiers) for modifiers in ways):
        return keycode
    for modifiers in ways:
        server.ungrab_key(keycode, modifiers)
    return None
