"""The values of a follow-up."""

from dataclasses import dataclass
from enum import StrEnum

from fer_desktop.analysis.drops import Drop
from fer_desktop.messages import Message
from fer_desktop.storage.values import MoodSeries, SessionSummary, StudentSummary
from fer_desktop.types import Event, FlagKind


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """A recorded lesson. `students`: none with class totals. `events`: in order."""

    summary: SessionSummary
    series: MoodSeries
    students: tuple[StudentSummary, ...] = ()
    events: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class LostMoment:
    """A moment at which the class was lost; at least one of `mood`, `people` and `flag` says why.

    `mood`: of the class, -1 to 1. `people`: how many were at their cameras. `flag`: the evidence of the class's flag.
    `notes`: what the teacher wrote around it, on the class.
    """

    second: int
    mood: Drop | None = None
    people: Drop | None = None
    flag: Message | None = None
    notes: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class Hint:
    """The flags of one kind of a student: how often it was raised, and for how many seconds it held in all."""

    flag: FlagKind
    times: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Talk:
    """A student to talk to, and why: the teacher's own notes, and hints of the flags."""

    student: int
    label: str
    notes: tuple[Event, ...]
    hints: tuple[Hint, ...]


class Gain(StrEnum):
    """What can be better than in the lesson before."""

    MOOD = "mood"
    ATTENTION = "attention"
    VISIBLE = "visible"
    CAMERAS = "cameras"
    STUDENTS = "students"
    NO_DROP = "no_drop"


@dataclass(frozen=True, slots=True)
class Improvement:
    """Mood -1 to 1, shares 0 to 1, numbers of students; of NO_DROP 0 both."""

    gain: Gain
    now: float
    before: float


class Comparison(StrEnum):
    """Whether the lesson can be compared with one before it."""

    COMPARED = "compared"
    SIMULATED = "simulated"
    NO_COURSE = "no_course"
    NO_EARLIER = "no_earlier"
    TOO_SHORT = "too_short"


@dataclass(frozen=True, slots=True)
class Progress:
    """`before`: the lesson with which it was compared; None without one."""

    comparison: Comparison
    before: SessionSummary | None = None
    better: tuple[Improvement, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class FollowUp:
    """Lost moments in order of time, talks in order of the students' numbers: neither is a ranking.

    `others`: how many more students had such hints. `recorded`: whether anything of the class was.
    """

    session: SessionSummary
    lost: tuple[LostMoment, ...]
    talks: tuple[Talk, ...]
    others: int
    progress: Progress
    recorded: bool
