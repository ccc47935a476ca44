"""The thread that checks once a second that the others, and time itself, go on."""

import threading
from collections.abc import Callable
from typing import Final

PERIOD_S: Final = 1.0


class Heartbeat:
    """Calls `beat` once a second between `start` and `stop`, which are for the controlling thread."""

    def __init__(self, beat: Callable[[], None], *, period_s: float = PERIOD_S) -> None:
        self._beat = beat
        self._period_s = period_s
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="heartbeat", daemon=True)

    def start(self) -> None:
        """The first beat is at once."""
        self._thread.start()

    def stop(self) -> None:
        """Waits for a beat in progress. May be called twice, and without a start."""
        self._stopping.set()
        if self._thread.is_alive() and threading.current_thread() is not self._thread:
            self._thread.join()

    def _run(self) -> None:
        while True:
            self._beat()
            if self._stopping.wait(self._period_s):
                return


class Watched:
    """An operation of one thread that another thread watches: one that does not end is noticed.

    Beats are counted, not seconds: while the program is stopped or the computer sleeps, there are none.
    """

    def __init__(self, *, most_beats: int) -> None:
        """`most_beats`: that the operation may last."""
        self._most_beats = most_beats
        self._lock = threading.Lock()
        self._beats: int | None = None

    def __enter__(self) -> None:
        with self._lock:
            self._beats = 0

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._beats = None

    def beat(self) -> bool:
        """Whether the operation lasts too long, reported once for each."""
        with self._lock:
            if self._beats is None:
                return False
            self._beats += 1
            return self._beats == self._most_beats + 1
