"""Guesses the place of the class from the computer's settings: a suggestion to confirm, not an answer."""

import ctypes
import os
import sys
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from fer_desktop.policy.place import place_codes, read_zone_table

_GEO_NAME_LENGTH: Final = 3
"""Length of a two-letter code as GetUserDefaultGeoName counts it: with the terminating zero."""


def guess_place(time_zone: str | None = None) -> str | None:
    """The place (ISO 3166-1 alpha-2) of a time zone such as "Europe/Berlin"; the computer's own by default.

    None where the zone belongs to no country, such as UTC.
    """
    if time_zone is None:
        if sys.platform == "win32":
            return _read_windows_region()
        time_zone = _read_local_time_zone()
    if time_zone is None:
        return None
    return places_of_zones().get(time_zone)


@cache
def places_of_zones() -> dict[str, str]:
    """The place (ISO 3166-1 alpha-2) of every time zone that belongs to one, by its names of now and of before."""
    places = {zone: place for place, _, zone, *_ in read_zone_table("zone.tab")}
    former = {name: places[current] for name, current in _current_zone_names().items() if current in places}
    return former | places


def _read_local_time_zone() -> str | None:
    """The zone's name from TZ, /etc/localtime or /etc/timezone, in this order; None where none has it."""
    from_environment = os.environ.get("TZ", "").lstrip(":")
    if from_environment:
        return from_environment
    target = str(Path("/etc/localtime").resolve())
    _, found, zone = target.rpartition("/zoneinfo/")
    if found:
        return zone
    try:
        return Path("/etc/timezone").read_text(encoding="ascii").strip() or None
    except (OSError, UnicodeDecodeError):
        return None


def _read_windows_region() -> str | None:
    """The region setting. Windows has zone names of its own, but knows the country (GetUserDefaultGeoName)."""
    buffer = ctypes.create_unicode_buffer(16)
    windll: Any = getattr(ctypes, "windll")  # noqa: B009 - only Windows has it
    length = windll.kernel32.GetUserDefaultGeoName(buffer, len(buffer))
    return buffer.value if length == _GEO_NAME_LENGTH and buffer.value in place_codes() else None


def _current_zone_names() -> dict[str, str]:
    """Current names by former ones, from lines such as "L Asia/Kolkata Asia/Calcutta" of the zone rules."""
    text = (files("tzdata") / "zoneinfo" / "tzdata.zi").read_text(encoding="utf-8")
    links = (line.split() for line in text.splitlines() if line.startswith("L "))
    return {former: current for _, current, former in links}
