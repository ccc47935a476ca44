"""A bounded queue whose reader takes everything at once."""

import threading
from collections import deque
from typing import Generic, TypeVar

Item = TypeVar("Item")


class Inbox(Generic[Item]):
    """Any thread puts, one thread takes. Never blocks who puts: a full inbox says so."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._items: deque[Item] = deque()
        self._closed = False
        self._changed = threading.Condition()

    def put(self, item: Item) -> bool:
        """False where the inbox is full or closed: then the item was not taken."""
        with self._changed:
            if self._closed or len(self._items) >= self._limit:
                return False
            self._items.append(item)
            self._changed.notify()
            return True

    def take_all(self, timeout_s: float) -> list[Item]:
        """What is there, as soon as there is something; nothing after the timeout or once closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._items or self._closed, timeout_s)
            items = list(self._items)
            self._items.clear()
            return items

    def close(self) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify()

    def wait_closed(self, timeout_s: float) -> bool:
        """Waits without taking anything; whether the inbox is closed."""
        with self._changed:
            return self._changed.wait_for(lambda: self._closed, timeout_s)

    @property
    def closed(self) -> bool:
        with self._changed:
            return self._closed
