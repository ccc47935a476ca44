"""`sessions`, `export` and `delete`, as they are called."""

import contextlib
import io
import json
from argparse import ArgumentParser
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pyzipper

from fer_desktop.cli.command import Command
from fer_desktop.cli.sessions import make_commands
from fer_desktop.errors import SettingsError, StorageError
from fer_desktop.messages import MessageKey
from fer_desktop.report.export import FORMATS
from fer_desktop.settings import Settings, save_settings
from fer_desktop.storage.store import Store, open_store
from tests.raising import raises_message
from tests.unit.storage.lessons import new_session, record, record_lesson, seen

BY_NAME: dict[str, Command] = {command.name: command for command in make_commands()}


def run(name: str, *arguments: str) -> int:
    parser = ArgumentParser()
    BY_NAME[name].add_arguments(parser)
    return BY_NAME[name].run(parser.parse_args(arguments))


@pytest.fixture
def session(store: Store) -> int:
    return record_lesson(store, [record(n, [seen(1), seen(2)]) for n in range(3)], new_session(course="Physics [1]"))


def test_an_encrypted_export_opens_with_the_password_from_the_file(
    url: str, session: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret, path = tmp_path / "secret.txt", tmp_path / "lesson.csv.zip"
    secret.write_text("four words and more\n")
    monkeypatch.setenv("FER_DESKTOP_NEW_PASSWORD_FILE", str(secret))
    assert run("export", str(session), "-o", str(path), "--encrypt", "--db", url) == 0
    with pyzipper.AESZipFile(path) as archive:
        archive.setpassword(b"four words and more")
        assert archive.read("lesson.csv").startswith(b"second")


@pytest.mark.parametrize("arguments", [("lesson.csv", "--encrypt"), ("lesson.csv.zip",)])
def test_only_an_encrypted_export_is_a_zip_file(
    url: str, session: int, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    name, *options = arguments
    with raises_message(SettingsError, MessageKey.ZIP_IS_ENCRYPTED, name="lesson.csv.zip"):
        run("export", str(session), "-o", str(tmp_path / name), *options, "--db", url)
    assert not (tmp_path / name).exists()


def test_sessions_as_json(url: str, session: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("sessions", "--json", "--db", url) == 0
    (listed,) = json.loads(capsys.readouterr().out)
    assert (listed["id"], listed["seconds"], listed["students"], listed["course"]) == (session, 3, 2, "Physics [1]")
    assert datetime.fromisoformat(listed["ended_at"]) - datetime.fromisoformat(listed["started_at"]) == timedelta(
        seconds=3
    )


@pytest.mark.usefixtures("session")
def test_sessions_for_people(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("sessions", "--db", url) == 0
    out = capsys.readouterr().out
    assert "Physics" in out
    assert "Bookmarks" in out, "notes are another kind"


def test_no_sessions_yet(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("sessions", "--db", url) == 0
    assert "No sessions yet" in capsys.readouterr().out
    assert run("sessions", "--json", "--db", url) == 0
    assert json.loads(capsys.readouterr().out) == []


@pytest.mark.parametrize("format", ["csv", "json"])
def test_export_writes_the_file_that_is_named(url: str, session: int, tmp_path: Path, format: str) -> None:
    path = tmp_path / "lesson.out"
    assert run("export", str(session), "--format", format, "-o", str(path), "--db", url) == 0
    assert "Student 1" in path.read_text()


def test_export_of_one_student(url: str, session: int, tmp_path: Path) -> None:
    path = tmp_path / "lesson.csv"
    run("export", str(session), "--format", "csv", "-o", str(path), "--student", "2", "--db", url)
    assert "Student 1" not in path.read_text()


def test_the_database_may_be_named_by_its_file(
    session: int, database_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("sessions", "--json", "--db", str(database_path)) == 0
    assert [each["id"] for each in json.loads(capsys.readouterr().out)] == [session]


def test_delete_says_what_it_deleted(store: Store, url: str, session: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("delete", str(session), "--yes", "--db", url) == 0
    assert f"Deleted session {session}" in capsys.readouterr().out
    assert store.list_sessions() == []


def test_delete_of_one_student_keeps_the_rest(store: Store, url: str, session: int) -> None:
    assert run("delete", str(session), "--student", "2", "--yes", "--db", url) == 0
    assert [each.student for each in store.students(session)] == [1]


@pytest.mark.parametrize("more", [(), ("--student", "2")])
def test_delete_asks_first(
    store: Store, url: str, session: int, more: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    with pytest.raises(SettingsError, match="--yes deletes without asking"):
        run("delete", str(session), *more, "--db", url)
    assert [each.student for each in store.students(session)] == [1, 2]


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("answer", "left"), [("n\n", 1), ("\n", 1), ("y\n", 0)])
def test_the_question_names_what_is_deleted(
    store: Store,
    url: str,
    session: int,
    answer: str,
    left: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("sys.stdin", _Terminal(answer))
    with contextlib.nullcontext() if left == 0 else pytest.raises(SettingsError, match="nothing was deleted"):
        run("delete", str(session), "--db", url)
    assert f"Delete session {session} of" in capsys.readouterr().out
    assert len(store.list_sessions()) == left


def test_a_missing_session_is_reported(url: str) -> None:
    with raises_message(StorageError, MessageKey.NO_SESSION, session=7):
        run("delete", "7", "--db", url)


@pytest.fixture
def two_ages() -> list[int]:
    """An old and a recent session in the user's own database, the old one first."""
    save_settings(Settings(retention_days=30))
    now = datetime.now(UTC)
    with open_store() as store:
        return [record_lesson(store, [], new_session(started_at=now - timedelta(days=days))) for days in (31, 1)]


def stored() -> list[int]:
    with open_store() as store:
        return sorted(each.id for each in store.list_sessions())


def test_a_listing_deletes_nothing(two_ages: list[int]) -> None:
    run("sessions")
    assert stored() == two_ages


def test_purge_shows_what_it_deletes_and_asks(
    two_ages: list[int], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    with pytest.raises(SettingsError, match="--yes deletes without asking"):
        run("purge")
    assert stored() == two_ages
    assert run("purge", "--yes") == 0
    assert "Deleted 1 sessions" in capsys.readouterr().out
    assert stored() == two_ages[1:]
    assert run("purge", "--yes") == 0
    assert "No session is older than 30 days" in capsys.readouterr().out


def test_a_purge_can_be_undone(two_ages: list[int], capsys: pytest.CaptureFixture[str]) -> None:
    assert run("purge", "--yes") == 0
    assert "For a week `fer-desktop purge --undo` restores them" in capsys.readouterr().out
    assert run("purge", "--undo") == 0
    assert "Restored 1 sessions" in capsys.readouterr().out
    assert stored() == two_ages


def test_purge_doubts_a_clock_that_is_far_ahead(store: Store, url: str) -> None:
    save_settings(Settings(retention_days=1))
    record_lesson(store, [], new_session(started_at=datetime.now(UTC) - timedelta(days=60)))
    with pytest.raises(StorageError, match="more than a month later"):
        run("purge", "--yes", "--db", url)
    assert run("purge", "--yes", "--clock-is-right", "--db", url) == 0
    assert store.list_sessions() == []


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        (Settings(), "no age is set"),
        (Settings(retention_days=1, unconfirmed=("place",)), "save your settings in the window"),
    ],
)
def test_purge_without_a_known_age_is_refused(settings: Settings, reason: str) -> None:
    save_settings(settings)
    with pytest.raises(SettingsError, match=reason):
        run("purge", "--yes")


def test_export_of_who_was_there(url: str, session: int, tmp_path: Path) -> None:
    path = tmp_path / "attendance.csv"
    run("export", str(session), "--format", "csv", "--part", "attendance", "-o", str(path), "--db", url)
    assert [line.split(",")[1] for line in path.read_text().splitlines()] == ["name", "Student 1", "Student 2"]


def test_the_ending_of_the_file_names_the_format(url: str, session: int, tmp_path: Path) -> None:
    path = tmp_path / "lesson.json"
    run("export", str(session), "-o", str(path), "--db", url)
    assert json.loads(path.read_text())["session"]["id"] == session
    with raises_message(SettingsError, MessageKey.EXPORT_FORMAT_UNKNOWN):
        run("export", str(session), "-o", str(tmp_path / "lesson.doc"), "--db", url)


def test_export_of_the_class_as_a_whole(url: str, session: int, tmp_path: Path) -> None:
    path = tmp_path / "lesson.csv"
    run("export", str(session), "-o", str(path), "--aggregate", "--db", url)
    assert path.read_text().splitlines()[1:] == []  # two students are no group


def test_every_format_can_be_asked_for() -> None:
    parser = ArgumentParser()
    BY_NAME["export"].add_arguments(parser)
    for format in FORMATS:
        assert parser.parse_args(["1", "-o", "lesson.out", "--format", format]).format == format
