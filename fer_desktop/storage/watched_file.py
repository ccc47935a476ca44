"""Notices that a database's file, or its log, is not the one any more that a connection has open.

SQLite would go on writing into a deleted or replaced file without an error, and its log into one that was overwritten.
"""

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from fer_desktop.encryption.key import DatabaseKey
from fer_desktop.storage.driver_errors import PASSING, UNWRITABLE, ErrorKind, classify_error
from fer_desktop.storage.logs import LogPlace, empty_foreign_log, find_log_place
from fer_desktop.storage.sqlite_driver import driver_errors, open_sqlite
from fer_desktop.system.files import beside

_UNKNOWN: Final = frozenset({*UNWRITABLE, *PASSING, ErrorKind.LOCKED})
"""Errors that say nothing of what is in the file; after any other the file is not the one that was opened."""


class WatchedFile:
    """The file of the session that one connection at a time writes. On a server there is none: nothing changes then."""

    def __init__(self, path: Path | None, key: DatabaseKey | None) -> None:
        self._path = path
        self._key = key
        self._file: _State | None = None
        self._log: _State | None = None
        self._seen: _State | None = None
        self._place = LogPlace(None)

    def begin(self) -> None:
        """Call it before a connection is opened."""
        self._file, self._log, self._place = _State.of(self._path), None, LogPlace(None)

    def note_log(self) -> None:
        """Call it after each commit, which makes the log where there was none: one that is gone by now was removed."""
        self._log = _State.of_log(self._path) or self._log

    @property
    def is_missing(self) -> bool:
        """Whether there is no file."""
        return self._path is not None and _State.of(self._path) is None

    @property
    def log_is_missing(self) -> bool:
        """Whether the log of the last commit was removed, or replaced."""
        return self._log is not None and not self._log.is_same_file(_State.of_log(self._path))

    def is_at_rest(self) -> bool:
        """Whether the file has not changed since the last call: nobody is copying into it any more."""
        before, self._seen = self._seen, _State.of(self._path)
        return before == self._seen

    def is_same(self, session_id: int | None, entries: int) -> bool:
        """Whether the file is the one that was opened. SQLite, and whoever else uses it, may have written into it.

        `entries`: of the session, as of the last commit. Raises `OSError` or `driver_errors()` where it cannot be read.
        """
        now = _State.of(self._path)
        if self._path is None or now == self._file:
            return True
        if now is None or not now.is_same_file(self._file):
            return False
        try:
            place = find_log_place(self._path, self._key)
            belongs = self._is_later(place)
            if belongs is None:
                belongs = _has_entries(self._path, self._key, session_id, entries)
        except driver_errors() as error:
            if classify_error(error) in _UNKNOWN:
                raise
            belongs = False
        if belongs:
            self._file, self._place = now, place
        return belongs

    def _is_later(self, place: LogPlace) -> bool | None:
        """Of a log that was not begun anew a file loses nothing, unless an older copy takes its place."""
        return place.belongs and not (place.log == self._place.log and place.moved < self._place.moved)

    @property
    def is_overwritten(self) -> bool:
        """Whether a file that is not the same any more is so in its content only: the connection is to it."""
        return self._file is not None and self._file.is_same_file(_State.of(self._path))

    def disarm_log(self) -> None:
        """Keeps the log from being moved into a file that was overwritten. Raises `OSError`."""
        if self._path is not None and not self.log_is_missing:
            empty_foreign_log(self._path)


@dataclass(frozen=True, slots=True)
class _State:
    """`changed_ns`: times of the last changes of the content and of the file's entry."""

    device: int
    inode: int
    size: int
    changed_ns: tuple[int, int]

    @classmethod
    def of(cls, path: Path | None) -> "_State | None":
        """None if there is no file, or none to watch."""
        if path is None:
            return None
        try:
            status = path.stat()
        except OSError:
            return None
        return cls(status.st_dev, status.st_ino, status.st_size, (status.st_mtime_ns, status.st_ctime_ns))

    @classmethod
    def of_log(cls, path: Path | None) -> "_State | None":
        """As `of`, of the log beside the file."""
        return None if path is None else cls.of(beside(path, "-wal"))

    def is_same_file(self, other: "_State | None") -> bool:
        """Whatever it contains."""
        return other is not None and (self.device, self.inode) == (other.device, other.inode)


def _has_entries(path: Path, key: DatabaseKey | None, session_id: int | None, entries: int) -> bool:
    """Whether the file itself, without a log, has so many entries of the session."""
    with closing(open_sqlite(path, query="mode=ro&immutable=1", key=key)) as connection:
        row = connection.execute("SELECT entries FROM sessions WHERE id = ?", (session_id,)).fetchone()
    return row is not None and row[0] == entries
