"""Makes a class's timeline: a common arc of moods, each student's own course through it, and what else they do."""

import random
from dataclasses import dataclass
from typing import Final

from fer_desktop.types import EXPRESSIONS, Expression

_CALM_START_S: Final = 3.0
"""The class is complete and still in the first seconds, so that every student is seen once."""
_BETWEEN_S: Final = 2.0
"""Shortest time between two things that one student does."""


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open span of time, in seconds of the script."""

    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class ExpressionSpan:
    """An expression from `start_s` until the next one; `strength` 0 to 1."""

    start_s: float
    expression: Expression
    strength: float


@dataclass(frozen=True, slots=True)
class Behaviours:
    """Which student (number) does what when, besides showing expressions; swaps are (time, one student, another)."""

    away: tuple[tuple[int, Span], ...]
    camera_off: tuple[tuple[int, Span], ...]
    turned_away: tuple[tuple[int, Span], ...]
    swaps: tuple[tuple[float, int, int], ...]
    drowsy: tuple[tuple[int, Span], ...] = ()
    second_screen: tuple[tuple[int, Span], ...] = ()
    writing: tuple[tuple[int, Span], ...] = ()
    empty_chair: tuple[tuple[int, Span], ...] = ()
    masked: tuple[tuple[int, Span], ...] = ()
    profile: tuple[tuple[int, Span], ...] = ()
    bent: tuple[tuple[int, Span], ...] = ()


@dataclass(frozen=True, slots=True)
class _Frequency:
    """How often each student does something in a minute, and how long it lasts."""

    per_student_minute: float
    shortest_s: float
    longest_s: float


_AWAY: Final = _Frequency(0.09, 8.0, 15.0)
_CAMERA_OFF: Final = _Frequency(0.17, 6.0, 14.0)
_TURNED_AWAY: Final = _Frequency(0.36, 2.5, 5.5)
_SWAPS_PER_STUDENT_MINUTE: Final = 0.12

_ARC: Final[tuple[dict[Expression, float], ...]] = (
    {Expression.NEUTRAL: 0.72, Expression.HAPPY: 0.24, Expression.SURPRISE: 0.04},
    {Expression.NEUTRAL: 0.66, Expression.HAPPY: 0.14, Expression.SAD: 0.08, Expression.SURPRISE: 0.07,
     Expression.ANGRY: 0.05},
    {Expression.NEUTRAL: 0.20, Expression.HAPPY: 0.68, Expression.SURPRISE: 0.12},
    {Expression.NEUTRAL: 0.46, Expression.HAPPY: 0.08, Expression.SAD: 0.12, Expression.FEAR: 0.10,
     Expression.ANGRY: 0.10, Expression.DISGUST: 0.08, Expression.SURPRISE: 0.06},
    {Expression.NEUTRAL: 0.45, Expression.HAPPY: 0.50, Expression.SURPRISE: 0.05},
)  # fmt: skip
"""Shares of the expressions in each part of a lesson: settling down, listening, something funny, a hard question,
relief."""
_ARC_STEP_S: Final = (12.0, 90.0)
"""Shortest and longest part."""
_HOLD_S: Final = (5.0, 11.0)
"""Shortest and longest time for which a student keeps an expression."""


def make_expressions(rng: random.Random, *, students: int, seconds: float) -> dict[int, tuple[ExpressionSpan, ...]]:
    """Each student's expressions. In a class of some size all seven occur; most are neutral or happy."""
    step_s = min(_ARC_STEP_S[1], max(_ARC_STEP_S[0], seconds / len(_ARC)))
    spans = {number: _walk_arc(rng, seconds, step_s) for number in range(1, students + 1)}
    _add_missing(rng, spans, seconds)
    return {number: tuple(own) for number, own in spans.items()}


def _walk_arc(rng: random.Random, seconds: float, step_s: float) -> list[ExpressionSpan]:
    spans: list[ExpressionSpan] = []
    at_s = 0.0
    while at_s < seconds:
        mood = _ARC[int(at_s / step_s) % len(_ARC)]
        expression = rng.choices(list(mood), list(mood.values()))[0]
        if not spans or spans[-1].expression is not expression:
            spans.append(ExpressionSpan(round(at_s, 2), expression, round(rng.uniform(0.85, 1.0), 2)))
        at_s += rng.uniform(*_HOLD_S)
    return spans


def _add_missing(rng: random.Random, spans: dict[int, list[ExpressionSpan]], seconds: float) -> None:
    shown = {span.expression for own in spans.values() for span in own}
    missing = [expression for expression in EXPRESSIONS if expression not in shown]
    if len(spans) * seconds < 60 * len(EXPRESSIONS):
        return  # in a class this small or short they would take up most of the time
    for expression in missing:
        own = spans[rng.choice(list(spans))]
        index = rng.randrange(len(own))
        own[index] = ExpressionSpan(own[index].start_s, expression, own[index].strength)


def make_behaviours(rng: random.Random, *, students: int, seconds: float) -> Behaviours:
    """Students leave, switch cameras off, turn away and swap places. No student does two of these at once."""
    busy: dict[int, list[Span]] = {number: [] for number in range(1, students + 1)}
    return Behaviours(
        away=_place(rng, busy, _AWAY, seconds),
        camera_off=_place(rng, busy, _CAMERA_OFF, seconds),
        turned_away=_place(rng, busy, _TURNED_AWAY, seconds),
        swaps=_place_swaps(rng, students, seconds),
    )


def _place(
    rng: random.Random, busy: dict[int, list[Span]], frequency: _Frequency, seconds: float
) -> tuple[tuple[int, Span], ...]:
    """Spreads spans evenly over the session, with some jitter; each ends before the session does."""
    count = round(frequency.per_student_minute * len(busy) * seconds / 60)
    placed = []
    for index in range(count):
        length_s = rng.uniform(frequency.shortest_s, frequency.longest_s)
        room_s = seconds - _CALM_START_S - length_s - 1
        if room_s <= 0:
            continue
        start_s = _CALM_START_S + room_s * (index + rng.random()) / count
        span = Span(round(start_s, 2), round(start_s + length_s, 2))
        free = [number for number, own in busy.items() if all(_apart(span, other) for other in own)]
        if free:
            number = rng.choice(free)
            busy[number].append(span)
            placed.append((number, span))
    return tuple(placed)


def _apart(first: Span, second: Span) -> bool:
    return first.end_s + _BETWEEN_S <= second.start_s or second.end_s + _BETWEEN_S <= first.start_s


def _place_swaps(rng: random.Random, students: int, seconds: float) -> tuple[tuple[float, int, int], ...]:
    if students < 2 or seconds < 2 * _CALM_START_S:
        return ()
    count = round(_SWAPS_PER_STUDENT_MINUTE * students * seconds / 60)
    swaps = []
    for index in range(count):
        at_s = _CALM_START_S + (seconds - _CALM_START_S - 1) * (index + rng.random()) / count
        first, second = rng.sample(range(1, students + 1), 2)
        swaps.append((round(at_s, 2), first, second))
    return tuple(swaps)


def make_speakers(
    rng: random.Random, behaviours: Behaviours, *, students: int, seconds: float
) -> tuple[tuple[float, int], ...]:
    """(time, who speaks from then on); 0 is the teacher, who is not in the gallery."""
    speakers: list[tuple[float, int]] = [(0.0, 0)]
    at_s = rng.uniform(2, 5)
    while at_s < seconds:
        number = rng.randint(1, students)
        gone = any(who == number and span.start_s - 8 < at_s < span.end_s for who, span in behaviours.away)
        if not gone:
            speakers += [(round(at_s, 2), number), (round(at_s + rng.uniform(3, 7), 2), 0)]
        at_s += rng.uniform(8, 14)
    return tuple(speakers)
