"""The values that the store accepts and returns."""

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

import numpy as np
from numpy.typing import NDArray

from fer_desktop.messages import Message
from fer_desktop.types import ClockReading, Event, Floats, find_local_time

Seconds = NDArray[np.int64]
Counts = NDArray[np.int64]
Marks = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class NewSession:
    """What is known when a session begins. `model`: name and version of the expression model, "" without one."""

    started_at: datetime
    source: Message
    course: str = ""
    simulated: bool = False
    expressions_on: bool = True
    aggregate_only: bool = False
    place: str | None = None
    model: str = ""

    def __post_init__(self) -> None:
        if self.started_at.utcoffset() != timedelta(0):
            raise ValueError(f"started_at must be an aware UTC time; came {self.started_at!r}")


@dataclass(frozen=True, slots=True)
class KeptSeconds:
    """Of the `recorded` seconds of a session: how many are `stored` in the database, and `rescued` in rescue files."""

    recorded: int
    stored: int
    rescued: int


@dataclass(frozen=True, slots=True)
class StoredImport:
    """What became of an import. `session`: its number; None where the session is there already.

    `hidden`: it is, and its age hides it.
    """

    session: int | None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class StoredSettlement:
    """A student in view for `seconds` only, from `first_second` on, and joined with another, or dropped for None."""

    student: int
    joined_with: int | None
    first_second: int
    seconds: int


@dataclass(frozen=True, slots=True)
class SessionSummary:
    """A session in a list.

    `ended_at`: the end of its last recorded second; None while it is being recorded. `seconds`: its length.
    `watched_seconds`: the recorded ones, without pauses. `students`: how many were seen; with class totals, the most
    at one time. `interrupted`: it ended by a crash or a fault. `flags`: how many were raised. `mean_mood`: -1 to 1.
    `clock`: empty for sessions of versions that did not store it. `purged_at`: when its age hid it.
    """

    id: int
    started_at: datetime
    ended_at: datetime | None
    seconds: int
    watched_seconds: int
    source: Message
    course: str
    simulated: bool
    expressions_on: bool
    aggregate_only: bool
    interrupted: bool
    place: str | None
    model: str
    students: int
    mean_mood: float | None
    bookmarks: int
    flags: int
    clock: tuple[ClockReading, ...] = ()
    purged_at: datetime | None = None

    def local_time(self, second: float = 0, *, zone: tzinfo | None = None) -> datetime:
        """What the computer's clock showed at a second, with the UTC offset of that moment.

        `zone`: of sessions whose clock is not stored; by default that of this computer.
        """
        return find_local_time(self.started_at, self.clock, second, zone)


@dataclass(frozen=True, slots=True)
class SessionList:
    """The sessions of a database, the newest first.

    `hidden`: those that their age hides. `unreadable`: the numbers of those whose own row is damaged, hidden or not.
    """

    sessions: tuple[SessionSummary, ...]
    hidden: tuple[SessionSummary, ...]
    unreadable: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class MoodSeries:
    """The class over a session, a row for each recorded second.

    `probabilities`: (n, 7), `mood`: (n,), both NaN where no face was read. `attention`: (n,), the index, 0 to 1, NaN
    where it is unknown. The others are counts, (n,). `people`: who was there, whether or not their face was read; NaN
    in sessions of versions that did not look for people.
    """

    seconds: Seconds
    probabilities: Floats
    mood: Floats
    faces: Counts
    people: Floats
    cameras_on: Counts
    students: Counts
    attention: Floats


@dataclass(frozen=True, slots=True, eq=False)
class StudentSummary:
    """A student of a session. `mean_probabilities`: (7,), None if no face was read.

    `attention`: the mean index, 0 to 1, None if it was never known. `name`: as stored, None without one. `label`: how
    the student is shown, unique within the session. `first_second`, `last_second`: None if they have no samples.
    `person_seconds`: in which they were there, whether or not their face was read; None in sessions of versions that
    did not look for people.
    """

    student: int
    name: str | None
    label: str
    first_second: int | None
    last_second: int | None
    face_seconds: int
    person_seconds: int | None
    camera_on_seconds: int
    tile_seconds: int
    mean_probabilities: Floats | None
    flags: int
    attention: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class StudentSeries:
    """A student over a session, a row for each of their samples. `probabilities`: (n, 7), NaN where no face was read.

    `attention`: (n,), the index over the last ten seconds, 0 to 1, NaN where it is unknown. `person_seen`: (n,), 1 or
    0; NaN in sessions of versions that did not look for people.
    """

    seconds: Seconds
    face_found: Marks
    person_seen: Floats
    camera_on: Marks
    tile_seen: Marks
    probabilities: Floats
    attention: Floats


@dataclass(frozen=True, slots=True, eq=False)
class HeatGrid:
    """All students of a session by time: a row for each student, columns of `column_s` seconds from second 0 on.

    `students`: (n,) numbers, sorted if they come from the store. `recorded`: (columns,) recorded seconds. `tiles`,
    `cameras_on`, `people`, `faces`: (n, columns) seconds in which a tile, a camera that is on, the student, a face was
    seen; where nobody looked for people, all with the camera on count as people. `probabilities`:
    (n, columns, 7), `attention`: (n, columns), means, NaN where nothing was read.
    """

    students: Counts
    column_s: int
    recorded: Counts
    tiles: Counts
    cameras_on: Counts
    people: Counts
    faces: Counts
    probabilities: Floats
    attention: Floats


@dataclass(frozen=True, slots=True, eq=False)
class StoredLesson:
    """What is stored of one student in one lesson.

    `exclusions`: the events by which the teacher excluded and included them, in order. `recorded`: the lesson's
    recorded seconds; None where there are no exclusions, as only their number matters then.
    """

    session: SessionSummary
    student: StudentSummary
    exclusions: tuple[Event, ...]
    recorded: Seconds | None


@dataclass(frozen=True, slots=True, eq=False)
class StoredLessons:
    """The lessons of a course in which one student was found by name, the earliest first.

    `named`: whether a name is stored; without one they cannot be found in other lessons. `namesakes`: lessons that are
    omitted because two students have the name there; if that is the requested lesson, it is the only one listed.
    """

    lessons: tuple[StoredLesson, ...]
    named: bool
    namesakes: int
