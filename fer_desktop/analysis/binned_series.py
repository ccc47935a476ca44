"""A session in equal bins with their means, for charts and tables."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fer_desktop.storage.values import MoodSeries
from fer_desktop.types import Floats, mood_of

_ROUND_LENGTHS_S: Final = (10, 30, 60, 120, 300, 600, 900, 1800, 3600)
_MAX_BINS: Final = 12

Means = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class BinnedSeries:
    """Means over the recorded seconds of each bin: (n,), or (n, 7) for probabilities; NaN if there are none.

    `starts`: (n,) first second of each bin. `length_s`: of each bin; the last one may end sooner.
    """

    length_s: int
    starts: NDArray[np.int64]
    students: Means
    cameras_on: Means
    faces: Means
    probabilities: Floats
    attention: Means

    @property
    def mood(self) -> Floats:
        """(n,), -1 to 1, of the mean probabilities."""
        return mood_of(self.probabilities)


def bin_series(series: MoodSeries, length_s: int) -> BinnedSeries:
    """Bins of `length_s` seconds from the session's start to its last recorded second."""
    bins = series.seconds // length_s
    count = int(bins.max(initial=-1)) + 1

    def average(values: NDArray[np.generic]) -> Means:
        floats = values.astype(np.float64)
        read = ~np.isnan(floats)
        counts = np.bincount(bins[read], minlength=count)
        sums = np.bincount(bins[read], weights=floats[read], minlength=count)
        means: Means = sums / np.where(counts, counts, np.nan)
        return means

    return BinnedSeries(
        length_s=length_s,
        starts=np.arange(count, dtype=np.int64) * length_s,
        students=average(series.students),
        cameras_on=average(series.cameras_on),
        faces=average(series.faces),
        probabilities=np.stack([average(column) for column in series.probabilities.T], axis=1).astype(np.float32),
        attention=average(series.attention),
    )


def pick_bin_length(seconds: int) -> int:
    """A round bin length in seconds that gives at most twelve bins; two hours for sessions longer than twelve hours."""
    return next((length for length in _ROUND_LENGTHS_S if seconds <= length * _MAX_BINS), 2 * _ROUND_LENGTHS_S[-1])
