"""Which found boxes count as which true ones."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from fer_desktop.bench.gallery.matching import face_overlaps, match_one_to_one, tile_overlaps
from fer_desktop.types import Box

FACE = Box(100, 100, 50, 50)
boxes = st.lists(
    st.builds(Box, *[st.floats(0, 200)] * 2, *[st.floats(1, 100)] * 2),
    max_size=6,
)


def test_a_face_drawn_tighter_is_found() -> None:
    assert face_overlaps([Box(110, 110, 30, 30)], [FACE])[0, 0] > 0


def test_a_box_beside_the_face_is_not() -> None:
    assert face_overlaps([FACE.shifted(40, 0)], [FACE])[0, 0] == 0


def test_a_box_around_the_whole_person_is_not() -> None:
    assert face_overlaps([Box(50, 50, 150, 150)], [FACE])[0, 0] == 0


def test_the_centre_may_lie_a_little_outside_the_true_face() -> None:
    """A wide face box whose centre is 30 px below the middle of a low one: inside the grown box only."""
    true, found = Box(0, 0, 100, 50), Box(0, 0, 100, 110)
    assert face_overlaps([found], [true])[0, 0] > 0
    assert face_overlaps([Box(0, 0, 100, 130)], [true])[0, 0] == 0


def test_a_tile_counts_above_its_overlap_only() -> None:
    tile = Box(0, 0, 100, 100)
    nearly = Box(0, 0, 100, 80)
    assert tile_overlaps([nearly], [tile])[0, 0] == 0
    assert tile_overlaps([nearly], [tile], above=0.5)[0, 0] == 0.8


def test_two_boxes_on_one_face_find_it_once() -> None:
    assert len(match_one_to_one(face_overlaps([FACE, FACE.shifted(2, 2)], [FACE]))) == 1


def test_as_many_pairs_as_can_be_come_before_the_largest_overlap() -> None:
    overlaps = np.array([[0.9, 0.4], [0.4, 0.0]])
    assert sorted(match_one_to_one(overlaps)) == [(0, 1), (1, 0)]


def test_nothing_found_and_nothing_there_match_nothing() -> None:
    assert match_one_to_one(face_overlaps([], [FACE])) == []
    assert match_one_to_one(tile_overlaps([FACE], [])) == []


@given(found=boxes, true=boxes)
def test_no_box_is_matched_twice(found: list[Box], true: list[Box]) -> None:
    overlaps = face_overlaps(found, true)
    pairs = match_one_to_one(overlaps)
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)
    assert all(overlaps[i, j] > 0 for i, j in pairs)
