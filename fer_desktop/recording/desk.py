"""Analyses recordings for the window: one call a recording, beside whatever else the computer does."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from fer_desktop.policy.expressions import decide_expressions
from fer_desktop.settings import Settings
from fer_desktop.storage.store import Store

if TYPE_CHECKING:  # the window loads vision only once a recording is analysed
    from fer_desktop.recording.analysis import Outcome, Progress
    from fer_desktop.recording.unfinished import UnfinishedRecording
    from fer_desktop.recording.workers import SegmentWorkers

FRAMES_PER_SECOND: Final = 2.0
"""As often as a live lesson looks at each face; what is stored is one sample a second."""


class RecordingDesk:
    """Methods may take long and may be called from any thread, for different recordings at a time."""

    def __init__(self, store: Store, *, make_workers: "Callable[[int], SegmentWorkers] | None" = None) -> None:
        """`make_workers`: for so many cores; by default processes that leave the processor to others."""
        self._store = store
        self._make_workers = make_workers or _make_local_workers

    def analyze(
        self,
        path: Path,
        settings: Settings,
        *,
        cancelled: Callable[[], bool],
        on_progress: "Callable[[Progress], None]",
    ) -> "Outcome":
        """Every sampled frame, to the end or until `cancelled`; what is finished by then is kept for the next time.

        Whether expressions are read follows from the settings' place. Raises `FerDesktopError`.
        """
        from fer_desktop.recording.build import build_recording_analysis, count_cores, open_recording, open_work_folder
        from fer_desktop.recording.unfinished import note_recording

        expressions, cores = decide_expressions(setting=settings.place, confirmed=settings.confirmed), count_cores()
        recording = open_recording(path, fps=FRAMES_PER_SECOND, expressions_on=expressions.on, workers=cores)
        with open_work_folder(recording, settings, self._store) as folder:
            note_recording(folder.path, path, len(recording.tasks), key=self._store.key)
            analysis = build_recording_analysis(recording, settings, self._store, expressions=expressions)
            return analysis.run(self._make_workers(cores), folder, cancelled=cancelled, on_progress=on_progress)

    def list_unfinished(self) -> "Sequence[UnfinishedRecording]":
        """Recordings whose analysis was ended before it was done, at most a week ago."""
        from fer_desktop.recording.unfinished import list_unfinished

        return list_unfinished(self._store.unfinished, key=self._store.key)

    def discard(self, recording: "UnfinishedRecording", /) -> None:
        """Removes what was read of one. Raises `SourceError`."""
        from fer_desktop.recording.unfinished import discard_unfinished

        discard_unfinished(recording)


def _make_local_workers(cores: int) -> "SegmentWorkers":
    from fer_desktop.recording.workers import LocalWorkers

    return LocalWorkers(cores, background=True)
