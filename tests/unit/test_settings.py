"""Settings: defaults, stored changes, and files that cannot be used."""

import json
import os
from pathlib import Path

import pytest
from pydantic import ValidationError

from fer_desktop.errors import SettingsError
from fer_desktop.messages import ENGLISH, Message
from fer_desktop.settings import (
    SAFEGUARDS,
    Settings,
    Setup,
    load_settings,
    peek_settings,
    save_changes,
    save_settings,
    settings_path,
)


def write_settings(content: bytes) -> Path:
    path = settings_path()
    path.parent.mkdir()
    path.write_bytes(content)
    return path


def text_of(notice: Message | None) -> str:
    assert notice is not None
    return ENGLISH.render(notice)


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


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"\xff\xfe\x00", b"[" * 100_000, b'{"place": '])
def test_a_file_that_is_no_json_is_kept_aside_and_confirms_nothing(content: bytes) -> None:
    path = write_settings(content)
    settings, notice = load_settings()
    assert settings == Settings(unconfirmed=SAFEGUARDS)
    kept = path.with_name("settings.json.damaged")
    assert str(kept) in text_of(notice)
    assert kept.read_bytes() == content


def test_a_trailing_comma_loses_no_safeguard() -> None:
    write_settings(b'{"aggregate_only":true,"place":"DE","retention_days":30,"course":"Physik","theme":"contrast",}')
    settings, notice = load_settings()
    assert settings == Settings(
        aggregate_only=True, place="DE", retention_days=30, course="Physik", unconfirmed=SAFEGUARDS
    )
    assert settings.class_totals
    assert settings.purge_after_days is None
    assert "expressions are off, only class totals are saved" in text_of(notice)


def test_a_bad_field_takes_no_other_along() -> None:
    write_settings(b'{"aggregate_only":true,"place":"DE","theme":"contrast","frames_per_second":0,"names_allowed":5}')
    settings, notice = load_settings()
    assert settings == Settings(aggregate_only=True, place="DE")
    assert settings.confirmed
    assert "frames_per_second, theme" in text_of(notice)


@pytest.mark.parametrize("content", [b'{"place":"Germany"}', b'{"aggregate_only":"maybe"}', b'{"retention_days":0}'])
def test_a_bad_safeguard_closes_everything(content: bytes) -> None:
    write_settings(content)
    settings, notice = load_settings()
    assert not settings.confirmed
    assert settings.class_totals
    assert settings.purge_after_days is None
    assert "expressions are off" in text_of(notice)


def test_what_a_damaged_file_lost_stays_unconfirmed_until_it_is_saved() -> None:
    write_settings(b'{"aggregate_only":true,"place":"US",')
    first, _ = load_settings()
    again, notice = load_settings()
    assert again == first
    assert not again.confirmed
    assert "not confirmed yet" in text_of(notice)
    save_settings(again.model_copy(update={"unconfirmed": ()}))
    assert load_settings() == (Settings(aggregate_only=True, place="US"), None)


def test_a_place_given_anew_is_known() -> None:
    settings = Settings(unconfirmed=("place", "retention_days")).with_place("IN")
    assert (settings.place, settings.unconfirmed) == ("IN", ("retention_days",))


def test_bad_words_on_what_is_unconfirmed_confirm_nothing() -> None:
    write_settings(b'{"unconfirmed": "nothing", "place": "US"}')
    assert load_settings()[0].unconfirmed == SAFEGUARDS


def test_a_byte_order_mark_is_no_damage() -> None:
    write_settings(b'\xef\xbb\xbf{"place":"IN"}')
    assert load_settings() == (Settings(place="IN"), None)


def test_peeking_leaves_a_damaged_file_where_it_is() -> None:
    save_settings(Settings(place="IN"))
    assert peek_settings() == (Settings(place="IN"), None)
    settings_path().write_bytes(b"\xff{")
    settings, notice = peek_settings()
    assert settings == Settings(unconfirmed=SAFEGUARDS)
    assert str(settings_path()) in text_of(notice)
    assert [path.name for path in settings_path().parent.iterdir()] == ["settings.json"]


def change(before: Settings, **changes: object) -> Settings:
    """What is stored once a window that knows `before` has made `changes`."""
    save_changes(before, before.model_copy(update=changes))
    return load_settings()[0]


def test_what_another_window_changed_stays() -> None:
    save_settings(Settings(place="US", aggregate_only=True))
    assert change(Settings(place="US"), theme="dark") == Settings(place="US", aggregate_only=True, theme="dark")
    assert change(Settings(place="US"), place="IN") == Settings(place="IN", aggregate_only=True, theme="dark")
    assert change(Settings(theme="light"), theme="system") == Settings(place="IN", aggregate_only=True)


def test_what_two_windows_changed_together_keeps_its_rules() -> None:
    save_settings(Settings(aggregate_only=True))
    assert not change(Settings(), names_allowed=True).names_allowed
    save_settings(Settings(region="800x600+0+0"))
    stored = change(Settings(), window="Meet")
    assert (stored.region, stored.window) == (None, "Meet")


def test_set_ups_and_texts_of_two_windows_are_kept_side_by_side() -> None:
    maths, art, physics = (Setup(course=course) for course in ("Maths", "Art", "Physics"))
    save_settings(Settings(setups=(maths, art), consent_texts={"a": "mine", "b": "hers"}))
    stored = change(
        Settings(setups=(art,), consent_texts={"a": "old"}), setups=(physics, art), consent_texts={"c": "new"}
    )
    assert [each.course for each in stored.setups] == ["Physics", "Maths", "Art"]
    assert stored.consent_texts == {"b": "hers", "c": "new"}
    assert [each.course for each in change(Settings(setups=(art,)), setups=()).setups] == ["Physics", "Maths"]


def test_a_confirmation_counts_for_what_was_seen_in_that_window() -> None:
    save_settings(Settings(place="US", retention_days=30, unconfirmed=SAFEGUARDS))
    stored = change(Settings(unconfirmed=SAFEGUARDS), place="IN", unconfirmed=("retention_days",))
    assert stored == Settings(place="IN", retention_days=30, unconfirmed=("retention_days",))
    assert change(Settings(unconfirmed=("retention_days",)), theme="dark", unconfirmed=()).retention_days is None
    assert change(Settings(unconfirmed=SAFEGUARDS), course="Art").confirmed


@pytest.mark.parametrize("content", [None, b'{"place": ', b'{"place": "Germany"}'])
def test_where_no_whole_file_is_left_everything_is_stored(content: bytes | None) -> None:
    if content is not None:
        write_settings(content)
    assert change(Settings(place="US", retention_days=30), theme="dark") == Settings(
        place="US", retention_days=30, theme="dark"
    )


def test_settings_of_a_newer_version_are_read_as_far_as_they_are_known(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"place": "IN", "hologram": true}')
    assert load_settings(path) == (Settings(place="IN"), None)


def test_a_folder_in_place_of_the_file_is_reported(tmp_path: Path) -> None:
    settings, notice = load_settings(tmp_path)
    assert settings == Settings(unconfirmed=SAFEGUARDS)
    assert "could not be read" in text_of(notice)


def test_a_pipe_in_place_of_the_file_is_reported_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "settings.json")
    settings, notice = load_settings(tmp_path / "settings.json")
    assert not settings.confirmed
    assert "not an ordinary file" in text_of(notice)


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
