"""Follows faces that no tile identifies, by their position: untiled faces, and second faces in a tile."""

from collections.abc import Iterator, Sequence

import numpy as np

from fer_desktop.types import Box, FaceDetection, Merge
from fer_desktop.vision.identity.config import TrackerConfig
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
        """One student number a face; None until a newcomer is confirmed. `tiled`: the students who have had tiles."""
        numbers: list[int | None] = []
        for face, match in zip(faces, self._match_by_position(faces), strict=True):
            student = match or self._recall_tiled(face.box, tiled) or self._add_newcomer(face, frame)
            if student is not None:
                student.see(face.box, frame)
            numbers.append(None if student is None else student.number)
        return numbers

    def merge(self, merge: Merge) -> None:
        """Applies a merge, given in current numbers."""
        self._students = merge_tracks(self._students, merge)

    def _match_by_position(self, faces: Sequence[FaceDetection]) -> list[Student | None]:
        if not faces or not self._students:
            return [None] * len(faces)
        centres = np.array([student.box.centre for student in self._students])
        widths = np.array([max(student.box.width, 1) for student in self._students])
        costs = np.array([np.hypot(*(centres - np.array(face.box.centre)).T) / widths for face in faces])
        return assign(costs, self._students, self._config.max_face_shift)

    def _recall_tiled(self, box: Box, tiled: Sequence[Student]) -> Student | None:
        """The student whose tile was here until the layout was lost: they keep their number."""
        followed = {student.number for student in self._students}
        for student in tiled:
            if not student.shown and student.number not in followed and student.box.contains(*box.centre):
                return self._add(Student(student.number, box))
        return None

    def _add_newcomer(self, face: FaceDetection, frame: int) -> Student | None:
        frames = self._config.confirm_frames if face.tile is None else self._config.confirm_frames_beside
        if not self._newcomers.is_confirmed(face.box, frames):
            return None
        return self._add(Student(next(self._numbers), face.box, first_frame=frame))

    def _add(self, student: Student) -> Student:
        self._students.append(student)
        return student
