"""`roster import`, `show` and `delete`, as they are called."""

import json
from argparse import ArgumentParser
from pathlib import Path

import pytest

from fer_desktop.cli.command import Command
from fer_desktop.cli.roster import ROSTER
from fer_desktop.cli.run import build_parser
from fer_desktop.errors import DataError, SettingsError
from fer_desktop.messages import MessageKey
from tests.raising import raises_message


@pytest.fixture
def database(tmp_path: Path) -> str:
    return str(tmp_path / "lessons.sqlite")


def run(*arguments: str) -> int:
    parser = ArgumentParser()
    ROSTER.add_arguments(parser)
    return ROSTER.run(parser.parse_args(arguments))


def test_a_roster_is_imported_shown_and_deleted(
    tmp_path: Path, database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "class.csv"
    path.write_text("Name;Group\nZoë Kim;A\nAdil;B\nAdil;B\n", encoding="utf-8")
    assert run("import", str(path), "--course", "Physics", "--db", database) == 0
    output = capsys.readouterr()
    assert output.out == "Physics: 2 names\n"
    assert output.err == "line 4 is skipped: Adil is already in line 3\n"

    run("show", "--course", "Physics", "--db", database)
    assert capsys.readouterr().out == "Zoë Kim\nAdil\n"
    run("show", "--json", "--db", database)
    assert json.loads(capsys.readouterr().out) == ["Physics"]

    run("delete", "--course", "Physics", "--db", database)
    assert capsys.readouterr().out == "Deleted the roster of Physics: 2 names\n"
    run("show", "--db", database)
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("action", ["show", "delete"])
def test_a_missing_roster_is_reported(database: str, action: str) -> None:
    with pytest.raises(SettingsError, match='no roster of "Art"'):
        run(action, "--course", "Art", "--db", database)


def test_a_bad_file_leaves_the_old_roster(tmp_path: Path, database: str, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "class.csv"
    path.write_text("Ann\n")
    run("import", str(path), "--course", "Art", "--db", database)
    path.write_text("")
    with raises_message(DataError, MessageKey.ROSTER_EMPTY):
        run("import", str(path), "--course", "Art", "--db", database)
    capsys.readouterr()
    run("show", "--course", "Art", "--db", database)
    assert capsys.readouterr().out == "Ann\n"


def test_a_course_must_have_a_name(database: str) -> None:
    with pytest.raises(SettingsError, match="give its name with --course"):
        run("delete", "--course", " ", "--db", database)


def test_debug_may_stand_after_the_action_as_elsewhere() -> None:
    for words in (["--debug", "roster", "show"], ["roster", "--debug", "show"], ["roster", "show", "--debug"]):
        assert build_parser([ROSTER], Command("x", "", lambda _: None, lambda _: 0)).parse_args(words).debug
