"""What a class is informed of before a session."""

import re

import pytest

from fer_desktop.messages import load_language
from fer_desktop.policy.consent import Watched, consent_text


def test_the_texts_name_storage_choice_and_deletion() -> None:
    whole, presence = (consent_text(expressions_on=on, names_allowed=False) for on in (True, False))
    for text in (whole, presence):
        assert "nothing leaves my computer" in text
        assert "rather not take part" in text
        assert "delete what was recorded" in text
    assert "estimates" in whole
    assert "does not read expressions" in presence
    assert "estimates" not in presence


@pytest.mark.parametrize("individuals", [True, False])
def test_on_a_server_it_is_not_said_that_nothing_leaves_the_computer(individuals: bool) -> None:
    text = consent_text(expressions_on=True, names_allowed=False, individuals=individuals, on_server=True)
    assert "nothing leaves" not in text
    assert "no video, photos or sound are stored. The numbers are kept on our school's server." in text


@pytest.mark.parametrize("on_server", [False, True])
def test_every_sentence_can_be_translated(on_server: bool) -> None:
    text = consent_text(expressions_on=True, names_allowed=False, on_server=on_server, language=load_language("hi"))
    assert not re.search(r"[A-Za-z]{2}", text.replace("FER Desktop", ""))


@pytest.mark.parametrize("names_allowed", [True, False])
def test_with_class_totals_no_student_appears_or_can_be_excluded(names_allowed: bool) -> None:
    text = consent_text(expressions_on=True, names_allowed=names_allowed, individuals=False)
    assert "nothing about individual students" in text
    for words in ("Student 1", "your video", "exclude", "about you"):
        assert words not in text


@pytest.mark.parametrize(
    ("watched", "words"), [("call", "video call on my screen"), ("room", "this room"), ("recording", "the recording")]
)
def test_the_text_says_what_is_watched(watched: Watched, words: str) -> None:
    text = consent_text(expressions_on=True, names_allowed=False, watched=watched)
    assert words in text
    assert ("Before we begin" in text) is (watched != "recording")


@pytest.mark.parametrize("expressions_on", [True, False])
def test_the_class_is_informed_of_names_where_they_are_stored(expressions_on: bool) -> None:
    without = consent_text(expressions_on=expressions_on, names_allowed=False)
    text = consent_text(expressions_on=expressions_on, names_allowed=True)
    assert "Student 1" in without
    assert "the name shown on your video, and it is saved" in text
    assert "Student 1" not in text
