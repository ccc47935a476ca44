"""`fer-desktop analyze`: every sampled frame of recorded classes, into the database."""

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from fer_desktop.cli.analysis_runs import Run, Summary, run_recording, run_source
from fer_desktop.cli.command import Command
from fer_desktop.cli.language import print_notice
from fer_desktop.cli.opening import make_backup_of_the_day, open_user_store
from fer_desktop.cli.place import add_place_argument, apply_place, decide_expressions_here
from fer_desktop.cli.run import EXIT_SESSION_INTERRUPTED, PROGRAM
from fer_desktop.cli.settings import load_settings_or_defaults
from fer_desktop.errors import FerDesktopError, SettingsError, SourceError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.roster.names import tidy_name
from fer_desktop.system.signals import EndRequested, note_end_signals

if TYPE_CHECKING:
    from fer_desktop.ports import FrameSource

_MAX_FPS: Final = 120
_MAX_WORKERS: Final = 256
EXIT_NOT_ALL_STORED: Final = 3
EXIT_NOT_ALL_ANALYSED: Final = 2


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "sources",
        nargs="+",
        metavar="source",
        help="a video, a picture, a folder of videos or of pictures, or simulated:students=25,seconds=60; each video "
        "becomes a session of its own",
    )
    parser.add_argument("--course", metavar="NAME", default="", help="of these lessons (default: none)")
    parser.add_argument("--fps", type=float, help="frames to sample a second (default: every frame of a video)")
    parser.add_argument("--workers", type=int, metavar="N", help="processes that share a video (default: one a core)")
    parser.add_argument("--scheduler", metavar="URL", help="of a Dask cluster that reads them: tcp://host:8786")
    parser.add_argument(
        "--folder-on-workers", metavar="FOLDER", help="where the cluster's workers find the videos (default: as here)"
    )
    parser.add_argument("--db", metavar="URL", help="database (default: the one in your data folder)")
    parser.add_argument("--frames", metavar="OUT.jsonl", type=Path, help="also write one JSON object a frame")
    parser.add_argument("--json", action="store_true", help="print the summary as JSON, a line a source")
    add_place_argument(parser)


def _run(arguments: Namespace) -> int:
    _check(arguments)
    settings = apply_place(load_settings_or_defaults(), arguments.place)
    settings = settings.model_copy(update={"course": tidy_name(arguments.course) or ""})
    sources = _list_sources(arguments.sources)
    if settings.class_totals and arguments.frames:
        raise SettingsError("--frames lists individual students, and your settings allow class totals only")
    if len(sources) > 1 and arguments.frames:
        raise SettingsError("--frames writes the frames of one source: name one, or leave it out")
    with note_end_signals() as signals, open_user_store(arguments.db or settings.database_url) as store:
        run = Run(settings, store, arguments.frames, signals)
        codes = [_run_one(source, arguments, run, is_one_of_many=len(sources) > 1) for source in sources]
        make_backup_of_the_day(store)
    return max(codes)


def _check(arguments: Namespace) -> None:
    if arguments.fps is not None and not 0 < arguments.fps <= _MAX_FPS:
        raise SettingsError(f"--fps {arguments.fps:g} makes no sense: give a number above 0 and up to {_MAX_FPS}")
    if arguments.workers is not None and not 1 <= arguments.workers <= _MAX_WORKERS:
        raise SettingsError(f"--workers {arguments.workers} makes no sense: give a number from 1 to {_MAX_WORKERS}")


def _list_sources(texts: Sequence[str]) -> list[str]:
    """The sources, with its videos in place of a folder that has any."""
    from fer_desktop.recording.finding import list_videos

    found: list[str] = []
    for text in texts:
        folder = Path(text).expanduser()
        videos = [str(path) for path in list_videos(folder)] if folder.is_dir() else []
        found += videos or [text]
    return found


def _run_one(source: str, arguments: Namespace, run: Run, *, is_one_of_many: bool) -> int:
    """Analyses one source and prints its summary. Among others, a bad one gets its line and the others go on."""
    if run.signals:
        raise EndRequested(run.signals[0])
    try:
        summary = _analyze(source, arguments, run)
    except FerDesktopError as error:
        if not is_one_of_many:
            raise
        print_notice(Message(MessageKey.SOURCE_FAILED, source=source, error=error.message))
        return EXIT_NOT_ALL_ANALYSED
    if summary["frames"] == 0 and not run.signals:
        raise SourceError(f"{source} has no frame to analyse: is it the file that you meant?")
    _print_summary(summary, as_json=arguments.json)
    if run.signals:
        raise EndRequested(run.signals[0])
    if summary["interrupted"]:
        return EXIT_SESSION_INTERRUPTED
    return 0 if summary["kept_seconds"] == summary["seconds"] else EXIT_NOT_ALL_STORED


def _analyze(text: str, arguments: Namespace, run: Run) -> Summary:
    from fer_desktop.capture.open_source import PICTURE_SUFFIXES
    from fer_desktop.simulation.source import SimulatedSource

    path = Path(text).expanduser()
    if path.is_file() and path.suffix.lower() not in PICTURE_SUFFIXES:
        return _analyze_video(path, arguments, run)
    source = _open_frames(text, arguments.fps)
    expressions = decide_expressions_here(run.settings, simulated=isinstance(source, SimulatedSource))
    return run_source(source, expressions, run)


def _analyze_video(path: Path, arguments: Namespace, run: Run) -> Summary:
    from fer_desktop.recording.build import count_cores, open_recording
    from fer_desktop.recording.cluster import ClusterWorkers, path_on_workers
    from fer_desktop.recording.workers import LocalWorkers

    expressions = decide_expressions_here(run.settings)
    count, workers, read_as = arguments.workers or count_cores(), None, None
    if arguments.scheduler:
        workers, read_as = ClusterWorkers(arguments.scheduler), path_on_workers(path, arguments.folder_on_workers)
    recording = open_recording(path, fps=arguments.fps, expressions_on=expressions.on, workers=count, read_as=read_as)
    return run_recording(recording, expressions, run, workers or LocalWorkers(count))


def _open_frames(text: str, fps: float | None) -> "FrameSource":
    """The source that `text` names. Raises `SettingsError` for a live one."""
    from fer_desktop.capture.open_source import open_source
    from fer_desktop.session.clock import MonotonicClock

    source = open_source(text, fps=fps, clock=MonotonicClock())
    if source.live:
        raise SettingsError(f"{text} never ends: `fer-desktop` without a command watches a live source")
    return source


def _print_summary(summary: Summary, *, as_json: bool) -> None:
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
    "Analyse recorded classes: every sampled frame. Exit code 2: one could not be analysed; 3: not all of it could be "
    "stored in the database; 4: it was interrupted",
    _add_arguments,
    _run,
)
