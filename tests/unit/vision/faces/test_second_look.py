"""Where a person is known to be, faces are found that escape the search of the tile."""

import numpy as np
import pytest

from fer_desktop.simulation.drawing import draw_scene, truth_at
from fer_desktop.simulation.script import make_script
from fer_desktop.system.opencv import cv2
from fer_desktop.types import Box, Image, Tile, UnreadableReason
from fer_desktop.vision.faces import MediaPipeFaceDetector

SCRIPT = make_script(students=16, seconds=60, seed=5)
SIZE = (1280, 720)


def draw_tiles(scale: float, *, lean_deg: float = 0.0) -> tuple[Image, list[Tile], dict[int, Box]]:
    """Small tiles of students, and where their heads are; each leans by that angle."""
    scene, truth = draw_scene(SCRIPT, 0.0, *SIZE), truth_at(SCRIPT, 0.0, *SIZE)
    for tile in truth:
        left, top, width, height = tile.box.rounded()
        assert tile.face is not None
        x, y = tile.face.centre[0] - left, tile.face.centre[1] - top
        turn = cv2.getRotationMatrix2D((x, y), lean_deg, 1.0)
        inner = np.ascontiguousarray(scene[top : top + height, left : left + width])
        turned = cv2.warpAffine(inner, turn, (width, height), borderMode=cv2.BORDER_REPLICATE)
        scene[top : top + height, left : left + width] = turned
    small = np.asarray(cv2.resize(scene, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    tiles = [Tile(_scale(tile.box, scale), camera_on=True) for tile in truth]
    heads = {index: _scale(_head_of(tile.face), scale) for index, tile in enumerate(truth) if tile.face}
    return small, tiles, heads


def _scale(box: Box, factor: float) -> Box:
    return Box(box.x * factor, box.y * factor, box.width * factor, box.height * factor)


def _head_of(face: Box) -> Box:
    return Box(face.x - 0.1 * face.width, face.y - 0.2 * face.height, 1.2 * face.width, 1.2 * face.height)


def test_faces_too_small_for_the_search_of_the_tile_are_found_and_not_read() -> None:
    image, tiles, heads = draw_tiles(0.22)
    detector = MediaPipeFaceDetector(workers=1)
    assert len(detector.detect(image, tiles)) <= 4
    faces = detector.look_again(image, tiles, heads, captured_at_s=0)
    assert len(faces) >= 12
    assert {face.unreadable.reason for face in faces if face.unreadable} == {UnreadableReason.TOO_SMALL}
    assert all(face.unreadable for face in faces)


@pytest.mark.parametrize("lean_deg", [-45.0, 45.0])
def test_a_face_of_a_leaning_head_is_where_it_is(lean_deg: float) -> None:
    image, tiles, heads = draw_tiles(0.5, lean_deg=lean_deg)
    faces = MediaPipeFaceDetector(workers=1).look_again(image, tiles, heads, captured_at_s=0)
    assert len(faces) >= 14
    for face in faces:
        assert face.tile is not None
        assert heads[face.tile].iou(face.box) > 0.35


def test_no_face_is_seen_in_an_empty_place() -> None:
    image, tiles, heads = draw_tiles(0.5)
    walls = {
        index: Box(tiles[index].box.x, tiles[index].box.y, head.width, head.height) for index, head in heads.items()
    }
    assert MediaPipeFaceDetector(workers=1).look_again(image, tiles, walls, captured_at_s=0) == []


def test_of_a_live_source_some_heads_are_searched_in_each_frame_and_faces_followed() -> None:
    image, tiles, heads = draw_tiles(0.5)
    detector = MediaPipeFaceDetector(workers=1, live=True)
    found = [len(detector.look_again(image, tiles, heads, captured_at_s=frame / 5)) for frame in range(5)]
    assert found[0] <= 4
    assert found == sorted(found)
    assert found[-1] >= 14


def test_a_face_is_gone_soon_after_it_is_not_found_any_more_however_few_frames_are_read() -> None:
    image, tiles, heads = draw_tiles(0.5)
    for rate in (1, 5):
        detector = MediaPipeFaceDetector(workers=1, live=True)
        for frame in range(2 * rate):
            found = detector.look_again(image, tiles, heads, captured_at_s=frame / rate)
        assert len(found) >= 14
        for frame in range(2 * rate, 4 * rate):
            found = detector.look_again(np.full_like(image, 90), tiles, heads, captured_at_s=frame / rate)
        assert found == []


@pytest.mark.parametrize(("misses", "found_after_s"), [(1, 2), (2, 2), (3, 6)])
def test_a_head_without_a_face_is_searched_again_after_two_seconds_and_in_the_end_after_six(
    misses: int, found_after_s: int
) -> None:
    image, tiles, heads = draw_tiles(0.5)
    detector = MediaPipeFaceDetector(workers=1)
    for search in range(misses):
        detector.look_again(np.full_like(image, 90), tiles, heads, captured_at_s=2 * search)
    missed_at_s = 2 * (misses - 1)
    assert detector.look_again(image, tiles, heads, captured_at_s=missed_at_s + found_after_s / 2) == []
    assert len(detector.look_again(image, tiles, heads, captured_at_s=missed_at_s + found_after_s)) >= 14


def test_cues_are_of_the_frame_in_which_a_face_was_looked_at() -> None:
    image, tiles, heads = draw_tiles(1.0)
    detector = MediaPipeFaceDetector(workers=1)
    first, again = (detector.look_again(image, tiles, heads, captured_at_s=at_s) for at_s in (0.0, 0.1))
    assert any(face.cues for face in first)
    assert [face.box for face in again] == [face.box for face in first]
    assert not any(face.cues for face in again)
