"""The networks of the face detector, one set a thread, and the threads that share the work."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from fer_desktop.system.worker_threads import WorkerThreads
from fer_desktop.types import Box, FaceCues, Image
from fer_desktop.vision.faces.blazeface import BlazeFace, RawFace
from fer_desktop.vision.faces.eyes import EyeCheck
from fer_desktop.vision.faces.head_pose import measure_turn
from fer_desktop.vision.faces.presence import MIN_PRESENCE, PresenceCheck, is_coarse
from fer_desktop.vision.faces.readability import is_face_covered

MIN_FACE_PX: Final = 16
"""Smaller faces, and windows, are dropped."""


@dataclass(frozen=True, slots=True)
class FaceCheck:
    """`cues`: None where there is no face, where it is too small, and where cues are not read. `is_covered`: a mask."""

    presence: float
    cues: FaceCues | None = None
    is_covered: bool = False


@dataclass(frozen=True, slots=True)
class FaceWorker:
    """The networks of one thread. LiteRT releases Python's lock while it computes, so that threads run in parallel."""

    detector: BlazeFace
    presence: PresenceCheck
    eyes: EyeCheck | None

    def find(self, image: Image, window: Box) -> list[RawFace]:
        """The faces in a window, in pixels of the image."""
        patch, left, top = _cut(image, window)
        return _place_faces(self.detector.find(patch), left, top) if min(patch.shape[:2]) >= MIN_FACE_PX else []

    def find_in(self, image: Image, windows: Sequence[Box]) -> Sequence[list[RawFace]]:
        """The faces in each of one or two windows, in one run of the network."""
        return self.find_pair(image, *windows) if len(windows) == 2 else [self.find(image, *windows)]

    def find_pair(self, image: Image, first: Box, second: Box) -> tuple[list[RawFace], list[RawFace]]:
        """The faces in two windows; none where one is off the frame by now, as after a window was made smaller."""
        (one, *one_at), (other, *other_at) = _cut(image, first), _cut(image, second)
        if min(*one.shape[:2], *other.shape[:2]) < MIN_FACE_PX:
            return [], []
        in_one, in_other = self.detector.find_pair(one, other)
        return _place_faces(in_one, *one_at), _place_faces(in_other, *other_at)

    def check(self, image: Image, face: RawFace) -> FaceCheck:
        """Face presence and, where they are read, the cues."""
        mesh = self.presence.measure(image, face)
        if self.eyes is None or mesh.presence < MIN_PRESENCE or is_coarse(face.box):
            return FaceCheck(mesh.presence, is_covered=is_face_covered(image, face))
        yaw_deg, pitch_deg = measure_turn(mesh.points)
        cues = FaceCues(yaw_deg, pitch_deg, self.eyes.measure(image, mesh.points_px))
        return FaceCheck(mesh.presence, cues, is_face_covered(image, face))


_LEAST_LIVE_SEARCHES: Final = 3
"""Runs of a network, of a millisecond each, for which a thread is woken in a live call: it saves time by the clock and
costs processor time, which the call needs too."""


class WorkerPool(WorkerThreads[FaceWorker]):
    """A few threads with a worker each."""

    def __init__(self, workers: int, *, cues: bool, live: bool = False) -> None:
        made = [FaceWorker(BlazeFace(), PresenceCheck(), EyeCheck() if cues else None) for _ in range(workers)]
        super().__init__(made, name="faces", least=_LEAST_LIVE_SEARCHES if live else 1)

    def find(self, image: Image, windows: Sequence[Box]) -> list[list[RawFace]]:
        """The faces of each window, in pixels of the image."""
        return self.map(windows, lambda worker, window: worker.find(image, window))


def _cut(image: Image, window: Box) -> tuple[Image, int, int]:
    """The part of the image inside the window, and its left and top."""
    left, top, width, height = window.clipped(image.shape[1], image.shape[0]).rounded()
    return image[top : top + height, left : left + width], left, top


def _place_faces(faces: Sequence[RawFace], left: int, top: int) -> list[RawFace]:
    """Faces of a patch in pixels of the image, without those that are too small."""
    offset = np.array([left, top], np.float32)
    return [
        RawFace(face.box.shifted(left, top), face.score, face.keypoints_px + offset)
        for face in faces
        if min(face.box.width, face.box.height) >= MIN_FACE_PX
    ]
