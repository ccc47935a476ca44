"""The teacher's corrections of a session's students, as functions of an open transaction.

They accept students without rows: the caller checks first that a student exists.
"""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import ColumnElement, Connection, RowMapping, bindparam, delete, func, insert, select, update
from sqlalchemy.orm import aliased

from fer_desktop.errors import StorageError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.roster.names import tidy_name
from fer_desktop.storage.queries import EXCLUSION_KINDS, read_events, rebuild_moods
from fer_desktop.storage.schema import EventRow, LateCorrectionRow, Sample, SettlementRow, Student
from fer_desktop.types import EXPRESSIONS, EventKind

_MARKS: Final = ("face_found", "person_seen", "camera_on", "tile_seen")


def rename_student(connection: Connection, session_id: int, student: int, name: str | None) -> str | None:
    """Stores the name; None removes it. Returns another name that this overwrote or removed."""
    before = read_names(connection, session_id, [student]).get(student)
    connection.execute(update(Student).where(*of_student(Student, session_id, student)).values(name=tidy_name(name)))
    return None if before == tidy_name(name) else before


def erase_student(connection: Connection, session_id: int, student: int, *, since: int = 0) -> None:
    """Deletes the student's row, samples and events, and their part in the class's seconds.

    `since`: the second from which on; where that is not the first, the row and the events of exclusions stay.
    """
    samples = (*of_student(Sample, session_id, student), Sample.second >= since)
    events = (*of_student(EventRow, session_id, student), EventRow.second >= since)
    seconds = connection.scalars(select(Sample.second).where(*samples)).all()
    connection.execute(delete(Sample).where(*samples))
    if since:
        connection.execute(delete(EventRow).where(*events, EventRow.kind.not_in(EXCLUSION_KINDS)))
    else:
        connection.execute(delete(EventRow).where(*events))
        connection.execute(delete(Student).where(*of_student(Student, session_id, student)))
    rebuild_moods(connection, session_id, seconds)


def merge_students(connection: Connection, session_id: int, student: int, into: int) -> bool:
    """Gives everything of `student` to `into`, who keeps their own name. Returns whether a name was lost by that.

    Where both have a sample in a second, it becomes one: seen if either was, expressions the mean of the readings. The
    class is recomputed in these seconds only, as it had counted two students there.
    """
    known = read_names(connection, session_id, [student, into])
    if student not in known:
        return False
    if into not in known:
        connection.execute(insert(Student).values(session_id=session_id, student=into, name=None))
    shared = _join_shared_seconds(connection, session_id, student, into)
    for table in (Sample, EventRow):
        connection.execute(update(table).where(*of_student(table, session_id, student)).values(student=into))
    if known.get(into) is None:
        rename_student(connection, session_id, into, known[student])
    connection.execute(delete(Student).where(*of_student(Student, session_id, student)))
    if shared:
        rebuild_moods(connection, session_id, shared)
    return None not in (known[student], known.get(into))


def split_student(connection: Connection, session_id: int, student: int, at_second: int) -> int:
    """Moves samples and events from `at_second` on to a new student, whose number is returned.

    An exclusion that spans `at_second` is split too: it ends for the student and begins for the new one.
    Raises `StorageError` if the student was not seen on both sides of that second.
    """
    _require_seen_around(connection, session_id, student, at_second)
    new = 1 + _largest_number(connection, session_id)
    connection.execute(insert(Student).values(session_id=session_id, student=new, name=None))
    exclusions = read_events(connection, session_id, student=student, kinds=EXCLUSION_KINDS)
    for table in (Sample, EventRow):
        later = (*of_student(table, session_id, student), table.second >= at_second)
        connection.execute(update(table).where(*later).values(student=new))
    earlier = [event.kind for event in exclusions if event.second < at_second]
    if earlier and earlier[-1] is EventKind.STUDENT_EXCLUDED:
        _add_exclusion(connection, session_id, student, at_second, EventKind.STUDENT_INCLUDED)
        at_once = (event.kind for event in exclusions if event.second == at_second)
        if EventKind.STUDENT_INCLUDED not in at_once:
            _add_exclusion(connection, session_id, new, at_second, EventKind.STUDENT_EXCLUDED)
    return new


def _require_seen_around(connection: Connection, session_id: int, student: int, at_second: int) -> None:
    first, last = connection.execute(
        select(func.min(Sample.second), func.max(Sample.second)).where(*of_student(Sample, session_id, student))
    ).one()
    split: dict[str, int] = {"student": student, "second": at_second}
    if first is None:
        raise StorageError(Message(MessageKey.UNSEEN_STUDENT_NOT_SPLIT, **split))
    if not first < at_second <= last:
        raise StorageError(Message(MessageKey.STUDENT_NOT_SPLIT, **split, first=first, last=last))


def _largest_number(connection: Connection, session_id: int) -> int:
    """Of any student who has a row or an event, who can be restored, or whom rescue files may know."""
    return max(
        connection.scalar(select(func.max(table.student)).where(table.session_id == session_id)) or 0
        for table in (Student, EventRow, SettlementRow, LateCorrectionRow)
    )


def _add_exclusion(connection: Connection, session_id: int, student: int, second: int, kind: EventKind) -> None:
    values = {"session_id": session_id, "second": second, "kind": kind, "student": student, "text": ""}
    connection.execute(insert(EventRow).values(values))


def read_seconds_together(connection: Connection, session_id: int, student: int) -> dict[int, int]:
    """In how many seconds each other student was seen too; without those who never were."""
    other = aliased(Sample)
    query = (
        select(other.student, func.count())
        .join(Sample, (Sample.session_id == other.session_id) & (Sample.second == other.second))
        .where(*of_student(Sample, session_id, student), other.student != student)
        .group_by(other.student)
    )
    return dict(connection.execute(query).all())


def _join_shared_seconds(connection: Connection, session_id: int, student: int, into: int) -> list[int]:
    """Merges the samples of the seconds that both have into those of `into`; returns these seconds."""
    theirs, mine = (_read_samples(connection, session_id, each) for each in (student, into))
    shared = sorted(theirs.keys() & mine.keys())
    if not shared:
        return []
    in_second = Sample.second == bindparam("in_second")
    change = update(Sample).where(*of_student(Sample, session_id, into), in_second)
    connection.execute(change, [{"in_second": second} | _join(theirs[second], mine[second]) for second in shared])
    remove = delete(Sample).where(*of_student(Sample, session_id, student), in_second)
    connection.execute(remove, [{"in_second": second} for second in shared])
    return shared


def _join(one: RowMapping, other: RowMapping) -> dict[str, object]:
    marks = {name: one[name] or other[name] for name in _MARKS}
    marks["unreadable"] = None if marks["face_found"] else one["unreadable"] or other["unreadable"]
    return marks | {name: mean_of_known([one[name], other[name]]) for name in (*map(str, EXPRESSIONS), "attention")}


def mean_of_known(values: Sequence[int | None]) -> int | None:
    """Mean of the known values; None without any."""
    known = [value for value in values if value is not None]
    return round(sum(known) / len(known)) if known else None


def _read_samples(connection: Connection, session_id: int, student: int) -> dict[int, RowMapping]:
    query = select(Sample.__table__).where(*of_student(Sample, session_id, student))
    return {row["second"]: row for row in connection.execute(query).mappings()}


def read_names(connection: Connection, session_id: int, students: Sequence[int]) -> dict[int, str | None]:
    """By student, of those that the session has."""
    query = select(Student.student, Student.name).where(Student.session_id == session_id, Student.student.in_(students))
    return dict(connection.execute(query).all())


def of_student(
    table: type[Student] | type[Sample] | type[EventRow] | type[SettlementRow], session_id: int, student: int
) -> tuple[ColumnElement[bool], ...]:
    """The conditions for the rows of one student of a session."""
    return table.session_id == session_id, table.student == student
