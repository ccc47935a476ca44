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
    """Second by second. `counts`: (n, 3) tiles, cameras on, faces; 0 or 1 for a student. `people`: (n,) who was there,
    whether or not a face was read, 0 or 1 for a student; NaN in sessions of versions that did not look for people.

    `probabilities`: (n, 7), NaN where no face was read. `attention`: (n,), the index, NaN where it is unknown.
    """

    seconds: Seconds
    counts: NDArray[np.int64]
    people: Floats
    probabilities: Floats
    attention: Floats

    @property
    def mood(self) -> Floats:
        """(n,), -1 to 1; NaN where no face was read."""
        return mood_of(self.probabilities)

    def rows(self) -> Iterator[tuple[Number, ...]]:
        """Second, tiles, cameras on, people, faces, mood, seven probabilities, attention; None where unknown."""
        readings = np.column_stack([self.mood, self.probabilities, self.attention])
        for second, (tiles, cameras_on, faces), people, reading in zip(
            self.seconds.tolist(),
            self.counts.tolist(),
            self.people.tolist(),
            np.round(readings.astype(float), DECIMALS).tolist(),
            strict=True,
        ):
            there = None if people != people else int(people)  # NaN is not itself
            known = (None if value != value else value for value in reading)
            yield (second, tiles, cameras_on, there, faces, *known)


def make_class_series(series: MoodSeries) -> ExportSeries:
    """The class's seconds in the form of an export."""
    counts = np.column_stack([series.students, series.cameras_on, series.faces])
    return ExportSeries(series.seconds, counts, series.people, series.probabilities, series.attention)


def make_student_series(series: StudentSeries) -> ExportSeries:
    """One student's seconds in the form of an export."""
    counts = np.column_stack([series.tile_seen, series.camera_on, series.face_found]).astype(np.int64)
    return ExportSeries(series.seconds, counts, series.person_seen, series.probabilities, series.attention)
