"""Scenes are rendered once, by a tool outside the project; missing files and failures are reported."""

from pathlib import Path

import pytest

from fer_desktop.bench.gallery.scenes import (
    PROJECT_FOLDER,
    Scene,
    SceneFolder,
    check_outside_project,
    open_scene_folder,
    read_truth,
)
from fer_desktop.errors import SettingsError
from fer_desktop.types import Box

STILL = Scene(2, "zoom", 640, 360, seed=5)
TOOL = """
import json, sys
from pathlib import Path
out = Path(sys.argv[2])
out.write_bytes(b"picture")
tile = {"box": [10, 20, 160, 90], "student": 3, "name": "José", "camera_on": True, "face": [50, 30, 40, 40]}
off = {"box": [180, 20, 160, 90], "student": 4, "name": "Mei", "camera_on": False, "face": None}
line = json.dumps({"time": 0.4, "tiles": [tile, off]}, ensure_ascii=False)
video = sys.argv[1] == "video"
Path(str(out) + (".jsonl" if video else ".json")).write_text("\\n".join([line] * (2 if video else 1)), encoding="utf-8")
with open(Path(__file__).with_name("runs"), "a") as runs:
    print(" ".join(sys.argv[3:]), file=runs)
"""


def make_scenes(folder: Path, tool: str = TOOL) -> Path:
    (folder / "tools").mkdir(parents=True)
    (folder / "data" / "faces").mkdir(parents=True)
    (folder / "tools" / "gallery_sim.py").write_text(tool, encoding="utf-8")
    (folder / "data" / "faces" / "faces.csv").write_text("file,x,y,w,h,label\n", encoding="utf-8")
    return folder


@pytest.fixture
def scenes(tmp_path: Path) -> Path:
    return make_scenes(tmp_path / "scenes")


def runs_of(scenes: Path) -> list[str]:
    return (scenes / "tools" / "runs").read_text(encoding="utf-8").splitlines()


def test_a_scene_is_rendered_once_and_kept(scenes: Path, tmp_path: Path) -> None:
    pictures = [SceneFolder(scenes, tmp_path / "kept").render(STILL) for _ in range(2)]
    assert pictures[0] == pictures[1]
    assert pictures[0].read_bytes() == b"picture"
    assert len(runs_of(scenes)) == 1
    assert sorted(path.suffix for path in pictures[0].parent.iterdir()) == [".json", ".png"]


def test_another_tool_renders_anew(scenes: Path, tmp_path: Path) -> None:
    SceneFolder(scenes, tmp_path / "kept").render(STILL)
    (scenes / "tools" / "gallery_sim.py").write_text(TOOL + "# changed\n", encoding="utf-8")
    SceneFolder(scenes, tmp_path / "kept").render(STILL)
    assert len(runs_of(scenes)) == 2


def test_the_tool_gets_all_options_of_a_scene(scenes: Path, tmp_path: Path) -> None:
    scene = Scene(40, "teams", 1366, 768, seed=2, quality=25, seconds=30, lively=True, names_shown=False, page_size=25)
    SceneFolder(scenes, tmp_path / "kept").render(scene)
    options = runs_of(scenes)[0]
    for option in (
        "--students 40",
        "--style teams",
        "--size 1366x768",
        "--seed 2",
        "--quality 25",
        "--seconds 30",
        "--fps 5",
        "--events lively",
        "--names hidden",
        "--page-size 25",
        f"--faces {scenes / 'data' / 'faces'}",
    ):
        assert option in options


def test_the_truth_of_a_picture_and_of_a_video(scenes: Path, tmp_path: Path) -> None:
    folder = SceneFolder(scenes, tmp_path / "kept")
    (frame,) = read_truth(folder.render(STILL))
    assert frame.time_s == 0.4
    assert frame.faces == [(3, Box(50, 30, 40, 40))]
    assert [(tile.name, tile.camera_on) for tile in frame.tiles] == [("José", True), ("Mei", False)]
    assert len(read_truth(folder.render(Scene(2, "zoom", 640, 360, seed=5, seconds=1)))) == 2


def test_scenes_that_differ_have_names_that_differ() -> None:
    scenes = [
        STILL,
        Scene(2, "zoom", 640, 360, seed=6),
        Scene(2, "meet", 640, 360, seed=5),
        Scene(2, "zoom", 640, 360, seed=5, quality=25),
        Scene(2, "zoom", 640, 360, seed=5, seconds=30),
        Scene(2, "zoom", 640, 360, seed=5, seconds=30, lively=True),
        Scene(2, "zoom", 640, 360, seed=5, seconds=30, names_shown=False),
        Scene(2, "zoom", 640, 360, seed=5, seconds=30, page_size=25),
    ]
    assert len({scene.name for scene in scenes}) == len(scenes)


@pytest.mark.parametrize("missing", ["tools/gallery_sim.py", "data/faces/faces.csv"])
def test_what_is_missing_is_named(scenes: Path, tmp_path: Path, missing: str) -> None:
    (scenes / missing).unlink()
    with pytest.raises(SettingsError, match=Path(missing).name):
        SceneFolder(scenes, tmp_path / "kept")


def test_a_tool_that_fails_is_quoted_and_leaves_nothing(tmp_path: Path) -> None:
    scenes = make_scenes(tmp_path / "scenes", "import sys\nsys.exit('faces.csv names no photographs')\n")
    with pytest.raises(SettingsError, match="names no photographs"):
        SceneFolder(scenes, tmp_path / "kept").render(STILL)
    assert [path for path in (tmp_path / "kept").rglob("*") if path.is_file()] == []


def test_without_a_place_to_keep_them_scenes_vanish(scenes: Path) -> None:
    with open_scene_folder(scenes, None) as folder:
        picture = folder.render(STILL)
        assert picture.is_file()
    assert not picture.exists()


def test_nothing_is_kept_inside_the_project(scenes: Path) -> None:
    with pytest.raises(SettingsError, match="inside the project"), open_scene_folder(scenes, PROJECT_FOLDER / "kept"):
        pass


def test_the_check_sees_through_a_roundabout_path(tmp_path: Path) -> None:
    check_outside_project(tmp_path)
    with pytest.raises(SettingsError, match="inside the project"):
        check_outside_project(tmp_path / ".." / Path("/..") / PROJECT_FOLDER / "docs" / ".." / "pictures")
