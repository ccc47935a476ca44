"""What reaches the writer of a session, and when."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from fer_desktop.errors import StorageError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.session.publisher import NoticeTopic, SessionPublisher
from fer_desktop.session.recorder import SessionRecorder
from fer_desktop.storage.values import NewSession
from fer_desktop.types import ClassMood, ClockReading, Event, EventKind, Instant, SecondRecord
from tests.unit.storage.lessons import BEGAN, new_session


class ListWriter:
    """Keeps what it is given, unless it refuses."""

    session_id = 7
    begun = True
    rescue_file: Path | None = None

    def __init__(self) -> None:
        self.records: list[SecondRecord] = []
        self.events: list[Event] = []
        self.clock: list[ClockReading] = []
        self.closed: list[bool] = []
        self.lost = False

    def record(self, record: SecondRecord) -> None:
        if self.lost:
            raise StorageError("the disk is full: make room")
        self.records.append(record)

    def add_event(self, event: Event) -> None:
        self.events.append(event)

    def note_clock(self, reading: ClockReading) -> None:
        self.clock.append(reading)

    def close(self, *, interrupted: bool = False, patience_s: float | None = None) -> None:
        self.closed.append(interrupted)


class Recording:
    """A recorder whose store begins one session."""

    def __init__(self) -> None:
        self.writer = ListWriter()
        self.begun = 0
        self.publisher = SessionPublisher()
        store = self  # takes the place of a `Store`
        self.now = Instant(100.0, 100.0, BEGAN)
        self.recorder = SessionRecorder(store, new_session(), self.publisher, lambda: self.now)  # type: ignore[arg-type]

    def begin_session(
        self,
        session: NewSession,
        *,
        on_fault: Callable[[StorageError | None], None],
        on_low_space: Callable[[int | None], None],
    ) -> ListWriter:
        self.begun += 1
        self.session = session
        self.report_fault, self.report_low_space = on_fault, on_low_space
        return self.writer

    @property
    def events(self) -> list[tuple[EventKind, int]]:
        return [(event.kind, event.second) for event in self.writer.events]


@pytest.fixture
def recording() -> Recording:
    return Recording()


def test_annotations_wait_for_the_beginning_and_other_events_are_dropped(recording: Recording) -> None:
    recording.recorder.add_event(EventKind.NOTE, "rain")
    recording.recorder.add_event(EventKind.PAUSED)
    recording.recorder.begin()
    assert recording.events == [(EventKind.NOTE, 0)]


def test_a_gap_ends_with_the_first_frame_after_it(recording: Recording) -> None:
    recording.recorder.begin()
    recording.recorder.advance(3)
    recording.recorder.add_event(EventKind.PAUSED)
    recording.recorder.end_pause()
    assert recording.events == [(EventKind.PAUSED, 3)]
    recording.recorder.advance(20)
    assert recording.events == [(EventKind.PAUSED, 3), (EventKind.RESUMED, 20)]


def test_a_gap_before_the_beginning_has_no_end(recording: Recording) -> None:
    recording.recorder.end_pause()
    recording.recorder.begin()
    recording.recorder.advance(0)
    assert recording.events == []


def test_a_storage_fault_is_a_notice_until_it_passes(recording: Recording) -> None:
    recording.recorder.begin()
    recording.report_fault(StorageError("the database is locked"))
    assert recording.publisher.notice(NoticeTopic.STORAGE) is not None
    recording.report_fault(None)
    assert recording.publisher.notice(NoticeTopic.STORAGE) is None


def test_a_notice_names_the_rescue_file_once_there_is_one(recording: Recording) -> None:
    fault = StorageError("the database is locked")
    recording.recorder.begin()
    recording.report_fault(fault)
    assert recording.publisher.notice(NoticeTopic.STORAGE) == Message(MessageKey.KEPT_IN_MEMORY, error=fault.message)
    recording.writer.rescue_file = Path("rescue-1.jsonl")
    recording.report_fault(fault)
    kept = Message(MessageKey.KEPT_IN_FILE, file="rescue-1.jsonl", error=fault.message)
    assert recording.publisher.notice(NoticeTopic.STORAGE) == kept


def test_little_space_is_a_notice_until_there_is_room(recording: Recording) -> None:
    recording.recorder.begin()
    recording.report_low_space(120)
    assert recording.publisher.notice(NoticeTopic.SPACE) == Message(MessageKey.LITTLE_SPACE, free_mb=120)
    recording.report_low_space(None)
    assert recording.publisher.notice(NoticeTopic.SPACE) is None


def test_a_writer_that_refuses_does_not_end_the_session(recording: Recording) -> None:
    recording.recorder.begin()
    recording.writer.lost = True
    recording.recorder.record(SecondRecord(0, ClassMood(0, None, 0, 0, 0, 0), ()))
    assert recording.publisher.notice(NoticeTopic.STORAGE) is not None


def test_after_the_end_nothing_is_recorded(recording: Recording) -> None:
    recording.recorder.begin()
    recording.recorder.close(fault=None)
    recording.recorder.close(fault=None)
    recording.recorder.add_event(EventKind.BOOKMARK)
    recording.recorder.record(SecondRecord(0, ClassMood(0, None, 0, 0, 0, 0), ()))
    assert (recording.writer.records, recording.events, recording.writer.closed) == ([], [], [False])


def test_a_session_that_was_closed_before_its_first_frame_is_not_stored(recording: Recording) -> None:
    recording.recorder.close(fault=None)
    recording.recorder.begin()
    assert recording.begun == 0


def test_a_recorded_lesson_is_dated_to_when_it_was_held(recording: Recording) -> None:
    monday = BEGAN - timedelta(days=1)
    recording.recorder.begin(began_at=monday)
    assert recording.session.started_at == monday
    assert [(reading.second, reading.at) for reading in recording.writer.clock] == [(0, monday)]
