"""What one frame got right, counted; and how the layout's changes were followed."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from fer_desktop.bench.gallery.matching import SAME_TILE_IOU, face_overlaps, match_one_to_one, tile_overlaps
from fer_desktop.bench.gallery.names import fold_name
from fer_desktop.bench.gallery.scenes import TruthFrame
from fer_desktop.types import Box, FaceReading, FrameResult, TileReading


class Measure(StrEnum):
    """What is counted in a frame, in the words of the table."""

    FACE_RECALL = "face recall"
    FACE_PRECISION = "face precision"
    TILES_FOUND = "tiles found, IoU > .8"
    TILES_REAL = "tiles found that are there"
    CAMERAS = "camera state right"
    NAMES_EXACT = "names read exactly"
    NAMES_UNREAD = "names unread"
    NAMES_WRONG = "names read wrong"


@dataclass(frozen=True, slots=True)
class Ratio:
    """So many of so many."""

    hits: int
    of: int

    def __add__(self, other: "Ratio") -> "Ratio":
        return Ratio(self.hits + other.hits, self.of + other.of)

    @property
    def share(self) -> float:
        """1 of nothing: nothing was there to get wrong."""
        return self.hits / self.of if self.of else 1.0


Scores = dict[Measure, Ratio]


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """What is kept of a frame's result: all but its picture."""

    tiles: tuple[TileReading, ...]
    faces: tuple[FaceReading, ...]

    @classmethod
    def of(cls, result: FrameResult) -> "Seen":
        return cls(result.tiles, result.faces)

    @property
    def tile_boxes(self) -> list[Box]:
        return [reading.tile.box for reading in self.tiles]

    @property
    def face_boxes(self) -> list[Box]:
        return [reading.face.box for reading in self.faces]


def add_scores(scores: Scores, more: Scores) -> Scores:
    return {measure: scores.get(measure, Ratio(0, 0)) + ratio for measure, ratio in more.items()}


def score_boxes(seen: Seen, truth: TruthFrame) -> Scores:
    """Faces, tiles, camera states. The state is asked of the tiles that were found, by IoU > `SAME_TILE_IOU`."""
    true_faces = [box for _, box in truth.faces]
    true_tiles = [tile.box for tile in truth.tiles]
    faces = len(match_one_to_one(face_overlaps(seen.face_boxes, true_faces)))
    tiles = len(match_one_to_one(tile_overlaps(seen.tile_boxes, true_tiles)))
    pairs = match_one_to_one(tile_overlaps(seen.tile_boxes, true_tiles, above=SAME_TILE_IOU))
    cameras = sum(seen.tiles[i].tile.camera_on == truth.tiles[j].camera_on for i, j in pairs)
    return {
        Measure.FACE_RECALL: Ratio(faces, len(true_faces)),
        Measure.FACE_PRECISION: Ratio(faces, len(seen.faces)),
        Measure.TILES_FOUND: Ratio(tiles, len(true_tiles)),
        Measure.TILES_REAL: Ratio(tiles, len(seen.tiles)),
        Measure.CAMERAS: Ratio(cameras, len(pairs)),
    }


def score_names(seen: Seen, truth: TruthFrame) -> Scores:
    """Over the tiles that are there: the name of a tile that was not found is unread."""
    read = _pair_names(seen, truth)
    wrong = len(find_misread(seen, truth))
    count = len(truth.tiles)
    return {
        Measure.NAMES_EXACT: Ratio(len(read) - wrong, count),
        Measure.NAMES_UNREAD: Ratio(count - len(read), count),
        Measure.NAMES_WRONG: Ratio(wrong, count),
    }


def find_misread(seen: Seen, truth: TruthFrame) -> list[tuple[str, str]]:
    """What was read, and the name that stands there, where they differ."""
    return [(read, true) for read, true in _pair_names(seen, truth) if fold_name(read) != fold_name(true)]


def _pair_names(seen: Seen, truth: TruthFrame) -> list[tuple[str, str]]:
    pairs = match_one_to_one(tile_overlaps(seen.tile_boxes, [tile.box for tile in truth.tiles], above=SAME_TILE_IOU))
    read = [(seen.tiles[i].tile.name, truth.tiles[j].name) for i, j in pairs]
    return [(name, true) for name, true in read if name]


class LayoutDelay(NamedTuple):
    delay_s: float
    changed_at_s: float


class LayoutWatch:
    """How long after each change of the layout all of its tiles, and no others, were found."""

    def __init__(self) -> None:
        self._boxes: frozenset[Box] | None = None
        self._changed_at_s: float | None = None
        self.delays: list[LayoutDelay] = []

    def add(self, seen: Seen, truth: TruthFrame) -> None:
        """One frame, in order. A change before the last one was followed waits on with it."""
        boxes = frozenset(tile.box for tile in truth.tiles)
        if boxes != self._boxes and self._changed_at_s is None:
            self._changed_at_s = truth.time_s
        self._boxes = boxes
        if self._changed_at_s is None:
            return
        found = len(match_one_to_one(tile_overlaps(seen.tile_boxes, sorted(boxes, key=lambda box: (box.y, box.x)))))
        if found == len(boxes) == len(seen.tiles):
            self._note_delay(self._changed_at_s, truth.time_s)

    def finish(self, time_s: float) -> None:
        """What was never found again counts until the end."""
        if self._changed_at_s is not None:
            self._note_delay(self._changed_at_s, time_s)

    def _note_delay(self, changed_at_s: float, found_at_s: float) -> None:
        self.delays.append(LayoutDelay(found_at_s - changed_at_s, changed_at_s))
        self._changed_at_s = None
