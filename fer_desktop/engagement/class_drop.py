"""Whether the mood of the class as a whole has fallen at once."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from fer_desktop.engagement.flags import FlagRules
from fer_desktop.engagement.history import StudentHistory
from fer_desktop.messages.told import mark
from fer_desktop.types import MIN_GROUP_SIZE, Flag, FlagKind, Presence, mood_of

_NOW_S: Final = 15
_BEFORE_S: Final = 120
_MIN_NOW, _MIN_BEFORE = 5, 30
"""Readings of a student that make a mood of now, or of just before, and one of the minutes before."""
_SUDDEN_SHARE: Final = 0.5
"""Of a student's fall, less than so much had come just before: what slides for minutes is not sudden."""
_FELL_SHARE: Final = 0.6
"""Of the students, the mood of so many must have fallen at once: a few who are very sad are no class."""
_FLOOR: Final = -0.3
"""Mood above which nobody's has fallen: laughter that ends is no drop, and faces at rest have -.15 on average."""
_MIN_ERRORS: Final = 4.0
"""The change must be so many times its own standard error: in a small class moods differ by chance."""

_FELL: Final = mark("the mood of {fell} of {students} students fell within the last seconds")


def find_class_drop(histories: Sequence[StudentHistory], rules: FlagRules, *, held: bool) -> Flag | None:
    """Each student against their own last minutes: who joins or leaves does not move the class.

    `held`: it held a second ago, so it need not come at once again.
    """
    moods = [moods for history in histories if (moods := _measure_moods(history)) is not None]
    if len(moods) < MIN_GROUP_SIZE:
        return None
    now, just_before, before = np.array(moods).T
    changes = now - before
    has_fallen = (changes <= -rules.class_drop) & (now <= _FLOOR)
    if not held:
        has_fallen &= just_before - before > _SUDDEN_SHARE * changes
    fell = int(has_fallen.sum())
    if fell < max(MIN_GROUP_SIZE, _FELL_SHARE * len(moods)) or now.mean() > _FLOOR:
        return None
    error = float(changes.std(ddof=1)) / len(moods) ** 0.5
    if changes.mean() > -max(rules.class_drop, _MIN_ERRORS * error):
        return None
    now_s = max(history.last_second for history in histories)
    reason = _FELL.format(fell=fell, students=len(moods))
    return Flag(FlagKind.CLASS_DROP, None, max(0, now_s - _NOW_S + 1), reason)


def _measure_moods(history: StudentHistory) -> tuple[float, float, float] | None:
    """Mood of the last seconds, of as many before them, and of the minutes before; None where one is unknown."""
    if history.presence is not Presence.VISIBLE:
        return None
    seconds, readings = history.readings_of_last(_NOW_S + _BEFORE_S)
    is_now = seconds > history.last_second - _NOW_S
    is_just_before = ~is_now & (seconds > history.last_second - 2 * _NOW_S)
    if min(is_now.sum(), is_just_before.sum()) < _MIN_NOW or (~is_now).sum() < _MIN_BEFORE:
        return None
    moods = mood_of(readings)
    return float(moods[is_now].mean()), float(moods[is_just_before].mean()), float(moods[~is_now].mean())
