"""From probabilities to text."""

import numpy as np
import pytest

from fer_desktop.types import Floats
from fer_desktop.vision.names.reading import Reading, read_probabilities

ALPHABET = ("", "L", "i", "a", "m", "O", "r", "n", " ", "%", "(", ")")


def spell(*steps: dict[str, float]) -> Floats:
    """One row a step; where no letter is given it is blank."""
    rows = np.zeros((len(steps), len(ALPHABET)), np.float32)
    for row, chances in zip(rows, steps, strict=True):
        for letter, chance in chances.items():
            row[ALPHABET.index(letter)] = chance
        row[0] = 1 - row.sum()
    return rows


def test_repeats_merge_and_blanks_part() -> None:
    reading = read_probabilities(spell({"a": 0.9}, {"a": 0.8}, {}, {"a": 0.7}, {}), ALPHABET)
    assert reading.text == "aa"
    assert reading.confidence == pytest.approx(0.8)


def test_nothing_read_is_no_text() -> None:
    assert read_probabilities(spell({}, {}), ALPHABET) == Reading("", 0.0)


def test_an_icon_read_as_a_sign_takes_no_confidence() -> None:
    reading = read_probabilities(spell({"%": 0.55}, {"a": 0.9}), ALPHABET)
    assert reading.text == "%a"
    assert reading.confidence == pytest.approx(0.9)
    assert read_probabilities(spell({"%": 0.9}), ALPHABET) == Reading("%", 0.0)


@pytest.mark.parametrize("note", [("(", "O", ")"), ("(", "O")])
def test_a_note_in_brackets_takes_no_confidence(note: tuple[str, ...]) -> None:
    noted = read_probabilities(spell({"L": 0.9}, {"i": 0.9}, *({sign: 0.6} for sign in note)), ALPHABET)
    assert noted.text == "Li" + "".join(note)
    assert noted.confidence == pytest.approx(0.9)


def test_of_nothing_but_a_note_the_letters_count() -> None:
    assert read_probabilities(spell({"(": 0.9}, {"O": 0.7}, {")": 0.9}), ALPHABET).confidence == pytest.approx(0.7)


def test_a_doubt_between_forms_of_one_letter_is_none() -> None:
    alphabet = ("", "i", "ı", "l", "I")
    steps = np.array([[0.0, 0.4, 0.5, 0.0, 0.1], [1.0, 0.0, 0.0, 0.0, 0.0], [0.0, 0.3, 0.0, 0.7, 0.0]], np.float32)
    reading = read_probabilities(steps, alphabet)
    assert reading.text == "ıl"
    assert reading.confidence == pytest.approx((1.0 + 0.7) / 2), "an l is no form of an i"


def test_a_space_that_was_seen_parts_words() -> None:
    seen = spell({"m": 1.0}, {" ": 0.1}, {"O": 1.0})
    unseen = spell({"m": 1.0}, {}, {"O": 1.0})
    assert read_probabilities(seen, ALPHABET).text == "m O"
    assert read_probabilities(unseen, ALPHABET).text == "mO"


def test_rn_is_separated_from_m_where_both_were_seen() -> None:
    assert read_probabilities(spell({}, {"m": 0.9, "r": 0.05}, {"n": 0.05}, {}), ALPHABET).text == "rn"
    assert read_probabilities(spell({}, {"m": 0.99}, {"n": 0.05}, {}), ALPHABET).text == "m"
