"""Brief appearances that were joined with a student or dropped at the end of a session, and how to undo that.

Functions of an open transaction. What a settlement changed is kept with it, so that it can be undone until one of its
students is erased, merged or split.
"""

import json
from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Connection, delete, insert, or_, select

from fer_desktop.errors import StorageError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.storage.corrections import erase_student, merge_students, of_student
from fer_desktop.storage.queries import rebuild_moods
from fer_desktop.storage.schema import Base, EventRow, Sample, SettlementRow, Student
from fer_desktop.storage.values import StoredSettlement

_NOT_KEPT: Final = frozenset({"id", "session_id", "student"})


def settle_student(connection: Connection, session_id: int, student: int, into: int | None) -> None:
    """Joins a brief appearance with `into`, or drops it for None, and keeps what that changes. Their flags go.

    Without effect on a student who has no rows, as where class totals are stored.
    """
    samples = _read_rows(connection, Sample, session_id, student)
    if not samples:
        return
    seconds = [row["second"] for row in samples]
    shared = [] if into is None else _read_rows(connection, Sample, session_id, into, seconds)
    kept = {"samples": samples, "shared": shared, "events": _read_rows(connection, EventRow, session_id, student)}
    connection.execute(delete(EventRow).where(*of_student(EventRow, session_id, student)))
    if into is None:
        erase_student(connection, session_id, student)
    else:
        merge_students(connection, session_id, student, into)
    row = {"session_id": session_id, "student": student, "joined_with": into, "seconds": len(seconds)}
    connection.execute(insert(SettlementRow), [row | {"first_second": min(seconds), "kept": json.dumps(kept)}])


def read_settlements(connection: Connection, session_id: int) -> list[StoredSettlement]:
    """The settlements of a session that can be undone, in the order of their first second."""
    columns = (
        SettlementRow.student,
        SettlementRow.joined_with,
        SettlementRow.first_second,
        SettlementRow.seconds,
    )
    query = select(*columns).where(SettlementRow.session_id == session_id).order_by(SettlementRow.first_second)
    return [StoredSettlement(*row) for row in connection.execute(query)]


def undo_settlement(connection: Connection, session_id: int, student: int) -> None:
    """Restores the student as they were before the settlement. Raises `StorageError` if there is none."""
    this = (SettlementRow.session_id == session_id, SettlementRow.student == student)
    found = connection.execute(select(SettlementRow.joined_with, SettlementRow.kept).where(*this)).one_or_none()
    if found is None:
        raise StorageError(Message(MessageKey.NOT_SETTLED, student=student))
    into, kept = found.joined_with, json.loads(found.kept)
    seconds = [row["second"] for row in kept["samples"]]
    if into is not None:
        theirs = (*of_student(Sample, session_id, into), Sample.second.in_(seconds))
        connection.execute(delete(Sample).where(*theirs))
        _restore_rows(connection, Sample, session_id, into, kept["shared"])
    connection.execute(insert(Student).values(session_id=session_id, student=student, name=None))
    for table in (Sample, EventRow):
        _restore_rows(connection, table, session_id, student, kept[_KEPT_AS[table]])
    rebuild_moods(connection, session_id, seconds)
    connection.execute(delete(SettlementRow).where(*this))


def forget_settlements(connection: Connection, session_id: int, *students: int) -> None:
    """Removes what settlements keep of these students, whose own data is erased or becomes another's."""
    of_them = or_(SettlementRow.student.in_(students), SettlementRow.joined_with.in_(students))
    connection.execute(delete(SettlementRow).where(SettlementRow.session_id == session_id, of_them))


_KEPT_AS: Final[dict[type[Base], str]] = {Sample: "samples", EventRow: "events"}


def _read_rows(
    connection: Connection,
    table: type[Sample] | type[EventRow],
    session_id: int,
    student: int,
    seconds: Sequence[int] | None = None,
) -> list[dict[str, Any]]:
    """As JSON can hold them, without their keys."""
    query = select(table.__table__).where(*of_student(table, session_id, student))
    if seconds is not None:
        query = query.where(table.second.in_(seconds))
    rows = connection.execute(query.order_by(table.second)).mappings()
    return [{name: _to_plain(value) for name, value in row.items() if name not in _NOT_KEPT} for row in rows]


def _restore_rows(
    connection: Connection, table: type[Base], session_id: int, student: int, rows: Sequence[dict[str, Any]]
) -> None:
    keys = {"session_id": session_id, "student": student}
    if rows:
        connection.execute(insert(table), [{**keys, **_from_plain(row)} for row in rows])


def _to_plain(value: object) -> object:
    return value.to_json() if isinstance(value, Message) else value


def _from_plain(row: dict[str, Any]) -> dict[str, Any]:
    message = row.get("message")
    return row if message is None else row | {"message": Message.from_json(message)}
