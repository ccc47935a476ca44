"""A session cut into equal parts, each with its means: what charts draw and tables list."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fer_desktop.storage.values import MoodSeries
from fer_desktop.types import Floats, mood_of

_ROUND_LENGTHS_S: Final = (10, 30, 60, 120, 300, 600, 900, 1800, 3600)
_MOST_PARTS: Final = 12

Means = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class BinnedSeries:
    """Means over the recorded seconds of each part. (n,) or (n, 7) for probabilities; NaN where there are none.

    `starts`: (n,) first second of each part. `length_s`: of each part; the last one may end sooner.
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
        return mood_of(self.probabilities)


def bin_series(series: MoodSeries, length_s: int) -> BinnedSeries:
    """BinnedSeries of `length_s` seconds from the session's beginning to its last recorded second."""
    place = series.seconds // length_s
    number = int(place.max(initial=-1)) + 1

    def average(values: NDArray[np.generic]) -> Means:
        numbers = values.astype(np.float64)
        read = ~np.isnan(numbers)
        counts = np.bincount(place[read], minlength=number)
        sums = np.bincount(place[read], weights=numbers[read], minlength=number)
        means: Means = sums / np.where(counts, counts, np.nan)
        return means

    return BinnedSeries(
        length_s=length_s,
        starts=np.arange(number, dtype=np.int64) * length_s,
        students=average(series.students),
        cameras_on=average(series.cameras_on),
        faces=average(series.faces),
        probabilities=np.stack([average(column) for column in series.probabilities.T], axis=1).astype(np.float32),
        attention=average(series.attention),
    )


def pick_bin_length(seconds: int) -> int:
    """A round length in seconds, for a table of at most twelve parts where the session is not longer than that."""
    return next((length for length in _ROUND_LENGTHS_S if seconds <= length * _MOST_PARTS), 2 * _ROUND_LENGTHS_S[-1])
