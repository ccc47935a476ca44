"""Looks for a face where a person was found without one: at the head, enlarged and turned upright.

In its tile a small, tilted or bent face escapes the detector; at twice the head's size it does not. Because a person is
known to be there, a sure detection counts as a face also where the landmark model is not sure: masks and profiles.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from fer_desktop.system.opencv import cv2
from fer_desktop.types import Box, FaceDetection, Floats, Image, Tile
from fer_desktop.vision.faces.blazeface import RawFace
from fer_desktop.vision.faces.presence import MIN_PRESENCE
from fer_desktop.vision.faces.readability import find_unreadable
from fer_desktop.vision.faces.workers import FaceWorker, WorkerPool


@dataclass(frozen=True, slots=True)
class _Config:
    """How heads are searched, and what counts as a face there. Scores and presences are 0 to 1; times in frames."""

    growth: float = 2.0
    """Side of the window over that of the head."""
    least_window_px: int = 24
    angles_deg: tuple[float, ...] = (0.0, -30.0, 30.0)
    """Heads lean to a side; the next angle is tried where the one before shows no face."""
    min_score: float = 0.6
    min_lone_score: float = 0.75
    """Of a face whose presence is unsure. Hands, chairs and cups at a person's head scored .66 at most."""
    least_face_px: float = 9.0
    face_of_head: tuple[float, float] = (0.25, 1.4)
    """Smallest and largest width of a face over that of its head."""
    heads_per_frame: int = 4
    retry_frames: int = 10
    """A head without a face is searched again after so long."""
    follow_frames: int = 10
    """A face that was found is searched for in every frame, until it is missing for so long."""


_CONFIG: Final = _Config()


@dataclass(slots=True)
class _Head:
    """What is known of the head in one tile."""

    window: Box
    tried_frame: int
    found_frame: int | None = None


class SecondLook:
    """Searches a few heads a frame, those not searched for longest first, and follows what it finds."""

    def __init__(self, pool: WorkerPool, *, live: bool) -> None:
        """`live`: not even the first frame searches all heads."""
        self._pool = pool
        self._live = live
        self._frame = 0
        self._heads: dict[Box, _Head] = {}

    def find(self, image: Image, tiles: Sequence[Tile], heads: Mapping[int, Box]) -> list[FaceDetection]:
        """At most one face in each tile. `heads`: by the tile's index, where a person was found without a face."""
        self._frame += 1
        self._heads = {tiles[index].box: head for index in heads if (head := self._heads.get(tiles[index].box))}
        due = list(self._choose(tiles, heads))
        found = self._pool.map(
            due, lambda worker, index: _look_at(worker, image, tiles[index].box, heads[index], index)
        )
        for index, face in zip(due, found, strict=True):
            self._remember(tiles[index].box, heads[index], face)
        return [face for face in found if face is not None]

    def _choose(self, tiles: Sequence[Tile], heads: Mapping[int, Box]) -> Iterator[int]:
        """The tiles to search in this frame: where a face was found lately, and some of the others."""
        others = []
        for index in heads:
            head = self._heads.get(tiles[index].box)
            if head and head.found_frame is not None and self._frame - head.found_frame <= _CONFIG.follow_frames:
                yield index
            elif head is None or self._frame - head.tried_frame >= _CONFIG.retry_frames:
                others.append((head.tried_frame if head else -1, index))
        limit = _CONFIG.heads_per_frame if self._live or self._frame > 1 else len(others)
        yield from (index for _, index in sorted(others)[:limit])

    def _remember(self, tile: Box, head: Box, face: FaceDetection | None) -> None:
        known = self._heads.setdefault(tile, _Head(head, self._frame))
        known.tried_frame = self._frame
        if face is not None:
            known.found_frame = self._frame


def _look_at(worker: FaceWorker, image: Image, tile: Box, head: Box, index: int) -> FaceDetection | None:
    """The face of one head, in pixels of the image."""
    side = max(_CONFIG.least_window_px, _CONFIG.growth * head.width)
    x, y = head.centre
    within = tile.clipped(image.shape[1], image.shape[0])
    left, top, width, height = within.rounded()
    patch = image[top : top + height, left : left + width]
    if min(patch.shape[:2]) < _CONFIG.least_face_px:
        return None
    for angle_deg in _CONFIG.angles_deg:
        turn = np.asarray(cv2.getRotationMatrix2D((x - left, y - top), angle_deg, 1.0), np.float64)
        turn[:, 2] += (side / 2 - (x - left), side / 2 - (y - top))
        upright = cv2.warpAffine(patch, turn, (round(side), round(side)), borderMode=cv2.BORDER_REPLICATE)
        back = np.asarray(cv2.invertAffineTransform(turn), np.float32)
        for raw in worker.detector.find(np.asarray(upright, np.uint8)):
            face = _verify(worker, image, _place(raw, back, left, top), head, index)
            if face is not None:
                return face
    return None


def _place(face: RawFace, back: Floats, left: int, top: int) -> RawFace:
    """A face of the upright window in pixels of the image; `back`: (2, 3), from the window to the tile."""
    points = face.keypoints_px @ back[:, :2].T + back[:, 2] + np.array([left, top], np.float32)
    x, y = back[:, :2] @ np.array(face.box.centre, np.float32) + back[:, 2]
    width, height = face.box.width, face.box.height
    box = Box(float(x) + left - width / 2, float(y) + top - height / 2, width, height)
    return RawFace(box, face.score, points.astype(np.float32))


def _verify(worker: FaceWorker, image: Image, face: RawFace, head: Box, index: int) -> FaceDetection | None:
    """The detection as a face of the tile `index`; None where it is none, or not that of this head."""
    low, high = _CONFIG.face_of_head
    if not head.contains(*face.box.centre) or not low * head.width <= face.box.width <= high * head.width:
        return None
    if face.box.width < _CONFIG.least_face_px or face.score < _CONFIG.min_score:
        return None
    check = worker.check(image, face)
    if check.presence < MIN_PRESENCE and face.score < _CONFIG.min_lone_score:
        return None
    unreadable = find_unreadable(face, check.presence, is_covered=check.is_covered)
    return FaceDetection(face.box, face.score, check.presence, face.keypoints_px, index, check.cues, unreadable)
