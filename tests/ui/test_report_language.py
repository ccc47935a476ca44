"""Reports that are exported from the windows come in their language."""

import re
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fer_desktop.messages import ENGLISH
from fer_desktop.storage.store import Store, open_store
from tests.unit.report.reports import (
    NAMES,
    html_of,
    lesson,
    record_eventful_lesson,
    report_on,
    section_of,
    table_of,
    texts_of,
    words_of,
)
from tests.unit.storage.lessons import new_session, record_lesson
from ui.commands import make_engine
from ui.language import current_language, use_language

_DEVANAGARI = re.compile(r"[\u0900-\u097f]")
_LATIN = re.compile(r"[A-Za-z]{2,}")
_SAME_IN_ALL_LANGUAGES = re.compile(r"FER Desktop|testnet|UTC|Sharma et al\.|AI Act|EU")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(str(tmp_path / "lessons.sqlite")) as store:
        yield store


@pytest.fixture
def hindi(qapp: QApplication) -> Iterator[None]:
    use_language("hi")
    yield
    use_language("en")


def english_words(text: str) -> list[str]:
    """Words in Latin letters that are no name."""
    for name in NAMES:
        text = text.replace(name, "")
    return _LATIN.findall(_SAME_IN_ALL_LANGUAGES.sub("", text))


@pytest.mark.usefixtures("hindi")
@pytest.mark.parametrize("individuals", [True, False])
def test_in_hindi_every_text_is_in_devanagari(store: Store, individuals: bool) -> None:
    report = report_on(store, record_eventful_lesson(store), individuals=individuals, language=current_language())
    texts = [text for text in texts_of(report) if re.search(r"[^\d\s%]", text)]
    assert len(texts) > 60
    names = [NAMES[1]] if individuals else []  # beside a row of the map
    assert [text for text in texts if not _DEVANAGARI.search(text)] == names
    assert english_words(words_of(report).replace("a student", "")) == []


@pytest.mark.usefixtures("hindi")
def test_notices_and_what_is_said_of_nothing_are_in_hindi(store: Store) -> None:
    empty = record_lesson(store, [], new_session(source="", expressions_on=False))
    running = store.begin_session(new_session())
    for each in lesson(2, 1):
        running.record(each)
    for session in (empty, running.session_id):
        report = report_on(store, session, language=current_language())
        assert [text for text in (*report.notices, *texts_of(report)) if english_words(text)] == []
    running.close(interrupted=True)
    report = report_on(store, running.session_id, language=current_language())
    assert all(_DEVANAGARI.search(notice) for notice in report.notices)


@pytest.mark.usefixtures("hindi")
def test_names_notes_and_numbers_are_the_same_in_every_language(store: Store) -> None:
    session = record_eventful_lesson(store)
    hindi, english = (report_on(store, session, language=language) for language in (current_language(), ENGLISH))
    assert hindi.title == english.title == NAMES[0]
    for name in NAMES:
        assert words_of(hindi).count(name) == words_of(english).count(name) > 0
    for place in ("course", "moments", "attendance", "flags", "limits"):
        rows, translated = table_of(english, place), table_of(hindi, place)
        assert [digits(row) for row in translated] == [digits(row) for row in rows]
    assert "2 नवंबर 2026" in hindi.subtitle
    assert section_of(hindi, "course").figures[3].summary.startswith("कुल 6 विद्यार्थी")


def digits(row: tuple[str, ...]) -> list[list[str]]:
    """Sorted, as words around numbers may change places."""
    return [sorted(re.findall(r"[\d:]+", cell)) for cell in row]


@pytest.mark.usefixtures("qapp")
def test_in_english_the_windows_and_the_command_line_say_the_same(store: Store) -> None:
    for session in (record_eventful_lesson(store), record_lesson(store, lesson(2, 1))):
        reports = [report_on(store, session, language=language) for language in (current_language(), ENGLISH)]
        assert html_of(reports[0]) == html_of(reports[1])


@pytest.mark.usefixtures("hindi")
def test_what_the_windows_export_is_in_their_language_and_data_is_english(store: Store, tmp_path: Path) -> None:
    session = record_lesson(store, lesson(3, 2), new_session(course="Physics"))
    engine = make_engine(store)
    engine.export(session, format="html", path=tmp_path / "a.html")
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert '<html lang="hi">' in page
    assert "हाज़िरी" in page
    for name, part in (("a.csv", "all"), ("b.csv", "attendance"), ("a.json", "all")):
        engine.export(session, format=name[2:], path=tmp_path / name, part=part)  # type: ignore[arg-type]
        assert not _DEVANAGARI.search((tmp_path / name).read_text(encoding="utf-8"))


@pytest.mark.usefixtures("hindi")
def test_it_is_rendered_on_another_thread_beside_the_windows(qtbot: QtBot, store: Store, tmp_path: Path) -> None:
    session = record_eventful_lesson(store)
    engine = make_engine(store)
    thread = Thread(target=lambda: engine.export(session, format="html", path=tmp_path / "a.html"))
    thread.start()
    qtbot.waitUntil(lambda: not thread.is_alive())
    assert "पूरी क्लास में" in (tmp_path / "a.html").read_text(encoding="utf-8")


@pytest.mark.usefixtures("hindi")
def test_pages_hold_the_letters_of_hindi(store: Store, tmp_path: Path) -> None:
    pypdf = pytest.importorskip("pypdf", reason="needs pypdf to read the pages")
    session = record_lesson(store, lesson(3, 2), new_session(course="Physics"))
    make_engine(store).export(session, format="pdf", path=tmp_path / "a.pdf")
    assert _DEVANAGARI.search(pypdf.PdfReader(tmp_path / "a.pdf").pages[0].extract_text())
