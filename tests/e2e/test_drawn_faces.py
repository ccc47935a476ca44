"""MediaPipe finds the face of each drawn student, and none of those turned away."""

from collections.abc import Iterator

import pytest

from fer_desktop.simulation.drawing import SceneDrawer, TrueTile, truth_at
from fer_desktop.simulation.script import make_script
from fer_desktop.types import FaceDetection, Tile
from fer_desktop.vision.faces import MediaPipeFaceDetector

WIDTH, HEIGHT = 1280, 720
CLEAR_SCORE = 0.8


def looks_at(students: int, seed: int, moments: range) -> Iterator[tuple[TrueTile, FaceDetection | None]]:
    """Every tile with a camera on at some moments of a minute, and the face that was found in it."""
    script = make_script(students=students, seconds=60, seed=seed)
    drawer = SceneDrawer(script)
    for t_s in moments:
        truth = truth_at(script, t_s, WIDTH, HEIGHT)
        tiles = [Tile(tile.box, tile.camera_on) for tile in truth]
        off = frozenset(index for index, tile in enumerate(tiles) if not tile.camera_on)
        detector = MediaPipeFaceDetector()  # a new one: it remembers where it verified a face before
        found = {face.tile: face for face in detector.detect(drawer.draw(t_s, WIDTH, HEIGHT), tiles, off)}
        yield from ((tile, found.get(index)) for index, tile in enumerate(truth) if tile.camera_on)


@pytest.mark.parametrize(("students", "seed"), [(25, 7), (49, 1)])
def test_each_face_is_found_clearly_and_where_it_is(students: int, seed: int) -> None:
    seen = [(tile.face, face) for tile, face in looks_at(students, seed, range(1, 60, 14)) if tile.face is not None]
    assert len(seen) > 4 * 0.85 * students
    assert all(face is not None and face.presence > 0.5 for _, face in seen)
    assert all(face is not None and truth.iou(face.box) > 0.6 for truth, face in seen)
    unclear = [face.score for _, face in seen if face is not None and face.score < CLEAR_SCORE]
    assert len(unclear) <= 0.01 * len(seen)


def test_no_face_is_found_in_who_turned_away() -> None:
    seen = [face for tile, face in looks_at(49, 5, range(3, 60, 3)) if tile.turned_away]
    assert len(seen) > 20
    assert sum(face is not None for face in seen) <= 0.05 * len(seen)
