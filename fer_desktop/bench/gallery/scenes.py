"""Rendered call windows with ground truth: made by a tool from outside the project, kept in a folder."""

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from fer_desktop.errors import SettingsError
from fer_desktop.types import Box

PROJECT_FOLDER: Final = Path(__file__).resolve().parents[3]
VIDEO_FPS: Final = 5
_TIMEOUT_S: Final = 3600

SceneStyle = Literal["zoom", "meet", "teams"]
STYLES: Final[tuple[SceneStyle, ...]] = ("zoom", "meet", "teams")


@dataclass(frozen=True, slots=True)
class Scene:
    """What to render: a still picture where `seconds` is 0, else a video at `VIDEO_FPS`.

    `quality`: of the JPEG or video compression. `lively`: students come, go and swap places.
    """

    students: int
    style: SceneStyle
    width: int
    height: int
    seed: int
    quality: int = 80
    seconds: int = 0
    lively: bool = False
    names_shown: bool = True
    page_size: int = 49

    @property
    def name(self) -> str:
        """Unique to the scene; for tables and file names."""
        parts = [self.style, str(self.students), f"{self.width}x{self.height}"]
        parts += [f"q{self.quality}"] if self.quality != 80 else []
        parts += [f"pages{self.page_size}"] if self.page_size != 49 else []
        parts += [f"{self.seconds}s"] if self.seconds else []
        parts += ["lively"] if self.lively else []
        parts += [] if self.names_shown else ["nameless"]
        return "-".join([*parts, f"seed{self.seed}"])

    def arguments(self) -> list[str]:
        """The options of the rendering tool."""
        options = {
            "students": self.students,
            "style": self.style,
            "size": f"{self.width}x{self.height}",
            "seed": self.seed,
            "quality": self.quality,
            "names": "shown" if self.names_shown else "hidden",
            "page-size": self.page_size,
        }
        if self.seconds:
            options |= {"seconds": self.seconds, "fps": VIDEO_FPS, "events": "lively" if self.lively else "none"}
        return [text for option, value in options.items() for text in (f"--{option}", str(value))]


@dataclass(frozen=True, slots=True)
class TruthTile:
    """Ground truth of one tile. `face`: None where the camera is off."""

    box: Box
    student: int
    name: str
    camera_on: bool
    face: Box | None


@dataclass(frozen=True, slots=True)
class TruthFrame:
    """Ground truth of one frame."""

    time_s: float
    tiles: tuple[TruthTile, ...]

    @property
    def faces(self) -> list[tuple[int, Box]]:
        """Student and face box of each face that shows."""
        return [(tile.student, tile.face) for tile in self.tiles if tile.face is not None]


class SceneFolder:
    """Renders scenes; those that the same tool has rendered from the same photographs before are reused."""

    def __init__(self, scenes: Path, rendered: Path) -> None:
        """`scenes`: the folder with `tools/gallery_sim.py` and `data/faces`. Raises `SettingsError` without them."""
        self._tool = scenes / "tools" / "gallery_sim.py"
        self._faces = scenes / "data" / "faces"
        self.screens = scenes / "data" / "screens"
        faces_csv = self._faces / "faces.csv"
        for what, path in (("the tool that renders scenes", self._tool), ("the list of photographs", faces_csv)):
            if not path.is_file():
                raise SettingsError(f"there is no {path} ({what}): --scenes names the folder that holds both")
        digest = hashlib.sha256(self._tool.read_bytes() + faces_csv.read_bytes()).hexdigest()[:12]
        self._rendered = rendered / digest

    def render(self, scene: Scene) -> Path:
        """The picture or video. Raises `SettingsError` where the tool fails."""
        picture = self._rendered / f"{scene.name}{'.mp4' if scene.seconds else '.png'}"
        if picture.is_file():
            return picture
        self._rendered.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".part-", dir=self._rendered) as part:
            fresh = Path(part) / picture.name
            self._run_tool(scene, fresh)
            os.replace(_truth_path(fresh), _truth_path(picture))
            os.replace(fresh, picture)  # last, so that every picture in the folder has its truth
        return picture

    def _run_tool(self, scene: Scene, path: Path) -> None:
        kind = "video" if scene.seconds else "still"
        command = [sys.executable, str(self._tool), kind, str(path), "--faces", str(self._faces), *scene.arguments()]
        try:
            subprocess.run(command, capture_output=True, check=True, timeout=_TIMEOUT_S)
        except subprocess.CalledProcessError as error:
            lines = error.stderr.decode(errors="replace").strip().splitlines()[-1:] or ["it said nothing"]
            raise SettingsError(f"{self._tool.name} could not render {scene.name}: {lines[0]}") from error
        except subprocess.TimeoutExpired as error:
            raise SettingsError(f"{self._tool.name} took over {_TIMEOUT_S} s to render {scene.name}") from error


@contextmanager
def open_scene_folder(scenes: Path, keep: Path | None) -> Iterator[SceneFolder]:
    """A folder of scenes at `keep`, else one that is deleted at the end. Raises `SettingsError`."""
    if keep is not None:
        check_outside_project(keep)
        yield SceneFolder(scenes, keep)
        return
    with tempfile.TemporaryDirectory(prefix="fer-desktop-scenes-") as folder:
        yield SceneFolder(scenes, Path(folder))


def check_outside_project(folder: Path) -> None:
    """Raises `SettingsError` where the folder lies in the project, which holds no pictures of people."""
    if folder.resolve().is_relative_to(PROJECT_FOLDER):
        raise SettingsError(f"{folder} lies inside the project, where no picture of people belongs: choose another")


def read_truth(picture: Path) -> list[TruthFrame]:
    """The ground truth of each frame; one frame for a still picture."""
    lines = _truth_path(picture).read_text(encoding="utf-8").splitlines()
    return [_parse_frame(json.loads(line)) for line in lines]


def _truth_path(picture: Path) -> Path:
    return picture.with_name(picture.name + (".jsonl" if picture.suffix == ".mp4" else ".json"))


def _parse_frame(line: dict[str, Any]) -> TruthFrame:
    tiles = tuple(
        TruthTile(
            box=Box(*tile["box"]),
            student=tile["student"],
            name=tile["name"],
            camera_on=tile["camera_on"],
            face=Box(*tile["face"]) if tile["face"] else None,
        )
        for tile in line["tiles"]
    )
    return TruthFrame(line["time"], tiles)
