"""What a session has recorded and its database does not hold yet, in memory."""

import math
import threading
import time
from array import array
from collections import deque

from fer_desktop.storage.entries import Entry


class Backlog:
    """Entries, numbered from 0 as they come, until `release`. Any thread; nothing here blocks but `wait`."""

    def __init__(self, limit: int) -> None:
        """`limit`: how many entries memory may hold."""
        self._limit = limit
        self._waiting: deque[tuple[Entry, float]] = deque()
        self._first = 0
        self._seconds_before = array("q", [0])
        self._closed = False
        self._changed = threading.Condition()

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
        """Forgets the entries before number `until`, which are kept elsewhere."""
        with self._changed:
            while self._waiting and self._first < until:
                self._waiting.popleft()
                self._first += 1

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
