"""What was deleted and corrected after the recording, kept for rescue files that lie on other computers.

Those are out of reach then. Whoever was erased would come back with them, and a deleted lesson too, once that computer
has them taken in. Kept are random names of recordings, numbers and seconds.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from sqlalchemy import Connection, insert, select

from fer_desktop.storage.entries import Correction, Entry, strip_erased
from fer_desktop.storage.rows import Row
from fer_desktop.storage.schema import DeletedRecording, LateCorrectionRow


class LateKind(StrEnum):
    """What was done to a student. `RENAMED`: another name was given, or none."""

    ERASED = "erased"
    MERGED = "merged"
    RENAMED = "renamed"
    SPLIT = "split"


@dataclass(frozen=True, slots=True)
class LateCorrection:
    """`into`: the other student of a merge; the new one of a split, which begins with `from_second`."""

    kind: LateKind
    student: int
    into: int | None = None
    from_second: int | None = None

    def apply_to(self, entries: Sequence[Entry]) -> list[Entry]:
        """The recorded entries without what it took away; what else it does to the rows is in new ones at the end."""
        if self.kind is LateKind.RENAMED:
            return _drop_names(entries, self.student)
        if self.kind is LateKind.SPLIT:
            return [replace(each, samples=self._move(each.samples), events=self._move(each.events)) for each in entries]
        return strip_erased([*entries, Entry(correction=Correction(self.student, self.into))])

    def _move(self, rows: Iterable[Row]) -> tuple[Row, ...]:
        return tuple(row | {"student": self.into} if self._concerns(row) else row for row in rows)

    def _concerns(self, row: Row) -> bool:
        second = row["second"]
        return row["student"] == self.student and isinstance(second, int) and second >= (self.from_second or 0)


def note_correction(connection: Connection, session_id: int, correction: LateCorrection) -> None:
    """In the transaction that corrects the session."""
    values = {"session_id": session_id, "kind": str(correction.kind), "student": correction.student}
    values |= {"into": correction.into, "from_second": correction.from_second}
    connection.execute(insert(LateCorrectionRow).values(**values))


def correct_late(
    connection: Connection, session_id: int, entries: Sequence[Entry]
) -> tuple[Sequence[Entry], list[Correction]]:
    """The entries as they are to be stored, and what is to be applied to the session afterwards."""
    query = select(LateCorrectionRow).where(LateCorrectionRow.session_id == session_id).order_by(LateCorrectionRow.id)
    kept: Sequence[Entry] = entries
    for row in connection.execute(query):
        kept = LateCorrection(LateKind(row.kind), row.student, row.into, row.from_second).apply_to(kept)
    later = [each.correction for each in kept[len(entries) :] if each.correction is not None]
    return kept[: len(entries)], later


def note_deletion(connection: Connection, recordings: Iterable[str | None]) -> None:
    """In the transaction that deletes their sessions."""
    for recording in recordings:
        if recording is not None and not is_deleted(connection, recording):
            connection.execute(insert(DeletedRecording).values(recording=recording))


def is_deleted(connection: Connection, recording: str) -> bool:
    """Whether the recording's session was deleted."""
    return (
        connection.scalar(select(DeletedRecording.recording).where(DeletedRecording.recording == recording)) is not None
    )


def _drop_names(entries: Sequence[Entry], student: int) -> list[Entry]:
    """Also those of students who were merged into the student: a merge gives a name to who has none."""
    nameless = {student}
    kept: list[Entry] = []
    for entry in reversed(entries):
        if entry.correction is not None and entry.correction.into in nameless:
            nameless.add(entry.correction.student)
        kept.append(replace(entry, names=tuple(row for row in entry.names if row["student"] not in nameless)))
    return kept[::-1]
