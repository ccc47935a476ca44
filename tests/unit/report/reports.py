"""Reports of lessons that exist in the test alone."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from io import StringIO

import numpy as np

from fer_desktop.expression.figures import ExpressionFigures, ModelFigures, OutsideFigures
from fer_desktop.messages import ENGLISH, Language, Message, MessageKey, literal
from fer_desktop.report.content import Report, Section
from fer_desktop.report.extract import read_extract
from fer_desktop.report.lesson_report import make_report
from fer_desktop.report.pages import write_html
from fer_desktop.storage.store import Store
from fer_desktop.types import EXPRESSIONS, Event, EventKind, Expression, FlagKind, Floats, SecondRecord
from tests.evidence import CAMERA_OFF, MOOD_FELL, NOT_IN_CALL
from tests.unit.storage.lessons import new_session, record, record_lesson, seen

NAMES = ("Biology {2} Paused", "Ann Lee", "Even Happy", "lecture.mp4", "group work for 5 min", "ask about the lab")
"""Of a course, a student, a name of the roster, a file, and the words of a bookmark and a note: never translated."""

_EVENTS = (
    Event(EventKind.NOTE, 10, NAMES[5], 2),
    Event(EventKind.NOTE, 11, NAMES[5]),
    Event(EventKind.NOTE, 12, NAMES[5], 3),
    Event(EventKind.PAUSED, 20),
    Event(EventKind.RESUMED, 50),
    Event(EventKind.FLAG_RAISED, 60, "", 1, FlagKind.AWAY, NOT_IN_CALL),
    Event(EventKind.FLAG_RAISED, 61, "", 2, FlagKind.CAMERA_OFF, CAMERA_OFF),
    Event(EventKind.BOOKMARK, 70, NAMES[4]),
    Event(EventKind.FLAG_DISMISSED, 80, "", 2, FlagKind.CAMERA_OFF),
    Event(EventKind.FLAG_CLEARED, 90, "", 1, FlagKind.AWAY),
    Event(EventKind.STUDENT_EXCLUDED, 100, student=6),
    Event(EventKind.CAPTURE_LOST, 110, message=Message(MessageKey.CAMERA_UNPLUGGED, number=1)),
    Event(EventKind.CAPTURE_BACK, 120),
    Event(
        EventKind.FLAG_RAISED,
        320,
        "",
        None,
        FlagKind.CLASS_DROP,
        MOOD_FELL,
    ),
    Event(EventKind.CAPTURE_LOST, 580, message=Message(MessageKey.WINDOW_TOO_SMALL)),
    Event(EventKind.PAUSED, 590),
    Event(EventKind.FAULT, 599, message=Message(MessageKey.RECORDING_STOPPED, error=literal("28"))),
)

MADE_AT = datetime(2026, 11, 3, 8, 0, tzinfo=UTC)

FIGURES = ModelFigures(
    model="testnet 1.0",
    shown=1250,
    pictures=1000,
    accuracy=0.7,
    interval=(0.67, 0.73),
    chosen_on=False,
    by_expression={name: ExpressionFigures(recall=0.5, precision=0.6, pictures=100) for name in EXPRESSIONS},
    outside=OutsideFigures(pictures=2000, negative=0.751, neutral=0.867, positive=0.92, negative_right=0.549),
)


def lesson(
    seconds: int, students: int, events: Sequence[Event] = (), names: Sequence[tuple[int, str]] = ()
) -> list[SecondRecord]:
    """A class whose faces are all seen and read in every second."""
    happened = {event.second: [each for each in events if each.second == event.second] for event in events}
    return [
        record(second, [seen(n) for n in range(1, students + 1)], happened.get(second, ()), () if second else names)
        for second in range(seconds)
    ]


def certain(expression: Expression) -> Floats:
    """The (7,) probabilities of a reading that knows no doubt."""
    sure: Floats = np.array([name is expression for name in EXPRESSIONS], np.float32)
    return sure


def report_on(
    store: Store,
    session: int,
    *,
    individuals: bool = True,
    made_at: datetime = MADE_AT,
    language: Language = ENGLISH,
) -> Report:
    extract = read_extract(store, session, individuals=individuals, language=language)
    return make_report(extract, figures=FIGURES, made_at=made_at, language=language)


def record_eventful_lesson(store: Store) -> int:
    """Five minutes happy, five minutes sad, with everything that a report contains. Its names are in `NAMES`."""
    store.set_roster(NAMES[0], [NAMES[1], NAMES[2]])
    records = []
    for second in range(600):
        mood = certain(Expression.HAPPY if second < 300 else Expression.SAD)
        attention = 0.9 if second < 200 else 0.4 if second < 400 else 0.1
        students = [replace(seen(number, mood), attention=attention) for number in range(1, 7)]
        made = record(second, students, [event for event in _EVENTS if event.second == second])
        records.append(replace(made, mood=replace(made.mood, attention=attention)))
    records[0] = replace(records[0], names=((2, NAMES[1]),))
    session = replace(new_session(course=NAMES[0], source=NAMES[3]), model=FIGURES.model, place="IN")
    return record_lesson(store, records, session)


def html_of(report: Report) -> str:
    file = StringIO()
    write_html(report, file)
    return file.getvalue()


def section_of(report: Report, name: str) -> Section:
    return next(section for section in report.sections if section.name == name)


def words_of(report: Report) -> str:
    """Everything that it says, a line each."""
    lines = [report.title, report.subtitle, *report.notices, report.made]
    for section in report.sections:
        lines += [section.title, *section.paragraphs]
        for figure in section.figures:
            lines += [figure.title, figure.summary]
        if section.table is not None:
            lines.append(section.table.caption)
            lines += [column.title for column in section.table.columns]
            lines += [" | ".join(row) for row in section.table.rows]
    return "\n".join(lines)


def table_of(report: Report, name: str) -> list[tuple[str, ...]]:
    table = section_of(report, name).table
    return [] if table is None else list(table.rows)


def texts_of(report: Report) -> Iterator[str]:
    """All but the title and what stands in cells; the words inside the charts too."""
    yield from (report.subtitle, *report.notices, report.made)
    for section in report.sections:
        yield from (section.title, *section.paragraphs)
        for figure in section.figures:
            yield from (figure.title, figure.summary)
            yield from (words for words in re.findall(r">([^<>]+)</text>", figure.svg) if re.search(r"[^\d:]", words))
        if section.table is not None:
            yield from (section.table.caption, *(column.title for column in section.table.columns))
