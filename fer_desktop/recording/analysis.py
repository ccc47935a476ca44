"""Analyses one recording: its segments are read in parallel, its students identified in order, its session stored."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from fer_desktop.capture.file_kind import explain_unreadable
from fer_desktop.capture.video_damage import explain_damage
from fer_desktop.capture.video_date import FileDates, guess_beginning
from fer_desktop.capture.video_file import explain_missing_frames
from fer_desktop.capture.video_segment import VideoPlan
from fer_desktop.errors import SourceError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.recording.packing import SeenSegment
from fer_desktop.recording.task import SegmentTask
from fer_desktop.recording.work_folder import WorkFolder
from fer_desktop.recording.workers import SegmentWorkers
from fer_desktop.session.account import SessionAccount
from fer_desktop.session.held_record import HeldRecord
from fer_desktop.session.publisher import SessionPublisher
from fer_desktop.session.recorder import SessionRecorder
from fer_desktop.storage.values import KeptSeconds
from fer_desktop.vision.identifier import Identifier


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an analysis is. `found`: segments that an earlier run had finished. `length_s`: of the recording; None
    where the file does not say.
    """

    done: int
    segments: int
    found: int
    length_s: float | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """`session`: its number; None where the analysis was cancelled, or the database took nothing yet.

    `is_done`: whether the whole recording was analysed; `is_kept`: whether all of that is in the database, or in rescue
    files. `notices`: what the user should know, each once.
    """

    is_done: bool
    session: int | None
    kept: KeptSeconds
    notices: tuple[Message, ...]

    @property
    def is_kept(self) -> bool:
        return self.kept.stored + self.kept.rescued >= self.kept.recorded


class RecordingAnalysis:
    """For one thread. `account` writes into `record`, which is given to `recorder` once all is read."""

    def __init__(
        self,
        path: Path,
        plan: VideoPlan,
        tasks: Sequence[SegmentTask],
        *,
        dates: FileDates,
        account: SessionAccount,
        record: HeldRecord,
        recorder: SessionRecorder,
        publisher: SessionPublisher,
    ) -> None:
        """`tasks`: one a segment of the plan. `dates`: of the file."""
        self._path = path
        self._plan = plan
        self._tasks = tasks
        self._dates = dates
        self._account = account
        self._record = record
        self._recorder = recorder
        self._publisher = publisher
        self._identifier = Identifier()
        self._frames = 0
        self._first_s = self._newest_s = 0.0
        self._done = 0
        self._frames_read = 0
        self._notices: list[Message] = []

    def run(
        self,
        workers: SegmentWorkers,
        folder: WorkFolder,
        *,
        cancelled: Callable[[], bool],
        on_progress: Callable[[Progress], None],
    ) -> Outcome:
        """To the end, or until `cancelled`: then the finished segments stay in the folder, as they do where the session
        could not be kept.

        Raises `SourceError`, `ModelError` and `StorageError`; after those of a worker, too, the segments stay.
        """
        in_order = 0
        for segment in self._read(workers, folder, cancelled, on_progress):
            in_order += 1
            self._take(segment)
        if in_order < len(self._tasks):
            percent = round(100 * self._done / len(self._tasks))
            self._notices.append(Message(MessageKey.ANALYSIS_KEPT, name=self._path.name, percent=percent))
            return Outcome(False, None, KeptSeconds(0, 0, 0), tuple(self._notices))
        self._finish()
        notice = self._publisher.first_notice()
        self._notices += [] if notice is None else [notice]
        kept = replace(self._recorder.kept, recorded=self._record.seconds)
        outcome = Outcome(True, self._recorder.session_id, kept, tuple(self._notices))
        if outcome.is_kept:
            folder.remove()
            return outcome
        lost = kept.recorded - kept.stored - kept.rescued
        message = Message(MessageKey.ANALYSIS_NOT_STORED, name=self._path.name, lost=lost, recorded=kept.recorded)
        return replace(outcome, notices=(message, *outcome.notices))

    def _read(
        self,
        workers: SegmentWorkers,
        folder: WorkFolder,
        cancelled: Callable[[], bool],
        on_progress: Callable[[Progress], None],
    ) -> Iterator[SeenSegment]:
        """The segments in order, each as soon as it and those before it are there."""
        found = folder.finished
        ready: dict[int, SeenSegment | None] = dict.fromkeys(found)
        left = [task for task in self._tasks if task.segment.number not in found]
        following, self._done = 0, len(found)
        on_progress(self._progress(len(found)))
        for number, content in workers.see(left, cancelled) if left else ():
            ready[number] = folder.keep(number, content)
            self._done += 1
            on_progress(self._progress(len(found)))
            while following in ready:
                yield ready.pop(following) or folder.take(following)
                following += 1
        while following in ready:
            yield ready.pop(following) or folder.take(following)
            following += 1

    def _progress(self, found: int) -> Progress:
        return Progress(self._done, len(self._tasks), found, self._plan.length_s)

    def _take(self, segment: SeenSegment) -> None:
        self._frames_read += segment.frames_read
        if segment.notice is not None and segment.notice not in self._notices:
            self._notices.append(segment.notice)
        for seen in segment.frames:
            if not self._frames:
                self._first_s = seen.captured_at_s
            self._frames += 1
            self._account.begin(seen.captured_at_s)
            self._note_damage(seen.captured_at_s)
            self._account.take(self._identifier.identify(seen), seen.change)

    def _note_damage(self, at_s: float) -> None:
        """Where a damaged part ends between the frame before and this one, the session says why nothing is there."""
        before_s, self._newest_s = self._newest_s, at_s
        if any(before_s < part.until_s <= at_s for part in self._plan.damaged):
            self._account.skip_to(at_s, Message(MessageKey.PART_DAMAGED))

    def _finish(self) -> None:
        if not self._frames:
            raise SourceError(explain_unreadable(self._path, MessageKey.VIDEO_WITHOUT_FRAMES))
        missing = explain_damage(self._path, self._plan.damaged) or explain_missing_frames(
            self._path, read=self._frames_read, announced=self._plan.frames_announced
        )
        self._notices += [] if missing is None else [missing]
        self._account.finish()
        self._account.settle(self._identifier.settle())
        self._record.deliver(self._recorder, began_at=self._guess_beginning())
        self._recorder.close(fault=None)

    def _guess_beginning(self) -> datetime:
        """Of the first frame that could be read."""
        length_s = max(self._plan.length_s or 0.0, self._newest_s)
        return guess_beginning(self._dates, length_s, now=datetime.now(UTC)) + timedelta(seconds=self._first_s)
