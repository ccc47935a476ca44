"""The rows of the benchmark's table, and how scenes are pooled into them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from fer_desktop.bench.gallery.plan import Section
from fer_desktop.bench.gallery.scores import Measure, Scores, add_scores


class Unit(StrEnum):
    """How a value is written, and whether more of it is better."""

    SHARE = "share"  # more is better
    ERROR = "error"  # a share, less is better
    MILLISECONDS = "ms"
    SECONDS = "s"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Row:
    """`what` was measured `on` which scenes. `bar`: None where there is none; `note`: the weakest scene, or details."""

    section: Section
    what: str
    on: str
    value: float
    unit: Unit = Unit.SHARE
    bar: float | None = None
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the value meets the bar; None without a bar."""
        if self.bar is None:
            return None
        return self.value >= self.bar if self.unit is Unit.SHARE else self.value <= self.bar

    @property
    def value_text(self) -> str:
        """The value with its unit."""
        return _write(self.value, self.unit)

    @property
    def bar_text(self) -> str:
        """The bar with its unit and direction; empty without a bar."""
        if self.bar is None:
            return ""
        sign = "≥" if self.unit is Unit.SHARE else "≤"
        return f"{sign} {_write(self.bar, self.unit)}"


@dataclass(frozen=True, slots=True)
class ScoredScene:
    """A scene's scores. `misread`: pairs of the name read and the true one; `ms_a_tile`: time to read one name."""

    name: str
    scores: Scores
    misread: Sequence[tuple[str, str]] = ()
    ms_a_tile: float = 0.0


def pool_scenes(section: Section, on: str, scored: Sequence[ScoredScene], bars: Mapping[Measure, float]) -> list[Row]:
    """One row for each measure, over all scenes; its note names the worst scene, unless all are flawless."""
    pooled: Scores = {}
    for one in scored:
        pooled = add_scores(pooled, one.scores)
    return [
        Row(section, measure, on, ratio.share, _unit_of(measure), bars.get(measure), _describe_worst(scored, measure))
        for measure, ratio in pooled.items()
    ]


def _unit_of(measure: Measure) -> Unit:
    return Unit.ERROR if measure in (Measure.NAMES_UNREAD, Measure.NAMES_WRONG) else Unit.SHARE


def _describe_worst(scored: Sequence[ScoredScene], measure: Measure) -> str:
    more_is_worse = _unit_of(measure) is Unit.ERROR
    worst = min(scored, key=lambda one: -one.scores[measure].share if more_is_worse else one.scores[measure].share)
    ratio = worst.scores[measure]
    flawless = ratio.hits == (0 if more_is_worse else ratio.of)
    return "" if flawless else f"{ratio.hits} of {ratio.of} in {worst.name}"


def _write(value: float, unit: Unit) -> str:
    match unit:
        case Unit.SHARE | Unit.ERROR:
            return f"{value:.4f}"
        case Unit.MILLISECONDS:
            return f"{value:.0f} ms"
        case Unit.SECONDS:
            return f"{value:.1f} s"
        case Unit.COUNT:
            return f"{value:.0f}"
