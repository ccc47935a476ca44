"""Participant reports of Zoom, Teams and Meet, in their encodings, languages and ways to write times."""

from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fer_desktop.errors import DataError
from fer_desktop.messages import MessageKey
from fer_desktop.roster.call_report import CallReport, is_call_report, read_call_report
from fer_desktop.roster.call_times import read_call_time, read_duration
from tests.raising import raises_message
from tests.unit.roster import call_reports

BEGAN = datetime(2026, 11, 3, 9, 0)


def read(folder: Path, text: str, *, encoding: str = "utf-8", near: datetime | None = BEGAN) -> CallReport:
    path = folder / "report.csv"
    path.write_bytes(text.encode(encoding))
    return read_call_report(path, near=near)


def at(hour: int, minute: int, second: int = 0) -> datetime:
    return datetime(2026, 11, 3, hour, minute, second)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (call_reports.ZOOM, "utf-8-sig"),
        (call_reports.TEAMS_ACTIONS, "utf-16"),
        (call_reports.TEAMS, "utf-16"),
        (call_reports.TEAMS_GERMAN, "utf-16"),
        (call_reports.MEET, "utf-8"),
        (call_reports.UNKNOWN_LANGUAGE, "cp1252"),
    ],
)
def test_every_program_says_who_was_there_and_when(tmp_path: Path, text: str, encoding: str) -> None:
    found = {each.name: each for each in read(tmp_path, text, encoding=encoding).participants}
    assert {"Zoë Kim", "Adil O'Neil"} <= set(found)
    joined, late = found["Zoë Kim"].joined, found["Adil O'Neil"].joined
    assert joined is not None
    assert joined.replace(second=0) == at(9, 0)
    assert late == at(9, 12)


@pytest.mark.parametrize("text", [call_reports.ZOOM, call_reports.TEAMS_ACTIONS, call_reports.TEAMS])
def test_who_joins_twice_is_one_participant_with_both_visits(tmp_path: Path, text: str) -> None:
    (zoe,) = [each for each in read(tmp_path, text).participants if each.name == "Zoë Kim"]
    assert [(visit.joined, visit.left) for visit in zoe.visits] == [
        (at(9, 0, 10), at(9, 20, 10)),
        (at(9, 25, 10), at(9, 45, 10)),
    ]
    assert zoe.seconds == 2400


def test_zoom_writes_the_accounts_name_in_brackets(tmp_path: Path) -> None:
    zoe, _, priya = read(tmp_path, call_reports.ZOOM).participants
    assert (zoe.shown, zoe.name) == ("Zoë", "Zoë Kim")
    assert priya.name == "Rao, Priya"


def test_without_times_the_duration_counts(tmp_path: Path) -> None:
    zoe, adil = read(tmp_path, call_reports.ZOOM_UNIQUE).participants
    assert (zoe.seconds, adil.seconds, zoe.joined) == (2400, 1980, None)


@pytest.mark.parametrize("text", [call_reports.TEAMS, call_reports.TEAMS_GERMAN])
def test_the_organiser_is_no_student(tmp_path: Path, text: str) -> None:
    report = read(tmp_path, text)
    assert [each.name for each in report.participants if each.host] == ["Frau Berg"]
    assert [each.name for each in report.students()] == ["Zoë Kim", "Adil O'Neil"]


@pytest.mark.parametrize("state", ["Host", "host, me", "Gastgeber", "Anfitrión, yo", "Hôte, moi"])
@pytest.mark.parametrize("title", ["Name", "Name (Original Name)"])
def test_who_is_marked_as_the_host_is_no_student(tmp_path: Path, title: str, state: str) -> None:
    lines = [f'"Frau Berg ({state})",48', '"Zoë Kim (Co-host, me)",40', '"Adil O\'Neil (Guest)",33']
    report = read(tmp_path, "\n".join([f"{title},Duration", *lines]))
    assert [each.name for each in report.participants] == ["Frau Berg", "Zoë Kim", "Adil O'Neil"]
    assert [each.name for each in report.students()] == ["Zoë Kim", "Adil O'Neil"], "a student may be co-host"


def test_a_host_is_one_in_all_lines_and_with_both_names(tmp_path: Path) -> None:
    text = "Name (Original Name),Duration\nBerg (Eva Berg) (Host),20\nBerg (Eva Berg),28\nZoë Kim,40\n"
    berg, zoe = read(tmp_path, text).participants
    assert (berg.shown, berg.name, berg.seconds, berg.host) == ("Berg", "Eva Berg", 48 * 60, True)
    assert not zoe.host


def test_columns_in_an_unknown_language_are_read_by_what_they_hold_and_it_says_so(tmp_path: Path) -> None:
    report = read(tmp_path, call_reports.UNKNOWN_LANGUAGE)
    assert [remark.key for remark in report.remarks] == [MessageKey.CALL_REPORT_GUESSED]


def test_namesakes_with_addresses_are_two(tmp_path: Path) -> None:
    text = "Name,Email,Join Time,Leave Time\nAnna,a@s.example,9:00 AM,9:10 AM\nAnna,b@s.example,9:00 AM,9:20 AM\n"
    assert [each.seconds for each in read(tmp_path, text).participants] == [600, 1200]


def test_two_devices_at_once_count_once(tmp_path: Path) -> None:
    text = "Name,Join Time,Leave Time\nAnna,9:00 AM,9:10 AM\nAnna,9:05 AM,9:20 AM\n"
    assert read(tmp_path, text).participants[0].seconds == 1200


def test_a_call_may_last_over_midnight(tmp_path: Path) -> None:
    lines = "Ada,11:50 PM,12:40 AM,50 min\nBen,12:10 AM,12:40 AM,30 min\nEva,11:40 PM,11:55 PM,15 min\n"
    text = f"Name,Time joined,Time exited,Duration\n{lines}"
    ada, ben, eva = read(tmp_path, text, near=at(23, 45)).participants
    assert [each.seconds for each in (ada, ben, eva)] == [50 * 60, 30 * 60, 15 * 60]
    assert (ada.joined, ada.left) == (at(23, 50), at(0, 40) + timedelta(days=1))
    assert ben.joined == at(0, 10) + timedelta(days=1), "late, not early"
    assert read(tmp_path, text, near=at(0, 5)).participants[0].joined == at(23, 50) - timedelta(days=1)


@pytest.mark.parametrize(("duration", "seconds"), [("45 min", 2700), ("", None)])
def test_a_visit_that_ends_before_it_begins_counts_as_the_report_says(
    tmp_path: Path, duration: str, seconds: int | None
) -> None:
    text = f"Name,Join Time,Leave Time,Duration\nAda,9:50 AM,9:05 AM,{duration}\nBen,9:00 AM,9:10 AM,10 min\n"
    assert [each.seconds for each in read(tmp_path, text).participants] == [seconds, 600]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Name,Group\nZoë Kim,A\n", MessageKey.CALL_REPORT_UNKNOWN),
        ("", MessageKey.ROSTER_EMPTY),
        ("Name,Join Time,Leave Time\n,9:00 AM,9:10 AM\n", MessageKey.CALL_REPORT_EMPTY),
        ("PK\x03\x04\x00\x00", MessageKey.ROSTER_NOT_TEXT),
    ],
)
def test_another_file_is_refused_in_a_sentence(tmp_path: Path, text: str, message: MessageKey) -> None:
    with raises_message(DataError, message):
        read(tmp_path, text)


def test_a_roster_is_no_call_report(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_text("First name,Last name,Email\nZoë,Kim,z@s.example\n", encoding="utf-8")
    assert not is_call_report(path)
    path.write_text(call_reports.TEAMS, encoding="utf-16")
    assert is_call_report(path)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("11/03/2026 09:00:10 AM", at(9, 0, 10)),
        ("03/11/2026 09:00:10", at(9, 0, 10)),
        ("2026-11-03T09:00:10", at(9, 0, 10)),
        ("2026-11-03 09:00:10", at(9, 0, 10)),
        ("03.11.26, 09:00:10", at(9, 0, 10)),
        ("11/3/26, 9:00:10\u202fPM", at(21, 0, 10)),
        ("3/11/2026, 9:00:10 a. m.", at(9, 0, 10)),
        ("12:05 AM", at(0, 5)),
        ("9:00", at(9, 0)),
        ("soon", None),
        ("25:00", None),
        ("9:75", None),
    ],
)
def test_times_are_read_as_countries_write_them(text: str, expected: datetime | None) -> None:
    assert read_call_time(text, BEGAN) == expected


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("48", 2880),
        ("54 min", 3240),
        ("1h 2m 10s", 3730),
        ("1 hr 2 min", 3720),
        ("1 Std. 3 Min. 5 Sek.", 3785),
        ("1:02:10", 3730),
        ("2:10", 130),
        ("", None),
        ("soon", None),
        ("3 cats", None),
    ],
)
def test_durations_are_read_in_their_units(text: str, seconds: int | None) -> None:
    assert read_duration(text) == seconds


def test_utc_becomes_this_computers_time() -> None:
    moment = datetime(2026, 11, 3, 9, 0, 10, tzinfo=UTC)
    assert read_call_time("2026-11-03T09:00:10Z", None) == moment.astimezone().replace(tzinfo=None)


@pytest.mark.parametrize("near", [datetime.min, datetime.max])
def test_the_calendar_has_an_end(near: datetime) -> None:
    assert read_call_time("9:00", near) == datetime.combine(near, time(9))


@given(st.text(max_size=200))
def test_no_text_breaks_the_reading_of_a_time_or_a_duration(text: str) -> None:
    read_call_time(text, BEGAN)
    read_call_time(text, None)
    read_duration(text)
