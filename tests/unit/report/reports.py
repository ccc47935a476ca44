"""Reports of lessons that exist in the test alone."""

from collections.abc import Sequence
from datetime import UTC, datetime
from io import StringIO

from fer_desktop.report.accuracy import ExpressionFigures, ModelFigures
from fer_desktop.report.content import Report, Section
from fer_desktop.report.extract import read_extract
from fer_desktop.report.lesson_report import make_report
from fer_desktop.report.pages import write_html
from fer_desktop.storage.store import Store
from fer_desktop.types import EXPRESSIONS, Event, SecondRecord
from tests.unit.storage.lessons import record, seen

MADE_AT = datetime(2026, 11, 3, 8, 0, tzinfo=UTC)

FIGURES = ModelFigures(
    model="testnet 1.0",
    pictures=1000,
    accuracy=0.7,
    interval=(0.67, 0.73),
    chosen_on=False,
    by_expression={name: ExpressionFigures(recall=0.5, precision=0.6, pictures=100) for name in EXPRESSIONS},
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


def report_on(store: Store, session: int, *, individuals: bool = True, made_at: datetime = MADE_AT) -> Report:
    return make_report(read_extract(store, session, individuals=individuals), figures=FIGURES, made_at=made_at)


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
