"""What the figures of a report can tell and what they cannot, with the model card's figures."""

from typing import Final

from fer_desktop.report.accuracy import ExpressionFigures, ModelFigures
from fer_desktop.report.content import Column, Section, Table
from fer_desktop.report.words import format_share
from fer_desktop.statistics import compute_wilson_interval
from fer_desktop.storage.values import SessionSummary
from fer_desktop.types import STACK_ORDER
from fer_desktop.wording import EXPRESSION_WORDS

_PRESENCE: Final = (
    "Presence and cameras are what it tells best. In view means that a tile stood in the call window: a student on "
    "another page, or behind a shared screen, is there and not in view. So nobody is called absent."
)
_FLAGS: Final = (
    "A flag says why it was raised. It is a reason to look or to ask, and never a finding about a student. "
    "Nothing here is fit to grade, to rank or to punish."
)
_READING: Final = (
    "Look at the class, not at a face; at changes, not at moments. A neutral face is not a bored one, and confusion is "
    "none of the seven expressions. Fear and disgust are often misread: never act on them."
)
_FAIRNESS: Final = (
    "By skin colour, age or culture it was not measured. Systems of this kind misread darker skin, side views and East "
    "Asian faces more often."
)
_ATTENTION: Final = (
    "Attention is an index of Sharma et al. (2019), made from expressions, the turn of the head and the eyes. It comes "
    "from one classroom's evidence: an index, not a truth. Who looks at a second screen is not inattentive."
)


def make_limits_section(session: SessionSummary, figures: ModelFigures | None, *, attention_told: bool) -> Section:
    """`figures`: of the model that is here now; they are told where the session was read by the same."""
    paragraphs, table = [_PRESENCE, _FLAGS], None
    if session.expressions_on:
        paragraphs += [_READING]
        if figures is not None and figures.model == session.model:
            paragraphs.append(_describe_accuracy(figures))
            table = _list_recalls(figures)
        else:
            paragraphs.append(
                f"The figures of the model that read this lesson ({session.model or 'not known'}) are not in this "
                "version of the program; single readings of such models are right in about two of three cases."
            )
        paragraphs += [_FAIRNESS, *([_ATTENTION] if attention_told else [])]
    return Section("limits", "What these figures can and cannot tell", tuple(paragraphs), table=table)


def _describe_accuracy(figures: ModelFigures) -> str:
    low, high = (round(100 * bound) for bound in figures.interval)
    chosen = " (they served to choose and to calibrate it)" if figures.chosen_on else ""
    return (
        f"Shown {figures.pictures:,} photographs that it did not learn from{chosen}, it named the right one of seven "
        f"expressions in {round(100 * figures.accuracy)} of 100 (95 % interval: {low} to {high}). People manage "
        "about 65. For one face at one moment it is often wrong; over a whole class and ten seconds much of that "
        "evens out."
    )


def _list_recalls(figures: ModelFigures) -> Table:
    return Table(
        caption="How often each expression was found on such photographs",
        columns=(
            Column("Expression"),
            Column("Found", number=True),
            Column("95 % interval", number=True),
            Column("Right when named", number=True),
        ),
        rows=tuple(
            (EXPRESSION_WORDS[name], *_describe_expression(figures.by_expression[name])) for name in STACK_ORDER
        ),
    )


def _describe_expression(figures: ExpressionFigures) -> tuple[str, str, str]:
    low, high = compute_wilson_interval(figures.recall * figures.pictures, figures.pictures)
    return format_share(figures.recall), f"{100 * low:.0f} to {100 * high:.0f} %", format_share(figures.precision)
