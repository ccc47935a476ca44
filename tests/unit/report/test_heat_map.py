"""The map of every student in the report: one row each, without those who were excluded, readable without colours."""

import re

from fer_desktop.report.heat_map import COLUMNS
from fer_desktop.storage.store import Store
from fer_desktop.types import Event, EventKind
from tests.unit.report.reports import lesson, report_on, section_of
from tests.unit.storage.lessons import new_session, record, record_lesson, seen, unseen


def test_each_student_has_a_row_and_each_state_a_pattern(store: Store) -> None:
    records = [record(second, [seen(1), seen(2) if second < 30 else unseen(2)]) for second in range(60)]
    (figure,) = section_of(report_on(store, record_lesson(store, records, new_session())), "students").figures
    assert "Student 1" in figure.svg
    assert "Student 2" in figure.svg
    widths = [
        float(width) for width in re.findall(r'width="([\d.]+)" height="12.0" fill="url\(#presence-visible', figure.svg)
    ]
    assert widths[0] == 2 * widths[1], "the second one was visible for half of the lesson"
    assert figure.svg.count("<pattern ") == 4


def test_an_excluded_student_has_no_row(store: Store) -> None:
    events = [Event(EventKind.STUDENT_EXCLUDED, 30, student=2)]
    report = report_on(store, record_lesson(store, lesson(60, 3, events), new_session()))
    assert "Student 2" not in section_of(report, "students").figures[0].svg


def test_the_class_as_a_whole_has_no_map(store: Store) -> None:
    report = report_on(store, record_lesson(store, lesson(60, 6), new_session()), individuals=False)
    assert "students" not in [section.name for section in report.sections]


def test_a_long_lesson_of_a_large_class_stays_small(store: Store) -> None:
    report = report_on(store, record_lesson(store, lesson(2 * COLUMNS, 50), new_session()))
    figure = section_of(report, "students").figures[0]
    assert figure.height_px < 720
    assert len(figure.svg) < 200_000
