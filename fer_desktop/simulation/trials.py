"""Classes that test the flags: behaviour that calls for a flag, and harmless behaviour that resembles it."""

import random
from dataclasses import dataclass
from typing import Final

from fer_desktop.errors import SettingsError
from fer_desktop.simulation.script import Script, assemble_script, check_class
from fer_desktop.simulation.timeline import Behaviours, ExpressionSpan, Span
from fer_desktop.types import Expression


@dataclass(frozen=True, slots=True)
class _Schedule:
    """How a trial is laid out in time, in seconds."""

    calm_s: float = 135.0
    """At first all students look as usual, so that the rules learn their baselines."""
    spread_s: float = 100.0
    """Students begin at different times, so that the class as a whole shows no change at once."""
    gap_s: tuple[float, float] = (15.0, 35.0)
    """Shortest and longest pause between two behaviours of one student."""
    behaviours_s: float = 180.0
    """Room that every student has for behaviours, at least."""
    before_drop_s: float = 20.0
    drop_s: float = 30.0
    after_drop_s: float = 5.0

    @property
    def shortest_s(self) -> float:
        """The shortest class that can be laid out so."""
        return self.calm_s + self.drop_s + self.before_drop_s + self.spread_s + self.behaviours_s


_SCHEDULE: Final = _Schedule()
SHORTEST_S: Final = _SCHEDULE.shortest_s


@dataclass(frozen=True, slots=True)
class _Behaviour:
    """`name`: a field of `Behaviours`, or "negative". Lasts from `shortest_s` to `longest_s`."""

    name: str
    shortest_s: float
    longest_s: float


_FLAGGED: Final = (
    _Behaviour("away", 140, 165),
    _Behaviour("camera_off", 140, 165),
    _Behaviour("empty_chair", 140, 165),
    _Behaviour("drowsy", 40, 60),
    _Behaviour("drowsy", 40, 60),
    _Behaviour("negative", 85, 105),
    _Behaviour("negative", 85, 105),
)
_HARMLESS: Final = (
    _Behaviour("away", 20, 80),
    _Behaviour("camera_off", 20, 80),
    _Behaviour("empty_chair", 20, 80),
    _Behaviour("turned_away", 140, 165),
    _Behaviour("drowsy", 4, 10),
    _Behaviour("second_screen", 60, 120),
    _Behaviour("second_screen", 60, 120),
    _Behaviour("writing", 40, 90),
    _Behaviour("writing", 40, 90),
    _Behaviour("negative", 10, 30),
    _Behaviour("negative", 10, 30),
)
_USUAL: Final = {Expression.NEUTRAL: 0.72, Expression.HAPPY: 0.2, Expression.SURPRISE: 0.05, Expression.SAD: 0.03}
_NEGATIVE: Final = {Expression.ANGRY: 0.6, Expression.SAD: 0.25, Expression.DISGUST: 0.15}
_HOLD_S: Final = (5.0, 12.0)
"""Shortest and longest time for which a student keeps an expression."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A class that tests the flags. `drop`: when the mood of the whole class falls at once."""

    script: Script
    drop: Span


def make_trial(*, students: int = 12, seconds: float = 600.0, seed: int = 1) -> Trial:
    """Makes a class; the same arguments give the same one.

    Raises `SettingsError` for a class that cannot be drawn, or is shorter than `SHORTEST_S`.
    """
    check_class(students=students, seconds=seconds)
    if seconds < SHORTEST_S:
        raise SettingsError(f"a trial of the flags takes {SHORTEST_S:.0f} seconds at least, not {seconds:.0f}")
    rng = random.Random(f"trial {seed} {students}")
    drop = Span(seconds - _SCHEDULE.drop_s - _SCHEDULE.after_drop_s, seconds - _SCHEDULE.after_drop_s)
    until_s = drop.start_s - _SCHEDULE.before_drop_s
    plans = {number: _plan_student(rng, until_s=until_s) for number in range(1, students + 1)}
    behaviours = Behaviours(
        **{
            name: tuple(
                (number, span) for number, plan in plans.items() for behaviour, span in plan if behaviour == name
            )
            for name in ("away", "camera_off", "turned_away", "empty_chair", "drowsy", "second_screen", "writing")
        },
        swaps=(),
    )
    expressions = {
        number: _make_expressions(rng, [*(span for behaviour, span in plan if behaviour == "negative"), drop], seconds)
        for number, plan in plans.items()
    }
    return Trial(assemble_script(rng, behaviours, expressions, seconds=seconds, seed=seed), drop)


def _plan_student(rng: random.Random, *, until_s: float) -> list[tuple[str, Span]]:
    """Alternates behaviours that call for a flag with harmless ones, without overlap; no kind of flag twice."""
    flagged, harmless = list(_FLAGGED), list(_HARMLESS)
    rng.shuffle(flagged)
    rng.shuffle(harmless)
    plan: list[tuple[str, Span]] = []
    done: set[str] = set()
    at_s = _SCHEDULE.calm_s + rng.uniform(0, _SCHEDULE.spread_s)
    while flagged and harmless:
        behaviour = flagged.pop() if len(plan) % 2 == 0 else harmless.pop()
        if behaviour in _FLAGGED:
            if behaviour.name in done:
                continue
            done.add(behaviour.name)
        length_s = rng.uniform(behaviour.shortest_s, behaviour.longest_s)
        if at_s + length_s > until_s:
            continue
        plan.append((behaviour.name, Span(round(at_s, 2), round(at_s + length_s, 2))))
        at_s += length_s + rng.uniform(*_SCHEDULE.gap_s)
    return plan


def _make_expressions(rng: random.Random, negative: list[Span], seconds: float) -> tuple[ExpressionSpan, ...]:
    """Mostly neutral expressions; negative ones in the given spans."""
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
