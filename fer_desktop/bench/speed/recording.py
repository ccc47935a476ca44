"""Analyses a recording of a drawn class as `analyze` does, and measures what it costs."""

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any, Final

import psutil

from fer_desktop.bench.speed.measure import STAGES, find_fullest_moment
from fer_desktop.errors import FerDesktopError
from fer_desktop.policy.expressions import decide_expressions
from fer_desktop.recording.build import build_recording_analysis, open_recording, open_work_folder
from fer_desktop.recording.desk import FRAMES_PER_SECOND
from fer_desktop.recording.workers import LocalWorkers
from fer_desktop.settings import Settings
from fer_desktop.simulation.drawing import SceneDrawer
from fer_desktop.storage.store import open_store
from fer_desktop.system.opencv import cv2
from fer_desktop.types import Observation

_FILE_FPS: Final = 5
"""Frames a second of the drawn recording; calls are recorded with more, which costs more decoding."""


@dataclass(frozen=True, slots=True)
class RecordingReport:
    """What the analysis of a recording costs, from its opening to the stored session.

    `faces`: the median of those found in a frame. `recorded_s`: the length of the recording, `took_s`: of its analysis.
    `times_real_time`: the one over the other. `cpu_s`: processor time of all processes for a second of the recording,
    start of the workers included. `in_order_cpu_s`: the part of it that is not shared: students, seconds, database.
    `stages`: shares of the time in which frames are read, by stage.
    """

    faces: int
    size: str
    frames: int
    workers: int
    recorded_s: float
    took_s: float
    times_real_time: float
    cpu_s: float
    in_order_cpu_s: float
    stages: dict[str, float]

    def to_json(self) -> dict[str, Any]:
        """The figures."""
        return asdict(self)


def measure_recording(*, faces: int, width: int, height: int, seconds: float, workers: int) -> RecordingReport:
    """Draws a class of so many seconds into a video, and analyses that with a database of its own.

    Raises `SettingsError` for an impossible class or size, and whatever ends the analysis.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "class.mp4"
        draw_recording(path, faces=faces, width=width, height=height, seconds=seconds)
        return analyze_recording(path, folder=Path(folder), workers=workers)


def analyze_recording(path: Path, *, folder: Path, workers: int) -> RecordingReport:
    """The figures of one recording. `folder`: for the database."""
    tally, read = _Tally(), _read_cpu()
    began_s, expressions = time.perf_counter(), decide_expressions(simulated=True)
    recording = open_recording(path, fps=FRAMES_PER_SECOND, expressions_on=True, workers=workers)
    url, settings = f"sqlite:///{folder / 'bench.sqlite'}", Settings()
    with open_store(url) as store, open_work_folder(recording, settings, store) as kept:
        analysis = build_recording_analysis(recording, settings, store, expressions=expressions, sinks=(tally,))
        analysis.run(LocalWorkers(workers), kept, cancelled=lambda: False, on_progress=lambda _: None)
    took_s = time.perf_counter() - began_s
    own_s, all_s = (now - then for now, then in zip(_read_cpu(), read, strict=True))
    length_s = recording.plan.length_s
    if not tally.found or length_s is None:
        raise FerDesktopError("no frame of the recording was read")
    return RecordingReport(
        faces=int(median(tally.found)),
        size=tally.size,
        frames=len(tally.found),
        workers=min(workers, len(recording.tasks)),
        recorded_s=round(length_s, 2),
        took_s=round(took_s, 2),
        times_real_time=round(length_s / took_s, 2),
        cpu_s=round(all_s / length_s, 4),
        in_order_cpu_s=round(own_s / length_s, 4),
        stages=tally.stages(),
    )


def draw_recording(path: Path, *, faces: int, width: int, height: int, seconds: float) -> None:
    """Writes the class from its fullest moment on. Raises `SettingsError` for an impossible class or size."""
    script, start_s = find_fullest_moment(faces=faces, width=width, height=height)
    drawer = SceneDrawer(script)
    with _open_writer(path, width, height) as write:
        for index in range(round(seconds * _FILE_FPS)):
            write(drawer.draw(start_s + index / _FILE_FPS, width, height))


@contextmanager
def _open_writer(path: Path, width: int, height: int) -> Iterator[Callable[[Any], None]]:
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"mp4v"), _FILE_FPS, (width, height))
    try:
        yield writer.write
    finally:
        writer.release()


def _read_cpu() -> tuple[float, float]:
    """Seconds of processor time of this process, and of it with all its workers that have ended."""
    times = psutil.Process().cpu_times()
    own_s = times.user + times.system
    return own_s, own_s + times.children_user + times.children_system


class _Tally:
    """An `ObservationSink`."""

    def __init__(self) -> None:
        self.found: list[int] = []
        self.size = ""
        self._spent_ms = dict.fromkeys(STAGES, 0.0)

    def publish(self, observation: Observation) -> None:
        """A frame is done."""
        result = observation.result
        self.found.append(len(result.faces))
        self.size = f"{result.frame.width}x{result.frame.height}"
        for stage in STAGES:
            self._spent_ms[stage] += getattr(result.stages, f"{stage}_ms")

    def stages(self) -> dict[str, float]:
        """The share of each stage."""
        total_ms = sum(self._spent_ms.values()) or 1.0
        return {stage: round(spent_ms / total_ms, 3) for stage, spent_ms in self._spent_ms.items()}
