"""Lessons of a class of twenty, by what happens in them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np

from fer_desktop.follow_up.values import Lesson
from fer_desktop.messages import literal
from fer_desktop.storage.values import MoodSeries, SessionSummary, StudentSummary
from fer_desktop.types import EXPRESSIONS, Event, EventKind, FlagKind, Floats
from tests.evidence import CAMERA_OFF

STUDENTS = 20


def make_session(number: int = 2, *, seconds: int = 2400, **changes: object) -> SessionSummary:
    """A lesson of Physics, the later the higher its number."""
    began = datetime(2026, 11, 2, 9, 0, tzinfo=UTC) + timedelta(days=number)
    values: dict[str, object] = {
        "id": number,
        "started_at": began,
        "ended_at": began + timedelta(seconds=seconds),
        "seconds": seconds,
        "watched_seconds": seconds,
        "source": literal(""),
        "course": "Physics",
        "simulated": False,
        "expressions_on": True,
        "aggregate_only": False,
        "interrupted": False,
        "place": "IN",
        "model": "net 1",
        "students": STUDENTS,
        "mean_mood": None,
        "bookmarks": 0,
        "flags": 0,
    }
    return SessionSummary(**(values | changes))  # type: ignore[arg-type]  # the names are checked when it is made


def make_student(number: int, name: str | None = None) -> StudentSummary:
    return StudentSummary(
        student=number,
        name=name,
        label=name or f"Student {number}",
        first_second=0,
        last_second=2399,
        face_seconds=2000,
        person_seconds=2000,
        camera_on_seconds=2300,
        tile_seconds=2400,
        mean_probabilities=None,
        flags=0,
    )


def make_lesson(
    session: SessionSummary | None = None,
    *,
    mood: Floats | None = None,
    people: Floats | None = None,
    events: Sequence[Event] = (),
    named: Sequence[tuple[int, str]] = (),
    attention: float = np.nan,
) -> Lesson:
    """`mood`, `people`: second by second; an even mood and the whole class at their cameras where None."""
    session = session or make_session()
    there = np.full(session.seconds, STUDENTS, np.float32) if people is None else people
    feeling = np.zeros(session.seconds, np.float32) if mood is None else mood
    if not session.expressions_on:
        feeling = np.full(session.seconds, np.nan, np.float32)
    series = MoodSeries(
        seconds=np.arange(session.seconds),
        probabilities=np.full((session.seconds, len(EXPRESSIONS)), np.nan, np.float32),
        mood=feeling,
        faces=there.astype(np.int64),
        people=there,
        cameras_on=there.astype(np.int64),
        students=np.full(session.seconds, STUDENTS),
        attention=np.full(session.seconds, attention, np.float32),
    )
    names = dict(named)
    students = [] if session.aggregate_only else [make_student(n, names.get(n)) for n in range(1, STUDENTS + 1)]
    return Lesson(session, series, tuple(students), tuple(sorted(events, key=lambda event: event.second)))


def steps(*levels: float, length_s: int = 300) -> Floats:
    """A figure that stays at each level for `length_s`, in a lesson of eight such levels; the last one stays."""
    levels = levels + (levels[-1],) * (8 - len(levels))
    return np.repeat(np.asarray(levels, np.float32), length_s)


def raised(flag: FlagKind, student: int | None, second: int, *, until: int | None = None) -> list[Event]:
    """A flag, cleared at `until`; None: it holds to the end."""
    begin = Event(EventKind.FLAG_RAISED, second, "", student, flag, CAMERA_OFF)
    end = [] if until is None else [Event(EventKind.FLAG_CLEARED, until, "", student, flag)]
    return [begin, *end]


def dismissed(flag: FlagKind, student: int | None, second: int) -> Event:
    return Event(EventKind.FLAG_DISMISSED, second, "", student, flag)


def without_expressions(session: SessionSummary | None = None) -> SessionSummary:
    return replace(session or make_session(), expressions_on=False, place="DE", model="")
