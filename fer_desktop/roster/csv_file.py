"""Reads the names of a course's students from CSV files as schools and spreadsheets write them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from fer_desktop.errors import DataError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.roster.column_titles import (
    FIRST_NAMES,
    LAST_NAMES,
    LAST_OR_FULL_NAMES,
    OTHER_FULL_NAMES,
    SECOND_LAST_NAMES,
    fold_title,
    is_full_title,
)
from fer_desktop.roster.names import fold_name
from fer_desktop.roster.table_file import Line, read_text, split_lines

MAX_NAMES: Final = 2_000

_LAST_COMMA_FIRST: Final = re.compile(r'[^,;\t|"]+, [^,;\t|"]+')


@dataclass(frozen=True, slots=True)
class RosterFile:
    """The names in the file's order, "First Last". `remarks`: guesses and omissions, a line each."""

    names: tuple[str, ...]
    remarks: tuple[Message, ...] = ()


def read_roster(path: Path) -> RosterFile:
    """Reads a file with or without a header, in UTF-8, UTF-16 or Latin-1, with commas, semicolons or tabs.

    A header gives the columns: a full name, or first and last names. Without one, the first column with letters is
    read, joined with the next if both hold single words. Guesses become remarks. A repeated line is read once;
    namesakes whose lines differ are two students. Raises `DataError`, if possible with the line: also for a quoted name
    with a line break, as an unclosed quote would swallow names.
    """
    text = read_text(path)
    lines = split_lines(text, path)
    columns = find_name_columns(lines[0])
    if columns is not None:
        lines = lines[1:]
    return _collect(lines, columns or _guess_columns(lines, last_first=_is_last_first(text)), path)


def _is_last_first(text: str) -> bool:
    """Whether most lines have the form "Kim, Zoë": one comma followed by a space, no quotes."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return sum(_LAST_COMMA_FIRST.fullmatch(line) is not None for line in lines) * 2 > len(lines)


@dataclass(frozen=True, slots=True)
class NameColumns:
    """The columns of the parts of a name, in spoken order. `remark`: what was guessed.

    `whole`: the last part may hold the whole name.
    """

    parts: tuple[int, ...]
    whole: bool = False
    remark: Message | None = None


def find_name_columns(header: Line) -> NameColumns | None:
    """The columns named by a header; None if the line is no header."""
    titles = [fold_title(cell) for cell in header.cells]

    def find(names: Sequence[str]) -> int | None:
        return next((titles.index(name) for name in names if name in titles), None)

    first, last, second_last = find(FIRST_NAMES), find(LAST_NAMES), find(SECOND_LAST_NAMES)
    either = find(LAST_OR_FULL_NAMES)
    if first is not None and last is not None:
        return NameColumns((first, last) if second_last is None else (first, last, second_last))
    full = next((column for column, title in enumerate(titles) if is_full_title(title)), None)
    if full is not None:
        return NameColumns((full,))
    if first is not None and either is not None:
        return NameColumns((first, either), whole=True)
    full = either if either is not None else find(OTHER_FULL_NAMES)
    if full is not None:
        return NameColumns((full,))
    half = first if first is not None else last
    return None if half is None else NameColumns((half,), remark=_remark_on_half(header.cells[half], first is not None))


def _remark_on_half(title: str, is_first: bool) -> Message:
    key = MessageKey.ROSTER_FIRST_NAMES_ONLY if is_first else MessageKey.ROSTER_LAST_NAMES_ONLY
    return Message(key, title=title)


def _guess_columns(lines: Sequence[Line], *, last_first: bool) -> NameColumns:
    """Without a header: the first column with letters in most lines, and the next if both hold halves of names."""
    width = max((len(line.cells) for line in lines), default=1)
    for column in range(width):
        cells = [line.cells[column] for line in lines if column < len(line.cells)]
        if sum(_looks_like_a_name(cell) for cell in cells) * 2 <= len(lines):
            continue
        if not _are_halves(lines, column):
            return NameColumns((column,))
        parts = (column + 1, column) if last_first else (column, column + 1)
        remark = Message(MessageKey.ROSTER_COLUMNS_JOINED, first=column + 1, second=column + 2)
        return NameColumns(parts, remark=remark)
    return NameColumns((0,))


def _are_halves(lines: Sequence[Line], column: int) -> bool:
    """Whether most lines have a single word in this column and a different one, varying by line, in the next."""
    pairs = [line.cells[column : column + 2] for line in lines if len(line.cells) > column + 1]
    single = [pair for pair in pairs if all(_looks_like_a_name(cell) and len(cell) > 1 for cell in pair)]
    single = [(first, second) for first, second in single if " " not in first and "," not in first]
    return len(single) * 2 > len(lines) and len({second for _, second in single}) * 2 > len(single)


def _looks_like_a_name(cell: str) -> bool:
    return any(letter.isalpha() for letter in cell) and not any(letter.isdigit() or letter == "@" for letter in cell)


def _collect(lines: Sequence[Line], columns: NameColumns, path: Path) -> RosterFile:
    names: list[str] = []
    remarks = [columns.remark] if columns.remark else []
    seen: dict[tuple[str, ...], int] = {}
    namesakes: dict[str, int] = {}
    for line in lines:
        name = name_of(line, columns)
        if line.broken:
            remarks.append(_remark_on_break(line, columns))
        if not name:
            remarks.append(Message(MessageKey.ROSTER_LINE_WITHOUT_NAME, line=line.number))
        elif line.cells in seen:
            before = seen[line.cells]
            remarks.append(Message(MessageKey.ROSTER_LINE_REPEATED, line=line.number, name=name, before=before))
        else:
            if name.casefold() in namesakes:
                before = namesakes[name.casefold()]
                remarks.append(Message(MessageKey.ROSTER_NAMESAKE, line=line.number, name=name, before=before))
            names.append(name)
            seen[line.cells] = line.number
            namesakes.setdefault(name.casefold(), line.number)
    if not names:
        raise DataError(Message(MessageKey.ROSTER_WITHOUT_NAMES, path=str(path)))
    if len(names) > MAX_NAMES:
        raise DataError(Message(MessageKey.ROSTER_TOO_MANY_NAMES, path=str(path), count=len(names)))
    return RosterFile(tuple(names), tuple(remarks))


def _remark_on_break(line: Line, columns: NameColumns) -> Message:
    """Raises `DataError` if the line break is in the name itself."""
    if line.broken & set(columns.parts):
        raise DataError(Message(MessageKey.ROSTER_NAME_BROKEN, line=line.number, end=line.ends))
    return Message(MessageKey.ROSTER_CELL_BROKEN, line=line.number, end=line.ends)


def name_of(line: Line, columns: NameColumns) -> str:
    """The name in a line, "First Last"; "" without one."""
    cells = [line.cells[column] if column < len(line.cells) else "" for column in columns.parts]
    parts = [cell for cell in cells if cell]
    if columns.whole and len(parts) > 1 and set(fold_name(parts[0]).split()) < set(fold_name(parts[-1]).split()):
        parts = parts[-1:]
    if len(parts) > 1:
        return " ".join(parts)
    last, comma, first = "".join(parts).partition(",")
    return f"{first.strip()} {last.strip()}".strip() if comma else last
