"""IDF1, switches, and the student whom an identity stands for."""

from collections.abc import Mapping

import numpy as np
import pytest
from numpy.typing import NDArray

from fer_desktop.bench.gallery.identity import IdentityCounter, IdentityScore
from fer_desktop.types import Merge


def score(*frames: Mapping[int, int | None], missed: int = 0, invented: int = 0) -> IdentityScore:
    """Each frame: the identity that each student's box was given. `missed`, `invented`: in the last frame besides."""
    counter = IdentityCounter()
    for index, frame in enumerate(frames):
        last = index == len(frames) - 1
        students = [*frame, *range(900, 900 + missed * last)]
        identities = [*frame.values(), *range(800, 800 + invented * last)]
        counter.add(overlap(len(frame), len(identities), len(students)), identities=identities, students=students)
    return counter.score()


def overlap(pairs: int, found: int, true: int) -> NDArray[np.float64]:
    overlaps = np.zeros((found, true))
    overlaps[range(pairs), range(pairs)] = 0.7
    return overlaps


def test_the_right_identities_everywhere_are_perfect() -> None:
    result = score({1: 11, 2: 12}, {2: 12, 1: 11})
    assert (result.idf1, result.switches) == (1.0, 0)
    assert (result.students, result.identities) == (2, 2)
    assert result.student_of == {11: 1, 12: 2}


def test_an_identity_that_changes_costs_what_follows() -> None:
    """Three frames under one number, one under another: 3 of 4 boxes right, of 4 found and 4 there."""
    result = score({1: 11}, {1: 11}, {1: 11}, {1: 12})
    assert result.idf1 == pytest.approx(2 * 3 / 8)
    assert result.switches == 1


def test_students_who_change_places_keep_their_identities_or_lose_half() -> None:
    result = score({1: 11, 2: 12}, {1: 12, 2: 11})
    assert result.idf1 == pytest.approx(0.5)
    assert result.switches == 2


def test_one_identity_stands_for_one_student_only() -> None:
    result = score({1: 11}, {1: 11}, {2: 11})
    assert result.idf1 == pytest.approx(2 * 2 / 6)
    assert result.student_of == {11: 1}


def test_the_matching_is_global_not_greedy() -> None:
    """Identity 11 is student 1 for 3 frames and student 2 for 2; identity 12 is student 1 for 2. Best: 11-2, 12-1."""
    result = score(*[{1: 11}] * 3, *[{2: 11}] * 2, *[{1: 12}] * 2)
    assert result.student_of == {11: 2, 12: 1}
    assert result.idf1 == pytest.approx(2 * 4 / 14)


def test_missed_and_invented_boxes_cost() -> None:
    assert score({1: 11}, missed=1).idf1 == pytest.approx(2 / 3)
    assert score({1: 11}, invented=1).idf1 == pytest.approx(2 / 3)


def test_a_box_without_an_identity_counts_as_found() -> None:
    result = score({1: None}, {1: 11})
    assert result.idf1 == pytest.approx(2 * 1 / 4)
    assert (result.identities, result.switches) == (1, 0)


def test_two_boxes_of_one_identity_on_a_student_count_once() -> None:
    counter = IdentityCounter()
    counter.add(np.array([[0.7], [0.6]]), identities=[11, 11], students=[1])
    assert counter.score().idf1 == pytest.approx(2 / 3)


def test_nothing_there_and_nothing_found_is_no_error() -> None:
    counter = IdentityCounter()
    counter.add(np.zeros((0, 0)), identities=[], students=[])
    assert counter.score() == IdentityScore(1.0, 0, 0, 0, {})


def test_a_merge_sets_the_past_right() -> None:
    counter = IdentityCounter()
    for identity in (11, 12, 13, 11):
        counter.add(overlap(1, 1, 1), identities=[identity], students=[1])
    assert counter.score().idf1 == pytest.approx(0.5)
    merged = counter.score(merges=[Merge(13, 12), Merge(12, 11)])
    assert (merged.idf1, merged.identities, merged.student_of) == (1.0, 1, {11: 1})
