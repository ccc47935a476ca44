"""The moments at which a class was lost: its mood fell, or many left their cameras."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from fer_desktop.analysis.drops import MIN_FALL, Drop, find_falls, find_largest_drops
from fer_desktop.follow_up.values import Lesson, LostMoment
from fer_desktop.storage.values import MoodSeries
from fer_desktop.types import ANNOTATIONS, MIN_GROUP_SIZE, Event, EventKind, FlagKind


@dataclass(frozen=True, slots=True)
class _Tuning:
    """`least_left`: of the most students at one time; fewer at their cameras than a minute before are no loss.

    `end_s`: when a lesson ends, students leave. `same_s`: what lies nearer together is one moment. A note counts for
    one from `before_s` before it to `after_s` after it: teachers write late.
    """

    most: int = 3
    least_left: float = 0.2
    end_s: int = 300
    same_s: int = 120
    before_s: int = 60
    after_s: int = 180
    candidates: int = 12


_TUNING: Final = _Tuning()


def find_lost_moments(lesson: Lesson) -> tuple[LostMoment, ...]:
    """Up to three, in order of time. Where expressions are off, only who was at the camera counts.

    A flag that the teacher dismissed counts for nothing.
    """
    kept: list[LostMoment] = []
    for moment in sorted(_find_candidates(lesson), key=_weigh, reverse=True):
        place = next((at for at, each in enumerate(kept) if _is_same(each, moment)), None)
        if place is not None:
            kept[place] = _join(kept[place], moment)
        elif len(kept) < _TUNING.most:
            kept.append(moment)
    kept.sort(key=lambda moment: moment.second)
    return tuple(replace(each, notes=_find_notes(each, kept, lesson.events)) for each in kept)


def _find_candidates(lesson: Lesson) -> Iterator[LostMoment]:
    for left in _find_leaving(lesson.series):
        yield LostMoment(left.second, people=left)
    if lesson.summary.expressions_on:
        for drop in find_largest_drops(lesson.series, most=_TUNING.candidates):
            yield LostMoment(drop.second, mood=drop)
        yield from _find_flags(lesson.events)


def _find_leaving(series: MoodSeries) -> list[Drop]:
    """When many left their cameras. Versions that did not look for people counted cameras only."""
    most = int(series.students.max(initial=0))
    there = np.where(np.isnan(series.people), series.cameras_on, series.people).astype(np.float32)
    if most < MIN_GROUP_SIZE:
        return []
    end = int(series.seconds[-1]) - _TUNING.end_s
    falls = find_falls(series.seconds, there, least=_TUNING.least_left * most, most=_TUNING.candidates)
    return [fall for fall in falls if fall.second <= end]


def _find_flags(events: Sequence[Event]) -> Iterator[LostMoment]:
    for place, event in enumerate(events):
        if event.kind is EventKind.FLAG_RAISED and event.flag is FlagKind.CLASS_DROP:
            later = (each.kind for each in events[place + 1 :] if each.flag is FlagKind.CLASS_DROP)
            if next(later, None) is not EventKind.FLAG_DISMISSED:
                yield LostMoment(event.second, flag=event.message)


def _weigh(moment: LostMoment) -> float:
    """In multiples of the smallest fall that counts; a flag counts as one that is clear."""
    weights = [2.0] if moment.flag is not None else []
    if moment.mood is not None:
        weights.append(moment.mood.fall / MIN_FALL)
    if moment.people is not None:
        weights.append(moment.people.fall / max(1.0, _TUNING.least_left * moment.people.before))
    return max(weights)


def _is_same(one: LostMoment, other: LostMoment) -> bool:
    return abs(one.second - other.second) <= _TUNING.same_s


def _join(kept: LostMoment, other: LostMoment) -> LostMoment:
    return replace(kept, mood=kept.mood or other.mood, people=kept.people or other.people, flag=kept.flag or other.flag)


def _find_notes(moment: LostMoment, kept: Sequence[LostMoment], events: Sequence[Event]) -> tuple[Event, ...]:
    """The teacher's words around a moment, each at the nearest of them only."""
    first, last = moment.second - _TUNING.before_s, moment.second + _TUNING.after_s
    return tuple(
        event
        for event in events
        if event.kind in ANNOTATIONS and event.student is None and first <= event.second <= last
        if moment is min(kept, key=lambda each: abs(each.second - event.second))
    )
