"""Turned heads and shut eyes, on drawn students whose script knows both."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from fer_desktop.simulation.drawing import SceneDrawer, draw_scene, truth_at
from fer_desktop.simulation.head import Pose
from fer_desktop.simulation.script import SceneState, Script, make_script
from fer_desktop.system.opencv import cv2
from fer_desktop.types import Box, Expression, FaceCues, FaceDetection, Floats, Image, Tile
from fer_desktop.vision.faces import MediaPipeFaceDetector
from fer_desktop.vision.faces.head_pose import measure_turn

SIZE = 1280, 720


class Posed(Script):
    """Every student with a camera that is on, neutral, turned so and with such eyes."""

    yaw_deg = 0.0
    pitch_deg = 0.0
    eye_open = 1.0

    def state_at(self, t_s: float) -> SceneState:
        state = SCRIPT.state_at(t_s)
        return SceneState(
            t_s,
            tuple(
                replace(
                    tile,
                    camera_on=True,
                    pose=Pose.FRONT,
                    expression=Expression.NEUTRAL,
                    change=1.0,
                    yaw_deg=self.yaw_deg,
                    pitch_deg=self.pitch_deg,
                    eye_open=self.eye_open,
                )
                for tile in state.tiles
            ),
        )


SCRIPT = make_script(students=9, seconds=60, seed=3)


def look(yaw_deg: float = 0.0, pitch_deg: float = 0.0, eye_open: float = 1.0) -> list[FaceCues]:
    """The cues of every student, in the order of their tiles."""
    posed = type("_Posed", (Posed,), {"yaw_deg": yaw_deg, "pitch_deg": pitch_deg, "eye_open": eye_open})
    script = posed(SCRIPT.seconds, SCRIPT.seed, SCRIPT.students, SCRIPT.orders, SCRIPT.speakers)
    image = SceneDrawer(script).draw(0.0, *SIZE)
    tiles = [Tile(tile.box, camera_on=True) for tile in truth_at(SCRIPT, 0.0, *SIZE)]
    found: dict[int | None, FaceDetection] = {
        face.tile: face for face in MediaPipeFaceDetector(workers=1).detect(image, tiles)
    }
    cues = [found[index].cues for index in range(len(tiles))]
    assert all(each is not None for each in cues)
    return [each for each in cues if each is not None]


@pytest.fixture(scope="module")
def ahead() -> list[FaceCues]:
    return look()


def test_who_looks_ahead_is_turned_nowhere_and_has_open_eyes(ahead: list[FaceCues]) -> None:
    assert all(abs(each.yaw_deg) < 8 for each in ahead)
    assert all(abs(each.pitch_deg) < 16 for each in ahead)
    assert all(0.22 < each.eye_opening < 0.42 for each in ahead)


@pytest.mark.parametrize("yaw_deg", [-35.0, -20.0, 20.0, 35.0])
def test_a_turned_head_is_seen_with_its_side_and_about_its_angle(ahead: list[FaceCues], yaw_deg: float) -> None:
    turns = [turned.yaw_deg - before.yaw_deg for turned, before in zip(look(yaw_deg), ahead, strict=True)]
    assert np.median(turns) == pytest.approx(yaw_deg, abs=9)
    assert all(abs(turn - yaw_deg) < 15 for turn in turns)


@pytest.mark.parametrize("pitch_deg", [-25.0, 15.0])
def test_a_head_that_bends_is_seen(ahead: list[FaceCues], pitch_deg: float) -> None:
    bends = [bent.pitch_deg - before.pitch_deg for bent, before in zip(look(0.0, pitch_deg), ahead, strict=True)]
    assert np.median(bends) == pytest.approx(pitch_deg, abs=13)
    assert all(np.sign(bend) == np.sign(pitch_deg) for bend in bends)


def test_closed_eyes_are_distinguished_from_open_ones_in_every_face(ahead: list[FaceCues]) -> None:
    shares = [shut.eye_opening / before.eye_opening for shut, before in zip(look(eye_open=0.0), ahead, strict=True)]
    assert max(shares) < 0.68


def test_faces_that_are_too_small_have_no_cues() -> None:
    script = make_script(students=49, seconds=30, seed=3)
    image = draw_scene(script, 0.0, 960, 540)
    tiles = [Tile(tile.box, tile.camera_on) for tile in truth_at(script, 0.0, 960, 540)]
    found = MediaPipeFaceDetector().detect(image, tiles)
    assert len(found) > 40
    assert all(face.cues is None for face in found if max(face.box.width, face.box.height) < 42)


def test_cues_are_read_in_some_frames_and_for_every_face_within_seconds() -> None:
    image = draw_scene(SCRIPT, 0.0, *SIZE)
    tiles = [Tile(tile.box, tile.camera_on) for tile in truth_at(SCRIPT, 0.0, *SIZE)]
    detector = MediaPipeFaceDetector()
    frames = [detector.detect(image, tiles) for _ in range(41)]
    assert all(face.cues is not None for face in frames[0])
    assert all(face.cues is None for face in frames[1])
    for index in range(len(frames[0])):
        looks = [number for number, faces in enumerate(frames) if faces[index].cues is not None]
        assert len(looks) >= 3
        assert np.diff(looks).max() <= 20


def test_without_cues_no_eyes_are_read() -> None:
    image = draw_scene(SCRIPT, 0.0, *SIZE)
    tiles = [Tile(tile.box, tile.camera_on) for tile in truth_at(SCRIPT, 0.0, *SIZE)]
    assert all(face.cues is None for face in MediaPipeFaceDetector(cues=False).detect(image, tiles))


def test_a_mesh_that_faces_the_camera_is_turned_nowhere() -> None:
    mesh: Floats = np.zeros((468, 3), np.float32)
    mesh[234], mesh[454] = (-1, 0, 0), (1, 0, 0)
    mesh[10], mesh[152] = (0, -1, 0), (0, 1, 0)
    assert measure_turn(mesh) == pytest.approx((0, 0), abs=1e-5)


def test_a_photograph_and_its_mirror_image_turn_to_opposite_sides(shared_folder: Path) -> None:
    detector, differences = MediaPipeFaceDetector(), []
    for path in sorted((shared_folder / "data" / "faces").glob("*.jpg")):
        image = _shrink(np.asarray(cv2.imread(str(path)), np.uint8))
        one, other = (_signs_of_largest(detector, each) for each in (image, np.ascontiguousarray(image[:, ::-1])))
        if one is not None and other is not None:
            differences.append(
                (one.yaw_deg + other.yaw_deg, one.pitch_deg - other.pitch_deg, one.eye_opening - other.eye_opening)
            )
    yaw, pitch, opening = np.median(np.abs(differences), axis=0)
    assert len(differences) >= 40
    assert yaw < 3
    assert pitch < 3
    assert opening < 0.03


def _shrink(image: Image) -> Image:
    scale = 480 / max(image.shape)
    return np.asarray(cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)


def _signs_of_largest(detector: MediaPipeFaceDetector, image: Image) -> FaceCues | None:
    height, width = image.shape[:2]
    blank = np.zeros_like(image)
    for _ in range(25):  # what it remembers of the picture before is over then
        detector.detect(blank, [])
    faces = detector.detect(image, [Tile(Box(0, 0, width, height), camera_on=True)])
    return max(faces, key=lambda face: face.box.area).cues if faces else None
