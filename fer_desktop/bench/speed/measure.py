"""Runs the real analyzer on frames of the simulated class and measures each stage."""

import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np
import psutil

from fer_desktop.app import build_analyzer, build_classifier, build_namer
from fer_desktop.errors import SettingsError
from fer_desktop.simulation.drawing import SceneDrawer, truth_at
from fer_desktop.simulation.script import Script, make_script
from fer_desktop.types import Frame, Image
from fer_desktop.vision.analyzer import Analyzer

_WARM_UP: Final = 3
"""Frames that are read first and not measured: they load the models and find the layout."""
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
    """What reading a frame costs. `faces`: the median of the faces found in a frame.

    `stages_ms`: of each stage; `frame_ms`: of the whole frame, from pixels to expressions. `peak_rss_mb`: the largest
    resident set after any frame, including the frames that were drawn for the measurement.
    """

    faces: int
    size: str
    stages_ms: dict[str, Quantiles]
    frame_ms: Quantiles
    cpu_seconds_per_frame: float
    peak_rss_mb: float

    def to_json(self) -> dict[str, Any]:
        """The figures; `peers` is for `measure_peers`."""
        return {**asdict(self), "peers": {}}


def measure_frames(*, faces: int, width: int, height: int, frames: int) -> tuple[BenchReport, Image]:
    """The figures, and one frame for `measure_peers`. Raises `SettingsError` for an impossible class or size."""
    scenes = draw_scenes(faces=faces, width=width, height=height)
    # As in a live session, a thread of its own reads the names.
    analyzer = build_analyzer(build_classifier(expressions_on=True), build_namer(at_once=False))
    with closing(analyzer):
        return _measure(analyzer, scenes, size=f"{width}x{height}", frames=frames), scenes[0]


def _measure(analyzer: Analyzer, scenes: Sequence[Image], *, size: str, frames: int) -> BenchReport:
    for index in range(_WARM_UP):
        analyzer.process(Frame(index, index * STEP_S, scenes[index % len(scenes)]))
    process = psutil.Process()
    stages: dict[str, list[float]] = {stage: [] for stage in STAGES}
    totals, found = [], []
    cpu_started_s = time.process_time()
    peak = process.memory_info().rss
    for index in range(frames):
        frame = Frame(index, index * STEP_S, scenes[play_back_and_forth(index, len(scenes))])
        started_s = time.perf_counter()
        result = analyzer.process(frame)
        totals.append((time.perf_counter() - started_s) * 1e3)
        found.append(len(result.faces))
        for stage, values in stages.items():
            values.append(getattr(result.stages, f"{stage}_ms"))
        peak = max(peak, process.memory_info().rss)
    return BenchReport(
        faces=int(np.median(found)),
        size=size,
        stages_ms={stage: Quantiles.of(values) for stage, values in stages.items()},
        frame_ms=Quantiles.of(totals),
        cpu_seconds_per_frame=round((time.process_time() - cpu_started_s) / frames, 4),
        peak_rss_mb=round(peak / 2**20, 1),
    )


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
