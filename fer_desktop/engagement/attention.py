"""How attentive a student looks: the concentration index, in three levels.

    index = weight of the expression x weight of the gaze / 4.5, at most 1

after Sharma et al., "Student Engagement Detection Using Emotion Analysis, Eye Tracking and Head Movement with Machine
Learning" (arXiv 1909.12913), with the weights of that paper. One classroom's evidence: an index, not a truth. Neutral
faces weigh most in it: a neutral face is not a bored one. docs/adr/0008-attention-index-and-flags.md says what was
added to it and why.
"""

from collections import deque
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from fer_desktop.types import EXPRESSIONS, HIGH_ATTENTION, LOW_ATTENTION, AttentionLevel, Expression, FaceCues, Floats

_EXPRESSION_WEIGHTS: Final = {
    Expression.NEUTRAL: 0.9,
    Expression.HAPPY: 0.6,
    Expression.SURPRISE: 0.6,
    Expression.SAD: 0.3,
    Expression.FEAR: 0.3,
    Expression.ANGRY: 0.25,
    Expression.DISGUST: 0.2,
}
_SQUEEZING: Final = [EXPRESSIONS.index(name) for name in (Expression.HAPPY, Expression.DISGUST)]
_SQUEEZED_FROM: Final = 0.5
_WEIGHTS: Final = np.array([_EXPRESSION_WEIGHTS[name] for name in EXPRESSIONS], np.float32)
_SHUT, _NARROW, _ASIDE, _CENTRE = 0.0, 1.5, 2.0, 5.0
"""Of the gaze: eyes shut, half open, open and off centre, open and at the centre."""
_FULL: Final = 4.5

_MARGIN: Final = 0.05
"""A level is left only when the index is so far beyond its edge: levels do not flicker."""
MIN_CONFIDENCE: Final = 0.4
"""Below it the state says "not sure": two classes are about as likely."""

_LOOKS_S: Final = 15
_MIN_LOOKS: Final = 2
"""Landmarks are read every two to four seconds: of the last fifteen two must be there."""
_KEPT_LOOKS: Final = 300
_MIN_USUAL: Final = 5
"""Fewer readings make no usual look: until then the eyes are compared with other people's."""
_PEOPLES_OPENING: Final = 0.29
"""Median of 44 photographs."""
_UPPER_QUANTILE: Final = 75
"""Of a student's openings and of their head's pitch: who dozes or writes half the time is still compared with their
open eyes and their upright head."""

_SHUT_SHARE: Final = 0.68
"""Of the usual opening. With lids drawn over the eyes of 44 photographs it fell to .51 to .59; smiles narrow eyes to
.80."""
_SHUT_OPENING: Final = 0.25
"""Whatever is usual, eyes that are open wider than this are not shut."""
_NARROW_SHARE: Final = 0.74
_ASIDE_DEG: Final = 18.0
_DOWN_DEG: Final = 18.0
"""Below the usual: reading, writing, a telephone. Lids follow the gaze down, so such eyes are not judged."""
_STILL_DEG: Final = 16.0
"""Looks aside that lie no further apart go to one place."""


@dataclass(frozen=True, slots=True)
class GazeSample:
    """What the landmarks told in one second. `squeezed`: laughter or disgust narrowed the eyes: they tell nothing."""

    second: int
    cues: FaceCues
    squeezed: bool


@dataclass(slots=True)
class AttentionTrace:
    """What one student's landmarks told, in order, and the level that follows."""

    looks: deque[GazeSample] = field(default_factory=lambda: deque(maxlen=_KEPT_LOOKS))
    index: float | None = None
    level: AttentionLevel | None = None
    _usual: "GazeBaseline | None" = None

    def add(self, second: int, cues: FaceCues, probabilities: Floats) -> None:
        """`probabilities`: (7,) of the same second."""
        self.looks.append(GazeSample(second, cues, float(probabilities[_SQUEEZING].sum()) >= _SQUEEZED_FROM))
        self._usual = None

    def update(self, second: int, smoothed: Floats | None) -> None:
        """`smoothed`: (7,) mean probabilities of the last ten seconds, None where there are none."""
        self.index = self._measure(second, smoothed)
        self.level = step_level(self.level, self.index)

    def absorb(self, other: "AttentionTrace") -> None:
        """The other's looks are this student's too."""
        self.looks = deque(sorted([*self.looks, *other.looks], key=lambda look: look.second), maxlen=_KEPT_LOOKS)
        self._usual = None

    def since(self, second: int) -> list[GazeSample]:
        """The looks of that second and later."""
        return [look for look in self.looks if look.second >= second]

    def usual(self) -> "GazeBaseline":
        """The student's own, of all that is remembered."""
        if self._usual is None:
            self._usual = GazeBaseline.of([look.cues for look in self.looks])
        return self._usual

    def usual_before(self, second: int) -> "GazeBaseline":
        return GazeBaseline.of([look.cues for look in self.looks if look.second < second])

    def _measure(self, second: int, smoothed: Floats | None) -> float | None:
        recent = self.since(second - _LOOKS_S + 1)
        if smoothed is None or float(smoothed.max()) < MIN_CONFIDENCE or len(recent) < _MIN_LOOKS:
            return None
        gaze = weigh_gaze(recent, self.usual())
        return min(1.0, float(smoothed @ _WEIGHTS) * gaze / _FULL)


@dataclass(frozen=True, slots=True)
class GazeBaseline:
    """How a student mostly looks. `readings`: how many it was taken from."""

    opening: float
    yaw_deg: float
    pitch_deg: float
    readings: int

    @classmethod
    def of(cls, cues: list[FaceCues]) -> "GazeBaseline":
        if len(cues) < _MIN_USUAL:
            return cls(_PEOPLES_OPENING, 0.0, float(np.median([s.pitch_deg for s in cues])) if cues else 0.0, 0)
        yaw = float(np.median([each.yaw_deg for each in cues]))
        seen = np.array([(each.eye_opening, each.pitch_deg) for each in cues])
        opening, pitch = np.percentile(seen, _UPPER_QUANTILE, axis=0).tolist()
        return cls(opening, yaw, pitch, len(cues))

    def can_judge_eyes(self, look: GazeSample) -> bool:
        """Whether open and shut can be told: not while the head is bent down, or the eyes are squeezed."""
        return not look.squeezed and not self.looks_down(look.cues)

    def looks_down(self, cues: FaceCues) -> bool:
        return cues.pitch_deg < self.pitch_deg - _DOWN_DEG

    def has_shut_eyes(self, cues: FaceCues) -> bool:
        return cues.eye_opening < min(_SHUT_OPENING, _SHUT_SHARE * self.opening)

    def has_narrow_eyes(self, cues: FaceCues) -> bool:
        return cues.eye_opening < min(_SHUT_OPENING, _NARROW_SHARE * self.opening)

    def is_turned_aside(self, cues: FaceCues) -> bool:
        return abs(cues.yaw_deg - self.yaw_deg) > _ASIDE_DEG


def weigh_gaze(looks: list[GazeSample], usual: GazeBaseline) -> float:
    """The mean weight of the gaze, 0 to 5.

    Who turns aside always to the same place has a second screen there: that is no inattention, and weighs as the
    centre does. Only a gaze that wanders counts as off centre.
    """
    yaws = [look.cues.yaw_deg for look in looks if usual.is_turned_aside(look.cues)]
    wanders = bool(yaws) and max(yaws) - min(yaws) > _STILL_DEG
    return float(np.mean([_weigh(look, usual, wanders=wanders) for look in looks]))


def _weigh(look: GazeSample, usual: GazeBaseline, *, wanders: bool) -> float:
    if usual.looks_down(look.cues):
        return _ASIDE
    if usual.can_judge_eyes(look) and usual.has_shut_eyes(look.cues):
        return _SHUT
    if wanders and usual.is_turned_aside(look.cues):
        return _ASIDE
    return _NARROW if usual.can_judge_eyes(look) and usual.has_narrow_eyes(look.cues) else _CENTRE


def step_level(before: AttentionLevel | None, index: float | None) -> AttentionLevel | None:
    """The level of an index, which a student keeps while the index stays near its edge."""
    if index is None:
        return None
    high = HIGH_ATTENTION - _MARGIN if before is AttentionLevel.HIGH else HIGH_ATTENTION
    low = LOW_ATTENTION + _MARGIN if before is AttentionLevel.LOW else LOW_ATTENTION
    if index > high:
        return AttentionLevel.HIGH
    return AttentionLevel.LOW if index < low else AttentionLevel.MIDDLE
