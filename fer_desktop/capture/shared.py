"""A window or a monitor that the desktop shares, as on Wayland, as a live source."""

import threading
from typing import Final

from fer_desktop.capture.watchdog import PictureWatchdog
from fer_desktop.errors import CaptureLostError, SourceError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.portal.libpipewire import load_library
from fer_desktop.portal.screen_cast import ScreenCast
from fer_desktop.portal.share_memory import LastShare, SharedKind, ShareMemory
from fer_desktop.portal.stream import ScreenStream
from fer_desktop.ports import Clock
from fer_desktop.types import Frame

FIRST_PICTURE_S: Final = 5.0
"""A desktop sends the first picture at once; a busy one takes longer."""
PICTURE_S: Final = 0.5
"""While the window changes its size there is no picture for a moment."""

_END_POLLS: Final = 20
_END_POLL_S: Final = 0.05


class SharedSource:
    """A `FrameSource` of what the user chooses in the desktop's own dialog. For one thread, but for `cancel`.

    The picture is the window's own: what lies on top of it is not in it. Frames have its size at the time.
    """

    live: Final = True
    frame_count: Final = None

    def __init__(
        self, kind: SharedKind, *, clock: Clock, token: str | None = None, memory: ShareMemory | None = None
    ) -> None:
        """`token`: restores an earlier choice without a question, where the desktop can. `memory`: keeps the next."""
        self.kind = kind
        self._clock = clock
        self._token = token
        self._memory = memory or ShareMemory()
        self._cancelled = threading.Event()
        self._asking = False
        self._cast: ScreenCast | None = None
        self._stream: ScreenStream | None = None
        self._watchdog = PictureWatchdog()
        self._index = 0

    @property
    def name(self) -> Message:
        """Of the kind alone: the desktop does not give the window's title."""
        window = self.kind == "window"
        return Message(MessageKey.SOURCE_SHARED_WINDOW if window else MessageKey.SOURCE_SHARED_MONITOR)

    @property
    def notice(self) -> Message | None:
        """That the desktop waits for an answer, or that nothing has changed for long."""
        return Message(MessageKey.CHOOSE_WHAT_TO_SHARE) if self._asking else self._watchdog.notice

    def open(self) -> None:
        """Lets the user choose, and waits for it. Raises `SourceError` where nothing is shared, or cannot be."""
        load_library()  # where it is missing, nobody is asked in vain
        self._cast = ScreenCast(cancelled=self._cancelled.is_set)
        self._asking = True
        try:
            shared = self._cast.share(self.kind, token=self._token)
        except SourceError:
            if self._cancelled.is_set():
                return
            raise
        finally:
            self._asking = False
        if shared.token is not None:
            self._memory.keep(LastShare(self.kind, shared.token))
        self._stream = ScreenStream(shared.fd, shared.node)
        self._stream.wait(FIRST_PICTURE_S)

    def cancel(self) -> None:
        """Withdraws the question to the user: `open` then returns, and nothing can be read. Any thread."""
        self._cancelled.set()

    def read(self) -> Frame:
        """Raises `SourceError` once the sharing has ended, `CaptureLostError` while no picture comes."""
        if self._cast is None or self._stream is None:
            raise SourceError(Message(MessageKey.SHARING_DECLINED))
        captured_at_s = self._clock.now_s()
        image = self._stream.read(wait_s=PICTURE_S)
        if self._stream.ended or self._cast.has_ended():
            raise SourceError(self._explain_end(self._cast, self._stream))
        if image is None:
            raise CaptureLostError(Message(MessageKey.CAPTURE_HANGS))
        self._watchdog.check(image, captured_at_s)
        frame = Frame(self._index, captured_at_s, image)
        self._index += 1
        return frame

    def _explain_end(self, cast: ScreenCast, stream: ScreenStream) -> Message:
        """PipeWire may report the end before the portal does, which knows that it was wanted."""
        for _ in range(_END_POLLS):
            if cast.has_ended():
                break
            self._cancelled.wait(_END_POLL_S)
        else:
            if stream.problem is not None:
                return Message(MessageKey.SHARED_STREAM_FAILED, reason=stream.problem)
        return Message(MessageKey.SHARING_ENDED)

    def close(self) -> None:
        """Ends the sharing. May be called twice."""
        if self._stream is not None:
            self._stream.close()
            self._stream = None
        if self._cast is not None:
            self._cast.close()
            self._cast = None
