"""Faces that are followed from look to look: one sure face a tile, found again by its picture where that suffices."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from fer_desktop.types import Box, FaceDetection, FaceReading, Floats, Frame, Tile
from fer_desktop.vision.budget.changes import FrameCells, TileChanges
from fer_desktop.vision.budget.face_picture import FacePicture
from fer_desktop.vision.budget.scheduler import Change

_SURE_SCORE: Final = 0.7
"""A face with a lower score is looked at in every frame: whether it is one depends on the person in its tile."""


@dataclass(slots=True)
class FollowedFace:
    """A tile's only face, which its last look found, at `seen_at_s`, with the reading where there was one.

    `detected`: the face as the detector found it last, and its `picture` then. From `detect_at_s` on the detector is
    asked again.
    """

    face: FaceDetection
    probabilities: Floats | None
    seen_at_s: float
    detected: FaceDetection
    detect_at_s: float
    picture: FacePicture | None


class FollowedFaces:
    """Takes the frames of one source in order."""

    def __init__(self, cells: FrameCells, *, detect_every_s: Sequence[float]) -> None:
        """`cells`: of the frames. `detect_every_s`: from one detection of a face to the next, in turns from face to
        face, so that those of a class that was detected at once do not coincide again and again.
        """
        self._changes = TileChanges(cells)
        self._detect_every_s = detect_every_s
        self._detected = 0
        self._followed: dict[Box, FollowedFace] = {}
        self._found_again: frozenset[int] = frozenset()

    def of(self, tiles: Sequence[Tile], skip: Collection[int]) -> dict[int, FollowedFace]:
        """The faces that are followed in these tiles, by the tile's index. `skip`: indices of tiles to leave out."""
        return {
            index: known
            for index, tile in enumerate(tiles)
            if index not in skip and (known := self._followed.get(tile.box)) is not None
        }

    def measure_change(self, tile: Box) -> Change:
        """What the tile, whose face is followed, shows now."""
        return self._changes.measure(tile, self._followed[tile].face.box)

    def find_again(self, frame: Frame, tiles: Sequence[Tile], indices: Collection[int]) -> dict[int, FaceDetection]:
        """The faces of those tiles where their pictures are now, without those that must be detected."""
        again = {
            index: face
            for index in indices
            if (face := _find_again(self._followed[tiles[index].box], index, frame)) is not None
        }
        self._found_again = frozenset(map(id, again.values()))
        return again

    def follow(
        self, frame: Frame, tiles: Sequence[Tile], found: Sequence[FaceDetection], readings: Sequence[FaceReading]
    ) -> None:
        """At the end of a frame: follows each tile in which one sure face was found. Arguments as of `FrameBudget`."""
        by_face = {id(reading.face): reading.probabilities for reading in readings}
        by_tile: dict[int | None, list[FaceDetection]] = {}
        for face in found:
            by_tile.setdefault(face.tile, []).append(face)
        followed = {}
        for index, tile in enumerate(tiles):
            faces = by_tile.get(index, [])
            if len(faces) != 1 or faces[0].score < _SURE_SCORE or id(faces[0]) not in by_face:
                continue
            followed[tile.box] = self._follow(frame, tile.box, faces[0], by_face[id(faces[0])])
        self._followed = followed

    def _follow(self, frame: Frame, tile: Box, face: FaceDetection, probabilities: Floats | None) -> FollowedFace:
        known = self._followed.get(tile)
        if face.age_s and known is not None:
            return known
        self._changes.keep(tile)
        now_s = frame.captured_at_s
        if known is not None and id(face) in self._found_again:
            return replace(known, face=face, probabilities=probabilities, seen_at_s=now_s)
        self._detected += 1
        detect_at_s = now_s + self._detect_every_s[self._detected % len(self._detect_every_s)]
        return FollowedFace(face, probabilities, now_s, face, detect_at_s, FacePicture.take(frame.image, face.box))


def _find_again(known: FollowedFace, index: int, frame: Frame) -> FaceDetection | None:
    """The face where its picture is now; None where it must be detected again."""
    if known.picture is None or frame.captured_at_s >= known.detect_at_s:
        return None
    moved = known.picture.find_again(frame.image)
    if moved is None:
        return None
    detected = known.detected
    return replace(
        detected,
        tile=index,
        box=detected.box.shifted(*moved),
        keypoints_px=detected.keypoints_px + np.array(moved, np.float32),
        cues=None,
    )
