"""The golden files that the web app's engine is held to are what this engine reads from the drawn classes."""

import gzip
import json
from typing import Any, Final

import pytest

from tools.web_golden_engine import (
    FOLDER,
    GALLERY,
    SCENES,
    WINDOWS,
    Scene,
    read_avatars,
    read_operations,
    read_scene,
    read_windows,
)

_MOST_BYTES: Final = 2_000_000
_EXACT: Final = ("tile", "student", "unreadable")
_MOST_APART: Final = {
    "box": 0.05,
    "keypointsPx": 0.05,
    "score": 0.01,
    "presence": 0.01,
    "probabilities": 0.01,
    "turnDeg": 0.1,
    "eyeOpening": 0.005,
}
"""Processors round differently: in pixels, degrees and probabilities."""


@pytest.fixture(scope="module")
def stored() -> dict[str, Any]:
    """What is stored of every scene."""
    scenes: dict[str, Any] = json.loads((FOLDER / "scenes.json").read_text(encoding="utf-8"))
    return scenes


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_a_scene_is_read_as_it_is_stored(scene: Scene, stored: dict[str, Any]) -> None:
    read = json.loads(json.dumps(read_scene(scene)))
    golden = stored[scene.name]
    assert read["picture"] == golden["picture"]
    for frame, wanted in zip(read["frames"], golden["frames"], strict=True):
        assert {key: frame[key] for key in ("edits", "tiles", "outOfView")} == {
            key: wanted[key] for key in ("edits", "tiles", "outOfView")
        }
        for face, wanted_face in zip(frame["faces"], wanted["faces"], strict=True):
            assert [face[key] for key in _EXACT] == [wanted_face[key] for key in _EXACT]
            for key, most in _MOST_APART.items():
                assert face[key] == (wanted_face[key] and pytest.approx(wanted_face[key], abs=most)), key


def test_pictures_are_resized_and_warped_as_it_is_stored() -> None:
    golden = json.loads((FOLDER / "pictures.json").read_text(encoding="utf-8"))
    assert json.loads(json.dumps(list(read_operations()))) == golden


def test_avatars_and_large_tiles_are_found_as_it_is_stored() -> None:
    golden = json.loads(gzip.decompress(GALLERY.read_bytes()))
    assert json.loads(json.dumps({"avatars": read_avatars(), "windows": read_windows()})) == golden


def test_there_are_avatars_and_large_tiles_and_what_resembles_them() -> None:
    golden = json.loads(gzip.decompress(GALLERY.read_bytes()))
    avatars = [avatar for frame in golden["avatars"] for avatar in frame["avatars"]]
    assert len(avatars) / 4 <= sum(avatars) <= 3 * len(avatars) / 4
    counts = [len(window["boxes"]) for window in golden["windows"]]
    whole = [window.columns * window.rows for window in WINDOWS]
    with_large = [
        count == cells - window.times**2 + 1 for count, cells, window in zip(counts, whole, WINDOWS, strict=True)
    ]
    assert sum(with_large) >= 5
    assert sum(count == cells for count, cells in zip(counts, whole, strict=True)) >= 5


def test_the_scenes_have_what_an_engine_can_get_wrong(stored: dict[str, Any]) -> None:
    frames = [frame for scene in stored.values() for frame in scene["frames"]]
    tiles = [tile for frame in frames for tile in frame["tiles"]]
    assert {tile["cameraOn"] for tile in tiles} == {True, False}
    changing = [[tile["student"] for tile in frame["tiles"]] for frame in stored["changing"]["frames"]]
    assert changing[1] != changing[2]  # two students changed places
    assert any(face["tile"] is None for frame in frames for face in frame["faces"])  # a tile was lost, its face was not
    assert {len(scene["frames"][0]["tiles"]) for scene in stored.values()} == {1, 4, 16, 25, 49}
    openings = [face["eyeOpening"] for face in stored["asleep"]["frames"][0]["faces"]]
    assert max(openings[1::2]) < 0.2 < 0.25 < min(openings[::2])  # every second student has shut eyes


def test_the_files_are_small() -> None:
    assert sum(file.stat().st_size for file in FOLDER.iterdir()) <= _MOST_BYTES
