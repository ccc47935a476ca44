"""Reads the times and durations of call reports, which every country writes in another way."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Final

_DATE: Final = re.compile(r"\b(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})(?!\d)")
_TIME: Final = re.compile(r"\b(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:\.\d+)?(?:\s*([ap])\.?\s?m\b\.?)?", re.IGNORECASE)
_CLOCK_DURATION: Final = re.compile(r"(?:(\d+):)?(\d{1,2}):(\d{2})")
_UNITS: Final = re.compile(r"(\d+)\s*([^\W\d_]+)?")
_LAST_DAY: Final = datetime.max.toordinal()
_SECONDS_OF: Final = (("min", 60), ("मि", 60), ("m", 60), ("h", 3600), ("st", 3600), ("u", 3600), ("घं", 3600), ("s", 1))
"""By the beginning of a unit: hours, hr, h, Std., uur; min, m; sec, Sek., s."""


def looks_like_a_time(text: str) -> bool:
    """Whether it is a date with a time of day, or a time with am or pm."""
    found = _TIME.search(_DATE.sub(" ", text, count=1))
    return found is not None and bool(_DATE.search(text) or found[4])


def read_call_time(text: str, near: datetime | None) -> datetime | None:
    """A time of the report's own clock, without a time zone; None if it is none.

    Of 3/4/2026 the day is nearest to `near` that fits, the beginning of the lesson; without it the month comes first,
    if it can. A time without a date is the one nearest to `near`: a call may last over midnight. UTC ("Z") becomes this
    computer's time.
    """
    date = _DATE.search(text)
    clock = _read_clock(text if date is None else text[: date.start()] + " " + text[date.end() :].removeprefix("T"))
    if clock is None:
        return None
    days = list(_list_days(date)) if date is not None else _list_days_around(near)
    moments = [datetime.combine(day, clock) for day in days]
    if text.endswith("Z"):
        moments = [moment.replace(tzinfo=UTC).astimezone().replace(tzinfo=None) for moment in moments]
    if near is None:
        return next(iter(moments), None)
    return min(moments, key=lambda moment: abs(moment - near), default=None)


def _read_clock(text: str) -> time | None:
    found = _TIME.search(text)
    if found is None:
        return None
    hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
    if found[4]:
        hour = hour % 12 + (12 if found[4].lower() == "p" else 0)
    return time(hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None


def _list_days(date: re.Match[str]) -> Iterator[datetime]:
    one, two, three = (int(part) for part in date.groups())
    if one > 31:
        orders = [(one, two, three)]
    elif "." in date[0]:
        orders = [(three, two, one)]
    else:
        orders = [(three, one, two), (three, two, one)]
    for year, month, day in orders:
        try:
            yield datetime(year + 2000 if year < 100 else year, month, day)
        except ValueError:
            continue


def _list_days_around(near: datetime | None) -> list[datetime]:
    """The day of `near`, the next and the one before, as far as the calendar reaches."""
    if near is None:
        return []
    ordinal = near.toordinal()
    return [datetime.fromordinal(day) for day in (ordinal, ordinal + 1, ordinal - 1) if 1 <= day <= _LAST_DAY]


def read_duration(text: str) -> int | None:
    """Seconds of "1h 2m 10s", "54 min", "1 Std. 3 Min.", "1:02:10", "54" (minutes); None if it is no duration."""
    clock = _CLOCK_DURATION.fullmatch(text)
    if clock is not None:
        return int(timedelta(hours=int(clock[1] or 0), minutes=int(clock[2]), seconds=int(clock[3])).total_seconds())
    parts = [(int(number), unit.casefold()) for number, unit in _UNITS.findall(text)]
    seconds = [number * factor for number, unit in parts if (factor := _factor(unit)) is not None]
    return sum(seconds) if parts and len(seconds) == len(parts) else None


def _factor(unit: str) -> int | None:
    return 60 if not unit else next((factor for start, factor in _SECONDS_OF if unit.startswith(start)), None)
