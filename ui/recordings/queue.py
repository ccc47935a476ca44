"""Analyses recordings in the background, one after the other, while the windows stay usable."""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from fer_desktop.policy.expressions import decide_expressions
from fer_desktop.settings import Settings
from ui.background import BackgroundCalls, describe_error
from ui.ports import RecordingPort
from ui.recordings.job import JobState, RecordingJob
from ui.wake_bridge import WakeBridge
from ui.words import as_sentence

if TYPE_CHECKING:
    from fer_desktop.recording.analysis import Outcome, Progress
    from fer_desktop.recording.unfinished import UnfinishedRecording

_log = logging.getLogger(__name__)

_OPEN = frozenset({JobState.WAITING, JobState.READING})


class RecordingQueue(QObject):
    """`changed`: the list of jobs, or one of them. `stored(int)`: the session of a recording that is done.

    Qt thread.
    """

    changed = Signal()
    stored = Signal(int)

    def __init__(self, parent: QObject, port: RecordingPort, current_settings: Callable[[], Settings]) -> None:
        """`current_settings`: what they forbid by the time that a recording's turn comes holds for it."""
        super().__init__(parent)
        self._current_settings = current_settings
        self._port = port
        self._calls = BackgroundCalls(self)
        self._news: SimpleQueue[tuple[RecordingJob, Progress]] = SimpleQueue()
        self._bridge = WakeBridge(self._take_progress, self)
        self._cancelled = threading.Event()
        self._began_s = 0.0
        self._is_ending = False
        self._jobs: list[RecordingJob] = []
        self._paths: dict[int, Path] = {}

    @property
    def jobs(self) -> Sequence[RecordingJob]:
        """All that are listed, in the order in which they were added."""
        return self._jobs

    @property
    def busy(self) -> bool:
        """Whether a recording is read or waits."""
        return any(job.state in _OPEN for job in self._jobs)

    def path_of(self, session: int) -> Path | None:
        """The recording of a session that was read since the program started. It is stored nowhere."""
        return self._paths.get(session)

    def find_unfinished(self) -> None:
        """Lists the recordings that an earlier run of the program left unfinished."""
        self._calls.run(self._port.list_unfinished, on_done=self._list_unfinished, on_failed=_log_error)

    def add(self, paths: Sequence[Path], settings: Settings) -> None:
        """Analyses recordings, each once, with the settings that the teacher has confirmed."""
        for path in (each.resolve() for each in paths):
            if any(job.path == path and job.state in _OPEN for job in self._jobs):
                continue
            self._jobs = [job for job in self._jobs if job.path != path]
            self._jobs.append(RecordingJob(path, settings))
        self._begin_next()

    def stop(self, job: RecordingJob) -> None:
        """Ends the reading of one; what is read is kept. One that waits leaves the list."""
        if job.state is JobState.READING:
            self._cancelled.set()
        else:
            self.remove(job)

    def remove(self, job: RecordingJob) -> None:
        """Takes one that is not read at the moment off the list; what was read of it is discarded."""
        if job.state is JobState.READING or job not in self._jobs:
            return
        self._jobs.remove(job)
        kept = job.kept
        if kept is not None:
            self._calls.run(lambda: self._port.discard(kept), on_done=lambda _: None, on_failed=_log_error)
        self.changed.emit()

    def hand_over(self, other: "RecordingQueue") -> None:
        """Gives the list, and where the recordings of its sessions are, to another queue. Not while `busy`."""
        self._calls.wait()
        other._jobs, other._paths = self._jobs, self._paths
        other.changed.emit()

    def stop_and_wait(self) -> None:
        """Blocks until nothing is read any more: the store may be closed afterwards. What is read is kept."""
        self._is_ending = True
        self._cancelled.set()
        self._calls.wait()
        for job in self._jobs:
            if job.state in _OPEN:
                job.state = JobState.STOPPED

    def _begin_next(self) -> None:
        waiting = [job for job in self._jobs if job.state is JobState.WAITING]
        if waiting and not self._is_ending and not any(job.state is JobState.READING for job in self._jobs):
            self._begin(waiting[0])
        self.changed.emit()

    def _begin(self, job: RecordingJob) -> None:
        if job.settings is None:
            return
        settings = restrict(job.settings, self._current_settings())
        job.state, self._began_s = JobState.READING, time.monotonic()
        self._cancelled = cancelled = threading.Event()

        def report(progress: "Progress") -> None:
            self._news.put((job, progress))
            self._bridge.wake()

        self._calls.run(
            lambda: self._port.analyze(job.path, settings, cancelled=cancelled.is_set, on_progress=report),
            on_done=lambda outcome: self._finish(job, outcome),
            on_failed=lambda error: self._fail(job, error),
        )

    def _take_progress(self) -> None:
        while True:
            try:
                job, progress = self._news.get_nowait()
            except Empty:
                break
            job.progress, job.elapsed_s = progress, time.monotonic() - self._began_s
        self.changed.emit()

    def _finish(self, job: RecordingJob, outcome: "Outcome") -> None:
        self._take_progress()
        job.notice = " ".join(as_sentence(notice) for notice in outcome.notices)
        job.state, job.session = _state_after(outcome), outcome.session
        if outcome.session is not None:
            self._paths[outcome.session] = job.path
            self.stored.emit(outcome.session)
        if job.state is not JobState.DONE:
            self.find_unfinished()
        self._begin_next()

    def _fail(self, job: RecordingJob, error: Exception) -> None:
        job.state, job.notice = JobState.FAILED, describe_error(error)
        _log.warning("%s: %s", job.path.name, job.notice)
        self.find_unfinished()
        self._begin_next()

    def _list_unfinished(self, found: Sequence["UnfinishedRecording"]) -> None:
        for each in found:
            known = next((job for job in self._jobs if job.path == each.path), None)
            if known is None:
                self._jobs.append(RecordingJob(each.path, state=JobState.STOPPED, kept=each))
            elif known.state in (JobState.STOPPED, JobState.FAILED):
                known.kept = each
        self.changed.emit()


def _state_after(outcome: "Outcome") -> JobState:
    if not outcome.is_done:
        return JobState.STOPPED
    return JobState.DONE if outcome.is_kept else JobState.FAILED


def restrict(confirmed: Settings, now: Settings) -> Settings:
    """The settings that the teacher confirmed, with what the present ones forbid."""
    limited = confirmed.limited_to(now)
    if decide_expressions(setting=now.place, confirmed=now.confirmed).on:
        return limited
    return limited.model_copy(update={"place": now.place, "unconfirmed": now.unconfirmed})


def _log_error(error: Exception) -> None:
    _log.warning("%s", describe_error(error))
