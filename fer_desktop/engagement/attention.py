"""How attentive a student looks: the concentration index, in three levels.

    index = weight of the expression x weight of the gaze / 4.5, at most 1

after Sharma et al., "Student Engagement Detection Using Emotion Analysis, Eye Tracking and Head Movement with Machine
Learning" (arXiv 1909.12913), with the weights of that paper, measured in one classroom. A neutral face weighs most: it
is not a bored one. docs/adr/0008-attention-index-and-flags.md says what was added to it and why.
"""

from collections import deque
from collections.abc import Sequence
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
_WEIGHTS: Final = np.array([_EXPRESSION_WEIGHTS[name] for name in EXPRESSIONS], np.float32)
_SQUEEZING: Final = [EXPRESSIONS.index(name) for name in (Expression.HAPPY, Expression.DISGUST)]
_MIN_SQUEEZING: Final = 0.5
"""Probability of these expressions from which they may have narrowed the eyes."""
_LEVEL_MARGIN: Final = 0.05
"""A level is left only where the index is this far beyond its edge, so that levels do not flicker."""
MIN_CONFIDENCE: Final = 0.4
"""Below it the expression is too unsure to be shown: two classes are about as likely."""


@dataclass(frozen=True, slots=True)
class _GazeWeights:
    """Weights of the gaze, of Sharma et al."""

    closed: float = 0.0
    half_open: float = 1.5
    off_centre: float = 2.0
    centre: float = 5.0
    divisor: float = 4.5
    """Of the product with the expression's weight."""


@dataclass(frozen=True, slots=True)
class _SampleWindow:
    """Landmarks are read every two to four seconds."""

    kept: int = 300
    recent_s: int = 15
    min_recent: int = 2


@dataclass(frozen=True, slots=True)
class _BaselineTuning:
    """How a student's baseline is taken."""

    min_samples: int = 5
    population_opening: float = 0.29
    """Median of 44 photographs, used until there are enough samples of the student."""
    upper_percentile: int = 75
    """Of the openings and the pitch: even with eyes closed or head down half the time, the rest sets the baseline."""


@dataclass(frozen=True, slots=True)
class _EyeThresholds:
    """Shares of the baseline's opening. On 44 photographs drawn lids left .51 to .59, smiles .80 (docs/adr/0008)."""

    closed_share: float = 0.68
    half_open_share: float = 0.74
    max_opening: float = 0.25
    """Eyes that are open wider are neither, whatever the baseline."""


@dataclass(frozen=True, slots=True)
class _HeadThresholds:
    """Degrees from the baseline. Chosen with `bench-flags` on simulated classes (docs/adr/0008)."""

    aside_deg: float = 18.0
    down_deg: float = 18.0
    """Reading, writing, a telephone. Lids follow the gaze down, so the eyes are not judged then."""
    still_deg: float = 16.0
    """Turns aside that differ by no more have one target."""


_GAZE: Final = _GazeWeights()
_WINDOW: Final = _SampleWindow()
_BASELINE: Final = _BaselineTuning()
_EYES: Final = _EyeThresholds()
_HEAD: Final = _HeadThresholds()


@dataclass(frozen=True, slots=True)
class GazeSample:
    """Head pose and eyes of one second. `squeezed`: laughter or disgust may have narrowed the eyes."""

    second: int
    cues: FaceCues
    squeezed: bool


@dataclass(frozen=True, slots=True)
class GazeBaseline:
    """What is usual for one student. `samples`: how many it was taken from; 0 before there are enough."""

    opening: float
    yaw_deg: float
    pitch_deg: float
    samples: int

    @classmethod
    def of(cls, cues: Sequence[FaceCues]) -> "GazeBaseline":
        """Upper quartiles of opening and pitch, median of yaw; the population's opening where samples are too few."""
        if len(cues) < _BASELINE.min_samples:
            pitch_deg = float(np.median([each.pitch_deg for each in cues])) if cues else 0.0
            return cls(_BASELINE.population_opening, 0.0, pitch_deg, 0)
        yaw = float(np.median([each.yaw_deg for each in cues]))
        seen = np.array([(each.eye_opening, each.pitch_deg) for each in cues])
        opening, pitch = np.percentile(seen, _BASELINE.upper_percentile, axis=0).tolist()
        return cls(opening, yaw, pitch, len(cues))

    def can_judge_eyes(self, sample: GazeSample) -> bool:
        """Whether the opening is conclusive: not while the head is bent down, or the eyes are squeezed."""
        return not sample.squeezed and not self.looks_down(sample.cues)

    def looks_down(self, cues: FaceCues) -> bool:
        """Whether the head is bent down."""
        return cues.pitch_deg < self.pitch_deg - _HEAD.down_deg

    def has_closed_eyes(self, cues: FaceCues) -> bool:
        """Whether the eyes are closed, by the opening alone."""
        return cues.eye_opening < min(_EYES.max_opening, _EYES.closed_share * self.opening)

    def has_half_open_eyes(self, cues: FaceCues) -> bool:
        """Whether the eyes are half open or closed, by the opening alone."""
        return cues.eye_opening < min(_EYES.max_opening, _EYES.half_open_share * self.opening)

    def is_turned_aside(self, cues: FaceCues) -> bool:
        """Whether the head is turned to either side."""
        return abs(cues.yaw_deg - self.yaw_deg) > _HEAD.aside_deg


@dataclass(slots=True)
class AttentionTrace:
    """One student's gaze samples, oldest first, and the index and level that follow from them."""

    samples: deque[GazeSample] = field(default_factory=lambda: deque(maxlen=_WINDOW.kept))
    index: float | None = None
    level: AttentionLevel | None = None
    _baseline: GazeBaseline | None = None
    _earlier: GazeBaseline | None = None
    """The baseline of the samples from `_earlier_key`'s first second to its last one."""
    _earlier_key: tuple[int, int] | None = None

    def add(self, second: int, cues: FaceCues, probabilities: Floats) -> None:
        """`probabilities`: (7,) of the same second."""
        self.samples.append(GazeSample(second, cues, float(probabilities[_SQUEEZING].sum()) >= _MIN_SQUEEZING))
        self._baseline = None

    def update(self, second: int, smoothed: Floats | None) -> None:
        """Measures anew. `smoothed`: (7,) mean probabilities of the last seconds; None where there are none."""
        self.index = self._measure(second, smoothed)
        self.level = step_level(self.level, self.index)

    def absorb(self, other: "AttentionTrace") -> None:
        """Takes in the samples of the same student under another number."""
        samples = sorted([*self.samples, *other.samples], key=lambda sample: sample.second)
        self.samples = deque(samples, maxlen=_WINDOW.kept)
        self._baseline = self._earlier_key = None

    def since(self, second: int) -> list[GazeSample]:
        """The samples of that second and later."""
        return [sample for sample in self.samples if sample.second >= second]

    def baseline(self) -> GazeBaseline:
        """The student's baseline, of all samples kept."""
        if self._baseline is None:
            self._baseline = GazeBaseline.of([sample.cues for sample in self.samples])
        return self._baseline

    def baseline_before(self, second: int) -> GazeBaseline:
        """The student's baseline, of the samples before that second: mostly those of the call before."""
        earlier = [sample for sample in self.samples if sample.second < second]
        key = (earlier[0].second, earlier[-1].second) if earlier else None
        if self._earlier is None or key is None or key != self._earlier_key:
            self._earlier, self._earlier_key = GazeBaseline.of([sample.cues for sample in earlier]), key
        return self._earlier

    def _measure(self, second: int, smoothed: Floats | None) -> float | None:
        """The index, 0 to 1; None where the expression is too unsure or recent samples are too few."""
        recent = self.since(second - _WINDOW.recent_s + 1)
        if smoothed is None or float(smoothed.max()) < MIN_CONFIDENCE or len(recent) < _WINDOW.min_recent:
            return None
        gaze = weigh_gaze(recent, self.baseline())
        return min(1.0, float(smoothed @ _WEIGHTS) * gaze / _GAZE.divisor)


def weigh_gaze(samples: Sequence[GazeSample], baseline: GazeBaseline) -> float:
    """The mean weight of the gaze, 0 to 5.

    A head that always turns aside to the same place has a second screen there, which weighs as the centre does: only
    a gaze that wanders counts as off centre.
    """
    yaws = [sample.cues.yaw_deg for sample in samples if baseline.is_turned_aside(sample.cues)]
    wanders = bool(yaws) and max(yaws) - min(yaws) > _HEAD.still_deg
    return float(np.mean([_weigh(sample, baseline, wanders=wanders) for sample in samples]))


def _weigh(sample: GazeSample, baseline: GazeBaseline, *, wanders: bool) -> float:
    if baseline.looks_down(sample.cues):
        return _GAZE.off_centre
    if baseline.can_judge_eyes(sample) and baseline.has_closed_eyes(sample.cues):
        return _GAZE.closed
    if wanders and baseline.is_turned_aside(sample.cues):
        return _GAZE.off_centre
    is_half_open = baseline.can_judge_eyes(sample) and baseline.has_half_open_eyes(sample.cues)
    return _GAZE.half_open if is_half_open else _GAZE.centre


def step_level(before: AttentionLevel | None, index: float | None) -> AttentionLevel | None:
    """The level of an index, 0 to 1; the level `before` is kept while the index stays near its edge."""
    if index is None:
        return None
    high = HIGH_ATTENTION - _LEVEL_MARGIN if before is AttentionLevel.HIGH else HIGH_ATTENTION
    low = LOW_ATTENTION + _LEVEL_MARGIN if before is AttentionLevel.LOW else LOW_ATTENTION
    if index > high:
        return AttentionLevel.HIGH
    return AttentionLevel.LOW if index < low else AttentionLevel.MIDDLE
