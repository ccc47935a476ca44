"""Recordings in the live window: the list on the start screen, files that are dropped, and what its buttons do."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from fer_desktop.settings import Settings
from ui.dialogs.base import make_confirmation_dialog
from ui.language import tr
from ui.live.live_window import LiveWindow
from ui.ports import RecordingPort
from ui.recordings.file_drop import FileDrop
from ui.recordings.job import RecordingJob
from ui.recordings.queue import RecordingQueue
from ui.start.source_picker import SourcePicker


class RecordingDesk(QObject):
    """`stored`: a recording has become a lesson. `review_requested(int)`: the teacher wants to see a session."""

    stored = Signal()
    review_requested = Signal(int)

    def __init__(
        self,
        live: LiveWindow,
        port: RecordingPort,
        picker: SourcePicker,
        current_settings: Callable[[], Settings],
    ) -> None:
        super().__init__(live)
        self._live = live
        self._picker = picker
        self._card = live.start_panel.recordings
        self._queue = RecordingQueue(self, port, current_settings)
        self._drop = FileDrop(live, may_drop=lambda: live.start_panel.isVisible() and live.start_panel.isEnabled())
        self._connect()

    def _connect(self) -> None:
        self._drop.dropped.connect(self._picker.take_recordings)
        self._queue.changed.connect(lambda: self._card.show_jobs(self._queue.jobs))
        self._queue.stored.connect(lambda _: self.stored.emit())
        self._card.stop_requested.connect(self._queue.stop)
        self._card.remove_requested.connect(self._remove)
        self._card.continue_requested.connect(lambda job: self._picker.take_recordings([job.path]))
        self._card.review_requested.connect(self._review)

    @property
    def busy(self) -> bool:
        """Whether a recording is read or waits."""
        return self._queue.busy

    def begin(self) -> None:
        """Offers the recordings that an earlier run of the program left unfinished."""
        self._queue.find_unfinished()

    def analyze(self, paths: Sequence[Path], settings: Settings) -> None:
        """Reads recordings in the background, with the settings that the teacher has confirmed."""
        self._queue.add(paths, settings)

    def path_of(self, session: int) -> Path | None:
        """The recording of a session that was read since the program started."""
        return self._queue.path_of(session)

    def hand_over(self, other: "RecordingDesk") -> None:
        """Gives the list to the desk of another window. Not while `busy`."""
        self._queue.hand_over(other._queue)

    def end(self) -> None:
        """Blocks until nothing is read any more. What was read is kept."""
        self._queue.stop_and_wait()

    def _remove(self, job: RecordingJob) -> None:
        """Asks first where hours of reading would be lost."""
        if not job.can_continue:
            self._queue.remove(job)
            return
        dialog = make_confirmation_dialog(
            self._live,
            title=tr("Discard what was read?"),
            about=tr(
                "{percent} % of {name} is read. It would have to be read again from the start. The video itself stays.",
                percent=round(100 * job.share),
                name=job.path.name,
            ),
            action=tr("Discard"),
        )
        dialog.accepted.connect(lambda: self._queue.remove(job))
        dialog.open()

    def _review(self, job: RecordingJob) -> None:
        if job.session is not None:
            self._queue.remove(job)
            self.review_requested.emit(job.session)
