"""One student's presence, readings and attention while a session runs."""

from collections import deque
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from fer_desktop.engagement.attention import MIN_CONFIDENCE, AttentionTrace
from fer_desktop.engagement.reading_log import NEGATIVE_INDICES, ReadingLog
from fer_desktop.types import (
    EXPRESSIONS,
    Expression,
    FaceCues,
    Floats,
    Presence,
    PresenceReading,
    StudentSecond,
)

SMOOTHING_S: Final = 10
"""A 10-second label is close to the mean of its frames (Whitehill 2014)."""
LONGEST_STEP_S: Final = 5
"""Frames may be a few seconds apart; a longer gap was a pause or a lost window, which does not count as absence."""
_MAX_GAPS: Final = 100
_LONGEST_GLIMPSE_S: Final = 2
"""Somebody seen for so long does not end an absence: the back of a chair may be taken for a person for a moment."""
_LONGEST_LOSS_S: Final = 15
"""A tile lost for so long does not end a streak: after tiles have moved, a card's name must first be read again, and
another window may pass over a tile."""
ABSENT: Final = (Presence.AWAY, Presence.EMPTY)
"""Nobody is there. A student whose face is not seen is there."""
MIN_NEGATIVE: Final = 0.6
"""Probability of the negative expressions together, below which none of them is shown (docs/adr/0035)."""


@dataclass(slots=True)
class Streak:
    """Consecutive watched seconds in one state, across short interruptions. `lasted_s` is 0 outside a streak.

    Frequent interruptions end it too: a student who is seen half of the time is not away.
    """

    since_second: int = 0
    lasted_s: int = 0
    _interrupted_s: int = 0
    _total_interrupted_s: int = 0

    def extend(self, second: int, step_s: int) -> None:
        """Adds a second in the state."""
        if self.lasted_s == 0:
            self.since_second = second
        self.lasted_s += step_s
        self._interrupted_s = 0

    def extend_back(self, second: int, held_s: int) -> None:
        """The state had held for so long before `second`, which was not known then."""
        if held_s > self.lasted_s:
            self.since_second, self.lasted_s = second - held_s, held_s

    def interrupt(self, step_s: int, *, longest_s: int) -> None:
        """Adds a second in another state; ends the streak after `longest_s` of these, or after many in total."""
        self._interrupted_s += step_s
        self._total_interrupted_s += step_s
        if self._interrupted_s > longest_s or self._total_interrupted_s > longest_s + self.lasted_s / 2:
            self.end()

    def end(self) -> None:
        """Ends the streak; the next `extend` starts a new one."""
        self.lasted_s = self._interrupted_s = self._total_interrupted_s = 0


class Gap(NamedTuple):
    """Seconds that were not watched, and the first that was watched again."""

    until_second: int
    lasted_s: int


@dataclass(slots=True)
class StudentHistory:
    """Counts watched seconds, not the clock: a pause or a lost window is not an absence.

    `since_second`: of the present presence; `reading`: what that rests on, None without a tile.
    """

    student: int
    presence: Presence
    since_second: int
    first_second: int
    last_second: int
    reading: PresenceReading | None = None
    in_call_s: int = 0
    unseen: Streak = field(default_factory=Streak)
    camera_off: Streak = field(default_factory=Streak)
    readings: ReadingLog = field(default_factory=ReadingLog)
    attention: AttentionTrace = field(default_factory=AttentionTrace)
    gaps: deque[Gap] = field(default_factory=lambda: deque(maxlen=_MAX_GAPS))
    _mean: Floats | None = None

    def add(
        self,
        second: int,
        sample: StudentSecond | None,
        cues: FaceCues | None = None,
        *,
        reading: PresenceReading | None = None,
        out_of_view: bool = False,
    ) -> None:
        """Adds one watched second; `sample` is None where the student had no tile and no face.

        `out_of_view`: no tile was to be expected, as the call shows another page; this is not an absence.
        """
        presence, self.reading = classify_presence(sample, out_of_view=out_of_view), reading
        if presence is not self.presence:
            self.presence, self.since_second = presence, second
        passed_s = second - self.last_second
        step_s = passed_s if 1 <= passed_s <= LONGEST_STEP_S else 1
        if passed_s > LONGEST_STEP_S:
            self.gaps.append(Gap(second, passed_s - 1))
        self.in_call_s += step_s if sample is not None and sample.tile_seen else 0
        self.last_second = second
        self._update_streaks(second, step_s, reading.held_s if reading else 0)
        if sample is not None and sample.probabilities is not None:
            self.readings.add(second, sample.probabilities)
            if cues is not None:  # without a reading, as where expressions are off, there is no attention either
                self.attention.add(second, cues, sample.probabilities)
        self._mean = self._mean_of_last_seconds()
        self.attention.update(second, self._mean)

    def _update_streaks(self, second: int, step_s: int, held_s: int) -> None:
        if self.presence in ABSENT:
            self.unseen.extend(second, step_s)
            self.unseen.extend_back(second, min(held_s, self.in_call_s))
        elif self.presence in (Presence.VISIBLE, Presence.UNREADABLE):
            self.unseen.interrupt(step_s, longest_s=_LONGEST_GLIMPSE_S)
        elif self.presence is Presence.OUT_OF_VIEW:
            self.unseen.interrupt(step_s, longest_s=_LONGEST_LOSS_S)
        else:
            self.unseen.end()
        if self.presence is Presence.CAMERA_OFF:
            self.camera_off.extend(second, step_s)
        elif self.presence in (Presence.AWAY, Presence.OUT_OF_VIEW):
            self.camera_off.interrupt(step_s, longest_s=_LONGEST_LOSS_S)
        else:
            self.camera_off.end()

    def absorb(self, other: "StudentHistory") -> None:
        """Takes in the history of the same student under another number."""
        self.readings.absorb(other.readings)
        self.attention.absorb(other.attention)
        gaps = {gap for gap in self.gaps if not other.was_watched_in(gap)}
        gaps |= {gap for gap in other.gaps if not self.was_watched_in(gap)}
        self.gaps = deque(sorted(gaps), _MAX_GAPS)
        self.first_second = min(self.first_second, other.first_second)
        self.in_call_s += other.in_call_s
        if other.unseen.lasted_s <= self.unseen.lasted_s:
            self.presence, self.since_second = other.presence, other.since_second
            self.unseen, self.camera_off = other.unseen, other.camera_off
        self._mean = self._mean_of_last_seconds()

    def smoothed(self) -> tuple[Expression | None, float]:
        """The expression of the last `SMOOTHING_S` and its mean probability; None where unread or too unsure."""
        if self._mean is None:
            return None, 0.0
        best = int(np.argmax(self._mean))
        confidence = float(self._mean[best])
        is_sure = best not in NEGATIVE_INDICES or float(self._mean[NEGATIVE_INDICES].sum()) >= MIN_NEGATIVE
        return (EXPRESSIONS[best] if is_sure and confidence >= MIN_CONFIDENCE else None), confidence

    def readings_of_last(self, seconds: int) -> tuple[NDArray[np.int64], Floats]:
        """Of the last `seconds`: those in which a face was read, (n,), and the readings, (n, 7), oldest first."""
        return self.readings.since(self.last_second - seconds + 1)

    def watched_s(self, since_second: int, until_second: int) -> int:
        """How many seconds of the range, both ends included, were watched."""
        return until_second - since_second + 1 - self.missed_s(since_second, until_second)

    def missed_s(self, since_second: int, until_second: int) -> int:
        """How many seconds of the range, both ends included, were not watched."""
        return sum(gap.lasted_s for gap in self.gaps if since_second < gap.until_second <= until_second)

    def was_watched_in(self, gap: Gap) -> bool:
        """Whether this student was watched in another history's gap, as where the other number was excluded."""
        is_known = self.first_second < gap.until_second and gap.until_second - gap.lasted_s <= self.last_second
        return is_known and gap not in self.gaps

    def negative_baseline(self, before_second: int, *, min_readings: int) -> float | None:
        """The upper quartile of the negative shares before a second; None with fewer than `min_readings`.

        Higher than the median, so that a face that rests only between smiles is compared with itself at rest.
        """
        shares = self.readings.negative_shares_before(before_second)
        return float(np.percentile(shares, 75)) if len(shares) >= min_readings else None

    def _mean_of_last_seconds(self) -> Floats | None:
        if self.presence is not Presence.VISIBLE:
            return None
        _, readings = self.readings_of_last(SMOOTHING_S)
        if not len(readings):
            return None
        mean: Floats = readings.mean(axis=0)
        return mean


def classify_presence(sample: StudentSecond | None, *, out_of_view: bool = False) -> Presence:
    """The presence that one second shows; parameters as of `StudentHistory.add`."""
    if sample is None or not sample.tile_seen:
        return Presence.OUT_OF_VIEW if out_of_view else Presence.AWAY
    if sample.face_found:
        return Presence.VISIBLE
    if sample.person_seen:
        return Presence.UNREADABLE
    return Presence.EMPTY if sample.camera_on else Presence.CAMERA_OFF
