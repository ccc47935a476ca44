"""Collects Python's garbage on the Qt thread alone.

Python collects on whichever thread allocates. Closed windows and timers are in reference cycles, and PySide deletes
those of a class written in Python at once: on a worker thread, while Qt may be using them on its own.
Nor may they go while Qt visits all widgets, as to apply a style, when event handlers in Python run.
"""

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

PERIOD_MS: Final = 1000


class QtThreadCollector(QObject):
    """Turns Python's own collector off, from now to `stop`, and collects by a timer while the event loop runs."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._thresholds = gc.get_threshold()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._collect_what_is_due)
        self._timer.start(PERIOD_MS)

    def stop(self) -> None:
        """Turns Python's own collector on again."""
        self._timer.stop()
        gc.enable()

    def _collect_what_is_due(self) -> None:
        """Generation by generation, after as many allocations as Python's own collector waits for."""
        for generation, threshold in enumerate(self._thresholds):
            if gc.get_count()[generation] <= threshold:
                return
            gc.collect(generation)


def collect_on_qt_thread(application: QObject) -> None:
    """From now to the end of the process; once for each application."""
    if application.findChild(QtThreadCollector) is None:
        QtThreadCollector(application)
