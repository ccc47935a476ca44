"""How well the expression model that is here reads, from its card."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from fer_desktop.errors import ModelError
from fer_desktop.types import Expression

_TEST_SETS: Final = ("PrivateTest", "PublicTest")
"""The stricter one first: the model was chosen and calibrated on the other."""


@dataclass(frozen=True, slots=True)
class ExpressionFigures:
    """`recall`: how often it was found, `precision`: how often it was right when named; `pictures` that show it."""

    recall: float
    precision: float
    pictures: int


@dataclass(frozen=True, slots=True, eq=False)
class ModelFigures:
    """Measured on pictures that the model did not learn from. `model`: its name and version, as sessions have it.

    `interval`: of the accuracy, 95 %. `chosen_on`: the same pictures served to choose it.
    """

    model: str
    pictures: int
    accuracy: float
    interval: tuple[float, float]
    chosen_on: bool
    by_expression: Mapping[Expression, ExpressionFigures]


def read_model_figures() -> ModelFigures | None:
    """Of the shipped model; None where it is damaged: a report can be made all the same."""
    from fer_desktop.emotion import check_shipped_model

    try:
        card = check_shipped_model()
    except ModelError:
        return None
    name = next((name for name in _TEST_SETS if name in card.metrics), next(iter(card.metrics)))
    measured = card.metrics[name]
    return ModelFigures(
        model=f"{card.name} {card.version}",
        pictures=measured.n,
        accuracy=measured.accuracy,
        interval=measured.accuracy_ci95,
        chosen_on=name == "PublicTest",
        by_expression={
            Expression(label): ExpressionFigures(each.recall, each.precision, each.support)
            for label, each in measured.per_class.items()
        },
    )
