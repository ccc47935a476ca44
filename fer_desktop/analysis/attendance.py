"""Who was seen in a lesson, from when to when, and which names of the course's roster are not in the record.

What is told is the time in view: a student on another page of the call is there and not seen, so nobody is called
absent.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fer_desktop.analysis.exclusions import count_excluded, count_watched, find_exclusions
from fer_desktop.policy.pseudonyms import pseudonym
from fer_desktop.roster.matching import match_roster
from fer_desktop.storage.values import Seconds, SessionSummary, StudentSummary
from fer_desktop.types import Event


@dataclass(frozen=True, slots=True)
class AttendanceRow:
    """A student of the session, or a name of the roster that is not in its record (then `student` is None).

    Seconds are None for such a name, and for a student who is `left_out`. `first_second` and `last_second`, counted
    from the session's beginning, are also None where nothing was seen. `on_roster`: None where the course has none, or
    no name was kept to compare with it. `left_out_seconds`: recorded while the teacher left them out for a time.
    `watched_seconds`: the other recorded ones, of which the seconds in view and with the camera on are a part: nobody
    is absent while they are left out.
    """

    student: int | None
    label: str
    first_second: int | None
    last_second: int | None
    view_seconds: int | None
    camera_on_seconds: int | None
    on_roster: bool | None
    left_out: bool = False
    watched_seconds: int | None = None
    left_out_seconds: int | None = None

    @property
    def view_share(self) -> float | None:
        """Of the seconds watched, 0 to 1; None as the seconds are."""
        return self._share(self.view_seconds)

    @property
    def camera_on_share(self) -> float | None:
        """Of the seconds watched, as `view_share`."""
        return self._share(self.camera_on_seconds)

    def _share(self, part: int | None) -> float | None:
        return None if part is None else part / max(1, self.watched_seconds or 0)


def list_attendance(
    session: SessionSummary,
    students: Sequence[StudentSummary],
    events: Iterable[Event],
    roster: Sequence[str],
    recorded: Seconds,
) -> list[AttendanceRow]:
    """The students by number, then the names of the roster that match none of them, in its order.

    `students`, `events`: all of the session. `recorded`: its seconds that were, in order. None at all of a session that
    keeps to the class as a whole. Where no student's name was kept, a roster tells nothing, and counts as none.
    """
    if session.aggregate_only:
        return []
    if not any(each.name for each in students):
        roster = ()
    turns = find_exclusions(events)
    left_out = {student for student, mine in turns.items() if len(mine) % 2}
    matches = match_roster([each.name for each in students], roster)
    on_roster = [place in matches if roster else None for place in range(len(students))]
    rows = [
        _left_out_row(each.student, each.label, on_roster=listed)
        if each.student in left_out
        else _seen_row(each, turns[each.student], recorded, on_roster=listed)
        for each, listed in zip(students, on_roster, strict=True)
    ]
    stored = {each.student for each in students}
    rows += [
        _left_out_row(student, pseudonym(student), on_roster=False if roster else None)
        for student in left_out - stored  # from their first second on
    ]
    rows.sort(key=lambda row: row.student or 0)
    found = set(matches.values())
    return rows + [
        AttendanceRow(None, name, None, None, None, None, on_roster=True)
        for place, name in enumerate(roster)
        if place not in found
    ]


def _left_out_row(student: int, label: str, *, on_roster: bool | None) -> AttendanceRow:
    return AttendanceRow(student, label, None, None, None, None, on_roster, left_out=True)


def _seen_row(
    student: StudentSummary, turns: Sequence[int], recorded: Seconds, *, on_roster: bool | None
) -> AttendanceRow:
    left_out = count_excluded(turns, recorded)
    watched = count_watched(len(recorded), left_out, seen_seconds=student.tile_seconds)
    return AttendanceRow(
        student=student.student,
        label=student.label,
        first_second=student.first_second,
        last_second=student.last_second,
        view_seconds=student.tile_seconds,
        camera_on_seconds=student.camera_on_seconds,
        on_roster=on_roster,
        watched_seconds=watched,
        left_out_seconds=len(recorded) - watched,
    )
