"""`fer-desktop analyze`: every sampled frame of a recorded class, into the database."""

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TextIO

from fer_desktop.cli.command import Command
from fer_desktop.cli.language import print_notice
from fer_desktop.cli.opening import open_user_store
from fer_desktop.cli.place import add_place_argument, apply_place, decide_expressions_here, report_expressions_off
from fer_desktop.cli.run import EXIT_SESSION_INTERRUPTED, PROGRAM
from fer_desktop.cli.settings import load_settings_or_defaults
from fer_desktop.errors import SessionInterruptedError, SettingsError, SourceError
from fer_desktop.system.files import open_private
from fer_desktop.system.signals import EndRequested, note_end_signals

if TYPE_CHECKING:
    from fer_desktop.policy.expressions import ExpressionDecision
    from fer_desktop.ports import FrameSource
    from fer_desktop.session.live_session import LiveSession
    from fer_desktop.settings import Settings
    from fer_desktop.types import Observation

_MAX_FPS: Final = 120
EXIT_NOT_ALL_STORED: Final = 3


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("source", help="a video, a picture, a folder of pictures, or simulated:students=25,seconds=60")
    parser.add_argument("--fps", type=float, help="frames to sample a second (default: every frame of a video)")
    parser.add_argument("--db", metavar="URL", help="database (default: the one in your data folder)")
    parser.add_argument("--frames", metavar="OUT.jsonl", type=Path, help="also write one JSON object a frame")
    parser.add_argument("--json", action="store_true", help="print the summary as JSON")
    add_place_argument(parser)


def _run(arguments: Namespace) -> int:
    from fer_desktop.simulation.source import SimulatedSource

    if arguments.fps is not None and not 0 < arguments.fps <= _MAX_FPS:
        raise SettingsError(f"--fps {arguments.fps:g} makes no sense: give a number above 0 and up to {_MAX_FPS}")
    settings = apply_place(load_settings_or_defaults(), arguments.place)
    if settings.class_totals and arguments.frames:
        raise SettingsError("--frames tells of single students, and your settings keep to the class as a whole")
    source = _open_recording(arguments.source, arguments.fps)
    simulated = isinstance(source, SimulatedSource)
    expressions = decide_expressions_here(settings, simulated=simulated)
    with note_end_signals() as signals:
        summary = _analyze(
            source, settings, expressions, frames_path=arguments.frames, database_url=arguments.db, signals=signals
        )
    if summary["frames"] == 0 and not signals:
        raise SourceError(f"{arguments.source} has no frame to analyse: is it the file that you meant?")
    _print_summary(summary, as_json=arguments.json)
    if signals:
        raise EndRequested(signals[0])
    if summary["interrupted"]:
        return EXIT_SESSION_INTERRUPTED
    return 0 if summary["kept_seconds"] == summary["seconds"] else EXIT_NOT_ALL_STORED


def _open_recording(text: str, fps: float | None) -> "FrameSource":
    """The source that `text` names. Raises `SettingsError` for a live one."""
    from fer_desktop.capture.open_source import open_source
    from fer_desktop.session.clock import MonotonicClock

    source = open_source(text, fps=fps, clock=MonotonicClock())
    if source.live:
        raise SettingsError(f"{text} never ends: `fer-desktop` without a command watches a live source")
    return source


def _analyze(
    source: "FrameSource",
    settings: "Settings",
    expressions: "ExpressionDecision",
    *,
    frames_path: Path | None,
    database_url: str | None,
    signals: list[int],
) -> dict[str, Any]:
    """Runs a session over `source` to its end, what interrupts it, or a signal. Returns the figures to print."""
    from fer_desktop.app import build_live_session

    with ExitStack() as stack:
        frames_file = stack.enter_context(_open_for_writing(frames_path)) if frames_path else None
        store = stack.enter_context(open_user_store(database_url or settings.database_url))
        sink = _AnalyzeSink(frames_file, on_first_frame=lambda: report_expressions_off(expressions))
        session = build_live_session(settings, source, store, expressions=expressions, sinks=(sink,))
        try:
            _run_session(session, sink, stack, signals)
        except SessionInterruptedError as error:
            print_notice(error.message)
        if session.notice:
            print_notice(session.notice)
        return {
            "session": session.session_id,
            "db": store.name,
            "frames": sink.frames,
            "dropped": session.stats.frames_dropped,
            "seconds": session.kept.recorded,
            "kept_seconds": session.kept.stored,
            "rescued_seconds": session.kept.rescued,
            "faces": sink.faces,
            "students": None if settings.class_totals else len(sink.students),
            "expressions_on": session.expressions_on,
            "interrupted": session.fault is not None,
        }


class _AnalyzeSink:
    """Counts frames, faces and students, and writes a line for each frame. Called by the inference thread."""

    def __init__(self, frames_file: TextIO | None, *, on_first_frame: Callable[[], None]) -> None:
        self.frames = 0
        self.faces = 0
        self.students: set[int] = set()
        self._frames_file = frames_file
        self._on_first_frame = on_first_frame

    def publish(self, observation: "Observation") -> None:
        from fer_desktop.cli.frame_json import describe_frame

        if self.frames == 0:
            self._on_first_frame()
        result = observation.result
        self.frames += 1
        self.faces += len(result.faces)
        self.students |= {face.student for face in result.faces if face.student is not None}
        if self._frames_file is not None:
            line = {"frame": result.frame.index, "time": round(result.frame.captured_at_s, 3)} | describe_frame(result)
            self._frames_file.write(json.dumps(line, ensure_ascii=False) + "\n")


def _run_session(session: "LiveSession", sink: _AnalyzeSink, stack: ExitStack, signals: list[int]) -> None:
    """Runs to the end with a progress bar. A signal ends the session; what was analysed until then is stored."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    console = Console(stderr=True)
    progress = stack.enter_context(Progress(*columns, console=console, transient=True, disable=not console.is_terminal))
    task = progress.add_task("Analysing frames", total=None)
    session.set_wake(lambda: progress.update(task, completed=sink.frames, total=session.frame_count))
    try:
        session.start()
        session.join(cancelled=lambda: bool(signals))
    finally:
        session.stop()
        progress.stop()
    session.raise_fault()


def _open_for_writing(path: Path) -> TextIO:
    try:
        return open_private(path)
    except OSError as error:
        raise SettingsError(f"cannot write {path} ({error.strerror}): choose another file") from error


def _print_summary(summary: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(json.dumps(summary) + "\n")
        return
    recorded, kept, rescued = summary["seconds"], summary["kept_seconds"], summary["rescued_seconds"]
    if kept < recorded:
        sys.stdout.write(
            f"Only {kept} of {recorded} seconds are in {summary['db']}. {rescued} are in a rescue file, which the next "
            "start takes in.\n"
        )
    if summary["session"] is None:
        return
    if summary["interrupted"]:
        sys.stdout.write(f"The session was interrupted after {recorded} seconds: what came after that is missing.\n")
    sys.stdout.write(
        f"Session {summary['session']}: {summary['frames']} frames, {summary['faces']} faces.\n"
        f"Review it in the window, or: {PROGRAM} export {summary['session']}\n"
    )


ANALYZE: Final = Command(
    "analyze",
    "Analyse a recorded class: every sampled frame. Exit code 3: not all of it could be stored in the database; 4: it "
    "was interrupted",
    _add_arguments,
    _run,
)
