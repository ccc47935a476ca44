"""Writes the names of places, weekdays and months in the program's languages into `fer_desktop/messages/cldr.json`.

They come from Unicode CLDR by Babel, whose 33 MB of all locales the program need not bring. `--check` changes nothing
and reports whether the file is out of date. Run it after adding a language, or with a newer Babel.
"""

import argparse
import json
import sys
from typing import Any

from babel import Locale

from fer_desktop.messages.cldr import FILE
from fer_desktop.messages.language import LANGUAGES
from fer_desktop.policy.place import place_codes


def make_tables() -> str:
    """The file's text: by language, the names of all places by code, of the weekdays from Monday, and of the months."""
    tables = {language: _read_names(language, Locale.parse(locale)) for language, locale in sorted(LANGUAGES.items())}
    return json.dumps(tables, ensure_ascii=False, indent=1) + "\n"


def _read_names(language: str, locale: Locale) -> dict[str, Any]:
    days, months = locale.days["format"]["wide"], locale.months["format"]["wide"]
    territories = Locale.parse(language).territories  # for all countries with the language
    return {
        "places": {code: territories[code] for code in sorted(place_codes())},
        "weekdays": [days[number] for number in range(7)],
        "months": [months[number] for number in range(1, 13)],
    }


def main() -> int:
    """Writes or checks the file; 1 where it is out of date."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing")
    tables = make_tables()
    if not parser.parse_args().check:
        FILE.write_text(tables, encoding="utf-8")
        return 0
    return 0 if FILE.read_text(encoding="utf-8") == tables else 1


if __name__ == "__main__":
    sys.exit(main())
