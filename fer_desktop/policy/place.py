"""Where expressions may be read, by country. Not legal advice.

The EU AI Act (Regulation (EU) 2024/1689), Article 5(1)(f), in force since 2 February 2025, prohibits systems that
infer the emotions of people in education, except for medical or safety reasons. Consent does not lift it.
"""

import unicodedata
from functools import cache
from importlib.resources import files
from typing import Final

from fer_desktop.messages.cldr import read_cldr_names

_EU: Final = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
_EEA: Final = "IS LI NO"
_EU_TERRITORIES: Final = "AX GF GP MF MQ RE YT"  # of Finland and France: a code of their own, but EU law applies
EU_EEA: Final = frozenset(f"{_EU} {_EEA} {_EU_TERRITORIES}".split())
"""ISO 3166-1 alpha-2 codes of the places where the expression model stays off."""


def expressions_allowed(place: str | None) -> bool:
    """Whether expressions may be read at this place (ISO 3166-1 alpha-2). False for None and for an unknown code."""
    return place is not None and place.upper() in place_codes() - EU_EEA


def place_codes() -> frozenset[str]:
    """All ISO 3166-1 alpha-2 codes."""
    return frozenset(short_place_names())


def place_names(language: str = "en") -> dict[str, str]:
    """The name of every place by its ISO 3166-1 alpha-2 code, sorted by name.

    `language`: a code such as "hi".
    """
    names = read_cldr_names(language).places
    return dict(sorted(names.items(), key=lambda item: _without_accents(item[1])))


@cache
def short_place_names() -> dict[str, str]:
    """English names in ASCII by ISO 3166-1 alpha-2 code, such as "Britain (UK)". Source: the time zone database."""
    return {row[0]: row[1] for row in read_zone_table("iso3166.tab")}


def _without_accents(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))


def read_zone_table(name: str) -> list[list[str]]:
    """The rows of a tab-separated table of the time zone database, without comments."""
    text = (files("tzdata") / "zoneinfo" / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
