"""How sure the expressions are: the model card's error rates in words and numbers, with their limits."""

from typing import Final

from PySide6.QtWidgets import QFrame, QGridLayout, QProgressBar, QScrollArea, QVBoxLayout, QWidget

from fer_desktop.types import Expression
from models.card import EvaluationCard, ModelCard
from ui.dialogs.base import Dialog
from ui.language import tr
from ui.widgets.basics import make_label
from ui.words import EXPRESSION_WORDS, STACK_ORDER, capitalise

_RELIABLE: Final = 0.75
_FAIR: Final = 0.6
_TEST_SETS: Final = ("PrivateTest", "PublicTest")
"""The stricter one first: the model was not chosen on it."""


class AccuracyDialog(Dialog):
    """One row an expression, then what the figures do not tell."""

    def __init__(self, parent: QWidget | None, card: ModelCard) -> None:
        super().__init__(parent, title=tr("How sure is this?"), accept=tr("Close"), reject="")
        self.resize(560, 660)
        evaluation = pick_evaluation(card)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 14, 0)
        column.setSpacing(12)
        column.addWidget(make_label(describe_accuracy(evaluation), wrap=True))
        column.addLayout(_make_rows(evaluation))
        for title, lines in (
            (tr("What it gets wrong"), card.known_failures),
            (tr("Who it reads worse"), card.fairness),
        ):
            column.addWidget(make_label(title, "section"))
            column.addWidget(make_label("\n\n".join(tr(line) for line in lines), "muted", wrap=True))
        column.addStretch(1)
        area = QScrollArea()
        area.setWidget(content)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setAccessibleName(tr("Error rates and limits"))
        self.body.addWidget(area, 1)


def pick_evaluation(card: ModelCard) -> EvaluationCard:
    """The figures on pictures that the model did not learn from."""
    name = next((name for name in _TEST_SETS if name in card.metrics), None)
    return card.metrics[name] if name else next(iter(card.metrics.values()))


def describe_accuracy(evaluation: EvaluationCard) -> str:
    """The whole in two sentences, with its interval."""
    low, high = (round(100 * bound) for bound in evaluation.accuracy_ci95)
    return tr(
        "Shown {photographs} photographs that it did not learn from (they served to choose and to calibrate it), "
        "it named the right one of seven expressions in {right} of 100 (between {low} and {high}). People manage "
        "about 65. For one face at one moment it is often wrong; over a whole class and ten seconds much of that "
        "evens out."
    ).format(photographs=f"{evaluation.n:,}", right=round(100 * evaluation.accuracy), low=low, high=high)


def describe_recall(recall: float) -> str:
    """`found 88 of 100 times: reliable`."""
    words = tr("reliable") if recall >= _RELIABLE else tr("fair") if recall >= _FAIR else tr("often missed")
    return tr("found {times} of 100 times: {words}").format(times=round(100 * recall), words=words)


def _make_rows(evaluation: EvaluationCard) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(1, 1)
    for row, expression in enumerate(STACK_ORDER):
        recall = evaluation.per_class[Expression(expression).value].recall
        bar = QProgressBar()
        bar.setRange(0, 100)
        bar.setValue(round(100 * recall))
        bar.setTextVisible(False)
        word = capitalise(EXPRESSION_WORDS[expression])
        bar.setAccessibleName(tr("{words}: {detail}").format(words=word, detail=describe_recall(recall)))
        grid.addWidget(make_label(word), row, 0)
        grid.addWidget(bar, row, 1)
        grid.addWidget(make_label(describe_recall(recall), "muted", wrap=True), row, 2)
    return grid
