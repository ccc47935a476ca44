"""Whether the mood of the class as a whole has suddenly fallen."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from fer_desktop.engagement.flags import FlagRules
from fer_desktop.engagement.history import StudentHistory
from fer_desktop.messages import Message, MessageKey
from fer_desktop.types import MIN_GROUP_SIZE, Flag, FlagKind, Presence, mood_of


@dataclass(frozen=True, slots=True)
class _DropTuning:
    """What makes a sudden drop. Chosen with `bench-flags` on simulated classes (docs/adr/0008) but where noted."""

    now_s: int = 15
    before_s: int = 120
    min_readings_now: int = 5
    min_readings_before: int = 30
    max_earlier_share: float = 0.5
    """Of a student's fall, less than this may have come before the last `now_s`: a slide of minutes is not sudden."""
    min_student_share: float = 0.6
    """Of the students, the mood of so many must have fallen: a few who are very sad are not the class."""
    max_mood: float = -0.3
    """A higher mood has not fallen: laughter that ends is no drop, and faces at rest have -.15 on average."""
    min_standard_errors: float = 4.0
    """The mean change must be so many times its standard error: in a small class moods differ by chance."""


_DROP: Final = _DropTuning()


class _Moods(NamedTuple):
    """Mean moods of one student, -1 to 1: of the last seconds, of as many before them, and of all minutes before."""

    now: float
    just_before: float
    before: float


def find_class_drop(histories: Sequence[StudentHistory], rules: FlagRules, *, held: bool) -> Flag | None:
    """The flag of the class. Each student is compared with their own last minutes: joining or leaving has no effect.

    `held`: there was evidence in the previous second, so that the fall need not be sudden any more.
    """
    moods = [moods for history in histories if (moods := _measure_moods(history)) is not None]
    if len(moods) < MIN_GROUP_SIZE:
        return None
    now, just_before, before = np.array(moods).T
    changes = now - before
    has_fallen = (changes <= -rules.class_drop) & (now <= _DROP.max_mood)
    if not held:
        has_fallen &= just_before - before > _DROP.max_earlier_share * changes
    fell = int(has_fallen.sum())
    if fell < max(MIN_GROUP_SIZE, _DROP.min_student_share * len(moods)) or now.mean() > _DROP.max_mood:
        return None
    error = float(changes.std(ddof=1)) / len(moods) ** 0.5
    if changes.mean() > -max(rules.class_drop, _DROP.min_standard_errors * error):
        return None
    now_s = max(history.last_second for history in histories)
    since_second = max(0, now_s - _DROP.now_s + 1)
    evidence = Message(MessageKey.CLASS_MOOD_FELL, fell=fell, students=len(moods))
    return Flag(FlagKind.CLASS_DROP, None, since_second, evidence)


def _measure_moods(history: StudentHistory) -> _Moods | None:
    """The moods of a visible student; None where readings are too few for one of them."""
    if history.presence is not Presence.VISIBLE:
        return None
    seconds, readings = history.readings_of_last(_DROP.now_s + _DROP.before_s)
    is_now = seconds > history.last_second - _DROP.now_s
    is_just_before = ~is_now & (seconds > history.last_second - 2 * _DROP.now_s)
    if min(is_now.sum(), is_just_before.sum()) < _DROP.min_readings_now:
        return None
    if (~is_now).sum() < _DROP.min_readings_before:
        return None
    moods = mood_of(readings)
    return _Moods(*(float(moods[part].mean()) for part in (is_now, is_just_before, ~is_now)))
