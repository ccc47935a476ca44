"""Runs one analysis of `fer-desktop analyze`, with its progress, and sums it up."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TextIO

from fer_desktop.cli.language import print_notice
from fer_desktop.cli.place import report_expressions_off
from fer_desktop.errors import SessionInterruptedError, SettingsError, StorageError
from fer_desktop.system.files import open_private

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

    from fer_desktop.policy.expressions import ExpressionDecision
    from fer_desktop.ports import FrameSource
    from fer_desktop.recording.analysis import Progress
    from fer_desktop.recording.build import Recording
    from fer_desktop.recording.workers import SegmentWorkers
    from fer_desktop.session.live_session import LiveSession
    from fer_desktop.settings import Settings
    from fer_desktop.storage.store import Store
    from fer_desktop.types import Observation

Summary = dict[str, Any]
"""The figures of one analysis, as `--json` prints them."""
_SHOWN_LENGTH_FROM_S: Final = 60


@dataclass(frozen=True, slots=True)
class Run:
    """What all analyses of one command have in common. `signals`: those that have asked it to end."""

    settings: "Settings"
    store: "Store"
    frames_path: Path | None
    signals: list[int]


class AnalyzeSink:
    """Counts frames and faces, and writes a line for each frame. Called by one thread."""

    def __init__(self, frames_file: TextIO | None, *, on_first_frame: Callable[[], None]) -> None:
        self.frames = 0
        self.faces = 0
        self._frames_file = frames_file
        self._on_first_frame = on_first_frame

    def publish(self, observation: "Observation") -> None:
        from fer_desktop.cli.frame_json import describe_frame

        if self.frames == 0:
            self._on_first_frame()
        result = observation.result
        self.frames += 1
        self.faces += len(result.faces)
        if self._frames_file is not None:
            line = {"frame": result.frame.index, "time": round(result.frame.captured_at_s, 3)} | describe_frame(result)
            self._frames_file.write(json.dumps(line, ensure_ascii=False) + "\n")


def run_source(source: "FrameSource", expressions: "ExpressionDecision", run: Run) -> Summary:
    """Pictures or the simulated class, frame by frame, to the end, what interrupts it, or a signal."""
    from fer_desktop.app import build_live_session

    with _sink(run, expressions) as sink:
        session = build_live_session(run.settings, source, run.store, expressions=expressions, sinks=(sink,))
        try:
            _run_session(session, sink, run.signals)
        except SessionInterruptedError as error:
            print_notice(error.message)
        if session.notice:
            print_notice(session.notice)
        return _sum_up(run, sink, session.session_id) | {
            "session": session.session_id,
            "dropped": session.stats.frames_dropped,
            "seconds": session.kept.recorded,
            "kept_seconds": session.kept.stored,
            "rescued_seconds": session.kept.rescued,
            "expressions_on": session.expressions_on,
            "interrupted": session.fault is not None,
        }


def run_recording(
    recording: "Recording", expressions: "ExpressionDecision", run: Run, workers: "SegmentWorkers"
) -> Summary:
    """A video, in segments. A signal ends it, and what is finished by then is kept for the next time."""
    from fer_desktop.recording.build import build_recording_analysis, open_work_folder

    with _sink(run, expressions) as sink, open_work_folder(recording, run.settings, run.store) as folder:
        analysis = build_recording_analysis(recording, run.settings, run.store, expressions=expressions, sinks=(sink,))
        with _show_segments(recording) as show:
            outcome = analysis.run(workers, folder, cancelled=lambda: bool(run.signals), on_progress=show)
        for notice in outcome.notices:
            print_notice(notice)
        return _sum_up(run, sink, outcome.session) | {
            "session": outcome.session,
            "dropped": 0,
            "seconds": outcome.kept.recorded,
            "kept_seconds": outcome.kept.stored,
            "rescued_seconds": outcome.kept.rescued,
            "expressions_on": expressions.on,
            "interrupted": not outcome.is_done,
        }


@contextmanager
def _sink(run: Run, expressions: "ExpressionDecision") -> Iterator[AnalyzeSink]:
    with ExitStack() as stack:
        frames_file = stack.enter_context(_open_for_writing(run.frames_path)) if run.frames_path else None
        yield AnalyzeSink(frames_file, on_first_frame=lambda: report_expressions_off(expressions))


def _sum_up(run: Run, sink: AnalyzeSink, session: int | None) -> Summary:
    """`students`: as `sessions` counts them, also those whose face was never read; None where that cannot be said."""
    students = None
    if session is not None and not run.settings.class_totals:
        with suppress(StorageError):  # a database that is gone by now; what was seen is in rescue files
            students = run.store.session(session).students
    return {"db": run.store.name, "frames": sink.frames, "faces": sink.faces, "students": students}


def _run_session(session: "LiveSession", sink: AnalyzeSink, signals: list[int]) -> None:
    """Runs to the end with a progress bar. A signal ends the session; what was analysed until then is stored."""
    with _bar() as bar:
        task = bar.add_task("Analysing frames", total=None)
        session.set_wake(lambda: bar.update(task, completed=sink.frames, total=session.frame_count))
        try:
            session.start()
            session.join(cancelled=lambda: bool(signals))
        finally:
            session.stop()
    session.raise_fault()


@contextmanager
def _show_segments(recording: "Recording") -> Iterator[Callable[["Progress"], None]]:
    length_s = recording.plan.length_s
    name = recording.path.name
    if length_s is not None and length_s >= _SHOWN_LENGTH_FROM_S:
        name += f" ({round(length_s / 60)} min)"
    with _bar() as bar:
        task = bar.add_task(name.replace("[", "\\["), total=len(recording.tasks))
        yield lambda progress: bar.update(task, completed=progress.done)


@contextmanager
def _bar() -> "Iterator[Bar]":
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        yield bar


def _open_for_writing(path: Path) -> TextIO:
    try:
        return open_private(path)
    except OSError as error:
        raise SettingsError(f"cannot write {path} ({error.strerror}): choose another file") from error
