"""What goes into the store and what comes out of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from fer_desktop.types import Floats

Seconds = NDArray[np.int64]
Counts = NDArray[np.int64]
Marks = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class NewSession:
    """What is known when a session begins. `model`: name and version of the expression model, "" without one."""

    started_at: datetime
    source: str
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
class SessionSummary:
    """A session in a list.

    `ended_at`: the end of its last recorded second; None while it is still being recorded.
    `seconds`: its length. `students`: how many were seen, in an aggregate-only session the most at one time.
    `interrupted`: it ended by a crash or a fault. `flags`: how often one was raised. `mean_mood`: -1 to 1.
    """

    id: int
    started_at: datetime
    ended_at: datetime | None
    seconds: int
    source: str
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


@dataclass(frozen=True, slots=True, eq=False)
class MoodSeries:
    """The class through a session, a row a recorded second: gaps are seconds that were not recorded.

    `probabilities`: (n, 7), `mood`: (n,), both NaN where no face was read. The others count, (n,).
    """

    seconds: Seconds
    probabilities: Floats
    mood: Floats
    faces: Counts
    cameras_on: Counts
    students: Counts


@dataclass(frozen=True, slots=True, eq=False)
class StudentSummary:
    """A student of a session. `mean_probabilities`: (7,), None where no face was read.

    `name`: as stored, None without one. `label`: what they are called, apart from all others of the session.
    `first_second`, `last_second`: None where only the name is stored, as nothing was seen of them.
    """

    student: int
    name: str | None
    label: str
    first_second: int | None
    last_second: int | None
    face_seconds: int
    camera_on_seconds: int
    tile_seconds: int
    mean_probabilities: Floats | None
    flags: int


@dataclass(frozen=True, slots=True, eq=False)
class StudentSeries:
    """A student through a session, a row a recorded second. `probabilities`: (n, 7), NaN where no face was read."""

    seconds: Seconds
    face_found: Marks
    camera_on: Marks
    tile_seen: Marks
    probabilities: Floats
