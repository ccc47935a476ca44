"""Empties the write-ahead log after deletions, as soon as nobody reads from it."""

import logging
import threading
from typing import Final

from fer_desktop.errors import StorageError
from fer_desktop.storage.engine import Database
from fer_desktop.system.files import beside

_log = logging.getLogger(__name__)

FIRST_WAIT_S: Final = 1.0
"""How long a deletion waits for other readers, which mostly read for milliseconds; writers wait with it."""
_SHORT_WAIT_S: Final = 0.1
RETRY_PAUSE_S: Final = 1.0


class LogEraser:
    """What was deleted stays in the log while another program reads a state of before. Any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._closed = threading.Event()
        self._pending = False

    @property
    def pending(self) -> bool:
        """Whether something that was deleted may still be in the log."""
        return self._pending

    def erase(self) -> None:
        """Empties the log now, or on a thread as soon as that is possible. Raises `StorageError`."""
        if not self._database.truncate_log(wait_s=FIRST_WAIT_S):
            self._keep_trying()

    def erase_leftovers(self) -> None:
        """At the opening: what a reader kept in the log when the program ended last. Never raises."""
        path = self._database.path
        if path is None:
            return
        try:
            log = beside(path, "-wal")
            if log.exists() and log.stat().st_size:
                self._database.truncate_log(wait_s=_SHORT_WAIT_S)
        except (OSError, StorageError) as error:  # the database can be read all the same
            _log.debug("the log stays as it is: %s", error)

    def close(self) -> None:
        """Tries once more, and ends the thread."""
        self._closed.set()
        thread = self._thread
        if thread is not None:
            thread.join()
            self._try()

    def _keep_trying(self) -> None:
        with self._lock:
            self._pending = True
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="log eraser", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while not self._closed.wait(RETRY_PAUSE_S):
            if self._try():
                return

    def _try(self) -> bool:
        try:
            done = self._database.truncate_log(wait_s=_SHORT_WAIT_S)
        except StorageError as error:
            _log.debug("the log cannot be emptied: %s", error)
            return False
        with self._lock:
            self._pending = self._pending and not done
        return done
