"""The language of the windows, and the files of its translations."""

import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from fer_desktop.messages import load_language, pick_language
from fer_desktop.messages.language import LANGUAGE_NAMES, LANGUAGES, TRANSLATIONS
from fer_desktop.settings import Settings
from fer_desktop.types import Expression
from ui.dialogs.place_picker import PlacePicker
from ui.dialogs.settings_dialog import SettingsDialog
from ui.file_dialog import make_file_dialog
from ui.fonts import explain_missing_font
from ui.language import tr, tr_count, use_language
from ui.words import EXPRESSION_WORDS, format_day

ROOT = Path(__file__).parents[2]
HINDI = TRANSLATIONS / "hi.po"


@pytest.fixture
def hindi(qapp: QApplication) -> Iterator[None]:
    use_language("hi")
    yield
    use_language("en")


def test_the_translations_are_complete_and_up_to_date_with_the_source() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "translations.py"), "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.returncode) == ("", 0)


def test_hindi_is_written_in_devanagari() -> None:
    """A text of letters alone that stayed as it was has been forgotten, but for what is a name in any language."""
    names = re.compile(
        r"\{[^}]*\}|FER Desktop|FER|Zoom|Meet|Teams|HTML|PDF|CSV|JSON|Parquet|English|SQLite|Ctrl|Wayland|X11"
    )
    with HINDI.open("rb") as file:
        for message in read_po(file):
            source = message.id if isinstance(message.id, str) else message.id[-1]
            forms = message.string if isinstance(message.string, tuple) else (str(message.string),)
            if message.id and re.search(r"[A-Za-z]{2}", names.sub("", source)):
                assert all(re.search(r"[\u0900-\u097f]", form) for form in forms), source


@pytest.mark.usefixtures("hindi")
def test_words_and_days_are_in_the_language_of_the_windows() -> None:
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


@pytest.mark.parametrize(("code", "copy"), [("de", "Kopieren"), ("es", "Copiar"), ("fr", "Copier"), ("hi", "Copy")])
def test_what_qt_writes_itself_is_in_the_language_too(qtbot: QtBot, code: str, copy: str) -> None:
    use_language(code)
    try:
        line = QLineEdit("words")
        qtbot.addWidget(line)
        menu = line.createStandardContextMenu()
        assert copy in {re.sub(r"&|\t.*", "", action.text()) for action in menu.actions()}
    finally:
        use_language("en")


def test_every_language_can_be_chosen_and_is_kept(qtbot: QtBot) -> None:
    dialog = SettingsDialog(None, Settings())
    qtbot.addWidget(dialog)
    choices = {dialog.language.itemData(index): dialog.language.itemText(index) for index in range(6)}
    assert choices == {"system": "Like the system", **LANGUAGE_NAMES}
    assert LANGUAGE_NAMES.keys() == LANGUAGES.keys()
    for code in choices:
        assert Settings.model_validate({"language": code}).language == code


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "en"])
def test_numbers_and_days_are_written_as_the_words_around_them(qapp: QApplication, code: str) -> None:
    use_language(code)
    try:
        assert format_day(datetime(2026, 11, 23, 12, tzinfo=UTC)) != "Mon 23 Nov 2026, 12:00"
        assert QLocale().toString(0.25) == load_language(code).number("0.25")
    finally:
        use_language("en")


def test_german_puts_a_full_stop_behind_the_number_of_a_day(qapp: QApplication) -> None:
    use_language("de")
    try:
        assert format_day(datetime(2026, 12, 3, 14, 5, tzinfo=UTC)) == "Do. 03. Dez. 2026, 14:05"
    finally:
        use_language("en")


def test_numbers_of_things_have_their_plural() -> None:
    assert tr_count("{n} camera off", "{n} cameras off", 1) == "1 camera off"
    assert tr_count("{n} camera off", "{n} cameras off", 3) == "3 cameras off"


@pytest.mark.parametrize(
    ("choice", "system", "language"),
    [
        ("hi", "en_GB", "hi"),
        ("en", "hi_IN", "en"),
        ("system", "hi_IN", "hi"),
        ("system", "hi-Deva-IN", "hi"),
        ("system", "en_US", "en"),
        ("system", "de_DE", "de"),
        ("system", "fr_CA", "fr"),
        ("system", "es-419", "es"),
        ("de", "fr_FR", "de"),
        ("system", "nl_NL", "en"),
        ("system", "C", "en"),
        ("system", None, "en"),
    ],
)
def test_the_system_is_followed_where_its_language_is_known(choice: str, system: str | None, language: str) -> None:
    assert pick_language(choice, system).code == language


def test_a_text_without_a_translation_stays_english() -> None:
    assert tr("A text that nobody has translated") == "A text that nobody has translated"


def test_a_language_without_a_font_is_reported_in_letters_that_can_be_read() -> None:
    words = explain_missing_font("hi", list_families=lambda _: [])
    assert words is not None
    assert "Noto Sans Devanagari" in words
    assert words.isascii()
    assert explain_missing_font("hi", list_families=lambda _: ["Noto Sans Devanagari"]) is None
    assert explain_missing_font("en", list_families=lambda _: []) is None
