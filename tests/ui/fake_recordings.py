"""A fake of what analyses recordings: tests drive it by hand."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue

from fer_desktop.errors import FerDesktopError
from fer_desktop.messages import Message
from fer_desktop.recording.analysis import Outcome, Progress
from fer_desktop.recording.unfinished import UnfinishedRecording
from fer_desktop.settings import Settings
from fer_desktop.storage.values import KeptSeconds

Step = Progress | Outcome | FerDesktopError


def make_progress(done: int, *, segments: int = 4, found: int = 0, length_s: float | None = 3000.0) -> Progress:
    return Progress(done, segments, found, length_s)


def make_outcome(session: int | None = 1) -> Outcome:
    return Outcome(session is not None, session, KeptSeconds(9, 9, 0), ())


def make_outcome_of_lost(kept: KeptSeconds, *notices: Message) -> Outcome:
    """Of a recording that was read to its end, and which the database did not take."""
    return Outcome(True, None, kept, notices)


@dataclass
class FakeRecordings:
    """`steps`: what the recording that is read comes to next. `begun`: those that were begun, with their settings."""

    begun: list[tuple[Path, Settings]] = field(default_factory=list)
    steps: "SimpleQueue[Step]" = field(default_factory=SimpleQueue)
    unfinished: list[UnfinishedRecording] = field(default_factory=list)
    discarded: list[UnfinishedRecording] = field(default_factory=list)
    running: int = 0

    def analyze(
        self,
        path: Path,
        settings: Settings,
        *,
        cancelled: Callable[[], bool],
        on_progress: Callable[[Progress], None],
    ) -> Outcome:
        self.begun.append((path, settings))
        self.running += 1
        ends_s = time.monotonic() + 10
        try:
            while time.monotonic() < ends_s:
                step = self._next_step()
                if isinstance(step, FerDesktopError):
                    raise step
                if isinstance(step, Outcome):
                    return step
                if step is not None:
                    on_progress(step)
                if cancelled():
                    self.unfinished.append(UnfinishedRecording(path.resolve(), 1, 4, path.parent / "kept"))
                    return make_outcome(None)
        finally:
            self.running -= 1
        raise AssertionError("the recording came to no end")

    def list_unfinished(self) -> list[UnfinishedRecording]:
        return list(self.unfinished)

    def discard(self, recording: UnfinishedRecording, /) -> None:
        self.unfinished.remove(recording)
        self.discarded.append(recording)

    def _next_step(self) -> Step | None:
        try:
            return self.steps.get(timeout=0.01)
        except Empty:
            return None
