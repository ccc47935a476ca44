"""The thread that puts what the database does not take in time into rescue files."""

import logging
import threading
from collections.abc import Callable
from typing import Final

from fer_desktop.storage.backlog import Backlog
from fer_desktop.storage.driver_errors import name_error
from fer_desktop.storage.rescue import RescueFiles

_log = logging.getLogger(__name__)

SPILL_AFTER_S: Final = 0.75
"""How long an entry waits in memory. With the pause between two looks, a kill loses no more than the last second."""
_PAUSE_S: Final = 0.2
_PAUSE_AFTER_FAILURE_S: Final = 1.0
_JOIN_S: Final = 2.0


class Spiller:
    """Looks at the backlog five times a second; goes on while the database, and its thread, hang."""

    def __init__(self, backlog: Backlog, files: RescueFiles, on_look: Callable[[], None]) -> None:
        """`on_look` is called by the thread after each look."""
        self._backlog = backlog
        self._files = files
        self._on_look = on_look
        self._earlier_missing = threading.Event()
        self._spilling = threading.Lock()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="rescue files", daemon=True)

    def start(self) -> None:
        """Starts the thread."""
        self._thread.start()

    def stop(self) -> bool:
        """Ends the thread; False if that hangs, as writing files may too."""
        self._stopping.set()
        self._thread.join(_JOIN_S)
        return not self._thread.is_alive()

    def spill(self, *, interrupted: bool | None = None) -> bool:
        """Puts what is in memory into a rescue file, on any thread. `interrupted`: set at the end of the session.

        Returns whether it could.
        """
        with self._spilling:
            try:
                self._spill(interrupted)
            except (OSError, ValueError, TypeError) as error:
                _log.debug("no rescue file can be written: %s", name_error(error))
                return False
        return True

    def _spill(self, interrupted: bool | None) -> None:
        if self._earlier_missing.is_set():
            self._files.spill_earlier(self._backlog.released)
            self._earlier_missing.clear()
        first, entries = self._backlog.waiting()
        if entries or interrupted is not None:
            self._files.spill(first, entries, interrupted=interrupted)
            self._backlog.release(first + len(entries))

    def spill_all(self) -> bool:
        """As `spill`, with all that was recorded before, which the database has lost; later spills try it again."""
        self._earlier_missing.set()
        return self.spill()

    def _run(self) -> None:
        pause_s = _PAUSE_S
        while not self._stopping.wait(pause_s):
            pause_s = _PAUSE_S
            try:
                waits = self._earlier_missing.is_set() or self._backlog.longest_wait_s() > SPILL_AFTER_S
                if waits and not self.spill():
                    pause_s = _PAUSE_AFTER_FAILURE_S
                self._on_look()
            except Exception as error:  # noqa: BLE001 - the top of a thread, which must look again
                _log.debug("looking at what is not stored failed: %s", name_error(error))
