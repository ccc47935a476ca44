"""Reads the names of a course's students from any file that has them: a roster, or the report of a call."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from fer_desktop.messages import Message
from fer_desktop.roster.call_report import is_call_report, read_call_report
from fer_desktop.roster.csv_file import read_roster
from fer_desktop.roster.matching import match_roster


@dataclass(frozen=True, slots=True)
class NewRoster:
    """The whole roster from now on. `added`: how many of its names are new to it. `from_call`: it was a call's report,
    whose names come to those that were there: who missed one lesson stays on the roster.
    """

    names: tuple[str, ...]
    added: int
    from_call: bool
    remarks: tuple[Message, ...] = ()


def read_new_roster(path: Path, before: Sequence[str]) -> NewRoster:
    """`before`: the names of the course now. Raises `DataError`."""
    if not is_call_report(path):
        roster = read_roster(path)
        return NewRoster(roster.names, len(roster.names), from_call=False, remarks=roster.remarks)
    report = read_call_report(path)
    names = [each.name for each in report.students()]
    known = match_roster(names, before)
    new = [name for place, name in enumerate(names) if place not in known]
    return NewRoster((*before, *new), len(new), from_call=True, remarks=report.remarks)
