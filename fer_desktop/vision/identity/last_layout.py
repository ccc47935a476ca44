"""The newest tiles, as far as a face that is seen outside of any tile may be of one of them."""

from collections.abc import Collection, Sequence

import numpy as np

from fer_desktop.types import FaceDetection
from fer_desktop.vision.identity.config import TrackerConfig
from fer_desktop.vision.identity.student import Student


class LastLayout:
    """Whose the newest tiles were: of this frame, or of the last one that had any."""

    def __init__(self, tiled: Sequence[Student], frame: int, config: TrackerConfig) -> None:
        """`tiled`: the students who have had tiles. `frame`: the present one."""
        self._config = config
        self._is_class = len(tiled) >= config.speaker_students
        self._last_tiles = {student.number: student.last_frame for student in tiled}
        newest = max(self._last_tiles.values(), default=0)
        self._first_frame = newest - config.recall_frames
        self._lost_frames = frame - newest
        self._students = [student for student in tiled if student.last_frame >= self._first_frame]

    def is_since(self, track: Student) -> bool:
        """Whether the face was seen since, or shortly before."""
        return track.last_frame >= self._first_frame

    def has_replaced(self, track: Student) -> bool:
        """Whether the student of a recalled track has had a tile since: the face is no longer to be expected there."""
        return track.recalled and self._last_tiles.get(track.number, -1) > track.last_frame

    def list_missing(self, followed: Collection[int], *, alone: bool) -> list[Student]:
        """The students who may be seen where their tile was: not shown, and not `followed` by their face since.

        `alone`: a single face is seen. It is whoever speaks, unless it soon is where the only face was before.
        """
        missing = [each for each in self._students if not each.shown and each.number not in followed]
        if self._may_speak(alone=alone):
            had_faces = [each for each in self._students if each.face is not None]
            is_soon = self._lost_frames <= self._config.recall_frames
            missing = [each for each in missing if is_soon and len(had_faces) == 1 and had_faces[0] is each]
        return [each for each in missing if self._has_present_size(each)]

    def may_be_anybodys(self, face: FaceDetection, *, alone: bool) -> bool:
        """Whether an untiled face that is none of those expected is shown large, as who speaks or a film is."""
        if face.tile is not None or not self._is_class:
            return False
        known = [place.width for each in self._students if (place := each.expected_face) is not None]
        is_large = bool(known) and face.box.width > self._config.max_face_growth * float(np.median(known))
        return is_large or self._may_speak(alone=alone)

    def _may_speak(self, *, alone: bool) -> bool:
        """Whether a face alone may be anybody who speaks: not where one or two students had tiles."""
        return alone and self._lost_frames > 0 and self._is_class

    def _has_present_size(self, student: Student) -> bool:
        """Whether the student's tile was of the size of those that are shown now, if there are any."""
        shown = [each.box.width for each in self._students if each.shown]
        ratio = student.box.width / float(np.median(shown)) if shown else 1.0
        return 1 / self._config.same_tile_size < ratio < self._config.same_tile_size
