"""Private copies of databases whose log SQLite cannot read in place, as nothing can be written beside it.

A copy is made once for each state of the files, stays encrypted if they are, and is overwritten at the end of the
process, or by the next start after a kill.
"""

import atexit
import errno
import os
import shutil
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import uuid4

from fer_desktop.system.file_hold import FileHold, hold_file
from fer_desktop.system.files import beside
from fer_desktop.system.folders import make_private_folder, require_own_folder, temporary_folder
from fer_desktop.system.overwriting import overwrite_and_remove

COPY_LIMIT: Final = 4_000_000_000
"""Bytes of a database and its log: some 300 lessons with 49 students (docs/adr/0003-sample-storage.md)."""
_ATTEMPTS: Final = 3
_LOCK_SUFFIX: Final = ".lock"
_COPIED: Final = ("", "-wal", "-journal")
_COPY_NAME: Final = "copy.sqlite"

_State = tuple[tuple[str, int, int, int], ...]
"""Of each file that is there: suffix, number, size in bytes, time of the last change in nanoseconds."""


@dataclass(slots=True, eq=False)
class ReadingCopy:
    """A copy, and how many connections read it. `path`: its database file."""

    path: Path
    state: _State
    hold: FileHold
    users: int = 0


class ReadingCopies:
    """The copies of this process. Any thread."""

    def __init__(self, *, limit: int = COPY_LIMIT) -> None:
        """`limit`: bytes of one copy."""
        self._limit = limit
        self._current: dict[Path, ReadingCopy] = {}
        self._outdated: list[ReadingCopy] = []
        self._lock = threading.Lock()
        self._removed_at_exit = False

    def borrow(self, path: Path) -> ReadingCopy:
        """A copy of the database and its log as they are now; give it back once its connection closes.

        Raises `OSError` where it would be too large, there is no room, or the files change all the time.
        """
        with self._lock:
            self._remove_outdated()
            copy = self._current.get(path)
            if copy is None or copy.state != _read_state(path):
                if copy is not None:
                    self._outdated.append(self._current.pop(path))
                copy = self._current[path] = self._copy(path)
            copy.users += 1
            return copy

    def give_back(self, copy: ReadingCopy) -> None:
        """The connection is closing."""
        with self._lock:
            copy.users -= 1

    def remove_all(self) -> None:
        """For the end of the process."""
        with self._lock:
            for copy in (*self._current.values(), *self._outdated):
                _remove_copy(copy.path.parent, copy.hold)
            self._current.clear()
            self._outdated.clear()

    def _remove_outdated(self) -> None:
        for copy in [copy for copy in self._outdated if not copy.users]:
            _remove_copy(copy.path.parent, copy.hold)
            self._outdated.remove(copy)

    def _copy(self, path: Path) -> ReadingCopy:
        if not self._removed_at_exit:
            atexit.register(self.remove_all)
            self._removed_at_exit = True
        for _ in range(_ATTEMPTS):
            state = _read_state(path)
            hold = _begin_copy(sum(size for _, _, size, _ in state), self._limit)
            folder = hold.path.with_suffix("")
            try:
                _copy_files(path, folder, state)
                if _read_state(path) == state:
                    return ReadingCopy(folder / _COPY_NAME, state, hold)
            except BaseException:
                _remove_copy(folder, hold)
                raise
            _remove_copy(folder, hold)
        raise OSError(errno.EBUSY, "another computer is writing to it", str(path))


def has_log(path: Path) -> bool:
    """Whether a log beside the database holds what is not in its file, or undoes what is."""
    return any(suffix and size for suffix, _, size, _ in _read_state(path))


def may_copy(path: Path) -> bool:
    """Only where this process can have no lock on the file, as nothing can be written in its folder.

    Closing a file releases all locks that a process has on it (https://sqlite.org/howtocorrupt.html, 2.2), but not on
    Windows.
    """
    return os.name == "nt" or not os.access(path.parent, os.W_OK)


def sweep_copies() -> None:
    """Removes the copies that killed processes left. Never raises."""
    parent = temporary_folder("reading")
    with suppress(OSError):
        require_own_folder(parent, make=False)
        for folder in [found for found in parent.iterdir() if found.is_dir()]:
            hold = hold_file(_lock_of(folder))
            if hold is not None:
                _remove_copy(folder, hold)


def _lock_of(folder: Path) -> Path:
    return folder.with_suffix(_LOCK_SUFFIX)


def _read_state(path: Path) -> _State:
    state = []
    for suffix in _COPIED:
        with suppress(FileNotFoundError):
            status = beside(path, suffix).stat()
            state.append((suffix, status.st_ino, status.st_size, status.st_mtime_ns))
    return tuple(state)


def _begin_copy(size: int, limit: int) -> FileHold:
    """Makes the folder of a copy; its lock is held before it exists, so that no other start removes it."""
    parent = temporary_folder("reading")
    require_own_folder(parent)
    if size > limit:
        raise OSError(errno.EFBIG, f"it is larger than {limit / 1e9:g} GB")
    if size > shutil.disk_usage(parent).free:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(parent))
    folder = parent / uuid4().hex
    hold = hold_file(_lock_of(folder))
    if hold is None:
        raise OSError(errno.EBUSY, "another program holds its lock", str(folder))
    make_private_folder(folder)
    return hold


def _copy_files(path: Path, folder: Path, state: _State) -> None:
    for suffix, *_ in state:
        target = os.open(beside(folder / _COPY_NAME, suffix), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(target, "wb") as copied, open(beside(path, suffix), "rb") as original:
            shutil.copyfileobj(original, copied)


def _remove_copy(folder: Path, hold: FileHold) -> None:
    """Never raises: what stays is removed by a later start."""
    with suppress(OSError):
        for path in folder.iterdir():
            overwrite_and_remove(path)
        folder.rmdir()
    hold.release()
