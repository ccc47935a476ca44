"""What a session has recorded and its database does not hold yet, in memory."""

import math
import threading
import time
from array import array
from collections import deque

from fer_desktop.storage.entries import Entry
from fer_desktop.storage.entry_archive import EntryArchive


class Backlog:
    """Entries, numbered from 0 as they come, until `release`. Any thread.

    Those that were released stay in an archive. Nothing blocks but `wait`, and what handles the archive.
    """

    def __init__(self, limit: int) -> None:
        """`limit`: how many entries memory may hold."""
        self._limit = limit
        self._waiting: deque[tuple[Entry, float]] = deque()
        self._first = 0
        self._seconds_before = array("q", [0])
        self._closed = False
        self._changed = threading.Condition()
        self._archive = EntryArchive()
        self._archiving = threading.Lock()

    def put(self, entry: Entry) -> bool:
        """Adds the entry; False if memory is full or the session has ended, then it is not added."""
        with self._changed:
            if self._closed or len(self._waiting) >= self._limit:
                return False
            self._waiting.append((entry, time.monotonic()))
            self._seconds_before.append(self._seconds_before[-1] + (entry.seconds > 0))
            self._changed.notify_all()
            return True

    def waiting(self) -> tuple[int, list[Entry]]:
        """The number of the first entry that waits, and all that do."""
        with self._changed:
            return self._first, [entry for entry, _ in self._waiting]

    def release(self, until: int) -> None:
        """Archives the entries before number `until`, which are kept elsewhere."""
        with self._archiving:
            for entry in self._take(until):
                self._archive.add(entry)

    def _take(self, until: int) -> list[Entry]:
        taken = []
        with self._changed:
            while self._waiting and self._first < until:
                taken.append(self._waiting.popleft()[0])
                self._first += 1
        return taken

    def released(self) -> list[Entry]:
        """All entries that were released."""
        with self._archiving:
            return self._archive.read()

    def forget_released(self) -> None:
        """Call it once the recording is where it stays."""
        with self._archiving:
            self._archive.clear()

    def longest_wait_s(self) -> float:
        """How long the first entry has waited; below 0 if none does."""
        with self._changed:
            return time.monotonic() - self._waiting[0][1] if self._waiting else -math.inf

    def count_seconds(self, until: int | None = None) -> int:
        """How many of the entries before number `until` are seconds, not events or corrections; None: of all."""
        with self._changed:
            return self._seconds_before[-1 if until is None else until]

    def close(self) -> None:
        """Refuses further entries."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    @property
    def closed(self) -> bool:
        """Whether `close` was called."""
        with self._changed:
            return self._closed

    def wait(self, timeout_s: float, *, for_entries: bool) -> None:
        """Waits until the session has ended, or the timeout; with `for_entries` no longer than until one waits."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or (for_entries and bool(self._waiting)), timeout_s)
