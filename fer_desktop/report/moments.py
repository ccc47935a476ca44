"""What happened in a lesson, moment by moment: notes, drops of the mood, gaps in the recording, and flags."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from fer_desktop.labels import pseudonym
from fer_desktop.report.content import Column, Table
from fer_desktop.report.drops import Drop
from fer_desktop.report.words import clean_text, describe_mood, format_time
from fer_desktop.types import Event, EventKind
from fer_desktop.wording import FLAG_WORDS, format_clock, format_duration

_GAPS: Final = {
    EventKind.CAPTURE_LOST: (EventKind.CAPTURE_BACK, "Picture lost"),
    EventKind.PAUSED: (EventKind.RESUMED, "Paused"),
}
"""What begins a stretch without a record, what ends it, and what it is called."""

_Row = tuple[int, str, str]
"""Second, what it is, its words."""


@dataclass(frozen=True, slots=True)
class Telling:
    """How times and students are told. `began`: on the teacher's clock. `labels`: of the students by number."""

    began: datetime
    labels: Mapping[int, str]

    def times(self, second: int) -> tuple[str, str]:
        """In the lesson, and on the clock."""
        return format_clock(second), format_time(self.began, second)

    def who(self, student: int | None) -> str:
        return "The class" if student is None else clean_text(self.labels.get(student, pseudonym(student)))


def list_moments(events: Sequence[Event], drops: Sequence[Drop], telling: Telling) -> Table | None:
    """Bookmarks, notes, drops and gaps in the order of time; None where nothing happened."""
    rows = [*_list_notes(events, telling), *_list_gaps(events), *_list_drops(drops)]
    if not rows:
        return None
    rows.sort(key=lambda row: row[0])
    return Table(
        caption="Bookmarks, notes, the largest drops of the mood, and gaps in the recording",
        columns=(
            Column("In the lesson", number=True),
            Column("Time"),
            Column("What", text=True),
            Column("Details", text=True),
        ),
        rows=tuple((*telling.times(second), what, words) for second, what, words in rows),
    )


def list_flags(events: Sequence[Event], telling: Telling) -> Table | None:
    """Every flag in the order of time with its reason and how it ended; None where none was raised."""
    rows = [
        (
            *telling.times(event.second),
            telling.who(event.student),
            FLAG_WORDS[event.flag],
            clean_text(event.text),
            _describe_end(event, events[place + 1 :]),
        )
        for place, event in enumerate(events)
        if event.kind is EventKind.FLAG_RAISED and event.flag is not None
    ]
    if not rows:
        return None
    columns = (
        Column("In the lesson", number=True),
        Column("Time"),
        Column("Who", text=True),
        Column("Flag"),
        Column("Reason", text=True),
        Column("Ended"),
    )
    return Table("Flags in the order of time, each with its reason", columns, tuple(rows))


def _describe_end(flag: Event, later: Sequence[Event]) -> str:
    for event in later:
        if (event.student, event.flag) == (flag.student, flag.flag):
            if event.kind is EventKind.FLAG_CLEARED:
                return f"after {format_duration(event.second - flag.second)}"
            if event.kind is EventKind.FLAG_DISMISSED:
                return "dismissed"
            break
    return "not in this record"


def _list_notes(events: Sequence[Event], telling: Telling) -> list[_Row]:
    rows = []
    for event in events:
        if event.kind is EventKind.BOOKMARK:
            rows.append((event.second, "Bookmark", clean_text(event.text)))
        elif event.kind is EventKind.NOTE:
            what = "Note" if event.student is None else f"Note on {telling.who(event.student)}"
            rows.append((event.second, what, clean_text(event.text)))
        elif event.kind is EventKind.FAULT:
            rows.append((event.second, "Recording stopped", clean_text(event.text)))
    return rows


def _list_gaps(events: Sequence[Event]) -> list[_Row]:
    rows = []
    for place, event in enumerate(events):
        if event.kind not in _GAPS:
            continue
        end, what = _GAPS[event.kind]
        over = next((later.second for later in events[place + 1 :] if later.kind is end), None)
        lasted = "to the end" if over is None else f"for {format_duration(over - event.second)}"
        rows.append((event.second, f"{what} {lasted}", clean_text(event.text)))
    return rows


def _list_drops(drops: Sequence[Drop]) -> list[_Row]:
    """Numbered in time, as the chart has them."""
    return [
        (
            drop.second,
            f"Mood fell ({number})",
            f"from {describe_mood(drop.before)} to {describe_mood(drop.after)}, minute against minute",
        )
        for number, drop in enumerate(sorted(drops, key=lambda drop: drop.second), start=1)
    ]
