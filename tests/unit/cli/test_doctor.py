"""The doctor reports what is there and what is wrong, and does not fail on it."""

import re
import shutil
import tomllib
from pathlib import Path
from typing import Literal

import pytest

from fer_desktop.cli import doctor
from fer_desktop.settings import Settings, save_settings, settings_path
from fer_desktop.storage.migrate import REVISIONS
from fer_desktop.storage.store import open_store
from fer_desktop.system.model_files import MODEL_FILES, check_model_file
from tests.damage import flip_bit
from tests.needs import PIPEWIRE
from tests.portal.fake_portal import FakePortal
from tests.portal.service import DBUS, session_bus

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize(
    ("environment", "system", "ok", "kind"),
    [
        ({"DISPLAY": ":0"}, "linux", True, "x11"),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, "linux", True, "wayland"),
        ({}, "linux", False, "none"),
        ({}, "darwin", True, "desktop"),
        ({}, "win32", True, "desktop"),
    ],
)
def test_the_display_is_reported(environment: dict[str, str], system: str, ok: bool, kind: str) -> None:
    finding = doctor.examine_display(environment, system)
    assert (finding.ok, finding.details["kind"]) == (ok, kind)


@DBUS
@PIPEWIRE
def test_on_wayland_it_is_said_what_the_desktop_shares(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_SESSION_TYPE", "wayland")
    with session_bus(tmp_path, {}, services=False) as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        without = doctor.examine_screen_capture("linux")
        assert (without.ok, "xdg-desktop-portal-gnome" in without.words) == (False, True)
        portal = FakePortal(types=1, version=3)
        portal.start()
        found = doctor.examine_screen_capture("linux")
        portal.close()
    assert found.ok
    assert found.words.startswith("a monitor, by the desktop portal (version 3) and PipeWire ")
    assert (found.details["kinds"], found.details["portal"]) == (("monitor",), 3)
    assert portal.asked == [], "nobody is asked yet"


def test_the_packages_are_those_that_the_program_depends_on() -> None:
    dependencies = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    names = [re.match(r"[\w-]+", each).group() for each in dependencies]  # type: ignore[union-attr]
    assert list(doctor.PACKAGES) == list(dict.fromkeys(names)), "one that differs by system is named twice"


def test_the_packages_are_those_that_are_installed() -> None:
    finding = doctor.examine_packages()
    assert finding.ok
    assert finding.details["opencv-python-headless"] == "4.11.0.86"


def test_all_model_files_are_examined() -> None:
    finding = doctor.examine_model_files()
    assert (finding.ok, finding.details["damaged"]) == (True, [])
    assert len(finding.details["files"]) == len(MODEL_FILES)  # type: ignore[arg-type]


def test_missing_and_damaged_model_files_are_all_named(tmp_path: Path) -> None:
    for file in MODEL_FILES[1:]:
        shutil.copy(check_model_file(file), tmp_path)
    flip_bit(tmp_path / "text_finder.tflite")
    finding = doctor.examine_model_files(tmp_path)
    assert not finding.ok
    assert finding.details["damaged"] == ["face_detection_short_range.tflite", "text_finder.tflite"]
    assert "text_finder.tflite is damaged. Install FER Desktop again" in finding.words


def test_a_database_that_does_not_exist_yet_is_fine_and_is_not_created(own_home: Path) -> None:
    finding = doctor.examine_database(None)
    assert finding.ok
    assert finding.details["exists"] is False
    assert list(own_home.iterdir()) == []


def test_a_database_is_reported_with_its_schema_and_size() -> None:
    open_store().close()
    finding = doctor.examine_database(None)
    assert finding.ok
    assert (finding.details["schema"], finding.details["sessions"], finding.details["writable"]) == (
        REVISIONS[-1],
        0,
        True,
    )


def test_a_bad_database_is_a_finding(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("not a database, but long enough to look like one, which takes a hundred bytes or so" * 3)
    finding = doctor.examine_database(f"sqlite:///{path}")
    assert not finding.ok
    assert "is not a database" in finding.words


@pytest.mark.parametrize(
    ("place", "zone", "words", "allowed"),
    [
        ("US", "Europe/Paris", "US; expressions on", True),
        ("FR", "Asia/Kolkata", "FR; expressions off", False),
        (None, "Asia/Kolkata", "not set, IN by the time zone; expressions off until", False),
        (None, "Europe/Paris", "not set, FR by the time zone; expressions off (EU AI Act", False),
        (None, "Etc/UTC", "unknown; expressions off until", False),
    ],
)
def test_the_place_is_reported(
    monkeypatch: pytest.MonkeyPatch, place: str | None, zone: str, words: str, allowed: bool
) -> None:
    monkeypatch.setenv("TZ", zone)
    save_settings(Settings(place=place))
    finding = doctor.examine_place()
    assert finding.words.startswith(words)
    assert finding.details["expressions_allowed"] is allowed


@pytest.mark.parametrize(
    ("language", "fonts", "ok", "words"),
    [
        ("hi", ["Lohit Devanagari"], True, "for Hindi: Lohit Devanagari"),
        ("hi", [], False, "none for Hindi"),
        ("en", [], True, "none for Hindi"),
    ],
)
def test_a_missing_font_for_hindi_is_a_finding(
    language: Literal["hi", "en"], fonts: list[str], ok: bool, words: str
) -> None:
    save_settings(Settings(language=language))
    finding = doctor.examine_fonts(lambda: fonts)
    assert finding.ok is ok
    assert finding.words.startswith(words)


def test_settings_are_reported_where_there_are_any() -> None:
    assert doctor.examine_settings().details["exists"] is False
    save_settings(Settings(place="IN"))
    finding = doctor.examine_settings()
    assert (finding.ok, finding.words) == (True, str(settings_path()))


def test_a_damaged_settings_file_is_a_finding_and_stays() -> None:
    settings_path().parent.mkdir()
    settings_path().write_text("{")
    finding = doctor.examine_settings()
    doctor.examine_place()
    doctor.examine_database(None)
    assert not finding.ok
    assert "file is damaged" in finding.words
    assert settings_path().read_text() == "{"
