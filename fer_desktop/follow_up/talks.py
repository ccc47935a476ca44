"""Which students to talk to after a lesson, and why: never more than three, and in no ranking."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from fer_desktop.analysis.exclusions import find_exclusion_toggles
from fer_desktop.analysis.gaps import count_outside, list_gaps
from fer_desktop.follow_up.values import Hint, Lesson, Talk
from fer_desktop.types import EXPRESSION_FLAGS, Event, EventKind, FlagKind

_PRESENCE_FLAGS: Final = (FlagKind.AWAY, FlagKind.CAMERA_OFF)
_STUDENT_FLAGS: Final = (*_PRESENCE_FLAGS, FlagKind.NEGATIVE, FlagKind.DROWSY)


@dataclass(frozen=True, slots=True)
class _Tuning:
    """`least_s`: for how long in all a student must be away, or without a camera, before it is a reason to talk.

    `common_share`: what more of the class has, such as cameras off, is a custom, and no reason.
    """

    most: int = 3
    away_s: int = 300
    camera_off_s: int = 600
    common_share: float = 1 / 3

    def least_s(self, flag: FlagKind) -> int:
        return {FlagKind.AWAY: self.away_s, FlagKind.CAMERA_OFF: self.camera_off_s}.get(flag, 0)


_TUNING: Final = _Tuning()


def find_talks(lesson: Lesson) -> tuple[tuple[Talk, ...], int]:
    """Up to three students in order of their numbers, and how many more had such hints.

    Nobody with class totals. Excluded students are left out, and flags that the teacher dismissed. Where expressions
    are off, only notes and presence count. Who has a note comes before who has not, then who has more kinds of hints.
    """
    if lesson.summary.aggregate_only:
        return (), 0
    toggles = find_exclusion_toggles(lesson.events)
    included = [each for each in lesson.students if len(toggles[each.student]) % 2 == 0]
    hints = _drop_customs(_collect_hints(lesson), len(included))
    talks = [
        Talk(each.student, each.label, _list_notes(lesson.events, each.student), tuple(hints[each.student]))
        for each in included
    ]
    talks = [talk for talk in talks if talk.notes or talk.hints]
    talks.sort(key=_order, reverse=True)
    chosen = sorted(talks[: _TUNING.most], key=lambda talk: talk.student)
    return tuple(chosen), len(talks) - len(chosen)


def _order(talk: Talk) -> tuple[bool, int, int]:
    return bool(talk.notes), len(talk.hints), sum(hint.seconds for hint in talk.hints)


def _list_notes(events: Sequence[Event], student: int) -> tuple[Event, ...]:
    return tuple(event for event in events if event.kind is EventKind.NOTE and event.student == student)


def _collect_hints(lesson: Lesson) -> defaultdict[int, list[Hint]]:
    """By student, a hint for each kind of flag."""
    lengths: defaultdict[tuple[int, FlagKind], list[int]] = defaultdict(list)
    for student, flag, seconds in _list_flags(lesson):
        lengths[student, flag].append(seconds)
    hints: defaultdict[int, list[Hint]] = defaultdict(list)
    for (student, flag), own in sorted(lengths.items()):
        if sum(own) >= _TUNING.least_s(flag):
            hints[student].append(Hint(flag, len(own), sum(own)))
    return hints


def _list_flags(lesson: Lesson) -> Iterator[tuple[int, FlagKind, int]]:
    """Student, kind and seconds, without gaps, of each flag that was not dismissed."""
    gaps = list_gaps(lesson.events)
    allowed = [flag for flag in _STUDENT_FLAGS if lesson.summary.expressions_on or flag not in EXPRESSION_FLAGS]
    for place, event in enumerate(lesson.events):
        student, flag = event.student, event.flag
        if event.kind is not EventKind.FLAG_RAISED or student is None or flag is None or flag not in allowed:
            continue
        key = student, flag
        end = next((each for each in lesson.events[place + 1 :] if (each.student, each.flag) == key), None)
        if end is None or end.kind is not EventKind.FLAG_DISMISSED:
            last = lesson.summary.seconds if end is None else end.second
            yield student, flag, count_outside(gaps, event.second, last) + _read_lasted(event)


def _read_lasted(event: Event) -> int:
    """The seconds before the flag was raised, by its evidence."""
    lasted = dict(event.message.arguments).get("lasted_s") if event.message is not None else None
    return lasted if isinstance(lasted, int) else 0


def _drop_customs(hints: defaultdict[int, list[Hint]], students: int) -> defaultdict[int, list[Hint]]:
    """Without the hints on presence that more than a third of the class has."""
    kinds = [hint.flag for own in hints.values() for hint in own]
    customs = {flag for flag in _PRESENCE_FLAGS if kinds.count(flag) > max(2, _TUNING.common_share * students)}
    kept: defaultdict[int, list[Hint]] = defaultdict(list)
    for student, own in hints.items():
        kept[student] = [hint for hint in own if hint.flag not in customs]
    return kept
