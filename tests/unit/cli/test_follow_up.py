"""`follow-up`, as it is called: in words, or as JSON; of the newest lesson unless another is named."""

import json
from argparse import ArgumentParser
from datetime import timedelta
from pathlib import Path

import pytest

from fer_desktop.cli.follow_up import FOLLOW_UP
from fer_desktop.errors import SettingsError, StorageError
from fer_desktop.storage.store import open_store
from fer_desktop.types import Event, EventKind
from tests.unit.report.reports import lesson
from tests.unit.storage.lessons import BEGAN, new_session, record_lesson


@pytest.fixture
def database(tmp_path: Path) -> str:
    """Two lessons; in the second one the teacher wrote a note on a student."""
    path = str(tmp_path / "lessons.sqlite")
    noted = lesson(20, 6, [Event(EventKind.NOTE, 3, "sleepy", 2)])
    with open_store(path) as store:
        record_lesson(store, lesson(5, 6), new_session())
        record_lesson(store, noted, new_session(started_at=BEGAN + timedelta(days=1)))
    return path


def run(*arguments: str) -> int:
    parser = ArgumentParser()
    FOLLOW_UP.add_arguments(parser)
    return FOLLOW_UP.run(parser.parse_args(arguments))


def test_the_newest_lesson_answers_in_words(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--db", database) == 0
    lines = capsys.readouterr().out.splitlines()
    titles = [line for line in lines if line and not line.startswith(" ")]
    assert titles == ["Where the class was lost", "Who to talk to", "Better than last time"]
    assert '  Student 2 You noted at 0:03: "sleepy"' in lines


def test_as_json_it_is_for_programs(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    run("2", "--json", "--db", database)
    answer = json.loads(capsys.readouterr().out)
    assert answer["session"] == 2
    assert [item["student"] for item in answer["talk"]["items"]] == [2]
    run("1", "--json", "--db", database)
    assert json.loads(capsys.readouterr().out)["talk"]["items"] == []


def test_of_the_class_as_a_whole_nobody_is_named(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    run("2", "--aggregate", "--json", "--db", database)
    assert "sleepy" not in capsys.readouterr().out


def test_without_a_finished_lesson_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no finished session"):
        run("--db", str(tmp_path / "empty.sqlite"))


def test_a_lesson_that_does_not_exist_is_an_error(database: str) -> None:
    with pytest.raises(StorageError):
        run("99", "--db", database)
