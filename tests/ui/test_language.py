"""The language of the windows, and the files of its translations."""

import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from ui.dialogs.place_picker import PlacePicker
from ui.file_dialog import make_file_dialog
from ui.language import pick_language, tr, use_language
from ui.words import EXPRESSION_WORDS, format_day

ROOT = Path(__file__).parents[2]
HINDI = ROOT / "ui" / "translations" / "hi.ts"
_PLACE = re.compile(r"\{\w*\}|%n")


@pytest.fixture
def hindi(qapp: QApplication) -> Iterator[None]:
    use_language(qapp, "hi")
    yield
    use_language(qapp, "en")


def test_the_translations_are_complete_and_up_to_date_with_the_source() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "translations.py"), "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.returncode) == ("", 0)


def test_what_a_text_leaves_room_for_the_translation_leaves_room_for_too() -> None:
    for message in ET.parse(HINDI).iter("message"):
        source = message.findtext("source") or ""
        forms = [form.text or "" for form in message.iter("numerusform")] or [message.findtext("translation") or ""]
        for form in forms:
            assert sorted(_PLACE.findall(form)) == sorted(_PLACE.findall(source)), source


def test_hindi_is_written_in_devanagari() -> None:
    """A text of letters alone that stayed as it was has been forgotten, but for what is a name in any language."""
    names = re.compile(r"FER Desktop|FER|Zoom|Meet|Teams|HTML|PDF|CSV|JSON|Parquet|English|SQLite|Ctrl|Wayland|X11")
    for message in ET.parse(HINDI).iter("message"):
        source = _PLACE.sub("", names.sub("", message.findtext("source") or ""))
        if re.search(r"[A-Za-z]{2}", source):
            translated = "".join(message.find("translation").itertext())  # type: ignore[union-attr]  # every message has one
            assert re.search(r"[\u0900-\u097f]", translated), source


@pytest.mark.usefixtures("hindi")
def test_words_and_days_are_in_the_language_of_the_windows() -> None:
    from datetime import UTC, datetime

    from fer_desktop.types import Expression

    assert EXPRESSION_WORDS[Expression.HAPPY] != "happy"
    assert re.search(r"[\u0900-\u097f]", format_day(datetime(2026, 11, 23, 12, tzinfo=UTC)))


@pytest.mark.usefixtures("hindi")
def test_countries_are_named_in_english_too_for_whoever_types_in_latin_letters() -> None:
    picker = PlacePicker("IN")
    assert (picker.currentText(), picker.place()) == ("भारत · India", "IN")
    for typed in ("india", "भारत"):
        picker.setEditText(typed)
        assert picker.place() == "IN"


@pytest.mark.usefixtures("hindi")
@pytest.mark.parametrize("save", [False, True])
def test_the_question_for_a_file_has_the_languages_labels(qtbot: QtBot, save: bool) -> None:
    dialog = make_file_dialog(None, tr("Export"), save=save)
    qtbot.addWidget(dialog)
    for label in QFileDialog.DialogLabel:
        assert re.search(r"[\u0900-\u097f]", dialog.labelText(label)), label


def test_numbers_of_things_have_their_plural() -> None:
    assert tr("%n camera(s) off", "", 1) == "1 camera off"
    assert tr("%n camera(s) off", "", 3) == "3 cameras off"


@pytest.mark.parametrize(
    ("choice", "system", "language"),
    [
        ("hi", QLocale.Language.English, "hi"),
        ("en", QLocale.Language.Hindi, "en"),
        ("system", QLocale.Language.Hindi, "hi"),
        ("system", QLocale.Language.English, "en"),
        ("system", QLocale.Language.German, "en"),
    ],
)
def test_the_system_is_followed_where_its_language_is_known(
    choice: str, system: QLocale.Language, language: str
) -> None:
    assert pick_language(choice, QLocale(system)) == language


def test_a_text_without_a_translation_stays_english() -> None:
    assert tr("A text that nobody has translated") == "A text that nobody has translated"
