"""In a recording every face is read in every frame, and detected anew only now and then, or where it changed."""

from dataclasses import replace

import numpy as np
import pytest

from fer_desktop.types import FrameResult
from fer_desktop.vision.budget import RecordingBudget
from tests.fakes import FakeFaceDetector
from tests.unit.vision.budget.test_live_budget import FACES, TILES, Class


def make_class(detector: FakeFaceDetector | None = None) -> Class:
    return Class(detector, budget=RecordingBudget())


def are_all_read(result: FrameResult) -> bool:
    return len(result.faces) == len(TILES) and all(reading.probabilities is not None for reading in result.faces)


def test_every_face_is_read_in_every_frame_and_detected_in_few() -> None:
    made = make_class()
    detected = []
    for _ in range(31):
        result = made.process()
        assert are_all_read(result)
        assert {reading.face.age_s for reading in result.faces} == {0.0}
        detected.append(len(made.detector.searched[-1]))
    assert detected[0] == len(TILES)
    assert sum(detected[1:]) <= 0.25 * len(TILES) * 30
    assert max(detected[1:]) <= 0.6 * len(TILES)  # those of a class do not fall into one frame again and again


def test_a_face_that_moves_is_found_where_it_is() -> None:
    made = make_class()
    made.process()
    made.shift_px = 2
    result = made.process()
    assert not made.detector.searched[-1]
    for reading in result.faces:
        assert reading.face.tile is not None
        known = FACES[reading.face.tile]
        assert reading.face.keypoints_px - known.keypoints_px == pytest.approx(np.array([[2, 0]] * 4), abs=0.5)


def test_a_face_that_left_is_gone_in_the_next_frame() -> None:
    made = make_class()
    made.process()
    made.detector.remove(5)
    made.left = 5
    assert 6 not in {reading.student for reading in made.process().faces}


def test_tiles_without_a_face_and_those_with_an_unsure_one_are_searched_in_every_frame() -> None:
    faces = {index: face for index, face in FACES.items() if index != 5} | {6: replace(FACES[6], score=0.6)}
    made = make_class(FakeFaceDetector(faces))
    for _ in range(4):
        made.process()
        assert made.detector.searched[-1] >= {5, 6}


def test_of_an_excluded_student_no_face_is_found_again() -> None:
    made = make_class()
    made.process()
    for _ in range(3):
        assert 3 not in {reading.student for reading in made.process(excluded=[3]).faces}
        assert 2 not in made.detector.searched[-1]
