"""The rules by which a student may need attention. Each says its evidence; floors are absolute, never a ranking."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from fer_desktop.engagement.history import NEGATIVE_INDICES, StudentHistory
from fer_desktop.types import EXPRESSIONS, Expression, Flag, FlagKind, Floats, Presence

_CLEAR: Final = [EXPRESSIONS.index(name) for name in (Expression.ANGRY, Expression.DISGUST)]


@dataclass(frozen=True, slots=True)
class FlagRules:
    """Thresholds a teacher can change; seconds are seconds that were watched, so a pause is nobody's absence."""

    away_after_s: int = 120
    camera_off_after_s: int = 120
    negative_after_s: int = 60
    negative_floor: float = 0.5
    """Mean share of angry, disgust, fear and sad together."""
    negative_rise: float = 0.25
    """Above the student's own baseline."""
    clear_floor: float = 0.15
    """Share of angry and disgust in it: fear and sadness alone are misread too often to flag anybody."""
    baseline_s: int = 60
    """Readings before the window that make a baseline."""


def find_flags(history: StudentHistory, rules: FlagRules) -> tuple[Flag, ...]:
    """The flags that hold for a student now."""
    flags = (_find_absence(history, rules), _find_camera_off(history, rules), _find_negative(history, rules))
    return tuple(flag for flag in flags if flag is not None)


def _find_absence(history: StudentHistory, rules: FlagRules) -> Flag | None:
    if history.presence not in (Presence.AWAY, Presence.TURNED_AWAY) or history.unseen_s < rules.away_after_s:
        return None
    how = "not in the call" if history.presence is Presence.AWAY else "camera on, but no face seen"
    reason = f"{how} for {say_duration(history.unseen_s)}"
    return Flag(FlagKind.AWAY, history.student, history.unseen_since_second, reason)


def _find_camera_off(history: StudentHistory, rules: FlagRules) -> Flag | None:
    if history.presence is not Presence.CAMERA_OFF or history.presence_s < rules.camera_off_after_s:
        return None
    reason = f"camera off for {say_duration(history.presence_s)}"
    return Flag(FlagKind.CAMERA_OFF, history.student, history.since_second, reason)


def _find_negative(history: StudentHistory, rules: FlagRules) -> Flag | None:
    readings = history.readings
    if history.presence is not Presence.VISIBLE or len(readings) < rules.negative_after_s + rules.baseline_s:
        return None
    window = np.stack(list(readings)[-rules.negative_after_s :])
    mean = window.mean(axis=0)
    now, clear = _share(mean, NEGATIVE_INDICES), _share(mean, _CLEAR)
    usual = history.negative_baseline(rules.negative_after_s)
    if now < rules.negative_floor or now - usual < rules.negative_rise or clear < rules.clear_floor:
        return None
    reason = f"looks mostly negative for {say_duration(rules.negative_after_s)}, unlike before"
    since = max(0, history.last_second - rules.negative_after_s + 1)
    return Flag(FlagKind.NEGATIVE, history.student, since, reason)


def _share(probabilities: Floats, classes: list[int]) -> float:
    return float(probabilities[classes].sum())


def say_duration(seconds: int) -> str:
    """ "45 s", "2 min", "1 h 5 min": as precise as it deserves."""
    if seconds < 120:
        return f"{seconds} s" if seconds % 60 else f"{seconds // 60} min"
    minutes = seconds // 60
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"
