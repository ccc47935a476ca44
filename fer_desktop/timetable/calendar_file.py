"""Reads the lessons of a calendar file (.ics, RFC 5545), as Outlook, Google Calendar and Moodle write it.

Titles and times alone are read: attendees, places and descriptions are dropped before the file is parsed.
"""

import errno
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from fer_desktop.errors import DataError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.roster.names import tidy_name
from fer_desktop.system.files import read_small_file
from fer_desktop.timetable.timetable import MAX_COURSE_LENGTH, MAX_COURSES, MAX_LESSONS, CourseTimes, Lesson

if TYPE_CHECKING:
    from icalendar import Event

MAX_FILE_BYTES: Final = 5_000_000
_MAX_EVENTS: Final = 5_000
_BACK: Final = timedelta(days=60)
_AHEAD: Final = timedelta(days=400)
"""Of a series without an end so much is taken: a school year."""
_SHORTEST, _LONGEST = timedelta(minutes=5), timedelta(hours=12)
_KEPT: Final = re.compile(
    "(BEGIN|END|VERSION|PRODID|UID|SUMMARY|CATEGORIES|DTSTART|DTEND|DURATION|RRULE|RDATE|EXDATE|RECURRENCE-ID|SEQUENCE"
    "|STATUS|TZID|TZOFFSETFROM|TZOFFSETTO|TZNAME|X-WR-TIMEZONE)[;:]",
    re.IGNORECASE,
)
"""The properties that title and times need (RFC 5545, 3.8); X-WR-TIMEZONE is Google's zone of the whole calendar."""
_FOLD: Final = re.compile(r"\r?\n[ \t]")
_ENDLESS: Final = re.compile("RRULE.*(FREQ=(SECONDLY|MINUTELY|HOURLY)|BYSECOND|BYMINUTE|BYHOUR)", re.IGNORECASE)
"""Rules of no lesson, which would be computed for ages."""


def read_calendar(path: Path, *, now: datetime) -> tuple[CourseTimes, ...]:
    """The titles with their lessons from 60 days before `now` (aware) on, those with the most lessons first.

    Whole days, cancelled lessons and what takes longer than half a day are left out. Raises `DataError`.
    """
    text = _keep_times(_read(path))
    if "BEGIN:VCALENDAR" not in text.upper():
        raise DataError(Message(MessageKey.CALENDAR_UNKNOWN, path=str(path)))
    if text.count("BEGIN:VEVENT") > _MAX_EVENTS:
        raise DataError(Message(MessageKey.CALENDAR_TOO_LARGE, path=str(path)))
    lessons: dict[str, set[Lesson]] = defaultdict(set)
    try:
        for event, of_moodle in _list_events(text, now):
            title, lesson = _find_title(event, of_moodle=of_moodle), _find_times(event)
            if title is not None and lesson is not None:
                lessons[title[:MAX_COURSE_LENGTH]].add(lesson)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, ArithmeticError) as error:
        raise DataError(Message(MessageKey.CALENDAR_DAMAGED, path=str(path))) from error
    if not lessons:
        raise DataError(Message(MessageKey.CALENDAR_EMPTY, path=str(path)))
    ranked = sorted(lessons.items(), key=lambda item: (-len(item[1]), item[0]))
    return tuple(
        CourseTimes(course=title, lessons=tuple(sorted(times)[:MAX_LESSONS])) for title, times in ranked[:MAX_COURSES]
    )


def _read(path: Path) -> str:
    try:
        content = read_small_file(path, MAX_FILE_BYTES)
    except OSError as error:
        if error.errno == errno.EFBIG:
            raise DataError(Message(MessageKey.CALENDAR_TOO_LARGE, path=str(path))) from error
        message = Message(MessageKey.CALENDAR_UNREADABLE, path=str(path), reason=str(error.strerror))
        raise DataError(message) from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")  # as older versions of Outlook write


def _keep_times(text: str) -> str:
    """The lines of `_KEPT` properties alone, unfolded."""
    lines = _FOLD.sub("", text).replace("\r", "\n").split("\n")
    kept = [line for line in lines if _KEPT.match(line) and not _ENDLESS.match(line)]
    return "\r\n".join((*kept, ""))


def _list_events(text: str, now: datetime) -> Iterator[tuple["Event", bool]]:
    """Every occurrence in the time that counts, and whether Moodle wrote it.

    Raises what the two packages do for damaged files.
    """
    from icalendar import Calendar
    from recurring_ical_events import of

    for calendar in Calendar.from_ical(text, multiple=True):
        of_moodle = "moodle" in str(calendar.get("PRODID", "")).lower()
        for event in of(calendar, skip_bad_series=True).between(now - _BACK, now + _AHEAD):
            yield event, of_moodle


def _find_title(event: "Event", *, of_moodle: bool) -> str | None:
    """The title; of Moodle the course, which it writes as the category of its activities."""
    categories = event.categories if of_moodle else []
    return tidy_name(str(categories[0] if categories else event.get("SUMMARY", "")))


def _find_times(event: "Event") -> Lesson | None:
    """Start and end, in UTC, of an event that may be a lesson. Times without a zone are this computer's."""
    start, end = event.start, event.end
    if not (isinstance(start, datetime) and isinstance(end, datetime)):
        return None
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        return None
    if not _SHORTEST <= end - start <= _LONGEST:
        return None
    return start.astimezone(UTC), end.astimezone(UTC)
