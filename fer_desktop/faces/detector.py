"""MediaPipe inside tiles; where there are no tiles, a survey of the picture that is then followed."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final, TypeVar

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
_MAX_WORKERS: Final = 4

In = TypeVar("In")
Out = TypeVar("Out")


@dataclass(frozen=True, slots=True)
class _Worker:
    """The networks of one thread: LiteRT's interpreters are for one at a time, but let others run meanwhile."""

    detector: BlazeFace
    presence: PresenceCheck


@dataclass(slots=True)
class _Verified:
    box: Box
    score: float
    presence: float
    frames_left: int


class MediaPipeFaceDetector:
    """A `FaceDetector` over a few threads of its own; called by one thread.

    Remembers which faces it has verified and, without tiles, where to look.
    """

    def __init__(self, *, workers: int | None = None) -> None:
        count = workers or min(_MAX_WORKERS, os.cpu_count() or 1)
        self._workers = [_Worker(BlazeFace(), PresenceCheck()) for _ in range(count)]
        # The threads end with this object: an executor that nobody refers to lets go of them.
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="faces")
        self._verified: list[_Verified] = []
        self._checks = 0
        self._followed: list[Box] = []
        self._frames_to_survey = 0

    def detect(self, image: Image, tiles: Sequence[Tile], skip: frozenset[int] = frozenset()) -> list[FaceDetection]:
        """Verified faces, in the tiles' order. A face lies in the tile that it was found in."""
        if tiles:
            self._frames_to_survey = 0
            looked_at = [index for index in range(len(tiles)) if index not in skip]
            found = self._find(image, [tiles[index].box for index in looked_at])
            raw = [(face, index) for index, faces in zip(looked_at, found, strict=True) for face in faces]
            faces = self._keep_verified(image, raw)
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
        raw = [(face, None) for faces in self._find(image, windows) for face in faces]
        faces = _keep_best(self._keep_verified(image, raw))
        self._followed = [_grow(face.box, _FOLLOW_GROWTH).clipped(width, height) for face in faces]
        return faces

    def _find(self, image: Image, windows: Sequence[Box]) -> list[list[RawFace]]:
        """The faces of each window, in pixels of the image."""
        return self._share_out(windows, lambda worker, window: _find_in(worker.detector, image, window))

    def _keep_verified(self, image: Image, raw: Sequence[tuple[RawFace, int | None]]) -> list[FaceDetection]:
        presences = [self._recall(face) for face, _ in raw]
        unknown = [index for index, presence in enumerate(presences) if presence is None]
        measured = self._share_out(unknown, lambda worker, index: worker.presence.measure(image, raw[index][0]))
        for index, presence in zip(unknown, measured, strict=True):
            presences[index] = presence
            if presence >= MIN_PRESENCE:
                self._trust(raw[index][0], presence)
        return [
            FaceDetection(face.box, face.score, presence, face.keypoints_px, tile)
            for (face, tile), presence in zip(raw, presences, strict=True)
            if presence is not None and presence >= MIN_PRESENCE
        ]

    def _share_out(self, items: Sequence[In], work: Callable[[_Worker, In], Out]) -> list[Out]:
        """`work` on every item, in the items' order, over the workers."""
        count = len(self._workers)

        def work_through(number: int) -> list[Out]:
            return [work(self._workers[number], item) for item in items[number::count]]

        results: list[Out | None] = [None] * len(items)
        for number, part in enumerate(self._threads.map(work_through, range(count))):
            results[number::count] = part
        return results  # type: ignore[return-value]  # every place is filled by one worker

    def _recall(self, face: RawFace) -> float | None:
        for known in self._verified:
            if known.box.iou(face.box) > _SAME_PLACE and face.score > known.score - _TRUST_SCORE:
                known.box = face.box
                return known.presence
        return None

    def _trust(self, face: RawFace, presence: float) -> None:
        """Staggered, so that the checks of a whole class do not fall into one frame again and again."""
        self._checks += 1
        frames = _TRUST_FRAMES + self._checks % _TRUST_FRAMES
        self._verified.append(_Verified(face.box, face.score, presence, frames))

    def _forget(self) -> None:
        for known in self._verified:
            known.frames_left -= 1
        self._verified = [known for known in self._verified if known.frames_left > 0]


def _find_in(detector: BlazeFace, image: Image, window: Box) -> list[RawFace]:
    left, top, width, height = window.clipped(image.shape[1], image.shape[0]).rounded()
    if width < _MIN_FACE_PX or height < _MIN_FACE_PX:
        return []
    offset = np.array([left, top], np.float32)
    return [
        RawFace(face.box.shifted(left, top), face.score, face.keypoints_px + offset)
        for face in detector.find(image[top : top + height, left : left + width])
        if min(face.box.width, face.box.height) >= _MIN_FACE_PX
    ]


def _keep_best(faces: list[FaceDetection]) -> list[FaceDetection]:
    """Windows overlap: of detections that share a place the likeliest is kept."""
    kept: list[FaceDetection] = []
    for face in sorted(faces, key=lambda face: face.score, reverse=True):
        if all(_shared_part(face.box, other.box) < _SAME_PLACE for other in kept):
            kept.append(face)
    return sorted(kept, key=lambda face: (face.box.y, face.box.x))


def _shared_part(a: Box, b: Box) -> float:
    """The part of the smaller box that lies in the other."""
    return a.intersection_area(b) / max(min(a.area, b.area), 1)


def _grow(box: Box, factor: float) -> Box:
    width, height = box.width * factor, box.height * factor
    return Box(box.centre[0] - width / 2, box.centre[1] - height / 2, width, height)
