"""How worker threads wake the window up.

A queued Qt signal per frame piles up faster than a busy window clears it, and the picture falls seconds behind.
So nothing rides on the signal: it is empty, at most one is under way, and the window fetches the newest result itself.
"""

from collections.abc import Callable
from threading import Lock

from PySide6.QtCore import QObject, Qt, Signal, Slot


class WakeBridge(QObject):
    """Calls `on_wake` on the Qt thread soon after `wake`, once for any number of calls that came in between."""

    _woken = Signal()

    def __init__(self, on_wake: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._on_wake = on_wake
        self._lock = Lock()
        self._pending = False
        self._woken.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def wake(self) -> None:
        """Any thread may call this; it never blocks."""
        with self._lock:
            if self._pending:
                return
            self._pending = True
        self._woken.emit()

    @Slot()
    def _deliver(self) -> None:
        # Cleared before the result is read: what arrives from now on earns a wake-up of its own.
        with self._lock:
            self._pending = False
        self._on_wake()
