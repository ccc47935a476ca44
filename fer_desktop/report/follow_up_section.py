"""The section that answers what a teacher may do now: where the class was lost, who to talk to, what was better."""

from collections.abc import Sequence
from typing import Final

from fer_desktop.follow_up.follow_up import compute_follow_up
from fer_desktop.follow_up.values import FollowUp
from fer_desktop.follow_up.words import TITLE, Item, Part, describe_follow_up
from fer_desktop.messages import Language, mark
from fer_desktop.report.content import Column, Section, Table
from fer_desktop.report.extract import Extract
from fer_desktop.report.words import clean_text

_CAPTION: Final = mark("Three questions after the lesson")
_QUESTION: Final = mark("Question")
_WHEN_OR_WHO: Final = mark("When or who")
_ANSWER: Final = mark("Answer")


def follow_up_of(extract: Extract) -> FollowUp:
    """The follow-up of what the file may contain: without single students there is nobody to talk to."""
    return compute_follow_up(extract.lesson(), extract.lesson_before())


def make_follow_up_section(extract: Extract, language: Language) -> Section:
    """A table: a row for each moment, student and improvement, and a remark on each question."""
    rows = [row for part in describe_follow_up(follow_up_of(extract), language) for row in _list_rows(part, part.items)]
    columns = Column(language.text(_QUESTION)), Column(language.text(_WHEN_OR_WHO), text=True)
    table = Table(language.text(_CAPTION), (*columns, Column(language.text(_ANSWER), text=True)), tuple(rows))
    return Section("follow-up", language.text(TITLE), table=table)


def _list_rows(part: Part, items: Sequence[Item]) -> list[tuple[str, str, str]]:
    """The question stands in the first row of its answers only."""
    cells = [(clean_text(item.heading), clean_text(" ".join([*item.lines, item.doubt]))) for item in items]
    cells.append(("", part.remark))
    return [("" if place else part.title, *each) for place, each in enumerate(cells) if any(each)]
