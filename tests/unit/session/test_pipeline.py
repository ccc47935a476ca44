"""The capture and the inference thread, from start to stop, and their faults."""

import threading
from collections.abc import Callable, Iterator

import pytest

from fer_desktop.errors import CaptureLostError, ModelError, SourceError
from fer_desktop.messages import Message, MessageKey, literal
from fer_desktop.session.clock import MonotonicClock
from fer_desktop.session.pipeline import Pipeline
from fer_desktop.types import Frame, PipelineState
from tests.fakes import ScriptedSource, make_frame


class Worker:
    """Keeps the frames' indices; may wait at a gate or fail at a frame."""

    def __init__(self, gate: threading.Event | None = None, fail_at: int | None = None) -> None:
        self.seen: list[int] = []
        self.threads: set[str] = set()
        self.finished = self.closed = False
        self.idled = threading.Event()
        self.entered = threading.Event()
        self._gate = gate
        self._fail_at = fail_at

    def process(self, frame: Frame) -> None:
        self.entered.set()
        if self._gate:
            assert self._gate.wait(5)
        if frame.index == self._fail_at:
            raise RuntimeError("no such tensor")
        self.seen.append(frame.index)
        self.threads.add(threading.current_thread().name)

    def idle(self) -> None:
        self.idled.set()

    def finish(self) -> None:
        self.finished = True

    def close(self) -> None:
        self.closed = True


class Run:
    """A pipeline with what it called back."""

    def __init__(self, source: ScriptedSource, make_worker: Callable[[], Worker]) -> None:
        self.source = source
        self.changed = threading.Condition()
        self.captures: list[CaptureLostError | None] = []
        self.pipeline = Pipeline(
            source=source,
            make_worker=make_worker,
            clock=MonotonicClock(),
            period_s=0.0,
            on_change=self._notify,
            on_capture=self.captures.append,
        )

    def _notify(self) -> None:
        with self.changed:
            self.changed.notify_all()

    def wait_for(self, state: PipelineState) -> None:
        with self.changed:
            assert self.changed.wait_for(lambda: self.pipeline.state is state, timeout=60), self.pipeline.state


@pytest.fixture
def start() -> Iterator[Callable[..., Run]]:
    runs: list[Run] = []

    def start_run(source: ScriptedSource, make_worker: Callable[[], Worker]) -> Run:
        run = Run(source, make_worker)
        runs.append(run)
        run.pipeline.start()
        return run

    yield start_run
    for run in runs:
        run.pipeline.stop()
        names = {thread.name for thread in threading.enumerate()}
        assert not names & {"capture", "inference"}


FRAMES = [make_frame(index, at_s=index * 0.2) for index in range(40)]


def test_every_frame_of_a_recording_is_processed_in_order_and_the_end_is_a_stop(start: Callable[..., Run]) -> None:
    worker = Worker()
    run = start(ScriptedSource(FRAMES), lambda: worker)
    run.pipeline.join()
    assert worker.seen == list(range(40))
    assert worker.finished
    assert worker.closed
    assert run.pipeline.state is PipelineState.STOPPED
    assert run.pipeline.fault is None
    stats = run.pipeline.stats
    assert (stats.frames_captured, stats.frames_analysed, stats.frames_dropped) == (40, 40, 0)


def test_a_live_source_drops_what_comes_too_fast_and_counts_it(start: Callable[..., Run]) -> None:
    gate = threading.Event()
    worker = Worker(gate)
    source = ScriptedSource(FRAMES, live=True)
    run = start(source, lambda: worker)
    assert source.exhausted.wait(10)
    gate.set()
    run.wait_for(PipelineState.RUNNING)
    run.pipeline.stop()
    stats = run.pipeline.stats
    assert stats.frames_dropped > 0
    assert stats.frames_analysed + stats.frames_dropped <= stats.frames_captured == 40


def test_one_thread_opens_reads_and_closes_the_source_and_another_works(start: Callable[..., Run]) -> None:
    worker = Worker()
    source = ScriptedSource(FRAMES[:3])
    start(source, lambda: worker).pipeline.join()
    assert (source.opened_by, source.closed_by) == ("capture", "capture")
    assert worker.threads == {"inference"}


def test_a_lost_capture_is_reported_once_and_so_is_its_return(start: Callable[..., Run]) -> None:
    lost = CaptureLostError("the region is black")
    run = start(ScriptedSource([FRAMES[0], lost, lost, FRAMES[1]]), Worker)
    run.pipeline.join()
    assert run.captures == [lost, None]
    assert run.pipeline.stats.frames_analysed == 2


@pytest.mark.parametrize(
    ("source", "make_worker", "fault"),
    [
        (
            ScriptedSource([SourceError("the camera is gone: plug it in again")]),
            Worker,
            literal("the camera is gone: plug it in again"),
        ),
        (
            ScriptedSource([FRAMES[0]]),
            lambda: Worker(fail_at=0),
            Message(MessageKey.ANALYSIS_FAILED, error="RuntimeError: no such tensor"),
        ),
    ],
    ids=["capture", "inference"],
)
def test_a_fault_in_a_thread_is_put_into_words(
    start: Callable[..., Run], source: ScriptedSource, make_worker: Callable[[], Worker], fault: Message
) -> None:
    run = start(source, make_worker)
    run.wait_for(PipelineState.FAULTED)
    assert run.pipeline.fault == fault
    run.pipeline.stop()
    assert run.pipeline.state is PipelineState.FAULTED


def test_a_network_that_does_not_load_ends_both_threads(start: Callable[..., Run]) -> None:
    def fail() -> Worker:
        raise ModelError("the model is damaged: install again")

    source = ScriptedSource(FRAMES)
    run = start(source, fail)
    run.wait_for(PipelineState.FAULTED)
    run.pipeline.join()
    assert run.pipeline.fault == literal("the model is damaged: install again")
    assert source.opened_by is None


class GatedSource(ScriptedSource):
    """Waits at a gate within its second read."""

    def __init__(self, frames: list[Frame]) -> None:
        super().__init__(frames)
        self.reading = threading.Event()
        self.gate = threading.Event()
        self._reads = 0

    def read(self) -> Frame | None:
        self._reads += 1
        if self._reads == 2:
            self.reading.set()
            assert self.gate.wait(5)
        return super().read()


def test_a_frame_that_was_read_during_a_pause_is_not_analysed(start: Callable[..., Run]) -> None:
    source, worker = GatedSource(FRAMES[:5]), Worker()
    run = start(source, lambda: worker)
    assert source.reading.wait(5)
    run.wait_for(PipelineState.RUNNING)
    run.pipeline.pause()
    assert run.pipeline.state is PipelineState.PAUSED
    source.gate.set()
    while source.frame_count == 4:  # until the gated frame has been taken from the source
        threading.Event().wait(0.01)
    threading.Event().wait(0.05)
    run.pipeline.resume()
    run.pipeline.join()
    assert worker.seen == [0, 2, 3, 4]


def test_stop_may_be_called_twice_and_before_the_start(start: Callable[..., Run]) -> None:
    run = Run(ScriptedSource([]), Worker)
    run.pipeline.stop()
    other = start(ScriptedSource(FRAMES, live=True), Worker)
    other.wait_for(PipelineState.RUNNING)
    other.pipeline.stop()
    other.pipeline.stop()
    assert other.pipeline.state is PipelineState.STOPPED


def test_a_frame_that_takes_too_long_is_reported_until_it_is_done() -> None:
    gate, reports = threading.Event(), list[bool]()
    worker = Worker(gate)
    pipeline = Pipeline(
        source=ScriptedSource(FRAMES, live=True),
        make_worker=lambda: worker,
        clock=MonotonicClock(),
        period_s=0.0,
        on_change=lambda: None,
        on_capture=lambda _: None,
        on_slow=reports.append,
    )
    pipeline.start()
    assert worker.entered.wait(5)
    for _ in range(10):
        pipeline.beat()
    assert reports == []
    pipeline.beat()
    assert reports == [True]
    gate.set()
    while len(reports) < 2:
        threading.Event().wait(0.01)
    pipeline.stop()
    assert reports == [True, False]


def test_a_grab_of_a_recording_may_take_its_time(start: Callable[..., Run]) -> None:
    source = GatedSource(FRAMES[:3])
    run = start(source, Worker)
    assert source.reading.wait(5)
    for _ in range(10):
        run.pipeline.beat()
    source.gate.set()
    run.pipeline.join()
    assert run.captures == []
