"""The newest picture of a PipeWire stream of raw video."""

import ctypes
import threading
from ctypes import POINTER, byref, c_void_p, cast
from typing import Any, Final

from fer_desktop.errors import SourceError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.portal import pods
from fer_desktop.portal.libpipewire import (
    AUTOCONNECT,
    DATA_MEM_FD,
    DATA_MEM_PTR,
    DIRECTION_INPUT,
    MAP_BUFFERS,
    META_HEADER,
    META_VIDEO_CROP,
    STATE_ERROR,
    STATE_UNCONNECTED,
    OnBuffer,
    OnParam,
    OnProcess,
    OnState,
    PwBuffer,
    SpaMetaHeader,
    SpaRegion,
    StreamEvents,
    load_library,
    make_hook,
    pass_pods,
)
from fer_desktop.portal.pixels import TO_BGR, copy_picture, is_picture
from fer_desktop.types import Image

_PROPERTIES: Final = b"media.type=Video media.category=Capture media.role=Screen node.dont-reconnect=true"
"""Without the last one a session manager may connect the stream with a camera once the window is closed."""
_MAX_FRAME_RATE: Final = (15, 1)
"""Of the stream: the program looks five times a second by default, and each picture costs the desktop time."""
_MAX_SIDE_PX: Final = 16_384
_BUFFERS: Final = (4, 2, 8)
"""Preferred, least and most. One is held here until the next picture is there."""


class ScreenStream:
    """Receives pictures on a thread of libpipewire; one thread makes it, reads it and closes it.

    The newest picture is held where the desktop has put it, in shared memory, and copied only when it is read.
    """

    def __init__(self, fd: int, node: int) -> None:
        """`fd`: a connection to PipeWire, which is closed with the stream. Raises `SourceError`."""
        self._library = load_library()
        self._held: int | None = None
        self._format: tuple[int, tuple[int, int]] | None = None
        self._arrived = threading.Event()
        self._ended = False
        self._problem: str | None = None
        self._events = StreamEvents(
            state_changed=OnState(self._on_state),
            param_changed=OnParam(self._on_param),
            remove_buffer=OnBuffer(self._on_remove),
            process=OnProcess(self._on_process),
        )
        self._hook = make_hook()
        self._loop: Any = self._library.pw_thread_loop_new(b"fer-desktop", None)
        self._context: Any = self._library.pw_context_new(self._library.pw_thread_loop_get_loop(self._loop), None, 0)
        self._core: Any = None
        self._stream: Any = None
        try:
            self._connect(fd, node)
        except SourceError:
            self.close()
            raise

    @property
    def ended(self) -> bool:
        """Whether no picture will come any more: the sharing was stopped, or PipeWire has ended."""
        return self._ended

    @property
    def problem(self) -> str | None:
        """PipeWire's own words for what ended it; None where it just ended."""
        return self._problem

    def wait(self, seconds: float) -> None:
        """Waits until a picture is there, or for `seconds`."""
        self._arrived.wait(seconds)

    def read(self, *, wait_s: float) -> Image | None:
        """A copy of the newest picture as (height, width, 3) uint8, blue-green-red.

        Of a window in which nothing moves that is the picture of before. None where none has come within `wait_s`.
        """
        if not self._arrived.wait(wait_s):
            return None
        self._library.pw_thread_loop_lock(self._loop)
        try:
            if self._held is None or self._format is None:
                return None
            return copy_picture(_buffer_at(self._held), *self._format)
        finally:
            self._library.pw_thread_loop_unlock(self._loop)

    def close(self) -> None:
        """May be called twice."""
        if self._loop is None:
            return
        library = self._library
        library.pw_thread_loop_stop(self._loop)
        if self._stream is not None:
            library.pw_stream_destroy(self._stream)
        if self._core is not None:
            library.pw_core_disconnect(self._core)
        if self._context is not None:
            library.pw_context_destroy(self._context)
        library.pw_thread_loop_destroy(self._loop)
        self._loop = self._context = self._core = self._stream = None

    def _connect(self, fd: int, node: int) -> None:
        library = self._library
        self._core = library.pw_context_connect_fd(self._context, fd, None, 0)
        if not self._core:
            raise _fail("no connection")
        self._stream = library.pw_stream_new(self._core, b"fer-desktop", library.pw_properties_new_string(_PROPERTIES))
        library.pw_stream_add_listener(self._stream, byref(self._hook), byref(self._events), None)
        pointers, _memory = pass_pods([_describe_formats()])
        flags = AUTOCONNECT | MAP_BUFFERS
        if library.pw_stream_connect(self._stream, DIRECTION_INPUT, node, flags, pointers, 1) < 0:
            raise _fail("no stream")
        if library.pw_thread_loop_start(self._loop) < 0:
            raise _fail("no thread")

    def _on_state(self, _data: int | None, _old: int, state: int, error: bytes | None) -> None:
        if state in (STATE_ERROR, STATE_UNCONNECTED):
            self._problem = error.decode(errors="replace") if error else None
            self._ended = True

    def _on_param(self, _data: int | None, param: int, pod: int | None) -> None:
        if param != pods.PARAM_FORMAT or not pod:
            return
        content = ctypes.string_at(pod, pods.pod_size(ctypes.string_at(pod, 8)))
        found = pods.read_properties(content)
        size, video_format = found.get(pods.VIDEO_SIZE, ()), found.get(pods.VIDEO_FORMAT, ())
        if len(size) != 2 or len(video_format) != 1 or video_format[0] not in TO_BGR:
            self._problem, self._ended = "unknown format", True
            return
        self._format = (video_format[0], (size[0], size[1]))
        pointers, _memory = pass_pods(_describe_buffers())
        self._library.pw_stream_update_params(self._stream, pointers, len(pointers))

    def _on_remove(self, _data: int | None, buffer: int | None) -> None:
        """Before its memory is taken away, as when the window changes its size."""
        if buffer == self._held:
            self._held = None
            self._arrived.clear()

    def _on_process(self, _data: int | None) -> None:
        """Takes the newest of the pictures that have come, and gives the others back."""
        while buffer := self._library.pw_stream_dequeue_buffer(self._stream):
            if is_picture(_buffer_at(buffer)):
                buffer, self._held = self._held, buffer
                self._arrived.set()
            if buffer is not None:
                self._library.pw_stream_queue_buffer(self._stream, buffer)


def _buffer_at(address: int) -> Any:
    return cast(c_void_p(address), POINTER(PwBuffer)).contents.buffer.contents


def _fail(reason: str) -> SourceError:
    return SourceError(Message(MessageKey.SHARED_STREAM_FAILED, reason=reason))


def _describe_formats() -> bytes:
    """Raw video in memory; a modifier is left out, so that no graphics device's memory is offered."""
    return pods.make_object(
        pods.FORMAT_OBJECT,
        pods.PARAM_ENUM_FORMAT,
        {
            pods.MEDIA_TYPE: pods.make_id(pods.MEDIA_TYPE_VIDEO),
            pods.MEDIA_SUBTYPE: pods.make_id(pods.MEDIA_SUBTYPE_RAW),
            pods.VIDEO_FORMAT: pods.make_id_choice(tuple(TO_BGR)),
            pods.VIDEO_SIZE: pods.make_rectangle_range((1920, 1080), (1, 1), (_MAX_SIDE_PX, _MAX_SIDE_PX)),
            pods.VIDEO_FRAME_RATE: pods.make_fraction_range((0, 1), (0, 1), (240, 1)),
            pods.VIDEO_MAX_FRAME_RATE: pods.make_fraction_range(_MAX_FRAME_RATE, (1, 1), _MAX_FRAME_RATE),
        },
    )


def _describe_buffers() -> list[bytes]:
    """Memory that can be mapped, and for each picture whether it is whole and which part is the window."""
    return [
        pods.make_object(
            pods.BUFFERS_OBJECT,
            pods.PARAM_BUFFERS,
            {
                pods.BUFFERS_COUNT: pods.make_int_range(*_BUFFERS),
                pods.BUFFERS_DATA_TYPE: pods.make_flags(1 << DATA_MEM_PTR | 1 << DATA_MEM_FD),
            },
        ),
        *(
            pods.make_object(
                pods.META_OBJECT,
                pods.PARAM_META,
                {pods.META_TYPE: pods.make_id(kind), pods.META_SIZE: pods.make_int(ctypes.sizeof(structure))},
            )
            for kind, structure in ((META_HEADER, SpaMetaHeader), (META_VIDEO_CROP, SpaRegion))
        ),
    ]
