"""Lines of text in a map of likelihoods."""

import numpy as np

from fer_desktop.types import Box, Floats
from fer_desktop.vision.names.lines import find_lines


def mark(*words: tuple[int, int, int, int], chance: float = 0.9) -> Floats:
    chances = np.zeros((96, 544), np.float32)
    for left, top, width, height in words:
        chances[top : top + height, left : left + width] = chance
    return chances


def test_an_empty_map_has_no_line() -> None:
    assert find_lines(mark(), 2.0) == []


def test_a_word_is_grown_to_its_letters_and_scaled_back() -> None:
    (line,) = find_lines(mark((100, 40, 100, 10)), 2.0)
    assert line.iou(Box(46, 16, 58, 13)) > 0.9
    assert line.centre == (75.0, 22.5)


def test_words_side_by_side_are_one_line_and_words_far_off_another() -> None:
    lines = find_lines(mark((20, 40, 60, 10), (100, 41, 80, 10), (400, 40, 60, 10)), 1.0)
    assert len(lines) == 2
    assert lines[0].right > 180
    assert lines[1].x > 380


def test_lines_one_above_the_other_stay_two() -> None:
    assert len(find_lines(mark((20, 10, 60, 10), (20, 50, 60, 10)), 1.0)) == 2


def test_specks_and_doubts_are_no_text() -> None:
    assert find_lines(mark((20, 40, 3, 2)), 1.0) == []
    assert find_lines(mark((20, 40, 60, 10), chance=0.4), 1.0) == []
