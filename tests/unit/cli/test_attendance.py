"""`attendance`, as it is called: checked with the report of the call, in words, as JSON, or for Moodle."""

import json
from argparse import ArgumentParser
from pathlib import Path

import pytest

from fer_desktop.cli.attendance import ATTENDANCE
from fer_desktop.errors import SettingsError
from fer_desktop.storage.store import open_store
from tests.unit.report.reports import lesson
from tests.unit.roster import call_reports
from tests.unit.storage.lessons import new_session, record_lesson


@pytest.fixture
def database(tmp_path: Path) -> str:
    path = str(tmp_path / "lessons.sqlite")
    with open_store(path) as store:
        record_lesson(store, lesson(120, 3, names=[(1, "Zoë Kim")]), new_session())
    return path


@pytest.fixture
def report(tmp_path: Path) -> str:
    path = tmp_path / "report.csv"
    path.write_text(call_reports.TEAMS, encoding="utf-16")
    return str(path)


def run(*arguments: str) -> int:
    parser = ArgumentParser()
    ATTENDANCE.add_arguments(parser)
    return ATTENDANCE.run(parser.parse_args(arguments))


def test_it_says_who_was_in_the_call_and_who_was_seen(
    database: str, report: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("1", "--call-report", report, "--db", database) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Zoë Kim: in the call 40 min, seen 2 min",
        "Adil O'Neil: in the call 33 min, seen -",
        "2 students of the lesson have no name and cannot be compared",
    ]


def test_as_json_it_is_for_programs(database: str, report: str, capsys: pytest.CaptureFixture[str]) -> None:
    run("1", "--call-report", report, "--json", "--db", database)
    answer = json.loads(capsys.readouterr().out)
    assert [person["found"] for person in answer["people"]] == ["both", "call"]
    assert answer["people"][0]["call_seconds"] == 2400


def test_it_writes_a_file_for_moodle(database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    students, path = tmp_path / "students.csv", tmp_path / "moodle.csv"
    students.write_text("Full name,Email\nZoë Kim,z@s.example\nMia Berg,m@s.example\n", encoding="utf-8")
    run("1", "--moodle", str(path), "--students", str(students), "--db", database)
    assert path.read_text(encoding="utf-8").splitlines() == ["Full name,Email,status", "Zoë Kim,z@s.example,P"]
    assert capsys.readouterr().out.endswith("Not known, so not in the file: Mia Berg\n")


def test_a_target_needs_the_list_of_students(database: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="--students goes with"):
        run("1", "--canvas", str(tmp_path / "out.csv"), "--db", database)
