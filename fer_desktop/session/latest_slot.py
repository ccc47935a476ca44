"""Places where one thread hands values to another: the newest wins, or every one is kept."""

import threading
from collections import deque
from typing import Generic, TypeVar

T = TypeVar("T")


class LatestSlot(Generic[T]):
    """Holds the newest value only. `put` never blocks; a value that nobody took is dropped and counted.

    Any thread may call any method.
    """

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._value: T | None = None
        self._closed = False
        self._dropped = 0

    @property
    def dropped(self) -> int:
        return self._dropped

    @property
    def closed(self) -> bool:
        return self._closed

    def put(self, value: T) -> None:
        """Replaces what nobody took yet. Ignored once closed."""
        with self._condition:
            if self._closed:
                return
            self._dropped += self._value is not None
            self._value = value
            self._condition.notify()

    def take(self, timeout_s: float | None = None) -> T | None:
        """Waits for a value and empties the slot; None after the timeout, or when closed and empty."""
        with self._condition:
            self._condition.wait_for(lambda: self._value is not None or self._closed, timeout_s)
            value, self._value = self._value, None
            return value

    def poll(self) -> T | None:
        """The value, if there is one that nobody took yet. Does not wait."""
        return self.take(timeout_s=0)

    def close(self) -> None:
        """Wakes everybody; what lies in the slot can still be taken."""
        with self._condition:
            self._closed = True
            self._condition.notify_all()


class HandoverQueue(Generic[T]):
    """The slot for recorded sources: a few values, none dropped; `put` waits while it is full."""

    def __init__(self, size: int = 2) -> None:
        self._condition = threading.Condition()
        self._values: deque[T] = deque()
        self._size = size
        self._closed = False

    @property
    def dropped(self) -> int:
        return 0

    @property
    def closed(self) -> bool:
        return self._closed

    def put(self, value: T) -> None:
        with self._condition:
            self._condition.wait_for(lambda: len(self._values) < self._size or self._closed)
            if not self._closed:
                self._values.append(value)
                self._condition.notify_all()

    def take(self, timeout_s: float | None = None) -> T | None:
        with self._condition:
            self._condition.wait_for(lambda: self._values or self._closed, timeout_s)
            value = self._values.popleft() if self._values else None
            self._condition.notify_all()
            return value

    def close(self) -> None:
        with self._condition:
            self._closed = True
            self._condition.notify_all()
