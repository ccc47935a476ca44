"""Sums the frames of one second up, by student and for the class."""

from dataclasses import dataclass, field
from typing import Final

import numpy as np

from fer_desktop.engagement.merging import merge_records
from fer_desktop.types import (
    EXPRESSIONS,
    ClassMood,
    FaceCues,
    Floats,
    FrameResult,
    Merge,
    PresenceReading,
    StudentSecond,
    TilePresence,
)

_CLASSES: Final = len(EXPRESSIONS)
_MOST_SHOWN: Final = tuple(TilePresence)
"""From a face that is read to a tile that is not shown."""
_THERE: Final = (TilePresence.FACE, TilePresence.UNREADABLE)


@dataclass(slots=True)
class _Gathered:
    camera_on: bool = False
    person_seen: bool = False
    tile_seen: bool = False
    faces: int = 0
    readings: int = 0
    cues: FaceCues | None = None
    presence: PresenceReading | None = None
    probabilities: Floats = field(default_factory=lambda: np.zeros(_CLASSES, np.float32))

    def absorb(self, other: "_Gathered") -> None:
        """Adds what the frames of this second showed of the same student under another number."""
        self.camera_on |= other.camera_on
        self.person_seen |= other.person_seen
        self.tile_seen |= other.tile_seen
        self.faces += other.faces
        self.readings += other.readings
        self.cues = self.cues or other.cues
        self.presence = _choose(self.presence, other.presence)
        self.probabilities += other.probabilities


@dataclass(frozen=True, slots=True, eq=False)
class GatheredSecond:
    """A student in one second; the sample has no attention yet. `cues`: the newest; None where none were read.

    `presence`: of the tile in the frame that showed most of the student; None without a tile.
    """

    sample: StudentSecond
    cues: FaceCues | None
    presence: PresenceReading | None


class SecondGatherer:
    """Takes the frames of one second; `finish` returns its samples."""

    def __init__(self) -> None:
        self._students: dict[int, _Gathered] = {}

    def add(self, result: FrameResult) -> None:
        """Adds a frame of the current second."""
        for reading in result.tiles:
            if reading.student is not None:
                gathered = self._students.setdefault(reading.student, _Gathered())
                gathered.tile_seen = True
                gathered.camera_on |= reading.tile.camera_on
                gathered.person_seen |= reading.presence.presence in _THERE
                gathered.presence = _choose(gathered.presence, reading.presence)
        for face in result.faces:
            if face.student is None:
                continue
            gathered = self._students.setdefault(face.student, _Gathered())
            gathered.faces += face.face.unreadable is None
            # A face proves that the camera is on, also where the tile looked like a plain card.
            gathered.person_seen = gathered.camera_on = gathered.tile_seen = True
            if face.probabilities is not None:
                gathered.probabilities += face.probabilities
                gathered.readings += 1
            gathered.cues = face.face.cues or gathered.cues

    def merge(self, merge: Merge) -> None:
        """Joins what this second has of two numbers."""
        merge_records(self._students, merge)

    def finish(self) -> tuple[GatheredSecond, ...]:
        """The students of the second, sorted by number. The next frame begins another second."""
        students = tuple(
            GatheredSecond(_sum_up(student, gathered), gathered.cues, gathered.presence)
            for student, gathered in sorted(self._students.items())
        )
        self._students.clear()
        return students


def _choose(one: PresenceReading | None, other: PresenceReading | None) -> PresenceReading | None:
    """The reading that shows more of the student; of two alike the newer one."""
    if one is None or other is None:
        return one or other
    return other if _MOST_SHOWN.index(other.presence) <= _MOST_SHOWN.index(one.presence) else one


def _sum_up(student: int, gathered: _Gathered) -> StudentSecond:
    is_read = gathered.faces > 0
    return StudentSecond(
        student=student,
        face_found=is_read,
        person_seen=gathered.person_seen,
        camera_on=gathered.camera_on,
        tile_seen=gathered.tile_seen,
        probabilities=gathered.probabilities / gathered.readings if gathered.readings else None,
        unreadable=None if is_read or gathered.presence is None else gathered.presence.reason,
    )


def sum_up_class(second: int, students: tuple[StudentSecond, ...], *, min_group_size: int = 1) -> ClassMood:
    """The class in one second: every student counts the same, however often their face was read.

    `min_group_size`: where fewer students than that were read the class has no probabilities, and where fewer have an
    attention none of that, however many faces were found.
    """
    least = max(1, min_group_size)
    read = [student.probabilities for student in students if student.probabilities is not None]
    attention = [student.attention for student in students if student.attention is not None]
    return ClassMood(
        second=second,
        probabilities=np.mean(read, axis=0, dtype=np.float32) if len(read) >= least else None,
        faces=sum(student.face_found for student in students),
        people=sum(student.person_seen for student in students),
        cameras_on=sum(student.camera_on for student in students),
        students=len(students),
        attention=float(np.mean(attention)) if len(attention) >= least else None,
    )
