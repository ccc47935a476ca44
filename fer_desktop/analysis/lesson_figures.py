"""The means of a lesson, for comparing two of them, and which differences count."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from fer_desktop.analysis.drops import find_largest_drops
from fer_desktop.storage.values import MoodSeries, SessionSummary
from fer_desktop.types import Floats

MOOD_STEP: Final = 0.1
SHARE_STEP: Final = 0.1
"""Smaller differences count as none: readings are no more accurate than that."""


@dataclass(frozen=True, slots=True)
class LessonFigures:
    """The means of a lesson. `mood` (-1 to 1) and `attention` (0 to 1): None without readings. Shares are 0 to 1."""

    summary: SessionSummary
    mood: float | None
    attention: float | None
    visible: float
    cameras_on: float
    largest_drop: int | None

    @classmethod
    def of(cls, summary: SessionSummary, series: MoodSeries) -> "LessonFigures":
        """The figures of a lesson from its series."""
        students = max(1, int(series.students.sum()))
        drops = find_largest_drops(series, most=1)
        return cls(
            summary,
            _mean(series.mood),
            _mean(series.attention),
            float(series.faces.sum()) / students,
            float(series.cameras_on.sum()) / students,
            drops[0].second if drops else None,
        )


def _mean(values: Floats) -> float | None:
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else None
