"""libpipewire 0.3 by ctypes: the structures and functions that a video stream needs.

Source: `pipewire/stream.h` and `spa/buffer/*.h`. The structures are part of the ABI, which has been the same since
0.3.0; of `pw_buffer` only the first field is read, as later versions have added to its end.
"""

import ctypes
import sys
from collections.abc import Callable
from ctypes import CFUNCTYPE, POINTER, Structure, c_char_p, c_int, c_int32, c_int64, c_uint32, c_uint64, c_void_p
from typing import Any, Final

from fer_desktop.errors import SourceError
from fer_desktop.messages import Message, MessageKey

LIBRARY: Final = "libpipewire-0.3.so.0"

DIRECTION_INPUT: Final = 0
AUTOCONNECT: Final = 1 << 0
MAP_BUFFERS: Final = 1 << 2

STATE_ERROR: Final = -1
STATE_UNCONNECTED: Final = 0

META_HEADER: Final = 1
META_VIDEO_CROP: Final = 2
META_HEADER_CORRUPTED: Final = 1 << 1
CHUNK_CORRUPTED: Final = 1 << 0
DATA_MEM_PTR: Final = 1
DATA_MEM_FD: Final = 2

_EVENTS_VERSION: Final = 2


class SpaChunk(Structure):
    """What of a buffer's memory is valid."""

    _fields_ = (("offset", c_uint32), ("size", c_uint32), ("stride", c_int32), ("flags", c_int32))


class SpaData(Structure):
    """One block of memory of a buffer."""

    _fields_ = (
        ("type", c_uint32),
        ("flags", c_uint32),
        ("fd", c_int64),
        ("mapoffset", c_uint32),
        ("maxsize", c_uint32),
        ("data", c_void_p),
        ("chunk", POINTER(SpaChunk)),
    )


class SpaMeta(Structure):
    """What is known of a picture beside its pixels."""

    _fields_ = (("type", c_uint32), ("size", c_uint32), ("data", c_void_p))


class SpaMetaHeader(Structure):
    """Flags and time of a picture."""

    _fields_ = (
        ("flags", c_uint32),
        ("offset", c_uint32),
        ("pts", c_int64),
        ("dts_offset", c_int64),
        ("seq", c_uint64),
    )


class SpaRegion(Structure):
    """The part of the picture that the window has."""

    _fields_ = (("x", c_int32), ("y", c_int32), ("width", c_uint32), ("height", c_uint32))


class SpaBuffer(Structure):
    """Memory blocks and metadata of a picture."""

    _fields_ = (
        ("n_metas", c_uint32),
        ("n_datas", c_uint32),
        ("metas", POINTER(SpaMeta)),
        ("datas", POINTER(SpaData)),
    )


class PwBuffer(Structure):
    """A picture on loan from the stream."""

    _fields_ = (("buffer", POINTER(SpaBuffer)),)


_Hook = c_uint64 * 6
"""`struct spa_hook`, which the library alone reads and writes."""

OnState = CFUNCTYPE(None, c_void_p, c_int, c_int, c_char_p)
OnParam = CFUNCTYPE(None, c_void_p, c_uint32, c_void_p)
OnBuffer = CFUNCTYPE(None, c_void_p, c_void_p)
OnProcess = CFUNCTYPE(None, c_void_p)


class StreamEvents(Structure):
    """`struct pw_stream_events`: functions that the library calls, on its thread. Those that are null are not called.

    Fields without a meaning here keep their place as plain pointers.
    """

    _fields_ = (
        ("version", c_uint32),
        ("destroy", c_void_p),
        ("state_changed", OnState),
        ("control_info", c_void_p),
        ("io_changed", c_void_p),
        ("param_changed", OnParam),
        ("add_buffer", c_void_p),
        ("remove_buffer", OnBuffer),
        ("process", OnProcess),
        ("drained", c_void_p),
        ("command", c_void_p),
        ("trigger_done", c_void_p),
    )

    def __init__(self, **functions: object) -> None:
        super().__init__(version=_EVENTS_VERSION, **functions)


def make_hook() -> ctypes.Array[c_uint64]:
    """The memory with which the library keeps a listener: it must live as long as the stream."""
    return _Hook()


_POINTERS: Final = POINTER(c_void_p)
_SIGNATURES: Final[dict[str, tuple[Any, tuple[Any, ...]]]] = {
    "pw_init": (None, (c_void_p, c_void_p)),
    "pw_get_library_version": (c_char_p, ()),
    "pw_properties_new_string": (c_void_p, (c_char_p,)),
    "pw_thread_loop_new": (c_void_p, (c_char_p, c_void_p)),
    "pw_thread_loop_get_loop": (c_void_p, (c_void_p,)),
    "pw_thread_loop_start": (c_int, (c_void_p,)),
    "pw_thread_loop_lock": (None, (c_void_p,)),
    "pw_thread_loop_unlock": (None, (c_void_p,)),
    "pw_thread_loop_stop": (None, (c_void_p,)),
    "pw_thread_loop_destroy": (None, (c_void_p,)),
    "pw_context_new": (c_void_p, (c_void_p, c_void_p, ctypes.c_size_t)),
    "pw_context_connect_fd": (c_void_p, (c_void_p, c_int, c_void_p, ctypes.c_size_t)),
    "pw_context_destroy": (None, (c_void_p,)),
    "pw_core_disconnect": (c_int, (c_void_p,)),
    "pw_stream_new": (c_void_p, (c_void_p, c_char_p, c_void_p)),
    "pw_stream_add_listener": (None, (c_void_p, c_void_p, POINTER(StreamEvents), c_void_p)),
    "pw_stream_connect": (c_int, (c_void_p, c_int, c_uint32, c_int, _POINTERS, c_uint32)),
    "pw_stream_update_params": (c_int, (c_void_p, _POINTERS, c_uint32)),
    "pw_stream_dequeue_buffer": (c_void_p, (c_void_p,)),
    "pw_stream_queue_buffer": (c_int, (c_void_p, c_void_p)),
    "pw_stream_destroy": (None, (c_void_p,)),
}


def load_library(load: Callable[[str], Any] = ctypes.CDLL) -> Any:
    """The library, with typed functions, ready for use. Raises `SourceError` where it is missing or too old."""
    if not sys.platform.startswith("linux"):
        raise SourceError(Message(MessageKey.PIPEWIRE_MISSING))
    try:
        library = load(LIBRARY)
        for name, (result, arguments) in _SIGNATURES.items():
            function = getattr(library, name)
            function.restype, function.argtypes = result, arguments
    except (OSError, AttributeError) as error:
        raise SourceError(Message(MessageKey.PIPEWIRE_MISSING)) from error
    library.pw_init(None, None)
    return library


def pass_pods(pods: list[bytes]) -> tuple[Any, list[Any]]:
    """An array of pointers to pods, and the memory that has to live as long as it."""
    memory = [ctypes.create_string_buffer(pod, len(pod)) for pod in pods]
    return (c_void_p * len(pods))(*(ctypes.addressof(block) for block in memory)), memory
