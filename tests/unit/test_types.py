"""The values that stages hand on: what they accept and what follows from them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fer_desktop.types import Box, ClassMood, Frame
from tests.fakes import make_probabilities

boxes = st.builds(Box, *[st.floats(-1e3, 1e3)] * 2, *[st.floats(0, 1e3)] * 2)


@given(boxes, boxes)
def test_overlap_is_the_same_from_both_sides_and_between_0_and_1(a: Box, b: Box) -> None:
    assert a.iou(b) == pytest.approx(b.iou(a))
    assert 0 <= a.iou(b) <= 1 + 1e-9


@given(boxes)
def test_a_clipped_box_lies_in_the_frame(box: Box) -> None:
    clipped = box.clipped(640, 480)
    assert 0 <= clipped.x <= clipped.right <= 640
    assert 0 <= clipped.y <= clipped.bottom <= 480


def test_a_box_of_negative_size_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot have the size"):
        Box(0, 0, -1, 5)


@pytest.mark.parametrize("image", [np.zeros((4, 4), np.uint8), np.zeros((4, 4, 3), np.float32)])
def test_a_frame_is_a_colour_picture_of_bytes(image: np.ndarray) -> None:  # type: ignore[type-arg]
    with pytest.raises(ValueError, match="uint8"):
        Frame(0, 0.0, image)


def test_the_mood_is_happy_less_the_four_negative_ones() -> None:
    mood = ClassMood(0, make_probabilities(happy=0.5, sad=0.1, angry=0.1), 1, 1, 1, 1).mood
    assert mood == pytest.approx(0.3, abs=1e-6)


def test_there_is_no_mood_without_a_face() -> None:
    assert ClassMood(0, None, 0, 2, 3, 3).mood is None
