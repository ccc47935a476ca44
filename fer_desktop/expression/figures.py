"""The error rates and limits of the expression model, from its card."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from fer_desktop.errors import ModelError
from fer_desktop.expression.shipped import check_shipped_model
from fer_desktop.system.model_files import EXPRESSION_CARD, check_model_file
from fer_desktop.types import EXPRESSIONS, NEGATIVE_EXPRESSIONS, Expression
from models.card import HeadCard, ModelCard, OutsideCard, read_card
from models.loading import SHIPPED_FOLDER

_TEST_SETS: Final = ("PrivateTest", "PublicTest")
"""In order of preference: PublicTest also served to choose and to calibrate the model."""
_NEGATIVE: Final = [EXPRESSIONS.index(name) for name in NEGATIVE_EXPRESSIONS]


@dataclass(frozen=True, slots=True)
class ExpressionFigures:
    """Recall and precision of one expression, 0 to 1, and how many test pictures show it."""

    recall: float
    precision: float
    pictures: int


@dataclass(frozen=True, slots=True)
class OutsideFigures:
    """Shares, 0 to 1, on photographs that are not the test set's, none of a person that the model learned from.

    pictures: how many there are.
    negative, neutral, positive: of the faces that are, those predicted as such.
    negative_right: of the faces predicted as negative, those that are.
    """

    pictures: int
    negative: float
    neutral: float
    positive: float
    negative_right: float


@dataclass(frozen=True, slots=True, eq=False)
class ModelFigures:
    """Figures on a test set that the model was not trained on.

    model: its title, as sessions store it.
    shown: the size of the test set.
    pictures: those for which more than half of FER+'s ten taggers chose the same expression. The accuracy and the
        figures of the expressions are measured on these, against that majority.
    interval: 95 % confidence interval of the accuracy.
    chosen_on: whether the test set also served to choose and to calibrate the model.
    outside: the figures on other photographs; None for a model that was not measured on any with all three moods.
    """

    model: str
    shown: int
    pictures: int
    accuracy: float
    interval: tuple[float, float]
    chosen_on: bool
    by_expression: Mapping[Expression, ExpressionFigures]
    outside: OutsideFigures | None = None


@dataclass(frozen=True, slots=True, eq=False)
class ModelSummary:
    """What a teacher should know of the model: its figures and, as sentences, its limits."""

    figures: ModelFigures
    known_failures: tuple[str, ...]
    fairness: tuple[str, ...]


def read_model_summary() -> ModelSummary:
    """The shipped model's summary. Raises `ModelError`."""
    check_model_file(EXPRESSION_CARD)
    return summarise_model(read_card(SHIPPED_FOLDER))


def summarise_model(card: ModelCard) -> ModelSummary:
    """The summary of the model that `card` describes. Raises `ModelError` for a network without a votes head."""
    return ModelSummary(_describe_figures(card), card.known_failures, card.fairness)


def read_model_figures() -> ModelFigures | None:
    """The shipped model's figures; None where its files are damaged, as a report can do without them."""
    try:
        return _describe_figures(check_shipped_model())
    except ModelError:
        return None


def _describe_figures(card: ModelCard) -> ModelFigures:
    """The figures of the votes head, which the program shows. Raises `ModelError` for a network without one."""
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
        outside=next(filter(None, map(_describe_outside, card.outside)), None),
    )


def _describe_outside(measured: OutsideCard) -> OutsideFigures | None:
    """The figures of the head that the program shows; None where negative, neutral or happy faces are missing."""
    head: HeadCard = measured.heads[measured.shown]
    found = head.valence
    called = sum(row[index] for row in head.confusion for index in _NEGATIVE)
    if found.negative is None or found.neutral is None or found.positive is None or not called:
        return None
    right = sum(head.confusion[row][index] for row in _NEGATIVE for index in _NEGATIVE)
    return OutsideFigures(measured.n, found.negative, found.neutral, found.positive, right / called)
