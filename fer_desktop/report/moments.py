"""The tables of moments (notes, drops of the mood, gaps in the recording) and of flags."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from fer_desktop.analysis.drops import Drop
from fer_desktop.messages import Language, mark
from fer_desktop.messages.words import FLAG_WORDS, format_clock
from fer_desktop.report.content import Column, Table
from fer_desktop.report.words import (
    clean_text,
    describe_mood,
    format_time,
    name_student,
    render_clean,
)
from fer_desktop.types import Event, EventKind

_MOMENTS: Final = mark("Bookmarks, notes, the largest mood drops, and gaps in the recording")
_FLAGS: Final = mark("Flags in order of time, with reasons")

_IN_LESSON: Final = mark("In the lesson")
_TIME: Final = mark("Time")
_WHAT: Final = mark("What")
_DETAILS: Final = mark("Details")
_WHO: Final = mark("Who")
_FLAG: Final = mark("Flag")
_REASON: Final = mark("Reason")
_ENDED: Final = mark("Ended")

_CLASS: Final = mark("The class")
_BOOKMARK: Final = mark("Bookmark")
_NOTE: Final = mark("Note")
_NOTE_ON: Final = mark("Note on {who}")
_STOPPED: Final = mark("Recording stopped")
_FELL: Final = mark("Mood dropped ({number})")
_FELL_FROM: Final = mark("from {before} to {after}")
_FELL_WITHIN: Final = mark("stayed {after}")

_CLEARED: Final = mark("after {duration}")
_DISMISSED: Final = mark("dismissed")
_END_UNKNOWN: Final = mark("not recorded")

_GAPS: Final = {
    EventKind.CAPTURE_LOST: (
        EventKind.CAPTURE_BACK,
        mark("Picture lost for {duration}"),
        mark("Picture lost until the end"),
    ),
    EventKind.PAUSED: (EventKind.RESUMED, mark("Paused for {duration}"), mark("Paused until the end")),
}
"""By the event that starts a gap: the event that ends it, and the texts for a gap that ended or did not."""

_Row = tuple[int, str, str]
"""Second, what happened, details."""


@dataclass(frozen=True, slots=True)
class ReportContext:
    """How times and students are shown. `began`: in the reader's time zone. `labels`: of the students by number."""

    began: datetime
    labels: Mapping[int, str]
    language: Language

    def times(self, second: int) -> tuple[str, str]:
        """The time in the lesson and the time of day."""
        return format_clock(second), format_time(self.began, second)

    def who(self, student: int | None) -> str:
        """The student's name, or the class for None."""
        if student is None:
            return self.language.text(_CLASS)
        return name_student(student, self.labels.get(student), self.language)


def list_moments(events: Sequence[Event], drops: Sequence[Drop], context: ReportContext) -> Table | None:
    """Bookmarks, notes, drops and gaps in chronological order; None without any."""
    text = context.language.text
    rows = [*_list_notes(events, context), *_list_gaps(events, context), *_list_drops(drops, context.language)]
    if not rows:
        return None
    rows.sort(key=lambda row: row[0])
    return Table(
        caption=text(_MOMENTS),
        columns=(
            Column(text(_IN_LESSON), number=True),
            Column(text(_TIME)),
            Column(text(_WHAT), text=True),
            Column(text(_DETAILS), text=True),
        ),
        rows=tuple((*context.times(second), what, words) for second, what, words in rows),
    )


def list_flags(events: Sequence[Event], context: ReportContext) -> Table | None:
    """All flags in chronological order with reason and end; None without any."""
    text = context.language.text
    rows = [
        (
            *context.times(event.second),
            context.who(event.student),
            text(FLAG_WORDS[event.flag]),
            render_clean(event.message, context.language),
            _describe_end(event, events[place + 1 :], context.language),
        )
        for place, event in enumerate(events)
        if event.kind is EventKind.FLAG_RAISED and event.flag is not None
    ]
    if not rows:
        return None
    columns = (
        Column(text(_IN_LESSON), number=True),
        Column(text(_TIME)),
        Column(text(_WHO), text=True),
        Column(text(_FLAG)),
        Column(text(_REASON), text=True),
        Column(text(_ENDED)),
    )
    return Table(text(_FLAGS), columns, tuple(rows))


def _describe_end(flag: Event, later: Sequence[Event], language: Language) -> str:
    for event in later:
        if (event.student, event.flag) == (flag.student, flag.flag):
            if event.kind is EventKind.FLAG_CLEARED:
                return language.text(_CLEARED, duration=language.duration(event.second - flag.second))
            if event.kind is EventKind.FLAG_DISMISSED:
                return language.text(_DISMISSED)
            break
    return language.text(_END_UNKNOWN)


def _list_notes(events: Sequence[Event], context: ReportContext) -> list[_Row]:
    """Annotations in the teacher's own words, and why the recording stopped."""
    text = context.language.text
    rows = []
    for event in events:
        if event.kind is EventKind.BOOKMARK:
            rows.append((event.second, text(_BOOKMARK), clean_text(event.text)))
        elif event.kind is EventKind.NOTE:
            what = text(_NOTE) if event.student is None else text(_NOTE_ON, who=context.who(event.student))
            rows.append((event.second, what, clean_text(event.text)))
        elif event.kind is EventKind.FAULT:
            rows.append((event.second, text(_STOPPED), render_clean(event.message, context.language)))
    return rows


def _list_gaps(events: Sequence[Event], context: ReportContext) -> list[_Row]:
    language = context.language
    rows = []
    for place, event in enumerate(events):
        if event.kind not in _GAPS:
            continue
        end, for_a_while, to_the_end = _GAPS[event.kind]
        over = next((later.second for later in events[place + 1 :] if later.kind is end), None)
        what = (
            language.text(to_the_end)
            if over is None
            else language.text(for_a_while, duration=language.duration(over - event.second))
        )
        rows.append((event.second, what, render_clean(event.message, language)))
    return rows


def _describe_fall(before: str, after: str, language: Language) -> str:
    return language.text(_FELL_WITHIN if before == after else _FELL_FROM, before=before, after=after)


def _list_drops(drops: Sequence[Drop], language: Language) -> list[_Row]:
    """Drops with the numbers that they have in the chart."""
    return [
        (
            drop.second,
            language.text(_FELL, number=number),
            _describe_fall(describe_mood(drop.before, language), describe_mood(drop.after, language), language),
        )
        for number, drop in enumerate(sorted(drops, key=lambda drop: drop.second), start=1)
    ]
