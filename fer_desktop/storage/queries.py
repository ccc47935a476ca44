"""Reads sessions, students, series and events, as functions of an open connection."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import (
    ColumnElement,
    Connection,
    Double,
    RowMapping,
    Select,
    bindparam,
    case,
    cast,
    func,
    select,
    update,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import InstrumentedAttribute

from fer_desktop.errors import StorageError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.policy.pseudonyms import pseudonym
from fer_desktop.storage.clock_rows import read_clock
from fer_desktop.storage.driver_errors import ErrorKind, classify_error
from fer_desktop.storage.rows import (
    EVENT_COLUMNS,
    event_of,
    probabilities_of,
    require_session_row,
    require_text,
    whole_numbers,
)
from fer_desktop.storage.schema import PROBABILITY_SCALE, EventRow, Mood, Probabilities, Sample, Session, Student
from fer_desktop.storage.totals import SessionTotals, read_totals
from fer_desktop.storage.values import MoodSeries, SessionSummary, StudentSeries, StudentSummary
from fer_desktop.types import ANNOTATIONS, EXPRESSIONS, Event, EventKind, mood_of

Column = InstrumentedAttribute
Mark = Column[bool] | Column[bool | None]

MARKS: Final[tuple[Mark, ...]] = (Sample.face_found, Sample.person_seen, Sample.camera_on, Sample.tile_seen)
"""What is counted of the samples."""
EXCLUSION_KINDS: Final = (EventKind.STUDENT_EXCLUDED, EventKind.STUDENT_INCLUDED)
_TOTALS: Final = ("watched_seconds", "most_students", "mean_mood")
_INTERNAL: Final = ("recording", "entries")
"""Columns of a session that no summary shows."""
_NO_SAMPLES: Final = (None, None, 0, None, 0, 0, None, *(None for _ in EXPRESSIONS))
"""The totals of a student who has no samples, as `_read_sample_totals` returns them."""


def read_sessions(
    connection: Connection, session_id: int | None = None, *, purged: bool = False
) -> list[SessionSummary]:
    """All sessions, or the requested one; the newest first. Only of running sessions are the seconds read.

    `purged`: those that their age hides, instead of the others.
    """
    shown = Session.purged_at.is_not(None) if purged else Session.purged_at.is_(None)
    query = select(Session.__table__).where(shown).order_by(Session.started_at.desc(), Session.id.desc())
    if session_id is not None:
        query = query.where(Session.id == session_id)
    rows = connection.execute(query).mappings().all()
    if not rows:
        return []
    students = _count(connection, Student.session_id, session_id)
    bookmarks = _count(connection, EventRow.session_id, session_id, EventRow.kind == EventKind.BOOKMARK)
    flags = _count(connection, EventRow.session_id, session_id, EventRow.kind == EventKind.FLAG_RAISED)

    clock = read_clock(connection, session_id)

    def summarise(row: RowMapping) -> SessionSummary:
        require_session_row(row)
        totals = _get_totals(connection, row)
        return SessionSummary(
            **{name: value for name, value in row.items() if name not in (*_TOTALS, *_INTERNAL)},
            watched_seconds=totals.watched_seconds,
            students=students.get(row["id"]) or totals.most_students,
            mean_mood=totals.mean_mood,
            bookmarks=bookmarks.get(row["id"], 0),
            flags=flags.get(row["id"], 0),
            clock=clock.get(row["id"], ()),
        )

    return [summarise(row) for row in rows]


def _get_totals(connection: Connection, session: RowMapping) -> SessionTotals:
    if session["ended_at"] is None:
        return read_totals(connection, session["id"])
    mood = session["mean_mood"]
    watched_seconds, most_students = session["watched_seconds"] or 0, session["most_students"] or 0
    return SessionTotals(watched_seconds, most_students, None if mood is None else mood / PROBABILITY_SCALE)


def read_session(connection: Connection, session_id: int) -> SessionSummary:
    """Raises `StorageError` where there is no such session."""
    require_session(connection, session_id)
    return read_sessions(connection, session_id)[0]


def require_session(connection: Connection, session_id: int) -> None:
    """Raises `StorageError` where there is no such session."""
    shown = (Session.id == session_id, Session.purged_at.is_(None))
    if connection.scalar(select(Session.id).where(*shown)) is None:
        raise StorageError(Message(MessageKey.NO_SESSION, session=session_id))


def lock_session_row(connection: Connection, session_id: int) -> None:
    """Lets no other transaction change the session until this one ends; SQLite has one writer at a time anyway."""
    connection.execute(select(Session.id).where(Session.id == session_id).with_for_update())


def require_student(connection: Connection, session_id: int, student: int) -> None:
    """Raises `StorageError` where the session has no such student."""
    require_session(connection, session_id)
    of_student = (Student.session_id == session_id, Student.student == student)
    if connection.scalar(select(Student.student).where(*of_student)) is None:
        raise StorageError(Message(MessageKey.NO_STUDENT, student=student, session=session_id))


def read_mood_series(connection: Connection, session_id: int) -> MoodSeries:
    """The class, a row for each recorded second."""
    counts = (Mood.faces, Mood.cameras_on, Mood.students, Mood.people)
    columns = (Mood.second, *counts, Mood.attention, *_columns(Mood))
    table = read_table(connection, select(*columns).where(Mood.session_id == session_id).order_by(Mood.second))
    seconds, faces, cameras_on, students = whole_numbers(table[:, :4]).T
    attention, probabilities = probabilities_of(table[:, 5]), probabilities_of(table[:, 6:])
    return MoodSeries(
        seconds=seconds,
        probabilities=probabilities,
        mood=mood_of(probabilities),
        faces=faces,
        people=table[:, 4].astype(np.float32),
        cameras_on=cameras_on,
        students=students,
        attention=attention,
    )


def read_group_sizes(connection: Connection, session_id: int) -> dict[int, tuple[int, int]]:
    """Of how many students the class's expressions and its attention index are, by second."""
    query = select(Sample.second, func.count(Sample.neutral), func.count(Sample.attention))
    rows = connection.execute(query.where(Sample.session_id == session_id).group_by(Sample.second))
    return {second: (read, attending) for second, read, attending in rows}


def read_students(connection: Connection, session_id: int, only: int | None = None) -> list[StudentSummary]:
    """The session's students by number, or the requested one, with their totals; they may have no samples."""
    of_session = select(Student.student, Student.name).where(Student.session_id == session_id)
    names = {
        student: None if name is None else require_text(name)
        for student, name in connection.execute(of_session.order_by(Student.student))
    }
    labels = _make_labels(names)
    flags = _read_flag_counts(connection, session_id)
    totals = _read_sample_totals(connection, session_id, only)
    return [
        _summarise_student(
            student, names[student], labels[student], totals.get(student, _NO_SAMPLES), flags=flags.get(student, 0)
        )
        for student in (names if only is None else [only])
    ]


def _read_sample_totals(connection: Connection, session_id: int, only: int | None) -> dict[int, Sequence[Any]]:
    """By student: first and last second; seconds with a face, the student, a camera on, a tile; mean attention, seven
    means.
    """
    counts = count_marks(*MARKS)
    span = (func.min(Sample.second), func.max(Sample.second))
    query = select(Sample.student, *span, *counts, mean_of(Sample.attention), *_means(Sample))
    query = query.where(Sample.session_id == session_id)
    if only is not None:
        query = query.where(Sample.student == only)
    return {student: totals for student, *totals in connection.execute(query.group_by(Sample.student))}


def _summarise_student(
    student: int, name: str | None, label: str, totals: Sequence[Any], *, flags: int
) -> StudentSummary:
    """`totals`: as `_read_sample_totals` returns them."""
    first, last, faces, people, cameras_on, tiles, attention, *means = totals
    return StudentSummary(
        student=student,
        name=name,
        label=label,
        first_second=first,
        last_second=last,
        face_seconds=faces,
        person_seconds=people,
        camera_on_seconds=cameras_on,
        tile_seconds=tiles,
        mean_probabilities=None if means[0] is None else probabilities_of(np.array(means, dtype=np.float64)),
        flags=flags,
        attention=None if attention is None else float(attention) / PROBABILITY_SCALE,
    )


def _make_labels(names: Mapping[int, str | None]) -> dict[int, str]:
    """Unique names as they are, shared names with the student's number appended, a pseudonym without a name."""
    times = Counter(names.values())
    return {
        student: pseudonym(student) if name is None else name if times[name] == 1 else f"{name} ({student})"
        for student, name in names.items()
    }


def read_student_series(connection: Connection, session_id: int, student: int) -> StudentSeries:
    """One student, a row for each second in which they have a sample."""
    marks = (Sample.face_found, Sample.camera_on, Sample.tile_seen, Sample.person_seen)
    columns = (Sample.second, *marks, Sample.attention)
    of_student = Sample.session_id == session_id, Sample.student == student
    table = read_table(connection, select(*columns, *_columns(Sample)).where(*of_student).order_by(Sample.second))
    face_found, camera_on, tile_seen = table[:, 1:4].astype(np.bool_).T
    return StudentSeries(
        seconds=whole_numbers(table[:, 0]),
        face_found=face_found,
        person_seen=table[:, 4].astype(np.float32),
        camera_on=camera_on,
        tile_seen=tile_seen,
        probabilities=probabilities_of(table[:, 6:]),
        attention=probabilities_of(table[:, 5]),
    )


def read_events(
    connection: Connection, session_id: int, *, student: int | None = None, kinds: Sequence[EventKind] = ()
) -> list[Event]:
    """Events ordered by second: all, or only those of one student, or of some kinds."""
    query = select(*EVENT_COLUMNS).where(EventRow.session_id == session_id).order_by(EventRow.second, EventRow.id)
    if student is not None:
        query = query.where(EventRow.student == student)
    if kinds:
        query = query.where(EventRow.kind.in_(kinds))
    return [event_of(*row) for row in connection.execute(query)]


def read_search_texts(connection: Connection) -> dict[int, str]:
    """What can be searched of each session besides its summary: notes, bookmarks and students' names, a line each."""
    lines: defaultdict[int, Counter[str]] = defaultdict(Counter)
    annotations = select(EventRow.session_id, EventRow.text).where(EventRow.kind.in_(ANNOTATIONS))
    names = select(Student.session_id, Student.name).where(Student.name.is_not(None))
    hidden = set(connection.scalars(select(Session.id).where(Session.purged_at.is_not(None))))
    for query in (annotations, names):
        for session_id, text in connection.execute(query):
            if text and isinstance(text, str) and session_id not in hidden:
                lines[session_id][text] += 1
    return {session_id: "\n".join(texts) for session_id, texts in lines.items()}


def rebuild_moods(connection: Connection, session_id: int, seconds: Sequence[int]) -> None:
    """Recomputes the class's `seconds` from the remaining samples, as if an erased student had never been there."""
    counts = count_marks(*MARKS)
    query = select(Sample.second, *counts, mean_of(Sample.attention), *_means(Sample)).where(
        Sample.session_id == session_id
    )
    remaining = {second: values for second, *values in connection.execute(query.group_by(Sample.second))}
    names = ("faces", "people", "cameras_on", "students", "attention", *EXPRESSIONS)
    empty = (0, 0, 0, 0, None, *(None for _ in EXPRESSIONS))
    rows: list[dict[str, object]] = []
    for second in seconds:
        values = (None if value is None else round(value) for value in remaining.get(second, empty))
        rows.append({"in_second": second, **dict(zip(names, values, strict=True))})
    if rows:
        change = update(Mood).where(Mood.session_id == session_id, Mood.second == bindparam("in_second"))
        connection.execute(change, rows)


def _count(
    connection: Connection, group: Column[int], session_id: int | None, *conditions: ColumnElement[bool]
) -> dict[int, int]:
    """Numbers of rows by session."""
    query = select(group, func.count()).where(*conditions).group_by(group)
    if session_id is not None:
        query = query.where(group == session_id)
    try:
        return dict(connection.execute(query).all())
    except DBAPIError as error:
        if classify_error(error) is ErrorKind.CORRUPT:  # a list without counts is better than none
            return {}
        raise


def _read_flag_counts(connection: Connection, session_id: int) -> dict[int | None, int]:
    query = select(EventRow.student, func.count()).where(
        EventRow.session_id == session_id, EventRow.kind == EventKind.FLAG_RAISED
    )
    return dict(connection.execute(query.group_by(EventRow.student)).all())


def _columns(table: type[Probabilities]) -> tuple[Column[int | None], ...]:
    return tuple(getattr(table, name) for name in EXPRESSIONS)


def _means(table: type[Probabilities]) -> tuple[ColumnElement[float], ...]:
    return tuple(mean_of(column) for column in _columns(table))


def mean_of(column: Column[int | None]) -> ColumnElement[float]:
    """The mean as a float: PostgreSQL's is a decimal number, which takes the driver ten times as long to read."""
    return cast(func.avg(column), Double)


def count_marks(*marks: Mark) -> tuple[ColumnElement[int], ...]:
    """How often each mark is true; NULL where it is always NULL. `SUM` over booleans is not portable: PostgreSQL has
    none.
    """
    return tuple(func.sum(case((mark.is_(None), None), (mark.is_(True), 1), else_=0)) for mark in marks)


def read_table(connection: Connection, query: Select[*tuple[Any, ...]]) -> NDArray[np.float64]:
    """The result as (rows, columns) float64, in which the schema's integers are exact; NULL becomes NaN."""
    rows = [tuple(row) for row in connection.execute(query)]
    return np.array(rows, dtype=np.float64).reshape(-1, len(query.selected_columns))
