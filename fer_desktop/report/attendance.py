"""Who was seen in a lesson, from when to when, and who of the course's roster was not.

What is told is the time in view: a student on another page of the call is there and not seen, so nobody is called
absent.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fer_desktop.names.roster import match_roster
from fer_desktop.storage.values import StudentSummary

if TYPE_CHECKING:
    from fer_desktop.storage.store import Store

@dataclass(frozen=True, slots=True)
class AttendanceRow:
    """A student who was seen, or a name of the roster that was not (then `student` and both seconds are None).

    `on_roster`: None where the course has no roster. Seconds count from the beginning of the session.
    """

    student: int | None
    label: str
    first_second: int | None
    last_second: int | None
    view_seconds: int
    camera_on_seconds: int
    on_roster: bool | None


def list_attendance(students: Sequence[StudentSummary], roster: Sequence[str]) -> list[AttendanceRow]:
    """Those who were seen by number, then the names of the roster that were not, in its order."""
    matches = match_roster([each.name for each in students], roster)
    seen = [
        AttendanceRow(
            student=each.student,
            label=each.label,
            first_second=each.first_second,
            last_second=each.last_second,
            view_seconds=each.tile_seconds,
            camera_on_seconds=each.camera_on_seconds,
            on_roster=place in matches if roster else None,
        )
        for place, each in enumerate(students)
    ]
    found = set(matches.values())
    missed = [
        AttendanceRow(None, name, None, None, 0, 0, on_roster=True)
        for place, name in enumerate(roster)
        if place not in found
    ]
    return seen + missed


def read_attendance(store: "Store", session_id: int, student: int | None = None) -> list[AttendanceRow]:
    """The attendance of a stored session, or one student's row of it."""
    roster = store.roster(store.session(session_id).course)
    rows = list_attendance(store.students(session_id), roster)
    return [row for row in rows if student is None or row.student == student]
