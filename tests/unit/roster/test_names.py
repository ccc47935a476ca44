"""Names are stored tidily and compared without regard to case and accents."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fer_desktop.roster.names import fold_name, tidy_name


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Zoë  van Dijk ", "zoe van dijk"),
        ("Lukas MÜLLER", "lukas muller"),
        ("Elif Yılmaz", "elif yilmaz"),
        ("İbrahim Øst", "ibrahim ost"),
        ("Liam O’Connor", "liam o'connor"),
        ("Priya Rama…", "priya rama..."),
        ("Straße", "strasse"),
        ("", ""),
    ],
)
def test_case_accents_and_spaces_are_folded(name: str, folded: str) -> None:
    assert fold_name(name) == folded


@given(st.text(alphabet="abcdeilmnorstéüçİ 12.…'", max_size=24))
def test_folding_a_folded_name_changes_nothing(name: str) -> None:
    assert fold_name(fold_name(name)) == fold_name(name)


@pytest.mark.parametrize(
    ("name", "tidied"),
    [
        ("  Zoë \n Kim ", "Zoë Kim"),
        ("Zoe\u0308", "Zoë"),
        ("\u202eAnn\u202c \u2066Kim\u2069\u200e", "Ann Kim"),
        ("An\x00n\x1b[31m", "Ann[31m"),
        ("An\u200b\ufeff\u00adn", "Ann"),
        ("\ud800Ann", "Ann"),
        ("श्री\u200dमान", "श्री\u200dमान"),
        ("\u202e\u200d", None),
        ("  ", None),
        (None, None),
    ],
)
def test_a_name_is_stored_on_one_line_or_not_at_all(name: str | None, tidied: str | None) -> None:
    assert tidy_name(name) == tidied
