"""What is remembered of one student while a session runs."""

from collections import deque
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from fer_desktop.types import EXPRESSIONS, NEGATIVE_EXPRESSIONS, Expression, Floats, Presence, StudentSecond

SMOOTHING_S: Final = 10
"""A 10-second label is close to the mean of its frames (Whitehill 2014)."""
MIN_CONFIDENCE: Final = 0.4
"""Below it the state says "not sure": two classes are about as likely."""
_KEPT_READINGS: Final = 15 * 60
_LONGEST_STEP_S: Final = 5
"""Frames may be a few seconds apart; a longer gap was a pause or a lost window, which is nobody's absence."""
NEGATIVE_INDICES: Final = [EXPRESSIONS.index(name) for name in NEGATIVE_EXPRESSIONS]


@dataclass(slots=True)
class StudentHistory:
    """Presence counts watched seconds, not the clock: a pause or a lost window is nobody's absence."""

    student: int
    presence: Presence
    since_second: int
    last_second: int
    presence_s: int = 0
    unseen_s: int = 0
    unseen_since_second: int = 0
    readings: deque[Floats] = field(default_factory=lambda: deque(maxlen=_KEPT_READINGS))
    reading_seconds: deque[int] = field(default_factory=lambda: deque(maxlen=SMOOTHING_S))

    def add(self, second: int, sample: StudentSecond | None, *, out_of_view: bool = False) -> None:
        """One watched second; `sample` is None where the student had no tile and no face.

        `out_of_view`: no tile was to be expected, as the call shows another page: nobody's absence.
        """
        presence = tell_presence(sample, out_of_view=out_of_view)
        if presence is not self.presence:
            self.presence, self.since_second, self.presence_s = presence, second, 0
        passed_s = second - self.last_second
        step_s = passed_s if 1 <= passed_s <= _LONGEST_STEP_S else 1
        self.presence_s += step_s
        self.last_second = second
        if presence not in (Presence.AWAY, Presence.TURNED_AWAY):
            self.unseen_s = 0
        else:
            if self.unseen_s == 0:
                self.unseen_since_second = second
            self.unseen_s += step_s
        if sample is not None and sample.probabilities is not None:
            self.readings.append(sample.probabilities)
            self.reading_seconds.append(second)

    def absorb(self, other: "StudentHistory") -> None:
        """`other` was this student all along, under another number; its readings are the later ones."""
        self.readings.extend(other.readings)
        self.reading_seconds.extend(other.reading_seconds)
        if other.unseen_s <= self.unseen_s:
            self.presence, self.since_second, self.presence_s = other.presence, other.since_second, other.presence_s
            self.unseen_s, self.unseen_since_second = other.unseen_s, other.unseen_since_second

    def smoothed(self) -> tuple[Expression | None, float]:
        """The expression over the last ten seconds and its mean probability; None without a reading or when unsure."""
        fresh = sum(second > self.last_second - SMOOTHING_S for second in self.reading_seconds)
        if not fresh or self.presence is not Presence.VISIBLE:
            return None, 0.0
        mean = np.mean(list(self.readings)[-fresh:], axis=0)
        best = int(np.argmax(mean))
        confidence = float(mean[best])
        return (EXPRESSIONS[best] if confidence >= MIN_CONFIDENCE else None), confidence

    def negative_baseline(self, window_s: int) -> float:
        """The student's usual share of negative expressions: the median over what came before the window."""
        before = np.stack(list(self.readings)[:-window_s])
        return float(np.median(before[:, NEGATIVE_INDICES].sum(axis=1)))


def tell_presence(sample: StudentSecond | None, *, out_of_view: bool = False) -> Presence:
    if sample is None or not sample.tile_seen:
        return Presence.OUT_OF_VIEW if out_of_view else Presence.AWAY
    if sample.face_found:
        return Presence.VISIBLE
    return Presence.TURNED_AWAY if sample.camera_on else Presence.CAMERA_OFF
