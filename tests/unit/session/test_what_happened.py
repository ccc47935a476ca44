"""A record says what happened: frozen pictures, sleep, stops, hanging grabs and lost screens count for nobody."""

import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import numpy as np
import pytest

from fer_desktop.engagement import ClassObserver, FlagRules
from fer_desktop.errors import DisplayLostError, SessionInterruptedError
from fer_desktop.messages import Message, MessageKey, literal
from fer_desktop.session.clock import MonotonicClock
from fer_desktop.session.live_session import LiveSession
from fer_desktop.storage.store import Store, open_store
from fer_desktop.storage.values import NewSession
from fer_desktop.types import EventKind, Frame, Instant, PipelineState
from fer_desktop.vision.analyzer import Analyzer
from tests.fakes import (
    FakeClassifier,
    FakeFaceDetector,
    FakePersonFinder,
    FakeTileFinder,
    FakeTracker,
    ScriptedSource,
    make_probabilities,
)
from tests.unit.session.live import FACES, TILES
from tests.unit.storage.lessons import wait_until

FPS = 4


def make_analyzer(_: object = None) -> Analyzer:
    return Analyzer(
        tiles=FakeTileFinder(TILES),
        faces=FakeFaceDetector(FACES),
        people=FakePersonFinder(),
        tracker=FakeTracker(),
        classifier=FakeClassifier(make_probabilities(happy=0.8)),
    )


def live_frame(index: int, at_s: float) -> Frame:
    """Two cameras with noise."""
    noise = np.random.default_rng(index).normal(110, 5, (48, 64, 3))
    return Frame(index, at_s, np.clip(noise, 0, 255).astype(np.uint8))


def film(*parts: tuple[float, bool]) -> list[Frame]:
    """Frames for so many seconds each, moving or with the last picture before them."""
    frames: list[Frame] = []
    for length_s, moving in parts:
        for _ in range(int(length_s * FPS)):
            index = len(frames)
            frames.append(live_frame(index if moving else frames[-1].index, index / FPS))
    return frames


class TurnedClocks:
    """The clocks of a computer that can be put to sleep and whose wall clock can be set."""

    def __init__(self) -> None:
        self._began_s = MonotonicClock().now_s()
        self.slept_s = 0.0
        self.set_by = timedelta(0)
        self.zone: timezone = UTC
        self.began = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)

    def now_s(self) -> float:
        return MonotonicClock().now_s() - self._began_s + self.slept_s

    def read(self) -> Instant:
        elapsed_s = self.now_s()
        local = (self.began + timedelta(seconds=elapsed_s) + self.set_by).astimezone(self.zone)
        return Instant(elapsed_s, elapsed_s - self.slept_s, local)


class LiveSource(ScriptedSource):
    """Two cameras with noise, for as long as it is read; `gate` holds a read back while it is cleared."""

    def __init__(self, clocks: TurnedClocks) -> None:
        super().__init__([], live=True)
        self._clocks = clocks
        self._index = 0
        self.gate = threading.Event()
        self.gate.set()
        self.error: Exception | None = None

    def read(self) -> Frame:
        self.gate.wait()
        if self.error is not None:
            raise self.error
        self._index += 1
        return live_frame(self._index, self._clocks.now_s())


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path}/sessions.sqlite") as store:
        yield store


@pytest.fixture
def clocks() -> TurnedClocks:
    return TurnedClocks()


Start = Callable[[ScriptedSource], LiveSession]


@pytest.fixture
def start(store: Store, clocks: TurnedClocks) -> Iterator[Start]:
    started: list[LiveSession] = []

    def start_session(source: ScriptedSource) -> LiveSession:
        session = LiveSession(
            source=source,
            make_analyzer=make_analyzer,
            store=store,
            new_session=NewSession(started_at=datetime.now(UTC), source=source.name),
            make_observer=lambda: ClassObserver(FlagRules()),
            clock=clocks,
            timekeeper=clocks,
            period_s=0.05 if source.live else 0,
        )
        started.append(session)
        session.start()
        return session

    yield start_session
    for session in started:
        session.stop()


class Record:
    """What is stored of a session so far."""

    def __init__(self, store: Store, session: LiveSession) -> None:
        self._store = store
        self._session = session

    @property
    def number(self) -> int:
        assert self._session.session_id is not None
        return self._session.session_id

    @property
    def seconds(self) -> list[int]:
        seconds: list[int] = self._store.mood_series(self.number).seconds.tolist()
        return seconds

    @property
    def events(self) -> list[tuple[EventKind, int]]:
        return [(event.kind, event.second) for event in self._store.events(self.number)]

    def second_of(self, kind: EventKind) -> int:
        """Of the only event of that kind."""
        (second,) = (at for each, at in self.events if each is kind)
        return second

    def wait_for_seconds(self, more: int) -> None:
        """Until so many more are stored."""
        wait_until(lambda: self._session.session_id is not None)
        count = len(self.seconds)
        wait_until(lambda: len(self.seconds) >= count + more)

    def wait_for(self, kind: EventKind) -> None:
        wait_until(lambda: kind in dict(self.events))


class TestFrozenCalls:
    def test_what_was_read_of_a_frozen_call_counts_for_nobody(self, store: Store, start: Start) -> None:
        session = start(ScriptedSource(film((5, True), (36, False), (5, True))))
        session.join()
        record = Record(store, session)
        assert [second for second in record.seconds if 5 <= second <= 40] == []
        assert {0, 1, 2, 3, 4, 42, 43, 44, 45} <= set(record.seconds)
        assert record.events == [(EventKind.PICTURE_FROZEN, 5), (EventKind.PICTURE_MOVING, 41)]
        assert [each.face_seconds for each in store.students(record.number)] == [len(record.seconds)] * 2

    def test_a_call_that_hesitates_counts(self, store: Store, start: Start) -> None:
        session = start(ScriptedSource(film((5, True), (6, False), (5, True))))
        session.join()
        record = Record(store, session)
        assert (record.seconds, record.events) == (list(range(16)), [])

    @pytest.mark.parametrize(("still_s", "stored"), [(6, 11), (20, 5)])
    def test_a_picture_that_stands_still_at_the_end_counts_unless_it_is_frozen(
        self, store: Store, start: Start, still_s: float, stored: int
    ) -> None:
        session = start(ScriptedSource(film((5, True), (still_s, False))))
        session.join()
        assert Record(store, session).seconds == list(range(stored))

    def test_the_window_is_informed_until_the_call_moves(self, start: Start) -> None:
        notices: list[Message | None] = []
        session = start(ScriptedSource(film((5, True), (20, False), (2, True))))
        session.set_wake(lambda: notices.append(session.picture_lost))
        session.join()
        assert Message(MessageKey.CALL_FROZEN, seconds=10) in notices
        assert session.picture_lost is None


class TestLostTime:
    def test_a_sleep_is_a_gap_and_later_seconds_keep_their_local_time(
        self, store: Store, clocks: TurnedClocks, start: Start
    ) -> None:
        session = start(LiveSource(clocks))
        record = Record(store, session)
        record.wait_for_seconds(2)
        clocks.slept_s = 3600
        record.wait_for(EventKind.WOKEN)
        record.wait_for_seconds(3)
        session.stop()
        began, ended = record.second_of(EventKind.SUSPENDED), record.second_of(EventKind.WOKEN)
        assert ended - began == pytest.approx(3600, abs=2)
        assert [second for second in record.seconds if began < second < ended] == []
        summary = store.session(record.number)
        assert abs((summary.local_time(record.seconds[-1]) - clocks.read().local).total_seconds()) < 5
        assert summary.watched_seconds < 60

    def test_a_clock_that_is_set_is_an_event_and_later_seconds_have_the_new_time(
        self, store: Store, clocks: TurnedClocks, start: Start
    ) -> None:
        session = start(LiveSource(clocks))
        record = Record(store, session)
        record.wait_for_seconds(2)
        clocks.set_by = timedelta(hours=-2)
        record.wait_for(EventKind.CLOCK_CHANGED)
        record.wait_for_seconds(2)
        session.stop()
        second = record.second_of(EventKind.CLOCK_CHANGED)
        summary = store.session(record.number)
        assert [reading.second for reading in summary.clock] == [0, second]
        assert summary.local_time(second) < summary.local_time(0)
        assert abs((summary.local_time(record.seconds[-1]) - clocks.read().local).total_seconds()) < 5
        assert record.seconds == list(range(len(record.seconds)))

    def test_the_end_of_summer_time_changes_the_local_time_only(
        self, store: Store, clocks: TurnedClocks, start: Start
    ) -> None:
        clocks.zone = timezone(timedelta(hours=2))
        session = start(LiveSource(clocks))
        record = Record(store, session)
        record.wait_for_seconds(2)
        clocks.zone = timezone(timedelta(hours=1))
        record.wait_for(EventKind.CLOCK_CHANGED)
        session.stop()
        summary, second = store.session(record.number), record.second_of(EventKind.CLOCK_CHANGED)
        assert [f"{summary.local_time(each):%H:%M}" for each in (0, second)] == ["11:00", "10:00"]
        assert summary.started_at == summary.local_time(0)


class TestGrabsThatHang:
    @pytest.fixture
    def source(self, clocks: TurnedClocks) -> Iterator[LiveSource]:
        source = LiveSource(clocks)
        yield source
        source.gate.set()

    def test_stop_does_not_wait_for_it(self, store: Store, source: LiveSource, start: Start) -> None:
        session = start(source)
        Record(store, session).wait_for_seconds(1)
        source.gate.clear()
        time.sleep(0.2)
        began_s = time.monotonic()
        session.stop()
        assert time.monotonic() - began_s < 15
        assert session.state is PipelineState.STOPPED
        assert not store.session(Record(store, session).number).interrupted

    def test_it_is_an_event_and_a_notice_until_it_ends(self, store: Store, source: LiveSource, start: Start) -> None:
        session = start(source)
        record = Record(store, session)
        record.wait_for_seconds(1)
        source.gate.clear()
        wait_until(lambda: session.picture_lost == Message(MessageKey.CAPTURE_HANGS))
        source.gate.set()
        wait_until(lambda: session.picture_lost is None)
        record.wait_for_seconds(2)
        session.stop()
        assert [kind for kind, _ in record.events] == [EventKind.CAPTURE_LOST, EventKind.CAPTURE_BACK]

    def test_what_a_grab_brings_after_the_stop_has_no_effect(
        self, store: Store, source: LiveSource, start: Start
    ) -> None:
        session = start(source)
        record = Record(store, session)
        record.wait_for_seconds(1)
        source.gate.clear()
        time.sleep(0.2)
        session.stop()
        stored = record.seconds, record.events
        woken = threading.Event()
        session.set_wake(woken.set)
        source.error = RuntimeError("the connection broke")
        source.gate.set()
        wait_until(lambda: source.closed_by == "capture")
        assert not woken.is_set()
        assert (session.state, session.fault) == (PipelineState.STOPPED, None)
        assert (record.seconds, record.events) == stored


class TestLostScreens:
    def test_a_screen_that_comes_back_is_a_gap_of_its_own_kind(
        self, store: Store, clocks: TurnedClocks, start: Start
    ) -> None:
        source = LiveSource(clocks)
        session = start(source)
        record = Record(store, session)
        record.wait_for_seconds(1)
        source.error = DisplayLostError(Message(MessageKey.SCREEN_UNAVAILABLE))
        wait_until(lambda: session.picture_lost is not None)
        source.error = None
        wait_until(lambda: session.picture_lost is None)
        record.wait_for_seconds(1)
        session.stop()
        assert [kind for kind, _ in record.events] == [EventKind.DISPLAY_LOST, EventKind.DISPLAY_BACK]
        assert not store.session(record.number).interrupted

    def test_a_session_whose_screen_is_gone_is_interrupted(
        self, store: Store, clocks: TurnedClocks, start: Start
    ) -> None:
        session = start(LiveSource(clocks))
        record = Record(store, session)
        record.wait_for_seconds(1)
        session.interrupt(Message(MessageKey.DESKTOP_CLOSED))
        assert store.session(record.number).interrupted
        assert [kind for kind, _ in record.events] == [EventKind.DISPLAY_LOST, EventKind.FAULT]
        assert session.fault == Message(MessageKey.DESKTOP_CLOSED)
        with pytest.raises(SessionInterruptedError):
            session.raise_fault()

    def test_a_session_that_was_stopped_is_not_interrupted_afterwards(
        self, store: Store, clocks: TurnedClocks, start: Start
    ) -> None:
        session = start(LiveSource(clocks))
        record = Record(store, session)
        record.wait_for_seconds(1)
        session.stop()
        session.interrupt(literal("too late"))
        assert session.fault is None
        assert not store.session(record.number).interrupted
