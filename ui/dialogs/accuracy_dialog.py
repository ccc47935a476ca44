"""The accuracy of the expressions: figures and limits from the model card."""

from typing import Final

from PySide6.QtWidgets import QGridLayout, QProgressBar, QVBoxLayout, QWidget

from fer_desktop.expression.figures import ExpressionFigures, ModelFigures, ModelSummary
from fer_desktop.report.limits import describe_outside
from fer_desktop.types import Expression
from ui.dialogs.base import Dialog
from ui.language import current_language, tr
from ui.widgets.basics import make_label
from ui.widgets.fitted_area import WideArea
from ui.words import EXPRESSION_WORDS, STACK_ORDER, capitalise

_RELIABLE: Final = 0.75
_FAIR: Final = 0.6
_FEW_PICTURES: Final = 100
"""With fewer pictures a recall is too uncertain for a word: with 40 it is known to about 0.15."""


class AccuracyDialog(Dialog):
    """A row for each expression, then the limits of the figures."""

    def __init__(self, parent: QWidget | None, summary: ModelSummary) -> None:
        super().__init__(parent, title=tr("How accurate is this?"), accept=tr("Close"), reject="")
        self.resize(560, 660)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 14, 0)
        column.setSpacing(12)
        column.addWidget(make_label(describe_accuracy(summary.figures), wrap=True))
        column.addLayout(_make_rows(summary.figures))
        if summary.figures.outside is not None:
            column.addWidget(make_label(describe_outside(summary.figures.outside, current_language()), wrap=True))
        for title, lines in (
            (tr("What it gets wrong"), summary.known_failures),
            (tr("Who is misread more often"), summary.fairness),
        ):
            column.addWidget(make_label(title, "section"))
            column.addWidget(make_label("\n\n".join(tr(line) for line in lines), "muted", wrap=True))
        column.addStretch(1)
        area = WideArea(content, tab_stop=True)
        area.setAccessibleName(tr("Accuracy and limits"))
        self.body.addWidget(area, 1)


def describe_accuracy(figures: ModelFigures) -> str:
    """The accuracy with its confidence interval, in words."""
    low, high = (round(100 * bound) for bound in figures.interval)
    return tr(
        "It was tested on {shown} photographs that it had not learned from (they were used to choose and calibrate "
        "it). Most of ten people agreed on {pictures} of them. On those, it gave the same answer as they did in "
        "{right} of 100 (between {low} and {high}). On the others people disagree, and there is no single right "
        "answer. A reading of one face at one moment may be wrong. Over a whole class and ten seconds, many of these "
        "mistakes cancel out.",
        shown=current_language().number(f"{figures.shown:,}"),
        pictures=current_language().number(f"{figures.pictures:,}"),
        right=round(100 * figures.accuracy),
        low=low,
        high=high,
    )


def describe_recall(figures: ExpressionFigures) -> str:
    """`recognised 88 of 100 times: reliable`; the number of pictures instead of a word if there are few."""
    times = round(100 * figures.recall)
    if figures.pictures < _FEW_PICTURES:
        return tr(
            "recognised {times} of 100 times, in only {pictures} photographs", times=times, pictures=figures.pictures
        )
    recall = figures.recall
    words = tr("reliable") if recall >= _RELIABLE else tr("fair") if recall >= _FAIR else tr("often missed")
    return tr("recognised {times} of 100 times: {words}", times=times, words=words)


def _make_rows(figures: ModelFigures) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(1, 1)
    for row, expression in enumerate(STACK_ORDER):
        of_expression = figures.by_expression[Expression(expression)]
        bar = QProgressBar()
        bar.setRange(0, 100)
        bar.setValue(round(100 * of_expression.recall))
        bar.setTextVisible(False)
        word = capitalise(EXPRESSION_WORDS[expression])
        bar.setAccessibleName(tr("{words}: {detail}", words=word, detail=describe_recall(of_expression)))
        grid.addWidget(make_label(word), row, 0)
        grid.addWidget(bar, row, 1)
        grid.addWidget(make_label(describe_recall(of_expression), "muted", wrap=True), row, 2)
    return grid
