"""The command line speaks the language of the settings or of the system; data stays English."""

import json
from argparse import Namespace
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from fer_desktop.cli.command import Command
from fer_desktop.cli.language import user_language
from fer_desktop.cli.roster import ROSTER
from fer_desktop.cli.run import run_commands
from fer_desktop.cli.sessions import make_commands
from fer_desktop.errors import SourceError
from fer_desktop.messages import ENGLISH, Message, MessageKey, load_language
from fer_desktop.settings import Settings, save_settings, settings_path
from fer_desktop.storage.store import Store
from tests.unit.storage.lessons import new_session, record, record_lesson, seen

HINDI = load_language("hi")
NO_FILE = Message(MessageKey.NO_FILE, path="lesson.mp4")


def fail(_: Namespace) -> int:
    raise SourceError(NO_FILE)


COMMANDS = [Command("fail", "fails", lambda _: None, fail), ROSTER, *make_commands()]


def run(*arguments: str | int | Path) -> int:
    return run_commands(COMMANDS, COMMANDS[0], [str(argument) for argument in arguments])


@pytest.fixture
def in_hindi(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "hi_IN.UTF-8")


@pytest.mark.parametrize(
    ("environment", "code"),
    [
        ({}, "en"),
        ({"LANG": "C"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "POSIX"}, "en"),
        ({"LANG": "en_IN"}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "de_AT@euro"}, "de"),
        ({"LANG": "es_MX"}, "es"),
        ({"LANG": "nl_NL.UTF-8"}, "en"),
        ({"LANG": "hi_IN"}, "hi"),
        ({"LANG": "hi_IN.UTF-8"}, "hi"),
        ({"LANG": "hi.UTF-8"}, "hi"),
        ({"LANG": "hi@devanagari"}, "hi"),
        ({"LANG": "hi_IN", "LC_MESSAGES": "en_GB"}, "en"),
        ({"LANG": "en_GB", "LC_MESSAGES": "hi_IN"}, "hi"),
        ({"LC_MESSAGES": "hi_IN", "LC_ALL": "C"}, "en"),
        ({"LANG": "hi_IN", "LC_ALL": ""}, "hi"),
    ],
)
def test_without_a_setting_the_locale_counts(environment: Mapping[str, str], code: str) -> None:
    assert user_language(environment).code == code


def test_the_setting_has_precedence_over_the_locale() -> None:
    save_settings(Settings(language="hi"))
    assert user_language({"LANG": "C"}).code == "hi"
    save_settings(Settings(language="en"))
    assert user_language({"LANG": "hi_IN"}).code == "en"


@pytest.mark.parametrize(("code", "day"), [("de", ". November "), ("es", " de noviembre de "), ("fr", " novembre ")])
def test_a_report_and_its_days_are_in_each_language(
    url: str, session: int, tmp_path: Path, code: str, day: str
) -> None:
    save_settings(Settings.model_validate({"language": code}))
    assert run("export", session, "-o", tmp_path / "lesson.html", "--db", url) == 0
    page = (tmp_path / "lesson.html").read_text(encoding="utf-8")
    assert f'<html lang="{code}"' in page
    assert day in page


def test_damaged_settings_are_no_obstacle_and_stay_where_they_are() -> None:
    settings_path().parent.mkdir(parents=True, exist_ok=True)
    settings_path().write_text("{")
    assert user_language({"LANG": "hi_IN"}).code == "hi"
    assert settings_path().read_text() == "{"


@pytest.mark.usefixtures("in_hindi")
def test_an_error_is_printed_in_the_users_language(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("fail") == 2
    assert capsys.readouterr().err == f"fer-desktop: {HINDI.render(NO_FILE)}\n"
    assert HINDI.render(NO_FILE) != ENGLISH.render(NO_FILE)


@pytest.mark.usefixtures("in_hindi")
def test_remarks_on_a_roster_are_in_the_users_language(
    tmp_path: Path, url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "class.csv"
    path.write_text("id,name\n1,Ann\n2,\n")
    assert run("roster", "import", path, "--course", "Art", "--db", url) == 0
    assert capsys.readouterr().err == f"{HINDI.render(Message(MessageKey.ROSTER_LINE_WITHOUT_NAME, line=3))}\n"


@pytest.fixture
def session(store: Store) -> int:
    """Of a camera, whose name is a message."""
    source = Message(MessageKey.SOURCE_CAMERA, number=1)
    return record_lesson(store, [record(n, [seen(1)]) for n in range(3)], replace(new_session(), source=source))


@pytest.mark.usefixtures("in_hindi", "session")
def test_sources_are_listed_in_the_users_language_and_as_json_in_english(
    url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("sessions", "--db", url) == 0
    assert HINDI.render(Message(MessageKey.SOURCE_CAMERA, number=1)) in capsys.readouterr().out
    assert run("sessions", "--json", "--db", url) == 0
    assert json.loads(capsys.readouterr().out)[0]["source"] == "Camera 1"


@pytest.mark.usefixtures("in_hindi")
def test_reports_are_in_the_users_language_and_data_is_in_english(url: str, session: int, tmp_path: Path) -> None:
    report, data = tmp_path / "lesson.html", tmp_path / "lesson.json"
    for path in (report, data):
        assert run("export", session, "-o", path, "--db", url) == 0
    assert '<html lang="hi"' in report.read_text(encoding="utf-8")
    assert json.loads(data.read_text(encoding="utf-8"))["session"]["source"] == "Camera 1"
