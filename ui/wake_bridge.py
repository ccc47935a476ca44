"""Wakes the Qt thread from worker threads.

A queued signal per frame would pile up in a busy window, and the picture would fall seconds behind. So the signal is
empty, at most one is pending, and the window fetches the newest result itself.
"""

from collections.abc import Callable
from threading import Lock

from PySide6.QtCore import QObject, Qt, Signal, Slot


class WakeBridge(QObject):
    """Calls `on_wake` on the Qt thread soon after `wake`, once for all calls made meanwhile."""

    _woken = Signal()

    def __init__(self, on_wake: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._on_wake = on_wake
        self._lock = Lock()
        self._pending = False
        self._woken.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def wake(self) -> None:
        """For any thread; never blocks."""
        with self._lock:
            if self._pending:
                return
            self._pending = True
        self._woken.emit()

    @Slot()
    def _deliver(self) -> None:
        # Cleared before the result is read, so that later results wake again.
        with self._lock:
            self._pending = False
        self._on_wake()
