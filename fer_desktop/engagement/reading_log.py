"""The readings of one student's face, in contiguous arrays."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from fer_desktop.types import EXPRESSIONS, NEGATIVE_EXPRESSIONS, Floats

MAX_READINGS: Final = 15 * 60
"""A quarter of an hour: what is usual for a student changes within a lesson."""
NEGATIVE_INDICES: Final = [EXPRESSIONS.index(name) for name in NEGATIVE_EXPRESSIONS]


class ReadingLog:
    """The last `MAX_READINGS`, oldest first.

    What it gives are views, which stay as they are: arrays are written to behind them, or replaced.
    """

    def __init__(self) -> None:
        self._fill(np.empty(0, np.int64), np.empty((0, len(EXPRESSIONS)), np.float32))

    def add(self, second: int, probabilities: Floats) -> None:
        """`probabilities`: (7,). A later second than all before."""
        if self._count == len(self._seconds):
            self._fill(self._seconds[-MAX_READINGS:], self._readings[-MAX_READINGS:])
        self._seconds[self._count] = second
        self._readings[self._count] = probabilities
        self._shares[self._count] = probabilities[NEGATIVE_INDICES].sum()
        self._count += 1

    def absorb(self, other: "ReadingLog") -> None:
        """Takes in the readings of the same student under another number, in the order of their seconds."""
        seconds = np.concatenate((self._seconds[: self._count], other._seconds[: other._count]))
        readings = np.concatenate((self._readings[: self._count], other._readings[: other._count]))
        order = np.argsort(seconds, kind="stable")[-MAX_READINGS:]
        self._fill(seconds[order], readings[order])

    def since(self, second: int) -> tuple[NDArray[np.int64], Floats]:
        """The seconds from that one on in which a face was read, (n,), and the readings, (n, 7)."""
        first = max(self._first, self._find(second))
        return self._seconds[first : self._count], self._readings[first : self._count]

    def negative_shares_before(self, second: int) -> Floats:
        """(n,): the probabilities of the negative expressions together."""
        return self._shares[self._first : self._find(second)]

    @property
    def _first(self) -> int:
        """The place of the oldest reading that is kept."""
        return max(0, self._count - MAX_READINGS)

    def _find(self, second: int) -> int:
        """The place of the first reading of that second or a later one."""
        return int(np.searchsorted(self._seconds[: self._count], second))

    def _fill(self, seconds: NDArray[np.int64], readings: Floats) -> None:
        """Makes arrays of these, with room for `MAX_READINGS` more."""
        self._count = len(seconds)
        size = self._count + MAX_READINGS
        self._seconds: NDArray[np.int64] = np.empty(size, np.int64)
        self._readings: Floats = np.empty((size, len(EXPRESSIONS)), np.float32)
        self._shares: Floats = np.empty(size, np.float32)
        self._seconds[: self._count] = seconds
        self._readings[: self._count] = readings
        self._shares[: self._count] = readings[:, NEGATIVE_INDICES].sum(axis=1)
