"""The few requests to an X server that finding windows and grabbing keys take, by ctypes on libxcb.

libxcb and not libX11: its errors belong to the request that met them. libX11 tells them to one handler of the whole
process, whose default ends it, as a window that closes between two questions would.
"""

import ctypes
import struct
from collections.abc import Callable
from functools import cache
from typing import Any, Final

from fer_desktop.errors import CaptureLostError, SourceError

Answer = Callable[[], bytes | None]
"""Waits for the reply to a request that was sent: its bytes, None where the window is gone."""

_ANY_TYPE: Final = 0
_HEADER_BYTES: Final = 32
_TYPE: Final = slice(8, 12)
_EVENT_BYTES: Final = 32
_SETUP_KEYCODES: Final = 34
"""Where the least and the greatest keycode stand in the server's description of itself."""
_ASYNC: Final = 1


class _Cookie(ctypes.Structure):
    _fields_ = (("sequence", ctypes.c_uint),)


class _ScreenIterator(ctypes.Structure):
    _fields_ = (("data", ctypes.POINTER(ctypes.c_uint32)), ("rem", ctypes.c_int), ("index", ctypes.c_int))


class XcbConnection:
    """A connection of one thread's own to the display of `DISPLAY`.

    Requests go out at once and are answered when asked for: many of them cost one wait. Every answer must be taken.
    """

    def __init__(self) -> None:
        """Raises `SourceError` where there is no X server."""
        self._connection: int | None = None
        try:
            self._library = _load_library()
        except OSError as error:
            raise SourceError("the library libxcb is missing: install the package libxcb1") from error
        number = ctypes.c_int(0)
        connection = self._library.xcb_connect(None, ctypes.byref(number))
        if self._library.xcb_connection_has_error(connection):
            self._library.xcb_disconnect(connection)
            raise SourceError("no display whose windows could be listed: run on a desktop, or under xvfb-run")
        self._connection = connection
        self.root = self._find_root(number.value)
        self._atoms: dict[str, int] = {}

    def atom(self, name: str) -> int:
        """The number that the server has for a name."""
        if name not in self._atoms:
            text = name.encode("ascii")
            reply = self._ask("intern_atom", ctypes.c_uint8(0), ctypes.c_uint16(len(text)), text)()
            if reply is None:
                raise CaptureLostError("the desktop does not answer")
            self._atoms[name] = struct.unpack_from("=I", reply, 8)[0]
        return self._atoms[name]

    def ask_property(self, window: int, name: str, *, most_words: int = 1024) -> Answer:
        """The value of a property, at most so many times four bytes of it."""
        answer = self._ask(
            "get_property",
            ctypes.c_uint8(0),
            ctypes.c_uint32(window),
            ctypes.c_uint32(self.atom(name)),
            ctypes.c_uint32(_ANY_TYPE),
            ctypes.c_uint32(0),
            ctypes.c_uint32(most_words),
        )
        return lambda: _property_value(answer())

    def ask_tree(self, window: int) -> Answer:
        """The reply to QueryTree."""
        return self._ask("query_tree", ctypes.c_uint32(window))

    def ask_geometry(self, window: int) -> Answer:
        """The reply to GetGeometry."""
        return self._ask("get_geometry", ctypes.c_uint32(window))

    def ask_origin(self, window: int) -> Answer:
        """The reply to TranslateCoordinates: where the window's corner is on the root window."""
        zero = ctypes.c_int16(0)
        return self._ask("translate_coordinates", ctypes.c_uint32(window), ctypes.c_uint32(self.root), zero, zero)

    def ask_attributes(self, window: int) -> Answer:
        """The reply to GetWindowAttributes."""
        return self._ask("get_window_attributes", ctypes.c_uint32(window))

    def find_keycode(self, keysym: int) -> int | None:
        """The key that bears a keysym, as a symbol on any of its levels; None where the keyboard has none."""
        setup = ctypes.string_at(self._library.xcb_get_setup(self._connection), _SETUP_KEYCODES + 2)
        least, most = setup[_SETUP_KEYCODES], setup[_SETUP_KEYCODES + 1]
        reply = self._ask("get_keyboard_mapping", ctypes.c_uint8(least), ctypes.c_uint8(most - least + 1))()
        if reply is None:
            return None
        levels, symbols = reply[1], struct.unpack_from(f"={(len(reply) - _HEADER_BYTES) // 4}I", reply, _HEADER_BYTES)
        return least + symbols.index(keysym) // levels if keysym in symbols else None

    def grab_key(self, keycode: int, modifiers: int) -> bool:
        """From now on that key comes to this connection, whatever window has the keyboard. False: another has it."""
        cookie = self._library.xcb_grab_key_checked(self._connection, 0, self.root, modifiers, keycode, _ASYNC, _ASYNC)
        error = self._library.xcb_request_check(self._connection, cookie)
        if error:
            self._library.free(ctypes.c_void_p(error))
        return not error

    def ungrab_key(self, keycode: int, modifiers: int) -> None:
        """Lets go of a key; harmless for one that is not held."""
        self._library.xcb_ungrab_key(self._connection, keycode, self.root, modifiers)

    def poll_event(self) -> bytes | None:
        """The oldest event that has come (32 bytes), None where there is none. Raises `CaptureLostError`."""
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
        """Readable once something has come."""
        return int(self._library.xcb_get_file_descriptor(self._connection))

    def check(self) -> None:
        """Raises `CaptureLostError` once the server has gone."""
        if self._connection is None or self._library.xcb_connection_has_error(self._connection):
            raise CaptureLostError("the desktop does not answer: was the display closed?")

    def close(self) -> None:
        if self._connection is not None:
            self._library.xcb_disconnect(self._connection)
            self._connection = None

    def _ask(self, request: str, *arguments: Any) -> Answer:
        cookie = getattr(self._library, f"xcb_{request}")(self._connection, *arguments)
        take = getattr(self._library, f"xcb_{request}_reply")

        def answer() -> bytes | None:
            error = ctypes.c_void_p()
            reply = take(self._connection, cookie, ctypes.byref(error))
            if error.value:
                self._library.free(error)
            if not reply:
                return None
            words = struct.unpack_from("=I", ctypes.string_at(reply, 8), 4)[0]
            content = ctypes.string_at(reply, _HEADER_BYTES + 4 * words)
            self._library.free(ctypes.c_void_p(reply))
            return content

        return answer

    def _find_root(self, screen: int) -> int:
        screens = self._library.xcb_setup_roots_iterator(self._library.xcb_get_setup(self._connection))
        for _ in range(screen):
            self._library.xcb_screen_next(ctypes.byref(screens))
        return int(screens.data[0])  # a screen's description begins with its root window


def _property_value(reply: bytes | None) -> bytes | None:
    """None where there is no such property: one without values is another matter."""
    if reply is None or not any(reply[_TYPE]):
        return None
    bits, values = reply[1], struct.unpack_from("=I", reply, 16)[0]
    return reply[_HEADER_BYTES : _HEADER_BYTES + values * bits // 8]


@cache
def _load_library() -> Any:
    library: Any = ctypes.CDLL("libxcb.so.1")
    library.xcb_connect.restype = ctypes.c_void_p
    library.xcb_connect.argtypes = (ctypes.c_char_p, ctypes.c_void_p)
    library.xcb_connection_has_error.argtypes = (ctypes.c_void_p,)
    library.xcb_disconnect.argtypes = (ctypes.c_void_p,)
    library.xcb_disconnect.restype = None
    library.xcb_get_setup.restype = ctypes.c_void_p
    library.xcb_get_setup.argtypes = (ctypes.c_void_p,)
    library.xcb_setup_roots_iterator.restype = _ScreenIterator
    library.xcb_setup_roots_iterator.argtypes = (ctypes.c_void_p,)
    library.xcb_screen_next.restype = None
    library.xcb_get_file_descriptor.argtypes = (ctypes.c_void_p,)
    library.xcb_poll_for_event.restype = ctypes.c_void_p
    library.xcb_poll_for_event.argtypes = (ctypes.c_void_p,)
    library.xcb_grab_key_checked.restype = _Cookie
    library.xcb_grab_key_checked.argtypes = (
        ctypes.c_void_p,
        ctypes.c_uint8,
        _WINDOW,
        ctypes.c_uint16,
        *[ctypes.c_uint8] * 3,
    )
    library.xcb_ungrab_key.restype = _Cookie
    library.xcb_ungrab_key.argtypes = (ctypes.c_void_p, ctypes.c_uint8, _WINDOW, ctypes.c_uint16)
    library.xcb_request_check.restype = ctypes.c_void_p
    library.xcb_request_check.argtypes = (ctypes.c_void_p, _Cookie)
    library.free = ctypes.CDLL(None).free
    library.free.argtypes = (ctypes.c_void_p,)
    library.free.restype = None
    for request, arguments in _ARGUMENTS.items():
        function, reply = getattr(library, f"xcb_{request}"), getattr(library, f"xcb_{request}_reply")
        function.restype, function.argtypes = _Cookie, (ctypes.c_void_p, *arguments)
        reply.restype, reply.argtypes = ctypes.c_void_p, (ctypes.c_void_p, _Cookie, ctypes.c_void_p)
    return library


_WINDOW: Final = ctypes.c_uint32
_ARGUMENTS: Final[dict[str, tuple[Any, ...]]] = {
    "intern_atom": (ctypes.c_uint8, ctypes.c_uint16, ctypes.c_char_p),
    "get_property": (ctypes.c_uint8, _WINDOW, *[ctypes.c_uint32] * 4),
    "query_tree": (_WINDOW,),
    "get_geometry": (_WINDOW,),
    "translate_coordinates": (_WINDOW, _WINDOW, ctypes.c_int16, ctypes.c_int16),
    "get_window_attributes": (_WINDOW,),
    "get_keyboard_mapping": (ctypes.c_uint8, ctypes.c_uint8),
}
