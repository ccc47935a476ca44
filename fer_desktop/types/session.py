"""A session: its events, the seconds that are stored, what the live window shows, and the pipeline's state."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from fer_desktop.messages.message import Message
from fer_desktop.types.engagement import ClassMood, Flag, FlagKind, StudentSecond, StudentState
from fer_desktop.types.frames import FrameResult, Merge


class EventKind(StrEnum):
    """What can happen in a session besides its samples."""

    BOOKMARK = "bookmark"
    NOTE = "note"  # the teacher's, on a student or on the lesson
    FLAG_RAISED = "flag_raised"
    FLAG_CLEARED = "flag_cleared"
    FLAG_DISMISSED = "flag_dismissed"
    CAPTURE_LOST = "capture_lost"
    CAPTURE_BACK = "capture_back"
    PAUSED = "paused"
    RESUMED = "resumed"
    STUDENT_EXCLUDED = "student_excluded"
    STUDENT_INCLUDED = "student_included"
    FAULT = "fault"
    PICTURE_FROZEN = "picture_frozen"
    PICTURE_MOVING = "picture_moving"
    DISPLAY_LOST = "display_lost"
    DISPLAY_BACK = "display_back"
    SUSPENDED = "suspended"
    WOKEN = "woken"
    STALLED = "stalled"  # the program, or a part of it, stood still
    UNSTALLED = "unstalled"
    CLOCK_CHANGED = "clock_changed"  # the clock was set, or the time zone changed


ANNOTATIONS: Final = (EventKind.BOOKMARK, EventKind.NOTE)
"""What the teacher adds, and may change and delete afterwards."""

GAP_ENDS: Final[Mapping[EventKind, EventKind]] = MappingProxyType(
    {
        EventKind.PAUSED: EventKind.RESUMED,
        EventKind.CAPTURE_LOST: EventKind.CAPTURE_BACK,
        EventKind.DISPLAY_LOST: EventKind.DISPLAY_BACK,
        EventKind.PICTURE_FROZEN: EventKind.PICTURE_MOVING,
        EventKind.SUSPENDED: EventKind.WOKEN,
        EventKind.STALLED: EventKind.UNSTALLED,
    }
)
"""By the kind of event that begins a gap: the kind that ends it. No second of a gap is stored, or counts for anybody.
"""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened at a second of the session.

    `text`: the teacher's own words, of a note or a bookmark. `message`: a flag's evidence, why capture was lost, a
    fault. `id`: its row in the store, None before it is stored.
    """

    kind: EventKind
    second: int
    text: str = ""
    student: int | None = None
    flag: FlagKind | None = None
    message: Message | None = None
    id: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Erasure:
    """Nothing that was seen of the student from second `since` on may remain stored; from 0 on, nothing at all."""

    student: int
    since: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class SecondRecord:
    """Everything that is stored of one finished second.

    `names`: (student, name) where a name became known or changed.
    `corrections`: of what was stored up to this second, in order. What was stored of a merged student becomes that of
    the other; who turned out to be an excluded student is erased.
    """

    second: int
    mood: ClassMood
    students: tuple[StudentSecond, ...]
    events: tuple[Event, ...] = ()
    names: tuple[tuple[int, str], ...] = ()
    corrections: tuple[Merge | Erasure, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Observation:
    """The newest frame and the present state of the class: what the live window shows.

    `mood`: of the last finished second. `class_flags`: those of the class as a whole.
    """

    result: FrameResult
    second: int
    mood: ClassMood
    students: tuple[StudentState, ...]
    class_flags: tuple[Flag, ...] = ()


class PipelineState(StrEnum):
    """The life of a session. FAULTED is final."""

    STOPPED = "stopped"
    STARTING = "starting"
    RUNNING = "running"
    PAUSED = "paused"
    STOPPING = "stopping"
    FAULTED = "faulted"


@dataclass(frozen=True, slots=True)
class PipelineStats:
    """Counts since the start; rate and latency over the last frames. Latency: from capture to result."""

    frames_captured: int
    frames_analysed: int
    frames_dropped: int
    frames_per_second: float
    latency_p50_ms: float
    latency_p95_ms: float
