"""Attendance for Moodle and Canvas: in their formats, late and absent only by the report of the call."""

import csv
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from fer_desktop.errors import DataError, StorageError
from fer_desktop.messages import MessageKey
from fer_desktop.report.attendance_check import Written, check_lesson, write_gradebook
from fer_desktop.report.gradebook import Service, Status
from fer_desktop.storage.store import Store
from fer_desktop.types import Event, EventKind
from tests.raising import raises_message
from tests.unit.report.reports import lesson
from tests.unit.storage.lessons import new_session, record_lesson

MOODLE = (
    "First name,Last name,Email address\nZoë,Kim,zoe@s.example\nAdil,O'Neil,adil@s.example\nMia,Berg,mia@s.example\n"
)
CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,Quiz (12)\n    Points Possible,,,,,10\n"
    '"Kim, Zoë",101,s1,zoe,8b,7\n"O\'Neil, Adil",102,s2,adil,8b,\n"Berg, Mia",103,s3,mia,8b,9\n'
)
NAMED = [(1, "Zoë Kim"), (2, "Adil O'Neil")]


@pytest.fixture
def session(store: Store) -> int:
    return record_lesson(store, lesson(60, 3, names=NAMED), new_session(course="Biology", source="Zoom Meeting"))


def began(store: Store, session: int) -> datetime:
    return store.session(session).local_time().replace(tzinfo=None)


def report_of(folder: Path, moments: dict[str, datetime]) -> Path:
    path = folder / "call.csv"
    rows = [f"{name},{at},{at + timedelta(minutes=20)}" for name, at in moments.items()]
    path.write_text("Name,Join time,Leave time\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def write(
    store: Store, session: int, folder: Path, students: str, service: Service, report: Path | None = None
) -> tuple[list[list[str]], Written]:
    given, path = folder / "students.csv", folder / "out.csv"
    given.write_text(students, encoding="utf-8")
    written = write_gradebook(check_lesson(store, session, report), service, given, path)
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file)), written


def test_moodle_gets_its_own_columns_and_a_status_of_those_who_were_seen(
    store: Store, session: int, tmp_path: Path
) -> None:
    rows, written = write(store, session, tmp_path, MOODLE, Service.MOODLE)
    assert rows == [
        ["First name", "Last name", "Email address", "status"],
        ["Zoë", "Kim", "zoe@s.example", "P"],
        ["Adil", "O'Neil", "adil@s.example", "P"],
    ]
    assert written.unknown == ("Mia Berg",), "who was not seen is not absent"


def test_with_the_report_of_the_call_there_are_late_and_absent(store: Store, session: int, tmp_path: Path) -> None:
    start = began(store, session)
    report = report_of(tmp_path, {"Zoë Kim": start, "Adil O'Neil": start + timedelta(minutes=15)})
    rows, written = write(store, session, tmp_path, MOODLE, Service.MOODLE, report)
    assert [row[-1] for row in rows[1:]] == ["P", "L", "A"]
    assert written.counts == {Status.PRESENT: 1, Status.LATE: 1, Status.ABSENT: 1}


@pytest.mark.parametrize("source", ["lecture.MP4", "A recording"])
def test_nobody_is_late_by_the_guessed_date_of_a_recording(store: Store, tmp_path: Path, source: str) -> None:
    session = record_lesson(store, lesson(60, 3, names=NAMED), new_session(course="Biology", source=source))
    start = began(store, session)
    report = report_of(tmp_path, {"Zoë Kim": start, "Adil O'Neil": start + timedelta(minutes=15)})
    rows, _ = write(store, session, tmp_path, MOODLE, Service.MOODLE, report)
    assert [row[-1] for row in rows[1:]] == ["P", "P", "A"]


def test_nobody_is_absent_while_somebody_in_the_call_is_not_on_the_list(
    store: Store, session: int, tmp_path: Path
) -> None:
    start = began(store, session)
    report = report_of(tmp_path, {"Zoë Kim": start, "unicorn": start})
    _, written = write(store, session, tmp_path, MOODLE, Service.MOODLE, report)
    assert written.unknown == ("Mia Berg",)
    assert written.unlisted == ("unicorn",), "the teacher learns why"


def test_the_host_hinders_nobody_from_being_absent(store: Store, session: int, tmp_path: Path) -> None:
    report = report_of(tmp_path, {"Frau Berger (Host)": began(store, session), "Zoë Kim": began(store, session)})
    _, written = write(store, session, tmp_path, MOODLE, Service.MOODLE, report)
    assert written.counts[Status.ABSENT] == 1
    assert written.unlisted == written.unknown == ()


def test_who_is_on_no_list_is_not_named_where_everybody_has_a_status(
    store: Store, session: int, tmp_path: Path
) -> None:
    report = report_of(tmp_path, {"Zoë Kim": began(store, session), "unicorn": began(store, session)})
    _, written = write(store, session, tmp_path, MOODLE.replace("Mia,Berg,mia@s.example\n", ""), Service.MOODLE, report)
    assert written.unlisted == ()


def test_canvas_gets_a_new_column_with_its_points(store: Store, session: int, tmp_path: Path) -> None:
    start = began(store, session)
    report = report_of(tmp_path, {"Zoë Kim": start, "Adil O'Neil": start + timedelta(minutes=15)})
    rows, _ = write(store, session, tmp_path, CANVAS, Service.CANVAS, report)
    assert rows == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", f"Attendance {start:%Y-%m-%d %H:%M}"],
        ["Points Possible", "", "", "", "", "1"],
        ["Kim, Zoë", "101", "s1", "zoe", "8b", "1"],
        ["O'Neil, Adil", "102", "s2", "adil", "8b", "1"],
        ["Berg, Mia", "103", "s3", "mia", "8b", "0"],
    ]


def test_an_excluded_student_has_no_status(store: Store, tmp_path: Path) -> None:
    events = [Event(EventKind.STUDENT_EXCLUDED, 30, student=2)]
    session = record_lesson(store, lesson(60, 3, events, NAMED), new_session(course="Biology"))
    rows, _ = write(store, session, tmp_path, MOODLE, Service.MOODLE)
    assert [row[0] for row in rows[1:]] == ["Zoë"]


def test_a_cell_that_a_spreadsheet_would_run_is_guarded(store: Store, session: int, tmp_path: Path) -> None:
    rows, _ = write(store, session, tmp_path, MOODLE.replace("zoe@s.example", "=1+1"), Service.MOODLE)
    assert rows[1][2] == "'=1+1"


@pytest.mark.parametrize(("students", "service"), [("a,b\n1,2\n", Service.MOODLE), (MOODLE, Service.CANVAS)])
def test_another_list_is_refused_in_a_sentence(
    store: Store, session: int, tmp_path: Path, students: str, service: Service
) -> None:
    with raises_message(DataError, MessageKey.LIST_WITHOUT_KEY):
        write(store, session, tmp_path, students, service)


def test_class_totals_have_no_attendance(store: Store) -> None:
    session = record_lesson(store, lesson(10, 6), new_session(aggregate_only=True))
    with raises_message(StorageError, MessageKey.NO_ATTENDANCE):
        check_lesson(store, session, None)
