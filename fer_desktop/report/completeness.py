"""What a report says of time that is missing in the record: from when to when, and why."""

from collections.abc import Sequence
from typing import Final

from fer_desktop.analysis.gaps import Gap, list_gaps
from fer_desktop.messages import Plural, mark
from fer_desktop.messages.words import GAP_WORDS
from fer_desktop.report.moments import ReportContext
from fer_desktop.report.words import format_time, join_words
from fer_desktop.types import Event, EventKind

_MISSING: Final = mark("The record is incomplete: nothing counts {spans}.")
_SPAN: Final = mark("from {start} to {end} ({why})")
_SPAN_TO_THE_END: Final = mark("from {start} to the end ({why})")
_SHORTER: Final = Plural("One shorter gap is listed below.", "{n} shorter gaps are listed below.")
_INTERRUPTED: Final = mark(
    "The recording was interrupted at {time}, before the teacher stopped it. Anything after that is missing."
)

_MOST_LISTED: Final = 6


def describe_interruption(context: ReportContext) -> str:
    """When an interrupted session ended."""
    time = format_time(context.local_time(context.session.seconds))
    return context.language.text(_INTERRUPTED, time=time)


def describe_missing_time(events: Sequence[Event], context: ReportContext) -> str:
    """The longest gaps in order of time, but for the teacher's own pauses; "" without any."""
    seconds = context.session.seconds
    gaps = [gap for gap in list_gaps(events) if gap.kind is not EventKind.PAUSED]
    if not gaps:
        return ""
    longest = sorted(gaps, key=lambda gap: _length_s(gap, seconds), reverse=True)[:_MOST_LISTED]
    spans = [_describe_span(gap, context) for gap in sorted(longest, key=lambda gap: gap.second)]
    text = context.language.text(_MISSING, spans=join_words(spans, context.language))
    if len(gaps) == len(longest):
        return text
    return f"{text} {context.language.plural(_SHORTER, len(gaps) - len(longest))}"


def _length_s(gap: Gap, seconds: int) -> int:
    return (seconds if gap.end is None else gap.end) - gap.second


def _describe_span(gap: Gap, context: ReportContext) -> str:
    text, start = context.language.text, format_time(context.local_time(gap.second))
    why = text(GAP_WORDS[gap.kind])
    if gap.end is None:
        return text(_SPAN_TO_THE_END, start=start, why=why)
    return text(_SPAN, start=start, end=format_time(context.local_time(gap.end)), why=why)
