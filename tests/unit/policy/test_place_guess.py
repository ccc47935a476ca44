"""How the place of the class is guessed."""

import pytest

from fer_desktop.policy.place import place_codes
from fer_desktop.policy.place_guess import guess_place


@pytest.mark.parametrize(
    ("zone", "place"),
    [
        ("Europe/Berlin", "DE"),
        ("Europe/Amsterdam", "NL"),
        ("Atlantic/Canary", "ES"),
        ("Atlantic/Reykjavik", "IS"),
        ("America/New_York", "US"),
        ("US/Pacific", "US"),
        ("Asia/Calcutta", "IN"),
        ("Europe/Kiev", "UA"),
        ("GB", "GB"),
        ("UTC", None),
        ("Etc/GMT+5", None),
        ("Middle-earth/Shire", None),
        ("", None),
    ],
)
def test_a_time_zone_has_its_place(zone: str, place: str | None) -> None:
    assert guess_place(zone) == place


def test_the_computers_own_zone_is_asked_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", ":Asia/Tokyo")
    assert guess_place() == "JP"
    monkeypatch.setenv("TZ", "UTC")
    assert guess_place() is None
    monkeypatch.delenv("TZ")
    assert guess_place() in {None, *place_codes()}
