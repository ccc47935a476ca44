"""The state of the students and of the class: presence, attention, mood, flags."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from fer_desktop.messages.message import Message
from fer_desktop.types.arrays import Floats
from fer_desktop.types.expressions import Expression, mood_of
from fer_desktop.types.presence import UnreadableReason

MIN_GROUP_SIZE: Final = 5
"""In a session of class totals, mood and attention are shown and stored for groups of this many or more only."""


class FlagKind(StrEnum):
    """Why a student may need attention. Never from fear or sadness alone: a classifier misreads both too often."""

    AWAY = "away"
    CAMERA_OFF = "camera_off"
    NEGATIVE = "negative"
    DROWSY = "drowsy"
    CLASS_DROP = "class_drop"  # of the class as a whole


EXPRESSION_FLAGS: Final = (FlagKind.NEGATIVE, FlagKind.DROWSY, FlagKind.CLASS_DROP)
"""What is read from expressions; the others are of presence."""


@dataclass(frozen=True, slots=True)
class Flag:
    """A hint that a student may need attention, since when (session seconds), and its evidence.

    `student`: None where it is the class as a whole.
    """

    kind: FlagKind
    student: int | None
    since_second: int
    evidence: Message


class AttentionLevel(StrEnum):
    """The concentration index in three levels (docs/adr/0008-attention-index-and-flags.md)."""

    HIGH = "high"
    MIDDLE = "middle"
    LOW = "low"


HIGH_ATTENTION, LOW_ATTENTION = 0.65, 0.25
"""The cut-offs of Sharma et al. (arXiv 1909.12913) on the index, 0 to 1: high above the first, low below the second."""


def attention_level(index: float) -> AttentionLevel:
    """The level of an index from 0 to 1."""
    if index > HIGH_ATTENTION:
        return AttentionLevel.HIGH
    return AttentionLevel.LOW if index < LOW_ATTENTION else AttentionLevel.MIDDLE


class Presence(StrEnum):
    """How a student appears in the call window now."""

    VISIBLE = "visible"  # a face was found that can be read
    UNREADABLE = "unreadable"  # a person is there whose face cannot be read: turned, masked, ...
    EMPTY = "empty"  # the camera is on and shows nobody
    CAMERA_OFF = "camera_off"
    OUT_OF_VIEW = "out_of_view"  # not shown, without evidence of having left
    AWAY = "away"  # no tile


@dataclass(frozen=True, slots=True)
class StudentState:
    """One student as the live window shows them.

    `since_second`: of the presence; `missed_s`: the seconds since then that were not watched. `reason`: why the face of
    a student who is there cannot be read, where it is known. `evidence`: what the presence rests on; None without a
    tile. `expression`, with its probability `confidence`, is smoothed over the last seconds; None where expressions are
    off, no face was read, or the readings are too unsure. `attention` likewise, and where no landmarks were read.
    """

    student: int
    label: str
    presence: Presence
    since_second: int
    expression: Expression | None
    confidence: float
    flags: tuple[Flag, ...] = ()
    excluded: bool = False
    attention: AttentionLevel | None = None
    reason: UnreadableReason | None = None
    evidence: Message | None = None
    missed_s: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class ClassMood:
    """The class in one second.

    `probabilities`: (7,) mean over the students whose face was read; None without any. Counts: `faces` that were read,
    `people` who were there, with a face that was read or not, `cameras_on` and `students`. `attention`: mean
    concentration index, 0 to 1, over the students who have one; None without.
    """

    second: int
    probabilities: Floats | None
    faces: int
    people: int
    cameras_on: int
    students: int
    attention: float | None = None

    @property
    def mood(self) -> float | None:
        """-1 to 1, as of `mood_of`; None without probabilities."""
        if self.probabilities is None:
            return None
        return float(mood_of(self.probabilities))


@dataclass(frozen=True, slots=True, eq=False)
class StudentSecond:
    """One student in one second, as it is stored.

    `face_found`: one that can be read, in any frame. `person_seen`: the student, whether or not a face was read;
    `unreadable`: why none was, where that is known. `tile_seen`: also set by a face without a tile. `probabilities`:
    (7,) mean over the second's readings; None where no face was read. `attention`: concentration index, 0 to 1; None
    where it is unknown.
    """

    student: int
    face_found: bool
    person_seen: bool
    camera_on: bool
    tile_seen: bool
    probabilities: Floats | None
    attention: float | None = None
    unreadable: UnreadableReason | None = None
