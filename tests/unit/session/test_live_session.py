"""A session from start to stop: what is shown, what is stored, what the teacher can do meanwhile."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from fer_desktop.engagement import ClassObserver, FlagRules
from fer_desktop.errors import CaptureLostError, SourceError, StorageError
from fer_desktop.messages import Message, MessageKey, literal
from fer_desktop.session.clock import MonotonicClock
from fer_desktop.session.live_session import LiveSession
from fer_desktop.storage.store import Store
from fer_desktop.storage.values import NewSession
from fer_desktop.types import (
    Event,
    EventKind,
    Flag,
    FlagKind,
    Frame,
    Merge,
    Observation,
    PipelineState,
)
from fer_desktop.vision.analyzer import Analyzer
from tests.evidence import NOT_IN_CALL
from tests.fakes import (
    FakeFaceDetector,
    FakeNamer,
    FakePersonFinder,
    FakeTileFinder,
    FakeTracker,
    ListSink,
    ScriptedSource,
    make_frame,
)
from tests.unit.session.live import FACES, TILES, Maker, frames_of, make_analyzer
from tests.unit.storage.lessons import wait_until


def test_a_recording_is_stored_second_by_second_to_its_last(store: Store, make_session: Maker) -> None:
    sink = ListSink()
    session = make_session(ScriptedSource(frames_of(10)), sink)
    session.start()
    session.join()
    assert session.state is PipelineState.STOPPED
    assert session.session_id is not None
    assert store.mood_series(session.session_id).seconds.tolist() == list(range(10))
    assert [summary.face_seconds for summary in store.students(session.session_id)] == [10, 10]
    assert len(sink.observations) == 20
    summary = store.session(session.session_id)
    assert (summary.seconds, summary.interrupted) == (10, False)


def test_the_namer_is_closed_with_the_session_also_after_a_fault(make_session: Maker) -> None:
    broken: list[Frame | Exception] = [*frames_of(1), SourceError("the disk was pulled out: plug it in")]
    for frames in (frames_of(1), broken):
        namer = FakeNamer(["Ada", None])
        session = make_session(ScriptedSource(frames), analyzer=lambda on_notice: make_analyzer(namer=namer))  # noqa: B023
        session.start()
        session.join()
        assert namer.closed


def test_a_live_session_begins_after_its_warm_up(store: Store, make_session: Maker) -> None:
    """The first two frames, which take seconds, leave no hole in the record."""
    sink = ListSink()
    first = [make_frame(0, at_s=50.0), make_frame(1, at_s=52.0)]
    frames = [*first, *(make_frame(index, at_s=54.0 + index) for index in range(2, 6))]
    session = make_session(ScriptedSource(frames, live=True), sink, period_s=0.05)
    session.start()
    wait_until(lambda: bool(sink.observations) and sink.observations[-1].second == 3)
    session.stop()
    assert session.session_id is not None
    assert store.mood_series(session.session_id).seconds.tolist() == [0, 1, 2, 3]


def test_where_frames_are_rare_only_the_first_is_warm_up(store: Store, make_session: Maker) -> None:
    sink = ListSink()
    frames = [make_frame(index, at_s=50.0 + 5 * index) for index in range(4)]
    session = make_session(ScriptedSource(frames, live=True), sink, period_s=0.05)
    session.start()
    wait_until(lambda: bool(sink.observations) and sink.observations[-1].second == 10)
    session.stop()
    assert session.session_id is not None
    assert store.mood_series(session.session_id).seconds.tolist() == [0, 5, 10]


def test_commands_take_effect_in_a_pause(make_session: Maker) -> None:
    session = make_session(ScriptedSource(frames_of(10), live=True), period_s=0.02)
    labels: list[str] = []
    known, renamed = threading.Event(), threading.Event()

    def look() -> None:
        observation = session.observations.poll()
        if observation is not None:
            labels[:] = [state.label for state in observation.students]
            if labels:
                known.set()
            if "Ada" in labels:
                renamed.set()

    session.set_wake(look)
    session.start()
    assert known.wait(10)
    session.pause()
    session.rename(1, "Ada")
    assert renamed.wait(10)


def test_a_part_of_the_analysis_that_gives_up_becomes_a_notice(make_session: Maker) -> None:
    def make(on_notice: Callable[[Message], None]) -> Analyzer:
        on_notice(literal("Names cannot be read: install the program anew"))
        return make_analyzer()

    session = make_session(ScriptedSource(frames_of(1)), analyzer=make)
    session.start()
    session.join()
    assert session.notice == literal("Names cannot be read: install the program anew")
    assert session.fault is None


def test_the_window_is_woken_for_each_observation_and_finds_the_newest(make_session: Maker) -> None:
    session = make_session(ScriptedSource(frames_of(3)))
    wakes: list[Observation | None] = []
    session.set_wake(lambda: wakes.append(session.observations.poll()))
    session.start()
    session.join()
    seen = [observation for observation in wakes if observation is not None]
    assert [observation.second for observation in seen] == [0, 0, 1, 1, 2, 2]


def test_a_source_that_cannot_start_leaves_no_session(store: Store, make_session: Maker) -> None:
    session = make_session(ScriptedSource([SourceError("no camera 3: plug one in")]))
    session.start()
    session.join()
    assert session.state is PipelineState.FAULTED
    assert session.fault == literal("no camera 3: plug one in")
    with pytest.raises(SourceError):
        session.raise_fault()
    assert store.list_sessions() == []


def test_a_fault_in_mid_session_loses_nothing_and_is_stored(store: Store, make_session: Maker) -> None:
    session = make_session(ScriptedSource([*frames_of(5), SourceError("the display is gone")]))
    session.start()
    session.join()
    assert session.session_id is not None
    summary = store.session(session.session_id)
    assert summary.interrupted
    assert store.mood_series(session.session_id).seconds.tolist() == list(range(5))
    assert (EventKind.FAULT, literal("the display is gone")) in [
        (event.kind, event.message) for event in store.events(session.session_id)
    ]


def test_a_lost_window_is_a_notice_and_an_event_and_so_is_its_return(store: Store, make_session: Maker) -> None:
    notices: list[Message | None] = []
    source = ScriptedSource([*frames_of(2), CaptureLostError("the region is black"), make_frame(9, at_s=4.0)])
    session = make_session(source)
    session.set_wake(lambda: notices.append(session.notice))
    session.start()
    session.join()
    assert literal("the region is black") in notices
    assert session.notice is None
    assert session.session_id is not None
    kinds = [event.kind for event in store.events(session.session_id)]
    assert kinds == [EventKind.CAPTURE_LOST, EventKind.CAPTURE_BACK]
    assert store.mood_series(session.session_id).seconds.tolist() == [0, 1, 4]


def test_a_lost_picture_is_no_notice_once_the_session_has_stopped(store: Store, make_session: Maker) -> None:
    source = ScriptedSource([*frames_of(2), CaptureLostError("the watched window is closed")], live=True)
    session = make_session(source)
    lost = threading.Event()
    session.set_wake(lambda: lost.set() if session.notice else None)
    session.start()
    assert lost.wait(20)
    assert session.notice == literal("the watched window is closed")
    session.stop()
    assert session.notice is None


def test_a_bookmark_is_kept_with_its_note(store: Store, make_session: Maker) -> None:
    session: LiveSession
    session = make_session(ScriptedSource(frames_of(3)), ListSink(then=lambda: session.bookmark("the fractions")))
    session.start()
    session.join()
    assert session.session_id is not None
    assert {(event.kind, event.text) for event in store.events(session.session_id)} == {
        (EventKind.BOOKMARK, "the fractions")
    }


def test_the_teachers_notes_are_kept_with_the_student_or_the_lesson_they_are_on(
    store: Store, make_session: Maker
) -> None:
    def write_notes() -> None:
        session.note(2, "asked twice", second=1)
        session.note(None, "too fast", second=0)

    session: LiveSession
    session = make_session(ScriptedSource(frames_of(3)), ListSink(then=write_notes))
    session.start()
    session.join()
    assert session.session_id is not None
    about_lesson, about_student = Event(EventKind.NOTE, 0, "too fast"), Event(EventKind.NOTE, 1, "asked twice", 2)
    assert set(store.events(session.session_id)) == {about_lesson, about_student}


def test_an_excluded_student_is_not_analysed_from_the_next_frame_on(make_session: Maker) -> None:
    sink = ListSink()
    ready = threading.Event()
    source = ScriptedSource(frames_of(4))
    session = make_session(source, sink, analyzer=lambda: ready.wait(5) and make_analyzer())
    session.start()
    session.exclude(2)
    ready.set()
    session.join()
    assert all({face.student for face in observation.result.faces} == {1} for observation in sink.observations)


def test_without_individuals_only_the_class_is_stored(store: Store, make_session: Maker) -> None:
    session = make_session(ScriptedSource(frames_of(3)), aggregate_only=True)
    session.start()
    session.join()
    assert session.session_id is not None
    assert store.students(session.session_id) == []


def test_observations_go_on_when_the_database_refuses(store: Store, make_session: Maker) -> None:
    class RefusingWriter:
        session_id = 1
        begun = True
        lost = True

        def record(self, _: object) -> None:
            raise StorageError("the disk is full: make room")

        add_event = note_clock = record

        def close(self, *, interrupted: bool = False, patience_s: float | None = None) -> None:
            pass

    class RefusingStore:
        def begin_session(self, *_: object, **__: object) -> RefusingWriter:
            return RefusingWriter()

    sink = ListSink()
    session = LiveSession(
        source=ScriptedSource(frames_of(4)),
        make_analyzer=make_analyzer,
        store=RefusingStore(),  # type: ignore[arg-type]
        new_session=NewSession(started_at=datetime.now(UTC), source=literal("scripted")),
        make_observer=lambda: ClassObserver(FlagRules()),
        clock=MonotonicClock(),
        period_s=0,
        sinks=(sink,),
    )
    session.start()
    session.join()
    assert session.notice == Message(MessageKey.RECORDING_STOPPED, error=literal("the disk is full: make room"))
    assert session.fault is None
    assert len(sink.observations) == 8


def test_a_note_that_was_written_after_a_fault_is_kept(store: Store, make_session: Maker) -> None:
    class BreakingTracker(FakeTracker):
        """Fails in the third frame."""

        def __init__(self) -> None:
            self.frames = 0

        def take_merges(self) -> tuple[Merge, ...]:
            self.frames += 1
            if self.frames == 3:
                raise SourceError("the picture cannot be read")
            return ()

    def make(_: object) -> Analyzer:
        return Analyzer(
            tiles=FakeTileFinder(TILES),
            faces=FakeFaceDetector(FACES),
            people=FakePersonFinder(),
            tracker=BreakingTracker(),
            classifier=None,
        )

    session = make_session(ScriptedSource(frames_of(3)), analyzer=make)
    session.start()
    wait_until(lambda: session.state is PipelineState.FAULTED)
    session.note(2, "asked a good question", second=0)
    session.stop()
    assert session.session_id is not None
    kept = [event for event in store.events(session.session_id) if event.kind is EventKind.NOTE]
    assert kept == [Event(EventKind.NOTE, 0, "asked a good question", 2)]


def test_a_lost_picture_and_a_pause_last_until_the_next_frame(store: Store, make_session: Maker) -> None:
    frames: list[Frame | Exception] = [
        make_frame(0),  # the first two are warm-up
        *frames_of(3, per_second=10),  # of which a busy computer may miss some
        CaptureLostError("the window is closed"),
        *(make_frame(40 + index, at_s=20.5 + index / 10) for index in range(12)),
    ]
    session = make_session(ScriptedSource(frames, live=True), period_s=0.02)
    session.start()
    wait_until(lambda: session.session_id is not None and len(store.mood_series(session.session_id).seconds) == 4)
    session.stop()
    assert session.session_id is not None
    found = [(event.kind, event.second) for event in store.events(session.session_id)]
    assert found[:2] == [(EventKind.CAPTURE_LOST, 2), (EventKind.CAPTURE_BACK, 20)]


def test_a_pause_without_a_frame_after_it_is_ended_with_the_session(store: Store, make_session: Maker) -> None:
    session = make_session(ScriptedSource(frames_of(10), live=True), period_s=0.02)
    session.start()
    wait_until(lambda: session.state is PipelineState.RUNNING and session.session_id is not None)
    session.pause()
    session.resume()
    session.stop()
    assert session.session_id is not None
    kinds = {event.kind for event in store.events(session.session_id)}
    assert {EventKind.PAUSED, EventKind.RESUMED} <= kinds


def test_what_the_teacher_marks_before_the_first_frame_is_kept(store: Store, make_session: Maker) -> None:
    frames: list[Frame | Exception] = [CaptureLostError("the window is covered"), *frames_of(2)]
    session = make_session(ScriptedSource(frames))
    session.bookmark("they all came late")
    session.note(None, "rain")
    session.start()
    session.join()
    assert session.session_id is not None
    found = [(event.kind, event.second, event.text) for event in store.events(session.session_id)]
    assert found == [(EventKind.BOOKMARK, 0, "they all came late"), (EventKind.NOTE, 0, "rain")]


def test_a_flag_that_is_not_shown_any_more_is_not_dismissed(store: Store, make_session: Maker) -> None:
    session = make_session(ScriptedSource(frames_of(3)))
    session.dismiss(Flag(FlagKind.AWAY, 1, 0, NOT_IN_CALL))
    session.start()
    session.join()
    assert session.session_id is not None
    assert EventKind.FLAG_DISMISSED not in {event.kind for event in store.events(session.session_id)}
