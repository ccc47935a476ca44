"""Follows faces that no tile identifies, by their position: untiled faces, and second faces in a tile."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from fer_desktop.types import Box, FaceDetection, Merge
from fer_desktop.vision.identity.config import TrackerConfig
from fer_desktop.vision.identity.last_layout import LastLayout
from fer_desktop.vision.identity.matching import assign
from fer_desktop.vision.identity.newcomers import Newcomers
from fer_desktop.vision.identity.student import Student, merge_tracks


class FaceTracks:
    """The students who are known by the position of their face."""

    def __init__(self, newcomers: Newcomers, numbers: Iterator[int], config: TrackerConfig) -> None:
        """`numbers`: the next student number, shared with the students who have tiles."""
        self._newcomers = newcomers
        self._numbers = numbers
        self._config = config
        self._students: list[Student] = []

    @property
    def students(self) -> tuple[Student, ...]:
        """Everyone followed by position so far."""
        return tuple(self._students)

    def identify(self, faces: Sequence[FaceDetection], tiled: Sequence[Student], frame: int) -> list[int | None]:
        """One student number a face; None until a newcomer is confirmed, and for a face that may be anybody's.

        `tiled`: the students who have had tiles.
        """
        layout = LastLayout(tiled, frame, self._config)
        anybodys = [layout.may_be_anybodys(face, alone=len(faces) == 1) for face in faces]
        numbers: list[int | None] = []
        for face, match, is_anybodys in zip(faces, self._match(faces, layout, anybodys), anybodys, strict=True):
            student = match or (None if is_anybodys else self._add_newcomer(face, frame))
            if student is not None:
                student.see(face.box, frame)
            numbers.append(None if student is None else student.number)
        return numbers

    def merge(self, merge: Merge) -> None:
        """Applies a merge, given in current numbers."""
        self._students = merge_tracks(self._students, merge)

    def _match(
        self, faces: Sequence[FaceDetection], layout: LastLayout, anybodys: Sequence[bool]
    ) -> list[Student | None]:
        """One track a face: of those seen since the newest tiles, or of a student who had one of these; else an older
        one.
        """
        tracks = [track for track in self._students if not layout.has_replaced(track)]
        followed = {track.number for track in tracks if track.recalled}
        newest = [_Place.of_track(track) for track in tracks if layout.is_since(track)]
        newest += [_Place.in_tile(each) for each in layout.list_missing(followed, alone=len(faces) == 1)]
        matches = self._assign(faces, newest)
        older = [_Place.of_track(track) for track in tracks if not layout.is_since(track)]
        rest = [row for row, match in enumerate(matches) if match is None and not anybodys[row]]
        for row, match in zip(rest, self._assign([faces[row] for row in rest], older), strict=True):
            matches[row] = match
        return [None if match is None else self._find_track(match, faces[row]) for row, match in enumerate(matches)]

    def _assign(self, faces: Sequence[FaceDetection], places: Sequence["_Place"]) -> list["_Place | None"]:
        if not faces or not places:
            return [None] * len(faces)
        costs = np.array([[place.measure_shift(face, self._config) for place in places] for face in faces])
        return assign(costs, places, self._config.max_face_shift)

    def _find_track(self, place: "_Place", face: FaceDetection) -> Student:
        """The track that is continued at the place: a student who had a tile there keeps their number."""
        if place.track is not None:
            return place.track
        known = next((track for track in self._students if track.number == place.number), None)
        return known or self._add(Student(place.number, face.box, recalled=True))

    def _add_newcomer(self, face: FaceDetection, frame: int) -> Student | None:
        frames = self._config.confirm_frames if face.tile is None else self._config.confirm_frames_beside
        if not self._newcomers.is_confirmed(face.box, frames):
            return None
        return self._add(Student(next(self._numbers), face.box, first_frame=frame))

    def _add(self, student: Student) -> Student:
        self._students.append(student)
        return student


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a student's face is expected. `track`: the one that ends here; None of a student whose tile was here.

    `box`: of the face, or of the whole tile where no face was found in it.
    """

    number: int
    box: Box
    track: Student | None = None
    is_tile: bool = False

    @staticmethod
    def of_track(track: Student) -> "_Place":
        """Where the track ends."""
        return _Place(track.number, track.box, track)

    @staticmethod
    def in_tile(student: Student) -> "_Place":
        """Where the student's tile was."""
        face = student.expected_face
        return _Place(student.number, face or student.box, is_tile=face is None)

    def measure_shift(self, face: FaceDetection, config: TrackerConfig) -> float:
        """How far from here the face is, in face widths; infinite for another face."""
        had_tile = self.track is None or self.track.recalled
        if face.tile is not None and had_tile:
            return math.inf  # a second face in a tile is not that of a student with a tile of their own
        if self.is_tile:
            return config.max_face_shift if _holds(self.box, face.box) else math.inf
        width = max(self.box.width, 1)
        if not 1 / config.max_face_growth < face.box.width / width < config.max_face_growth:
            return math.inf
        return math.dist(self.box.centre, face.box.centre) / width


def _holds(tile: Box, face: Box) -> bool:
    return tile.x <= face.x and tile.y <= face.y and face.right <= tile.right and face.bottom <= tile.bottom
