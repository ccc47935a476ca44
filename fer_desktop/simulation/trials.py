"""Classes that try the flags: who leaves, dozes or turns negative for long, and who does what only looks like it."""

import random
from dataclasses import dataclass
from typing import Final

from fer_desktop.errors import SettingsError
from fer_desktop.simulation.script import Script, assemble_script, check_class
from fer_desktop.simulation.timeline import ExpressionSpan, Happenings, Span
from fer_desktop.types import Expression

_CALM_S: Final = 135.0
"""So long nothing happens, and every student shows their usual look."""
_SPREAD_S: Final = 100.0
"""Students begin at different times, so that the class as a whole does nothing at once."""
_GAP_S: Final = (15.0, 35.0)
_DROP_S: Final = 30.0
_DROP_GAP_S: Final = 20.0
SHORTEST_S: Final = _CALM_S + _DROP_S + _DROP_GAP_S + _SPREAD_S + 180


@dataclass(frozen=True, slots=True)
class _Deed:
    """`name`: a field of `Happenings`, or "negative". Lasts from `shortest_s` to `longest_s`."""

    name: str
    shortest_s: float
    longest_s: float


_FLAGGED: Final = (
    _Deed("away", 140, 165),
    _Deed("camera_off", 140, 165),
    _Deed("turned_away", 140, 165),
    _Deed("drowsy", 40, 60),
    _Deed("drowsy", 40, 60),
    _Deed("negative", 85, 105),
    _Deed("negative", 85, 105),
)
_HARMLESS: Final = (
    _Deed("away", 20, 80),
    _Deed("camera_off", 20, 80),
    _Deed("turned_away", 5, 60),
    _Deed("drowsy", 4, 10),
    _Deed("second_screen", 60, 120),
    _Deed("second_screen", 60, 120),
    _Deed("writing", 40, 90),
    _Deed("writing", 40, 90),
    _Deed("negative", 10, 30),
    _Deed("negative", 10, 30),
)
_USUAL: Final = {Expression.NEUTRAL: 0.72, Expression.HAPPY: 0.2, Expression.SURPRISE: 0.05, Expression.SAD: 0.03}
_NEGATIVE: Final = {Expression.ANGRY: 0.6, Expression.SAD: 0.25, Expression.DISGUST: 0.15}
_HOLD_S: Final = (5.0, 12.0)


@dataclass(frozen=True, slots=True)
class Trial:
    """`drop`: when the mood of the whole class falls at once."""

    script: Script
    drop: Span


def make_trial(*, students: int = 12, seconds: float = 600.0, seed: int = 1) -> Trial:
    """The same arguments give the same class. Raises `SettingsError` for one that cannot be drawn, or is too short."""
    check_class(students=students, seconds=seconds)
    if seconds < SHORTEST_S:
        raise SettingsError(f"a trial of the flags takes {SHORTEST_S:.0f} seconds at least, not {seconds:.0f}")
    rng = random.Random(f"trial {seed} {students}")
    drop = Span(seconds - _DROP_S - 5, seconds - 5)
    plans = {number: _plan(rng, until_s=drop.start_s - _DROP_GAP_S) for number in range(1, students + 1)}
    happenings = Happenings(
        **{
            name: tuple((number, span) for number, plan in plans.items() for deed, span in plan if deed == name)
            for name in ("away", "camera_off", "turned_away", "drowsy", "second_screen", "writing")
        },
        swaps=(),
    )
    expressions = {
        number: _make_expressions(rng, [*(span for deed, span in plan if deed == "negative"), drop], seconds)
        for number, plan in plans.items()
    }
    return Trial(assemble_script(rng, happenings, expressions, seconds=seconds, seed=seed), drop)


def _plan(rng: random.Random, *, until_s: float) -> list[tuple[str, Span]]:
    """One after the other, what calls for a flag and what does not in turn; no kind of flag twice."""
    flagged, harmless = list(_FLAGGED), list(_HARMLESS)
    rng.shuffle(flagged)
    rng.shuffle(harmless)
    plan: list[tuple[str, Span]] = []
    done: set[str] = set()
    at_s = _CALM_S + rng.uniform(0, _SPREAD_S)
    while flagged and harmless:
        deed = flagged.pop() if len(plan) % 2 == 0 else harmless.pop()
        if deed in _FLAGGED:
            if deed.name in done:
                continue
            done.add(deed.name)
        length_s = rng.uniform(deed.shortest_s, deed.longest_s)
        if at_s + length_s > until_s:
            continue
        plan.append((deed.name, Span(round(at_s, 2), round(at_s + length_s, 2))))
        at_s += length_s + rng.uniform(*_GAP_S)
    return plan


def _make_expressions(rng: random.Random, negative: list[Span], seconds: float) -> tuple[ExpressionSpan, ...]:
    """Mostly neutral, negative in those times."""
    spans: list[ExpressionSpan] = []
    at_s = 0.0
    while at_s < seconds:
        within = next((span for span in negative if span.start_s <= at_s < span.end_s), None)
        choice = _USUAL if within is None else _NEGATIVE
        edges = [edge for span in negative for edge in (span.start_s, span.end_s) if edge > at_s]
        end_s = min([at_s + rng.uniform(*_HOLD_S), *edges])
        expression = rng.choices(list(choice), list(choice.values()))[0]
        spans.append(ExpressionSpan(round(at_s, 2), expression, round(rng.uniform(0.85, 1.0), 2)))
        at_s = end_s
    return tuple(spans)
