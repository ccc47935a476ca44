"""Selects untiled faces among what the search windows show: most of it is letters, patterns and known faces."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from fer_desktop.types import Box, FaceDetection, Image, Tile
from fer_desktop.vision.faces.blazeface import RawFace
from fer_desktop.vision.faces.still_picture import is_still_picture


@dataclass(frozen=True, slots=True)
class _Config:
    """What counts as an untiled face, or as a second one in a tile. Scores and presences are 0 to 1."""

    same_place: float = 0.4
    """Share of the smaller box inside the larger from which two boxes are one face."""
    max_candidates: int = 3
    """Windows overlap, so a face is found several times: so many of its detections are checked, the best scored first.
    """
    min_score: float = 0.6
    min_presence: float = 0.7
    """Outside tiles there are letters, slides and buttons, and the survey checks them by the hundred."""
    min_second_score: float = 0.8
    min_second_presence: float = 0.95
    """A tile that shows a face rarely shows another; what resembles one slightly is a pattern or a hand."""
    min_size_px: int = 18
    min_relative_size: float = 0.45
    """Of the median face in tiles: much smaller faces beside the tiles are profile pictures in a list or a chat."""


_CONFIG: Final = _Config()


def select_candidates(
    detections: Sequence[RawFace], tiles: Sequence[Tile], skip: frozenset[int], known: Sequence[Box]
) -> list[tuple[RawFace, int | None]]:
    """Detections that may be faces besides the `known` ones, with the index of their tile; none in skipped tiles."""
    unknown = [
        face
        for face in _keep_best_candidates([each for each in detections if each.score >= _CONFIG.min_score])
        if not any(_overlap(face.box, box) >= _CONFIG.same_place for box in known)
    ]
    placed = [(face, _find_tile(face.box, tiles)) for face in unknown]
    return [
        (face, tile)
        for face, tile in placed
        if tile not in skip and (tile is not None or _is_large_enough(face.box, known))
    ]


def select_faces(image: Image, verified: Sequence[FaceDetection], filled: frozenset[int | None]) -> list[FaceDetection]:
    """Of verified faces the certain ones, each once. `filled`: tiles, or None, that show a face already."""
    return [
        face
        for face in _keep_best(verified)
        if _is_certain(face, is_second=face.tile in filled) and not is_still_picture(image, face.box)
    ]


def _keep_best_candidates(faces: Sequence[RawFace]) -> list[RawFace]:
    """Of detections that share a place the best few."""
    kept: list[RawFace] = []
    for face in sorted(faces, key=lambda face: face.score, reverse=True):
        if sum(_overlap(face.box, other.box) >= _CONFIG.same_place for other in kept) < _CONFIG.max_candidates:
            kept.append(face)
    return kept


def _keep_best(faces: Sequence[FaceDetection]) -> list[FaceDetection]:
    """Of faces that share a place the best scored; from top to bottom."""
    kept: list[FaceDetection] = []
    for face in sorted(faces, key=lambda face: face.score, reverse=True):
        if all(_overlap(face.box, other.box) < _CONFIG.same_place for other in kept):
            kept.append(face)
    return sorted(kept, key=lambda face: (face.box.y, face.box.x))


def _find_tile(box: Box, tiles: Sequence[Tile]) -> int | None:
    """The smallest tile that holds the centre of the box."""
    holding = [index for index, tile in enumerate(tiles) if tile.box.contains(*box.centre)]
    return min(holding, key=lambda index: tiles[index].box.area, default=None)


def _is_large_enough(box: Box, known: Sequence[Box]) -> bool:
    median = float(np.median([other.height for other in known])) if known else 0.0
    return box.height >= max(_CONFIG.min_size_px, _CONFIG.min_relative_size * median)


def _is_certain(face: FaceDetection, *, is_second: bool) -> bool:
    if is_second:
        return face.score >= _CONFIG.min_second_score and face.presence >= _CONFIG.min_second_presence
    return face.score >= _CONFIG.min_score and face.presence >= _CONFIG.min_presence


def _overlap(a: Box, b: Box) -> float:
    """The share of the smaller box that lies in the other."""
    return a.intersection_area(b) / max(min(a.area, b.area), 1)
