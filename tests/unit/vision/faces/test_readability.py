"""Expressions are read only from faces that carry one."""

import numpy as np
import pytest

from fer_desktop.simulation.drawing import draw_scene, truth_at
from fer_desktop.simulation.script import make_script
from fer_desktop.system.opencv import cv2
from fer_desktop.types import Box, Image, UnreadableReason
from fer_desktop.vision.faces.blazeface import BlazeFace, RawFace
from fer_desktop.vision.faces.readability import find_unreadable, is_face_covered

SURE, UNSURE = 0.9, 0.2


def make_raw(size: float = 60, *, nose: float = 0.5) -> RawFace:
    """`nose`: from the left eye (0) to the right one (1)."""
    places = np.array([(0.3, 0.35), (0.7, 0.35), (0.3 + 0.4 * nose, 0.55), (0.5, 0.8)], np.float32)
    return RawFace(Box(0, 0, size, size), 0.9, places * size)


@pytest.mark.parametrize(
    ("face", "presence", "covered", "reason"),
    [
        (make_raw(17), SURE, False, UnreadableReason.TOO_SMALL),
        (make_raw(nose=1.1), SURE, False, UnreadableReason.TURNED),
        (make_raw(nose=-0.1), SURE, False, UnreadableReason.TURNED),
        (make_raw(), SURE, True, UnreadableReason.MASKED),
        (make_raw(), UNSURE, False, None),
    ],
)
def test_such_a_face_is_not_read(
    face: RawFace, presence: float, covered: bool, reason: UnreadableReason | None
) -> None:
    reading = find_unreadable(face, presence, is_covered=covered)
    assert reading is not None
    assert reading.reason is reason


@pytest.mark.parametrize(
    ("face", "presence"),
    [(make_raw(), SURE), (make_raw(nose=0.9), SURE), (make_raw(20), UNSURE)],
    ids=["frontal", "turned a little", "too coarse to be judged"],
)
def test_such_a_face_is_read(face: RawFace, presence: float) -> None:
    assert find_unreadable(face, presence, is_covered=False) is None


def draw_masks(scene: Image, faces: list[Box], colour: tuple[int, int, int]) -> Image:
    masked = scene.copy()
    for face in faces:
        places = ((0.1, 0.52), (0.5, 0.44), (0.9, 0.52), (0.8, 0.9), (0.5, 1.0), (0.2, 0.9))
        corners = [(face.x + x * face.width, face.y + y * face.height) for x, y in places]
        cv2.fillPoly(masked, [np.array(corners, np.int32)], colour, cv2.LINE_AA)
    return masked


@pytest.mark.parametrize("colour", [(230, 200, 150), (245, 245, 245), (40, 40, 40)], ids=["blue", "white", "black"])
def test_masks_are_told_from_skin_of_any_shade(colour: tuple[int, int, int]) -> None:
    script = make_script(students=12, seconds=60, seed=5)
    scene = draw_scene(script, 0.0, 1280, 720)
    truths = [tile.face for tile in truth_at(script, 0.0, 1280, 720) if tile.face]
    found = [_find(scene, face) for face in truths]
    masked = draw_masks(scene, truths, colour)
    assert not any(is_face_covered(scene, face) for face in found)
    assert np.mean([is_face_covered(masked, face) for face in found]) >= 0.75


def _find(scene: Image, face: Box) -> RawFace:
    left, top, side, _ = face.rounded()
    margin = side // 2
    patch = scene[top - margin : top + side + margin, left - margin : left + side + margin]
    (raw, *_) = BlazeFace().find(patch)
    offset = np.array([left - margin, top - margin], np.float32)
    return RawFace(raw.box.shifted(*offset.tolist()), raw.score, raw.keypoints_px + offset)
