"""Videos: how students are identified, how changes of the layout are followed, and the time of a frame."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Final

import numpy as np

from fer_desktop.app import build_analyzer
from fer_desktop.bench.gallery.drawing import Drawer
from fer_desktop.bench.gallery.identity import IdentityCounter, IdentityScore
from fer_desktop.bench.gallery.matching import SAME_TILE_IOU, face_overlaps, match_one_to_one, tile_overlaps
from fer_desktop.bench.gallery.plan import (
    LAYOUT_AGAIN_S_BAR,
    LAYOUT_MS_BAR,
    STEADY_MS_BAR,
    IdentityScene,
    Section,
    plan_identity_scenes,
    plan_time_scene,
)
from fer_desktop.bench.gallery.rows import Row, Unit
from fer_desktop.bench.gallery.scenes import VIDEO_FPS, Scene, SceneFolder, TruthFrame, read_truth
from fer_desktop.bench.gallery.scores import LayoutWatch, Measure, Scores, Seen, add_scores, score_boxes
from fer_desktop.bench.gallery.timed_namer import build_timed_namer
from fer_desktop.capture.video import VideoSource
from fer_desktop.errors import SettingsError
from fer_desktop.types import Frame, Merge

_STARTS: Final = 5
"""So many new analyzers find the layout; the median is reported."""
_WARM_UP: Final = 5
"""Frames of a video that are read first and not measured."""


class VideoBench:
    """Measures videos, each read by one analyzer frame by frame. `on_progress`: gets the name of what is measured."""

    def __init__(self, folder: SceneFolder, drawer: Drawer, *, quick: bool, on_progress: Callable[[str], None]) -> None:
        self._folder = folder
        self._drawer = drawer
        self._quick = quick
        self._on_progress = on_progress

    def measure_identity(self) -> list[Row]:
        """Identities of faces and tiles, and delays of the layout, one video after the other."""
        return [
            row for planned in plan_identity_scenes(quick=self._quick) for row in self._measure_identity_of(planned)
        ]

    def measure_time(self) -> list[Row]:
        """The time of a frame without expressions, as the bars define it. Another thread reads names, as when live."""
        scene = plan_time_scene()
        with self._play(scene) as frames:
            pairs = list(frames)
        on = f"{scene.students} tiles, {scene.width}x{scene.height}"
        firsts_ms = [_find_layout_ms(pairs) for _ in range(_STARTS)]
        best = f"{_STARTS} starts; the best {min(firsts_ms):.0f} ms"
        found = Row(Section.TIME, "layout found", on, median(firsts_ms), Unit.MILLISECONDS, LAYOUT_MS_BAR, best)
        return [found, *_time_steady_frames(pairs, on), *_time_naming(pairs, on)]

    def _measure_identity_of(self, planned: IdentityScene) -> list[Row]:
        faces, tiles, layout = IdentityCounter(), IdentityCounter(), LayoutWatch()
        scores: Scores = {}
        kept: list[Seen] = []
        merges: list[Merge] = []
        analyzer = build_analyzer(None, build_timed_namer(at_once=True))
        time_s = 0.0
        with self._play(planned.scene) as frames:
            for frame, truth in frames:
                result = analyzer.process(frame)
                merges += result.merges
                seen = Seen.of(result)
                _count_frame(faces, tiles, seen, truth)
                layout.add(seen, truth)
                scores = add_scores(scores, score_boxes(seen, truth))
                time_s = truth.time_s
                if self._drawer.is_drawing:
                    kept.append(seen)
        analyzer.close()
        layout.finish(time_s)
        self._draw_video(planned.scene, kept, tiles.score())
        on = f"{planned.what}, {planned.scene.style}, {planned.scene.seconds} s"
        return [
            _identity_row("IDF1, faces", on, faces, merges, bar=planned.bar),
            _identity_row("IDF1, tiles", on, tiles, merges),
            _layout_row(on, layout, scores),
        ]

    def _draw_video(self, scene: Scene, kept: list[Seen], score: IdentityScore) -> None:
        """Draws one frame a second; at the end, as only then the student of each identity is known."""
        if not self._drawer.is_drawing:
            return
        with self._play(scene) as frames:
            for (frame, truth), seen in zip(frames, kept, strict=True):
                if frame.index % VIDEO_FPS == 0:
                    name = f"{scene.name}-{frame.index // VIDEO_FPS:03d}"
                    self._drawer.draw(name, frame.image, seen, truth, score.student_of)

    @contextmanager
    def _play(self, scene: Scene) -> Iterator[Iterator[tuple[Frame, TruthFrame]]]:
        self._on_progress(f"{scene.name}, to be rendered first where it is new")
        path = self._folder.render(scene)
        self._on_progress(scene.name)
        source = VideoSource(path, fps=None)
        source.open()
        try:
            yield _pair_frames(source, path)
        finally:
            source.close()


def _pair_frames(source: VideoSource, path: Path) -> Iterator[tuple[Frame, TruthFrame]]:
    for truth in read_truth(path):
        frame = source.read()
        if frame is None:
            raise SettingsError(f"{path.name} is shorter than its truth: delete it, to have it rendered again")
        yield frame, truth


def _find_layout_ms(pairs: Sequence[tuple[Frame, TruthFrame]]) -> float:
    """Time that a new analyzer spends on tiles until it has found all of them."""
    analyzer = build_analyzer(None, None)
    spent_ms = 0.0
    for frame, truth in pairs:
        result = analyzer.process(frame)
        spent_ms += result.stages.tiles_ms
        boxes = [reading.tile.box for reading in result.tiles]
        if len(match_one_to_one(tile_overlaps(boxes, [tile.box for tile in truth.tiles]))) == len(truth.tiles):
            break
    return spent_ms


def _time_steady_frames(pairs: Sequence[tuple[Frame, TruthFrame]], on: str) -> list[Row]:
    analyzer = build_analyzer(None, None)
    for frame, _ in pairs[:_WARM_UP]:
        analyzer.process(frame)
    cpu_started_s = time.process_time()
    stages = [analyzer.process(frame).stages for frame, _ in pairs[_WARM_UP:]]
    cpu_ms = (time.process_time() - cpu_started_s) * 1e3 / len(stages)
    p50_ms, p95_ms = np.percentile([stage.tiles_ms + stage.faces_ms for stage in stages], [50, 95]).tolist()
    identity_ms = median(stage.identity_ms for stage in stages)
    more = f"{len(stages)} frames; identifying students {identity_ms:.1f} ms more; {cpu_ms:.0f} ms of CPU in all"
    return [
        Row(Section.TIME, "follow and detect, p50", on, p50_ms, Unit.MILLISECONDS, STEADY_MS_BAR, more),
        Row(Section.TIME, "follow and detect, p95", on, p95_ms, Unit.MILLISECONDS),
    ]


def _time_naming(pairs: Sequence[tuple[Frame, TruthFrame]], on: str) -> list[Row]:
    """Time that the inference thread spends on names while another thread reads them, from the first frame on."""
    namer = build_timed_namer(at_once=False)
    analyzer = build_analyzer(None, namer)
    try:
        for frame, _ in pairs:
            analyzer.process(frame)
    finally:
        analyzer.close()
    p50_ms, p95_ms = np.percentile(namer.times_ms, [50, 95]).tolist()
    most = f"{p50_ms:.1f} ms in the middle, {max(namer.times_ms):.0f} ms at most"
    return [Row(Section.TIME, "naming on the live path, p95", on, p95_ms, Unit.MILLISECONDS, note=most)]


def _count_frame(faces: IdentityCounter, tiles: IdentityCounter, seen: Seen, truth: TruthFrame) -> None:
    students = [student for student, _ in truth.faces]
    overlaps = face_overlaps(seen.face_boxes, [box for _, box in truth.faces])
    faces.add(overlaps, identities=[reading.student for reading in seen.faces], students=students)
    true_tiles = [tile.box for tile in truth.tiles]
    tiles.add(
        tile_overlaps(seen.tile_boxes, true_tiles, above=SAME_TILE_IOU),
        identities=[reading.student for reading in seen.tiles],
        students=[tile.student for tile in truth.tiles],
    )


def _identity_row(what: str, on: str, counter: IdentityCounter, merges: list[Merge], bar: float | None = None) -> Row:
    """IDF1 as each frame was read at the time; the note has it with later merges applied."""
    score, merged = counter.score(), counter.score(merges)
    note = f"{score.identities} identities for {score.students} students, {score.switches} switches"
    if merges:
        note += f"; after merges {merged.idf1:.4f}, {merged.identities} identities"
    return Row(Section.IDENTITY, what, on, score.idf1, bar=bar, note=note)


def _layout_row(on: str, layout: LayoutWatch, scores: Scores) -> Row:
    shares = [f"{measure} {scores[measure].share:.4f}" for measure in (Measure.FACE_RECALL, Measure.FACE_PRECISION)]
    slowest_s, at_s = max(layout.delays, default=(0.0, 0.0))
    slow = sum(delay.delay_s > LAYOUT_AGAIN_S_BAR for delay in layout.delays)
    where = f", {slow} too slow, the slowest at {at_s:.1f} s" if slow else ""
    note = f"{len(layout.delays)} layouts{where}; {', '.join(shares)}"
    return Row(Section.IDENTITY, "layout found again, at most", on, slowest_s, Unit.SECONDS, LAYOUT_AGAIN_S_BAR, note)
