"""The capture and the inference thread, from start to stop; an exception in either becomes a fault for the user."""

import logging
import threading
from collections.abc import Callable
from contextlib import closing, suppress
from typing import Final, Protocol

from fer_desktop.errors import CaptureLostError, FerDesktopError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.ports import AsksUser, Clock, FrameSource
from fer_desktop.session.heartbeat import Watched
from fer_desktop.session.latest_slot import HandoverQueue, LatestSlot
from fer_desktop.session.meter import PipelineMeter
from fer_desktop.types import Frame, PipelineState, PipelineStats

_LOG = logging.getLogger(__name__)
_RETRY_S: Final = 1.0
_HUNG_AFTER_BEATS: Final = 3
_SLOW_AFTER_BEATS: Final = 10
"""Of the heartbeat, a second each. The networks take a fraction of a second for a frame, also on a slow computer."""
_CAPTURE_JOIN_S: Final = 1.0
"""A grab takes some 50 ms. One that hangs keeps its thread and its connection to the desktop until it returns or the
program ends; nothing waits for it."""
_INFERENCE_JOIN_S: Final = 10.0
_IDLE_AFTER_S: Final = 0.3
_STARTING: Final = frozenset({PipelineState.STARTING})
_ACTIVE: Final = frozenset({PipelineState.STARTING, PipelineState.RUNNING})


class FrameWorker(Protocol):
    """What the inference thread does with frames. Made and used on that thread only."""

    def process(self, frame: Frame) -> None:
        """A frame has come."""
        ...

    def idle(self) -> None:
        """No frame has come for a while."""
        ...

    def finish(self) -> None:
        """The last frame has been processed, or none can be any more."""
        ...

    def close(self) -> None:
        """Ends what the worker has running; after `finish`, or after a fault."""
        ...


class Pipeline:
    """Hands the frames of a source to a worker. Live sources drop late frames, recorded ones drop none.

    `start`, `pause`, `resume` and `stop` are for one controlling thread; the callbacks come from the pipeline's own
    threads: `on_change` after a new state, fault or notice, `on_capture` when capture is lost (with the reason) or
    back (None), `on_slow` when a frame takes too long to analyse, with True, and once it is done, with False. `beat`
    is for a thread that calls it once a second.
    """

    def __init__(
        self,
        *,
        source: FrameSource,
        make_worker: Callable[[], FrameWorker],
        clock: Clock,
        period_s: float,
        on_change: Callable[[], None],
        on_capture: Callable[[CaptureLostError | None], None],
        on_slow: Callable[[bool], None] = lambda _: None,
    ) -> None:
        self._source = source
        self._make_worker = make_worker
        self._clock = clock
        self._period_s = period_s
        self._on_change = on_change
        self._on_capture = on_capture
        self._on_slow = on_slow
        self._grab = Watched(most_beats=_HUNG_AFTER_BEATS)
        self._analysis = Watched(most_beats=_SLOW_AFTER_BEATS)
        self._loss_lock = threading.Lock()
        self._lost = False
        self._slow = False
        self._frames: LatestSlot[Frame] | HandoverQueue[Frame] = LatestSlot() if source.live else HandoverQueue()
        self._meter = PipelineMeter()
        self._lock = threading.Lock()
        self._state = PipelineState.STOPPED
        self._fault: Message | None = None
        self._error: Exception | None = None
        self._stopping = threading.Event()
        self._running = threading.Event()
        self._ready = threading.Event()
        self._capture = threading.Thread(target=self._run_capture, name="capture", daemon=True)
        self._inference = threading.Thread(target=self._run_inference, name="inference", daemon=True)

    @property
    def state(self) -> PipelineState:
        """Any thread."""
        return self._state

    @property
    def fault(self) -> Message | None:
        """What went wrong; None while all is well."""
        return self._fault

    @property
    def error(self) -> Exception | None:
        """The exception behind the fault."""
        return self._error

    @property
    def stats(self) -> PipelineStats:
        """Any thread: counts, rate and latency so far."""
        return self._meter.read(dropped=self._frames.dropped)

    def start(self) -> None:
        """Returns at once; the state becomes RUNNING when the first frame has been processed."""
        self._set_state(PipelineState.STARTING)
        self._running.set()
        self._inference.start()
        self._capture.start()

    def pause(self) -> None:
        """Stops reading frames. Without effect unless frames are read."""
        if self._set_state(PipelineState.PAUSED, only_from=_ACTIVE):
            self._running.clear()

    def resume(self) -> None:
        """Ends a pause."""
        if self._set_state(PipelineState.RUNNING, only_from=frozenset({PipelineState.PAUSED})):
            self._running.set()

    def stop(self) -> None:
        """Ends both threads, capture first; a fault remains reported. May be called twice.

        A capture thread whose source hangs is left behind: what it does once it returns has no effect.
        """
        if self._state is PipelineState.STOPPED:
            return
        self._set_state(PipelineState.STOPPING)
        self._stopping.set()
        self._running.set()
        self._frames.close()
        if isinstance(self._source, AsksUser):
            self._source.cancel()
        for thread, join_s in ((self._capture, _CAPTURE_JOIN_S), (self._inference, _INFERENCE_JOIN_S)):
            if thread.ident is not None:
                thread.join(join_s)
                if thread.is_alive():
                    _LOG.warning("the %s thread did not end within %.0f s", thread.name, join_s)
        self._set_state(PipelineState.STOPPED)

    def join(self, cancelled: Callable[[], bool] = lambda: False) -> None:
        """Waits until a recorded source has ended, or `cancelled` is true."""
        for thread in (self._capture, self._inference):
            while thread.is_alive() and not cancelled():
                thread.join(0.1)

    def beat(self) -> None:
        """Heartbeat thread, once a second: notices a grab that hangs, and an analysis that does not end."""
        if self._source.live and self._grab.beat():
            self._lose(CaptureLostError(Message(MessageKey.CAPTURE_HANGS)))
        if self._source.live and self._analysis.beat():
            self._slow = True
            self._on_slow(True)

    def _run_capture(self) -> None:
        try:
            # Loading the networks takes seconds: frames captured before they are ready would only be dropped.
            while not self._ready.wait(0.1):
                if self._stopping.is_set():
                    return
            try:
                self._source.open()
                self._read_frames()
            finally:
                self._source.close()
        except Exception as error:  # noqa: BLE001 - the top of a thread
            self._fail(MessageKey.CAPTURE_FAILED, error)
        finally:
            self._frames.close()

    def _read_frames(self) -> None:
        while not self._stopping.is_set():
            self._running.wait()
            started_s = self._clock.now_s()
            try:
                with self._grab:
                    frame = self._source.read()
            except CaptureLostError as error:
                self._lose(error)
                self._stopping.wait(_RETRY_S)
                continue
            if frame is None:
                return
            self._regain()
            if self._running.is_set():
                self._meter.count_captured()
                self._frames.put(frame)
            if self._source.live:
                self._stopping.wait(max(0.0, self._period_s - (self._clock.now_s() - started_s)))

    def _lose(self, error: CaptureLostError) -> None:
        """Capture or heartbeat thread."""
        with self._loss_lock:
            if self._lost or self._stopping.is_set():
                return
            self._lost = True
            self._on_capture(error)

    def _regain(self) -> None:
        """Capture thread."""
        with self._loss_lock:
            if self._lost and not self._stopping.is_set():
                self._lost = False
                self._on_capture(None)

    def _run_inference(self) -> None:
        try:
            with closing(self._make_worker()) as worker:
                self._ready.set()
                try:
                    while (frame := self._take(worker)) is not None:
                        self._process(worker, frame)
                except Exception:
                    with suppress(Exception):  # the fault itself is reported, and the second before it kept
                        worker.finish()
                    raise
                worker.finish()
        except Exception as error:  # noqa: BLE001 - the top of a thread
            self._fail(MessageKey.ANALYSIS_FAILED, error)
        else:
            if not self._stopping.is_set():
                self._set_state(PipelineState.STOPPED)  # a recorded source has ended

    def _process(self, worker: FrameWorker, frame: Frame) -> None:
        started_s = self._clock.now_s()
        with self._analysis:
            worker.process(frame)
        if self._slow:
            self._slow = False
            self._on_slow(False)
        now_s = self._clock.now_s()
        # A recorded frame's time is its place in the recording, so its latency is that of the analysis.
        since_s = frame.captured_at_s if self._source.live else started_s
        self._meter.count_analysed(latency_ms=(now_s - since_s) * 1e3, now_s=now_s)
        self._set_state(PipelineState.RUNNING, only_from=_STARTING)

    def _take(self, worker: FrameWorker) -> Frame | None:
        while True:
            frame = self._frames.take(timeout_s=_IDLE_AFTER_S)
            if frame is not None:
                return None if self._stopping.is_set() and self._source.live else frame
            if self._frames.closed:
                return None
            worker.idle()

    def _fail(self, unexpected: MessageKey, error: Exception) -> None:
        """Only the first fault is reported; the other thread ends by itself."""
        _LOG.debug("%s", unexpected, exc_info=error)
        with self._lock:
            if self._error is not None or self._state is PipelineState.STOPPED:
                return  # as of a thread that was left behind
            self._error = error
            if isinstance(error, FerDesktopError):
                self._fault = error.message
            else:
                self._fault = Message(unexpected, error=f"{type(error).__name__}: {error}")
        self._set_state(PipelineState.FAULTED)
        self._stopping.set()
        self._running.set()
        self._frames.close()

    def _set_state(self, state: PipelineState, *, only_from: frozenset[PipelineState] | None = None) -> bool:
        """Changes the state, if it is one of `only_from`, but never from FAULTED. Any thread. Whether it changed."""
        with self._lock:
            if self._state is PipelineState.FAULTED or (only_from is not None and self._state not in only_from):
                return False
            self._state = state
        self._on_change()
        return True
