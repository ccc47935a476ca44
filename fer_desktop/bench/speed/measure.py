"""Runs the real analyzer on frames of the simulated class and measures each stage."""

import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field
from typing import Any, Final

import numpy as np
import psutil

from fer_desktop.app import build_analyzer, build_classifier, build_namer
from fer_desktop.errors import SettingsError
from fer_desktop.simulation.drawing import SceneDrawer, truth_at
from fer_desktop.simulation.script import Script, make_script
from fer_desktop.types import Frame, Image
from fer_desktop.vision.analyzer import Analyzer
from fer_desktop.vision.budget import FrameBudget, RecordingBudget, look_everywhere

_WARM_UP: Final = (3, 100)
"""Frames that are read first and not measured: they load the models and find the layout. At least so many, and until
the names are read, which happens once in a lesson and takes a core for two seconds; but no more than so many."""
_SCENES: Final = 12
"""Different moments of the class, so that no still picture is measured; more would only cost memory."""
STEP_S: Final = 0.2
STAGES: Final = ("tiles", "identity", "faces", "expressions")
"""In the order of the report, which is that of `Analyzer.process`."""


@dataclass(frozen=True, slots=True)
class Quantiles:
    """Median and 95th percentile, in milliseconds."""

    p50: float
    p95: float

    @classmethod
    def of(cls, values: Sequence[float]) -> "Quantiles":
        """The quantiles of the values, to a hundredth."""
        p50, p95 = np.percentile(values, [50, 95]).tolist()
        return cls(round(p50, 2), round(p95, 2))


@dataclass(frozen=True, slots=True)
class BenchReport:
    """What reading a frame of a recording costs. `faces`: the median of the faces found in a frame.

    `stages_ms`: of each stage; `frame_ms`: of the whole frame, from pixels to expressions. `detected_ms`: of the whole
    frame where no face is found again by its picture, but each detected anew. `peak_rss_mb`: the largest
    resident set after any frame, including the frames that were drawn for the measurement.
    """

    faces: int
    size: str
    stages_ms: dict[str, Quantiles]
    frame_ms: Quantiles
    detected_ms: Quantiles
    cpu_seconds_per_frame: float
    peak_rss_mb: float

    def to_json(self) -> dict[str, Any]:
        """The figures; `peers` is for `measure_peers`."""
        return {**asdict(self), "peers": {}}


def measure_frames(*, faces: int, width: int, height: int, frames: int) -> tuple[BenchReport, Image]:
    """The figures, and one frame for `measure_peers`. Raises `SettingsError` for an impossible class or size."""
    scenes = draw_scenes(faces=faces, width=width, height=height)
    detected, read = _measure(scenes, frames, look_everywhere), _measure(scenes, frames, RecordingBudget())
    report = BenchReport(
        faces=int(np.median(read.found)),
        size=f"{width}x{height}",
        stages_ms={stage: Quantiles.of(values) for stage, values in read.stages_ms.items()},
        frame_ms=Quantiles.of(read.frames_ms),
        detected_ms=Quantiles.of(detected.frames_ms),
        cpu_seconds_per_frame=round(read.cpu_s / frames, 4),
        peak_rss_mb=round(max(detected.peak_rss, read.peak_rss) / 2**20, 1),
    )
    return report, scenes[0]


@dataclass(slots=True)
class _Readings:
    """Frames that were read: times, faces found, seconds of processor time, the largest resident set in bytes."""

    stages_ms: dict[str, list[float]] = field(default_factory=lambda: {stage: [] for stage in STAGES})
    frames_ms: list[float] = field(default_factory=list)
    found: list[int] = field(default_factory=list)
    cpu_s: float = 0.0
    peak_rss: int = 0


def _measure(scenes: Sequence[Image], frames: int, budget: FrameBudget) -> _Readings:
    # As in a live session, a thread of its own reads the names.
    with closing(
        build_analyzer(build_classifier(expressions_on=True), build_namer(at_once=False), budget=budget)
    ) as analyzer:
        first = _warm_up(analyzer, scenes)
        process, read = psutil.Process(), _Readings()
        cpu_started_s = time.process_time()
        for index in range(first, first + frames):
            frame, started_s = _show(scenes, index), time.perf_counter()
            result = analyzer.process(frame)
            read.frames_ms.append((time.perf_counter() - started_s) * 1e3)
            read.found.append(len(result.faces))
            for stage, values in read.stages_ms.items():
                values.append(getattr(result.stages, f"{stage}_ms"))
            read.peak_rss = max(read.peak_rss, process.memory_info().rss)
        read.cpu_s = time.process_time() - cpu_started_s
    return read


def _warm_up(analyzer: Analyzer, scenes: Sequence[Image]) -> int:
    """The index of the first frame to measure."""
    fewest, most = _WARM_UP
    for index in range(most):
        result = analyzer.process(_show(scenes, index))
        if index + 1 >= fewest and all(reading.tile.name for reading in result.tiles):
            return index + 1
    return most


def _show(scenes: Sequence[Image], index: int) -> Frame:
    return Frame(index, index * STEP_S, scenes[play_back_and_forth(index, len(scenes))])


def draw_scenes(*, faces: int, width: int, height: int) -> list[Image]:
    """Frames a fifth of a second apart, from the moment at which the script shows the most faces on.

    Raises `SettingsError` for an impossible class or size.
    """
    script, start_s = find_fullest_moment(faces=faces, width=width, height=height)
    drawer = SceneDrawer(script)
    return [drawer.draw(start_s + index * STEP_S, width, height).copy() for index in range(_SCENES)]


def find_fullest_moment(*, faces: int, width: int, height: int) -> tuple[Script, float]:
    """A class, and the second of its script in which the most faces show.

    Raises `SettingsError` for an impossible class or size.
    """
    if not (320 <= width <= 7680 and 240 <= height <= 4320):
        raise SettingsError(f"a frame of {width} x {height} is not measured: give 320x240 to 7680x4320")
    script = make_script(students=faces)

    def count_faces(t_s: float) -> int:
        return sum(tile.face is not None for tile in truth_at(script, t_s, width, height))

    return script, float(max(range(int(script.seconds)), key=count_faces))


def play_back_and_forth(index: int, count: int) -> int:
    """0, 1, ... count - 1, count - 1, ... 1, 0, 0, 1, ...: so that motion never jumps."""
    position = index % (2 * count)
    return position if position < count else 2 * count - 1 - position
