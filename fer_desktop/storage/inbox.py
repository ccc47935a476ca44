"""A bounded queue whose reader takes everything at once."""

import threading
from collections import deque
from typing import Generic, TypeVar

Item = TypeVar("Item")


class Inbox(Generic[Item]):
    """A queue for many producers and one consumer. `put` never blocks: it reports a full inbox."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._items: deque[Item] = deque()
        self._closed = False
        self._changed = threading.Condition()

    def put(self, item: Item) -> bool:
        """Adds the item; False if the inbox is full or closed, then it is not added."""
        with self._changed:
            if self._closed or len(self._items) >= self._limit:
                return False
            self._items.append(item)
            self._changed.notify()
            return True

    def take_all(self, timeout_s: float) -> list[Item]:
        """Waits for items and removes all; empty after the timeout or once closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._items or self._closed, timeout_s)
            items = list(self._items)
            self._items.clear()
            return items

    def close(self) -> None:
        """Refuses further items; those inside can still be taken."""
        with self._changed:
            self._closed = True
            self._changed.notify()

    def wait_closed(self, timeout_s: float) -> bool:
        """Waits until the inbox is closed or the timeout; returns whether it is closed."""
        with self._changed:
            return self._changed.wait_for(lambda: self._closed, timeout_s)

    @property
    def closed(self) -> bool:
        """Whether `close` was called."""
        with self._changed:
            return self._closed
