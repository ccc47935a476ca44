"""Backups from the command line: made, listed, put back; and what a damaged database still has."""

from pathlib import Path

import pytest

from fer_desktop.cli import Command, run_commands
from fer_desktop.cli.backup import COMMANDS
from fer_desktop.storage.store import open_store
from tests.unit.storage.lessons import record, record_lesson, seen


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "lessons.sqlite"
    with open_store(str(path)) as store:
        record_lesson(store, [record(second, [seen(1)]) for second in range(3)])
    return path


def run(*arguments: object) -> int:
    idle = Command("window", "", lambda _: None, lambda _: 0)
    return run_commands(list(COMMANDS), idle, [str(argument) for argument in arguments])


def seconds_in(path: Path) -> list[int]:
    with open_store(str(path)) as store:
        return [each.seconds for each in store.list_sessions()]


def test_a_backup_is_made_listed_and_put_back(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("backup", "--db", database) == 0
    made = capsys.readouterr().out.split()[-1]
    assert run("restore", "--db", database) == 0
    assert made in capsys.readouterr().out
    with open_store(str(database)) as store:
        record_lesson(store, [record(0)])
    assert run("restore", made, "--db", database) == 0
    assert seconds_in(database) == [3]


def test_a_copy_goes_to_a_named_file(database: Path, tmp_path: Path) -> None:
    assert run("backup", tmp_path / "copy.sqlite", "--db", database) == 0
    assert seconds_in(tmp_path / "copy.sqlite") == [3]


def test_without_a_backup_the_list_says_how_to_make_one(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("restore", "--db", database) == 0
    assert "fer-desktop backup" in capsys.readouterr().out


def test_a_file_that_is_no_database_any_more_is_replaced(database: Path, tmp_path: Path) -> None:
    run("backup", tmp_path / "copy.sqlite", "--db", database)
    database.write_bytes(b"Dear diary, " * 500)
    assert run("restore", tmp_path / "copy.sqlite", "--db", database) == 0
    assert seconds_in(database) == [3]


def test_what_can_be_read_is_saved(database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("salvage", tmp_path / "saved.sqlite", "--db", database) == 0
    assert "1 sessions, 3 seconds" in capsys.readouterr().out
    assert seconds_in(tmp_path / "saved.sqlite") == [3]
    assert run("salvage", tmp_path / "saved.sqlite", "--db", database) == 2
