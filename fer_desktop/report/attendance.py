"""Who was seen in a lesson, from when to when, and which names of the course's roster are not in the record.

What is told is the time in view: a student on another page of the call is there and not seen, so nobody is called
absent.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fer_desktop.labels import pseudonym
from fer_desktop.names.roster import match_roster
from fer_desktop.storage.values import SessionSummary, StudentSummary
from fer_desktop.types import Event, EventKind


@dataclass(frozen=True, slots=True)
class AttendanceRow:
    """A student of the session, or a name of the roster that is not in its record (then `student` is None).

    Seconds are None for such a name, and for a student who is `left_out`. `first_second` and `last_second`, counted
    from the session's beginning, are also None where nothing was seen. `on_roster`: None where the course has none.
    """

    student: int | None
    label: str
    first_second: int | None
    last_second: int | None
    view_seconds: int | None
    camera_on_seconds: int | None
    on_roster: bool | None
    left_out: bool = False


def list_attendance(
    session: SessionSummary, students: Sequence[StudentSummary], events: Iterable[Event], roster: Sequence[str]
) -> list[AttendanceRow]:
    """The students by number, then the names of the roster that match none of them, in its order.

    `students`, `events`: all of the session. None at all of a session that keeps to the class as a whole.
    """
    if session.aggregate_only:
        return []
    left_out = _find_left_out(events)
    matches = match_roster([each.name for each in students], roster)
    rows = [
        _row_of(each, on_roster=place in matches if roster else None, left_out=each.student in left_out)
        for place, each in enumerate(students)
    ]
    stored = {each.student for each in students}
    rows += [
        AttendanceRow(student, pseudonym(student), None, None, None, None, False if roster else None, left_out=True)
        for student in left_out - stored  # from their first second on
    ]
    rows.sort(key=lambda row: row.student or 0)
    found = set(matches.values())
    return rows + [
        AttendanceRow(None, name, None, None, None, None, on_roster=True)
        for place, name in enumerate(roster)
        if place not in found
    ]


def _find_left_out(events: Iterable[Event]) -> set[int]:
    """Students whom the teacher left out and did not take in again."""
    left_out: set[int] = set()
    for event in events:
        if event.student is not None and event.kind is EventKind.STUDENT_EXCLUDED:
            left_out.add(event.student)
        elif event.student is not None and event.kind is EventKind.STUDENT_INCLUDED:
            left_out.discard(event.student)
    return left_out


def _row_of(student: StudentSummary, *, on_roster: bool | None, left_out: bool) -> AttendanceRow:
    return AttendanceRow(
        student=student.student,
        label=student.label,
        first_second=None if left_out else student.first_second,
        last_second=None if left_out else student.last_second,
        view_seconds=None if left_out else student.tile_seconds,
        camera_on_seconds=None if left_out else student.camera_on_seconds,
        on_roster=on_roster,
        left_out=left_out,
    )
