"""Where expressions may be read, and how the place is guessed."""

import pytest

from fer_desktop.policy.law import (
    EU_EEA,
    LAW_LINE,
    Watched,
    consent_text,
    expressions_allowed,
    place_from_time_zone,
    place_names,
)


def test_the_eu_has_27_members_the_eea_three_more_and_seven_islands_a_code_of_their_own() -> None:
    assert len(EU_EEA) == 27 + 3 + 7
    assert set(place_names()) >= EU_EEA


@pytest.mark.parametrize("place", ["DE", "FR", "IE", "SE", "NO", "IS", "LI", "RE", "de"])
def test_expressions_are_off_in_the_eu_and_the_eea(place: str) -> None:
    assert not expressions_allowed(place)


@pytest.mark.parametrize("place", ["US", "GB", "CH", "IN", "BR", "TR", "GL", "SJ", "us"])
def test_expressions_are_allowed_elsewhere(place: str) -> None:
    assert expressions_allowed(place)


def test_expressions_are_off_until_a_place_is_known() -> None:
    assert not expressions_allowed(None)


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
def test_a_time_zone_tells_its_place(zone: str, place: str | None) -> None:
    assert place_from_time_zone(zone) == place


def test_the_computers_own_zone_is_asked_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", ":Asia/Tokyo")
    assert place_from_time_zone() == "JP"
    monkeypatch.setenv("TZ", "UTC")
    assert place_from_time_zone() is None
    monkeypatch.delenv("TZ")
    assert place_from_time_zone() in {None, *place_names()}


def test_places_have_names_in_their_order() -> None:
    names = place_names()
    assert names["DE"] == "Germany"
    assert list(names.values()) == sorted(names.values())


def test_the_texts_say_what_they_must() -> None:
    assert "Article 5(1)(f)" in LAW_LINE
    whole, presence = (consent_text(expressions_on=on, names_allowed=False) for on in (True, False))
    for text in (whole, presence):
        assert "nothing leaves my computer" in text
        assert "rather not take part" in text
        assert "deleted" in text
    assert "estimates" in whole
    assert "does not read expressions" in presence
    assert "estimates" not in presence


def test_every_sentence_can_be_told_in_another_language() -> None:
    told = consent_text(expressions_on=True, names_allowed=False, translate=str.upper)
    assert told == consent_text(expressions_on=True, names_allowed=False).upper()


@pytest.mark.parametrize("names_allowed", [True, False])
def test_where_no_single_students_are_kept_nobody_is_told_to_appear_or_to_be_left_out(names_allowed: bool) -> None:
    told = consent_text(expressions_on=True, names_allowed=names_allowed, individuals=False)
    assert "nobody appears in them singly" in told
    for words in ("Student 1", "your tile", "left out", "about you"):
        assert words not in told


@pytest.mark.parametrize(
    ("watched", "words"), [("call", "video call on my screen"), ("room", "this room"), ("recording", "the recording")]
)
def test_the_text_says_what_is_looked_at(watched: Watched, words: str) -> None:
    told = consent_text(expressions_on=True, names_allowed=False, watched=watched)
    assert words in told
    assert ("Before we begin" in told) is (watched != "recording")


@pytest.mark.parametrize("expressions_on", [True, False])
def test_the_class_is_told_of_names_where_they_are_stored(expressions_on: bool) -> None:
    without = consent_text(expressions_on=expressions_on, names_allowed=False)
    told = consent_text(expressions_on=expressions_on, names_allowed=True)
    assert "Student 1" in without
    assert "the name that stands in your tile, and it is stored" in told
    assert "Student 1" not in told
