"""The numbers of a session's timeline, and what they are in words. No drawing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Self

import numpy as np

from fer_desktop.analysis.gaps import Gap, find_gap, list_gaps
from fer_desktop.messages.words import format_clock
from fer_desktop.storage.values import MoodSeries
from fer_desktop.types import Event, EventKind, Floats
from ui.charts.arrays import fill_gaps, running_mean
from ui.charts.heat_arrays import level_of
from ui.language import tr, tr_count
from ui.words import (
    ATTENTION_WORDS,
    EXPRESSION_WORDS,
    GAP_WORDS,
    STACK_INDICES,
    STACK_ORDER,
    describe_mood,
    format_share,
)

MARKED: Final = (
    EventKind.BOOKMARK,
    EventKind.NOTE,
    EventKind.FLAG_RAISED,
    EventKind.CAPTURE_LOST,
    EventKind.DISPLAY_LOST,
    EventKind.PICTURE_FROZEN,
    EventKind.SUSPENDED,
    EventKind.STALLED,
    EventKind.FAULT,
)
"""The events with a mark in the timeline; the others are in the list of moments only."""

_SHOWN_EXPRESSIONS: Final = 3


def _no_rows(columns: int | None = None) -> Floats:
    return np.zeros(0 if columns is None else (0, columns), np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class TimelineData:
    """Running means with a row for each second of the session, NaN where nothing was recorded.

    `shares`: (n, 7) in the order of `EXPRESSIONS`; `mood`: (n,) -1 to 1; `attention`: (n,) 0 to 1; `counts`: (n, 3)
    faces, cameras on, students. `events`: those with a mark. `gaps`: pauses too. `labels`: the students' names.
    """

    shares: Floats = field(default_factory=lambda: _no_rows(7))
    mood: Floats = field(default_factory=_no_rows)
    attention: Floats = field(default_factory=_no_rows)
    counts: Floats = field(default_factory=lambda: _no_rows(3))
    events: tuple[Event, ...] = ()
    labels: Mapping[int, str] = field(default_factory=dict)
    gaps: tuple[Gap, ...] = ()

    @classmethod
    def of(cls, series: MoodSeries, events: Sequence[Event], labels: Mapping[int, str]) -> Self:
        """The data of a session's series and events."""
        counts = np.stack((series.faces, series.cameras_on, series.students), axis=1).astype(np.float32)
        return cls(
            running_mean(fill_gaps(series.seconds, series.probabilities)),
            running_mean(fill_gaps(series.seconds, series.mood)),
            running_mean(fill_gaps(series.seconds, series.attention)),
            fill_gaps(series.seconds, counts),
            tuple(event for event in events if event.kind in MARKED),
            labels,
            tuple(list_gaps(events)),
        )

    @property
    def length_s(self) -> int:
        """Up to the last recorded second."""
        return len(self.mood)

    @property
    def has_attention(self) -> bool:
        """Whether attention was read at all."""
        return not bool(np.isnan(self.attention).all())

    def describe_second(self, second: int) -> str:
        """All values of a second, in words; "" outside the session."""
        if not 0 <= second < self.length_s:
            return ""
        if np.isnan(self.counts[second, 2]):
            gap = find_gap(self.gaps, second)
            if gap is None:
                return tr("{time} · not recorded", time=format_clock(second))
            return tr("{time} · not recorded: {why}", time=format_clock(second), why=GAP_WORDS[gap.kind])
        parts = [format_clock(second)]
        if not np.isnan(self.mood[second]):
            parts.append(tr("mood {mood}", mood=describe_mood(float(self.mood[second]))))
            parts.append(self._describe_expressions(second))
        level = level_of(float(self.attention[second]))
        if level is not None:
            parts.append(tr("attention {level}", level=ATTENTION_WORDS[level]))
        visible, _, students = (int(number) for number in self.counts[second])
        parts.append(tr("{visible} of {total} visible", visible=visible, total=students))
        return " · ".join(parts)

    def _describe_expressions(self, second: int) -> str:
        shares = zip(self.shares[second, STACK_INDICES], STACK_ORDER, strict=True)
        ranked = sorted(shares, reverse=True, key=lambda pair: float(pair[0]))
        return ", ".join(
            f"{EXPRESSION_WORDS[name]} {format_share(share, 1)}" for share, name in ranked[:_SHOWN_EXPRESSIONS]
        )

    def describe(self) -> str:
        """The whole session in words, for screen readers."""
        known = self.mood[~np.isnan(self.mood)]
        mood = describe_mood(float(known.mean()) if len(known) else None)
        return tr_count(
            "Length {length}, {n} moment marked, overall mood {mood}",
            "Length {length}, {n} moments marked, overall mood {mood}",
            len(self.events),
            length=format_clock(self.length_s),
            mood=mood,
        )
