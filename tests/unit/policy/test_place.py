"""Where expressions may be read, and what places are called."""

import pytest

from fer_desktop.policy.place import EU_EEA, expressions_allowed, place_codes, place_names


def test_the_eu_has_27_members_the_eea_three_more_and_seven_territories_a_code_of_their_own() -> None:
    assert len(EU_EEA) == 27 + 3 + 7
    assert place_codes() >= EU_EEA


@pytest.mark.parametrize("place", ["DE", "FR", "IE", "SE", "NO", "IS", "LI", "RE", "de"])
def test_expressions_are_off_in_the_eu_and_the_eea(place: str) -> None:
    assert not expressions_allowed(place)


@pytest.mark.parametrize("place", ["US", "GB", "CH", "IN", "BR", "TR", "GL", "SJ", "us"])
def test_expressions_are_allowed_elsewhere(place: str) -> None:
    assert expressions_allowed(place)


def test_expressions_are_off_until_a_place_is_known() -> None:
    assert not expressions_allowed(None)


@pytest.mark.parametrize("language", ["en", "hi"])
def test_every_place_has_a_name_and_no_two_the_same(language: str) -> None:
    names = place_names(language)
    assert names.keys() == place_codes()
    assert len(set(names.values())) == len(names)


def test_places_have_names_in_both_languages() -> None:
    assert place_names()["DE"] == "Germany"
    assert place_names("hi")["DE"] == "जर्मनी"


def test_places_are_sorted_by_name_whatever_accents_it_has() -> None:
    names = list(place_names().values())
    assert names[:3] == ["Afghanistan", "Åland Islands", "Albania"]
    assert names[-1] == "Zimbabwe"
