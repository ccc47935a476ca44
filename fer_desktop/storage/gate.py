"""Keeps the calls of one process away from a database while its file is exchanged."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from fer_desktop.errors import StorageError
from fer_desktop.messages import Message, MessageKey

_WAIT_S: Final = 5.0


class Gate:
    """Locks of files exclude other processes only; this excludes the other threads of this one."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._inside = 0
        self._closed = False

    @property
    def closed(self) -> bool:
        """Whether nobody is let in."""
        with self._changed:
            return self._closed

    @contextmanager
    def passing(self) -> Iterator[None]:
        """For a call that uses the database. Raises `StorageError` while the gate is closed."""
        with self._changed:
            if self._closed:
                raise StorageError(Message(MessageKey.DATABASE_BEING_CONVERTED))
            self._inside += 1
        try:
            yield
        finally:
            with self._changed:
                self._inside -= 1
                self._changed.notify_all()

    def close(self) -> None:
        """Lets nobody in any more, and waits for those inside. Raises `StorageError` if they do not leave in time."""
        with self._changed:
            if self._closed:
                raise StorageError(Message(MessageKey.DATABASE_BEING_CONVERTED))
            self._closed = True
            if not self._changed.wait_for(lambda: self._inside == 0, _WAIT_S):
                self._closed = False
                raise StorageError(Message(MessageKey.DATABASE_BUSY_TO_CONVERT))

    def open(self) -> None:
        """Lets calls in again."""
        with self._changed:
            self._closed = False
