"""How a line is shown to the Bengali network, and how its probabilities are spelt."""

from collections.abc import Sequence

import numpy as np
import pytest

from fer_desktop.types import Floats, Image
from fer_desktop.vision.names.bengali_network import GROUND, LINE_SIZE, BengaliNetwork, show_levels, spell
from fer_desktop.vision.names.bengali_signs import FOREIGN, SIGNS, split_into_signs
from fer_desktop.vision.names.line_views import View
from fer_desktop.vision.names.reading import Reading

INK_LEVEL = 192


def draw_line(letters: int, ground: int, *, width: int = 100) -> Image:
    """A line 24 px high; its letters cover rows 6 to 17."""
    line = np.full((24, width, 3), ground, np.uint8)
    line[6:18, 10:20] = letters
    return line


@pytest.mark.parametrize(("letters", "ground"), [(250, 30), (160, 95), (20, 230)], ids=["plain", "faint", "dark"])
def test_letters_are_bright_on_dark_whatever_their_colours_are(letters: int, ground: int) -> None:
    levels = show_levels(draw_line(letters, ground), ink=letters)
    assert np.median(levels) == GROUND
    assert abs(int(levels[16, 25:35].mean()) - INK_LEVEL) <= 2


def test_a_line_is_cropped_to_its_letters_rows() -> None:
    levels = show_levels(draw_line(250, 30), ink=250)
    is_letter = (levels > 160).any(axis=1)
    assert levels.shape == (LINE_SIZE[1], 200), "16 rows are shown in 32"
    assert is_letter.sum() == 24


def test_a_lower_view_leaves_ground_above_and_below() -> None:
    levels = show_levels(draw_line(250, 30), ink=250, height_px=24)
    assert levels.shape[0] == LINE_SIZE[1]
    assert (levels[:4] == GROUND).all()
    assert (levels[-4:] == GROUND).all()


def test_a_long_line_is_squeezed_and_an_empty_one_is_shown_as_it_is() -> None:
    assert show_levels(draw_line(250, 30, width=900), ink=250).shape[1] == LINE_SIZE[0]
    assert show_levels(np.full((20, 60, 3), 40, np.uint8), ink=255).shape == (32, 96)


def make_probabilities(signs: Sequence[str | None], certain: float = 0.9) -> Floats:
    """One step for each sign; None is the blank."""
    probabilities = np.full((len(signs), len(SIGNS) + 1), 1e-4, np.float32)
    for step, sign in enumerate(signs):
        probabilities[step, 0 if sign is None else SIGNS.index(sign) + 1] = certain
    return probabilities


def test_repeated_steps_are_one_sign_and_a_blank_parts_two() -> None:
    assert spell(make_probabilities(["ম", "ম", None, "ম", "\u09be", None])).text == "মমা"


def test_a_reading_is_as_sure_as_its_least_sure_sign() -> None:
    probabilities = make_probabilities(["ম", "\u09be", "ম"])
    probabilities[1] *= 0.5
    assert spell(probabilities).confidence == pytest.approx(0.45)


def test_a_note_that_is_not_sure_leaves_its_name_as_sure_as_it_is() -> None:
    probabilities = make_probabilities(["ম", "\u09be", " ", "(", FOREIGN, ")"])
    probabilities[4] *= 0.5
    assert spell(probabilities).confidence == pytest.approx(0.9)


def test_nothing_is_read_where_there_are_only_blanks() -> None:
    assert spell(make_probabilities([None, None])) == Reading("", 0.0)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ([FOREIGN], ""),
        (["ক", " ", FOREIGN, " ", FOREIGN], ""),
        (["ক", "খ", " ", FOREIGN, " ", "গ", " ", "ঘ"], ""),
        (["ক", "খ", " ", "(", FOREIGN, ")"], f"কখ ({FOREIGN})"),
    ],
    ids=["another script", "mostly another script", "a name that is not all read", "a note behind a name"],
)
def test_a_line_in_another_script_is_not_spelt(words: Sequence[str], text: str) -> None:
    assert spell(make_probabilities(words)).text == text


def test_a_line_is_read_at_the_height_of_the_view() -> None:
    shown: list[Image] = []

    class Stub:
        def run(self, picture: Image) -> Floats:
            shown.append(picture)
            return make_probabilities(split_into_signs("কবি"))

    network = BengaliNetwork(Stub())
    assert network.read(draw_line(250, 30), 250, View(32)).text == "কবি"
    network.read(draw_line(250, 30), 250, View(24))
    assert [picture.shape for picture in shown] == [(32, 384, 1)] * 2
    assert (shown[0][:4] != GROUND).any()
    assert (shown[1][:4] == GROUND).all()
