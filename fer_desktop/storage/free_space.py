"""Watches how much room the database's disk has left."""

import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

SPACE_FLOOR_MB: Final = 200
"""Room for about fifteen lessons with 49 students each, at the size that docs/adr/0003-sample-storage.md measures."""

_CHECK_PERIOD_S: Final = 30.0
_MB: Final = 1_000_000


class SpaceWatch:
    """Looks every half minute. `on_change` gets the free megabytes when they are below the floor, else None."""

    def __init__(
        self,
        path: Path | None,
        on_change: Callable[[int | None], None] | None,
        *,
        free_bytes: Callable[[Path], int] = lambda folder: shutil.disk_usage(folder).free,
    ) -> None:
        """`path`: the database's file; None if there is none to watch."""
        self._path = path
        self._on_change = on_change
        self._free_bytes = free_bytes
        self._next_s = 0.0
        self._low = False

    def check(self) -> None:
        """Does nothing until half a minute after the last look."""
        now_s = time.monotonic()
        if self._path is None or self._on_change is None or now_s < self._next_s:
            return
        self._next_s = now_s + _CHECK_PERIOD_S
        try:
            free_mb = self._free_bytes(self._path.parent) // _MB
        except OSError:  # the disk is gone, which writing reports
            return
        low = free_mb < SPACE_FLOOR_MB
        if low != self._low:
            self._low = low
            self._on_change(free_mb if low else None)
