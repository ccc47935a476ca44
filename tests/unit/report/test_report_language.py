"""A report says all that it says by way of its language, and leaves alone what is not its own."""

import gettext
from datetime import datetime
from pathlib import Path
from typing import Final

import pytest

from fer_desktop.messages import ENGLISH, Language, Plural
from fer_desktop.report.export import export_session
from fer_desktop.storage.store import Store
from fer_desktop.types import EXPRESSIONS, Event, EventKind, ExportFormat
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


class Brackets(gettext.NullTranslations):
    """English between brackets: what stands outside them has not gone through the language."""

    def gettext(self, message: str) -> str:
        return f"[{message}]"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"[{super().ngettext(msgid1, msgid2, n)}]"


BRACKETED: Final = Language("xx", Brackets())


def is_bracketed(text: str) -> bool:
    return text.startswith("[") and text.endswith("]")


@pytest.mark.parametrize("individuals", [True, False])
def test_every_text_is_said_in_the_language_of_the_report(store: Store, individuals: bool) -> None:
    report = report_on(store, record_eventful_lesson(store), individuals=individuals, language=BRACKETED)
    texts = list(texts_of(report))
    assert len(texts) > 60
    names = [NAMES[1]] if individuals else []  # beside a row of the map
    assert [text for text in texts if not is_bracketed(text)] == names


def test_a_report_of_nothing_is_said_in_its_language_too(store: Store) -> None:
    session = record_lesson(store, [], new_session(source=""))
    report = report_on(store, session, language=BRACKETED)
    assert [text for text in (report.title, *texts_of(report)) if not is_bracketed(text)] == []


def test_words_in_cells_are_said_in_the_language_and_names_and_notes_are_not(store: Store) -> None:
    report = report_on(store, record_eventful_lesson(store), language=BRACKETED)
    assert report.title == NAMES[0]
    for row in table_of(report, "moments"):
        assert is_bracketed(row[2])
        assert is_bracketed(row[3]) or row[3] in ("", *NAMES)
    for row in table_of(report, "flags"):
        assert all(is_bracketed(cell) or cell in NAMES for cell in row[2:])
    people = table_of(report, "attendance")
    assert [row[0] for row in people if not is_bracketed(row[0])] == [NAMES[1], NAMES[2]]
    assert {row[1] for row in people} == {"[yes]", "[no]"}
    for row in table_of(report, "course"):
        assert all(is_bracketed(cell) for cell in row[4:])
    assert all(is_bracketed(cell) for row in table_of(report, "limits") for cell in row)


def test_the_replacement_of_a_name_is_in_the_reports_language_and_english_in_data(store: Store, tmp_path: Path) -> None:
    noted = Event(EventKind.BOOKMARK, 2, "Ann Lee asked")
    session = record_lesson(store, lesson(5, 6, [noted], [(1, "Ann Lee")]))
    words_by_format: dict[ExportFormat, str] = {
        "html": "[a student] asked",
        "csv": ": a student asked",
        "json": '"a student asked"',
    }
    for format, words in words_by_format.items():
        path = tmp_path / f"a.{format}"
        export_session(store, session, format=format, path=path, individuals=False, language=BRACKETED)
        assert words in path.read_text(encoding="utf-8")


def test_without_the_brackets_it_is_the_report_in_english(store: Store) -> None:
    session = record_eventful_lesson(store)
    words = words_of(report_on(store, session, language=BRACKETED)).replace("[", "").replace("]", "")
    assert words.lower() == words_of(report_on(store, session)).lower()


def test_pages_name_the_language_of_their_words(store: Store) -> None:
    session = record_lesson(store, lesson(2, 1))
    assert html_of(report_on(store, session)).startswith('<!DOCTYPE html>\n<html lang="en">')
    assert '<html lang="xx">' in html_of(report_on(store, session, language=BRACKETED))


def test_words_in_a_chart_are_no_markup(store: Store) -> None:
    class Markup(gettext.NullTranslations):
        def gettext(self, message: str) -> str:
            return f"<{message}>"

    report = report_on(store, record_lesson(store, lesson(2, 1)), language=Language("xx", Markup()))
    [chart] = [figure.svg for figure in section_of(report, "course").figures if figure.name == "expressions"]
    assert chart.count("&lt;") == len(EXPRESSIONS) + 2  # and the two ends of the scale


def test_english_has_names_of_days_that_follow_no_system() -> None:
    days = [ENGLISH.day(datetime(2026, month, 28)) for month in range(1, 13)]
    assert days[0] == "Wednesday 28 January 2026"
    assert days[-1] == "Monday 28 December 2026"


@pytest.mark.parametrize(("number", "text"), [(0, "0 cats were {n}"), (1, "1 cat was {n}"), (2, "2 cats were {n}")])
def test_english_counts(number: int, text: str) -> None:
    assert ENGLISH.plural(Plural("{n} cat was {where}", "{n} cats were {where}"), number, where="{n}") == text
