"""Reads the names of a course's students from a CSV file, as schools and spreadsheets write them."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from fer_desktop.errors import DataError
from fer_desktop.storage.corrections import tidy_name

MOST_NAMES: Final = 2_000
LARGEST_FILE_BYTES: Final = 5_000_000

_FULL_NAMES: Final = ("full name", "fullname", "name", "student name", "student", "display name", "participant")
_FIRST_NAMES: Final = ("first name", "firstname", "first", "given name", "given names", "forename")
_LAST_NAMES: Final = ("last name", "lastname", "last", "surname", "family name")


@dataclass(frozen=True, slots=True)
class RosterFile:
    """The names in the file's order, "First Last". `remarks`: what the teacher should know of it, a line each."""

    names: tuple[str, ...]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    cells: tuple[str, ...]


def read_roster(path: Path) -> RosterFile:
    """Reads a file with or without a header, in UTF-8, UTF-16 or Latin-1, with commas, semicolons or tabs.

    A header tells the column: a full name, or a first and a last one. Without a header the first column that is not
    a number counts. A line that stands twice is read once; namesakes whose lines differ are two students. Raises
    `DataError`, with the line where there is one to name.
    """
    lines = _split(_decode(_read(path), path))
    if not lines:
        raise DataError(f"{path} is empty; name a CSV file with a student a line")
    columns = _find_columns(lines[0])
    if columns is not None:
        lines = lines[1:]
    return _gather(lines, columns or _guess_columns(lines), path)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE_BYTES + 1)
    except OSError as error:
        raise DataError(f"{path} cannot be read ({error.strerror}); name a CSV file") from error
    if len(content) > LARGEST_FILE_BYTES:
        raise DataError(f"{path} is too large for a roster; is it the file that you meant?")
    return content


def _decode(content: bytes, path: Path) -> str:
    """Latin-1 takes any bytes, so it comes last; control characters in it show a file that is no text."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    elif content[1:2] == b"\0":
        encodings = ("utf-16-le",)
    elif content[:1] == b"\0":
        encodings = ("utf-16-be",)
    else:
        encodings = ("utf-8-sig", "cp1252", "latin-1")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not any(ord(letter) < 32 and letter not in "\t\r\n\f" for letter in text):
            return text
    raise DataError(f"{path} is no text; save the roster as CSV (UTF-8) and name that file")


def _split(text: str) -> list[_Line]:
    """Lines that hold something, by the numbers that an editor shows."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    first, _, rest = text.partition("\n")
    if first.lower().startswith("sep=") and len(first) == 5:  # what Excel writes to tell itself the delimiter
        text, delimiter = f"\n{rest}", first[4]
    else:
        delimiter = _find_delimiter(text)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, skipinitialspace=True)
    lines, began = [], 1
    try:
        for row in reader:
            cells = tuple(tidy_name(cell) or "" for cell in row)
            if any(cells):
                lines.append(_Line(began, cells))
            began = reader.line_num + 1
    except csv.Error as error:
        raise DataError(f"line {reader.line_num} of the roster cannot be read ({error}); mend or remove it") from error
    return lines


def _find_delimiter(text: str) -> str:
    """The one that parts the most lines the same way: "Last, First" in a file of semicolons does not mislead it."""
    lines = [line for line in text.split("\n") if line.strip()][:50]

    def agreement(delimiter: str) -> tuple[int, int]:
        counts = [sum(letter == delimiter for letter in _outside_quotes(line)) for line in lines]
        usual = max(set(counts), key=counts.count) if counts else 0
        return (counts.count(usual) if usual else 0, usual)

    best = max(";\t|,", key=agreement)
    return best if agreement(best)[1] else ","


def _outside_quotes(line: str) -> str:
    return "".join(line.split('"')[::2])


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where a name stands: whole in `first`, or with its second half in `last`."""

    first: int
    last: int | None = None


def _find_columns(header: _Line) -> _Columns | None:
    """From a header; None where the line is none."""
    titles = [cell.casefold().replace("_", " ").rstrip(":") for cell in header.cells]

    def find(names: Sequence[str]) -> int | None:
        return next((titles.index(name) for name in names if name in titles), None)

    first, last = find(_FIRST_NAMES), find(_LAST_NAMES)
    if first is not None and last is not None:
        return _Columns(first, last)
    whole = find(_FULL_NAMES)
    only = whole if whole is not None else first if first is not None else last
    return None if only is None else _Columns(only)


def _guess_columns(lines: Sequence[_Line]) -> _Columns:
    """Without a header: the first column with letters in most lines."""
    width = max((len(line.cells) for line in lines), default=1)
    for column in range(width):
        cells = [line.cells[column] for line in lines if column < len(line.cells)]
        if sum(_looks_like_a_name(cell) for cell in cells) * 2 > len(lines):
            return _Columns(column)
    return _Columns(0)


def _looks_like_a_name(cell: str) -> bool:
    return any(letter.isalpha() for letter in cell) and not any(letter.isdigit() or letter == "@" for letter in cell)


def _gather(lines: Sequence[_Line], columns: _Columns, path: Path) -> RosterFile:
    names: list[str] = []
    remarks: list[str] = []
    seen: dict[tuple[str, ...], int] = {}
    namesakes: dict[str, int] = {}
    for line in lines:
        name = _name_of(line, columns)
        if not name:
            remarks.append(f"line {line.number} has no name and is left out")
        elif line.cells in seen:
            remarks.append(f"line {line.number} is left out: {name} stands in line {seen[line.cells]} already")
        else:
            if name.casefold() in namesakes:
                before = namesakes[name.casefold()]
                remarks.append(f"line {line.number}: {name} stands in line {before} too, and is taken for a namesake")
            names.append(name)
            seen[line.cells] = line.number
            namesakes.setdefault(name.casefold(), line.number)
    if not names:
        raise DataError(f"{path} has no names in it; name a CSV file with a student a line")
    if len(names) > MOST_NAMES:
        raise DataError(f"{path} has {len(names)} names; is it the file that you meant?")
    return RosterFile(tuple(names), tuple(remarks))


def _name_of(line: _Line, columns: _Columns) -> str:
    def cell(column: int) -> str:
        return line.cells[column] if column < len(line.cells) else ""

    if columns.last is not None:
        return f"{cell(columns.first)} {cell(columns.last)}".strip()
    last, comma, first = cell(columns.first).partition(",")
    return f"{first.strip()} {last.strip()}".strip() if comma else last
