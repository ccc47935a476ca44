"""One recording on the list, and what the list says of it."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from fer_desktop.settings import Settings
from ui.language import tr
from ui.words import format_duration

if TYPE_CHECKING:
    from fer_desktop.recording.analysis import Progress
    from fer_desktop.recording.unfinished import UnfinishedRecording

_MINUTE_S = 60


class JobState(StrEnum):
    """STOPPED: by the teacher or the end of the program; what was read is kept for a week. FAILED: also where what was
    read could not be saved; then it is kept, too.
    """

    WAITING = "waiting"
    READING = "reading"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


@dataclass(slots=True, eq=False)
class RecordingJob:
    """`settings`: those that the teacher confirmed; None of one that an earlier run of the program left.

    `elapsed_s`: of reading, up to the newest progress. `session`: once it is stored. `notice`: what to know of it, or
    what is wrong. `kept`: where what was read of one is kept that is no lesson yet.
    """

    path: Path
    settings: Settings | None = None
    state: JobState = JobState.WAITING
    progress: "Progress | None" = None
    elapsed_s: float = 0.0
    session: int | None = None
    notice: str = ""
    kept: "UnfinishedRecording | None" = None

    @property
    def is_lesson(self) -> bool:
        """Whether it is among the lessons: not yet where all of it is in a rescue file."""
        return self.state is JobState.DONE and self.session is not None

    @property
    def can_continue(self) -> bool:
        """Whether the analysis can go on with what was read."""
        return self.state is JobState.STOPPED or (self.state is JobState.FAILED and self.kept is not None)

    @property
    def share(self) -> float:
        """How much is read, 0 to 1."""
        if self.kept is not None and self.progress is None:
            return self.kept.done / max(1, self.kept.segments)
        return self.progress.done / max(1, self.progress.segments) if self.progress is not None else 0.0


def describe_job(job: RecordingJob) -> str:
    """State, length and time left, in words."""
    percent = round(100 * job.share)
    match job.state:
        case JobState.WAITING:
            return tr("Waiting for its turn")
        case JobState.READING if job.progress is None:
            return tr("Opening…")
        case JobState.READING:
            return " · ".join(
                [*_describe_length(job.progress), tr("{percent} % read", percent=percent), _time_left(job)]
            )
        case JobState.DONE:
            return " · ".join(filter(None, [tr("Saved as a lesson") if job.is_lesson else "", job.notice]))
        case JobState.FAILED:
            return job.notice
        case JobState.STOPPED:
            return tr("Stopped at {percent} %. What was read is kept for a week.", percent=percent)


def _describe_length(progress: "Progress | None") -> list[str]:
    length_s = None if progress is None else progress.length_s
    return [] if length_s is None else [tr("{duration} long", duration=format_duration(length_s))]


def _time_left(job: RecordingJob) -> str:
    """From the parts that were read so far: all take about as long."""
    progress = job.progress
    read = 0 if progress is None else progress.done - progress.found
    if progress is None or read == 0:
        return tr("estimating the time left")
    left_s = job.elapsed_s / read * (progress.segments - progress.done)
    if left_s < _MINUTE_S:
        return tr("less than a minute left")
    return tr("about {duration} left", duration=format_duration(_MINUTE_S * round(left_s / _MINUTE_S)))
