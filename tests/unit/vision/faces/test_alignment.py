"""Faces are turned and scaled onto the frame of a FER2013 picture."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fer_desktop.types import Box, FaceDetection, Floats
from fer_desktop.vision.faces.alignment import CANONICAL_KEYPOINTS, align_faces, fit_similarities


def transform(points: Floats, *, scale: float, angle: float, dx: float, dy: float) -> Floats:
    rotation = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    moved: Floats = (scale * points @ rotation.T + [dx, dy]).astype(np.float32)
    return moved


@given(
    scale=st.floats(0.3, 8),
    angle=st.floats(-0.7, 0.7),
    dx=st.floats(-100, 100),
    dy=st.floats(-100, 100),
)
def test_a_face_moved_turned_and_scaled_comes_back_onto_the_frame(
    scale: float, angle: float, dx: float, dy: float
) -> None:
    target = CANONICAL_KEYPOINTS * 48
    source = transform(target, scale=scale, angle=angle, dx=dx, dy=dy)
    matrix = fit_similarities(source[None], target)[0]
    assert source @ matrix[:, :2].T + matrix[:, 2] == pytest.approx(target, abs=0.05)


@pytest.mark.parametrize("scale", [0.6, 1.0, 4.0])
def test_the_eyes_of_a_crop_lie_where_fer2013_has_them(scale: float) -> None:
    keypoints = transform(CANONICAL_KEYPOINTS * 48, scale=scale, angle=0.2, dx=60, dy=40)
    image = np.zeros((400, 400, 3), np.uint8)
    radius = max(1, round(2 * scale))
    for x, y in keypoints[:2].round().astype(int):
        image[y - radius : y + radius + 1, x - radius : x + radius + 1] = 255
    face = FaceDetection(Box(60, 40, 40 * scale, 40 * scale), 0.9, 1.0, keypoints)
    crop = align_faces(image, [face])[0]
    for x, y in CANONICAL_KEYPOINTS[:2] * 48:
        rows, columns = np.nonzero(crop[:, max(0, int(x) - 8) : int(x) + 9] > 100)
        assert rows.mean() == pytest.approx(y - 0.5, abs=1.2)
        assert columns.mean() + max(0, int(x) - 8) == pytest.approx(x - 0.5, abs=1.2)


def test_keypoints_that_fall_together_still_give_a_crop() -> None:
    face = FaceDetection(Box(5, 5, 1, 1), 0.9, 1.0, np.full((4, 2), 5, np.float32))
    assert align_faces(np.zeros((20, 20, 3), np.uint8), [face]).shape == (1, 48, 48)


def test_no_faces_give_an_empty_batch() -> None:
    assert align_faces(np.zeros((20, 20, 3), np.uint8), []).shape == (0, 48, 48)
