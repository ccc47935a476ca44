"""`analyze`: a recorded class, every sampled frame of it, into the database. `detect`: single pictures."""

import json
import sys
from argparse import ArgumentParser, Namespace
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from fer_desktop.cli.command import Command
from fer_desktop.cli.place import add_place_argument, are_expressions_on, settle_place, tell_place
from fer_desktop.cli.settings import load_settings_aloud
from fer_desktop.errors import SettingsError, SourceError

if TYPE_CHECKING:
    from fer_desktop.ports import ExpressionClassifier
    from fer_desktop.session.live_session import LiveSession
    from fer_desktop.types import Observation


def _add_analyze_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("source", help="a video, a picture, a folder of pictures, or simulated:students=25,seconds=60")
    parser.add_argument("--fps", type=float, help="frames to sample a second (default: every frame of a video)")
    parser.add_argument("--db", metavar="URL", help="database (default: the one in your data folder)")
    parser.add_argument("--frames", metavar="OUT.jsonl", type=Path, help="also write one JSON object a frame")
    parser.add_argument("--json", action="store_true", help="print the summary as JSON")
    add_place_argument(parser)


def _analyze(arguments: Namespace) -> int:
    from fer_desktop.app import build_live_session
    from fer_desktop.capture.open_source import open_source
    from fer_desktop.session.clock import MonotonicClock
    from fer_desktop.simulation.source import SimulatedSource
    from fer_desktop.storage.store import open_store

    if arguments.fps is not None and not 0 < arguments.fps <= 120:
        raise SettingsError(f"--fps {arguments.fps:g} makes no sense: give a number above 0 and up to 120")
    settings = load_settings_aloud()
    if settings.aggregate_only and arguments.frames:
        raise SettingsError("--frames tells of single students, and your settings keep to the class as a whole")
    source = open_source(arguments.source, fps=arguments.fps, clock=MonotonicClock())
    if source.live:
        raise SettingsError(f"{arguments.source} never ends: `fer-desktop` without a command watches a live source")
    simulated = isinstance(source, SimulatedSource)
    if not simulated:
        settings = settle_place(settings, arguments.place)
    with ExitStack() as stack:
        frames_file = stack.enter_context(_open_for_writing(arguments.frames)) if arguments.frames else None
        store = stack.enter_context(open_store(arguments.db or settings.database_url))
        sink = _AnalyzeSink(frames_file)
        session = build_live_session(
            settings,
            source,
            store,
            simulated=simulated,
            expressions_on=simulated or are_expressions_on(settings),
            sinks=(sink,),
        )
        _run(session, sink, stack)
        if not simulated:
            tell_place(settings)
        if session.notice:
            sys.stderr.write(f"fer-desktop: {session.notice}\n")
        if sink.frames == 0:
            raise SourceError(f"{arguments.source} has no frame to analyse: is it the file that you meant?")
        summary = {
            "session": session.session_id,
            "db": store.name,
            "frames": sink.frames,
            "dropped": session.stats.frames_dropped,
            "faces": sink.faces,
            "students": None if settings.aggregate_only else len(sink.students),
            "expressions_on": session.expressions_on,
        }
        _print_summary(summary, as_json=arguments.json)
    return 0


class _AnalyzeSink:
    """Counts what comes, writes the frames' lines, and remembers how far it is. Called by the inference thread."""

    def __init__(self, frames_file: TextIO | None) -> None:
        self.frames = 0
        self.faces = 0
        self.students: set[int] = set()
        self._frames_file = frames_file

    def publish(self, observation: "Observation") -> None:
        from fer_desktop.cli.frame_json import describe_frame

        result = observation.result
        self.frames += 1
        self.faces += len(result.faces)
        self.students |= {face.student for face in result.faces if face.student is not None}
        if self._frames_file is not None:
            line = {"frame": result.frame.index, "time": round(result.frame.captured_at_s, 3)} | describe_frame(result)
            self._frames_file.write(json.dumps(line, ensure_ascii=False) + "\n")


def _run(session: "LiveSession", sink: _AnalyzeSink, stack: ExitStack) -> None:
    """Runs to the end with a progress bar; Ctrl-C ends the session with what was read."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    console = Console(stderr=True)
    progress = stack.enter_context(Progress(*columns, console=console, transient=True, disable=not console.is_terminal))
    task = progress.add_task("Analysing frames", total=None)
    session.set_wake(lambda: progress.update(task, completed=sink.frames, total=session.frame_count))
    try:
        session.start()
        session.join()
    finally:
        session.stop()
        progress.stop()
    session.raise_fault()


def _open_for_writing(path: Path) -> TextIO:
    try:
        return path.open("w", encoding="utf-8")
    except OSError as error:
        raise SettingsError(f"cannot write {path} ({error.strerror}): choose another file") from error


def _print_summary(summary: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(json.dumps(summary) + "\n")
        return
    sys.stdout.write(
        f"Session {summary['session']}: {summary['frames']} frames, {summary['faces']} faces.\n"
        f"Review it in the window, or: fer-desktop export {summary['session']}\n"
    )


def _add_detect_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("images", nargs="+", metavar="IMAGE", help="pictures of call windows")
    parser.add_argument("--json", action="store_true", help="print one JSON object a picture")
    add_place_argument(parser)


def _detect(arguments: Namespace) -> int:
    from fer_desktop.app import build_analyzer, build_classifier, build_namer
    from fer_desktop.capture.pictures import load_picture
    from fer_desktop.cli.frame_json import describe_frame
    from fer_desktop.types import Frame

    settings = settle_place(load_settings_aloud(), arguments.place)
    classifier: ExpressionClassifier | None = None
    unread: list[str] = []
    for path in arguments.images:
        try:
            image = load_picture(Path(path))
        except SourceError as error:
            unread.append(str(error))
            continue
        if classifier is None:  # once there is something to read: it takes seconds to load
            classifier = build_classifier(expressions_on=are_expressions_on(settings))
        with closing(build_analyzer(classifier, build_namer(at_once=True))) as analyzer:
            result = analyzer.process(Frame(0, 0.0, image))
        if arguments.json:
            sys.stdout.write(json.dumps({"image": path} | describe_frame(result)) + "\n")
        else:
            sys.stdout.write(f"{path}: {len(result.tiles)} tiles, {len(result.faces)} faces\n")
    if unread:
        raise SourceError("; ".join(unread))
    tell_place(settings)
    return 0


ANALYZE = Command("analyze", "Analyse a recorded class: every sampled frame", _add_analyze_arguments, _analyze)
DETECT = Command("detect", "Find tiles, faces and expressions in pictures", _add_detect_arguments, _detect)
