"""Names as a call window shows them are matched with the roster."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fer_desktop.roster.matching import match_roster


@pytest.mark.parametrize(
    ("shown", "roster", "matched"),
    [
        (["ZOË kim"], ["Zoe Kim"], {0: 0}),
        (["Kim Zoë"], ["Zoë Kim"], {0: 0}),
        (["O’Neil, Adil"], ["Adil O'Neil"], {0: 0}),
        (["Jean-Luc Picard"], ["Jean Luc Picard"], {0: 0}),
        (["Priya Ramachand..."], ["Priya Ramachandran", "Priya Rao"], {0: 0}),
        (["Priya Ra…"], ["Priya Ramachandran", "Priya Rao"], {}),
        (["Priya"], ["Priya Rao", "Zoë"], {0: 0}),
        (["Priya"], ["Priya Rao", "Priya Sen"], {}),
        (["Priya Sen", "Priya"], ["Priya Rao", "Priya Sen"], {0: 1, 1: 0}),
        (["Priya Rao (she/her)"], ["Priya Rao"], {0: 0}),
        (["Ann Li", "Ann Li"], ["Ann Li"], {0: 0}),
        (["Ann Li", "Ann Li"], ["Ann Li", "Ann Li"], {0: 0, 1: 1}),
        (["Ann"], ["Ann Li", "Ann Li"], {0: 0}),
        ([None, "...", "?"], ["Ann", "??"], {}),
        (["李小龙"], ["李小龙"], {0: 0}),
        (["Annabel"], ["Ann"], {}),
        (["Priya Ramachamdran"], ["Priya Ramachandran", "Priya Rao"], {0: 0}),
        (["Minh Phm"], ["Minh Phạm", "Anh Phạm"], {0: 0}),
        (["lla Berg"], ["Ila Berg", "Ida Berg"], {0: 0}),
        (["Priya R."], ["Priya Ramachandran", "Zoë"], {0: 0}),
        (["Priya R."], ["Priya Ramachandran", "Priya Rao"], {}),
        (["Mila Lee"], ["Mia Lee", "Mila Lee"], {0: 1}),
        (["Mi Lee"], ["Mia Lee"], {}),
        (["Ana Silvano"], ["Ana Silva"], {}),
        (["Mia Lee"], [], {}),
    ],
)
def test_names_match_as_people_write_them(shown: list[str | None], roster: list[str], matched: dict[int, int]) -> None:
    assert match_roster(shown, roster) == matched


NAMES = st.lists(st.text("abü… ", max_size=6), max_size=8)


@given(NAMES, NAMES)
def test_no_name_is_matched_twice(shown: list[str | None], roster: list[str]) -> None:
    matches = match_roster(shown, roster)
    assert len(set(matches.values())) == len(matches)
    assert matches.keys() <= set(range(len(shown)))
    assert set(matches.values()) <= set(range(len(roster)))
