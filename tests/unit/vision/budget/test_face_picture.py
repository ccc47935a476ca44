"""A face is found again by its picture where it moved a little, and nothing else is taken for it."""

import numpy as np
import pytest

from fer_desktop.simulation.drawing import draw_scene, truth_at
from fer_desktop.simulation.script import make_script
from fer_desktop.system.opencv import cv2
from fer_desktop.types import Box, Image
from fer_desktop.vision.budget.face_picture import FacePicture

SCRIPT = make_script(students=9, seconds=60, seed=3)
SIZE = 1280, 720
SCENE = draw_scene(SCRIPT, 0.0, *SIZE).copy()
FACES = [tile.face for tile in truth_at(SCRIPT, 0.0, *SIZE) if tile.face is not None]


def take(face: Box) -> FacePicture:
    picture = FacePicture.take(SCENE, face)
    assert picture is not None
    return picture


def move(image: Image, dx: float, dy: float) -> Image:
    return np.asarray(cv2.warpAffine(image, np.array([[1, 0, dx], [0, 1, dy]], np.float32), SIZE), np.uint8)


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("moved", [(0, 0), (2, 0), (-1, 2), (1.5, -0.5)])
def test_it_is_found_where_it_moved(face: Box, moved: tuple[float, float]) -> None:
    noise = np.random.default_rng(1).normal(0, 1.5, SCENE.shape)
    later = np.clip(move(SCENE, *moved) + noise, 0, 255).astype(np.uint8)
    assert take(face).find_again(later) == pytest.approx(moved, abs=0.7)


@pytest.mark.parametrize("face", FACES)
def test_a_hand_before_it_an_empty_chair_and_another_student_are_not_taken_for_it(face: Box) -> None:
    left, top, width, height = face.rounded()
    covered, empty = SCENE.copy(), SCENE.copy()
    covered[top + height // 2 : top + height, left : left + width] = (120, 150, 190)
    empty[top - height // 2 : top + 2 * height, left - width // 2 : left + 2 * width] = (90, 100, 110)
    assert take(face).find_again(covered) is None
    assert take(face).find_again(empty) is None
    other = next(each for each in FACES if each != face)
    swapped = SCENE.copy()
    picture = other.rounded()
    patch = SCENE[picture[1] : picture[1] + picture[3], picture[0] : picture[0] + picture[2]]
    swapped[top : top + height, left : left + width] = cv2.resize(patch, (width, height))
    assert take(face).find_again(swapped) is None


@pytest.mark.parametrize("face", FACES)
def test_a_face_that_is_far_from_where_it_was_is_left_to_the_detector(face: Box) -> None:
    assert take(face).find_again(move(SCENE, 0.6 * face.width, 0)) is None


def test_no_picture_is_taken_at_the_edge_of_the_frame() -> None:
    assert FacePicture.take(SCENE, Box(2, 2, 60, 60)) is None
