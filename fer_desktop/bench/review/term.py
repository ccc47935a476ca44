"""Generates a term in a database of its own: many lessons of the same students, to measure the review with.

Its students are invented. The first lesson of each course is drawn from a seed; the others are copies of it with the
expressions shifted, made by the database itself, so that twenty million samples take a minute and not ten.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, insert

from fer_desktop.messages import literal
from fer_desktop.storage.engine import connect_database
from fer_desktop.storage.migrate import migrate_database
from fer_desktop.storage.schema import PROBABILITY_SCALE, EventRow, Mood, Sample, Session, Student
from fer_desktop.storage.totals import store_totals
from fer_desktop.types import EXPRESSIONS, EventKind, Expression, FlagKind

COURSES: Final = ("Biology 2", "Physics 101")
_FIRST_NAMES: Final = ("Ada", "Ben", "Chidi", "Devi", "Elif", "Farid", "Grace", "Hugo", "Ines", "Jun")
_LAST_NAMES: Final = ("Abel", "Banerjee", "Costa", "Dube", "Eriksen")
_FIRST_LESSON: Final = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
_FLAGS_A_LESSON: Final = 40
_BOOKMARKS_A_LESSON: Final = 6


@dataclass(frozen=True, slots=True)
class TermPlan:
    """How large a term is. `lessons`: of each course; `seconds`: of each lesson."""

    lessons: int = 30
    students: int = 46
    seconds: int = 7200

    @property
    def samples(self) -> int:
        """Rows of the table of samples: seconds of students."""
        return len(COURSES) * self.lessons * self.students * self.seconds


def make_term(url: str, plan: TermPlan, *, on_progress: Callable[[int, int], None]) -> None:
    """Writes the term into a new database. `on_progress`: gets the lessons written and all lessons, after each."""
    database = connect_database(url)
    try:
        migrate_database(database)
        total = plan.lessons * len(COURSES)
        for number in range(total):
            with database.write() as connection:
                session = _add_session(connection, plan, number)
                if number < len(COURSES):
                    _draw_lesson(connection, plan, session, seed=number)
                else:
                    _copy_lesson(connection, source=1 + number % len(COURSES), session=session, shift=37 * number)
                _add_events(connection, plan, session)
                store_totals(connection, session)
            on_progress(number + 1, total)
        database.truncate_log()
    finally:
        database.engine.dispose()


def name_of(student: int) -> str:
    """The invented name of a student, 1 and up: `Ada Abel`, `Ben Abel`, ..."""
    index = student - 1
    return f"{_FIRST_NAMES[index % len(_FIRST_NAMES)]} {_LAST_NAMES[index // len(_FIRST_NAMES) % len(_LAST_NAMES)]}"


def _add_session(connection: Connection, plan: TermPlan, number: int) -> int:
    began = _FIRST_LESSON + timedelta(days=number // len(COURSES) * 3, hours=3 * (number % len(COURSES)))
    row = {
        "started_at": began,
        "ended_at": began + timedelta(seconds=plan.seconds),
        "seconds": plan.seconds,
        "interrupted": False,
        "source": literal("A made-up class"),
        "course": COURSES[number % len(COURSES)],
        "simulated": False,
        "expressions_on": True,
        "aggregate_only": False,
        "place": "IN",
        "model": "none",
    }
    session: int = connection.execute(insert(Session).values(row).returning(Session.id)).scalar_one()
    students = range(1, plan.students + 1)
    rows = [{"session_id": session, "student": student, "name": name_of(student)} for student in students]
    connection.execute(insert(Student), rows)
    return session


def _draw_lesson(connection: Connection, plan: TermPlan, session: int, *, seed: int) -> None:
    rng = np.random.default_rng(seed)
    sums = np.zeros((plan.seconds, 1 + len(EXPRESSIONS)))
    counts = np.zeros((plan.seconds, 4), np.int64)
    for student in range(1, plan.students + 1):
        marks, readings = _draw_student(rng, plan.seconds)
        columns = np.column_stack((np.arange(plan.seconds), marks, readings))
        _insert_samples(connection, session, student, columns, seen=marks[:, 0])
        counts += marks
        sums += np.where(marks[:, :1], readings, 0)
    means = np.rint(sums / np.maximum(counts[:, :1], 1)).astype(int)
    names = ("faces", "people", "cameras_on", "students", *map(str, EXPRESSIONS), "attention")
    table = np.column_stack((counts, means[:, 1:], means[:, :1])).tolist()
    rows = [
        {"session_id": session, "second": second, **dict(zip(names, row, strict=True))}
        for second, row in enumerate(table)
    ]
    connection.execute(insert(Mood), rows)


def _draw_student(rng: np.random.Generator, seconds: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """(seconds, 4) face, person, camera, tile as 0 or 1; (seconds, 8) attention and probabilities as stored."""
    times = np.arange(seconds)
    away = (times // int(rng.integers(200, 500))) % int(rng.integers(5, 11)) == 3
    camera = ~away & ((times // int(rng.integers(300, 900))) % 9 != 5)
    face = camera & (rng.random(seconds) > 0.08)
    person = face | (camera & (times // 60 % 5 != 2))
    weights = rng.dirichlet((1, 0.4, 0.6, 5, 1.5, 1.2, 9))[None] + 0.05 * rng.random((seconds, len(EXPRESSIONS)))
    weights[:, EXPRESSIONS.index(Expression.HAPPY)] *= 1 + np.sin(times / int(rng.integers(100, 900)))
    shares = weights / weights.sum(axis=1, keepdims=True)
    marks = np.column_stack((face, person, camera, ~away)).astype(np.int64)
    attention = 0.5 + 0.4 * np.sin(times / int(rng.integers(60, 600)))
    readings = np.column_stack((attention, shares))
    return marks, np.rint(readings * PROBABILITY_SCALE).astype(np.int64)


def _insert_samples(
    connection: Connection, session: int, student: int, columns: NDArray[np.int64], *, seen: NDArray[np.int64]
) -> None:
    """Rows as the session writer stores them. A statement of the driver: SQLAlchemy's takes four times as long."""
    marks = ("face_found", "person_seen", "camera_on", "tile_seen")
    names = ("session_id", "student", "second", *marks, "attention", *map(str, EXPRESSIONS))
    unread = (None,) * (1 + len(EXPRESSIONS))
    rows = [
        (session, student, *(row if read else (*row[:5], *unread)))
        for row, read in zip(columns.tolist(), seen.tolist(), strict=True)
    ]
    places = ", ".join("?" for _ in names)
    connection.exec_driver_sql(f"INSERT INTO samples ({', '.join(names)}) VALUES ({places})", rows)


def _copy_lesson(connection: Connection, *, source: int, session: int, shift: int) -> None:
    """Lowers happy by up to `shift` ten-thousandths, so that no two lessons are the same."""
    for table in (Sample, Mood):
        kept = ", ".join(
            column.name for column in table.__table__.columns if column.name not in ("session_id", "happy")
        )
        connection.exec_driver_sql(
            f"INSERT INTO {table.__tablename__} (session_id, happy, {kept}) "
            f"SELECT ?, happy - happy % ?, {kept} FROM {table.__tablename__} WHERE session_id = ?",
            (session, shift + 1, source),
        )


def _add_events(connection: Connection, plan: TermPlan, session: int) -> None:
    rng = np.random.default_rng(session)
    rows: list[dict[str, object]] = []
    for second in np.sort(rng.integers(0, plan.seconds, _FLAGS_A_LESSON)).tolist():
        student = int(rng.integers(1, plan.students + 1))
        rows.append(_event(session, second, EventKind.FLAG_RAISED, "not seen for 2 min", student, FlagKind.AWAY))
    for number in range(_BOOKMARKS_A_LESSON):
        second = (number + 1) * plan.seconds // (_BOOKMARKS_A_LESSON + 1)
        rows.append(_event(session, second, EventKind.BOOKMARK, f"Part {number + 1} of the lesson"))
    connection.execute(insert(EventRow), rows)


def _event(
    session: int, second: int, kind: EventKind, text: str, student: int | None = None, flag: FlagKind | None = None
) -> dict[str, object]:
    return {
        "session_id": session,
        "second": second,
        "kind": str(kind),
        "student": student,
        "flag": None if flag is None else str(flag),
        "text": text,
    }
