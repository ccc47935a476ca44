"""Settings: defaults, stored changes, and files that cannot be used."""

import json
from pathlib import Path

import pytest
from pydantic import ValidationError

from fer_desktop.errors import SettingsError
from fer_desktop.settings import Settings, load_settings, peek_settings, save_settings, settings_path


def test_without_a_file_everything_has_its_default() -> None:
    assert load_settings() == (Settings(), None)
    assert not settings_path().exists()


def test_the_file_lies_under_the_home_that_is_set(own_home: Path) -> None:
    assert settings_path() == own_home / "config" / "settings.json"


def test_what_was_changed_comes_back_and_nothing_else_is_stored() -> None:
    changed = Settings(place="US", frames_per_second=2.5, course="Física", retention_days=30)
    save_settings(changed)
    assert load_settings() == (changed, None)
    stored = json.loads(settings_path().read_text(encoding="utf-8"))
    assert stored == {"place": "US", "frames_per_second": 2.5, "course": "Física", "retention_days": 30}


def test_a_setting_put_back_to_its_default_leaves_the_file() -> None:
    save_settings(Settings(place="US"))
    save_settings(Settings())
    assert json.loads(settings_path().read_text()) == {}


def test_the_file_is_for_its_owner_only() -> None:
    save_settings(Settings())
    assert settings_path().stat().st_mode & 0o777 == 0o600
    assert [path.name for path in settings_path().parent.iterdir()] == ["settings.json"]


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b"\xff\xfe\x00", b'{"frames_per_second": 0}', b'{"place": "Germany"}', b'{"theme": 3}'],
)
def test_a_damaged_file_means_defaults_and_a_notice_and_is_kept(content: bytes) -> None:
    path = settings_path()
    path.parent.mkdir()
    path.write_bytes(content)
    settings, notice = load_settings()
    assert settings == Settings()
    assert notice is not None
    kept = path.with_name("settings.json.damaged")
    assert str(kept) in notice
    assert kept.read_bytes() == content
    assert load_settings() == (Settings(), None)


def test_peeking_leaves_a_damaged_file_where_it_is() -> None:
    save_settings(Settings(place="IN"))
    assert peek_settings() == (Settings(place="IN"), None)
    settings_path().write_bytes(b"\xff{")
    settings, trouble = peek_settings()
    assert settings == Settings()
    assert trouble is not None
    assert str(settings_path()) in trouble
    assert [path.name for path in settings_path().parent.iterdir()] == ["settings.json"]


def test_settings_of_a_newer_version_are_read_as_far_as_they_are_known(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"place": "IN", "hologram": true}')
    assert load_settings(path) == (Settings(place="IN"), None)


def test_a_folder_in_place_of_the_file_is_reported(tmp_path: Path) -> None:
    settings, notice = load_settings(tmp_path)
    assert settings == Settings()
    assert notice is not None
    assert "could not be read" in notice


def test_settings_that_cannot_be_stored_are_reported(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.touch()
    with pytest.raises(SettingsError, match="could not be stored"):
        save_settings(Settings(), blocked / "settings.json")


def test_settings_are_frozen() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Settings().course = "other"


def test_names_are_never_allowed_with_class_totals() -> None:
    assert Settings(names_allowed=True).names_allowed
    assert not Settings(names_allowed=True, aggregate_only=True).names_allowed
    path = settings_path()
    path.parent.mkdir()
    path.write_text('{"names_allowed": true, "aggregate_only": true}')
    assert load_settings() == (Settings(aggregate_only=True), None)
