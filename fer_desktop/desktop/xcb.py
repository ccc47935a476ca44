"""The few requests to an X server that finding windows and grabbing keys take, by ctypes on libxcb.

libxcb and not libX11, whose errors go to one handler of the whole process. By default it ends the process, for instance
where a window closes between two requests. libxcb returns each error for its own request.
"""

import ctypes
import struct
from collections.abc import Callable
from typing import Any, Final

from fer_desktop.desktop.libxcb import load_libxcb
from fer_desktop.errors import DisplayLostError, SourceError
from fer_desktop.messages import Message, MessageKey

PendingReply = Callable[[], bytes | None]
"""Waits for the reply to a request that was sent: its bytes, None where the window is gone."""

HEADER_BYTES: Final = 32
"""Length of a reply without its variable part."""

_ANY_TYPE: Final = 0  # AnyPropertyType
_GRAB_MODE_ASYNC: Final = 1
_PROPERTY_TYPE: Final = slice(8, 12)
"""Where the reply to GetProperty has the type: 0 where there is no such property."""
_EVENT_BYTES: Final = 32
_SETUP_MIN_KEYCODE: Final = 34
"""Offset of the lowest keycode in the server's description of itself; the highest follows."""


class XcbConnection:
    """A connection to the display of `DISPLAY`, for one thread.

    Requests are sent at once and their replies waited for later: many of them cost one round trip. Every reply must be
    taken.
    """

    def __init__(self) -> None:
        """Raises `SourceError` where there is no X server."""
        self._connection: int | None = None
        try:
            self._library = load_libxcb()
        except OSError as error:
            raise SourceError(Message(MessageKey.LIBXCB_MISSING)) from error
        screen = ctypes.c_int(0)
        connection = self._library.xcb_connect(None, ctypes.byref(screen))
        if self._library.xcb_connection_has_error(connection):
            self._library.xcb_disconnect(connection)
            raise SourceError(Message(MessageKey.NO_DISPLAY_TO_LIST))
        self._connection = connection
        self.root = self._find_root(screen.value)
        self._atoms: dict[str, int] = {}

    def atom(self, name: str) -> int:
        """The server's number for a name."""
        if name not in self._atoms:
            text = name.encode("ascii")
            reply = self._request("intern_atom", ctypes.c_uint8(0), ctypes.c_uint16(len(text)), text)()
            if reply is None:
                raise DisplayLostError(Message(MessageKey.DESKTOP_SILENT))
            self._atoms[name] = struct.unpack_from("=I", reply, 8)[0]
        return self._atoms[name]

    def request_property(self, window: int, name: str, *, max_words: int = 1024) -> PendingReply:
        """The value of a property, cut off after `max_words` words of four bytes."""
        reply = self._request(
            "get_property",
            ctypes.c_uint8(0),
            ctypes.c_uint32(window),
            ctypes.c_uint32(self.atom(name)),
            ctypes.c_uint32(_ANY_TYPE),
            ctypes.c_uint32(0),
            ctypes.c_uint32(max_words),
        )
        return lambda: _read_property(reply())

    def request_tree(self, window: int) -> PendingReply:
        """The reply to QueryTree."""
        return self._request("query_tree", ctypes.c_uint32(window))

    def request_geometry(self, window: int) -> PendingReply:
        """The reply to GetGeometry."""
        return self._request("get_geometry", ctypes.c_uint32(window))

    def request_origin(self, window: int) -> PendingReply:
        """The reply to TranslateCoordinates: where the window's corner is on the root window."""
        zero = ctypes.c_int16(0)
        return self._request("translate_coordinates", ctypes.c_uint32(window), ctypes.c_uint32(self.root), zero, zero)

    def request_attributes(self, window: int) -> PendingReply:
        """The reply to GetWindowAttributes."""
        return self._request("get_window_attributes", ctypes.c_uint32(window))

    def find_keycode(self, keysym: int) -> int | None:
        """The key that has a keysym on any of its levels; None where the keyboard has none."""
        setup = ctypes.string_at(self._library.xcb_get_setup(self._connection), _SETUP_MIN_KEYCODE + 2)
        first, last = setup[_SETUP_MIN_KEYCODE], setup[_SETUP_MIN_KEYCODE + 1]
        reply = self._request("get_keyboard_mapping", ctypes.c_uint8(first), ctypes.c_uint8(last - first + 1))()
        if reply is None:
            return None
        levels, keysyms = reply[1], struct.unpack_from(f"={(len(reply) - HEADER_BYTES) // 4}I", reply, HEADER_BYTES)
        return first + keysyms.index(keysym) // levels if keysym in keysyms else None

    def grab_key(self, keycode: int, modifiers: int) -> bool:
        """Reserves a key for this connection, whatever window has the focus. False where another program has it."""
        cookie = self._library.xcb_grab_key_checked(
            self._connection, 0, self.root, modifiers, keycode, _GRAB_MODE_ASYNC, _GRAB_MODE_ASYNC
        )
        error = self._library.xcb_request_check(self._connection, cookie)
        if error:
            self._library.free(ctypes.c_void_p(error))
        return not error

    def ungrab_key(self, keycode: int, modifiers: int) -> None:
        """Releases a key; without effect for one that is not grabbed."""
        self._library.xcb_ungrab_key(self._connection, keycode, self.root, modifiers)

    def poll_event(self) -> bytes | None:
        """The oldest event that has arrived (32 bytes), None where there is none. Raises `CaptureLostError`."""
        self.check()
        event = self._library.xcb_poll_for_event(self._connection)
        if not event:
            self.check()
            return None
        content = ctypes.string_at(event, _EVENT_BYTES)
        self._library.free(ctypes.c_void_p(event))
        return content

    @property
    def file_descriptor(self) -> int:
        """Readable once the server has sent something."""
        return int(self._library.xcb_get_file_descriptor(self._connection))

    def check(self) -> None:
        """Raises `CaptureLostError` once the connection is lost or closed."""
        if self._connection is None or self._library.xcb_connection_has_error(self._connection):
            raise DisplayLostError(Message(MessageKey.DESKTOP_CLOSED))

    def close(self) -> None:
        """May be called twice."""
        if self._connection is not None:
            self._library.xcb_disconnect(self._connection)
            self._connection = None

    def _request(self, request: str, *arguments: Any) -> PendingReply:
        cookie = getattr(self._library, f"xcb_{request}")(self._connection, *arguments)
        take_reply = getattr(self._library, f"xcb_{request}_reply")

        def wait() -> bytes | None:
            error = ctypes.c_void_p()
            reply = take_reply(self._connection, cookie, ctypes.byref(error))
            if error.value:
                self._library.free(error)
            if not reply:
                return None
            more_words = struct.unpack_from("=I", ctypes.string_at(reply, 8), 4)[0]
            content = ctypes.string_at(reply, HEADER_BYTES + 4 * more_words)
            self._library.free(ctypes.c_void_p(reply))
            return content

        return wait

    def _find_root(self, screen: int) -> int:
        screens = self._library.xcb_setup_roots_iterator(self._library.xcb_get_setup(self._connection))
        for _ in range(screen):
            self._library.xcb_screen_next(ctypes.byref(screens))
        return int(screens.data[0])


def _read_property(reply: bytes | None) -> bytes | None:
    """The value in a reply to GetProperty. None where there is no such property, empty where it has no value."""
    if reply is None or not any(reply[_PROPERTY_TYPE]):
        return None
    bits, values = reply[1], struct.unpack_from("=I", reply, 16)[0]
    return reply[HEADER_BYTES : HEADER_BYTES + values * bits // 8]
