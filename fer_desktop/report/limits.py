"""The section on what the figures of a report can and cannot show, with the model card's figures."""

from typing import Final

from fer_desktop.expression.figures import ExpressionFigures, ModelFigures
from fer_desktop.messages import Language, mark
from fer_desktop.messages.words import EXPRESSION_WORDS
from fer_desktop.report.content import Column, Section, Table
from fer_desktop.report.words import format_share
from fer_desktop.storage.values import SessionSummary
from fer_desktop.system.statistics import compute_wilson_interval
from fer_desktop.types import STACK_ORDER

_PRESENCE: Final = mark(
    "Presence and cameras are what it tells best. In view means that a tile stood in the call window: a student on "
    "another page, or behind a shared screen, is there and not in view. So nobody is called absent."
)
_FLAGS: Final = mark(
    "A flag says why it was raised. It is a reason to look or to ask, and never a finding about a student. "
    "Nothing here is fit to grade, to rank or to punish."
)
_READING: Final = mark(
    "Look at the class, not at a face; at changes, not at moments. A neutral face is not a bored one, and confusion is "
    "none of the seven expressions. Fear and disgust are often misread: never act on them."
)
_FAIRNESS: Final = mark(
    "By skin colour, age or culture it was not measured. Systems of this kind misread darker skin, side views and East "
    "Asian faces more often."
)
_ATTENTION: Final = mark(
    "Attention is an index of Sharma et al. (2019), made from expressions, the turn of the head and the eyes. It comes "
    "from one classroom's evidence: an index, not a truth. Who looks at a second screen is not inattentive."
)

_OTHER_MODEL: Final = mark(
    "The figures of the model that read this lesson ({model}) are not in this version of the program; single readings "
    "of such models are right in about two of three cases."
)
_MODEL_UNKNOWN: Final = mark("not known")
_RIGHT: Final = mark(
    "Of {shown} photographs that it did not learn from, most of ten people agreed on {pictures}: there it saw what "
    "they saw in {right} of 100 (95 % interval: {low} to {high})."
)
_RIGHT_WHERE_CHOSEN: Final = mark(
    "Of {shown} photographs that it did not learn from (they served to choose and to calibrate it), most of ten people "
    "agreed on {pictures}: there it saw what they saw in {right} of 100 (95 % interval: {low} to {high})."
)
_COMPARED: Final = mark(
    "On the others people differ, and there is no single right answer. For one face at one moment it may be wrong; "
    "over a whole class and ten seconds much of that evens out."
)

_TITLE: Final = mark("What these figures can and cannot tell")
_RECALLS: Final = mark("How often each expression was found on photographs on which people agreed")
_EXPRESSION: Final = mark("Expression")
_FOUND: Final = mark("Found")
_INTERVAL: Final = mark("95 % interval")
_RIGHT_WHEN_NAMED: Final = mark("Right when named")
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
            table = _list_recalls(figures, language)
        else:
            paragraphs.append(text(_OTHER_MODEL, model=session.model or text(_MODEL_UNKNOWN)))
        paragraphs += [text(_FAIRNESS), *([text(_ATTENTION)] if attention_told else [])]
    return Section("limits", text(_TITLE), tuple(paragraphs), table=table)


def _describe_accuracy(figures: ModelFigures, language: Language) -> str:
    low, high = (round(100 * bound) for bound in figures.interval)
    right = language.text(
        _RIGHT_WHERE_CHOSEN if figures.chosen_on else _RIGHT,
        shown=f"{figures.shown:,}",
        pictures=f"{figures.pictures:,}",
        right=round(100 * figures.accuracy),
        low=low,
        high=high,
    )
    return f"{right} {language.text(_COMPARED)}"


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
