"""How much is looked at: less while the computer is too busy to keep up, or runs on its battery."""

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import Final

from fer_desktop.ports import Clock
from fer_desktop.types import Pace


@dataclass(frozen=True, slots=True)
class _Tuning:
    """When the pace changes. Times are seconds of the call; a lag is from a frame's capture to its result."""

    late_s: float = 0.25
    """More than the time between two frames: frames are dropped, and the picture is behind."""
    in_time_s: float = 0.12
    judged_frames: int = 25
    """The pace follows the median lag of so many frames: a single slow one is none."""
    retry_after_s: float = 30.0
    """So long after the pace has fallen, with frames in time, it rises again..."""
    longest_retry_s: float = 480.0
    """...and twice as long each time that it has to fall soon after, up to this."""
    power_every_s: float = 10.0


_TUNING: Final = _Tuning()


class PaceKeeper:
    """Slows down while frames are late, and returns to the full pace, more and more hesitantly.

    Methods are for the inference thread.
    """

    def __init__(self, clock: Clock, is_on_battery: Callable[[], bool]) -> None:
        """`clock`: that of the frames' times. `is_on_battery`: asked every few seconds."""
        self._clock = clock
        self._is_on_battery = is_on_battery
        self._lags_s: deque[float] = deque(maxlen=_TUNING.judged_frames)
        self._is_busy = False
        self._changed_at_s: float | None = None
        self._retry_s = _TUNING.retry_after_s
        self._on_battery = False
        self._power_read_at_s: float | None = None

    @property
    def pace(self) -> Pace:
        """The present pace."""
        if self._is_busy:
            return Pace.BUSY
        return Pace.ON_BATTERY if self._on_battery else Pace.FULL

    def finish_frame(self, captured_at_s: float) -> None:
        """The result of the frame captured then is ready."""
        now_s = self._clock.now_s()
        self._read_power(now_s)
        self._lags_s.append(now_s - captured_at_s)
        if len(self._lags_s) < _TUNING.judged_frames:
            return
        lag_s = median(self._lags_s)
        since_s = math.inf if self._changed_at_s is None else now_s - self._changed_at_s
        if not self._is_busy and lag_s > _TUNING.late_s:
            failed = since_s < _TUNING.retry_after_s
            self._retry_s = min(2 * self._retry_s, _TUNING.longest_retry_s) if failed else _TUNING.retry_after_s
            self._change(now_s, is_busy=True)
        elif self._is_busy and lag_s < _TUNING.in_time_s and since_s >= self._retry_s:
            self._change(now_s, is_busy=False)

    def _change(self, now_s: float, *, is_busy: bool) -> None:
        self._is_busy, self._changed_at_s = is_busy, now_s
        self._lags_s.clear()

    def _read_power(self, now_s: float) -> None:
        if self._power_read_at_s is None or now_s - self._power_read_at_s >= _TUNING.power_every_s:
            self._power_read_at_s = now_s
            self._on_battery = self._is_on_battery()
