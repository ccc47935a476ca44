"""What the teacher corrects in a session's students, as functions of an open transaction.

They are tolerant of students who have no rows: whoever offers them to the user asks before whether they are there.
"""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import ColumnElement, Connection, RowMapping, bindparam, delete, func, insert, select, update
from sqlalchemy.orm import aliased

from fer_desktop.errors import StorageError
from fer_desktop.storage.queries import read_exclusions, rebuild_moods
from fer_desktop.storage.schema import EventRow, Sample, Student
from fer_desktop.types import EXPRESSIONS, EventKind

_MARKS: Final = ("face_found", "camera_on", "tile_seen")


def rename_student(connection: Connection, session_id: int, student: int, name: str | None) -> bool:
    """None takes the name away. Whether there was one before, which is gone now."""
    before = _read_names(connection, session_id, [student]).get(student)
    connection.execute(update(Student).where(*_of(Student, session_id, student)).values(name=tidy_name(name)))
    return before not in (None, tidy_name(name))


def erase_student(connection: Connection, session_id: int, student: int) -> None:
    """Nothing of the student is left: rows, samples, events, and their part in the class's seconds."""
    seconds = connection.scalars(select(Sample.second).where(*_of(Sample, session_id, student))).all()
    for table in (Sample, EventRow, Student):
        connection.execute(delete(table).where(*_of(table, session_id, student)))
    rebuild_moods(connection, session_id, seconds)


def merge_students(connection: Connection, session_id: int, student: int, into: int) -> bool:
    """Everything of `student` becomes that of `into`, who keeps their own name if they have one: is another one gone?

    Seconds of both become one: seen as either was, the expressions the mean of what was read. Only in those the class
    changes, as it counted two.
    """
    known = _read_names(connection, session_id, [student, into])
    if student not in known:
        return False
    if into not in known:
        connection.execute(insert(Student).values(session_id=session_id, student=into, name=None))
    shared = _join_shared_seconds(connection, session_id, student, into)
    for table in (Sample, EventRow):
        connection.execute(update(table).where(*_of(table, session_id, student)).values(student=into))
    if known.get(into) is None:
        rename_student(connection, session_id, into, known[student])
    connection.execute(delete(Student).where(*_of(Student, session_id, student)))
    if shared:
        rebuild_moods(connection, session_id, shared)
    return None not in (known[student], known.get(into))


def split_student(connection: Connection, session_id: int, student: int, at_second: int) -> int:
    """Samples and events from `at_second` on become those of a new student, whose number is returned.

    Time in which they were left out is parted too: it ends for the one and begins for the other.
    Raises `StorageError` where the student was not seen on both sides of that second.
    """
    first, last = connection.execute(
        select(func.min(Sample.second), func.max(Sample.second)).where(*_of(Sample, session_id, student))
    ).one()
    if first is None or not first < at_second <= last:
        seen = "" if first is None else f", who was seen from second {first} to {last}"
        raise StorageError(f"second {at_second} does not part student {student}{seen}; name a second in between")
    new = 1 + max(
        connection.scalar(select(func.max(table.student)).where(table.session_id == session_id)) or 0
        for table in (Student, EventRow)
    )
    connection.execute(insert(Student).values(session_id=session_id, student=new, name=None))
    turns = read_exclusions(connection, session_id, student)
    for table in (Sample, EventRow):
        later = (*_of(table, session_id, student), table.second >= at_second)
        connection.execute(update(table).where(*later).values(student=new))
    if sum(turn < at_second for turn in turns) % 2:  # they were left out at that second
        _add_turn(connection, session_id, student, at_second, EventKind.STUDENT_INCLUDED)
        if at_second not in turns:
            _add_turn(connection, session_id, new, at_second, EventKind.STUDENT_EXCLUDED)
    return new


def _add_turn(connection: Connection, session_id: int, student: int, second: int, kind: EventKind) -> None:
    values = {"session_id": session_id, "second": second, "kind": kind, "student": student, "text": ""}
    connection.execute(insert(EventRow).values(values))


def read_seconds_together(connection: Connection, session_id: int, student: int) -> dict[int, int]:
    """How many seconds each other student was seen at the same time; who never was is not in it."""
    other = aliased(Sample)
    query = (
        select(other.student, func.count())
        .join(Sample, (Sample.session_id == other.session_id) & (Sample.second == other.second))
        .where(*_of(Sample, session_id, student), other.student != student)
        .group_by(other.student)
    )
    return dict(connection.execute(query).all())


def tidy_name(name: str | None) -> str | None:
    """One line without needless spaces; None for an empty one."""
    return " ".join((name or "").split()) or None


def _join_shared_seconds(connection: Connection, session_id: int, student: int, into: int) -> list[int]:
    """Makes one sample of two in the seconds that both have, and returns those seconds."""
    theirs, mine = (_read_samples(connection, session_id, each) for each in (student, into))
    shared = sorted(theirs.keys() & mine.keys())
    if not shared:
        return []
    in_second = Sample.second == bindparam("in_second")
    change = update(Sample).where(*_of(Sample, session_id, into), in_second)
    connection.execute(change, [{"in_second": second} | _join(theirs[second], mine[second]) for second in shared])
    leave = delete(Sample).where(*_of(Sample, session_id, student), in_second)
    connection.execute(leave, [{"in_second": second} for second in shared])
    return shared


def _join(one: RowMapping, other: RowMapping) -> dict[str, object]:
    marks = {name: one[name] or other[name] for name in _MARKS}
    return marks | {name: _mean([one[name], other[name]]) for name in (*map(str, EXPRESSIONS), "attention")}


def _mean(values: Sequence[int | None]) -> int | None:
    """Of those that there are."""
    known = [value for value in values if value is not None]
    return round(sum(known) / len(known)) if known else None


def _read_samples(connection: Connection, session_id: int, student: int) -> dict[int, RowMapping]:
    query = select(Sample.__table__).where(*_of(Sample, session_id, student))
    return {row["second"]: row for row in connection.execute(query).mappings()}


def _read_names(connection: Connection, session_id: int, students: Sequence[int]) -> dict[int, str | None]:
    query = select(Student.student, Student.name).where(Student.session_id == session_id, Student.student.in_(students))
    return dict(connection.execute(query).all())


def _of(
    table: type[Student] | type[Sample] | type[EventRow], session_id: int, student: int
) -> tuple[ColumnElement[bool], ...]:
    return table.session_id == session_id, table.student == student
