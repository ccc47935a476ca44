"""Tells whether a session is being recorded right now: its process holds a lock that ends with the process.

The lock is the operating system's, on a file; so a crash, a kill and a power cut all release it, and a clock that
is put back, or a laptop that sleeps, does not.
"""

import hashlib
import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from fer_desktop.storage.engine import Database
from fer_desktop.system.folders import data_folder, make_private_folder

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

    def _is_in_place(descriptor: int, path: Path) -> bool:
        return True  # Windows removes no file that is open

    def _give_up(descriptor: int, path: Path) -> None:
        os.close(descriptor)
        with suppress(OSError):  # another process may have opened it by now
            path.unlink(missing_ok=True)
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _is_in_place(descriptor: int, path: Path) -> bool:
        """Its last owner may have removed the file after it was opened here: then the lock says nothing."""
        try:
            return os.path.samestat(os.fstat(descriptor), path.stat())
        except FileNotFoundError:
            return False

    def _give_up(descriptor: int, path: Path) -> None:
        """Removed while still locked: later, it could be the file that another process has just locked."""
        with suppress(OSError):  # a file that is left is harmless, as nobody holds its lock
            path.unlink(missing_ok=True)
        os.close(descriptor)


@dataclass(frozen=True, slots=True)
class SessionLock:
    """A session's lock, held until `release` or the end of the process."""

    path: Path
    descriptor: int

    def release(self) -> None:
        _give_up(self.descriptor, self.path)


def lock_session(database: Database, session_id: int) -> SessionLock | None:
    """Takes the session's lock; None where a living process holds it. Raises `OSError`."""
    path = _lock_path(database, session_id)
    make_private_folder(path.parent)
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(descriptor)
        except OSError:
            os.close(descriptor)
            return None
        if _is_in_place(descriptor, path):
            return SessionLock(path, descriptor)
        os.close(descriptor)


def is_recorded_elsewhere(database: Database, session_id: int) -> bool:
    """Whether another computer may be recording it: on a database server, a session with no lock file here."""
    return database.path is None and not _lock_path(database, session_id).exists()


def _lock_path(database: Database, session_id: int) -> Path:
    if database.path is not None:
        return database.path.with_name(f"{database.path.name}-session-{session_id}.lock")
    server = hashlib.sha256(database.name.encode()).hexdigest()[:16]
    return data_folder() / f"{server}-session-{session_id}.lock"
