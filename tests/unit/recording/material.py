"""A small recorded class, and workers that run in the test's own process."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from fer_desktop.recording.task import SegmentTask
from fer_desktop.recording.workers import SeenPart
from fer_desktop.simulation.script import make_script
from fer_desktop.simulation.source import SimulatedSource
from fer_desktop.system.opencv import cv2

SECONDS = 45
"""Three segments."""
FPS = 2


def write_class(path: Path, *, seconds: int = SECONDS, students: int = 6) -> Path:
    """A recording of the simulated class, its frames at `FPS`."""
    source = SimulatedSource(make_script(students=students, seconds=seconds, seed=4), fps=FPS, width=960, height=540)
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"mp4v"), FPS, (960, 540))
    while (frame := source.read()) is not None:
        writer.write(frame.image)
    writer.release()
    return path


class FakeWorkers:
    """Gives the parts that it was given, the last first, and notes which were asked for."""

    def __init__(self, parts: Sequence[bytes]) -> None:
        self._parts = parts
        self.asked: list[int] = []

    def see(self, tasks: Sequence[SegmentTask], cancelled: Callable[[], bool]) -> Iterator[SeenPart]:
        self.asked += [task.segment.number for task in tasks]
        for task in reversed(tasks):
            if cancelled():
                return
            yield task.segment.number, self._parts[task.segment.number]
