"""The rate at which the frames of a session come."""

import math
from typing import Final

_LONGEST_INTERVAL_S: Final = 5.0
"""A longer time between two frames is a gap: a pause, a lost window."""


class FrameRate:
    """The rate of the frames, without the gaps between them."""

    def __init__(self) -> None:
        self._newest_s: float | None = None
        self._frames = 0
        self._spent_s = 0.0

    @property
    def frames_a_second(self) -> float:
        """1 before the second frame."""
        return self._frames / self._spent_s if self._spent_s else 1.0

    def add(self, captured_at_s: float) -> None:
        """A frame has come."""
        since_s = math.inf if self._newest_s is None else captured_at_s - self._newest_s
        if 0 < since_s < _LONGEST_INTERVAL_S:
            self._frames += 1
            self._spent_s += since_s
        self._newest_s = captured_at_s
