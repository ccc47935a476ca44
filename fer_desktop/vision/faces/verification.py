"""Verifies detections by the landmark model, whose verdict holds for a while where the detection stays."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from fer_desktop.types import FaceDetection, Image
from fer_desktop.vision.faces.blazeface import RawFace
from fer_desktop.vision.faces.pairs import KnownFace, find_near
from fer_desktop.vision.faces.presence import MIN_PRESENCE, is_coarse
from fer_desktop.vision.faces.readability import find_unreadable
from fer_desktop.vision.faces.workers import FaceCheck, WorkerPool

_LEAST_LIVE_CHECKS: Final = 4
"""Of a thread: a live frame has few, which cost more processor time on two threads than they save by the clock."""


@dataclass(frozen=True, slots=True)
class _Config:
    """When a detection is a face. Scores are the detector's, 0 to 1."""

    trust_frames: int = 10
    """A face that stays where it was is not checked again for this many frames: two seconds at five frames a second.
    Cues are read in the frames in which the face is checked, and in no other."""
    live_trust_frames: int = 6
    """Of a live call, in which a face is checked when it is detected next after that: every second or third look."""
    reject_frames: int = 5
    """What was no face, as the back of a head, is not checked again for so many, while it stays where it was..."""
    clearer_score: float = 0.1
    """...and the detector's score rises by less than this."""
    min_coarse_score: float = 0.78
    """The landmark model fails on small faces that a call has compressed hard, which the detector still finds reliably:
    of 1,828 detections in tiles of rendered scenes two were false, scored below .57, and 29 faces had no presence."""
    tiny_face_px: int = 30
    min_only_score: float = 0.73
    """Of the best detection in a tile without a verified face. Lower, the backs of heads that turn away are faces..."""
    min_only_tiny_score: float = 0.6
    """...but for tiny ones."""


_CONFIG: Final = _Config()


@dataclass(slots=True)
class _CheckedFace:
    """A detection that was checked. `frames_left`: until it is checked again, when it is detected next; where a face is
    looked for is known still after that.
    """

    face: KnownFace
    check: FaceCheck
    frames_left: int

    @property
    def is_due(self) -> bool:
        return self.frames_left <= 0


class Verifier:
    """Decides which detections are faces. Frames come in order; `end_frame` closes each."""

    def __init__(self, pool: WorkerPool, *, live: bool = False) -> None:
        self._pool = pool
        self._least_checks = _LEAST_LIVE_CHECKS if live else None
        self._trust_frames = _CONFIG.live_trust_frames if live else _CONFIG.trust_frames
        self._trusted: list[_CheckedFace] = []
        self._rejected: list[_CheckedFace] = []
        self._trusted_so_far = 0

    @property
    def known_faces(self) -> list[KnownFace]:
        """The faces that are trusted at the moment, and those that are due to be checked again."""
        return [trusted.face for trusted in self._trusted]

    @property
    def rejected(self) -> list[KnownFace]:
        """The detections that were no faces when they were checked lately."""
        return [rejected.face for rejected in self._rejected]

    def verify(self, image: Image, detections: Sequence[tuple[RawFace, int | None]]) -> list[FaceDetection]:
        """Those detections that are faces, in their order. Each comes with the index of its tile."""
        checks = self._check_all(image, [face for face, _ in detections])
        found = [
            FaceDetection(
                face.box,
                face.score,
                check.presence,
                face.keypoints_px,
                tile,
                check.cues,
                find_unreadable(face, check.presence, is_covered=check.is_covered),
            )
            for (face, tile), check in zip(detections, checks, strict=True)
        ]
        kept = [index for index, face in enumerate(found) if _is_face(face)]
        kept += _find_only_faces(found, {found[index].tile for index in kept})
        return [found[index] for index in sorted(kept)]

    def end_frame(self) -> None:
        """Lets each verdict hold for a frame less, and forgets the faces that were due for long."""
        for checked in (*self._trusted, *self._rejected):
            checked.frames_left -= 1
        self._rejected = [rejected for rejected in self._rejected if not rejected.is_due]
        self._trusted = [trusted for trusted in self._trusted if trusted.frames_left > -self._trust_frames]

    def _check_all(self, image: Image, faces: Sequence[RawFace]) -> list[FaceCheck]:
        """Checks the detections on which no verdict holds, and remembers the new ones."""
        recalled = [
            self._recall(face, [self._trusted[index] for index in near]) or self._recall_rejected(face)
            for face, near in zip(faces, find_near([known.face for known in self._trusted], faces), strict=True)
        ]
        unknown = [index for index, check in enumerate(recalled) if check is None]
        measured = self._pool.map(
            unknown, lambda worker, index: worker.check(image, faces[index]), least=self._least_checks
        )
        by_index = dict(zip(unknown, measured, strict=True))
        for index, check in by_index.items():
            if _passes(faces[index], check.presence):
                self._trust(faces[index], check)
            else:
                self._reject(faces[index], check)
        return [check if check is not None else by_index[index] for index, check in enumerate(recalled)]

    def _recall(self, face: RawFace, near: Sequence[_CheckedFace]) -> FaceCheck | None:
        """The earlier check of a trusted face, one of those near this one, which is followed to where it is now."""
        for trusted in near:
            if not trusted.is_due and trusted.face.is_met_by(face):
                trusted.face = replace(trusted.face, box=face.box)
                return replace(trusted.check, cues=None)
        return None

    def _recall_rejected(self, face: RawFace) -> FaceCheck | None:
        """The earlier check of what was no face, where this is still that."""
        for rejected in self._rejected:
            known = rejected.face
            is_clearer = face.score >= known.score + _CONFIG.clearer_score
            if not is_clearer and known.may_meet(face) and known.is_met_by(face):
                return replace(rejected.check, cues=None)
        return None

    def _reject(self, face: RawFace, check: FaceCheck) -> None:
        self._rejected.append(_CheckedFace(KnownFace(face.box, face.score), check, _CONFIG.reject_frames))

    def _trust(self, face: RawFace, check: FaceCheck) -> None:
        """Staggered, so that the checks of a whole class do not fall into one frame again and again."""
        self._trusted = [known for known in self._trusted if not (known.is_due and known.face.may_meet(face))]
        self._trusted_so_far += 1
        frames = self._trust_frames + self._trusted_so_far % self._trust_frames
        self._trusted.append(_CheckedFace(KnownFace(face.box, face.score), check, frames))


def _passes(face: RawFace | FaceDetection, presence: float) -> bool:
    if is_coarse(face.box) and face.score >= _CONFIG.min_coarse_score:
        return True
    return presence >= MIN_PRESENCE


def _is_face(face: FaceDetection) -> bool:
    return _passes(face, face.presence)


def _find_only_faces(found: Sequence[FaceDetection], filled: set[int | None]) -> list[int]:
    """In tiles without a verified face: the best coarse detection, which the landmark model cannot judge."""
    best: dict[int, int] = {}
    for index, face in enumerate(found):
        if face.tile is None or face.tile in filled or not is_coarse(face.box):
            continue
        is_tiny = max(face.box.width, face.box.height) < _CONFIG.tiny_face_px
        if face.score < (_CONFIG.min_only_tiny_score if is_tiny else _CONFIG.min_only_score):
            continue
        if face.tile not in best or face.score > found[best[face.tile]].score:
            best[face.tile] = index
    return list(best.values())
