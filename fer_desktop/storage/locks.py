"""Shows whether a session is being recorded right now: the recording process holds a lock that ends with it.

The lock is the operating system's, on a file (docs/adr/0003-sample-storage.md): a crash, a kill or a power cut releases
it; a clock that is set back, or a laptop that sleeps, does not.
"""

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from glob import escape
from pathlib import Path

from filelock import FileLock, Timeout

from fer_desktop.storage.engine import Database
from fer_desktop.system.folders import data_folder, make_private_folder


@dataclass(frozen=True, slots=True)
class FileHold:
    """A lock file, held until `release` or the end of the process."""

    path: Path
    _lock: FileLock

    def release(self) -> None:
        """Removes the file and releases the lock. Any thread; may be called twice."""
        if not self._lock.is_locked:
            return
        with suppress(OSError):  # Windows removes no open file; `FileLock` removes it there afterwards
            self.path.unlink(missing_ok=True)  # while it is locked: later it may be another process's new lock
        self._lock.release()


def lock_session(database: Database, session_id: int) -> FileHold | None:
    """Takes the session's lock; None if a living process holds it. Raises `OSError`."""
    path = _lock_path(database, session_id)
    make_private_folder(path.parent)
    return hold_file(path)


def hold_file(path: Path) -> FileHold | None:
    """Locks a file that it creates; None if a living process holds it. Raises `OSError`."""
    # One thread locks and another releases. A soft lock would outlive a killed process.
    lock = FileLock(path, mode=0o600, thread_local=False, fallback_to_soft=False)
    while True:
        try:
            lock.acquire(timeout=0)
        except Timeout:
            if path.exists():
                return None
            # Its last owner removed the file after it was opened here: such a lock is void, so take a new one.
        else:
            return FileHold(path, lock)


def sweep_locks(database: Database) -> None:
    """Removes the session lock files that no living process holds, as a kill leaves them. Never raises.

    Call it while writing to the database: a session that begins in another process takes its lock while it writes.
    """
    for path in find_locks(database):
        with suppress(OSError):
            hold = hold_file(path)
            if hold is not None:
                hold.release()


def find_locks(database: Database) -> list[Path]:
    """The lock files of this database's sessions, held or not."""
    example = _lock_path(database, 0)
    pattern = f"{escape(example.name.removesuffix('0.lock'))}*.lock"
    return sorted(example.parent.glob(pattern))


def _lock_path(database: Database, session_id: int) -> Path:
    if database.path is not None:
        return database.path.with_name(f"{database.path.name}-session-{session_id}.lock")
    server = hashlib.sha256(database.name.encode()).hexdigest()[:16]
    return data_folder() / f"{server}-session-{session_id}.lock"
