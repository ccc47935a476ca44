"""MediaPipe inside tiles; where there are no tiles, a survey of the picture that is then followed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from fer_desktop.faces.blazeface import BlazeFace, RawFace
from fer_desktop.faces.presence import MIN_PRESENCE, PresenceCheck
from fer_desktop.faces.windows import survey_windows
from fer_desktop.types import Box, FaceDetection, Image, Tile

_TRUST_FRAMES: Final = 10
"""A face that stays where it was is not checked again for so many frames: two seconds at five frames a second."""
_TRUST_SCORE: Final = 0.1
"""How much the detector's score may drop before the face is checked again: a head that turns away loses more."""
_SAME_PLACE: Final = 0.4
_SURVEY_FRAMES: Final = 10
_FOLLOW_GROWTH: Final = 3.0
_MIN_FACE_PX: Final = 16


@dataclass(slots=True)
class _Verified:
    box: Box
    score: float
    presence: float
    frames_left: int


class MediaPipeFaceDetector:
    """A `FaceDetector`. Remembers which faces it has verified and, without tiles, where to look; one thread only."""

    def __init__(self) -> None:
        self._detector = BlazeFace()
        self._presence = PresenceCheck()
        self._verified: list[_Verified] = []
        self._followed: list[Box] = []
        self._frames_to_survey = 0

    def detect(self, image: Image, tiles: Sequence[Tile], skip: frozenset[int] = frozenset()) -> list[FaceDetection]:
        """Verified faces, in the tiles' order. A face lies in the tile that it was found in."""
        if tiles:
            self._frames_to_survey = 0
            faces = [
                face
                for index, tile in enumerate(tiles)
                if index not in skip
                for face in self._detect_in(image, tile.box, index)
            ]
        else:
            faces = self._detect_without_tiles(image)
        self._forget()
        return faces

    def _detect_without_tiles(self, image: Image) -> list[FaceDetection]:
        height, width = image.shape[:2]
        if self._frames_to_survey <= 0:
            windows = survey_windows(width, height)
            self._frames_to_survey = _SURVEY_FRAMES
        else:
            windows = self._followed
        self._frames_to_survey -= 1
        found = [face for window in windows for face in self._detect_in(image, window, None)]
        faces = _keep_best(found)
        self._followed = [_grow(face.box, _FOLLOW_GROWTH).clipped(width, height) for face in faces]
        return faces

    def _detect_in(self, image: Image, window: Box, tile: int | None) -> list[FaceDetection]:
        left, top, width, height = window.clipped(image.shape[1], image.shape[0]).rounded()
        if width < _MIN_FACE_PX or height < _MIN_FACE_PX:
            return []
        patch = image[top : top + height, left : left + width]
        faces = []
        for raw in self._detector.find(patch):
            face = RawFace(raw.box.shifted(left, top), raw.score, raw.keypoints_px + np.array([left, top], np.float32))
            if min(face.box.width, face.box.height) < _MIN_FACE_PX:
                continue
            presence = self._verify(image, face)
            if presence >= MIN_PRESENCE:
                faces.append(FaceDetection(face.box, face.score, presence, face.keypoints_px, tile))
        return faces

    def _verify(self, image: Image, face: RawFace) -> float:
        for known in self._verified:
            if known.box.iou(face.box) > _SAME_PLACE and face.score > known.score - _TRUST_SCORE:
                known.box = face.box
                return known.presence
        presence = self._presence.measure(image, face)
        if presence >= MIN_PRESENCE:
            self._verified.append(_Verified(face.box, face.score, presence, _TRUST_FRAMES))
        return presence

    def _forget(self) -> None:
        for known in self._verified:
            known.frames_left -= 1
        self._verified = [known for known in self._verified if known.frames_left > 0]


def _keep_best(faces: list[FaceDetection]) -> list[FaceDetection]:
    """Windows overlap: of detections that share a place the likeliest is kept."""
    kept: list[FaceDetection] = []
    for face in sorted(faces, key=lambda face: face.score, reverse=True):
        smaller = [min(face.box.area, other.box.area) for other in kept]
        if all(
            face.box.intersection_area(other.box) < _SAME_PLACE * max(area, 1)
            for other, area in zip(kept, smaller, strict=True)
        ):
            kept.append(face)
    return sorted(kept, key=lambda face: (face.box.y, face.box.x))


def _grow(box: Box, factor: float) -> Box:
    width, height = box.width * factor, box.height * factor
    return Box(box.centre[0] - width / 2, box.centre[1] - height / 2, width, height)
