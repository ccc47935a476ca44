"""A session as one table that a spreadsheet opens: rows for the class, then for each student, a row a second."""

import csv
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final, TextIO

from fer_desktop.report.lanes import Lane, Number, read_class_lane, read_student_lane
from fer_desktop.storage.store import Store
from fer_desktop.types import EXPRESSIONS, Event

CLASS: Final = "Class"
COLUMNS: Final = ("second", "local_time", "who", "tiles", "cameras_on", "faces", "mood", *EXPRESSIONS, "events")

_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")
_NUMBERS: Final = len(COLUMNS) - 4  # all but the second, the time, who and the events


def write_csv(store: Store, session_id: int, file: TextIO, student: int | None = None) -> None:
    """Writes the table, of one student alone where a number is given."""
    started_at = store.session(session_id).started_at.astimezone()  # the teacher's own clock
    events = store.events(session_id)
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    if student is None:
        lane = read_class_lane(store, session_id)
        writer.writerows(_rows(CLASS, lane, [event for event in events if event.student is None], started_at))
    for each in store.students(session_id):
        if student in (None, each.student):
            lane = read_student_lane(store, session_id, each.student)
            mine = [event for event in events if event.student == each.student]
            writer.writerows(_rows(each.label, lane, mine, started_at))


def guard_cell(text: str) -> str:
    """Keeps a spreadsheet from taking a text for a formula, as OWASP advises: an apostrophe before it."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _rows(who: str, lane: Lane, events: list[Event], started_at: datetime) -> Iterator[tuple[object, ...]]:
    """Events of a second that was not recorded get a row of their own."""
    numbers: dict[int, tuple[Number, ...]] = {int(row[0] or 0): row[1:] for row in lane.rows()}
    texts: dict[int, list[str]] = {}
    for event in events:
        texts.setdefault(event.second, []).append(_describe(event))
    for second in sorted(numbers.keys() | texts.keys()):
        time = started_at + timedelta(seconds=second)
        yield (
            second,
            f"{time:%Y-%m-%d %H:%M:%S}",
            guard_cell(who),
            *numbers.get(second, (None,) * _NUMBERS),
            guard_cell("; ".join(texts.get(second, []))),
        )


def _describe(event: Event) -> str:
    what = str(event.kind) if event.flag is None else f"{event.kind} {event.flag}"
    return f"{what}: {event.text}" if event.text else what
