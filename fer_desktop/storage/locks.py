"""Tells whether a session is being recorded right now: its process holds a lock that ends with the process.

The lock is the operating system's, on a file; so a crash, a kill and a power cut all release it, and a clock that
is put back, or a laptop that sleeps, does not.
"""

import hashlib
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from fer_desktop.folders import data_folder, make_private_folder
from fer_desktop.storage.engine import Database

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


@dataclass(frozen=True, slots=True)
class SessionLock:
    """A session's lock, held until `release` or the end of the process."""

    path: Path
    descriptor: int

    def release(self) -> None:
        os.close(self.descriptor)
        self.path.unlink(missing_ok=True)


def lock_session(database: Database, session_id: int) -> SessionLock | None:
    """Takes the session's lock; None where a living process holds it. Raises `OSError`."""
    path = _lock_path(database, session_id)
    make_private_folder(path.parent)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _lock(descriptor)
    except OSError:
        os.close(descriptor)
        return None
    return SessionLock(path, descriptor)


def is_recorded_elsewhere(database: Database, session_id: int) -> bool:
    """Whether another computer may be recording it: on a database server, a session with no lock file here."""
    return database.path is None and not _lock_path(database, session_id).exists()


def _lock_path(database: Database, session_id: int) -> Path:
    if database.path is not None:
        return database.path.with_name(f"{database.path.name}-session-{session_id}.lock")
    server = hashlib.sha256(database.name.encode()).hexdigest()[:16]
    return data_folder() / f"{server}-session-{session_id}.lock"
