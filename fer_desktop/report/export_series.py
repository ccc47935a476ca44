"""The common form of what is exported: the class, or one student, second by second."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fer_desktop.storage.values import MoodSeries, Seconds, StudentSeries
from fer_desktop.types import Floats, mood_of

DECIMALS: Final = 4  # as many as are stored

Number = int | float | None


@dataclass(frozen=True, slots=True, eq=False)
class ExportSeries:
    """`counts`: (n, 3) tiles, cameras on, faces; of a student 0 or 1. `probabilities`: (n, 7), NaN where unread.

    `attention`: (n,), the index, NaN where it could not be told.
    """

    seconds: Seconds
    counts: NDArray[np.int64]
    probabilities: Floats
    attention: Floats

    @property
    def mood(self) -> Floats:
        return mood_of(self.probabilities)

    def rows(self) -> Iterator[tuple[Number, ...]]:
        """Second, tiles, cameras on, faces, mood, seven probabilities, attention; None where it was not read."""
        readings = np.column_stack([self.mood, self.probabilities, self.attention])
        for second, counts, reading in zip(
            self.seconds.tolist(),
            self.counts.tolist(),
            np.round(readings.astype(float), DECIMALS).tolist(),
            strict=True,
        ):
            yield (second, *counts, *(None if value != value else value for value in reading))  # NaN is not itself


def class_series(series: MoodSeries) -> ExportSeries:
    counts = np.column_stack([series.students, series.cameras_on, series.faces])
    return ExportSeries(series.seconds, counts, series.probabilities, series.attention)


def student_lane(series: StudentSeries) -> ExportSeries:
    counts = np.column_stack([series.tile_seen, series.camera_on, series.face_found]).astype(np.int64)
    return ExportSeries(series.seconds, counts, series.probabilities, series.attention)
