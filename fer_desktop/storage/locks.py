"""Shows whether a session is being recorded right now: the recording process holds a lock that ends with it.

The lock is the operating system's, on a file (docs/adr/0003-sample-storage.md): a crash, a kill or a power cut releases
it; a clock that is set back, or a laptop that sleeps, does not.
"""

import hashlib
from contextlib import suppress
from glob import escape
from pathlib import Path

from fer_desktop.storage.engine import Database
from fer_desktop.system.file_hold import FileHold, hold_file
from fer_desktop.system.folders import data_folder, make_private_folder


def lock_session(database: Database, session_id: int) -> FileHold | None:
    """Takes the session's lock; None if a living process holds it. Raises `OSError`."""
    path = _lock_path(database, session_id)
    make_private_folder(path.parent)
    return hold_file(path)


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
