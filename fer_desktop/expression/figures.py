"""How well the expression model that is here reads, from its card."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from fer_desktop.errors import ModelError
from fer_desktop.expression.shipped import check_shipped_model
from fer_desktop.types import Expression
from models.card import ModelCard

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
    """Measured on pictures that the model did not learn from. `model`: its title, as sessions have it.

    What counts is what most of ten people saw: of the pictures `shown`, most of them agreed on `pictures`, and for the
    others there is no single right answer. `interval`: of the accuracy, 95 %. `chosen_on`: the same pictures served to
    choose it.
    """

    model: str
    shown: int
    pictures: int
    accuracy: float
    interval: tuple[float, float]
    chosen_on: bool
    by_expression: Mapping[Expression, ExpressionFigures]


def read_model_figures() -> ModelFigures | None:
    """Of the shipped model; None where it is damaged: a report can be made all the same."""
    try:
        return describe_model(check_shipped_model())
    except ModelError:
        return None


def describe_model(card: ModelCard) -> ModelFigures:
    """The figures of what the program shows. Raises `ModelError` for a network that tells no votes."""
    part = next((name for name in _TEST_SETS if name in card.votes and name in card.metrics), None)
    if part is None:
        raise ModelError(f"the expression model {card.title} was not measured by what people see (`train --votes`)")
    measured = card.votes[part]
    return ModelFigures(
        model=card.title,
        shown=card.metrics[part].n,
        pictures=measured.n,
        accuracy=measured.accuracy,
        interval=measured.accuracy_ci95,
        chosen_on=part == "PublicTest",
        by_expression={
            Expression(label): ExpressionFigures(each.recall, each.precision, each.support)
            for label, each in measured.per_class.items()
        },
    )
