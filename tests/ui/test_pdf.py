"""A report as PDF pages: with its text, numbered, nothing cut off, and made without a display too."""

import io
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest
from pytestqt.qtbot import QtBot

from fer_desktop.report.content import Column, Figure, Report, Section, Table
from fer_desktop.report.pages import make_pdf_document
from fer_desktop.storage.store import Store, open_store
from tests.unit.report.reports import record_eventful_lesson, report_on
from tests.unit.storage.lessons import new_session, record, record_lesson, seen
from ui.export.pdf import write_pdf

CHART = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 200"><path d="M0 0H9V9Z" fill="#000"/></svg>'
ROOT = Path(__file__).resolve().parents[2]


def make_report(*, students: int = 30, charts: int = 1, title: str = "Biology 2") -> Report:
    rows = tuple((f"Student {number}", "100 %") for number in range(1, students + 1))
    table = Table("Who was in view", (Column("Student", text=True), Column("In view", number=True)), rows)
    figures = tuple(Figure(f"mood{n}", f"Chart {n}", "Even.", CHART, 720, 200) for n in range(charts))
    sections = (
        Section("course", "Over the lesson", figures=figures),
        Section("attendance", "Attendance", table=table),
    )
    return Report(title, "Monday", ("A simulated class.",), sections, "Made by FER Desktop.")


def draw(report: Report) -> bytes:
    file = io.BytesIO()
    write_pdf(make_pdf_document(report), file)
    return file.getvalue()


def count_pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def read_pages(pdf: bytes) -> list[str]:
    """The words of each page with one space between them: Qt's are tabulators."""
    pypdf = pytest.importorskip("pypdf", reason="needs pypdf to read the pages")
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


@pytest.mark.usefixtures("qapp")
def test_it_has_its_title_among_the_properties() -> None:
    pdf = draw(make_report(title="Zoë's class"))
    assert pdf.startswith(b"%PDF-")
    assert "Zoë's class, Monday".encode("utf-16-be") in pdf


@pytest.mark.usefixtures("qapp")
def test_a_long_table_goes_on_over_pages() -> None:
    assert count_pages(draw(make_report(students=3))) == 1
    assert count_pages(draw(make_report(students=200))) > 3


@pytest.mark.usefixtures("qapp")
def test_every_word_is_on_a_page_with_its_number() -> None:
    pages = read_pages(draw(make_report(students=120, charts=4)))
    text = " ".join(pages)
    for words in ("Biology 2", "A simulated class.", "Over the lesson", "Chart 3", "Even.", "Made by FER Desktop."):
        assert words in text
    assert [number for number in range(1, 121) if not re.search(rf"Student {number}\b", text)] == []
    for number, page in enumerate(pages, start=1):
        assert f"{number} / {len(pages)}" in page


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("lines", range(26, 46))
def test_no_heading_is_left_alone_at_the_end_of_a_page(lines: int) -> None:
    report = make_report()
    course = Section("course", "Over the lesson", paragraphs=("A line.",) * lines)
    pages = read_pages(draw(replace(report, sections=(course, report.sections[1]))))
    [attendance] = [page for page in pages if "Attendance" in page]
    assert "Attendance Who was in view Student In view Student 1 " in attendance


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("lines", range(6))
def test_no_row_is_torn_between_two_pages_where_its_lines_are_of_unlike_height(lines: int) -> None:
    table = Table("Who", (Column("One"), Column("Other")), (("Name", "क"),) * 200)
    course = Section("course", "Over the lesson", paragraphs=("A line.",) * lines)
    report = replace(make_report(), sections=(course, Section("attendance", "Attendance", table=table)))
    pages = read_pages(draw(report))
    assert sum(page.count("Name") for page in pages) == 200
    assert [page.count("Name") for page in pages] == [page.count("क") for page in pages]


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("words", ["Line", "ऐसी पंक्ति"])
def test_every_line_is_drawn_on_one_page_alone(words: str) -> None:
    """Where the first line of a page is drawn on the one before too, a strip of it shows at the foot."""
    paragraphs = tuple(f"{words} {number}." for number in range(1000, 1200))
    report = replace(make_report(), sections=(Section("course", "Over the lesson", paragraphs=paragraphs),))
    pages = read_pages(draw(report))
    assert len(pages) > 4
    drawn = [sum(f" {number}." in page for page in pages) for number in range(1000, 1200)]
    assert drawn == [1] * 200


@pytest.mark.usefixtures("qapp")
def test_a_heading_that_moves_moves_no_later_one_without_need(tmp_path: Path) -> None:
    """Its page has four charts, after which the caption of a table finds no room."""
    with open_store(str(tmp_path / "lessons.sqlite")) as store:
        report = report_on(store, record_eventful_lesson(store))
    course, moments, attendance, *others = report.sections
    assert attendance.table is not None
    numbers = []
    for students in range(10, 16):
        table = replace(attendance.table, rows=(attendance.table.rows * 3)[:students])
        sections = (course, moments, replace(attendance, table=table), *others)
        numbers.append(count_pages(draw(replace(report, sections=sections))))
    assert numbers == sorted(numbers)  # a row more never makes a page less


def test_it_is_drawn_on_another_thread_beside_the_windows(qtbot: QtBot) -> None:
    drawn: list[bytes] = []
    thread = Thread(target=lambda: drawn.append(draw(make_report())))
    thread.start()
    qtbot.waitUntil(lambda: not thread.is_alive())
    assert count_pages(drawn[0]) == 2


def test_the_command_line_needs_no_display(tmp_path: Path) -> None:
    database = tmp_path / "lessons.sqlite"
    with open_store(str(database)) as store:
        session = _record(store)
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("DISPLAY", "WAYLAND", "QT_"))
    }
    command = [sys.executable, "main.py", "export", str(session), "-o", str(tmp_path / "a.pdf"), "--db", str(database)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF-")


def _record(store: Store) -> int:
    return record_lesson(store, [record(n, [seen(1), seen(2)]) for n in range(3)], new_session(course="Physics"))


DRAW = """
import io
from tests.ui.test_pdf import draw, make_report
print(draw(make_report(students=1)).partition(b"/MediaBox [0 0 ")[2][:3].decode())
"""


@pytest.mark.parametrize(
    ("language", "width_pt"),
    [("en_US.UTF-8", "612"), ("en_CA.UTF-8", "612"), ("de_DE.UTF-8", "595"), ("hi_IN.UTF-8", "595"), ("C", "595")],
)
def test_the_paper_is_that_of_the_country(language: str, width_pt: str) -> None:
    environment = os.environ | {"LC_ALL": language, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", DRAW], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == width_pt
