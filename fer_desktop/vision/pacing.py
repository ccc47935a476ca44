"""Spreads work over the frames of a live source by the time between them, whatever the frame rate is."""

import math
from typing import Final

_FIRST_S: Final = 0.2
"""What the first frame of a live source stands for."""
_LONGEST_S: Final = 1.0
"""What a frame stands for that comes long after the one before."""


class Pace:
    """For how many seconds of the call each frame stands."""

    def __init__(self, *, live: bool) -> None:
        self._live = live
        self._newest_s: float | None = None

    def span_to(self, captured_at_s: float) -> float:
        """Of the next frame. The first one of a recording, and a picture, have no limit."""
        before_s, self._newest_s = self._newest_s, captured_at_s
        if before_s is None:
            return _FIRST_S if self._live else math.inf
        span_s = max(0.0, captured_at_s - before_s)
        return min(span_s, _LONGEST_S) if self._live else span_s


class Allowance:
    """Spreads a number of things a second evenly over frames; what a frame does not use lapses."""

    def __init__(self) -> None:
        self._rest = 0.0

    def share(self, rate: float, span_s: float) -> int | None:
        """How many the frame may do; None without a limit. `rate`: of things a second; `span_s`: as of `Pace`."""
        if math.isinf(span_s):
            return None
        whole, self._rest = divmod(self._rest + rate * span_s, 1)
        return int(whole)
