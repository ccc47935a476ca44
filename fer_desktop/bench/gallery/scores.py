"""Counts what was read correctly in a frame, and times how changes of the layout are followed."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from fer_desktop.bench.gallery.matching import SAME_TILE_IOU, face_overlaps, match_one_to_one, tile_overlaps
from fer_desktop.bench.gallery.names import fold_name
from fer_desktop.bench.gallery.scenes import TruthFrame
from fer_desktop.types import Box, FaceReading, FrameResult, TileReading


class Measure(StrEnum):
    """What is counted in a frame; the values are the words of the table."""

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
    """`hits` out of `of`."""

    hits: int
    of: int

    def __add__(self, other: "Ratio") -> "Ratio":
        return Ratio(self.hits + other.hits, self.of + other.of)

    @property
    def share(self) -> float:
        """0 to 1; 1 where there was nothing to get wrong."""
        return self.hits / self.of if self.of else 1.0


Scores = dict[Measure, Ratio]


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """The readings of a frame's result, without its picture."""

    tiles: tuple[TileReading, ...]
    faces: tuple[FaceReading, ...]

    @classmethod
    def of(cls, result: FrameResult) -> "Seen":
        """The readings of a result."""
        return cls(result.tiles, result.faces)

    @property
    def tile_boxes(self) -> list[Box]:
        """The boxes of the tiles."""
        return [reading.tile.box for reading in self.tiles]

    @property
    def face_boxes(self) -> list[Box]:
        """The boxes of the faces."""
        return [reading.face.box for reading in self.faces]


def add_scores(scores: Scores, more: Scores) -> Scores:
    """The counts of both, for each measure of `more`."""
    return {measure: scores.get(measure, Ratio(0, 0)) + ratio for measure, ratio in more.items()}


def score_boxes(seen: Seen, truth: TruthFrame) -> Scores:
    """Scores faces, tiles and camera states; the latter over the tiles that were found with IoU > `SAME_TILE_IOU`."""
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
    """Scores names over all true tiles: the name of a tile that was not found is unread."""
    read = _pair_names(seen, truth)
    wrong = len(find_misread(seen, truth))
    count = len(truth.tiles)
    return {
        Measure.NAMES_EXACT: Ratio(len(read) - wrong, count),
        Measure.NAMES_UNREAD: Ratio(count - len(read), count),
        Measure.NAMES_WRONG: Ratio(wrong, count),
    }


def find_misread(seen: Seen, truth: TruthFrame) -> list[tuple[str, str]]:
    """(name read, true name) where they differ."""
    return [(read, true) for read, true in _pair_names(seen, truth) if fold_name(read) != fold_name(true)]


def _pair_names(seen: Seen, truth: TruthFrame) -> list[tuple[str, str]]:
    pairs = match_one_to_one(tile_overlaps(seen.tile_boxes, [tile.box for tile in truth.tiles], above=SAME_TILE_IOU))
    read = [(seen.tiles[i].tile.name, truth.tiles[j].name) for i, j in pairs]
    return [(name, true) for name, true in read if name]


class LayoutDelay(NamedTuple):
    """A change of the layout, and how long it took to be followed."""

    delay_s: float
    changed_at_s: float


class LayoutWatch:
    """Times how long after each change of the layout all of its tiles, and no others, are found."""

    def __init__(self) -> None:
        self._boxes: frozenset[Box] | None = None
        self._changed_at_s: float | None = None
        self.delays: list[LayoutDelay] = []

    def add(self, seen: Seen, truth: TruthFrame) -> None:
        """Counts the next frame. A change that comes before the last one was followed is timed with it."""
        boxes = frozenset(tile.box for tile in truth.tiles)
        if boxes != self._boxes and self._changed_at_s is None:
            self._changed_at_s = truth.time_s
        self._boxes = boxes
        if self._changed_at_s is None:
            return
        in_order = sorted(boxes, key=lambda box: (box.y, box.x))
        found = len(match_one_to_one(tile_overlaps(seen.tile_boxes, in_order)))
        if found == len(boxes) == len(seen.tiles):
            self._add_delay(self._changed_at_s, truth.time_s)

    def finish(self, time_s: float) -> None:
        """Ends the video: a change that was never followed counts until the end."""
        if self._changed_at_s is not None:
            self._add_delay(self._changed_at_s, time_s)

    def _add_delay(self, changed_at_s: float, found_at_s: float) -> None:
        self.delays.append(LayoutDelay(found_at_s - changed_at_s, changed_at_s))
        self._changed_at_s = None
