"""Hands what happens in a session on to its writer."""

import dataclasses
import queue
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from fer_desktop.errors import CaptureLostError, DisplayLostError, StorageError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.session.commands import drain
from fer_desktop.session.publisher import NoticeTopic, SessionPublisher
from fer_desktop.session.time_watch import ClockChange, LostTime
from fer_desktop.storage.store import Store
from fer_desktop.storage.values import KeptSeconds, NewSession
from fer_desktop.storage.writer import SessionWriter
from fer_desktop.types import (
    ANNOTATIONS,
    GAP_ENDS,
    ClockReading,
    Event,
    EventKind,
    FlagKind,
    Instant,
    SecondRecord,
    Settlement,
)


class SessionRecorder:
    """Owns the writer of a session, from `begin` to `close`, and the session's current second.

    Before `begin` the teacher's annotations wait for it and other events are dropped; after `close` everything is. The
    end of a gap (a pause, a lost picture) waits for the first frame after it: only then is its length known. A storage
    fault ends the recording, not the session: it becomes a notice.
    """

    def __init__(
        self, store: Store, new_session: NewSession, publisher: SessionPublisher, read_clocks: Callable[[], Instant]
    ) -> None:
        self._store = store
        self._read_clocks = read_clocks
        self._new_session = new_session
        self._publisher = publisher
        self._begin_lock = threading.Lock()
        self._writer: SessionWriter | None = None
        self._early_events: list[Event] = []
        self._gap_ends: queue.SimpleQueue[EventKind] = queue.SimpleQueue()
        self._first_s = 0.0
        self._loss = EventKind.CAPTURE_LOST
        self._second = 0
        self._closed = False

    @property
    def session_id(self) -> int | None:
        """Any thread. None before `begin`, and while the database does not take the session."""
        return self._writer.session_id if self._writer and self._writer.begun else None

    @property
    def kept(self) -> KeptSeconds:
        """Where the recorded seconds are; final after `close`."""
        return self._writer.kept if self._writer else KeptSeconds(0, 0, 0)

    @property
    def second(self) -> int:
        """Any thread: the second of the newest frame."""
        return self._second

    def begin(self, captured_at_s: float | None = None, *, began_at: datetime | None = None) -> None:
        """Inference thread, with the first frame that counts. Without effect after `close`.

        `captured_at_s`: of a live source's frame, on the monotonic clock. `began_at`: when a recording's first frame
        was taken; by default now.
        """
        if self._closed:
            return  # stopped while the networks were loading
        now = self._read_clocks()
        self._first_s = now.elapsed_s if captured_at_s is None else captured_at_s
        local = began_at.astimezone() if began_at else now.local - timedelta(seconds=now.elapsed_s - self._first_s)
        began = ClockReading(0, local)
        session = dataclasses.replace(self._new_session, started_at=began.at.astimezone(UTC))
        writer = self._store.begin_session(session, on_fault=self._note_fault, on_low_space=self._note_low_space)
        with self._begin_lock:
            self._writer = writer
            early_events, self._early_events = self._early_events, []
        self._hand_on(lambda writer: writer.note_clock(began))
        for _ in drain(self._gap_ends):
            pass  # of gaps before the recording
        for event in early_events:
            self._hand_on_event(event)

    def advance(self, second: int) -> None:
        """Inference thread, with every frame: ends the gaps before it, at its second."""
        self._second = second
        self._end_gaps()

    def record(self, record: SecondRecord) -> None:
        """Inference thread, with every second that is over."""
        self._hand_on(lambda writer: writer.record(record))

    def add_event(
        self,
        kind: EventKind,
        text: str = "",
        student: int | None = None,
        *,
        second: int | None = None,
        flag: FlagKind | None = None,
        message: Message | None = None,
    ) -> None:
        """Any thread. `second`: the current one by default."""
        event = Event(kind, self._second if second is None else second, text, student, flag, message)
        with self._begin_lock:
            if self._writer is None:
                self._early_events += [event] if kind in ANNOTATIONS else []
                return
        self._hand_on_event(event)

    def settle(self, settlement: Settlement) -> None:
        """Inference thread, after the last second."""
        self._hand_on(lambda writer: writer.settle_student(settlement.student, settlement.into))

    def erase(self, student: int) -> None:
        """Inference thread: of the student nothing remains stored."""
        self._hand_on(lambda writer: writer.erase_student(student))

    def end_pause(self) -> None:
        """Controlling thread: the next frame ends the pause."""
        self._gap_ends.put(EventKind.RESUMED)

    def note_capture(self, lost: CaptureLostError | None) -> None:
        """Capture or heartbeat thread. `lost`: why nothing can be captured; None: the next frame ends the loss."""
        self._publisher.set_notice(NoticeTopic.CAPTURE, None if lost is None else lost.message)
        if lost is None:
            self._gap_ends.put(GAP_ENDS[self._loss])
        else:
            self._loss = EventKind.DISPLAY_LOST if isinstance(lost, DisplayLostError) else EventKind.CAPTURE_LOST
            self.add_event(self._loss, message=lost.message)

    def note_frozen(self, since_second: int, notice: Message) -> None:
        """Inference thread: the picture of the call has not moved since that second."""
        self._publisher.set_notice(NoticeTopic.FROZEN, notice)
        self.add_event(EventKind.PICTURE_FROZEN, second=since_second, message=notice)

    def note_moving(self) -> None:
        """Inference thread: the picture of the call moves again, from the current second on."""
        self._publisher.set_notice(NoticeTopic.FROZEN, None)
        self.add_event(EventKind.PICTURE_MOVING)

    def note_missing(self, since_second: int, until_second: int, why: Message) -> None:
        """Of a recording: it has no frames from the one second up to the other."""
        self.add_event(EventKind.CAPTURE_LOST, second=since_second, message=why)
        self.add_event(EventKind.CAPTURE_BACK, second=until_second)

    def note_slow(self, slow: bool) -> None:
        """Heartbeat thread: the analysis of a frame takes too long. Inference thread: it is done."""
        if slow:
            self.add_event(EventKind.STALLED, message=Message(MessageKey.ANALYSIS_STALLED))
        else:
            self._gap_ends.put(EventKind.UNSTALLED)

    def note_time(self, change: LostTime | ClockChange) -> None:
        """Heartbeat thread: time was lost, or the wall clock has changed."""
        if isinstance(change, LostTime):
            self.add_event(change.kind, second=self._second_at(change.from_s) + 1, message=change.message)
            self.add_event(GAP_ENDS[change.kind], second=self._second_at(change.to_s))
            return
        second = self._second_at(change.at_s)
        since_s = change.at_s - self._first_s - second
        reading = ClockReading(second, change.local - timedelta(seconds=since_s))
        self._hand_on(lambda writer: writer.note_clock(reading))
        for message in change.messages:
            self.add_event(EventKind.CLOCK_CHANGED, second=second, message=message)

    def _second_at(self, at_s: float) -> int:
        """The second of the session at a moment of the monotonic clock."""
        return max(0, int(at_s - self._first_s))

    def close(self, *, fault: Message | None, patience_s: float | None = None) -> None:
        """Controlling thread, after the other threads have ended: writes what is left. May be called twice.

        `fault`: what ended the session, if anything did; the session is stored as interrupted then. `patience_s`: as in
        `SessionWriter.close`.
        """
        if self._writer is None or self._closed:
            self._closed = True
            return
        self._end_gaps()
        if fault is not None:
            self.add_event(EventKind.FAULT, message=fault)
        self._closed = True
        self._writer.close(interrupted=fault is not None, patience_s=patience_s)

    def stop_waiting(self) -> None:
        """Any thread: ends the patience of `close`."""
        if self._writer is not None:
            self._writer.stop_waiting()

    def _end_gaps(self) -> None:
        for kind in drain(self._gap_ends):
            self.add_event(kind)

    def _hand_on_event(self, event: Event) -> None:
        self._hand_on(lambda writer: writer.add_event(event))

    def _hand_on(self, hand: Callable[[SessionWriter], None]) -> None:
        """Any thread."""
        if self._writer is None or self._closed:
            return
        try:
            hand(self._writer)
        except StorageError as error:
            self._note_fault(error)

    def _note_fault(self, error: StorageError | None) -> None:
        """Any thread, the writer's too; None: the fault has passed."""
        if error is None:
            self._publisher.set_notice(NoticeTopic.STORAGE, None)
            return
        self._publisher.set_notice(NoticeTopic.STORAGE, self._describe_fault(error))

    def _describe_fault(self, error: StorageError) -> Message:
        writer = self._writer  # None while the store makes it
        if writer is not None and writer.lost:
            return Message(MessageKey.RECORDING_STOPPED, error=error.message)
        if writer is not None and writer.rescue_file is not None:
            return Message(MessageKey.KEPT_IN_FILE, file=str(writer.rescue_file), error=error.message)
        return Message(MessageKey.KEPT_IN_MEMORY, error=error.message)

    def _note_low_space(self, free_mb: int | None) -> None:
        """Writer thread; None: there is room again."""
        notice = None if free_mb is None else Message(MessageKey.LITTLE_SPACE, free_mb=free_mb)
        self._publisher.set_notice(NoticeTopic.SPACE, notice)
