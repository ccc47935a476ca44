"""What places, weekdays and months are called in the program's languages.

Source: Unicode CLDR; `tools/cldr_tables.py` writes the file.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

FILE: Final = Path(__file__).with_name("cldr.json")


@dataclass(frozen=True, slots=True)
class CldrNames:
    """The names in one language. `places`: by ISO 3166-1 alpha-2 code; `weekdays`: from Monday on."""

    places: dict[str, str]
    weekdays: tuple[str, ...]
    months: tuple[str, ...]


@cache
def read_cldr_names(language: str) -> CldrNames:
    """The names in the language of that code, such as "hi"."""
    names = json.loads(FILE.read_text(encoding="utf-8"))[language]
    return CldrNames(names["places"], tuple(names["weekdays"]), tuple(names["months"]))
