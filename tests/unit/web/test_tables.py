"""The tables that the web app shares with the desktop are those of the desktop."""

import json
from pathlib import Path
from typing import Any, Final

import pytest

from fer_desktop.policy.expressions import decide_expressions
from fer_desktop.policy.place import EU_EEA, place_codes
from fer_desktop.policy.place_guess import guess_place
from tools.web_tables import FOLDER, find_outdated, make_tables


@pytest.fixture(scope="module")
def policy() -> dict[str, Any]:
    """What the web app decides by."""
    table: dict[str, Any] = json.loads((FOLDER / "policy.json").read_text(encoding="utf-8"))
    return table


def test_the_tables_are_up_to_date() -> None:
    assert list(find_outdated()) == []


def test_every_place_is_decided_as_on_the_desktop(policy: dict[str, Any]) -> None:
    assert policy["decisions"] == {place: decide_expressions(setting=place).on for place in place_codes()}
    assert not any(policy["decisions"][place] for place in EU_EEA)


def test_the_place_is_guessed_as_on_the_desktop(policy: dict[str, Any]) -> None:
    for zone in ("Europe/Berlin", "Asia/Calcutta", "Asia/Kolkata"):
        assert policy["places_by_zone"][zone] == guess_place(zone)


def test_a_table_that_was_changed_by_hand_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in make_tables().items():
        (tmp_path / name).write_text(text.replace('"DE"', '"DX"'), encoding="utf-8")
    monkeypatch.setattr("tools.web_tables.FOLDER", tmp_path)
    assert "policy.json" in list(find_outdated())


ROOT: Final = Path(__file__).resolve().parents[3]


def test_the_web_app_runs_no_model_but_the_desktops() -> None:
    """Checked by their hashes where they are copied."""
    from fer_desktop.system.model_files import MODEL_FILES
    from tools.web_models import MODELS

    assert set(MODELS) <= set(MODEL_FILES)
