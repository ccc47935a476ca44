"""MediaPipe's models on drawn faces: found in tiles, found without tiles, and nothing found where nobody is."""

import json
import pickle
import subprocess
import sys

import numpy as np
import pytest

from fer_desktop.simulation.drawing import draw_scene, truth_at
from fer_desktop.simulation.script import make_script
from fer_desktop.system.model_files import FACE_DETECTION, check_model_file
from fer_desktop.system.opencv import cv2
from fer_desktop.types import Box, Image, Tile
from fer_desktop.vision.faces import MediaPipeFaceDetector
from fer_desktop.vision.faces.blazeface import BlazeFace

SCRIPT = make_script(students=9, seconds=60, seed=3)
SIZE = 960, 540


@pytest.fixture(scope="module")
def scene() -> tuple[Image, list[Tile], list[Box]]:
    image = draw_scene(SCRIPT, 0.0, *SIZE)
    truth = truth_at(SCRIPT, 0.0, *SIZE)
    return image, [Tile(tile.box, tile.camera_on) for tile in truth], [tile.face for tile in truth if tile.face]


def test_every_face_is_found_once_in_its_own_tile(scene: tuple[Image, list[Tile], list[Box]]) -> None:
    image, tiles, faces = scene
    found = MediaPipeFaceDetector().detect(image, tiles)
    assert len(found) == len(faces)
    for face in found:
        assert face.tile is not None
        assert tiles[face.tile].box.contains(*face.box.centre)
        assert any(face.box.iou(true) > 0.3 for true in faces)
        eye_left, eye_right, nose, mouth = face.keypoints_px
        assert eye_left[0] < nose[0] < eye_right[0]
        assert eye_left[1] < nose[1] < mouth[1]


def test_a_skipped_tile_is_not_searched(scene: tuple[Image, list[Tile], list[Box]]) -> None:
    image, tiles, _ = scene
    found = MediaPipeFaceDetector().detect(image, tiles, frozenset({0, 1}))
    assert {face.tile for face in found}.isdisjoint({0, 1})


def test_without_tiles_the_picture_is_surveyed_and_then_followed(scene: tuple[Image, list[Tile], list[Box]]) -> None:
    image, _, faces = scene
    detector = MediaPipeFaceDetector()
    for _ in range(3):
        found = detector.detect(image, [])
        assert all(face.tile is None for face in found)
        assert sum(any(true.iou(face.box) > 0.3 for face in found) for true in faces) == len(faces)


def test_a_face_beside_the_tiles_is_found_at_once_and_followed(scene: tuple[Image, list[Tile], list[Box]]) -> None:
    """The layout may know some of the tiles only."""
    image, tiles, faces = scene
    detector = MediaPipeFaceDetector()
    for _ in range(4):
        found = detector.detect(image, tiles[:4])
        assert len(found) == len(faces)
        assert {face.tile for face in found if face.tile is not None} <= {0, 1, 2, 3}
        for true in faces:
            assert sum(true.iou(face.box) > 0.3 for face in found) == 1


def test_a_skipped_tile_is_not_surveyed_either(scene: tuple[Image, list[Tile], list[Box]]) -> None:
    image, tiles, _ = scene
    hidden = frozenset({1, 2})
    found = MediaPipeFaceDetector().detect(image, tiles[:3], hidden)
    assert not any(tiles[index].box.contains(*face.box.centre) for face in found for index in hidden)


def test_people_who_share_a_camera_are_all_found(scene: tuple[Image, list[Tile], list[Box]]) -> None:
    image, _, faces = scene
    room = Tile(Box(0, 0, *SIZE), camera_on=True)
    found = MediaPipeFaceDetector().detect(image, [room])
    assert len(found) == len(faces)
    assert {face.tile for face in found} == {0}


def test_the_first_live_picture_is_not_searched_everywhere_at_once() -> None:
    script = make_script(students=25, seconds=60, seed=3)
    image = draw_scene(script, 0.0, 1280, 720)
    tiles = [Tile(tile.box, tile.camera_on) for tile in truth_at(script, 0.0, 1280, 720) if tile.face]
    still, live = MediaPipeFaceDetector(), MediaPipeFaceDetector(live=True)
    assert len(still.detect(image, tiles[:2])) == len(tiles)
    counts = [len(live.detect(image, tiles[:2])) for _ in range(20)]
    assert counts[0] < len(tiles)
    assert len(tiles) in counts


def test_a_student_who_joins_later_is_found_within_four_seconds_without_a_stalled_frame(
    scene: tuple[Image, list[Tile], list[Box]],
) -> None:
    image, tiles, faces = scene
    x, y, width, height = tiles[-1].box.rounded()
    before = image.copy()
    before[y : y + height, x : x + width] = image[0, 0]
    detector = MediaPipeFaceDetector()
    assert len(detector.detect(before, [])) == len(faces) - 1
    counts = [len(detector.detect(image, [])) for _ in range(20)]
    assert len(faces) in counts


def test_a_small_portrait_on_a_flat_card_beside_the_tiles_is_no_face(
    scene: tuple[Image, list[Tile], list[Box]],
) -> None:
    image, tiles, _ = scene
    x, y, width, height = next(tile.box for tile in tiles if tile.camera_on).rounded()
    card = np.full((300, 400, 3), 235, np.uint8)
    portrait = image[y : y + height, x + (width - height) // 2 : x + (width + height) // 2]
    inside = np.hypot(*np.mgrid[-1 : 1 : height * 1j, -1 : 1 : height * 1j]) < 0.95
    card[60 : 60 + height, 100 : 100 + height][inside] = portrait[inside]
    assert MediaPipeFaceDetector().detect(card, []) == []


def test_small_faces_blurred_by_compression_are_found_where_no_other_face_is_in_the_tile() -> None:
    """The landmark model alone would leave every third of them out."""
    script = make_script(students=49, seconds=30, seed=3)
    sharp = draw_scene(script, 0.0, 800, 450)
    _, sent = cv2.imencode(".jpg", sharp, [cv2.IMWRITE_JPEG_QUALITY, 20])
    image = np.asarray(cv2.imdecode(sent, cv2.IMREAD_COLOR), np.uint8)
    truth = truth_at(script, 0.0, 800, 450)
    tiles = [Tile(each.box, each.camera_on) for each in truth]
    off = frozenset(index for index, tile in enumerate(tiles) if not tile.camera_on)
    found = MediaPipeFaceDetector().detect(image, tiles, off)
    faces = [each.face for each in truth if each.face is not None and not each.turned_away]
    seen = [face for face in faces if any(face.iou(other.box) > 0.3 for other in found)]
    assert len(seen) >= 0.8 * len(faces)
    assert all(any(other.box.iou(face) > 0.2 for face in faces) for other in found)


@pytest.mark.parametrize("shape", [(1, 1), (2, 3), (1, 5000), (300, 20), (48, 48)])
def test_pictures_of_any_shape_without_a_face_give_none(shape: tuple[int, int]) -> None:
    image = np.full((*shape, 3), 128, np.uint8)
    assert MediaPipeFaceDetector().detect(image, []) == []


def test_boxes_are_those_of_mediapipes_own_detector(scene: tuple[Image, list[Tile], list[Box]]) -> None:
    """The decoding is ours, so MediaPipe's Tasks API, in a process of its own, is the judge of it."""
    image, tiles, _ = scene
    ours = BlazeFace()
    patches = [_cut(image, tile.box) for tile in tiles]
    for patch, theirs in zip(patches, _detect_with_tasks_api(patches), strict=True):
        mine = [face.box for face in ours.find(patch)]
        assert len(mine) == len(theirs)
        for box, other in zip(mine, theirs, strict=True):
            assert box.iou(Box(*other)) > 0.85  # the Tasks API rounds to whole pixels, and resizes on its own


def _cut(image: Image, box: Box) -> Image:
    left, top, width, height = box.rounded()
    return np.ascontiguousarray(image[top : top + height, left : left + width])


def _detect_with_tasks_api(patches: list[Image]) -> list[list[list[float]]]:
    code = """
import sys, json, pickle
import mediapipe as mp
from mediapipe.tasks.python import BaseOptions, vision
options = vision.FaceDetectorOptions(BaseOptions(model_asset_path=sys.argv[1]), min_detection_confidence=0.5)
found = []
with vision.FaceDetector.create_from_options(options) as detector:
    for patch in pickle.load(sys.stdin.buffer):
        image = mp.Image(image_format=mp.ImageFormat.SRGB, data=patch[..., ::-1].copy())
        boxes = [d.bounding_box for d in detector.detect(image).detections]
        found.append([[b.origin_x, b.origin_y, b.width, b.height] for b in boxes])
print(json.dumps(found))
"""
    command = [sys.executable, "-W", "ignore", "-c", code, str(check_model_file(FACE_DETECTION))]
    done = subprocess.run(command, input=pickle.dumps(patches), capture_output=True, check=True, timeout=240)
    found: list[list[list[float]]] = json.loads(done.stdout.splitlines()[-1])
    return found
