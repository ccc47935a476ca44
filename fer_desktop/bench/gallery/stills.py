"""Single pictures: faces, tiles, camera states and names in rendered scenes, counts in real screenshots."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import fmean
from typing import Final

from fer_desktop.app import build_analyzer
from fer_desktop.bench.gallery.drawing import Drawer
from fer_desktop.bench.gallery.plan import (
    COUNT_ERRORS_BAR,
    FACE_BARS,
    HARD_BARS,
    NAME_BARS,
    NAME_MS_BAR,
    Section,
    plan_face_scenes,
    plan_hard_scenes,
    plan_name_scenes,
)
from fer_desktop.bench.gallery.rows import Row, ScoredScene, Unit, pool_scenes
from fer_desktop.bench.gallery.scenes import STYLES, Scene, SceneFolder, SceneStyle, TruthFrame, read_truth
from fer_desktop.bench.gallery.scores import Measure, Seen, find_misread, score_boxes, score_names
from fer_desktop.bench.gallery.timed_namer import build_timed_namer
from fer_desktop.capture.pictures import load_picture
from fer_desktop.errors import SettingsError
from fer_desktop.ports import TileNamer
from fer_desktop.types import Frame

_MISREAD_SHOWN: Final = 4
"""So many misread names are listed in a row's note."""


@dataclass(frozen=True, slots=True)
class _Counted:
    """A screenshot's row; faces found in it, and counted by eye without and with still profile pictures."""

    row: Row
    found: int
    live: int
    all_faces: int


class StillBench:
    """Measures single pictures, each with a new analyzer. `on_progress`: gets the name of what is measured."""

    def __init__(self, folder: SceneFolder, drawer: Drawer, *, quick: bool, on_progress: Callable[[str], None]) -> None:
        self._folder = folder
        self._drawer = drawer
        self._quick = quick
        self._on_progress = on_progress

    def measure_faces(self) -> list[Row]:
        """Faces, tiles and camera states in pictures of good quality."""
        scored = [self._score_faces(scene) for scene in plan_face_scenes(quick=self._quick)]
        return pool_scenes(Section.FACES, f"{len(scored)} pictures of 25 and 49 students", scored, FACE_BARS)

    def measure_hard(self) -> list[Row]:
        """The same in small, strongly compressed pictures."""
        scored = [self._score_faces(scene) for scene in plan_hard_scenes(quick=self._quick)]
        return pool_scenes(Section.HARD, f"{len(scored)} small, blurred pictures of 49", scored, HARD_BARS)

    def measure_names(self) -> list[Row]:
        """Names by style of the call window, and the time to read one."""
        planned = plan_name_scenes(quick=self._quick)
        scored = {style: [self._score_names(scene) for scene in planned if scene.style == style] for style in STYLES}
        rows = [row for style, scenes in scored.items() for row in _name_rows(style, scenes)]
        reading_ms = fmean(scene.ms_a_tile for scenes in scored.values() for scene in scenes)
        note = "the mean; live, off the path of the frames"
        return [*rows, Row(Section.NAMES, "reading a name", "a tile", reading_ms, Unit.MILLISECONDS, NAME_MS_BAR, note)]

    def measure_screens(self) -> list[Row]:
        """Counts of faces in real screenshots against counts by eye, in which a still profile picture is no face."""
        paths = sorted(self._folder.screens.glob("*.json"))
        if not paths:
            raise SettingsError(
                f"there are no counted screenshots in {self._folder.screens}: leave out {Section.SCREENS}"
            )
        counts = [self._count_faces(path) for path in paths]
        found = [count.found for count in counts]
        live = _share_miscounted(found, [count.live for count in counts])
        all_faces = _share_miscounted(found, [count.all_faces for count in counts])
        errors = Row(
            section=Section.SCREENS,
            what="count errors",
            on=f"{len(counts)} screenshots",
            value=live,
            unit=Unit.ERROR,
            bar=COUNT_ERRORS_BAR,
            note=f"{all_faces:.4f} if still profile pictures should count",
        )
        return [*(count.row for count in counts), errors]

    def _count_faces(self, path: Path) -> _Counted:
        self._on_progress(f"screenshot {path.stem}")
        truth = json.loads(path.read_text(encoding="utf-8"))
        all_faces = truth["n_faces"]
        live = truth.get("n_live_faces", all_faces)
        image = load_picture(path.with_suffix(".png"))
        seen = Seen.of(build_analyzer(None, None).process(Frame(0, 0.0, image)))
        self._drawer.draw(f"screen-{path.stem}", image, seen, None)
        off = sum(not reading.tile.camera_on for reading in seen.tiles)
        tiles = f"{len(seen.tiles)} of {truth['n_tiles']} tiles found, {off} of {truth['n_camera_off']} cameras off"
        note = f"counted by eye {live}, with still pictures {all_faces}; {tiles}"
        row = Row(Section.SCREENS, "faces found", f"screenshot {path.stem}", len(seen.faces), Unit.COUNT, note=note)
        return _Counted(row, len(seen.faces), live, all_faces)

    def _score_faces(self, scene: Scene) -> ScoredScene:
        seen, truth = self._read(scene)
        return ScoredScene(scene.name, score_boxes(seen, truth))

    def _score_names(self, scene: Scene) -> ScoredScene:
        namer = build_timed_namer(at_once=True)
        seen, truth = self._read(scene, namer)
        ms_a_tile = sum(namer.times_ms) / max(1, len(seen.tiles))
        return ScoredScene(scene.name, score_names(seen, truth), find_misread(seen, truth), ms_a_tile)

    def _read(self, scene: Scene, namer: TileNamer | None = None) -> tuple[Seen, TruthFrame]:
        self._on_progress(scene.name)
        path = self._folder.render(scene)
        (truth,) = read_truth(path)
        image = load_picture(path)
        analyzer = build_analyzer(None, namer)
        seen = Seen.of(analyzer.process(Frame(0, 0.0, image)))
        analyzer.close()
        self._drawer.draw(scene.name, image, seen, truth)
        return seen, truth


def _name_rows(style: SceneStyle, scored: Sequence[ScoredScene]) -> list[Row]:
    on, bars = f"{len(scored)} pictures, {style}, 1080p", {Measure.NAMES_EXACT: NAME_BARS[style]}
    misread = [pair for scene in scored for pair in scene.misread]
    examples = ", ".join(f"{read} for {true}" for read, true in misread[:_MISREAD_SHOWN])
    return [
        replace(row, note=examples) if row.what == Measure.NAMES_WRONG else row
        for row in pool_scenes(Section.NAMES, on, scored, bars)
    ]


def _share_miscounted(found: Sequence[int], true: Sequence[int]) -> float:
    """The sum of the pictures' errors as a share of all true faces."""
    return sum(abs(ours - theirs) for ours, theirs in zip(found, true, strict=True)) / max(1, sum(true))
