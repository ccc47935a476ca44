"""Reads text line by line within a budget: a small compressed file may hold gigabytes."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final, TextIO

from fer_desktop.errors import DataError

MAX_ROWS: Final = 200_000
"""FER2013 and FER+ have 35 887 rows."""
MAX_PROBLEMS: Final = 1_000
"""Bad rows after which the rest of a file is not read."""
_MAX_LINE_LETTERS: Final = 100_000
"""A row of FER2013 has up to 9 300."""


def read_lines(path: Path, text: TextIO) -> Iterator[str]:
    """The lines of an open file. Raises `DataError` for a line that is too long, before it is read as a whole."""
    number = 0
    while line := text.readline(_MAX_LINE_LETTERS):
        number += 1
        if len(line) == _MAX_LINE_LETTERS and not line.endswith("\n"):
            raise DataError(f"{path} line {number} is too long; is it the file that you meant?")
        yield line


def check_row_count(path: Path, rows: int) -> None:
    """Raises `DataError` for more than `MAX_ROWS`."""
    if rows > MAX_ROWS:
        raise DataError(f"{path} has more than {MAX_ROWS} rows; is it the file that you meant?")
