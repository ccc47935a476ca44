"""The moments at which the mood of a class fell most."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fer_desktop.storage.values import MoodSeries, Seconds
from fer_desktop.types import MIN_GROUP_SIZE, Floats

WINDOW_S: Final = 60
"""The minute before is compared with the minute after: single readings are too often wrong."""

MIN_FALL: Final = 0.15
"""A smaller fall is no drop, so that a calm lesson has none. On the mood's scale, -1 to 1."""

_MIN_SECONDS_READ: Final = WINDOW_S // 2
_MIN_DISTANCE_S: Final = 2 * WINDOW_S  # no reading counts for two drops


@dataclass(frozen=True, slots=True)
class Drop:
    """A fall at `second`, of the class's mood or another figure. `before`, `after`: means of the minutes around it."""

    second: int
    before: float
    after: float

    @property
    def fall(self) -> float:
        """How far it fell."""
        return self.before - self.after


def find_largest_drops(series: MoodSeries, *, most: int = 5) -> list[Drop]:
    """Up to `most` drops of a session, the largest first, at least two minutes apart.

    Only seconds with five faces or more count: fewer are single students' moods, not the class's. Both minutes need
    readings in half of their seconds, which excludes the first and last half minute, pauses, and disabled expressions.
    """
    usable = (series.faces >= MIN_GROUP_SIZE) & ~np.isnan(series.mood)
    if not usable.any():
        return []
    return find_falls(series.seconds[usable], series.mood[usable], least=MIN_FALL, most=most)


def find_falls(seconds: Seconds, values: Floats, *, least: float, most: int) -> list[Drop]:
    """Up to `most` falls of `least` or more, the largest first, at least two minutes apart. No value may be NaN."""
    before, after = _minute_means(seconds, values)
    falls = np.nan_to_num(before - after, nan=0.0)
    drops: list[Drop] = []
    while len(drops) < most:
        second = int(np.argmax(falls))
        if falls[second] < least:
            break
        drops.append(Drop(second, float(before[second]), float(after[second])))
        falls[max(0, second - _MIN_DISTANCE_S + 1) : second + _MIN_DISTANCE_S] = 0.0
    return drops


def _minute_means(seconds: Seconds, values: Floats) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Means over the minute before and after each second of the session; NaN with too few readings."""
    length = int(seconds[-1]) + 1
    sums = np.concatenate([[0.0], np.bincount(seconds, weights=values, minlength=length).cumsum()])
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
    mean: NDArray[np.float64] = (sums[end] - sums[start]) / np.where(read >= _MIN_SECONDS_READ, read, np.nan)
    return mean
