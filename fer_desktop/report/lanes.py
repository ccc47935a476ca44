"""The common form of what is exported: the class, or one student, second by second."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fer_desktop.storage.store import Store
from fer_desktop.storage.values import Seconds
from fer_desktop.types import Floats, mood_of

DECIMALS: Final = 4  # as many as are stored

Number = int | float | None


@dataclass(frozen=True, slots=True, eq=False)
class Lane:
    """`counts`: (n, 3) tiles, cameras on, faces; of a student 0 or 1. `probabilities`: (n, 7), NaN where unread."""

    seconds: Seconds
    counts: NDArray[np.int64]
    probabilities: Floats

    def rows(self) -> Iterator[tuple[Number, ...]]:
        """Second, tiles, cameras on, faces, mood, seven probabilities; None where no face was read."""
        readings = np.column_stack([mood_of(self.probabilities), self.probabilities])
        for second, counts, reading in zip(
            self.seconds.tolist(),
            self.counts.tolist(),
            np.round(readings.astype(float), DECIMALS).tolist(),
            strict=True,
        ):
            unread = reading[0] != reading[0]
            yield (second, *counts, *((None,) * len(reading) if unread else reading))


def read_class_lane(store: Store, session_id: int) -> Lane:
    series = store.mood_series(session_id)
    counts = np.column_stack([series.students, series.cameras_on, series.faces])
    return Lane(series.seconds, counts, series.probabilities)


def read_student_lane(store: Store, session_id: int, student: int) -> Lane:
    series = store.student_series(session_id, student)
    counts = np.column_stack([series.tile_seen, series.camera_on, series.face_found]).astype(np.int64)
    return Lane(series.seconds, counts, series.probabilities)
