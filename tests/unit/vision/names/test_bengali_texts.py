"""The texts of which the Bengali network's training draws labels, and how they are drawn."""

import sys
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from PIL import features

from fer_desktop.vision.names.bengali_network import LINE_SIZE
from fer_desktop.vision.names.bengali_signs import SIGNS, join_signs, split_into_signs
from tools.bengali.lines import Line, Lines, choose_colours
from tools.bengali.texts import Text, Texts
from tools.bengali.train import has_step_for_each


@pytest.fixture
def texts(tmp_path: Path) -> list[Text]:
    """Two thousand, of four names and four words; one of each is left out."""
    names, words = tmp_path / "names.txt", tmp_path / "words.txt"
    names.write_text("কবির রাহুল\nদীপা সুমন ব\u09dc", encoding="utf-8")
    words.write_text("অংশ\nঅংশীদার/12\nআকাশ\nabc", encoding="utf-8")
    composed = Texts(names, words, {"রাহুল", "আকাশ", "বড\u09bc"}, seed=1)
    return list(islice(iter(composed.compose, None), 2000))


def test_names_and_words_are_written_but_those_that_are_left_out(texts: list[Text]) -> None:
    words = {word for text in texts for word in text.text.split()}
    assert {"কবির", "দীপা", "সুমন", "অংশ", "অংশীদার"} <= words
    assert not {"রাহুল", "আকাশ", "abc", "বড\u09bc", "ব\u09dc"} & words, "the second in whichever way it is spelt"


def test_every_sign_is_written_but_letters_that_hang_below_no_other(texts: list[Text]) -> None:
    signs = {sign for text in texts if text.font is None for sign in split_into_signs(text.text)}
    assert set(SIGNS) - signs <= {"'", *("\u09cd" + letter for letter in ("ড\u09bc", "ঢ\u09bc", "য\u09bc", "শ"))}


def test_a_y_below_an_r_is_written_with_its_joiner(texts: list[Text]) -> None:
    assert any("র\u200d\u09cdয" in text.text for text in texts)


def test_some_lines_are_in_another_script(texts: list[Text]) -> None:
    assert 0.02 < sum(text.font is not None for text in texts) / len(texts) < 0.1


@pytest.mark.skipif(
    not features.check("raqm") or sys.platform != "linux", reason="no fonts of all scripts, or no shaping"
)
def test_labels_are_drawn_with_the_signs_to_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    font = next(Path("/usr/share/fonts").rglob("Lohit-Bengali.ttf"), None)
    if font is None:
        pytest.skip("the font Lohit-Bengali.ttf is not installed")
    (tmp_path / "list.txt").write_text("রাহুল", encoding="utf-8")
    texts = Texts(tmp_path / "list.txt", tmp_path / "list.txt", (), seed=1)
    monkeypatch.setattr(texts, "compose", lambda: Text("শর্মিলা দাস"))
    drawn = list(islice(Lines(texts, [font], tmp_path, seed=1), 60))
    assert all(line.picture.shape[0] == LINE_SIZE[1] and line.picture.shape[1] <= LINE_SIZE[0] for line in drawn)
    readable = [line for line in drawn if join_signs(line.signs) == "শর্মিলা দাস"]
    assert len(readable) >= 50, "some are empty"
    assert len({line.picture.tobytes() for line in readable}) == len(readable), "no two look alike"


def test_some_labels_are_dark_on_a_bright_ground() -> None:
    rng = np.random.default_rng(1)
    brighter = [sum(letters) > sum(ground) for letters, ground in (choose_colours(rng) for _ in range(400))]
    assert 0.7 < sum(brighter) / len(brighter) < 0.95


@pytest.mark.parametrize(("width", "has_room"), [(32, True), (28, False)])
def test_a_line_is_trained_with_that_has_a_step_for_each_sign_and_between_two_alike(width: int, has_room: bool) -> None:
    assert has_step_for_each(Line(np.zeros((32, width), np.uint8), ("ক", "ম", "ম", "ল", " ", "খ"))) is has_room
