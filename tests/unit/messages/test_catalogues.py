"""The catalogues: what their check finds, and how each language counts and writes numbers and days."""

from datetime import date

import pytest

from fer_desktop.messages import MessageKey, Plural, load_language
from fer_desktop.messages.language import LANGUAGES
from tests.unit.messages.test_messages import make_example
from tools.translations import find_fault_of


@pytest.mark.parametrize(
    ("english", "forms", "fault"),
    [
        ("Stop", ["Beenden"], None),
        ("neutral", ["neutral"], None),
        ("{n} flags", ["Ein Hinweis", "{n} Hinweise"], None),
        ("{lasted_s:duration} long", ["{lasted_s:duration} lang"], None),
        ("Stop", [""], "not translated"),
        ("{n} flags", ["", "{n} Hinweise"], "not translated"),
        ("This will be watched now", ["This will be watched now"], "the English again"),
        ("{n} flags", ["{n} Hinweis", "Hinweise"], "other places than in English"),
        ("{n} flags", ["{m} Hinweis", "{n} Hinweise"], "other places than in English"),
        ("{lasted_s:duration} long", ["{lasted_s} lang"], "other places than in English"),
        (" seconds", ["Sekunden"], "other spaces at its ends than in English"),
        ("Stop", ["Beenden "], "other spaces at its ends than in English"),
        ("Rename…", ["Umbenennen"], "does not end as in English, with …"),
        ("Delete it?", ["Löschen."], "does not end as in English, with ?"),
        ("File name:", ["Dateiname"], "does not end as in English, with :"),
        ("Quit", ["Das ganze Programm beenden"], "longer than 18 letters"),
        ("{who} left", ["{who} hat die Konferenz schon verlassen"], "longer than 26 letters"),
    ],
)
def test_what_is_wrong_with_a_translation_is_found(english: str, forms: list[str], fault: str | None) -> None:
    assert find_fault_of(english, forms) == fault


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_renders_every_message(code: str) -> None:
    language = load_language(code)
    for key in MessageKey:
        assert "{" not in language.render(make_example(key)), key


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("en", ["0 flags", "1 flag", "2 flags"]),
        ("de", ["0 Hinweise", "1 Hinweis", "2 Hinweise"]),
        ("es", ["0 avisos", "1 aviso", "2 avisos"]),
        ("fr", ["0 signal", "1 signal", "2 signaux"]),
    ],
)
def test_each_language_counts_by_its_own_rule(code: str, words: list[str]) -> None:
    text = Plural("{n} flag", "{n} flags")
    assert [load_language(code).plural(text, number) for number in range(3)] == words


@pytest.mark.parametrize(
    ("code", "day", "number"),
    [
        ("en", "Monday 2 November 2026", "3,589.5"),
        ("de", "Montag, 2. November 2026", "3.589,5"),
        ("es", "lunes, 2 de noviembre de 2026", "3\u202f589,5"),
        ("fr", "lundi 2 novembre 2026", "3\u202f589,5"),
        ("hi", "सोमवार 2 नवंबर 2026", "3,589.5"),
    ],
)
def test_each_language_writes_days_and_numbers_in_its_own_way(code: str, day: str, number: str) -> None:
    language = load_language(code)
    assert (language.day(date(2026, 11, 2)), language.number("3,589.5")) == (day, number)
