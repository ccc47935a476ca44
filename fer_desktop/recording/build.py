"""Assembles the analysis of one recording from its parts."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from fer_desktop.app import build_observer, make_new_session
from fer_desktop.capture.video_date import FileDates, guess_beginning, read_file_dates
from fer_desktop.capture.video_segment import VideoPlan, plan_video
from fer_desktop.errors import SourceError
from fer_desktop.messages import Message, MessageKey, literal
from fer_desktop.policy.expressions import ExpressionDecision
from fer_desktop.ports import ObservationSink
from fer_desktop.recording.analysis import RecordingAnalysis
from fer_desktop.recording.task import SegmentTask, describe_program, identify_file
from fer_desktop.recording.work_folder import WorkFolder, name_analysis
from fer_desktop.session.account import SessionAccount
from fer_desktop.session.clock import SystemTimekeeper
from fer_desktop.session.held_record import HeldRecord
from fer_desktop.session.publisher import SessionPublisher
from fer_desktop.session.recorder import SessionRecorder
from fer_desktop.settings import Settings
from fer_desktop.storage.store import Store


@dataclass(frozen=True, slots=True)
class Recording:
    """A video that can be read, cut into segments. `tasks`: one a segment."""

    path: Path
    plan: VideoPlan
    tasks: tuple[SegmentTask, ...]


def count_cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def open_recording(
    path: Path, *, fps: float | None, expressions_on: bool, workers: int, read_as: str | None = None
) -> Recording:
    """`read_as`: the path by which workers on other computers find it. Raises `SourceError` and `ModelError`."""
    plan, file = plan_video(path, fps=fps), identify_file(path)
    program = describe_program(expressions_on=expressions_on)
    threads = None if min(workers, len(plan.segments)) == 1 and read_as is None else 1
    tasks = tuple(
        SegmentTask(read_as or str(path.resolve()), file, program, segment, fps, expressions_on, threads)
        for segment in plan.segments
    )
    return Recording(path, plan, tasks)


def open_work_folder(recording: Recording, settings: Settings, store: Store) -> WorkFolder:
    """Where the recording's finished segments are kept. Raises `SourceError` and `StorageError`."""
    names_allowed = settings.names_allowed and not settings.class_totals
    name = name_analysis(recording.tasks[0], recording.plan, names_allowed=names_allowed)
    return WorkFolder(store.unfinished, name, find_key=store.confirm_key, names_allowed=names_allowed)


def build_recording_analysis(
    recording: Recording,
    settings: Settings,
    store: Store,
    *,
    expressions: ExpressionDecision,
    sinks: Sequence[ObservationSink] = (),
) -> RecordingAnalysis:
    """`sinks` receive every observation, without its picture.

    Raises `SourceError` for a recording so old that its lesson would be deleted at the next start.
    """
    dates = read_file_dates(recording.path)
    _require_young(recording, dates, settings)
    publisher, record = SessionPublisher(sinks), HeldRecord()
    new_session = make_new_session(settings, literal(recording.path.name), expressions)
    return RecordingAnalysis(
        recording.path,
        recording.plan,
        recording.tasks,
        dates=dates,
        account=SessionAccount(observer=build_observer(settings), recorder=record, publisher=publisher, live=False),
        record=record,
        recorder=SessionRecorder(store, new_session, publisher, SystemTimekeeper().read),
        publisher=publisher,
    )


def _require_young(recording: Recording, dates: FileDates, settings: Settings) -> None:
    now = datetime.now(UTC)
    began_at = guess_beginning(dates, recording.plan.length_s or 0.0, now=now)
    if (days := settings.find_exceeded_days(began_at, now)) is not None:
        raise SourceError(Message(MessageKey.IMPORT_TOO_OLD, path=str(recording.path), days=days))
