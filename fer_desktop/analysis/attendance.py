"""Who was seen in a lesson, from when to when, and which names of the course's roster are not in the record.

The time in view is reported, never absence: a student on another page of the call is present without being seen.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

from fer_desktop.analysis.exclusions import count_excluded, count_watched, find_exclusion_toggles
from fer_desktop.policy.pseudonyms import pseudonym
from fer_desktop.roster.matching import match_roster
from fer_desktop.storage.values import Seconds, SessionSummary, StudentSummary
from fer_desktop.types import Event


@dataclass(frozen=True, slots=True)
class AttendanceRow:
    """A student of the session, or a name of the roster that is not in its record (`student` is None).

    Seconds are None for such a name and for a student who is `excluded` to the end. `first_second` and `last_second`,
    counted from the session's start, are also None if nothing was seen. `on_roster`: None if the course has no roster
    or no name was stored to compare with it. `excluded_seconds`: recorded while the teacher excluded the student.
    `person_seconds`: in which they were there, whether or not a face was read; also None in sessions of versions that
    did not look for people. `watched_seconds`: the other recorded seconds; those in view and with the camera on are a
    part of them, so that excluded time counts as neither present nor absent.
    """

    student: int | None
    label: str
    first_second: int | None
    last_second: int | None
    view_seconds: int | None
    camera_on_seconds: int | None
    on_roster: bool | None
    excluded: bool = False
    watched_seconds: int | None = None
    excluded_seconds: int | None = None
    person_seconds: int | None = None

    @property
    def view_share(self) -> float | None:
        """Share of the watched seconds, 0 to 1; None if `view_seconds` is."""
        return self._share(self.view_seconds)

    @property
    def camera_on_share(self) -> float | None:
        """Share of the watched seconds, 0 to 1; None if `camera_on_seconds` is."""
        return self._share(self.camera_on_seconds)

    @property
    def person_share(self) -> float | None:
        """Share of the watched seconds, 0 to 1; None if `person_seconds` is."""
        return self._share(self.person_seconds)

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

    `students`, `events`: all of the session. `recorded`: its recorded seconds, sorted. Empty for a session with class
    totals only. Without any stored name the roster is ignored, as nothing can be compared with it.
    """
    if session.aggregate_only:
        return []
    if not any(each.name for each in students):
        roster = ()
    toggles = find_exclusion_toggles(events)
    matches = match_roster([each.name for each in students], roster)
    rows = [
        _make_row(each, toggles[each.student], recorded, on_roster=place in matches if roster else None)
        for place, each in enumerate(students)
    ]
    rows += _list_never_stored(students, toggles, on_roster=False if roster else None)
    rows.sort(key=lambda row: row.student or 0)
    return rows + _list_unmatched(roster, set(matches.values()))


def _make_row(
    student: StudentSummary, toggles: Sequence[int], recorded: Seconds, *, on_roster: bool | None
) -> AttendanceRow:
    if _is_excluded_to_the_end(toggles):
        return _make_excluded_row(student.student, student.label, on_roster=on_roster)
    excluded = count_excluded(toggles, recorded)
    watched = count_watched(len(recorded), excluded, seen_seconds=student.tile_seconds)
    return AttendanceRow(
        student=student.student,
        label=student.label,
        first_second=student.first_second,
        last_second=student.last_second,
        view_seconds=student.tile_seconds,
        camera_on_seconds=student.camera_on_seconds,
        on_roster=on_roster,
        watched_seconds=watched,
        excluded_seconds=len(recorded) - watched,
        person_seconds=student.person_seconds,
    )


def _list_never_stored(
    students: Sequence[StudentSummary], toggles: Mapping[int, Sequence[int]], *, on_roster: bool | None
) -> list[AttendanceRow]:
    """The students who were excluded before anything of them was stored."""
    stored = {each.student for each in students}
    return [
        _make_excluded_row(student, pseudonym(student), on_roster=on_roster)
        for student, own in toggles.items()
        if student not in stored and _is_excluded_to_the_end(own)
    ]


def _list_unmatched(roster: Sequence[str], matched: Container[int]) -> list[AttendanceRow]:
    """The names of the roster that no student has. `matched`: the positions of the others."""
    return [
        AttendanceRow(None, name, None, None, None, None, on_roster=True)
        for position, name in enumerate(roster)
        if position not in matched
    ]


def _make_excluded_row(student: int, label: str, *, on_roster: bool | None) -> AttendanceRow:
    return AttendanceRow(student, label, None, None, None, None, on_roster, excluded=True)


def _is_excluded_to_the_end(toggles: Sequence[int]) -> bool:
    return len(toggles) % 2 == 1
