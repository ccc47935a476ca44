"""Reads small tables as schools, spreadsheets and call programs write them: CSV, tabs, UTF-8, UTF-16, Latin-1."""

import csv
import errno
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from fer_desktop.errors import DataError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.roster.names import tidy_name
from fer_desktop.system.files import read_small_file

MAX_LINES: Final = 10_000
_MAX_COLUMNS: Final = 200
_MAX_LINE_LENGTH: Final = 10_000
MAX_FILE_BYTES: Final = 5_000_000


@dataclass(frozen=True, slots=True)
class Line:
    """A record of the file, from line `number` to line `ends`. `broken`: columns whose cells contain line breaks."""

    number: int
    ends: int
    cells: tuple[str, ...]
    broken: frozenset[int]


def read_text(path: Path) -> str:
    """The text of a small file. Raises `DataError` for one that is too large, cannot be read or is no text."""
    return _decode(_read(path), path)


def _read(path: Path) -> bytes:
    try:
        return read_small_file(path, MAX_FILE_BYTES)
    except OSError as error:
        if error.errno == errno.EFBIG:
            raise DataError(Message(MessageKey.ROSTER_TOO_LARGE, path=str(path))) from error
        message = Message(MessageKey.ROSTER_UNREADABLE, path=str(path), reason=str(error.strerror))
        raise DataError(message) from error


def _decode(content: bytes, path: Path) -> str:
    """Latin-1 decodes any bytes, so it comes last; control characters then reveal a file that is not text."""
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
    raise DataError(Message(MessageKey.ROSTER_NOT_TEXT, path=str(path)))


def split_lines(text: str, path: Path, *, delimiter: str | None = None) -> list[Line]:
    """The non-empty records, numbered as in an editor. `delimiter`: found by itself if None. Raises `DataError`."""
    lines = _split(text, delimiter)
    if not lines:
        raise DataError(Message(MessageKey.ROSTER_EMPTY, path=str(path)))
    return lines


def _split(text: str, delimiter: str | None) -> list[Line]:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    first, _, rest = text.partition("\n")
    if first.lower().startswith("sep=") and len(first) == 5:  # Excel's own way to declare the delimiter
        text, delimiter = f"\n{rest}", first[4]
    else:
        delimiter = delimiter or _find_delimiter(text)
    for number, line in enumerate(text.splitlines(), start=1):
        if len(line) > _MAX_LINE_LENGTH:
            raise DataError(Message(MessageKey.ROSTER_LINE_TOO_LONG, line=number))
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, skipinitialspace=True)
    lines, start = [], 1
    try:
        for row in reader:
            cells = tuple(tidy_name(cell) or "" for cell in row)
            broken = frozenset(column for column, cell in enumerate(row) if "\n" in cell)
            if len(cells) > _MAX_COLUMNS:
                raise DataError(Message(MessageKey.ROSTER_TOO_MANY_COLUMNS, line=start, count=len(cells)))
            if any(cells):
                lines.append(Line(start, reader.line_num, cells, broken))
            if len(lines) > MAX_LINES:
                raise DataError(Message(MessageKey.ROSTER_TOO_MANY_LINES, limit=MAX_LINES))
            start = reader.line_num + 1
    except csv.Error as error:
        message = Message(MessageKey.ROSTER_LINE_UNREADABLE, line=reader.line_num, reason=str(error))
        raise DataError(message) from error
    return lines


def _find_delimiter(text: str) -> str:
    """The delimiter that splits the most lines alike, so that "Last, First" between semicolons does not mislead."""
    lines = [line for line in text.split("\n") if line.strip()][:50]

    def agreement(delimiter: str) -> tuple[int, int]:
        counts = [sum(letter == delimiter for letter in _outside_quotes(line)) for line in lines]
        mode = max(set(counts), key=counts.count) if counts else 0
        return (counts.count(mode) if mode else 0, mode)

    best = max(";\t|,", key=agreement)
    return best if agreement(best)[1] else ","


def _outside_quotes(line: str) -> str:
    return "".join(line.split('"')[::2])
