"""Stores an exported lesson under the rules of this computer, as if it had been recorded here."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import numpy as np

from fer_desktop.errors import DataError
from fer_desktop.messages import Message, MessageKey, literal
from fer_desktop.policy.expressions import decide_expressions
from fer_desktop.report.json_import import ImportedLesson, ImportedSession, MoodCells, SampleCells, read_lesson
from fer_desktop.settings import Settings
from fer_desktop.storage.clock_rows import make_clock_row
from fer_desktop.storage.entries import Entry
from fer_desktop.storage.rows import RowMaker
from fer_desktop.storage.store import Store
from fer_desktop.storage.values import NewSession
from fer_desktop.types import MIN_GROUP_SIZE, ClassMood, ClockReading, Floats, SecondRecord, StudentSecond

_CLOCKS_APART: Final = timedelta(minutes=1)
"""So much the clocks of two computers may differ."""
_NOT_READ: Final = (None, None, None, None, None, None, None, None)
"""The mood and the expressions of a class of whom too few were read."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file. `session`: the lesson's number; None where it was there already.

    `hidden`: it was there already, and its age hides it until it is restored. `left_out`: what the rules of this
    computer kept out of the database, a message each.
    """

    session: int | None
    left_out: tuple[Message, ...] = ()
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class _Rules:
    """What may be stored of a lesson."""

    expressions: bool
    students: bool
    names: bool


def import_lesson(store: Store, path: Path, settings: Settings, *, now: datetime | None = None) -> Imported:
    """Stores the lesson of a file, once: all of it or nothing. `now`: the clock by default.

    Expressions are stored where the law of the lesson's place allows them, students and names where the settings do.
    Raises `DataError` for a file that is no whole lesson, or one that the settings would delete at once;
    `StorageError`.
    """
    lesson = read_lesson(path)
    _require_storable_time(path, lesson.session.started_at, settings, now or datetime.now(UTC))
    rules = _decide(lesson.session, settings)
    session = _make_session(lesson.session, rules)
    maker = RowMaker(aggregate_only=session.aggregate_only, expressions_on=session.expressions_on)
    entries = _make_entries(lesson, maker, names=rules.names)
    stored = store.import_session(session, entries, interrupted=lesson.session.interrupted)
    left_out = () if stored.session is None else tuple(_list_left_out(lesson, rules))
    return Imported(stored.session, left_out, stored.hidden)


def _require_storable_time(path: Path, started_at: datetime, settings: Settings, now: datetime) -> None:
    """A lesson of the future would keep all others from being deleted in time."""
    if started_at > now + _CLOCKS_APART:
        raise DataError(Message(MessageKey.IMPORT_IN_FUTURE, path=str(path)))
    if (days := settings.find_exceeded_days(started_at, now)) is not None:
        raise DataError(Message(MessageKey.IMPORT_TOO_OLD, path=str(path), days=days))


def _decide(session: ImportedSession, settings: Settings) -> _Rules:
    decision = decide_expressions(setting=session.place, simulated=session.simulated, confirmed=settings.confirmed)
    return _Rules(
        expressions=session.expressions_on and decision.on,
        students=not (session.aggregate_only or settings.class_totals),
        names=settings.names_allowed and settings.confirmed,
    )


def _make_session(session: ImportedSession, rules: _Rules) -> NewSession:
    return NewSession(
        started_at=session.started_at.astimezone(UTC),
        source=literal(session.source),
        course=session.course,
        simulated=session.simulated,
        expressions_on=rules.expressions,
        aggregate_only=not rules.students,
        place=session.place,
        model=session.model if rules.expressions else "",
    )


def _list_left_out(lesson: ImportedLesson, rules: _Rules) -> Iterator[Message]:
    if lesson.session.expressions_on and not rules.expressions:
        yield Message(MessageKey.IMPORT_WITHOUT_EXPRESSIONS)
    if not (lesson.session.aggregate_only or rules.students):
        yield Message(MessageKey.IMPORT_WITHOUT_STUDENTS)
    elif lesson.names and not rules.names:
        yield Message(MessageKey.IMPORT_WITHOUT_NAMES)


def _make_entries(lesson: ImportedLesson, maker: RowMaker, *, names: bool) -> Iterator[Entry]:
    """The clock, the seconds in order, then names and events."""
    groups_only = maker.aggregate_only and not lesson.session.aggregate_only
    yield Entry(clock=tuple(make_clock_row(ClockReading(each.second, each.at)) for each in lesson.session.clock))
    samples: defaultdict[int, list[SampleCells]] = defaultdict(list)
    for cells in lesson.samples:
        samples[cells[1]].append(cells)
    last = -1
    for mood in sorted(lesson.moods):
        last = mood[0]
        students = samples.pop(last, [])
        yield _make_second(_keep_group(mood, students) if groups_only else mood, students, maker)
    kept = sorted(lesson.names.items()) if names else []
    yield Entry(
        seconds=max(lesson.session.seconds, last + 1),
        names=tuple(row for number, name in kept if (row := maker.student_row(number, name)) is not None),
        events=tuple(row for event in lesson.events if (row := maker.event_row(event)) is not None),
    )


def _keep_group(mood: MoodCells, samples: list[SampleCells]) -> MoodCells:
    """Without the expressions and the attention of so few students that class totals do not store them."""
    if sum(None not in cells[7:-1] for cells in samples) < MIN_GROUP_SIZE:
        mood = (*mood[:5], *_NOT_READ, mood[-1])
    attending = sum(cells[-1] is not None for cells in samples)
    return mood if attending >= MIN_GROUP_SIZE else (*mood[:-1], None)


def _make_second(mood: MoodCells, samples: list[SampleCells], maker: RowMaker) -> Entry:
    second, students, cameras_on, people, faces, _, *shares, attention = mood
    of_class = ClassMood(second, _probabilities(shares), faces, people or 0, cameras_on, students, attention)
    record = SecondRecord(second, of_class, tuple(map(_make_sample, samples)))
    row = maker.mood_row(of_class)
    rows = maker.sample_rows(record)
    return Entry(
        seconds=second + 1,
        mood=None if row is None else row | {"people": people},
        samples=tuple(row | {"person_seen": cells[4]} for row, cells in zip(rows, samples, strict=False)),
    )


def _make_sample(cells: SampleCells) -> StudentSecond:
    student, _, tile_seen, camera_on, person_seen, face_found, _, *shares, attention = cells
    return StudentSecond(
        student=student,
        face_found=face_found,
        person_seen=bool(person_seen),
        camera_on=camera_on,
        tile_seen=tile_seen,
        probabilities=_probabilities(shares),
        attention=attention,
    )


def _probabilities(shares: list[float | None]) -> Floats | None:
    known = [share for share in shares if share is not None]
    return np.array(known, dtype=np.float32) if len(known) == len(shares) else None
