"""The computer's clocks: one that counts on while the computer sleeps, one that does not, and the one on the wall."""

import ctypes
import sys
import time
from datetime import datetime

from fer_desktop.types import Instant

_WINDOWS_TICKS_PER_S = 10_000_000


class MonotonicClock:
    """Does not jump when the computer's time is set, and counts on while the computer sleeps."""

    def now_s(self) -> float:
        """Seconds since some fixed moment."""
        if sys.platform == "win32":
            return time.monotonic()  # there it counts on in sleep
        if sys.platform == "darwin":
            return time.clock_gettime(time.CLOCK_MONOTONIC)  # there it does, unlike `time.monotonic`
        return time.clock_gettime(time.CLOCK_BOOTTIME)


class SystemTimekeeper:
    """Reads all clocks of this computer. May be used from any thread."""

    def __init__(self) -> None:
        self._clock = MonotonicClock()

    def read(self) -> Instant:
        """The clocks now."""
        if sys.platform != "win32":
            time.tzset()  # otherwise a time zone that is changed meanwhile goes unnoticed
        return Instant(self._clock.now_s(), _read_awake_s(), datetime.now().astimezone())


def _read_awake_s() -> float:
    """Seconds since some fixed moment, without those for which the computer slept."""
    if sys.platform == "win32":
        ticks = ctypes.c_ulonglong()
        ctypes.windll.kernel32.QueryUnbiasedInterruptTime(ctypes.byref(ticks))
        return ticks.value / _WINDOWS_TICKS_PER_S
    if sys.platform == "darwin":
        return time.clock_gettime(time.CLOCK_UPTIME_RAW)
    return time.clock_gettime(time.CLOCK_MONOTONIC)
