"""Titles are texts of other programs."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from fer_desktop.desktop.types import clean_title


def test_invisible_characters_and_direction_marks_are_removed() -> None:
    assert clean_title("Zoom\x1b[31m\nMeeting\t\u202ered\u2069") == "Zoom [31m Meeting red"
    assert clean_title("  שיעור ביולוגיה  ") == "שיעור ביולוגיה"
    assert clean_title("می\u200cخواهم 👩\u200d🏫") == "می\u200cخواهم 👩\u200d🏫"


@given(st.text(max_size=400))
def test_a_title_is_one_line_of_bounded_length_and_stays_as_it_is(text: str) -> None:
    title = clean_title(text)
    assert len(title) <= 160
    assert not any(unicodedata.category(letter) in {"Cc", "Cs", "Zl", "Zp"} for letter in title)
    assert clean_title(title) == title
