"""The rules that raise a student's flags, each with its evidence. Thresholds are absolute, never a ranking."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from fer_desktop.engagement.history import ABSENT, StudentHistory
from fer_desktop.engagement.reading_log import NEGATIVE_INDICES
from fer_desktop.messages import Message, MessageKey
from fer_desktop.types import EXPRESSIONS, Expression, Flag, FlagKind, Floats, Presence

_ANGER_AND_DISGUST: Final = [EXPRESSIONS.index(name) for name in (Expression.ANGRY, Expression.DISGUST)]


@dataclass(frozen=True, slots=True)
class _AbsenceTuning:
    """Who counts as a student that left. Chosen with `bench-flags` on simulated classes (docs/adr/0008)."""

    min_stay_share: float = 0.5
    """Of `FlagRules.away_after_s`: a person who was in the call for less was a visitor, such as a parent."""
    beginning_s: int = 10
    """A student shown for so long at the lesson's beginning belongs to the class, however soon they leave."""


@dataclass(frozen=True, slots=True)
class _NegativeTuning:
    """What a negative window must look like. Chosen with `bench-flags` on simulated classes (docs/adr/0008)."""

    min_coverage: float = 0.8
    """Share of the window over which readings must reach back, and, to raise a flag, that must have been watched."""
    min_readings: int = 10
    min_twelfth_share: float = 0.6
    """Of the floor, for every twelfth of the window: two negative moments around a calm one are no minute."""
    keep_share: float = 0.8
    """Of the floor, for a flag that is active already: it ends less easily than it began."""


@dataclass(frozen=True, slots=True)
class _DrowsyTuning:
    """When closed eyes mean drowsiness. Chosen with `bench-flags` on simulated classes (docs/adr/0008).

    PERCLOS, the share of time with eyes at least 80 % closed (Wierwille et al. 1994), calls a driver drowsy from .15
    of a minute. The shares are far higher here, as a class is not a road and samples are seconds apart.
    """

    raise_share: float = 0.75
    """Of the samples, that found the eyes closed."""
    keep_share: float = 0.5
    look_back: float = 1.75
    """Times `FlagRules.drowsy_after_s`: how far back samples count."""
    min_samples: int = 4
    min_unsqueezed: int = 3
    min_unsqueezed_share: float = 0.2
    """Of the samples with closed eyes, for those of a face that neither laughs nor looks disgusted."""
    min_baseline_samples: int = 8


_ABSENCE: Final = _AbsenceTuning()
_NEGATIVE_WINDOW: Final = _NegativeTuning()
_DROWSY: Final = _DrowsyTuning()


@dataclass(frozen=True, slots=True)
class FlagRules:
    """Thresholds of the flags. Seconds are watched seconds: a pause does not count as absence."""

    away_after_s: int = 120
    camera_off_after_s: int = 120
    negative_after_s: int = 60
    negative_floor: float = 0.3
    """Mean share of angry, disgust, fear and sad together. Faces that most people call neutral have .19 on average."""
    negative_rise: float = 0.25
    """Above the student's own baseline."""
    anger_disgust_floor: float = 0.12
    """Mean share of angry and disgust: fear and sadness alone are misread too often to raise a flag."""
    baseline_s: int = 120
    """Readings before the window that are needed for a baseline."""
    drowsy_after_s: int = 40
    class_drop: float = 0.25
    """How far the class's mood, -1 to 1, must fall suddenly."""
    repeat_after_s: int = 180
    """A flag that clears and recurs is not raised again sooner."""


def find_flags(history: StudentHistory, rules: FlagRules, held: Mapping[FlagKind, Flag]) -> tuple[Flag, ...]:
    """The flags with evidence now. `held`: those that had evidence in the previous second; they end less easily."""
    flags = (
        _find_absence(history, rules, held.get(FlagKind.AWAY)),
        _find_camera_off(history, rules, held.get(FlagKind.CAMERA_OFF)),
        _find_drowsy(history, rules, held.get(FlagKind.DROWSY)),
        _find_negative(history, rules, held.get(FlagKind.NEGATIVE)),
    )
    return tuple(flag for flag in flags if flag is not None)


def _find_absence(history: StudentHistory, rules: FlagRules, held: Flag | None) -> Flag | None:
    is_absent = history.presence in ABSENT or held is not None
    if not is_absent or history.unseen.lasted_s < rules.away_after_s:
        return None
    if history.presence is Presence.AWAY and not _belongs_to_class(history, rules):
        return None
    evidence = Message(_choose_absence(history.presence, held), lasted_s=history.unseen.lasted_s)
    return Flag(FlagKind.AWAY, history.student, history.unseen.since_second, evidence)


def _choose_absence(presence: Presence, held: Flag | None) -> MessageKey:
    """A student who is glimpsed, which does not end an absence yet, keeps the evidence of before."""
    if held is not None and presence not in ABSENT:
        return held.evidence.key
    return MessageKey.NOT_IN_CALL if presence is Presence.AWAY else MessageKey.NOBODY_IN_VIEW


def _belongs_to_class(history: StudentHistory, rules: FlagRules) -> bool:
    """False for a visitor, who joined in mid-lesson and left soon after."""
    if history.in_call_s >= _ABSENCE.min_stay_share * rules.away_after_s:
        return True
    return history.first_second <= _ABSENCE.beginning_s <= history.in_call_s


def _find_camera_off(history: StudentHistory, rules: FlagRules, held: Flag | None) -> Flag | None:
    is_off = history.presence is Presence.CAMERA_OFF or held is not None
    if not is_off or history.camera_off.lasted_s < rules.camera_off_after_s:
        return None
    evidence = Message(MessageKey.CAMERA_OFF, lasted_s=history.camera_off.lasted_s)
    return Flag(FlagKind.CAMERA_OFF, history.student, history.camera_off.since_second, evidence)


def _find_negative(history: StudentHistory, rules: FlagRules, held: Flag | None) -> Flag | None:
    """Negative expressions all through a window, against the student's own baseline and an absolute floor."""
    window_s = rules.negative_after_s
    window = _read_negative_window(history, window_s, require_watched=held is None)
    if window is None or window.mean_anger_disgust < rules.anger_disgust_floor:
        return None
    if window.mean < _NEGATIVE_WINDOW.keep_share * rules.negative_floor:
        return None  # far below every floor: spares most students the baseline, which takes long to compute
    first = history.last_second - window_s + 1
    baseline = history.negative_baseline(first if held is None else held.since_second, min_readings=rules.baseline_s)
    if baseline is None and held is None:
        return None
    floor = max(rules.negative_floor, (baseline or 0.0) + rules.negative_rise)  # a held flag may outlast its baseline
    if held is None:
        is_negative = _is_lasting(window.shares, floor)
    else:
        is_negative = window.mean >= _NEGATIVE_WINDOW.keep_share * floor
    if not is_negative:
        return None
    evidence = Message(MessageKey.NEGATIVE, lasted_s=window_s)
    return Flag(FlagKind.NEGATIVE, history.student, max(0, first), evidence)


@dataclass(frozen=True, slots=True, eq=False)
class _NegativeWindow:
    """`shares`: (n,) of the negative expressions together, oldest first. `mean_anger_disgust`: of these two."""

    shares: Floats
    mean_anger_disgust: float

    @property
    def mean(self) -> float:
        """Mean share."""
        return float(self.shares.mean())


def _read_negative_window(history: StudentHistory, window_s: int, *, require_watched: bool) -> _NegativeWindow | None:
    """The last `window_s` seconds of a visible student; None where too few were read or, if required, watched."""
    if history.presence is not Presence.VISIBLE:
        return None
    seconds, readings = history.readings_of_last(window_s)
    if len(seconds) < min(_NEGATIVE_WINDOW.min_readings, window_s):
        return None
    first = history.last_second - window_s + 1
    if seconds[0] > first + (1 - _NEGATIVE_WINDOW.min_coverage) * window_s:
        return None
    min_watched_s = _NEGATIVE_WINDOW.min_coverage * window_s
    if require_watched and history.watched_s(int(seconds[0]), history.last_second) < min_watched_s:
        return None
    shares: Floats = readings[:, NEGATIVE_INDICES].sum(axis=1)
    return _NegativeWindow(shares, float(readings[:, _ANGER_AND_DISGUST].sum(axis=1).mean()))


def _is_lasting(shares: Floats, floor: float) -> bool:
    """Whether shares, oldest first, were at the floor throughout and not just at the end."""
    thirds, sixths, twelfths = (_average_parts(shares, parts) for parts in (3, 6, 12))
    min_twelfth = _NEGATIVE_WINDOW.min_twelfth_share * floor
    return bool((thirds >= floor).all() and sixths[0] >= floor and (twelfths >= min_twelfth).all())


def _average_parts(shares: Floats, parts: int) -> Floats:
    """The means of `parts` equal parts, or of as many as there are values."""
    split = np.array_split(shares, min(parts, len(shares)))
    return np.array([part.mean() for part in split], np.float32)


def _find_drowsy(history: StudentHistory, rules: FlagRules, held: Flag | None) -> Flag | None:
    """Eyes closed most of the time, against the student's own baseline and an absolute opening."""
    share = _DROWSY.raise_share if held is None else _DROWSY.keep_share
    samples = _since_closed(_judge_eyes(history, rules, held), share=share)
    if not samples:
        return None
    # Up to the last sample with closed eyes: what came after it is unknown.
    since, until = samples[0].second, max(sample.second for sample in samples if sample.is_closed)
    lasted_s = history.watched_s(since, until)
    if held is None and lasted_s < rules.drowsy_after_s:
        return None
    closed = sum(sample.is_closed for sample in samples)
    evidence = Message(MessageKey.EYES_CLOSED, closed=closed, samples=len(samples), lasted_s=lasted_s)
    return Flag(FlagKind.DROWSY, history.student, since, evidence)


@dataclass(frozen=True, slots=True)
class _EyeSample:
    """Whether eyes were closed. `is_squeezed`: laughter or disgust may have closed them."""

    second: int
    is_closed: bool
    is_squeezed: bool


def _judge_eyes(history: StudentHistory, rules: FlagRules, held: Flag | None) -> list[_EyeSample]:
    """The recent samples of a visible student, oldest first; none where they are few or the baseline is unknown.

    Samples with the head bent down are left out: lids follow the gaze, and a student who writes is not asleep.
    """
    first = history.last_second - round(_DROWSY.look_back * rules.drowsy_after_s) + 1
    recent = history.attention.since(first)
    if history.presence is not Presence.VISIBLE or len(recent) < _DROWSY.min_samples:
        return []
    baseline = history.attention.baseline_before(first if held is None else held.since_second)
    if held is None and baseline.samples < _DROWSY.min_baseline_samples:  # a held flag may outlast its baseline
        return []
    return [
        _EyeSample(sample.second, baseline.has_closed_eyes(sample.cues), sample.squeezed)
        for sample in recent
        if not baseline.looks_down(sample.cues)
    ]


def _since_closed(samples: list[_EyeSample], *, share: float) -> list[_EyeSample]:
    """The samples, oldest first, from the first one on since which `share` found the eyes closed; none if too few did.

    They begin with two such samples in a row, as a single one may be a blink.
    """
    for index, (sample, following) in enumerate(pairwise(samples)):
        later = samples[index:]
        closed = sum(each.is_closed for each in later)
        unsqueezed = sum(each.is_closed and not each.is_squeezed for each in later)
        if unsqueezed < _DROWSY.min_unsqueezed or len(later) < _DROWSY.min_samples:
            break
        begins_here = sample.is_closed and following.is_closed
        if begins_here and closed >= share * len(later) and unsqueezed >= _DROWSY.min_unsqueezed_share * closed:
            return later
    return []
