"""Files that a living process holds locked; the operating system releases them when it ends, however it ends."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout


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
        except OSError as error:
            if error.filename is None:  # as of the locking itself, which knows of no name
                raise OSError(error.errno, error.strerror, str(path)) from error
            raise
        else:
            return FileHold(path, lock)
