"""Recognises from a file's beginning whether it is a database in clear text, an encrypted one, or something else."""

from enum import StrEnum
from pathlib import Path
from typing import Final

from fer_desktop.encryption.key import SALT_BYTES

CLEAR_HEADER: Final = b"SQLite format 3\x00"
_PAGE_BYTES: Final = 4096
_LEAST_VALUES: Final = 240
"""Of 256 byte values: 4096 random bytes contain all, almost always; a text or a damaged database far fewer."""


class FileKind(StrEnum):
    """What a file looks like."""

    EMPTY = "empty"
    CLEAR = "clear"
    ENCRYPTED = "encrypted"
    OTHER = "other"


def look_at(path: Path) -> FileKind:
    """What the file looks like; `EMPTY` if there is none. An encrypted one looks random. Raises `OSError`.

    It must not be open in SQLite in this process, as closing a file releases all locks that a process has on it
    (https://sqlite.org/howtocorrupt.html, 2.2).
    """
    beginning = _read_beginning(path)
    if not beginning:
        return FileKind.EMPTY
    if beginning.startswith(CLEAR_HEADER):
        return FileKind.CLEAR
    random = len(beginning) == _PAGE_BYTES and len(set(beginning)) >= _LEAST_VALUES
    return FileKind.ENCRYPTED if random else FileKind.OTHER


def read_salt(path: Path) -> bytes:
    """The first bytes of an encrypted database. As for `look_at`."""
    return _read_beginning(path)[:SALT_BYTES]


def _read_beginning(path: Path) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read(_PAGE_BYTES)
    except FileNotFoundError:
        return b""
