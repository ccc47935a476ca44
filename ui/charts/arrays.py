"""The numbers behind the charts. Pure numpy: no Qt, no drawing."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from fer_desktop.types import EXPRESSIONS, ClassMood, Floats
from ui.words import STACK_INDICES

SMOOTHING_S: Final = 10
"""Width of the running mean in charts: single seconds are too noisy to read."""

BRIDGED_S: Final = 3
"""Longest gap that charts draw over; a longer one is a pause or a lost picture."""

RECENT_S: Final = 600
"""Length of the live charts."""

_SPANS_S: Final = (60, 120, 300, RECENT_S)
"""The spans of the live charts early in a session: they widen in steps instead of continuously."""

STACK_ROWS: Final = 160
EMPTY: Final = len(EXPRESSIONS)
"""In a stack picture: no reading."""
EDGE: Final = EMPTY + 1
"""In a stack picture: the line between two bands."""


class RecentSeries:
    """The last `RECENT_S` seconds of a session, a row each, the newest last; NaN without a reading.

    `bookmarks`: the seconds of the teacher's bookmarks.
    """

    def __init__(self) -> None:
        self.probabilities: Floats = np.full((RECENT_S, len(EXPRESSIONS)), np.nan, np.float32)
        self.mood: Floats = np.full(RECENT_S, np.nan, np.float32)
        self.faces: Floats = np.full(RECENT_S, np.nan, np.float32)
        self.people: Floats = np.full(RECENT_S, np.nan, np.float32)
        self.cameras_on: Floats = np.full(RECENT_S, np.nan, np.float32)
        self.students: Floats = np.full(RECENT_S, np.nan, np.float32)
        self.bookmarks: list[int] = []
        self._second = -1

    def add(self, mood: ClassMood, *, mood_shown: bool = True) -> bool:
        """Adds the mood of a second and returns whether a new second began.

        `mood_shown`: False leaves out mood and expressions.
        """
        steps = mood.second - self._second
        if steps < 0:
            return False
        if steps > 0:
            self._shift(min(steps, RECENT_S))
            self._second = mood.second
        self.faces[-1], self.people[-1] = mood.faces, mood.people
        self.cameras_on[-1], self.students[-1] = mood.cameras_on, mood.students
        if mood_shown and mood.probabilities is not None and mood.mood is not None:
            self.probabilities[-1] = mood.probabilities
            self.mood[-1] = mood.mood
        return steps > 0

    @property
    def bookmark_minutes(self) -> list[float]:
        """How many minutes ago the bookmarks within `span_s` are, as numbers up to 0."""
        ages = (second - self._second for second in self.bookmarks)
        return [age / 60 for age in ages if -self.span_s <= age <= 0]

    @property
    def span_s(self) -> int:
        """The shortest span that shows the whole session, up to ten minutes."""
        return next((span for span in _SPANS_S if self._second < span), RECENT_S)

    def _shift(self, steps: int) -> None:
        for values in (self.probabilities, self.mood, self.faces, self.people, self.cameras_on, self.students):
            values[:-steps] = values[steps:]
            values[-steps:] = np.nan


def running_mean(values: Floats, width: int = SMOOTHING_S) -> Floats:
    """The mean of the known ones of the last `width` rows, for each row of (n,) or (n, k) `values`.

    NaN where the row itself is unknown, except in gaps of up to `BRIDGED_S`: slow computers read less than one frame
    a second at times.
    """
    known = ~np.isnan(values)
    sums = np.cumsum(np.where(known, values, 0), axis=0, dtype=np.float64)
    counts = np.cumsum(known, axis=0, dtype=np.float64)
    for totals in (sums, counts):
        totals[width:] -= totals[:-width].copy()
    means = sums / np.maximum(counts, 1)
    return np.where((known | _short_gaps(known)) & (counts > 0), means, np.nan).astype(np.float32)


def _short_gaps(known: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Unknown rows in gaps of up to `BRIDGED_S` rows."""
    rows = np.arange(len(known)).reshape(-1, *(1,) * (known.ndim - 1))
    before = np.maximum.accumulate(np.where(known, rows, -BRIDGED_S - 2), axis=0)
    after = np.minimum.accumulate(np.where(known, rows, len(known) + BRIDGED_S + 2)[::-1], axis=0)[::-1]
    short: NDArray[np.bool_] = ~known & (after - before - 1 <= BRIDGED_S)
    return short


def fill_gaps(seconds: NDArray[np.int64], values: Floats) -> Floats:
    """A row for every second from 0 to the last, NaN where nothing was recorded."""
    length = int(seconds[-1]) + 1 if len(seconds) else 0
    filled = np.full((length, *values.shape[1:]), np.nan, np.float32)
    filled[seconds] = values
    return filled


def make_stack_picture(probabilities: Floats) -> NDArray[np.uint8]:
    """(n, 7) shares as a stacked (STACK_ROWS, n) picture, row 0 at the bottom, the first of `STACK_ORDER` at the top.

    A pixel is an index in `STACK_ORDER`, `EDGE` between two bands, or `EMPTY` without a reading. Unlike filled curves,
    a picture is drawn equally fast however ragged the bands are.
    """
    shares = np.nan_to_num(probabilities[:, STACK_INDICES])
    totals = shares.sum(axis=1)
    tops = np.cumsum(shares[:, ::-1], axis=1) / np.maximum(totals, 1e-6)[:, None]
    heights = (np.arange(STACK_ROWS) + 0.5) / STACK_ROWS
    band = (heights[:, None, None] >= tops[None, :, :-1]).sum(axis=2)
    picture = (len(EXPRESSIONS) - 1 - band).astype(np.uint8)
    edges = picture[1:] != picture[:-1]
    picture[1:][edges] = EDGE
    picture[:, totals < 1e-6] = EMPTY
    return np.asarray(picture, np.uint8)


def band_middles(probabilities: Floats) -> list[tuple[float, float]]:
    """Middle and thickness, 0 to 1, of the band of each expression, in `STACK_ORDER`. `probabilities`: (7,)."""
    shares = np.nan_to_num(probabilities[list(STACK_INDICES)]).astype(float)
    shares /= max(float(shares.sum()), 1e-6)
    tops = 1 - np.concatenate(([0.0], np.cumsum(shares)[:-1]))
    return [(float(top - share / 2), float(share)) for top, share in zip(tops, shares, strict=True)]


def minute_means(seconds: NDArray[np.int64], values: Floats) -> Floats:
    """The mean of each minute, NaN where nothing is known. `seconds`, `values`: (n,)."""
    known = ~np.isnan(values)
    length = int(seconds[-1]) // 60 + 1 if len(seconds) else 0
    minutes = seconds[known] // 60
    sums = np.bincount(minutes, weights=values[known], minlength=length)
    counts = np.bincount(minutes, minlength=length)
    return np.where(counts > 0, sums / np.maximum(counts, 1), np.nan).astype(np.float32)
