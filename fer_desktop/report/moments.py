"""The tables of moments (notes, drops of the mood, gaps in the recording) and of flags."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from fer_desktop.analysis.drops import Drop
from fer_desktop.messages.wording import FLAG_WORDS, format_clock
from fer_desktop.report.content import Column, Table
from fer_desktop.report.language import ReportLanguage, mark
from fer_desktop.report.words import (
    clean_text,
    describe_mood,
    format_duration_in,
    format_time,
    name_student,
    translate_clean,
)
from fer_desktop.types import Event, EventKind

_MOMENTS: Final = mark("Bookmarks, notes, the largest drops of the mood, and gaps in the recording")
_FLAGS: Final = mark("Flags in the order of time, each with its reason")

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
_FELL: Final = mark("Mood fell ({number})")
_FELL_FROM: Final = mark("from {before} to {after}, minute against minute")
_FELL_WITHIN: Final = mark("still {after} then, minute against minute")

_CLEARED: Final = mark("after {duration}")
_DISMISSED: Final = mark("dismissed")
_END_UNKNOWN: Final = mark("not in this record")

_GAPS: Final = {
    EventKind.CAPTURE_LOST: (
        EventKind.CAPTURE_BACK,
        mark("Picture lost for {duration}"),
        mark("Picture lost to the end"),
    ),
    EventKind.PAUSED: (EventKind.RESUMED, mark("Paused for {duration}"), mark("Paused to the end")),
}
"""By the event that starts a gap: the event that ends it, and the texts for a gap that ended or did not."""

_Row = tuple[int, str, str]
"""Second, what happened, details."""


@dataclass(frozen=True, slots=True)
class ReportContext:
    """How times and students are shown. `began`: in the reader's time zone. `labels`: of the students by number."""

    began: datetime
    labels: Mapping[int, str]
    language: ReportLanguage

    def times(self, second: int) -> tuple[str, str]:
        """The time in the lesson and the time of day."""
        return format_clock(second), format_time(self.began, second)

    def who(self, student: int | None) -> str:
        """The student's name, or the class for None."""
        if student is None:
            return self.language.say(_CLASS)
        return name_student(student, self.labels.get(student), self.language)


def list_moments(events: Sequence[Event], drops: Sequence[Drop], context: ReportContext) -> Table | None:
    """Bookmarks, notes, drops and gaps in chronological order; None without any."""
    say = context.language.say
    rows = [*_list_notes(events, context), *_list_gaps(events, context), *_list_drops(drops, context.language)]
    if not rows:
        return None
    rows.sort(key=lambda row: row[0])
    return Table(
        caption=say(_MOMENTS),
        columns=(
            Column(say(_IN_LESSON), number=True),
            Column(say(_TIME)),
            Column(say(_WHAT), text=True),
            Column(say(_DETAILS), text=True),
        ),
        rows=tuple((*context.times(second), what, words) for second, what, words in rows),
    )


def list_flags(events: Sequence[Event], context: ReportContext) -> Table | None:
    """All flags in chronological order with reason and end; None without any."""
    say = context.language.say
    rows = [
        (
            *context.times(event.second),
            context.who(event.student),
            say(FLAG_WORDS[event.flag]),
            translate_clean(event.text, context.language),
            _describe_end(event, events[place + 1 :], context.language),
        )
        for place, event in enumerate(events)
        if event.kind is EventKind.FLAG_RAISED and event.flag is not None
    ]
    if not rows:
        return None
    columns = (
        Column(say(_IN_LESSON), number=True),
        Column(say(_TIME)),
        Column(say(_WHO), text=True),
        Column(say(_FLAG)),
        Column(say(_REASON), text=True),
        Column(say(_ENDED)),
    )
    return Table(say(_FLAGS), columns, tuple(rows))


def _describe_end(flag: Event, later: Sequence[Event], language: ReportLanguage) -> str:
    for event in later:
        if (event.student, event.flag) == (flag.student, flag.flag):
            if event.kind is EventKind.FLAG_CLEARED:
                return language.say(_CLEARED, duration=format_duration_in(event.second - flag.second, language))
            if event.kind is EventKind.FLAG_DISMISSED:
                return language.say(_DISMISSED)
            break
    return language.say(_END_UNKNOWN)


def _list_notes(events: Sequence[Event], context: ReportContext) -> list[_Row]:
    """Annotations in the teacher's own words, and why the recording stopped."""
    say = context.language.say
    rows = []
    for event in events:
        if event.kind is EventKind.BOOKMARK:
            rows.append((event.second, say(_BOOKMARK), clean_text(event.text)))
        elif event.kind is EventKind.NOTE:
            what = say(_NOTE) if event.student is None else say(_NOTE_ON, who=context.who(event.student))
            rows.append((event.second, what, clean_text(event.text)))
        elif event.kind is EventKind.FAULT:
            rows.append((event.second, say(_STOPPED), translate_clean(event.text, context.language)))
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
            language.say(to_the_end)
            if over is None
            else language.say(for_a_while, duration=format_duration_in(over - event.second, language))
        )
        rows.append((event.second, what, translate_clean(event.text, language)))
    return rows


def _tell_fall(before: str, after: str, language: ReportLanguage) -> str:
    return language.say(_FELL_WITHIN if before == after else _FELL_FROM, before=before, after=after)


def _list_drops(drops: Sequence[Drop], language: ReportLanguage) -> list[_Row]:
    """Drops with the numbers that they have in the chart."""
    return [
        (
            drop.second,
            language.say(_FELL, number=number),
            _tell_fall(describe_mood(drop.before, language), describe_mood(drop.after, language), language),
        )
        for number, drop in enumerate(sorted(drops, key=lambda drop: drop.second), start=1)
    ]
