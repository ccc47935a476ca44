"""Where expressions may be read. Not legal advice.

The EU AI Act, Article 5(1)(f), in force since 2 February 2025, prohibits systems that infer the emotions of people
in education, except for medical or safety reasons. Consent does not lift it.
"""

import ctypes
import os
import sys
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, Literal

from fer_desktop.messages.told import mark

_EU: Final = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
_EEA: Final = "IS LI NO"
_EU_ISLANDS: Final = (
    "AX GF GP MF MQ RE YT"  # parts of Finland and France with a code of their own, where EU law applies
)
EU_EEA: Final = frozenset(f"{_EU} {_EEA} {_EU_ISLANDS}".split())
"""ISO 3166 alpha-2 codes of the places where the expression model stays off."""

LAW_LINE: Final = mark(
    "Expressions are off here: the EU AI Act, Article 5(1)(f), prohibits reading emotions in education. "
    "Presence, cameras and your own notes still work."
)
"""One sentence for the window, wherever `expressions_allowed` says no for a known place."""

Watched = Literal["call", "room", "recording"]
"""What is looked at: a call on the screen, a room through a camera, or a recording of either."""

_BEGINNINGS: Final[dict[Watched, str]] = {
    "call": mark(
        "Before we begin: during this lesson a program on my computer, FER Desktop, looks at the video call on my "
        "screen."
    ),
    "room": mark(
        "Before we begin: during this lesson a program on my computer, FER Desktop, looks at this room through a "
        "camera."
    ),
    "recording": mark("A program on my computer, FER Desktop, looks at the recording of our lesson."),
}
_READS: Final = mark(
    "It notices who is visible and whose camera is on, and estimates from faces, eyes and turned heads how the class "
    "feels and how attentive it looks, so that I can see when I am losing you."
)
_READS_PRESENCE: Final = mark(
    "It notices who is visible and whose camera is on. It does not read expressions or feelings."
)
_KEPT: Final = mark(
    "It keeps numbers, not pictures: no video, photo or sound is stored, and nothing leaves my computer."
)
_PSEUDONYMS: Final = mark(
    'You appear as "Student 1", "Student 2" and so on, unless we have agreed on names.',
)
_NAMES: Final = mark("You appear under the name that stands in your tile, and it is stored with the numbers.")
_NOBODY: Final = mark("The numbers are of the class as a whole: nobody appears in them singly.")
_USED: Final = mark("Its estimates are often wrong: I use them only to teach better, and never for grades.")
_PRESENCE_USED: Final = mark("I never use it for grades.")
_CHOICE: Final = mark(
    "If you would rather not take part, tell me, now or at any time, openly or in a private message: one click and you "
    "are left out. You can ask to see or to have deleted what was recorded about you."
)
_CHOICE_OF_NOBODY: Final = mark(
    "If you would rather not take part, tell me, openly or in a private message, or leave your camera off. You can ask "
    "to have what was recorded of the class deleted."
)


def consent_text(
    *,
    expressions_on: bool,
    names_allowed: bool,
    individuals: bool = True,
    watched: Watched = "call",
    translate: Callable[[str], str] = lambda text: text,
) -> str:
    """To read out or to paste to the class before a session of that kind. `translate`: sentence by sentence.

    `individuals`: whether single students are kept; without them there is nobody to be named or left out.
    """
    who = (_NAMES if names_allowed else _PSEUDONYMS) if individuals else _NOBODY
    paragraphs = (
        (_BEGINNINGS[watched], _READS if expressions_on else _READS_PRESENCE),
        (_KEPT, who, _USED if expressions_on else _PRESENCE_USED),
        (_CHOICE if individuals else _CHOICE_OF_NOBODY,),
    )
    return "\n\n".join(" ".join(translate(sentence) for sentence in paragraph) for paragraph in paragraphs) + "\n"


def expressions_allowed(place: str | None) -> bool:
    """Whether expressions may be read at this place (ISO 3166 alpha-2). While no place is known: no."""
    return place is not None and place.upper() not in EU_EEA


def place_names() -> dict[str, str]:
    """Every place's English name by its ISO 3166 alpha-2 code, in the order of the names."""
    return dict(sorted(_read_place_names().items(), key=lambda item: item[1]))


def place_from_time_zone(name: str | None = None) -> str | None:
    """Guesses the place (ISO 3166 alpha-2) from a time zone such as "Europe/Berlin"; the computer's own by default.

    None where the zone tells no country, such as UTC. A guess to ask about, not an answer.
    """
    if name is None:
        if sys.platform == "win32":
            return _place_of_windows()
        name = _local_time_zone()
    places = _read_zones()
    for zone in (name, _read_links().get(name or "")):
        if zone in places:
            return places[zone]
    return None


def _local_time_zone() -> str | None:
    named = os.environ.get("TZ", "").lstrip(":")
    if named:
        return named
    target = str(Path("/etc/localtime").resolve())
    _, found, zone = target.rpartition("/zoneinfo/")
    if found:
        return zone
    try:
        return Path("/etc/timezone").read_text(encoding="ascii").strip() or None
    except (OSError, UnicodeDecodeError):
        return None


def _place_of_windows() -> str | None:
    """Windows names its zones in its own way, but it knows the country: GetUserDefaultGeoName, Windows 10 and up."""
    buffer = ctypes.create_unicode_buffer(16)
    windll: Any = getattr(ctypes, "windll")  # noqa: B009 - only Windows has it
    length = windll.kernel32.GetUserDefaultGeoName(buffer, len(buffer))
    return buffer.value if length == 3 and buffer.value in _read_place_names() else None


def _read_rows(table: str) -> list[list[str]]:
    text = (files("tzdata") / "zoneinfo" / table).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


@cache
def _read_place_names() -> dict[str, str]:
    return {row[0]: row[1] for row in _read_rows("iso3166.tab")}


@cache
def _read_zones() -> dict[str, str]:
    return {row[2]: row[0] for row in _read_rows("zone.tab")}


@cache
def _read_links() -> dict[str, str]:
    """Older names to the present ones: lines "L Asia/Kolkata Asia/Calcutta" of the zone rules."""
    text = (files("tzdata") / "zoneinfo" / "tzdata.zi").read_text(encoding="utf-8")
    links = (line.split() for line in text.splitlines() if line.startswith("L "))
    return {alias: target for _, target, alias in links}
