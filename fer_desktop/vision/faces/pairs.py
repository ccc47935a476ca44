"""Two tiles in one run of the detector, where a known face is only to be found again, or none was for a while.

The detector's input is square and tiles are not: a tile of 16:9 leaves 44 % of it black. Two of them, a ninth smaller,
fill it. On rendered lessons of 30 to 49 students 99.1 to 100 % of the faces were found again, with a median IoU of .94;
the other tiles are searched alone in the same frame, so no face is lost. So is a tile without a face in which anything
new appears.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fer_desktop.types import Box
from fer_desktop.vision.faces.blazeface import RawFace

_MIN_ASPECT: Final = 1.5
"""Longer over shorter side: a tile nearer to a square would shrink by more than a quarter."""
_MIN_FACE_SHARE: Final = 0.3
"""Of a tile's height: the face of a student near the camera. Tiles with smaller ones are searched alone."""
_SAME_FACE_IOU: Final = 0.4
_MIN_VAIN: Final = 3
"""Searches in a row without anything found before a tile shares a run with another."""
_MAX_SCORE_DROP: Final = 0.1
"""How much the detector's score may drop before the face is checked again: a head that turns away loses more."""


@dataclass(frozen=True, slots=True)
class KnownFace:
    """A detection of an earlier frame that was checked: a face, or none."""

    box: Box
    score: float

    def may_meet(self, face: RawFace) -> bool:
        """False where the two do not even touch: quick, as each face is compared with all that are known."""
        here, there = self.box, face.box
        return abs(here.x - there.x) < here.width + there.width and abs(here.y - there.y) < here.height + there.height

    def is_met_by(self, face: RawFace) -> bool:
        """Whether `face` is where this one was, with nearly its score."""
        return self.box.iou(face.box) > _SAME_FACE_IOU and face.score > self.score - _MAX_SCORE_DROP


def find_near(known: Sequence[KnownFace], faces: Sequence[RawFace]) -> list[list[int]]:
    """For each face the indices of the known ones that it may touch, in their order: all others are far from it."""
    if not known or not faces:
        return [[] for _ in faces]
    corners, sizes = _stack([face.box for face in faces])
    known_corners, known_sizes = _stack([each.box for each in known])
    apart = np.abs(corners[:, None] - known_corners)
    may_meet = (apart < sizes[:, None] + known_sizes).all(axis=2)
    return [np.flatnonzero(row).tolist() for row in may_meet]


def _stack(boxes: Sequence[Box]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """(n, 2) corners and (n, 2) sizes."""
    numbers = np.array([(box.x, box.y, box.width, box.height) for box in boxes], np.float64).reshape(-1, 4)
    return numbers[:, :2], numbers[:, 2:]


def find_lone_faces(tiles: Sequence[Box], known: Sequence[KnownFace]) -> dict[int, KnownFace]:
    """By the index of their tile: faces near the camera, where no other is known in the tile."""
    corners, sizes = _stack(tiles)
    known_corners, known_sizes = _stack([face.box for face in known])
    centres = known_corners + known_sizes / 2
    # As `Box.contains`, of all tiles and faces at once.
    inside = ((centres >= corners[:, None]) & (centres < (corners + sizes)[:, None])).all(axis=2)
    lone = {}
    for index in np.flatnonzero(inside.sum(axis=1) == 1).tolist():
        face = known[int(inside[index].argmax())]
        if face.box.height >= _MIN_FACE_SHARE * tiles[index].height:
            lone[index] = face
    return lone


def plan_pairs(tiles: Sequence[Box], indices: Collection[int]) -> list[tuple[int, int]]:
    """Pairs of those indices, of the tiles to search together: wide ones, and tall ones."""
    wide = [index for index in indices if tiles[index].width >= _MIN_ASPECT * tiles[index].height]
    tall = [index for index in indices if tiles[index].height >= _MIN_ASPECT * tiles[index].width]
    return [*zip(wide[::2], wide[1::2], strict=False), *zip(tall[::2], tall[1::2], strict=False)]


def is_as_expected(known: KnownFace | None, faces: Sequence[RawFace]) -> bool:
    """Whether a tile still shows its only face, and nothing else; without one, whether it still shows nothing."""
    return not faces if known is None else len(faces) == 1 and known.is_met_by(faces[0])


class VainSearches:
    """How often in a row each tile was searched without anything found, faces or what resembles one. Frames come in
    order: `start_frame`, `find`, `note`.
    """

    def __init__(self) -> None:
        self._vain: dict[Box, int] = {}

    def start_frame(self, tiles: Sequence[Box]) -> None:
        """`tiles`: all of the frame; the others are forgotten."""
        self._vain = {tile: vain for tile in tiles if (vain := self._vain.get(tile, 0))}

    def find(self, tiles: Sequence[Box]) -> list[int]:
        """The indices of those that were last searched in vain several times."""
        return [index for index, tile in enumerate(tiles) if self._vain.get(tile, 0) >= _MIN_VAIN]

    def note(self, tiles: Sequence[Box], found: Sequence[Sequence[RawFace]]) -> None:
        """Takes what was found in each of the tiles that were searched."""
        for tile, faces in zip(tiles, found, strict=True):
            self._vain[tile] = 0 if faces else self._vain.get(tile, 0) + 1
