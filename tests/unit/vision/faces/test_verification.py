"""A verified face is trusted for a while, and known for longer: it is checked again where it is expected."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np
import pytest

from fer_desktop.simulation.drawing import draw_scene, truth_at
from fer_desktop.simulation.script import make_script
from fer_desktop.types import Image
from fer_desktop.vision.faces.blazeface import RawFace
from fer_desktop.vision.faces.verification import Verifier
from fer_desktop.vision.faces.workers import FaceWorker, WorkerPool

SCRIPT = make_script(students=4, seconds=60, seed=3)
SIZE = 960, 540
LONGEST_TRUST_FRAMES = 19

In = TypeVar("In")
Out = TypeVar("Out")
Detections = list[tuple[RawFace, int | None]]


@pytest.fixture(scope="module")
def pool() -> WorkerPool:
    return WorkerPool(1, cues=True)


@pytest.fixture(scope="module")
def scene(pool: WorkerPool) -> tuple[Image, Detections]:
    """A drawn class, and the one detection in each of its tiles."""
    image = draw_scene(SCRIPT, 0.0, *SIZE)
    boxes = [tile.box for tile in truth_at(SCRIPT, 0.0, *SIZE) if tile.face]
    found = pool.find(image, boxes)
    assert [len(faces) for faces in found] == [1] * len(boxes)
    return image, [(faces[0], index) for index, faces in enumerate(found)]


def test_a_face_that_is_due_to_be_checked_is_known_still_and_checked_once(
    pool: WorkerPool, scene: tuple[Image, Detections]
) -> None:
    image, detections = scene
    verifier, checks = Verifier(pool), [0] * len(detections)
    for _ in range(LONGEST_TRUST_FRAMES + 2):
        for index, face in enumerate(verifier.verify(image, detections)):
            checks[index] += face.cues is not None  # cues are those of the frames in which a face is checked
        verifier.end_frame()
        assert len(verifier.known_faces) == len(detections)
    assert checks == [2] * len(detections)


def test_a_face_that_is_gone_is_forgotten(pool: WorkerPool, scene: tuple[Image, Detections]) -> None:
    image, detections = scene
    verifier = Verifier(pool)
    verifier.verify(image, detections)
    for _ in range(2 * LONGEST_TRUST_FRAMES):
        verifier.end_frame()
    assert verifier.known_faces == []


class CountingPool(WorkerPool):
    """Counts the checks."""

    checks = 0

    def map(self, items: Sequence[In], work: Callable[[FaceWorker, In], Out], *, least: int | None = None) -> list[Out]:
        self.checks += len(items)
        return super().map(items, work, least=least)


def test_what_was_no_face_is_checked_again_once_it_is_clearer(scene: tuple[Image, Detections]) -> None:
    image, ((face, tile), *_) = scene
    wall = np.full_like(image, 120)
    pool = CountingPool(1, cues=False)
    verifier = Verifier(pool)
    unclear, clearer = replace(face, score=0.55), replace(face, score=0.7)
    for _ in range(4):
        assert verifier.verify(wall, [(unclear, tile)]) == []
        verifier.end_frame()
    assert pool.checks == 1
    assert len(verifier.verify(image, [(clearer, tile)])) == 1
    assert pool.checks == 2


def test_what_was_no_face_is_checked_again_after_five_frames(pool: WorkerPool, scene: tuple[Image, Detections]) -> None:
    image, detections = scene
    verifier = Verifier(pool)
    assert verifier.verify(np.full_like(image, 120), detections) == []
    for _ in range(5):
        verifier.end_frame()
    assert len(verifier.verify(image, detections)) == len(detections)
