"""The lessons of a calendar, as Outlook, Google Calendar and Moodle write it: titles and times, nothing else."""

import random
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

import pytest

from fer_desktop.errors import DataError
from fer_desktop.messages import MessageKey
from fer_desktop.timetable import CourseTimes
from fer_desktop.timetable.calendar_file import MAX_FILE_BYTES, read_calendar
from tests.raising import raises_message

CALENDARS = Path(__file__).with_name("calendars")
NOW = datetime(2026, 11, 30, tzinfo=UTC)
BERLIN, KOLKATA = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Kolkata")


def read(name: str) -> dict[str, CourseTimes]:
    return {each.course: each for each in read_calendar(CALENDARS / name, now=NOW)}


def write(folder: Path, *lines: str) -> Path:
    path = folder / "calendar.ics"
    content = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//a school//EN", *lines, "END:VCALENDAR", "")
    path.write_text("\r\n".join(content), encoding="utf-8")
    return path


def event(*lines: str) -> tuple[str, ...]:
    return ("BEGIN:VEVENT", "UID:1", "SUMMARY:Maths", *lines, "END:VEVENT")


@pytest.fixture
def _in_berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def test_outlooks_series_has_its_exceptions_and_its_summer_time() -> None:
    lessons = read("outlook.ics")["Mathe 7b"].lessons
    starts = [start.astimezone(BERLIN) for start, _ in lessons]
    assert {end - start for start, end in lessons} == {timedelta(minutes=45)}
    assert [f"{start:%d.%m. %H:%M}" for start in starts[:5]] == [
        "05.10. 08:00",  # summer time, as 60 days back count
        "12.10. 08:00",
        "19.10. 08:00",
        "09.11. 08:00",  # two are left out in the holidays
        "16.11. 08:00",
    ]
    moved = [start for start in starts if f"{start:%m-%d}" in ("11-30", "12-01")]
    assert moved == [datetime(2026, 12, 1, 11, 15, tzinfo=BERLIN)]
    assert starts[-1] == datetime(2027, 7, 12, 8, tzinfo=BERLIN)


def test_whole_days_and_cancelled_lessons_are_no_lessons() -> None:
    assert list(read("outlook.ics")) == ["Mathe 7b", "Zahnärztin"]


def test_googles_times_are_right_in_its_zone() -> None:
    courses = read("google.ics")
    assert list(courses) == ["भौतिकी 9A", "Chemistry 10B, practical"]
    week = [start.astimezone(KOLKATA) for start, _ in courses["भौतिकी 9A"].lessons if start >= NOW]
    assert [f"{start:%a %H:%M}" for start in week[:3]] == ["Mon 09:30", "Wed 09:30", "Mon 09:30"]
    (practical,) = courses["Chemistry 10B, practical"].lessons
    assert practical[0].astimezone(KOLKATA) == datetime(2026, 12, 3, 10, tzinfo=KOLKATA)


def test_moodles_activities_belong_to_their_course_and_deadlines_are_no_lessons() -> None:
    courses = read("moodle.ics")
    assert [(name, len(each.lessons)) for name, each in courses.items()] == [("BIO-8C", 2)]


@pytest.mark.parametrize("name", ["outlook.ics", "google.ics", "moodle.ics"])
def test_nothing_but_titles_and_times_reaches_the_parser(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import icalendar

    seen: list[str] = []
    parse = icalendar.Calendar.from_ical

    def spy(text: str, *, multiple: Literal[True]) -> object:
        seen.append(text)
        return parse(text, multiple=multiple)

    monkeypatch.setattr(icalendar.Calendar, "from_ical", spy)
    kept = " ".join(each.model_dump_json() for each in read(name).values())
    whole = (CALENDARS / name).read_text(encoding="utf-8")
    assert "Mia" in whole or "Aarav" in whole
    assert seen
    for text in (*seen, kept):
        assert not [word for word in ("Mia", "Aarav", "Krüger", "@school", "mailto", "Teams", "meet") if word in text]


@pytest.mark.usefixtures("_in_berlin")
def test_times_without_a_zone_are_this_computers(tmp_path: Path) -> None:
    lines = ("DTSTART:20270326T090000", "DTEND:20270326T094500", "RRULE:FREQ=WEEKLY;COUNT=2")
    (maths,) = read_calendar(write(tmp_path, *event(*lines)), now=NOW)
    assert [start for start, _ in maths.lessons] == [
        datetime(2027, 3, 26, 8, tzinfo=UTC),
        datetime(2027, 4, 2, 7, tzinfo=UTC),  # summer time has begun
    ]


def test_a_calendar_of_a_whole_school_and_a_series_without_an_end_are_quick(tmp_path: Path) -> None:
    rules = ("FREQ=SECONDLY", "FREQ=DAILY;BYHOUR=1,2;BYMINUTE=0,1;BYSECOND=0,1", "FREQ=DAILY")
    lines = [
        line
        for number, rule in enumerate(rules)
        for line in ("BEGIN:VEVENT", f"UID:{number}", "SUMMARY:Maths", "DTSTART:20261201T090000Z",
                     "DTEND:20261201T094500Z", f"RRULE:{rule}", "END:VEVENT")
    ]  # fmt: skip
    (maths,) = read_calendar(write(tmp_path, *lines), now=NOW)
    assert len(maths.lessons) == 399


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", MessageKey.CALENDAR_UNKNOWN),
        (b"Course,Time\nMaths,8:00\n", MessageKey.CALENDAR_UNKNOWN),
        (bytes(range(256)) * 4, MessageKey.CALENDAR_UNKNOWN),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Maths\r\n", MessageKey.CALENDAR_EMPTY),
        (b"BEGIN:VCALENDAR\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n", MessageKey.CALENDAR_DAMAGED),
        (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", MessageKey.CALENDAR_EMPTY),
        (b"x" * (MAX_FILE_BYTES + 1), MessageKey.CALENDAR_TOO_LARGE),
        (b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\nEND:VEVENT\r\n" * 6_000, MessageKey.CALENDAR_TOO_LARGE),
    ],
    ids=["empty", "table", "binary", "cut off", "unbalanced", "no event", "too large", "too many"],
)
def test_a_file_that_is_no_calendar_says_so_in_one_sentence(
    tmp_path: Path, content: bytes, expected: MessageKey
) -> None:
    path = tmp_path / "calendar.ics"
    path.write_bytes(content)
    with raises_message(DataError, expected):
        read_calendar(path, now=NOW)


def test_a_folder_and_a_missing_file_cannot_be_read(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nothing.ics"):
        with raises_message(DataError, MessageKey.CALENDAR_UNREADABLE):
            read_calendar(path, now=NOW)


@pytest.mark.parametrize("name", ["outlook.ics", "google.ics"])
def test_damaged_bytes_are_never_a_crash(tmp_path: Path, name: str) -> None:
    content, chance = (CALENDARS / name).read_bytes(), random.Random(7)
    path = tmp_path / "calendar.ics"
    for _ in range(60):
        damaged = bytearray(content)
        for _ in range(chance.randrange(1, 12)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        path.write_bytes(damaged[: chance.randrange(len(damaged) // 2, len(damaged) + 1)])
        with suppress(DataError):
            read_calendar(path, now=NOW)
