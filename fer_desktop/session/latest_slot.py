"""Hand-over of values between threads: the newest only, or all of them."""

import threading
from collections import deque
from typing import Generic, TypeVar

T = TypeVar("T")


class LatestSlot(Generic[T]):
    """Holds the newest value only. `put` never blocks; a value that was not taken is dropped and counted.

    Any thread may call any method.
    """

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._value: T | None = None
        self._closed = False
        self._dropped = 0

    @property
    def dropped(self) -> int:
        """How many values were replaced before they were taken."""
        return self._dropped

    @property
    def closed(self) -> bool:
        """Whether `close` was called."""
        return self._closed

    def put(self, value: T) -> None:
        """Replaces a value that was not taken yet. Ignored once closed."""
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
        """Takes the value, if there is one. Does not wait."""
        return self.take(timeout_s=0)

    def close(self) -> None:
        """Wakes all waiting threads; the value in the slot can still be taken."""
        with self._condition:
            self._closed = True
            self._condition.notify_all()


class HandoverQueue(Generic[T]):
    """A bounded queue for recorded sources: no value is dropped, `put` waits while it is full.

    Any thread may call any method.
    """

    def __init__(self, size: int = 2) -> None:
        self._condition = threading.Condition()
        self._values: deque[T] = deque()
        self._size = size
        self._closed = False

    @property
    def dropped(self) -> int:
        """Always 0."""
        return 0

    @property
    def closed(self) -> bool:
        """Whether `close` was called."""
        return self._closed

    def put(self, value: T) -> None:
        """Waits for room, then adds the value. Ignored once closed."""
        with self._condition:
            self._condition.wait_for(lambda: len(self._values) < self._size or self._closed)
            if not self._closed:
                self._values.append(value)
                self._condition.notify_all()

    def take(self, timeout_s: float | None = None) -> T | None:
        """Waits for the oldest value and takes it; None after the timeout, or when closed and empty."""
        with self._condition:
            self._condition.wait_for(lambda: self._values or self._closed, timeout_s)
            value = self._values.popleft() if self._values else None
            self._condition.notify_all()
            return value

    def close(self) -> None:
        """Wakes all waiting threads; values in the queue can still be taken."""
        with self._condition:
            self._closed = True
            self._condition.notify_all()
