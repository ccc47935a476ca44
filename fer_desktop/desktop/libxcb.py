"""The C functions of libxcb that are used here, declared for ctypes."""

import ctypes
from functools import cache
from typing import Any, Final

_U8, _U16, _U32, _I16 = ctypes.c_uint8, ctypes.c_uint16, ctypes.c_uint32, ctypes.c_int16
_POINTER: Final = ctypes.c_void_p


class Cookie(ctypes.Structure):
    """The number of a request that was sent."""

    _fields_ = (("sequence", ctypes.c_uint),)


class ScreenIterator(ctypes.Structure):
    """Points to the description of a screen, which begins with the number of its root window."""

    _fields_ = (("data", ctypes.POINTER(_U32)), ("rem", ctypes.c_int), ("index", ctypes.c_int))


_FUNCTIONS: Final[dict[str, tuple[Any, tuple[Any, ...]]]] = {
    "xcb_connect": (_POINTER, (ctypes.c_char_p, _POINTER)),
    "xcb_connection_has_error": (ctypes.c_int, (_POINTER,)),
    "xcb_disconnect": (None, (_POINTER,)),
    "xcb_get_setup": (_POINTER, (_POINTER,)),
    "xcb_setup_roots_iterator": (ScreenIterator, (_POINTER,)),
    "xcb_screen_next": (None, (_POINTER,)),
    "xcb_get_file_descriptor": (ctypes.c_int, (_POINTER,)),
    "xcb_poll_for_event": (_POINTER, (_POINTER,)),
    "xcb_grab_key_checked": (Cookie, (_POINTER, _U8, _U32, _U16, _U8, _U8, _U8)),
    "xcb_ungrab_key": (Cookie, (_POINTER, _U8, _U32, _U16)),
    "xcb_request_check": (_POINTER, (_POINTER, Cookie)),
}
"""Result and arguments by name; None: no result."""

_REQUESTS: Final[dict[str, tuple[Any, ...]]] = {
    "intern_atom": (_U8, _U16, ctypes.c_char_p),
    "get_property": (_U8, _U32, _U32, _U32, _U32, _U32),
    "query_tree": (_U32,),
    "get_geometry": (_U32,),
    "translate_coordinates": (_U32, _U32, _I16, _I16),
    "get_window_attributes": (_U32,),
    "get_keyboard_mapping": (_U8, _U8),
}
"""Requests with a reply: their arguments after the connection."""


@cache
def load_libxcb() -> Any:
    """The library, with `free` of the C library for what it returns. Raises `OSError` where it is not installed."""
    library: Any = ctypes.CDLL("libxcb.so.1")
    for name, (result, arguments) in _FUNCTIONS.items():
        _declare(getattr(library, name), result, arguments)
    for request, arguments in _REQUESTS.items():
        _declare(getattr(library, f"xcb_{request}"), Cookie, (_POINTER, *arguments))
        _declare(getattr(library, f"xcb_{request}_reply"), _POINTER, (_POINTER, Cookie, _POINTER))
    library.free = ctypes.CDLL(None).free
    _declare(library.free, None, (_POINTER,))
    return library


def _declare(function: Any, result: Any, arguments: tuple[Any, ...]) -> None:
    function.restype, function.argtypes = result, arguments
