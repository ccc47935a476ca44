"""Students are told apart by room and clothing; a face alone makes no difference."""

import numpy as np

from fer_desktop.system.opencv import cv2
from fer_desktop.types import Box, Image
from fer_desktop.vision.identity.appearance import compare_appearances, compare_pair, describe_tile

TILE = Box(0, 0, 320, 180)
HEAD = ((160, 72), (36, 46))
"""Centre, and half width and height: a head as large as in a usual tile."""
OTHER_ROOM = 1.0


def draw_room(seed: int) -> Image:
    """Broad patches of colour."""
    patches = np.random.default_rng(seed).integers(0, 256, (6, 10, 3), np.uint8)
    return np.asarray(cv2.resize(patches, (320, 180), interpolation=cv2.INTER_CUBIC), np.uint8)


def put_head(room: Image, colour: tuple[int, int, int]) -> Image:
    image = room.copy()
    cv2.ellipse(image, HEAD[0], HEAD[1], 0, 0, 360, colour, -1)
    return image


def measure_distance(one: Image, other: Image) -> float:
    first, second = (describe_tile(image, TILE, camera_on=True)[None] for image in (one, other))
    return float(compare_appearances(first, second, camera_on=True)[0, 0])


def test_the_palest_and_the_darkest_face_in_one_room_are_near() -> None:
    for seed in range(5):
        room = draw_room(seed)
        assert measure_distance(put_head(room, (210, 220, 240)), put_head(room, (30, 40, 60))) < 0.35 * OTHER_ROOM


def test_one_face_in_two_rooms_is_as_far_as_can_be() -> None:
    face = (120, 150, 200)
    for seed in range(5):
        assert measure_distance(put_head(draw_room(seed), face), put_head(draw_room(seed + 10), face)) == OTHER_ROOM


def test_a_pair_has_the_distance_that_it_has_among_many() -> None:
    rooms = [describe_tile(draw_room(seed), TILE, camera_on=True) for seed in range(4)]
    shifted = [room + 0.02 for room in rooms]
    among_many = compare_appearances(np.stack(rooms), np.stack(shifted), camera_on=True)
    pairs = [[compare_pair(one, other, camera_on=True) for other in shifted] for one in rooms]
    assert np.allclose(pairs, among_many, atol=1e-5)
    assert pairs[0][0] < 0.2 < pairs[0][1]
