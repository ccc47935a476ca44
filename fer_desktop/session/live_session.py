"""One watch of a class, from start to stop: frames in, observations to show, records to store."""

import dataclasses
import queue
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Final

from fer_desktop.engagement import ClassObserver
from fer_desktop.errors import FerDesktopError, StorageError
from fer_desktop.messages.told import mark
from fer_desktop.ports import Clock, FrameSource, ObservationSink
from fer_desktop.session import LatestSlot, Pipeline
from fer_desktop.storage.store import Store
from fer_desktop.storage.values import NewSession
from fer_desktop.storage.writer import SessionWriter
from fer_desktop.types import (
    Event,
    EventKind,
    Flag,
    FlagKind,
    Frame,
    Merge,
    Observation,
    PipelineState,
    PipelineStats,
    SecondRecord,
)
from fer_desktop.vision.analyzer import Analyzer

_RECORDING_STOPPED: Final = mark("Recording has stopped: {error}")
_TEACHERS_OWN: Final = (EventKind.BOOKMARK, EventKind.NOTE)
"""Kept from the very start on, also while no picture has come yet."""
_KEPT_IN_MEMORY: Final = mark("Kept in memory until it can be stored: {error}")
_COLD_FRAMES, _COLD_S = 2, 3.0
"""So many frames at the start of a live session are not counted, where they come within so many seconds: the first
finds the tiles and the second everybody in them, which takes seconds and would be a hole in the record."""


class LiveSession:
    """For one controlling thread (Qt's); what the worker threads report is read through properties and the slot.

    `set_wake` takes a callback that is called from worker threads whenever there is something new: an observation,
    a state, a notice, a fault. `make_analyzer` is handed a function that takes what the user should know of it.
    """

    def __init__(
        self,
        *,
        source: FrameSource,
        make_analyzer: Callable[[Callable[[str], None]], Analyzer],
        store: Store,
        new_session: NewSession,
        make_observer: Callable[[], ClassObserver],
        clock: Clock,
        period_s: float,
        sinks: tuple[ObservationSink, ...] = (),
    ) -> None:
        self._source = source
        self.observations: LatestSlot[Observation] = LatestSlot()
        self._make_analyzer = make_analyzer
        self._store = store
        self._new_session = new_session
        self._make_observer = make_observer
        self._sinks = sinks
        self._writer: SessionWriter | None = None
        self._worker: _SessionWorker | None = None
        self._wake: Callable[[], None] = lambda: None
        self._notices: dict[str, str] = {}
        self._second = 0
        self._ended = False
        self._begun = threading.Lock()
        self._early: list[Event] = []
        self._gap_ends: queue.SimpleQueue[EventKind] = queue.SimpleQueue()
        self._commands: queue.SimpleQueue[Callable[[_SessionWorker], None]] = queue.SimpleQueue()
        self._pipeline = Pipeline(
            source=source,
            make_worker=self._make_worker,
            clock=clock,
            period_s=period_s,
            on_change=lambda: self._wake(),
            on_capture=self._note_capture,
        )

    @property
    def frame_count(self) -> int | None:
        """Frames of a recorded source in all, where that is known."""
        return self._source.frame_count

    @property
    def live(self) -> bool:
        return self._source.live

    @property
    def state(self) -> PipelineState:
        return self._pipeline.state

    @property
    def fault(self) -> str | None:
        return self._pipeline.fault

    @property
    def notice(self) -> str | None:
        """Something to know while the session goes on: the window is covered, the disk is full.

        Once it is over, what a live source shows no longer matters: a call is often closed before the session is.
        """
        over = self._source.live and self.state is PipelineState.STOPPED
        told = [text for about, text in list(self._notices.items()) if not (over and about == "capture")]
        return next(iter(told), None if over else self._source.notice)

    @property
    def picture_lost(self) -> str | None:
        """Why nothing can be captured for now; None while frames come."""
        return self._notices.get("capture")

    @property
    def stats(self) -> PipelineStats:
        return self._pipeline.stats

    @property
    def session_id(self) -> int | None:
        return self._writer.session_id if self._writer else None

    @property
    def expressions_on(self) -> bool:
        return self._new_session.expressions_on

    def set_wake(self, wake: Callable[[], None]) -> None:
        self._wake = wake

    def start(self) -> None:
        """Returns at once. The session enters the database with its first second: what cannot start leaves no trace."""
        self._pipeline.start()

    def raise_fault(self) -> None:
        """Raises what ended the session, if anything did: always a `FerDesktopError`."""
        error = self._pipeline.error
        if isinstance(error, FerDesktopError):
            raise error
        if error is not None:
            raise FerDesktopError(self.fault) from error

    def pause(self) -> None:
        self._pipeline.pause()
        self.add_event(EventKind.PAUSED)

    def resume(self) -> None:
        self._gap_ends.put(EventKind.RESUMED)
        self._pipeline.resume()

    def stop(self) -> None:
        """Ends capture, inference, then the writer, which keeps all that was handed to it. May be called twice."""
        self._pipeline.stop()
        if self._worker is not None:
            self.run_commands(self._worker)  # what was asked for after a fault had ended the worker's thread
        self._close_writer()

    def join(self) -> None:
        """Waits until a recorded source is through, then stops."""
        self._pipeline.join()
        self.stop()

    def bookmark(self, note: str, *, second: int | None = None) -> None:
        """`second`: when the teacher asked for it, if writing the note took a while; by default now."""
        self.add_event(EventKind.BOOKMARK, note, second=second)

    def note(self, student: int | None, text: str, *, second: int | None = None) -> None:
        """The teacher's own words on a student, or on the lesson. `second` as in `bookmark`."""
        at_second = self._second if second is None else second
        if student is None:
            self.add_event(EventKind.NOTE, text, second=at_second)
        else:
            self._commands.put(lambda worker: worker.note(student, text, at_second))

    def exclude(self, student: int) -> None:
        self._commands.put(lambda worker: worker.exclude(student))

    def include(self, student: int) -> None:
        self._commands.put(lambda worker: worker.include(student))

    def dismiss(self, flag: Flag) -> None:
        self._commands.put(lambda worker: worker.dismiss(flag))

    def rename(self, student: int, name: str) -> None:
        """The teacher's own word, shown and stored whatever was read."""
        self._commands.put(lambda worker: worker.rename(student, name))

    def merge(self, student: int, into: int) -> None:
        """Two numbers are one student: what was stored of the first becomes the second's."""
        self._commands.put(lambda worker: worker.merge(student, into))

    def _make_worker(self) -> "_SessionWorker":
        self._worker = _SessionWorker(self, self._make_analyzer(self._note_analyzer), self._make_observer())
        return self._worker

    def _note_analyzer(self, notice: str) -> None:
        self._notices["analyzer"] = notice
        self._wake()

    def begin(self) -> None:
        """From the inference thread, with the first frame that counts. Raises `StorageError`."""
        if self._ended:
            return  # stopped while the networks were loading
        session = dataclasses.replace(self._new_session, started_at=datetime.now(UTC))
        writer = self._store.begin_session(session, on_fault=self._note_storage_fault)
        with self._begun:
            self._writer, early, self._early = writer, self._early, []
        self._take_gap_ends()  # of gaps that began before there was anything to record
        for event in early:
            self._hand_event_on(event)

    def publish(self, observation: Observation, record: SecondRecord | None) -> None:
        """From the inference thread: shows an observation and stores a finished second."""
        self._second = observation.second
        if record is not None:
            self.store(record)
        self.observations.put(observation)
        for sink in self._sinks:
            sink.publish(observation)
        self._wake()

    def store(self, record: SecondRecord) -> None:
        self._hand_on(lambda writer: writer.record(record))

    def run_commands(self, worker: "_SessionWorker") -> bool:
        """From the inference thread: what the teacher asked for since the last time; whether there was anything."""
        ran = False
        while True:
            try:
                command = self._commands.get_nowait()
            except queue.Empty:
                return ran
            command(worker)
            ran = True

    def _hand_on(self, hand: Callable[[SessionWriter], None]) -> None:
        """A storage fault ends the recording, not the view: what was written stays, and the teacher is told."""
        if self._writer is None or self._ended:
            return
        try:
            hand(self._writer)
        except StorageError as error:
            self._note_storage_fault(error)

    def _note_storage_fault(self, error: StorageError | None) -> None:
        if error is None:
            self._notices.pop("storage", None)
        else:
            lost = self._writer is None or self._writer.lost
            how = _RECORDING_STOPPED if lost else _KEPT_IN_MEMORY
            self._notices["storage"] = how.format(error=error)
        self._wake()

    def _note_capture(self, lost: str | None) -> None:
        if lost is None:
            self._notices.pop("capture", None)
            self._gap_ends.put(EventKind.CAPTURE_BACK)
        else:
            self._notices["capture"] = lost
            self.add_event(EventKind.CAPTURE_LOST, lost)
        self._wake()

    def add_event(
        self,
        kind: EventKind,
        text: str = "",
        student: int | None = None,
        *,
        second: int | None = None,
        flag: FlagKind | None = None,
    ) -> None:
        """Any thread. `second`: by default now."""
        event = Event(kind, self._second if second is None else second, text, student, flag)
        with self._begun:
            if self._writer is None:
                self._early += [event] if kind in _TEACHERS_OWN else []
                return
        self._hand_event_on(event)

    def end_gaps(self, second: int) -> None:
        """From the inference thread, with the first frame after a pause or a lost picture: only now it has a length."""
        for kind in self._take_gap_ends():
            self.add_event(kind, second=second)

    def _take_gap_ends(self) -> list[EventKind]:
        ends = []
        with suppress(queue.Empty):
            while True:
                ends.append(self._gap_ends.get_nowait())
        return ends

    def _hand_event_on(self, event: Event) -> None:
        self._hand_on(lambda writer: writer.add_event(event))

    def _close_writer(self) -> None:
        if self._writer is None or self._ended:
            self._ended = True
            return
        self.end_gaps(self._second)
        if self.fault is not None:
            self.add_event(EventKind.FAULT, self.fault)
        self._ended = True
        self._writer.close(interrupted=self.fault is not None)


class _SessionWorker:
    """The inference thread's part of a session."""

    def __init__(self, session: LiveSession, analyzer: Analyzer, observer: ClassObserver) -> None:
        self._session = session
        self._analyzer = analyzer
        self._observer = observer
        self._cold_frames = _COLD_FRAMES if session.live else 0
        self._cold_since_s: float | None = None
        self._first_s: float | None = None
        self._second = 0

    def process(self, frame: Frame) -> None:
        self._session.run_commands(self)
        if self._is_cold(frame):
            self._analyzer.process(frame)
            return
        if self._first_s is None:
            self._session.begin()
            self._first_s = frame.captured_at_s
        result = self._analyzer.process(frame, excluded=self._observer.excluded)
        # Some recordings step back in time; a session does not.
        self._second = max(self._second, int(frame.captured_at_s - self._first_s))
        self._session.end_gaps(self._second)
        observation, record = self._observer.observe(result, self._second)
        self._session.publish(observation, record)

    def _is_cold(self, frame: Frame) -> bool:
        if self._cold_since_s is None:
            self._cold_since_s = frame.captured_at_s
        if not self._cold_frames or frame.captured_at_s - self._cold_since_s > _COLD_S:
            return False
        self._cold_frames -= 1
        return True

    def idle(self) -> None:
        """While no frame comes, as in a pause, the teacher's wishes are carried out and shown all the same."""
        if self._session.run_commands(self):
            observation = self._observer.observe_again()
            if observation is not None:
                self._session.publish(observation, None)

    def finish(self) -> None:
        self._session.run_commands(self)
        record = self._observer.finish()
        if record is not None:
            self._session.store(record)

    def close(self) -> None:
        self._analyzer.close()

    def exclude(self, student: int) -> None:
        self._observer.exclude(student)
        self._session.add_event(EventKind.STUDENT_EXCLUDED, student=self._observer.current_number(student))

    def include(self, student: int) -> None:
        self._observer.include(student)
        self._session.add_event(EventKind.STUDENT_INCLUDED, student=self._observer.current_number(student))

    def dismiss(self, flag: Flag) -> None:
        if not self._observer.dismiss(flag.student, flag.kind):
            return
        student = None if flag.student is None else self._observer.current_number(flag.student)
        self._session.add_event(EventKind.FLAG_DISMISSED, flag.reason, student, flag=flag.kind)

    def note(self, student: int, text: str, second: int) -> None:
        number = self._observer.current_number(student)
        self._session.add_event(EventKind.NOTE, text, number, second=second)

    def rename(self, student: int, name: str) -> None:
        self._observer.rename(student, name)

    def merge(self, student: int, into: int) -> None:
        merge = self._observer.merge(Merge(student, into))
        if merge is not None:
            self._analyzer.merge(merge)
