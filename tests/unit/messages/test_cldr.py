"""The names from CLDR that the program brings are those of the library that has all of CLDR."""

from datetime import date

import pytest
from babel import Locale
from babel.dates import format_date

from fer_desktop.messages.cldr import FILE, read_cldr_names
from fer_desktop.messages.language import LANGUAGES, load_language
from fer_desktop.policy.place import place_codes, place_names
from tools.cldr_tables import make_tables

DAYS = [date(2026, month, day) for month in range(1, 13) for day in (1, 9, 27)]
PATTERNS = {"de": "EEEE, d. MMMM y", "es": "EEEE, d 'de' MMMM 'de' y"}


def test_the_file_is_up_to_date() -> None:
    assert FILE.read_text(encoding="utf-8") == make_tables(), "run: python tools/cldr_tables.py"


@pytest.mark.parametrize("code", LANGUAGES)
def test_places_are_called_as_in_cldr(code: str) -> None:
    territories = Locale.parse(code).territories
    assert place_names(code) == {place: territories[place] for place in place_codes()}


@pytest.mark.parametrize("code", LANGUAGES)
def test_days_are_written_as_in_cldr(code: str) -> None:
    pattern = PATTERNS.get(code, "EEEE d MMMM y")
    written = [load_language(code).day(day) for day in DAYS]
    assert written == [format_date(day, pattern, locale=LANGUAGES[code]) for day in DAYS]
    assert {len(read_cldr_names(code).weekdays), len(set(read_cldr_names(code).months))} == {7, 12}
