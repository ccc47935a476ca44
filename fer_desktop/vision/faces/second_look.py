"""Looks for a face where a person was found without one: at the head, enlarged and turned upright.

In its tile a small, tilted or bent face escapes the detector; at twice the head's size it does not. Because a person is
known to be there, a sure detection counts as a face also where the landmark model is not sure: masks and profiles.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from fer_desktop.system.opencv import cv2
from fer_desktop.types import Box, FaceDetection, Floats, Image, Tile
from fer_desktop.vision.faces.blazeface import RawFace
from fer_desktop.vision.faces.presence import MIN_PRESENCE
from fer_desktop.vision.faces.readability import find_unreadable
from fer_desktop.vision.faces.workers import FaceWorker, WorkerPool
from fer_desktop.vision.pacing import Allowance, Pace


@dataclass(frozen=True, slots=True)
class _Config:
    """How heads are searched, and what counts as a face there. Scores and presences are 0 to 1."""

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
    heads_a_second: float = 16.0
    """At least, and..."""
    round_s: float = 2.5
    """...so many that each can be searched in so long."""
    retry_s: float = 2.0
    """A head without a face is searched again after so long..."""
    vain_searches: int = 3
    rare_s: float = 6.0
    """...and after so many searches in a row without one only after so long."""
    follow_s: float = 0.35
    """A head with a face is searched again after so long; until then the face is where it was."""
    lose_s: float = 2.0
    """A face is followed until it is missing for so long."""


_CONFIG: Final = _Config()


@dataclass(slots=True)
class _Head:
    """What is known of the head in one tile."""

    searched_at_s: float
    found_at_s: float = -math.inf
    face: FaceDetection | None = None
    angle_deg: float = _CONFIG.angles_deg[0]
    vain: int = 0

    @property
    def due_at_s(self) -> float:
        """When the head is to be searched again."""
        if self.searched_at_s - self.found_at_s <= _CONFIG.lose_s:
            return self.searched_at_s + _CONFIG.follow_s
        return self.searched_at_s + (_CONFIG.rare_s if self.vain >= _CONFIG.vain_searches else _CONFIG.retry_s)

    def take(self, face: FaceDetection | None, angle_deg: float, now_s: float) -> None:
        """Takes what a search has found."""
        self.searched_at_s, self.face, self.angle_deg = now_s, face, angle_deg
        self.found_at_s = self.found_at_s if face is None else now_s
        self.vain = self.vain + 1 if face is None else 0


class SecondLook:
    """Searches a few heads a frame, those that are due for longest first, and follows what it finds."""

    def __init__(self, pool: WorkerPool, *, live: bool) -> None:
        """`live`: not even the first frame searches all heads."""
        self._pool = pool
        self._pace = Pace(live=live)
        self._allowance = Allowance()
        self._heads: dict[Box, _Head] = {}

    def find(
        self, image: Image, tiles: Sequence[Tile], heads: Mapping[int, Box], *, captured_at_s: float
    ) -> list[FaceDetection]:
        """At most one face in each tile. `heads`: by the tile's index, where a person was found without a face."""
        self._heads = {tiles[index].box: head for index in heads if (head := self._heads.get(tiles[index].box))}
        due = self._choose(tiles, heads, captured_at_s)
        searches = [(index, self._angle_of(tiles[index].box)) for index in due]
        found = self._pool.map(
            searches, lambda worker, search: _look_at(worker, image, tiles[search[0]].box, heads[search[0]], search[1])
        )
        for index, (face, angle_deg) in zip(due, found, strict=True):
            self._heads.setdefault(tiles[index].box, _Head(captured_at_s)).take(face, angle_deg, captured_at_s)
        known = ((index, self._heads.get(tiles[index].box)) for index in heads)
        return [
            replace(head.face, tile=index, cues=head.face.cues if index in due else None)
            for index, head in known
            if head is not None and head.face is not None
        ]

    def _choose(self, tiles: Sequence[Tile], heads: Mapping[int, Box], now_s: float) -> list[int]:
        """The tiles to search in this frame."""
        known = {index: self._heads.get(tiles[index].box) for index in heads}
        due_at_s = {index: -math.inf if head is None else head.due_at_s for index, head in known.items()}
        due = sorted((index for index, at_s in due_at_s.items() if at_s <= now_s), key=lambda index: due_at_s[index])
        rate = max(_CONFIG.heads_a_second, len(heads) / _CONFIG.round_s)
        return due[: self._allowance.share(rate, self._pace.span_to(now_s))]

    def _angle_of(self, tile: Box) -> float:
        """At which the tile's face was found last: it is tried first."""
        head = self._heads.get(tile)
        return head.angle_deg if head else _CONFIG.angles_deg[0]


def _look_at(
    worker: FaceWorker, image: Image, tile: Box, head: Box, likely_deg: float
) -> tuple[FaceDetection | None, float]:
    """The face of one head, in pixels of the image, and the angle at which it was found."""
    side = max(_CONFIG.least_window_px, _CONFIG.growth * head.width)
    x, y = head.centre
    left, top, width, height = tile.clipped(image.shape[1], image.shape[0]).rounded()
    patch = image[top : top + height, left : left + width]
    if min(patch.shape[:2]) < _CONFIG.least_face_px:
        return None, likely_deg
    for angle_deg in sorted(_CONFIG.angles_deg, key=lambda angle_deg: angle_deg != likely_deg):
        turn = np.asarray(cv2.getRotationMatrix2D((x - left, y - top), angle_deg, 1.0), np.float64)
        turn[:, 2] += (side / 2 - (x - left), side / 2 - (y - top))
        upright = cv2.warpAffine(patch, turn, (round(side), round(side)), borderMode=cv2.BORDER_REPLICATE)
        back = np.asarray(cv2.invertAffineTransform(turn), np.float32)
        for raw in worker.detector.find(np.asarray(upright, np.uint8)):
            face = _verify(worker, image, _place(raw, back, left, top), head)
            if face is not None:
                return face, angle_deg
    return None, likely_deg


def _place(face: RawFace, back: Floats, left: int, top: int) -> RawFace:
    """A face of the upright window in pixels of the image; `back`: (2, 3), from the window to the tile."""
    points = face.keypoints_px @ back[:, :2].T + back[:, 2] + np.array([left, top], np.float32)
    x, y = back[:, :2] @ np.array(face.box.centre, np.float32) + back[:, 2]
    width, height = face.box.width, face.box.height
    box = Box(float(x) + left - width / 2, float(y) + top - height / 2, width, height)
    return RawFace(box, face.score, points.astype(np.float32))


def _verify(worker: FaceWorker, image: Image, face: RawFace, head: Box) -> FaceDetection | None:
    """The detection as a face, of no tile yet; None where it is none, or not that of this head."""
    low, high = _CONFIG.face_of_head
    if not head.contains(*face.box.centre) or not low * head.width <= face.box.width <= high * head.width:
        return None
    if face.box.width < _CONFIG.least_face_px or face.score < _CONFIG.min_score:
        return None
    check = worker.check(image, face)
    if check.presence < MIN_PRESENCE and face.score < _CONFIG.min_lone_score:
        return None
    unreadable = find_unreadable(face, check.presence, is_covered=check.is_covered)
    return FaceDetection(face.box, face.score, check.presence, face.keypoints_px, None, check.cues, unreadable)
