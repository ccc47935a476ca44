"""What a writer puts into the database: the rows of one second or event, or a correction of earlier rows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Any, cast

from sqlalchemy import Connection, insert, select, update

from fer_desktop.messages import Message
from fer_desktop.storage.clock_rows import (
    clock_row_from_plain,
    clock_row_to_plain,
    find_time_of_second,
    write_clock_rows,
)
from fer_desktop.storage.corrections import erase_student, mean_of_known, merge_students
from fer_desktop.storage.queries import EXCLUSION_KINDS
from fer_desktop.storage.rows import Row
from fer_desktop.storage.schema import Base, EventRow, Mood, Sample, Session, Student
from fer_desktop.storage.settlements import settle_student
from fer_desktop.storage.totals import store_totals
from fer_desktop.types import EXPRESSIONS, EventKind


@dataclass(frozen=True, slots=True)
class Correction:
    """A merge of `student` into `into`; if that is None, the student is erased, from second `since` on.

    `settles`: at the end of the session, of a student who was in view only briefly; can be undone.
    """

    student: int
    into: int | None = None
    settles: bool = False
    since: int = 0

    def apply(self, connection: Connection, session_id: int, known: set[int]) -> set[int]:
        """`known`: the students who have a row; returns those who have one afterwards."""
        if self.settles:
            settle_student(connection, session_id, self.student, self.into)
            return read_known_students(connection, session_id)
        if self.into is None:
            erase_student(connection, session_id, self.student, since=self.since)
            return known if self.since else known - {self.student}
        merge_students(connection, session_id, self.student, self.into)
        return known - {self.student} | ({self.into} if known & {self.student, self.into} else set())


@dataclass(frozen=True, slots=True)
class Entry:
    """Rows without the session's number, which is not known before the session has begun in the database.

    `seconds`: the session's length with this entry's second; 0 for an event or a correction.
    """

    seconds: int = 0
    mood: Row | None = None
    samples: tuple[Row, ...] = ()
    events: tuple[Row, ...] = ()
    names: tuple[Row, ...] = ()
    clock: tuple[Row, ...] = ()
    correction: Correction | None = None

    def to_plain(self) -> dict[str, Any]:
        """As JSON can hold it."""
        plain: dict[str, Any] = {"seconds": self.seconds, "mood": self.mood}
        plain |= {"samples": self.samples, "names": self.names}
        plain["events"] = [{**event, "message": _message_to_json(event["message"])} for event in self.events]
        if self.clock:
            plain["clock"] = [clock_row_to_plain(row) for row in self.clock]
        if self.correction is not None:
            plain["correction"] = list(astuple(self.correction))
        return plain

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "Entry":
        """Reads what `to_plain` made."""
        correction = plain.get("correction")
        return cls(
            plain["seconds"],
            plain["mood"],
            tuple(plain["samples"]),
            tuple({**event, "message": _message_from_json(event["message"])} for event in plain["events"]),
            tuple(plain["names"]),
            tuple(clock_row_from_plain(row) for row in plain.get("clock", ())),
            None if correction is None else Correction(*correction),
        )


def write_numbered(
    connection: Connection, session_id: int, first: int, entries: Sequence[Entry], known: Iterable[int]
) -> tuple[set[int], int]:
    """Writes those of the entries, numbered from `first`, that the session does not hold yet.

    Returns the students who have a row afterwards, and how many of the entries were seconds and new.
    """
    of_session = Session.id == session_id
    held = connection.scalar(select(Session.entries).where(of_session).with_for_update()) or 0
    new = entries[max(0, held - first) :]
    if not new:
        return set(known), 0
    students = write_entries(connection, session_id, new, known)
    connection.execute(update(Session).where(of_session).values(entries=first + len(entries)))
    return students, sum(entry.seconds > 0 for entry in new)


def write_entries(connection: Connection, session_id: int, entries: Sequence[Entry], known: Iterable[int]) -> set[int]:
    """Writes rows table by table up to the next correction, which applies to all earlier rows and no later ones.

    `known`: the students who have a row; returns those who have one afterwards.
    """
    students = set(known)
    for correction, group in groupby(entries, key=lambda entry: entry.correction):
        if correction is None:
            students |= _write_rows(connection, session_id, list(group), students)
        else:
            students = correction.apply(connection, session_id, students)
    seconds = max((entry.seconds for entry in entries), default=0)
    if seconds:
        connection.execute(update(Session).where(Session.id == session_id).values(seconds=seconds))
    return students


def strip_erased(entries: Sequence[Entry]) -> list[Entry]:
    """Leaves out the rows of students who are erased by a later entry; the corrections stay, for rows stored before."""
    erased: dict[int, int] = {}  # the second from which on, by student
    kept: list[Entry] = []
    for entry in reversed(entries):
        kept.append(_without(entry, erased) if erased and entry.correction is None else entry)
        if (correction := entry.correction) is None or correction.settles:
            continue
        if correction.into is None:
            erased[correction.student] = min(correction.since, erased.get(correction.student, correction.since))
        elif correction.into in erased:
            erased[correction.student] = erased[correction.into]
        else:
            erased.pop(correction.student, None)  # what had this number before is another student's now
    return kept[::-1]


def read_known_students(connection: Connection, session_id: int) -> set[int]:
    """The students of the session who have a row."""
    return set(connection.scalars(select(Student.student).where(Student.session_id == session_id)))


def reopen_session(connection: Connection, session_id: int) -> None:
    """For its own writer: while that had no connection, another computer may have ended it as a crashed one."""
    ended = update(Session).where(Session.id == session_id, Session.ended_at.is_not(None))
    connection.execute(ended.values(ended_at=None, interrupted=False))


def mark_ended(connection: Connection, session_id: int, started_at: datetime, *, interrupted: bool) -> None:
    """Ends the session at its last stored second."""
    seconds = connection.scalar(select(Session.seconds).where(Session.id == session_id)) or 0
    ended = update(Session).where(Session.id == session_id)
    ended_at = find_time_of_second(connection, session_id, started_at, seconds)
    connection.execute(ended.values(ended_at=ended_at, interrupted=interrupted))
    store_totals(connection, session_id)


def _write_rows(connection: Connection, session_id: int, entries: list[Entry], known: set[int]) -> set[int]:
    """Returns the students who had no row before."""
    new_students = _students_in(entries) - known
    rows_by_table: dict[type[Base], list[Row]] = {
        Student: [{"student": student, "name": None} for student in sorted(new_students)],
        Sample: [row for entry in entries for row in entry.samples],
        Mood: [entry.mood for entry in entries if entry.mood is not None],
        EventRow: [row for entry in entries for row in entry.events],
    }
    for model, rows in rows_by_table.items():
        if rows:
            connection.execute(insert(model), [{"session_id": session_id, **row} for row in rows])
    if clock := [row for entry in entries for row in entry.clock]:
        write_clock_rows(connection, session_id, clock)
    for name in (name for entry in entries for name in entry.names):
        of_student = (Student.session_id == session_id, Student.student == name["student"])
        connection.execute(update(Student).where(*of_student).values(name=name["name"]))
    return new_students


def _without(entry: Entry, erased: Mapping[int, int]) -> Entry:
    samples = tuple(row for row in entry.samples if not _is_erased(row, erased))
    events = tuple(row for row in entry.events if not _is_erased(row, erased, kept=EXCLUSION_KINDS))
    names = tuple(row for row in entry.names if erased.get(cast("int", row["student"])) != 0)
    mood = entry.mood
    if mood is not None and len(samples) < len(entry.samples):
        mood = mood | _mean_of_samples(samples)
    return replace(entry, mood=mood, samples=samples, events=events, names=names)


def _is_erased(row: Row, erased: Mapping[int, int], *, kept: Sequence[EventKind] = ()) -> bool:
    """`kept`: the events that stay where not all of a student is erased."""
    since = erased.get(cast("int", row["student"]))
    return since is not None and cast("int", row["second"]) >= since and not (since and row.get("kind") in kept)


def _mean_of_samples(samples: Sequence[Row]) -> Row:
    """The class's columns as `rebuild_moods` computes them in the database."""
    counts = {"faces": "face_found", "cameras_on": "camera_on", "students": "tile_seen"}
    row: Row = {name: sum(bool(sample[mark]) for sample in samples) for name, mark in counts.items()}
    people = [seen for sample in samples if (seen := sample.get("person_seen")) is not None]
    row["people"] = sum(map(bool, people)) if people or not samples else None
    for name in ("attention", *map(str, EXPRESSIONS)):
        row[name] = mean_of_known([cast("int | None", sample[name]) for sample in samples])
    return row


def _students_in(entries: Iterable[Entry]) -> set[int]:
    rows = (row for entry in entries for row in (*entry.samples, *entry.names))
    return {student for row in rows if isinstance(student := row["student"], int)}


def _message_to_json(message: object) -> str | None:
    return message.to_json() if isinstance(message, Message) else None


def _message_from_json(text: str | None) -> Message | None:
    return None if text is None else Message.from_json(text)
