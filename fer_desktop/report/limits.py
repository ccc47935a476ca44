"""The section on what the figures of a report can and cannot show, with the model card's figures."""

from typing import Final

from fer_desktop.expression.figures import ExpressionFigures, ModelFigures, OutsideFigures
from fer_desktop.messages import Language, mark
from fer_desktop.messages.words import EXPRESSION_WORDS, READ_OUTSIDE
from fer_desktop.report.content import Column, Section, Table
from fer_desktop.report.words import format_share
from fer_desktop.storage.values import SessionSummary
from fer_desktop.system.statistics import compute_wilson_interval
from fer_desktop.types import STACK_ORDER

_PRESENCE: Final = mark(
    "The program is most reliable for presence and cameras. “In view” means that a student's video tile was in the "
    "call window. A student on another page, or behind a shared screen, is present but not in view, so no student is "
    "reported as absent."
)
_FLAGS: Final = mark(
    "Each flag shows its reason. It is a prompt to check or ask, never a judgement of a student. Do not use any of "
    "this to grade, rank or punish."
)
_READING: Final = mark(
    "Look at the whole class, not at one face, and at changes, not at single moments. A neutral face does not mean "
    "boredom, and confusion is not one of the seven expressions. Fear and disgust are often misread: never act on them."
)
_FAIRNESS: Final = mark(
    "Accuracy was not measured by skin colour, age or culture. Such systems make more mistakes with darker skin, side "
    "views and East Asian faces."
)
_ATTENTION: Final = mark(
    "Attention is estimated from expressions, head position and eyes, with a method by Sharma et al. (2019) that was "
    "tested in only one classroom. It is an estimate. A student who looks at a second screen may still be paying "
    "attention."
)

_OTHER_MODEL: Final = mark(
    "This version of the program has no accuracy figures for the model that read this lesson ({model}). Such models "
    "read a single face correctly about two times out of three."
)
_MODEL_UNKNOWN: Final = mark("not known")
_RIGHT: Final = mark(
    "It was tested on {shown} photographs that it had not learned from. Most of ten people agreed on {pictures} of "
    "them. On those, it gave the same answer as they did in {right} of 100 (95 % interval: {low} to {high})."
)
_RIGHT_WHERE_CHOSEN: Final = mark(
    "It was tested on {shown} photographs that it had not learned from (they were used to choose and calibrate it). "
    "Most of ten people agreed on {pictures} of them. On those, it gave the same answer as they did in {right} of 100 "
    "(95 % interval: {low} to {high})."
)
_COMPARED: Final = mark(
    "On the others people disagree, and there is no single right answer. A reading of one face at one moment may be "
    "wrong. Over a whole class and ten seconds, many of these mistakes cancel out."
)

_TITLE: Final = mark("What these figures can and cannot show")
_RECALLS: Final = mark("How often each expression was recognised in photographs on which people agreed")
_EXPRESSION: Final = mark("Expression")
_FOUND: Final = mark("Recognised")
_INTERVAL: Final = mark("95 % interval")
_RIGHT_WHEN_NAMED: Final = mark("Correct when shown")
_BETWEEN: Final = mark("{low} to {high} %")


def make_limits_section(
    session: SessionSummary, figures: ModelFigures | None, language: Language, *, attention_told: bool
) -> Section:
    """`figures`: of the current model; shown if the same model read the session."""
    text = language.text
    paragraphs, table = [text(_PRESENCE), text(_FLAGS)], None
    if session.expressions_on:
        paragraphs.append(text(_READING))
        if figures is not None and figures.model == session.model:
            paragraphs.append(_describe_accuracy(figures, language))
            if figures.outside is not None:
                paragraphs.append(describe_outside(figures.outside, language))
            table = _list_recalls(figures, language)
        else:
            paragraphs.append(text(_OTHER_MODEL, model=session.model or text(_MODEL_UNKNOWN)))
        paragraphs += [text(_FAIRNESS), *([text(_ATTENTION)] if attention_told else [])]
    return Section("limits", text(_TITLE), tuple(paragraphs), table=table)


def _describe_accuracy(figures: ModelFigures, language: Language) -> str:
    low, high = (round(100 * bound) for bound in figures.interval)
    right = language.text(
        _RIGHT_WHERE_CHOSEN if figures.chosen_on else _RIGHT,
        shown=language.number(f"{figures.shown:,}"),
        pictures=language.number(f"{figures.pictures:,}"),
        right=round(100 * figures.accuracy),
        low=low,
        high=high,
    )
    return f"{right} {language.text(_COMPARED)}"


def describe_outside(figures: OutsideFigures, language: Language) -> str:
    """What was found on photographs that are closer to daily life than the test set."""
    return language.text(
        READ_OUTSIDE,
        pictures=language.number(f"{figures.pictures:,}"),
        negative=round(100 * figures.negative),
        neutral=round(100 * figures.neutral),
        positive=round(100 * figures.positive),
        right=round(100 * figures.negative_right),
    )


def _list_recalls(figures: ModelFigures, language: Language) -> Table:
    text = language.text
    return Table(
        caption=text(_RECALLS),
        columns=(
            Column(text(_EXPRESSION)),
            Column(text(_FOUND), number=True),
            Column(text(_INTERVAL), number=True),
            Column(text(_RIGHT_WHEN_NAMED), number=True),
        ),
        rows=tuple(
            (text(EXPRESSION_WORDS[name]), *_describe_expression(figures.by_expression[name], language))
            for name in STACK_ORDER
        ),
    )


def _describe_expression(figures: ExpressionFigures, language: Language) -> tuple[str, str, str]:
    low, high = compute_wilson_interval(round(figures.recall * figures.pictures), figures.pictures)
    return (
        format_share(figures.recall, language),
        language.text(_BETWEEN, low=f"{100 * low:.0f}", high=f"{100 * high:.0f}"),
        format_share(figures.precision, language),
    )
