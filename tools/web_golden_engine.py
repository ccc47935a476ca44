"""Writes `web/tests/golden/engine`: what the Python engine reads from drawn classes, for the web app's engine.

Each scene is a PNG of a simulated class, which shows no real person, and the frames that are made from it by copying
and filling rectangles: students change places, leave and come back, tiles touch. `scenes.json` has what is read from
each frame, `pictures.json` digests of pictures resized and warped by OpenCV, `gallery.json.gz` what is found of drawn
avatars and large tiles: many lie near a threshold, so that a port that drifts reads one in another way. The port in
`web/src/engine` is held to these, and so is the Python engine, by a test. `--pictures` draws the PNGs anew, too.
"""

import argparse
import gzip
import hashlib
import json
import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from fer_desktop.app import build_analyzer
from fer_desktop.expression.litert_classifier import LiteRtExpressionClassifier
from fer_desktop.simulation.drawing import SceneDrawer
from fer_desktop.simulation.layout import lay_out_tiles
from fer_desktop.simulation.script import make_script
from fer_desktop.simulation.timeline import Span
from fer_desktop.system.model_files import EXPRESSION_QUANTISED, check_model_file
from fer_desktop.system.opencv import cv2
from fer_desktop.types import Box, FaceReading, Frame, FrameResult, Image, TileReading
from fer_desktop.vision.gallery.avatar import shows_avatar
from fer_desktop.vision.gallery.layout import find_layout

ROOT: Final = Path(__file__).resolve().parent.parent
FOLDER: Final = ROOT / "web" / "tests" / "golden" / "engine"
GALLERY: Final = FOLDER / "gallery.json.gz"
_GAP: Final = (26, 26, 26)
_CARD: Final = (70, 60, 90)
_SEED: Final = 7
_SECONDS: Final = 60.0
_SIZES: Final = ((128, 72), (114, 64), (64, 128), (12, 8), (48, 27), (256, 144))
"""Of pictures in the networks' inputs and in appearances, smaller and larger than what they are made of."""
_STRIP_PX: Final = 6
_ROW_PX: Final = 2
_ORIGIN: Final = (8, 8)

Rectangle = tuple[int, int, int, int]
"""Left, top, width, height in pixels."""
Edit = Mapping[str, Any]
"""`{"copy": rectangle, "to": [left, top]}`, from the scene's picture, or `{"fill": rectangle, "colour": [r, g, b]}`."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A drawn class and the frames made from it, half a second apart."""

    name: str
    picture: "Picture"
    frames: tuple[tuple[Edit, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn class of so many students, so many seconds after its start. `asleep`: those whose eyes are shut."""

    students: int
    width: int
    height: int
    at_s: float
    asleep: frozenset[int] = frozenset()

    @property
    def path(self) -> Path:
        """The file."""
        return FOLDER / f"{self.name}.png"

    @property
    def name(self) -> str:
        """Of the file, without its ending."""
        return f"class-of-{self.students}"

    @property
    def tiles(self) -> list[Rectangle]:
        """Where the students are."""
        return lay_out_tiles(self.students, self.width, self.height)


PICTURES: Final = (Picture(25, 960, 540, 15.0), Picture(49, 1280, 720, 1.0), Picture(1, 640, 360, 1.0))
_CLASSES: Final = {picture.students: picture for picture in PICTURES}
SLEEPERS: Final = Picture(4, 640, 360, 30.0, asleep=frozenset({2, 4}))


def _swap(one: Rectangle, other: Rectangle) -> tuple[Edit, Edit]:
    """Two students change places."""
    return {"copy": one, "to": other[:2]}, {"copy": other, "to": one[:2]}


def _leave(tile: Rectangle) -> Edit:
    """A student's tile disappears."""
    left, top, width, height = tile
    return {"fill": (left - 2, top - 2, width + 4, height + 4), "colour": _GAP}


def _make_changing_class(picture: Picture) -> Scene:
    """Two students change places, one turns off the camera, one leaves and comes back, three are on another page."""
    tiles = picture.tiles
    swapped = _swap(tiles[0], tiles[7])
    off: Edit = {"fill": tiles[3], "colour": _CARD}
    page = tuple(_leave(tiles[index]) for index in (22, 23, 24))
    frames: tuple[tuple[Edit, ...], ...] = (
        (),
        (),
        swapped,
        (off,),
        (_leave(tiles[12]),),
        (),
        page,
        (),
        (*swapped, off),
    )
    return Scene("changing", picture, frames)


def _make_touching_tiles(picture: Picture) -> Scene:
    """Tiles without gaps, which only their sides show; then one of them is empty."""
    _, _, width, height = picture.tiles[0]
    whole: Edit = {"fill": (0, 0, picture.width, picture.height), "colour": _GAP}
    touching = tuple(
        {"copy": tile, "to": (20 + index % 4 * width, 10 + index // 4 * height)}
        for index, tile in enumerate(picture.tiles[:16])
    )
    return Scene("touching", picture, ((whole, *touching), (whole, *touching), (whole, *touching[:15])))


def _list_scenes() -> Iterator[Scene]:
    many, full, one = PICTURES
    yield _make_changing_class(many)
    yield _make_touching_tiles(many)
    yield Scene("full", full, ((), (), tuple(_leave(tile) for tile in full.tiles[42:])))
    nobody: Edit = {"fill": (0, 0, one.width, one.height), "colour": _GAP}
    yield Scene("alone", one, ((), (), (nobody,), ()))
    yield Scene("asleep", SLEEPERS, ((), _swap(SLEEPERS.tiles[0], SLEEPERS.tiles[1])))


SCENES: Final = tuple(_list_scenes())


@dataclass(frozen=True, slots=True)
class Window:
    """A grid of students; from the cell `large` on, one tile in the place of `times` columns and rows.

    `line`: share of the large tile's height, and of its width, that a line in its middle covers.
    """

    columns: int
    rows: int
    gap: int
    large: tuple[int, int] | None = None
    times: int = 2
    line: float = 0.0


WINDOWS: Final = (
    *(Window(4, 3, gap, large=(1, 0)) for gap in (0, 1, 4)),
    *(Window(5, 4, 4, large=(3, 2), line=line) for line in (0.0, 0.1, 0.2, 0.3, 0.4, 0.6, 1.0)),
    Window(6, 5, 4, large=(1, 1), times=3),
    Window(4, 3, 0),
    Window(4, 3, 4),
)


def _draw_wall(place: Rectangle, level: int, step: int) -> Iterator[Edit]:
    """Light from a side: strips, each by so many levels lighter than the one before."""
    left, top, width, height = place
    for index, at in enumerate(range(0, width, _STRIP_PX)):
        grey = min(255, level + step * index)
        yield {"fill": (left + at, top, min(_STRIP_PX, width - at), height), "colour": (grey, grey, grey)}


def _draw_disc(source: Rectangle, middle: tuple[int, int], radius: int) -> Iterator[Edit]:
    """A round part of the source, around its middle."""
    left, top, width, height = source
    for at in range(-radius, radius, _ROW_PX):
        half = round((radius**2 - (at + _ROW_PX / 2) ** 2) ** 0.5)
        if half > 0:
            part = (left + width // 2 - half, top + height // 2 + at, 2 * half, _ROW_PX)
            yield {"copy": part, "to": (middle[0] - half, middle[1] + at)}


def _draw_square(source: Rectangle, middle: tuple[int, int], half: int) -> Edit:
    left, top, width, height = source
    part = (left + width // 2 - half, top + height // 2 - half, 2 * half, 2 * half)
    return {"copy": part, "to": (middle[0] - half, middle[1] - half)}


def _draw_avatar(rng: random.Random, tile: Rectangle, source: Rectangle) -> Iterator[Edit]:
    """A part of a student before a wall, near the middle; with something below it now and then, as shoulders are."""
    left, top, width, height = tile
    yield from _draw_wall(tile, rng.randrange(20, 160), rng.choice((0, 1, 2, 3, 5, 8, 16, 24)))
    middle = left + width // 2 + rng.choice((0, 0, 1, 3, 6)), top + height // 2 + rng.choice((0, 0, -2, 4, 7))
    size = rng.randrange(12, height // 2 - 3)
    if rng.random() < 0.3:
        yield _draw_square(source, middle, size)
    else:
        yield from _draw_disc(source, middle, size)
    if rng.random() < 0.25:
        grey, wide = rng.randrange(20, 200), rng.randrange(4, 40)
        lowest = (middle[0] - wide // 2, middle[1] + size - 2, wide, top + height - middle[1] - size + 2)
        yield {"fill": lowest, "colour": (grey, grey, grey)}


def list_avatars() -> list[list[Edit]]:
    """The edits of each frame; all tiles of the class are drawn over."""
    rng = random.Random(16)
    tiles = _CLASSES[25].tiles
    return [
        [edit for index, tile in enumerate(tiles) for edit in _draw_avatar(rng, tile, tiles[(7 * index + 3) % 25])]
        for _ in range(3)
    ]


def list_window(window: Window) -> list[Edit]:
    """The edits of a frame that shows the window."""
    picture = _CLASSES[49]
    tiles = picture.tiles
    _, _, width, height = tiles[0]
    step_x, step_y = width + window.gap, height + window.gap
    edits: list[Edit] = [{"fill": (0, 0, picture.width, picture.height), "colour": _GAP}]
    large = window.large or (-window.times, -window.times)
    for index in range(window.columns * window.rows):
        column, row = index % window.columns, index // window.columns
        if not (0 <= column - large[0] < window.times and 0 <= row - large[1] < window.times):
            edits.append({"copy": tiles[index], "to": (_ORIGIN[0] + column * step_x, _ORIGIN[1] + row * step_y)})
    if window.large is not None:
        place = (
            _ORIGIN[0] + large[0] * step_x,
            _ORIGIN[1] + large[1] * step_y,
            window.times * step_x - window.gap,
            window.times * step_y - window.gap,
        )
        edits += _draw_large(place, tiles[40], window.line)
    return edits


def _draw_large(place: Rectangle, source: Rectangle, line: float) -> Iterator[Edit]:
    left, top, width, height = place
    yield from _draw_wall(place, 70, 2)
    yield from _draw_disc(source, (left + width // 2, top + height // 2), 38)
    if line:
        yield {"fill": (left + width // 2 - 1, top, 3, round(line * height)), "colour": _GAP}
        yield {"fill": (left, top + height // 2 - 1, round(line * width), 3), "colour": _GAP}


def read_avatars() -> list[dict[str, Any]]:
    """Frames, and which of their tiles show an avatar."""
    return [_read_avatars(_CLASSES[25], edits) for edits in list_avatars()]


def _read_avatars(picture: Picture, edits: Sequence[Edit]) -> dict[str, Any]:
    frame = make_frame(read_picture(picture), edits)
    avatars = [shows_avatar(frame, Box(*tile)) for tile in picture.tiles]
    return {"picture": picture.name, "edits": list(edits), "tiles": picture.tiles, "avatars": avatars}


def read_windows() -> list[dict[str, Any]]:
    """Windows, and the tiles that are found there, where each may show a face."""
    picture = _CLASSES[49]
    whole = read_picture(picture)
    read = []
    for window in WINDOWS:
        edits = list_window(window)
        boxes = find_layout(make_frame(whole, edits), lambda _: True).boxes
        found = [[round(value, 3) for value in (box.x, box.y, box.width, box.height)] for box in boxes]
        read.append({"picture": picture.name, "edits": edits, "boxes": found})
    return read


def draw(picture: Picture) -> Image:
    """The class as the simulation draws it, (height, width, 3)."""
    script = make_script(students=picture.students, seconds=_SECONDS, seed=_SEED)
    asleep = (Span(0.0, _SECONDS),)
    students = tuple(replace(each, drowsy=asleep if each.student in picture.asleep else ()) for each in script.students)
    script = replace(script, students=students)
    return SceneDrawer(script).draw(picture.at_s, picture.width, picture.height)


def make_frame(picture: Image, edits: Sequence[Edit]) -> Image:
    """A copy of the scene's picture after the edits."""
    frame: Image = picture.copy()
    for edit in edits:
        left, top, width, height = edit.get("copy") or edit["fill"]
        if "fill" in edit:
            frame[max(0, top) : top + height, max(0, left) : left + width] = edit["colour"][::-1]
        else:
            to_left, to_top = edit["to"]
            frame[to_top : to_top + height, to_left : to_left + width] = picture[
                top : top + height, left : left + width
            ]
    return frame


def read_picture(picture: Picture) -> Image:
    """As it is stored."""
    return np.asarray(cv2.imread(str(picture.path), cv2.IMREAD_COLOR), np.uint8)


def read_scene(scene: Scene) -> dict[str, Any]:
    """The scene and what the engine reads from each of its frames, as it is stored."""
    classifier = LiteRtExpressionClassifier(check_model_file(EXPRESSION_QUANTISED))
    analyzer = build_analyzer(classifier, None, threads=1)
    picture = read_picture(scene.picture)
    results = [
        analyzer.process(Frame(index, index / 2, make_frame(picture, edits)))
        for index, edits in enumerate(scene.frames)
    ]
    analyzer.close()
    frames = [{"edits": list(edits), **_describe(result)} for edits, result in zip(scene.frames, results, strict=True)]
    return {"picture": scene.picture.name, "frames": frames}


def read_operations() -> Iterator[dict[str, Any]]:
    """Digests of what OpenCV makes of parts of the pictures; operations as in `web/src/engine/image`."""
    for picture in PICTURES:
        whole = read_picture(picture)
        for left, top, width, height in (*picture.tiles[:2], (0, 0, 384, 256)):
            part = whole[top : top + height, left : left + width]
            entry = {"picture": picture.name, "part": (left, top, width, height)}
            for size in (*_SIZES, (width // 2, height // 2)):
                for name, how in (("linear", cv2.INTER_LINEAR), ("area", cv2.INTER_AREA)):
                    resized = cv2.resize(part, size, interpolation=how)
                    yield {**entry, "resize": name, "to": size, "sha256": _digest(resized)}
            yield from _warp_all(part, entry)
            yield {**entry, "grey": True, "sha256": _digest(cv2.cvtColor(part, cv2.COLOR_BGR2GRAY))}


def _warp_all(part: Image, entry: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for turn, scale, border in ((0.0, 2.0, "black"), (17.5, 1.3, "edge"), (-31.0, 0.6, "black"), (4.0, 3.1, "edge")):
        matrix = cv2.getRotationMatrix2D((part.shape[1] / 2, part.shape[0] / 2), turn, scale)
        mode = cv2.BORDER_CONSTANT if border == "black" else cv2.BORDER_REPLICATE
        warped = cv2.warpAffine(part, matrix, (192, 192), flags=cv2.INTER_LINEAR, borderMode=mode)
        yield {**entry, "warp": matrix.ravel().tolist(), "border": border, "sha256": _digest(warped)}


def _digest(picture: Any) -> str:
    """Of the bytes, red first."""
    red_first = picture[..., ::-1] if picture.ndim == 3 else picture
    return hashlib.sha256(np.ascontiguousarray(red_first).tobytes()).hexdigest()


def _describe(result: FrameResult) -> dict[str, Any]:
    return {
        "tiles": [_describe_tile(reading) for reading in result.tiles],
        "faces": [_describe_face(reading) for reading in result.faces],
        "outOfView": sorted(result.out_of_view),
    }


def _describe_tile(reading: TileReading) -> dict[str, Any]:
    return {
        "box": _describe_box(reading.tile.box),
        "cameraOn": reading.tile.camera_on,
        "student": reading.student,
        "presence": str(reading.presence.presence),
        "reason": reading.presence.reason,
    }


def _describe_face(reading: FaceReading) -> dict[str, Any]:
    face = reading.face
    return {
        "tile": face.tile,
        "student": reading.student,
        "box": _describe_box(face.box),
        "score": round(face.score, 5),
        "presence": round(face.presence, 5),
        "keypointsPx": [round(float(value), 3) for value in face.keypoints_px.ravel()],
        "turnDeg": None if face.cues is None else [round(face.cues.yaw_deg, 2), round(face.cues.pitch_deg, 2)],
        "eyeOpening": None if face.cues is None else round(face.cues.eye_opening, 4),
        "unreadable": None if face.unreadable is None else face.unreadable.reason or "unsure",
        "probabilities": None
        if reading.probabilities is None
        else [round(float(value), 5) for value in reading.probabilities],
    }


def _describe_box(box: Box) -> list[float]:
    return [round(value, 3) for value in (box.x, box.y, box.width, box.height)]


def main() -> int:
    """Writes the golden files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", action="store_true", help="draw the pictures anew, too")
    if parser.parse_args().pictures:
        FOLDER.mkdir(parents=True, exist_ok=True)
        for picture in (*PICTURES, SLEEPERS):
            cv2.imwrite(str(picture.path), draw(picture), [cv2.IMWRITE_PNG_COMPRESSION, 9])
    scenes = {scene.name: read_scene(scene) for scene in SCENES}
    _write("scenes.json", scenes)
    _write("pictures.json", list(read_operations()))
    text = json.dumps({"avatars": read_avatars(), "windows": read_windows()}, separators=(",", ":"))
    GALLERY.write_bytes(gzip.compress(text.encode("utf-8"), mtime=0))
    return 0


def _write(name: str, content: Any) -> None:
    (FOLDER / name).write_text(json.dumps(content, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
