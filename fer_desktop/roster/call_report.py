"""Reads the participant reports of Zoom, Teams and Meet: who was in the call, from when to when."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from fer_desktop.errors import DataError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.roster.call_columns import CallColumns, find_call_columns, guess_call_columns
from fer_desktop.roster.call_times import read_call_time, read_duration
from fer_desktop.roster.csv_file import MAX_NAMES
from fer_desktop.roster.names import fold_name
from fer_desktop.roster.table_file import Line, read_text, split_lines

_DELIMITERS: Final = ("\t", ",", ";")
_LEAVING: Final = ("left", "leave", "verl", "hat verl", "sal", "aband", "a quit", "quit", "parti", "छोड़")
_HOSTS: Final = ("organi", "host", "gastgeber", "besprechungsorg", "anfitrion", "hote")
_STATES: Final = frozenset(
    (
        *("guest", "host", "co-host", "me", "unverified", "external"),
        *("gast", "gastgeber", "ich", "extern", "nicht verifiziert"),
        *("invitado", "anfitrion", "coanfitrion", "yo", "externo", "no verificado"),
        *("invite", "hote", "co-hote", "moi", "externe", "non verifie"),
    )
)
"""What call programs write in brackets behind a name, one or several with commas, folded."""


@dataclass(frozen=True, slots=True)
class Visit:
    """From joining to leaving, by the report's own clock; None where it is not written."""

    joined: datetime | None
    left: datetime | None


@dataclass(frozen=True, slots=True)
class Participant:
    """`name`: of the account, where the report has it; `shown`: in the call. `seconds`: in the call, None if unknown.

    `host`: the report calls them the organiser. `email`: "" where it is not written.
    """

    name: str
    shown: str
    visits: tuple[Visit, ...]
    seconds: int | None
    host: bool = False
    email: str = ""

    @property
    def joined(self) -> datetime | None:
        """When they joined first."""
        return min((visit.joined for visit in self.visits if visit.joined is not None), default=None)

    @property
    def left(self) -> datetime | None:
        """When they left last."""
        return max((visit.left for visit in self.visits if visit.left is not None), default=None)


@dataclass(frozen=True, slots=True)
class CallReport:
    """The participants in the order of their first line. `remarks`: what was guessed, a line each."""

    participants: tuple[Participant, ...]
    remarks: tuple[Message, ...] = ()

    def students(self) -> list[Participant]:
        """Everybody but hosts."""
        return [each for each in self.participants if not each.host]


@dataclass(frozen=True, slots=True)
class _Table:
    columns: CallColumns
    lines: tuple[Line, ...]


def read_call_report(path: Path, *, near: datetime | None = None) -> CallReport:
    """Reads a participant or attendance report, in any language whose columns are known or whose times can be read.

    `near`: when the lesson began, by the computer's clock; it decides between 3 April and 4 March. Several lines of a
    participant become one. Raises `DataError` for a file that is none.
    """
    text = read_text(path)
    by_delimiter = (split_lines(text, path, delimiter=delimiter) for delimiter in _DELIMITERS)
    tables = [table for lines in by_delimiter for table in _find_tables(lines)]
    remarks: tuple[Message, ...] = ()
    if not tables:
        tables, remarks = _guess_tables(text, path), (Message(MessageKey.CALL_REPORT_GUESSED),)
    if not tables:
        raise DataError(Message(MessageKey.CALL_REPORT_UNKNOWN, path=str(path)))
    participants = _collect(max(tables, key=lambda table: len(table.lines)), near)
    if not participants:
        raise DataError(Message(MessageKey.CALL_REPORT_EMPTY, path=str(path)))
    if len(participants) > MAX_NAMES:
        raise DataError(Message(MessageKey.ROSTER_TOO_MANY_NAMES, path=str(path), count=len(participants)))
    return CallReport(tuple(participants), remarks)


def is_call_report(path: Path) -> bool:
    """Whether the columns of a file are those of a call report. Raises `DataError` if it cannot be read."""
    text = read_text(path)
    return any(_find_tables(split_lines(text, path, delimiter=delimiter)) for delimiter in _DELIMITERS)


def _find_tables(lines: Sequence[Line]) -> list[_Table]:
    """The tables below each header; a line with a single cell, as the title of a section, ends a table."""
    tables: list[_Table] = []
    columns: CallColumns | None = None
    own: list[Line] = []
    for line in lines:
        header = find_call_columns(line.cells)
        if header is not None or sum(map(bool, line.cells)) == 1:
            if columns is not None and own:
                tables.append(_Table(columns, tuple(own)))
            columns, own = header, []
        elif columns is not None:
            own.append(line)
    if columns is not None and own:
        tables.append(_Table(columns, tuple(own)))
    return tables


def _guess_tables(text: str, path: Path) -> list[_Table]:
    """The longest run of lines with a name and two times, whatever its header says."""
    tables = []
    for delimiter in _DELIMITERS:
        run: list[Line] = []
        columns: CallColumns | None = None
        for line in split_lines(text, path, delimiter=delimiter):
            found = guess_call_columns(line.cells)
            if found is not None and found == columns:
                run.append(line)
            elif found is not None:
                run, columns = [line], found
            if columns is not None and run and line is run[-1]:
                tables.append(_Table(columns, tuple(run)))
    return tables


def _collect(table: _Table, near: datetime | None) -> list[Participant]:
    """One participant for each name; namesakes are two if both have an e-mail address."""
    found: dict[tuple[str, str], Participant] = {}
    for line in table.lines:
        each = _read_line(line.cells, table.columns, near)
        if each is None:
            continue
        key = fold_name(each.name), each.email.casefold()
        before = found.get(key)
        found[key] = each if before is None else _join(before, each)
    timed = [replace(each, visits=_pair(each.visits)) for each in found.values()]
    return [replace(each, seconds=_count_seconds(each)) for each in timed]


def _read_line(cells: Sequence[str], columns: CallColumns, near: datetime | None) -> Participant | None:
    def cell(column: int | None) -> str:
        return cells[column] if column is not None and column < len(cells) else ""

    whole = " ".join(text for text in map(cell, columns.name) if text)
    shown, name, is_host = _split_name(whole, original=columns.original)
    if not name:
        return None
    joined = read_call_time(cell(columns.joined), near)
    left = read_call_time(cell(columns.left), joined or near)
    if columns.action is not None:
        at = read_call_time(cell(columns.timestamp), near)
        leaving = fold_name(cell(columns.action)).startswith(_LEAVING)
        joined, left = (None, at) if leaving else (at, None)
    host = is_host or _is_host(cell(columns.role))
    seconds = read_duration(cell(columns.duration)) if columns.duration is not None else None
    return Participant(name, shown, (Visit(joined, left),), seconds, host, cell(columns.email))


def _split_name(whole: str, *, original: bool) -> tuple[str, str, bool]:
    """The name in the call, that of the account ("Zoë (Zoë Kim)" in Zoom), and whether it is the host's.

    "(Guest)" or "(Host, me)" belongs to neither name.
    """
    name, host = whole, False
    while name.endswith(")") and "(" in name:
        before, _, inside = name[:-1].rpartition("(")
        states = [state.strip() for state in inside.split(",")]
        if not all(fold_name(state) in _STATES for state in states):
            shown, account = (before.strip() or inside, inside.strip() or before.strip()) if original else (name, name)
            return shown, account, host
        host = host or any(map(_is_host, states))
        name = before.strip()
    return name, name, host


def _is_host(text: str) -> bool:
    """Whether a role or a state is a host's; a co-host may be a student."""
    return fold_name(text).startswith(_HOSTS)


def _join(one: Participant, other: Participant) -> Participant:
    seconds = [each.seconds for each in (one, other) if each.seconds is not None]
    return replace(
        one, visits=one.visits + other.visits, seconds=sum(seconds) if seconds else None, host=one.host or other.host
    )


def _pair(visits: Sequence[Visit]) -> tuple[Visit, ...]:
    """Joins each "joined" that stands in a line of its own with the "left" after it."""
    return tuple(_pair_all(sorted(visits, key=lambda visit: visit.joined or visit.left or datetime.min)))


def _pair_all(visits: Sequence[Visit]) -> Iterator[Visit]:
    waiting: Visit | None = None
    for visit in visits:
        if waiting is not None and visit.joined is None:
            yield Visit(waiting.joined, visit.left)
            waiting = None
            continue
        if waiting is not None:
            yield waiting
        waiting = visit if visit.left is None and visit.joined is not None else None
        if waiting is None and (visit.joined or visit.left):
            yield visit
    if waiting is not None:
        yield waiting


def _count_seconds(participant: Participant) -> int | None:
    """By the visits, each second once, though two devices were in the call; else as the report says.

    A visit that ends before it begins was not read as it was meant.
    """
    times = ((visit.joined, visit.left) for visit in participant.visits if visit.joined and visit.left)
    whole = [(joined, left) for joined, left in times if joined <= left]
    if len(whole) < len(participant.visits) or not whole:
        return participant.seconds
    total, end = 0.0, datetime.min
    for joined, left in sorted(whole):
        total += max(0.0, (left - max(joined, end)).total_seconds())
        end = max(end, left)
    return int(total)
