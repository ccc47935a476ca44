"""The tables of moments (notes, drops of the mood, gaps in the recording) and of flags."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Final

from fer_desktop.analysis.drops import Drop
from fer_desktop.analysis.gaps import Gap, count_outside, list_gaps
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
from fer_desktop.storage.values import SessionSummary
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

_CLOCK_CHANGED: Final = mark("Clock changed")

_GAPS: Final = {
    EventKind.CAPTURE_LOST: (mark("Picture lost for {duration}"), mark("Picture lost until the end")),
    EventKind.PAUSED: (mark("Paused for {duration}"), mark("Paused until the end")),
    EventKind.DISPLAY_LOST: (mark("Screen lost for {duration}"), mark("Screen lost until the end")),
    EventKind.PICTURE_FROZEN: (mark("Picture frozen for {duration}"), mark("Picture frozen until the end")),
    EventKind.SUSPENDED: (mark("Computer asleep for {duration}"), mark("Computer asleep until the end")),
    EventKind.STALLED: (mark("Program not running for {duration}"), mark("Program not running until the end")),
}
"""By the kind of a gap: the texts for one that ended or did not."""

_Row = tuple[int, str, str]
"""Second, what happened, details."""


@dataclass(frozen=True, slots=True)
class ReportContext:
    """How times and students are shown. `zone`: where the clock of the session is not stored.

    `labels`: of the students by number.
    """

    session: SessionSummary
    zone: tzinfo | None
    labels: Mapping[int, str]
    language: Language

    def local_time(self, second: float) -> datetime:
        """What the clock showed at a second."""
        return self.session.local_time(second, zone=self.zone)

    def times(self, second: int) -> tuple[str, str]:
        """The time in the lesson and the time of day."""
        return format_clock(second), format_time(self.local_time(second))

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
    text, gaps = context.language.text, list_gaps(events)
    rows = [
        (
            *context.times(event.second),
            context.who(event.student),
            text(FLAG_WORDS[event.flag]),
            render_clean(event.message, context.language),
            _describe_end(event, events[place + 1 :], gaps, context.language),
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


def _describe_end(flag: Event, later: Sequence[Event], gaps: Sequence[Gap], language: Language) -> str:
    for event in later:
        if (event.student, event.flag) == (flag.student, flag.flag):
            if event.kind is EventKind.FLAG_CLEARED:
                watched_s = count_outside(gaps, flag.second, event.second)
                return language.text(_CLEARED, duration=language.duration(watched_s))
            if event.kind is EventKind.FLAG_DISMISSED:
                return language.text(_DISMISSED)
            break
    return language.text(_END_UNKNOWN)


def _list_notes(events: Sequence[Event], context: ReportContext) -> list[_Row]:
    """Annotations in the teacher's own words, why the recording stopped, and changes of the clock."""
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
        elif event.kind is EventKind.CLOCK_CHANGED:
            rows.append((event.second, text(_CLOCK_CHANGED), render_clean(event.message, context.language)))
    return rows


def _list_gaps(events: Sequence[Event], context: ReportContext) -> list[_Row]:
    language = context.language
    return [
        (gap.second, _describe_gap(gap, language), render_clean(gap.message, language)) for gap in list_gaps(events)
    ]


def _describe_gap(gap: Gap, language: Language) -> str:
    for_a_while, to_the_end = _GAPS[gap.kind]
    if gap.end is None:
        return language.text(to_the_end)
    return language.text(for_a_while, duration=language.duration(gap.end - gap.second))


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
