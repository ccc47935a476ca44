"""Whether the mood of the class as a whole has fallen: at once, or over half a minute."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from fer_desktop.engagement.flags import FlagRules
from fer_desktop.engagement.history import StudentHistory
from fer_desktop.engagement.reading_log import NEGATIVE_INDICES
from fer_desktop.messages import Message, MessageKey
from fer_desktop.types import EXPRESSIONS, MIN_GROUP_SIZE, Expression, Flag, FlagKind, Presence, mood_of

_HAPPY: Final = EXPRESSIONS.index(Expression.HAPPY)


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


@dataclass(frozen=True, slots=True)
class _TurnTuning:
    """What makes a turn: half a minute that is clearly more negative than the minute before and than usual.

    Chosen with `bench-flags` on simulated lessons. A class whose laughter ends looks the same but for the negative
    share, which is then what it was before the laughter.
    """

    now_s: int = 30
    before_s: int = 60
    usual_s: int = 300
    """Before the last `now_s`, for what is usual of a student."""
    min_readings_now: int = 10
    min_readings_before: int = 20
    min_readings_usual: int = 20
    calm_happy: float = 0.4
    """A higher share of happy is laughter, which hides what is usual of a face."""
    drop_factor: float = 1.6
    """Times `FlagRules.class_drop`: how far the mood must fall on average."""
    min_share: float = 0.25
    """Of the negative expressions now, on average. Looked at first, as it is known from few readings."""
    min_rise: float = 0.1
    """Of a student's negative share above the usual one, and of the class's on average."""
    min_student_share: float = 0.6
    min_standard_errors: float = 4.0


_DROP: Final = _DropTuning()
_TURN: Final = _TurnTuning()


class _Moods(NamedTuple):
    """Mean moods of one student, -1 to 1: of the last seconds, of as many before them, and of all minutes before."""

    now: float
    just_before: float
    before: float


def find_class_drop(histories: Sequence[StudentHistory], rules: FlagRules, *, held: bool) -> Flag | None:
    """The flag of the class, for a mood that has fallen at once or has turned. `held`: as in `_find_sudden`."""
    return _find_sudden(histories, rules, held=held) or _find_turn(histories, rules)


def _find_sudden(histories: Sequence[StudentHistory], rules: FlagRules, *, held: bool) -> Flag | None:
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
    return _make_flag(histories, _DROP.now_s, fell=fell, students=len(moods))


def _make_flag(histories: Sequence[StudentHistory], now_s: int, *, fell: int, students: int) -> Flag:
    since_second = max(0, max(history.last_second for history in histories) - now_s + 1)
    evidence = Message(MessageKey.CLASS_MOOD_FELL, fell=fell, students=students)
    return Flag(FlagKind.CLASS_DROP, None, since_second, evidence)


def _find_turn(histories: Sequence[StudentHistory], rules: FlagRules) -> Flag | None:
    """The flag of a class that has turned from a good mood to a bad one without most being negative at any time."""
    shares = [share for history in histories if (share := _measure_share(history)) is not None]
    if len(shares) < MIN_GROUP_SIZE or np.mean(shares) < _TURN.min_share:
        return None
    turns = [turn for history in histories if (turn := _measure_turn(history)) is not None]
    if len(turns) < MIN_GROUP_SIZE:
        return None
    changes, rises = np.array(turns).T
    fell = int(((changes <= -rules.class_drop) & (rises >= _TURN.min_rise)).sum())
    if fell < max(MIN_GROUP_SIZE, _TURN.min_student_share * len(turns)):
        return None
    root = len(turns) ** 0.5
    change_error, rise_error = float(changes.std(ddof=1)) / root, float(rises.std(ddof=1)) / root
    if changes.mean() > -max(_TURN.drop_factor * rules.class_drop, _TURN.min_standard_errors * change_error):
        return None
    if rises.mean() < max(_TURN.min_rise, _TURN.min_standard_errors * rise_error):
        return None
    return _make_flag(histories, _TURN.now_s, fell=fell, students=len(turns))


def _measure_share(history: StudentHistory) -> float | None:
    """The negative share of a visible student now; None where readings are too few."""
    if history.presence is not Presence.VISIBLE:
        return None
    _, readings = history.readings_of_last(_TURN.now_s)
    if len(readings) < _TURN.min_readings_now:
        return None
    return float(readings[:, NEGATIVE_INDICES].sum(axis=1).mean())


def _measure_turn(history: StudentHistory) -> tuple[float, float] | None:
    """The change of a visible student's mood, and the rise of the negative share above the usual one.

    None where readings are too few for one of them.
    """
    if history.presence is not Presence.VISIBLE:
        return None
    seconds, readings = history.readings_of_last(_TURN.now_s + _TURN.usual_s)
    ages = history.last_second - seconds
    is_now, is_before = ages < _TURN.now_s, (ages >= _TURN.now_s) & (ages < _TURN.now_s + _TURN.before_s)
    is_calm = (ages >= _TURN.now_s) & (readings[:, _HAPPY] < _TURN.calm_happy)
    numbers = (is_now.sum(), is_before.sum(), is_calm.sum())
    needed = (_TURN.min_readings_now, _TURN.min_readings_before, _TURN.min_readings_usual)
    if any(number < least for number, least in zip(numbers, needed, strict=True)):
        return None
    moods, shares = mood_of(readings), readings[:, NEGATIVE_INDICES].sum(axis=1)
    change = moods[is_now].mean() - moods[is_before].mean()
    return float(change), float(shares[is_now].mean() - shares[is_calm].mean())


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
