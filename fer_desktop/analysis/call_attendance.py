"""Compares who was seen in a lesson with the report of the call, which knows who was in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from fer_desktop.analysis.attendance import AttendanceRow
from fer_desktop.policy.pseudonyms import pseudonym
from fer_desktop.roster.call_report import Participant
from fer_desktop.roster.matching import match_roster


class Found(StrEnum):
    """Where a person was found. Students without a name cannot be compared."""

    BOTH = "both"
    CALL = "call"
    SEEN = "seen"
    ROSTER = "roster"  # neither seen nor in the call, but on the course's roster


@dataclass(frozen=True, slots=True)
class CheckedPerson:
    """`participant`: of the call's report; `row`: of the lesson's attendance; None where they are not there."""

    name: str
    found: Found
    participant: Participant | None
    row: AttendanceRow | None


@dataclass(frozen=True, slots=True)
class CallCheck:
    """The people by where they were found, in the order of the report. `unnamed`: students without a name, who may be
    any of those who are only in the call.
    """

    people: tuple[CheckedPerson, ...]
    unnamed: int


def check_attendance(rows: Sequence[AttendanceRow], participants: Sequence[Participant]) -> CallCheck:
    """`rows`: of the lesson, with its roster. `participants`: without the host."""
    named = [row for row in rows if row.student is None or row.label != pseudonym(row.student)]
    matches = _match(named, participants)
    return CallCheck(tuple(_list_people(named, participants, matches)), len(rows) - len(named))


def _match(named: Sequence[AttendanceRow], participants: Sequence[Participant]) -> dict[int, int]:
    """Positions in `participants` by positions in `named`: by the account's name, else by that in the call."""
    matches = match_roster([row.label for row in named], [each.name for each in participants])
    rest = [None if place in matches else row.label for place, row in enumerate(named)]
    free = ["" if place in matches.values() else each.shown for place, each in enumerate(participants)]
    return matches | match_roster(rest, free)


def _list_people(
    named: Sequence[AttendanceRow], participants: Sequence[Participant], matches: dict[int, int]
) -> Iterator[CheckedPerson]:
    rows = {participant: named[row] for row, participant in matches.items()}
    for place, each in enumerate(participants):
        row = rows.get(place)
        seen = row is not None and row.student is not None
        yield CheckedPerson(each.name, Found.BOTH if seen else Found.CALL, each, row)
    for place, row in enumerate(named):
        if place not in matches:
            yield CheckedPerson(row.label, Found.ROSTER if row.student is None else Found.SEEN, None, row)


def complete_names(check: CallCheck) -> dict[int, str]:
    """The fuller names of the report by student, where the lesson has part of one: "Priya R." is "Priya Rao"."""
    return {
        person.row.student: person.participant.name
        for person in check.people
        if person.row is not None and person.row.student is not None and person.participant is not None
        if len(person.participant.name) > len(person.row.label) or person.row.label.endswith(("…", "..."))
    }
