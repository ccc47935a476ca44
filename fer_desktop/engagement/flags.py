"""The rules by which a student may need attention. Each says its evidence; floors are absolute, never a ranking."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from fer_desktop.engagement.history import NEGATIVE_INDICES, StudentHistory
from fer_desktop.messages.told import find_template, mark
from fer_desktop.messages.wording import say_duration
from fer_desktop.types import EXPRESSIONS, Expression, Flag, FlagKind, Floats, Presence

_CLEAR: Final = [EXPRESSIONS.index(name) for name in (Expression.ANGRY, Expression.DISGUST)]
_TWELFTHS_SHARE: Final = 0.6
"""Of what a negative time must reach, so much in every twelfth: two bad moments around a calm one are no minute."""
_NEGATIVE_KEEP_SHARE: Final = 0.8
_READ_SHARE: Final = 0.8
"""Of a window the readings must reach back so far, and so much must have been watched to raise a flag: who was hardly
seen is not judged."""
_MIN_READINGS: Final = 10
_MIN_SIGNS: Final = 4
_MIN_CLEAR: Final = 3
_CLEAR_SHARE: Final = 0.2
"""Of the looks that found the eyes shut, so many must be of a face that neither laughs nor looks disgusted."""
_LOOK_BACK: Final = 1.75
"""Of the time after which somebody counts as drowsy, looks at the eyes are remembered for so much."""
_SHUT_TO_RAISE, _SHUT_TO_KEEP = 0.65, 0.5
"""Share of the looks at a student's eyes that found them shut. PERCLOS, the share of time with eyes at least 80 %
closed (Wierwille et al. 1994), calls a driver drowsy from .15 of a minute: a class is not a road."""
_MIN_USUAL_SIGNS: Final = 8
_STAYED_SHARE: Final = 0.5
"""Of the time of an absence: who was there for less has not left, as a parent who looked in."""
_BEGINNING_S: Final = 10
"""Of a lesson: whom its beginning shows for so long is a student, however soon they leave."""

_NOT_IN_CALL: Final = mark("not in the call for {duration}")
_NO_FACE: Final = mark("camera on, but no face seen for {duration}")
_CAMERA_OFF: Final = mark("camera off for {duration}")
_NEGATIVE: Final = mark("looks more negative than usual for {duration}")
_EYES_SHUT: Final = mark("eyes shut in {shut} of {looks} looks over {duration}, unlike before")


@dataclass(frozen=True, slots=True)
class FlagRules:
    """Thresholds a teacher can change; seconds are seconds that were watched, so a pause is nobody's absence."""

    away_after_s: int = 120
    camera_off_after_s: int = 120
    negative_after_s: int = 60
    negative_floor: float = 0.3
    """Mean share of angry, disgust, fear and sad together. Faces that most people call neutral have .19 on average."""
    negative_rise: float = 0.25
    """Above the student's own baseline."""
    clear_floor: float = 0.12
    """Mean share of angry and disgust: fear and sadness alone are misread too often to flag anybody."""
    baseline_s: int = 120
    """Readings before the window that make a baseline."""
    drowsy_after_s: int = 20
    class_drop: float = 0.25
    """How far the class's mood, -1 to 1, must fall at once."""
    repeat_after_s: int = 180
    """A flag that comes and goes is raised no sooner again."""


def find_flags(history: StudentHistory, rules: FlagRules, held: Mapping[FlagKind, Flag]) -> tuple[Flag, ...]:
    """The flags that hold for a student now. `held`: those that held a second ago, which end less easily."""
    flags = (
        _find_absence(history, rules, held.get(FlagKind.AWAY)),
        _find_camera_off(history, rules, held.get(FlagKind.CAMERA_OFF)),
        _find_drowsy(history, rules, held.get(FlagKind.DROWSY)),
        _find_negative(history, rules, held.get(FlagKind.NEGATIVE)),
    )
    return tuple(flag for flag in flags if flag is not None)


def _find_absence(history: StudentHistory, rules: FlagRules, held: Flag | None) -> Flag | None:
    is_absent = history.presence in (Presence.AWAY, Presence.TURNED_AWAY) or held is not None
    if not is_absent or history.unseen.lasted_s < rules.away_after_s:
        return None
    if history.presence is Presence.AWAY and _looked_in(history, rules):
        return None
    reason = _say_how_absent(history.presence, held).format(duration=say_duration(history.unseen.lasted_s))
    return Flag(FlagKind.AWAY, history.student, history.unseen.since_second, reason)


def _say_how_absent(presence: Presence, held: Flag | None) -> str:
    """While somebody is glimpsed, which ends no absence yet, it is told as before."""
    if held is not None and presence not in (Presence.AWAY, Presence.TURNED_AWAY):
        found = find_template(held.reason)
        return found[0] if found else _NO_FACE
    return _NOT_IN_CALL if presence is Presence.AWAY else _NO_FACE


def _looked_in(history: StudentHistory, rules: FlagRules) -> bool:
    """Who came in mid-lesson and left at once. Who was there at its beginning belongs to the class."""
    from_the_start = history.first_second <= _BEGINNING_S and history.in_call_s >= _BEGINNING_S
    return not from_the_start and history.in_call_s < _STAYED_SHARE * rules.away_after_s


def _find_camera_off(history: StudentHistory, rules: FlagRules, held: Flag | None) -> Flag | None:
    is_off = history.presence is Presence.CAMERA_OFF or held is not None
    if not is_off or history.camera_off.lasted_s < rules.camera_off_after_s:
        return None
    reason = _CAMERA_OFF.format(duration=say_duration(history.camera_off.lasted_s))
    return Flag(FlagKind.CAMERA_OFF, history.student, history.camera_off.since_second, reason)


def _find_negative(history: StudentHistory, rules: FlagRules, held: Flag | None) -> Flag | None:
    if history.presence is not Presence.VISIBLE:
        return None
    window_s = rules.negative_after_s
    seconds, readings = history.readings_of_last(window_s)
    first = history.last_second - window_s + 1
    reaches_back = len(seconds) >= min(_MIN_READINGS, window_s) and seconds[0] <= first + (1 - _READ_SHARE) * window_s
    if not reaches_back:
        return None
    if held is None and history.watched_s(int(seconds[0]), history.last_second) < _READ_SHARE * window_s:
        return None
    negative = readings[:, NEGATIVE_INDICES].sum(axis=1)
    mean = float(negative.mean())
    # The usual takes a while to work out: not for the many who are nowhere near the floor.
    if mean < _NEGATIVE_KEEP_SHARE * rules.negative_floor or readings[:, _CLEAR].sum(axis=1).mean() < rules.clear_floor:
        return None
    before = first if held is None else held.since_second
    usual = history.usual_negative(before, least_readings=rules.baseline_s)
    if usual is None and held is None:
        return None
    floor = max(rules.negative_floor, (usual or 0.0) + rules.negative_rise)  # the usual of long ago is forgotten
    if mean < _NEGATIVE_KEEP_SHARE * floor or (held is None and not _is_lasting(negative, floor)):
        return None
    reason = _NEGATIVE.format(duration=say_duration(window_s))
    return Flag(FlagKind.NEGATIVE, history.student, max(0, first), reason)


def _find_drowsy(history: StudentHistory, rules: FlagRules, held: Flag | None) -> Flag | None:
    """Eyes shut for most of the time, against the student's own usual opening and an absolute one.

    A head that is bent down is not judged: lids follow the gaze, and who writes is not asleep. Nor is a laughing face.
    """
    if history.presence is not Presence.VISIBLE:
        return None
    first = history.last_second - round(_LOOK_BACK * rules.drowsy_after_s) + 1
    recent = history.attention.since(first)
    if len(recent) < _MIN_SIGNS:
        return None
    usual = history.attention.usual_before(first if held is None else held.since_second)
    if usual.readings < _MIN_USUAL_SIGNS and held is None:  # the usual of long ago is forgotten
        return None
    judged = [
        _Judged(look.second, usual.has_shut_eyes(look.cues), is_clear=not look.squeezed)
        for look in recent
        if not usual.looks_down(look.cues)
    ]
    looks = _since_shut(judged, share=_SHUT_TO_RAISE if held is None else _SHUT_TO_KEEP)
    if not looks:
        return None
    # Up to the last look that found them shut: what came after it nobody knows.
    since, until = looks[0].second, max(look.second for look in looks if look.is_shut)
    lasted_s = history.watched_s(since, until)
    if held is None and lasted_s < rules.drowsy_after_s:
        return None
    shut = sum(look.is_shut for look in looks)
    reason = _EYES_SHUT.format(shut=shut, looks=len(looks), duration=say_duration(lasted_s))
    return Flag(FlagKind.DROWSY, history.student, since, reason)


@dataclass(frozen=True, slots=True)
class _Judged:
    """A look at a student's eyes. `is_clear`: neither a laugh nor disgust may have shut them."""

    second: int
    is_shut: bool
    is_clear: bool


def _since_shut(looks: list[_Judged], *, share: float) -> list[_Judged]:
    """The looks, the oldest first, from the first on since which that share found the eyes shut; none if too few did.

    They begin with two in a row that did, as one alone may be a blink, and are not all of a laughing face.
    """
    for index, (look, following) in enumerate(pairwise(looks)):
        later = looks[index:]
        shut = sum(each.is_shut for each in later)
        clear = sum(each.is_shut and each.is_clear for each in later)
        if clear < _MIN_CLEAR or len(later) < _MIN_SIGNS:
            break
        if look.is_shut and following.is_shut and shut >= share * len(later) and clear >= _CLEAR_SHARE * shut:
            return later
    return []


def _is_lasting(shares: Floats, floor: float) -> bool:
    """Whether shares, the oldest first, were at the floor all the time and not just at its end."""
    thirds, sixths, twelfths = (_average_parts(shares, parts) for parts in (3, 6, 12))
    return bool((thirds >= floor).all() and sixths[0] >= floor and (twelfths >= _TWELFTHS_SHARE * floor).all())


def _average_parts(shares: Floats, parts: int) -> Floats:
    """The mean of each of so many parts of a row, or of fewer where it is shorter."""
    split = np.array_split(shares, min(parts, len(shares)))
    return np.array([part.mean() for part in split], np.float32)
