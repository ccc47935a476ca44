"""The moments at which the mood of a class fell most."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fer_desktop.storage.values import MoodSeries
from fer_desktop.types import MIN_GROUP_SIZE

WINDOW_S: Final = 60
"""A drop is told by the minute before it against the minute after it: single readings are too often wrong."""

LEAST_FALL: Final = 0.15
"""A floor: a calm lesson has no drops. Of the mood's scale, -1 to 1."""

_LEAST_SECONDS_READ: Final = WINDOW_S // 2
_APART_S: Final = 2 * WINDOW_S  # so that no reading tells of two drops


@dataclass(frozen=True, slots=True)
class Drop:
    """A fall of the class's mood. `second`: where the two minutes meet whose mean moods are `before` and `after`."""

    second: int
    before: float
    after: float

    @property
    def fall(self) -> float:
        return self.before - self.after


def find_largest_drops(series: MoodSeries, *, most: int = 5) -> list[Drop]:
    """Up to `most` drops of a session, the largest first, at least two minutes from each other.

    Only seconds count in which five faces or more were seen: below that it is a student's mood, not the class's. Both
    minutes need readings in half of their seconds, so nothing is told of the first and the last half minute, of pauses,
    or where expressions are off.
    """
    told = (series.faces >= MIN_GROUP_SIZE) & ~np.isnan(series.mood)
    if not told.any():
        return []
    before, after = _minute_means(series.seconds[told], series.mood[told])
    falls = np.nan_to_num(before - after, nan=0.0)
    drops: list[Drop] = []
    while len(drops) < most:
        second = int(np.argmax(falls))
        if falls[second] < LEAST_FALL:
            break
        drops.append(Drop(second, float(before[second]), float(after[second])))
        falls[max(0, second - _APART_S + 1) : second + _APART_S] = 0.0
    return drops


def _minute_means(
    seconds: NDArray[np.int64], mood: NDArray[np.float32]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The mean of the minute before and after every second of the session; NaN where too little was read."""
    length = int(seconds[-1]) + 1
    sums = np.concatenate([[0.0], np.bincount(seconds, weights=mood, minlength=length).cumsum()])
    reads = np.concatenate([[0.0], np.bincount(seconds, minlength=length).cumsum()])
    at = np.arange(length)
    return (
        _mean_between(sums, reads, np.maximum(at - WINDOW_S, 0), at),
        _mean_between(sums, reads, at, np.minimum(at + WINDOW_S, length)),
    )


def _mean_between(
    sums: NDArray[np.float64], reads: NDArray[np.float64], start: NDArray[np.int64], end: NDArray[np.int64]
) -> NDArray[np.float64]:
    read = reads[end] - reads[start]
    mean: NDArray[np.float64] = (sums[end] - sums[start]) / np.where(read >= _LEAST_SECONDS_READ, read, np.nan)
    return mean
