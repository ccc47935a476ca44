"""Brief appearances that were joined with a student or dropped at the end of a session, and how to undo that.

Functions of an open transaction. What a settlement changed is kept with it, so that it can be undone until one of its
students is erased, merged or split.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, delete, func, insert, or_, select, update

from fer_desktop.errors import StorageError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.storage.corrections import erase_student, merge_students, of_student, read_names, rename_student
from fer_desktop.storage.queries import rebuild_moods
from fer_desktop.storage.schema import Base, EventRow, Sample, SettlementRow, Student
from fer_desktop.storage.values import StoredSettlement

_NOT_KEPT: Final = frozenset({"id", "session_id", "student"})


@dataclass(frozen=True, slots=True)
class _Settled:
    """One that was settled. `order`: its place among those of its session; `kept`: as in `SettlementRow`, decoded."""

    student: int
    into: int | None
    order: int
    kept: dict[str, Any]


def settle_student(connection: Connection, session_id: int, student: int, into: int | None) -> None:
    """Joins a brief appearance with `into`, or drops it for None, and keeps what that changes. Their flags go.

    Without effect on a student who has no rows, as where class totals are stored.
    """
    query = select(func.count()).where(SettlementRow.session_id == session_id)
    _settle(connection, session_id, student, into, order=connection.execute(query).scalar_one())


def _settle(connection: Connection, session_id: int, student: int, into: int | None, *, order: int) -> None:
    samples = _read_rows(connection, Sample, session_id, student)
    if not samples:
        return
    seconds = [row["second"] for row in samples]
    shared = [] if into is None else _read_rows(connection, Sample, session_id, into, seconds)
    names = read_names(connection, session_id, [student] if into is None else [student, into])
    name = names.get(student)
    gives_name = name is not None and into is not None and names.get(into) is None
    events = _read_rows(connection, EventRow, session_id, student)
    kept: dict[str, Any] = {"samples": samples, "shared": shared, "events": events, "name": name}
    kept |= {"gives_name": gives_name, "order": order}
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
    """Restores the student as they were before the settlement. Raises `StorageError` if there is none.

    Later settlements that took up what this one changed are undone before it, and done again after it.
    """
    settled = _read_settled(connection, session_id)
    this = next((each for each in settled if each.student == student), None)
    if this is None:
        raise StorageError(Message(MessageKey.NOT_SETTLED, student=student))
    later = _find_dependent(this, settled[settled.index(this) + 1 :])
    for each in (*reversed(later), this):
        _undo(connection, session_id, each)
    for each in later:
        _settle(connection, session_id, each.student, each.into, order=each.order)


def _find_dependent(this: _Settled, later: Sequence[_Settled]) -> list[_Settled]:
    """Those that joined somebody with a student whom `this` changed, or settled one; and so on."""
    changed = {this.into} - {None}
    found: list[_Settled] = []
    for each in later:
        if changed & {each.student, each.into}:
            found.append(each)
            changed |= {each.into} - {None}
    return found


def _undo(connection: Connection, session_id: int, settled: _Settled) -> None:
    student, into, kept = settled.student, settled.into, settled.kept
    seconds = [row["second"] for row in kept["samples"]]
    name = kept.get("name")  # versions that kept no name had none to give back
    if into is not None:
        theirs = (*of_student(Sample, session_id, into), Sample.second.in_(seconds))
        connection.execute(delete(Sample).where(*theirs))
        _restore_rows(connection, Sample, session_id, into, kept["shared"])
        if kept.get("gives_name") and read_names(connection, session_id, [into]).get(into) == name:
            rename_student(connection, session_id, into, None)
    connection.execute(insert(Student).values(session_id=session_id, student=student, name=name))
    for table in (Sample, EventRow):
        _restore_rows(connection, table, session_id, student, kept[_KEPT_AS[table]])
    rebuild_moods(connection, session_id, seconds)
    connection.execute(delete(SettlementRow).where(*of_student(SettlementRow, session_id, student)))


def forget_settlements(connection: Connection, session_id: int, *students: int) -> None:
    """Removes what settlements keep of these students, whose own data is erased or becomes another's, and of all who
    became part of them.
    """
    gone = _find_joined(connection, session_id, students)
    of_them = or_(SettlementRow.student.in_(gone), SettlementRow.joined_with.in_(gone))
    connection.execute(delete(SettlementRow).where(SettlementRow.session_id == session_id, of_them))


def forget_name(connection: Connection, session_id: int, student: int, name: str) -> None:
    """Removes a name that was taken away from a student from what is kept of those who became part of them."""
    joined = _find_joined(connection, session_id, [student])
    for each in _read_settled(connection, session_id):
        if each.student in joined and each.kept.get("name") == name:
            kept = json.dumps(each.kept | {"name": None, "gives_name": False})
            this = of_student(SettlementRow, session_id, each.student)
            connection.execute(update(SettlementRow).where(*this).values(kept=kept))


def _find_joined(connection: Connection, session_id: int, students: Iterable[int]) -> set[int]:
    """These students, and who was joined with them, or with one of those."""
    query = select(SettlementRow.student, SettlementRow.joined_with).where(SettlementRow.session_id == session_id)
    joined = connection.execute(query).all()
    found = set(students)
    while new := {each.student for each in joined if each.joined_with in found} - found:
        found |= new
    return found


def _read_settled(connection: Connection, session_id: int) -> list[_Settled]:
    """In the order in which they were settled: the briefest first, where an earlier version did not keep it."""
    columns = (SettlementRow.student, SettlementRow.joined_with, SettlementRow.kept)
    query = select(*columns).where(SettlementRow.session_id == session_id).order_by(SettlementRow.seconds)
    found = ((row.student, row.joined_with, json.loads(row.kept)) for row in connection.execute(query))
    settled = [_Settled(student, into, kept.get("order", 0), kept) for student, into, kept in found]
    return sorted(settled, key=lambda each: each.order)


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
