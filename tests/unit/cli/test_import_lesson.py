"""`fer-desktop import`, as it is called."""

import json
from argparse import ArgumentParser
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from fer_desktop.cli.import_lesson import IMPORT
from fer_desktop.errors import DataError
from fer_desktop.messages import MessageKey
from fer_desktop.report.export import export_session
from fer_desktop.storage.store import open_store
from tests.raising import raises_message
from tests.unit.storage.lessons import new_session, record, record_lesson, seen


@pytest.fixture
def database(tmp_path: Path) -> str:
    return str(tmp_path / "here.sqlite")


def make_lesson(folder: Path, name: str, *, days_ago: int) -> Path:
    """A lesson of another computer."""
    began = datetime.now(UTC) - timedelta(days=days_ago)
    with open_store(str(folder / "there.sqlite")) as store:
        number = record_lesson(store, [record(0, [seen(1)])], new_session(started_at=began, course=name))
        export_session(store, number, format="json", path=folder / f"{name}.json")
    return folder / f"{name}.json"


def run(*arguments: str | Path) -> int:
    parser = ArgumentParser()
    IMPORT.add_arguments(parser)
    return IMPORT.run(parser.parse_args([str(each) for each in arguments]))


def test_lessons_are_taken_in_once(tmp_path: Path, database: str, capsys: pytest.CaptureFixture[str]) -> None:
    art, music = (make_lesson(tmp_path, name, days_ago=days) for name, days in (("Art", 2), ("Music", 1)))
    assert run(art, music, "--db", database) == 0
    output = capsys.readouterr()
    assert output.out == f"{art} is session 1\n{music} is session 2\n"
    assert output.err.count("Expressions were left out") == 2  # nobody said where these classes are
    assert run(art, "--db", database) == 0
    assert capsys.readouterr().out == f"{art}: this lesson is already there\n"
    with open_store(database) as store:
        assert sorted(each.course for each in store.list_sessions()) == ["Art", "Music"]


def test_a_bad_file_among_others_gets_its_line_and_the_others_are_taken_in(
    tmp_path: Path, database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    art, music = (make_lesson(tmp_path, name, days_ago=days) for name, days in (("Art", 2), ("Music", 1)))
    bad = tmp_path / "bad.json"
    bad.write_text(json.dumps({"format": "fer-desktop session"}))
    assert run(art, bad, music, "--db", database) == 2
    output = capsys.readouterr()
    assert output.out == f"{art} is session 1\n{music} is session 2\n"
    assert output.err.count(str(bad)) == 1
    with open_store(database) as store:
        assert sorted(each.course for each in store.list_sessions()) == ["Art", "Music"]
        assert len(store.copies.list_backups()) == 1


def test_a_bad_file_alone_is_an_error(tmp_path: Path, database: str) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text(json.dumps({"format": "fer-desktop session"}))
    with raises_message(DataError, MessageKey.IMPORT_DAMAGED, path=str(bad)):
        run(bad, "--db", database)


def test_a_lesson_that_its_age_has_hidden_says_how_it_comes_back(
    tmp_path: Path, database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    art = make_lesson(tmp_path, "Art", days_ago=9)
    run(art, "--db", database)
    with open_store(database) as store:
        assert store.purge_expired(store.expired_sessions(7)) == 1
    capsys.readouterr()
    assert run(art, "--db", database) == 0
    assert "`fer-desktop purge --undo` restores it" in capsys.readouterr().out
