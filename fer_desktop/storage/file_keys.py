"""Finds the key of a database file that is opened, without disturbing those who have it open in this process."""

from contextlib import suppress
from pathlib import Path
from typing import Final, Protocol
from weakref import WeakKeyDictionary

from fer_desktop.encryption.file_kind import FileKind, look_at, read_salt
from fer_desktop.encryption.key import DatabaseKey
from fer_desktop.encryption.key_sources import KeySource
from fer_desktop.errors import KeyNeededError
from fer_desktop.messages import Message, MessageKey


class OpenFile(Protocol):
    """A database that is open."""

    @property
    def path(self) -> Path | None:
        """Its file."""

    @property
    def key(self) -> DatabaseKey | None:
        """Its key; None unless it is encrypted."""


_Identity = tuple[str, int, int]

_open_files: Final[WeakKeyDictionary[OpenFile, _Identity]] = WeakKeyDictionary()
"""Of this process, with the file's path, device and number; numbers are given again to later files."""


def remember_open(database: OpenFile) -> None:
    """Call it once a database was read: from then on its file is not opened to look at it, nor its key asked for.

    Closing a file releases all locks that a process has on it (https://sqlite.org/howtocorrupt.html, 2.2).
    """
    with suppress(OSError):
        if database.path is not None:
            _open_files[database] = _identify(database.path)


def forget_open(database: OpenFile) -> None:
    """Call it once a database has no connections any more, or its file was exchanged for another one."""
    _open_files.pop(database, None)


def key_of_file(path: Path, keys: KeySource) -> DatabaseKey | None:
    """The key of a file that is encrypted; None for any other. Raises `KeyNeededError` and `OSError`."""
    known = _find_open(path)
    if known is not None:
        return known.key
    try:
        if look_at(path) is not FileKind.ENCRYPTED:
            return None
        key = keys(read_salt(path))
    except PermissionError:  # SQLite explains it
        return None
    if key is None:
        raise KeyNeededError(Message(MessageKey.DATABASE_KEY_NEEDED, database=str(path)))
    return key


def was_converted(path: Path, key: DatabaseKey | None) -> bool:
    """Whether a file that was opened with this key is in clear text now, or encrypted where it was opened without.

    Only for a file that SQLite takes for no database: then no connection of that key locks it. Raises `OSError`.
    """
    known = _find_open(path)
    if known is not None:
        return (known.key is None) != (key is None)
    return look_at(path) is (FileKind.ENCRYPTED if key is None else FileKind.CLEAR)


def _find_open(path: Path) -> OpenFile | None:
    identity = _identify(path)
    return next((each for each, own in list(_open_files.items()) if own == identity), None)


def _identify(path: Path) -> _Identity:
    status = path.stat()
    return str(path), status.st_dev, status.st_ino
