"""Two tiles in one run of the detector: only where a face is to be found again, and never at the price of one."""

import numpy as np
import pytest

from fer_desktop.simulation.drawing import draw_scene, truth_at
from fer_desktop.simulation.script import make_script
from fer_desktop.types import Box, Image, Tile
from fer_desktop.vision.faces import MediaPipeFaceDetector
from fer_desktop.vision.faces.blazeface import BlazeFace, RawFace
from fer_desktop.vision.faces.pairs import (
    KnownFace,
    VainSearches,
    find_lone_faces,
    find_near,
    is_as_expected,
    plan_pairs,
)

SCRIPT = make_script(students=9, seconds=60, seed=3)
SIZE = 1280, 720
WIDE = [Box(column * 200, row * 120, 192, 108) for row in range(2) for column in range(2)]


def face_in(tile: Box, *, share: float = 0.5, score: float = 0.9) -> KnownFace:
    side = share * tile.height
    x, y = tile.centre
    return KnownFace(Box(x - side / 2, y - side / 2, side, side), score)


def raw(known: KnownFace, *, shift_px: float = 0.0, score: float = 0.9) -> RawFace:
    return RawFace(known.box.shifted(shift_px, 0), score, np.zeros((4, 2), np.float32))


def pairs_of(tiles: list[Box], known: list[KnownFace]) -> list[tuple[int, int]]:
    return plan_pairs(tiles, find_lone_faces(tiles, known))


@pytest.fixture(scope="module")
def lesson() -> list[tuple[Image, list[Tile]]]:
    """Three frames of a drawn class, a fifth of a second apart."""
    return [
        (
            draw_scene(SCRIPT, at_s, *SIZE),
            [Tile(tile.box, tile.camera_on) for tile in truth_at(SCRIPT, at_s, *SIZE)],
        )
        for at_s in (0.0, 0.2, 0.4)
    ]


def test_tiles_that_hold_one_known_face_each_are_paired_and_the_odd_one_stays_alone() -> None:
    assert pairs_of(WIDE[:3], [face_in(tile) for tile in WIDE]) == [(0, 1)]


def test_new_faces_two_people_and_distant_faces_are_searched_alone() -> None:
    first, second, third, fourth = WIDE
    shared = [face_in(second), KnownFace(face_in(second).box.shifted(30, 0), 0.9)]
    assert pairs_of(WIDE, [face_in(first), *shared, face_in(third, share=0.2)]) == []
    assert pairs_of(WIDE, [face_in(first), *shared, face_in(fourth)]) == [(0, 3)]


def test_wide_tiles_are_not_paired_with_tall_ones_and_square_ones_with_none() -> None:
    tiles = [Box(0, 0, 160, 90), Box(200, 0, 90, 160), Box(300, 0, 160, 90), Box(500, 0, 100, 100)]
    assert pairs_of(tiles, [face_in(tile, share=0.35) for tile in tiles]) == [(0, 2)]


def test_a_face_is_found_again_where_it_was_and_as_clearly_as_it_was() -> None:
    known = face_in(WIDE[0])
    assert is_as_expected(known, [raw(known, shift_px=3)])
    assert not is_as_expected(known, [])
    assert not is_as_expected(known, [raw(known), raw(known, shift_px=60)])
    assert not is_as_expected(known, [raw(known, shift_px=60)])
    assert not is_as_expected(known, [raw(known, score=0.7)])


def test_a_tile_without_a_face_is_as_expected_while_nothing_is_found_in_it() -> None:
    assert is_as_expected(None, [])
    assert not is_as_expected(None, [raw(face_in(WIDE[0]))])


@pytest.mark.parametrize("turned", [False, True], ids=["above each other", "beside each other"])
def test_a_pair_gives_the_faces_that_its_tiles_give_alone(lesson: list[tuple[Image, list[Tile]]], turned: bool) -> None:
    image, tiles = lesson[0]
    patches = [cut(image, tile.box) for tile in tiles if tile.camera_on]
    if turned:  # tall tiles: the middle of each
        patches = [np.ascontiguousarray(patch[:, patch.shape[1] // 4 : -patch.shape[1] // 4]) for patch in patches]
    network = BlazeFace()
    for first, second in zip(patches[::2], patches[1::2], strict=False):
        alone_of = network.find(first), network.find(second)
        for alone, together in zip(alone_of, network.find_pair(first, second), strict=True):
            assert len(alone) == len(together) == 1
            assert alone[0].box.iou(together[0].box) > 0.8
            width = alone[0].box.width
            assert np.abs(alone[0].keypoints_px - together[0].keypoints_px).max() < 0.1 * width


def test_the_faces_of_a_lesson_are_those_that_are_found_one_tile_at_a_time(
    lesson: list[tuple[Image, list[Tile]]],
) -> None:
    following = MediaPipeFaceDetector()
    for image, tiles in lesson:
        together = following.detect(image, tiles)
        alone = MediaPipeFaceDetector().detect(image, tiles)
        assert [face.tile for face in together] == [face.tile for face in alone]
        assert all(one.box.iou(other.box) > 0.8 for one, other in zip(together, alone, strict=True))


def test_who_turns_up_between_known_faces_is_found_in_the_same_frame(lesson: list[tuple[Image, list[Tile]]]) -> None:
    (image, tiles), detector = lesson[0], MediaPipeFaceDetector()
    empty = image.copy()
    on = [index for index, tile in enumerate(tiles) if tile.camera_on]
    x, y, width, height = tiles[on[1]].box.rounded()
    empty[y : y + height, x : x + width] = 40
    before = {face.tile for face in detector.detect(empty, tiles)}
    after = {face.tile for face in detector.detect(image, tiles)}
    assert after - before == {on[1]}


def test_a_face_that_leaves_is_not_found_again(lesson: list[tuple[Image, list[Tile]]]) -> None:
    (image, tiles), detector = lesson[0], MediaPipeFaceDetector()
    before = {face.tile for face in detector.detect(image, tiles)}
    gone = min(tile for tile in before if tile is not None)
    empty = image.copy()
    x, y, width, height = tiles[gone].box.rounded()
    empty[y : y + height, x : x + width] = 40
    assert {face.tile for face in detector.detect(empty, tiles)} == before - {gone}


def test_who_comes_back_into_tiles_that_shared_runs_in_vain_is_found_at_once(
    lesson: list[tuple[Image, list[Tile]]],
) -> None:
    (image, tiles), detector = lesson[0], MediaPipeFaceDetector()
    for _ in range(5):
        assert detector.detect(np.full_like(image, 40), tiles) == []
    alone = MediaPipeFaceDetector().detect(image, tiles)
    again = detector.detect(image, tiles)
    assert [(face.tile, face.box) for face in again] == [(face.tile, face.box) for face in alone]


def test_a_tile_was_searched_in_vain_after_three_searches_in_a_row_that_showed_nothing() -> None:
    vain = VainSearches()
    nothing: list[list[RawFace]] = [[]] * 4
    something = [[], [raw(face_in(WIDE[1]))], [], []]
    for found in (nothing, something, nothing, nothing):
        vain.start_frame(WIDE)
        vain.note(WIDE, found)
    assert vain.find(WIDE) == [0, 2, 3]
    vain.start_frame(WIDE[1:])
    assert vain.find(WIDE) == [2, 3]


def test_tiles_that_are_off_a_frame_made_smaller_have_no_face(lesson: list[tuple[Image, list[Tile]]]) -> None:
    (image, tiles), detector = lesson[0], MediaPipeFaceDetector()
    assert detector.detect(image, tiles)
    small = np.ascontiguousarray(image[: SIZE[1] // 3, : SIZE[0] // 3])
    inside = {index for index, tile in enumerate(tiles) if Box(0, 0, *small.shape[1::-1]).contains(*tile.box.centre)}
    assert {face.tile for face in detector.detect(small, tiles)} <= inside


def cut(image: Image, box: Box) -> Image:
    left, top, width, height = box.rounded()
    return np.ascontiguousarray(image[top : top + height, left : left + width])


def test_known_faces_near_a_face_are_all_that_it_may_touch() -> None:
    rng = np.random.default_rng(5)
    boxes = [Box(*rng.uniform(0, 300, 2), *rng.uniform(10, 60, 2)) for _ in range(60)]
    known, faces = [KnownFace(box, 0.9) for box in boxes[:30]], [raw(KnownFace(box, 0.9)) for box in boxes[30:]]
    expected = [[index for index, each in enumerate(known) if each.may_meet(face)] for face in faces]
    assert find_near(known, faces) == expected
    assert any(expected)
    assert find_near([], faces) == [[]] * 30
    assert find_near(known, []) == []
