"""Writes what the web app's tracker is held to: which students this engine sees in drawn calls whose views change.

A call's tiles are rooms of four grey areas; rectangles stand for faces. Students change places and pages, tiles are
lost while faces are seen, somebody speaks who fills the window, a film is shown above a strip of tiles.
"""

import json
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from fer_desktop.types import Box, FaceDetection, Image, Tile
from fer_desktop.vision.identity import StudentTracker

ROOT: Final = Path(__file__).resolve().parents[1]
PATH: Final = ROOT / "web" / "tests" / "golden" / "identity.json"
_WIDTH, _HEIGHT = 480, 288
_GREYS: Final = (20, 120, 220)
_STUDENTS: Final = 12
_PAGE: Final = 9
_STEPS: Final = 45

Rectangle = tuple[float, float, float, float]
View = tuple[list[tuple[int, Rectangle]], list[tuple[Rectangle, int, float]], int]
"""Tiles, each with whose room it shows; faces, each with its tile, -1 for none, and its score; in how many frames."""


def read_calls() -> dict[str, Any]:
    """The calls, and whom this engine sees in each view, in its last frame."""
    return {
        "width": _WIDTH,
        "height": _HEIGHT,
        "rooms": [_room_of(student) for student in range(_STUDENTS)],
        "calls": [_read_call(random.Random(seed)) for seed in range(3)],
    }


def _room_of(student: int) -> list[int]:
    """The grey levels of the four quarters of a student's tile."""
    return [_GREYS[(student + 1) * 7 // 3**power % 3] for power in range(4)]


def _read_call(rng: random.Random) -> list[dict[str, Any]]:
    tracker = StudentTracker()
    views = []
    for tiles, faces, frames in _list_views(rng):
        image = _paint(tiles)
        for _ in range(frames):
            tile_students = tracker.identify_tiles(image, [Tile(Box(*box), camera_on=True) for _, box in tiles])
            face_students = tracker.identify_faces([_make_face(*face) for face in faces], tile_students)
        views.append(
            {
                "tiles": tiles,
                "faces": faces,
                "frames": frames,
                "tileStudents": tile_students,
                "faceStudents": face_students,
                "outOfView": sorted(tracker.out_of_view),
            }
        )
    return views


def _list_views(rng: random.Random) -> Iterator[View]:
    order = list(range(_PAGE))
    waiting = list(range(_PAGE, _STUDENTS))
    for _ in range(_STEPS):
        frames = rng.choice((1, 3, 20, 60))
        step = rng.randrange(10)
        if step == 0:
            rng.shuffle(order)
        elif step == 1:  # one moves to another page
            place = rng.randrange(len(order))
            waiting.append(order[place])
            order[place] = waiting.pop(0)
        elif step == 2 and len(order) > 4:
            waiting.append(order.pop(rng.randrange(len(order))))
        elif step == 3 and len(order) < _PAGE:
            order.append(waiting.pop(0))
        yield _show(rng, order, step, frames)


def _show(rng: random.Random, order: Sequence[int], step: int, frames: int) -> View:
    tiles = [(student, (8.0 + at % 3 * 156, 8.0 + at // 3 * 92, 148.0, 84.0)) for at, student in enumerate(order)]
    faces = [(_face_in(rng, box), at, 0.9) for at, (_, box) in enumerate(tiles) if rng.random() < 0.9]
    if step == 4:  # the tiles are lost
        return [], [(face, -1, score) for face, _, score in faces], frames
    if step == 5:  # somebody speaks
        size = rng.choice((30.0, 40.0, 120.0))
        return [], [((240 - size / 2 + rng.randrange(20), 144 - size / 2, size, size), -1, 0.9)], frames
    if step == 6:  # a film above a strip
        strip = [(student, (8.0 + at * 90, 8.0, 84.0, 48.0)) for at, student in enumerate(order[:3])]
        size = rng.choice((20.0, 30.0, 100.0))
        film = [((220.0 + 120 * at, 120.0, size, size), -1, 0.9) for at in range(rng.choice((1, 2)))]
        return strip, [*[(_face_in(rng, box), at, 0.9) for at, (_, box) in enumerate(strip)], *film], frames
    if step == 7:  # one tile is missed
        return tiles[:-1], [(face, at if at < len(tiles) - 1 else -1, score) for face, at, score in faces], frames
    if step == 8:  # somebody sits beside a student
        left, top, _, _ = tiles[-1][1]
        return tiles, [*faces, ((left + 110, top + 40, 28.0, 28.0), len(tiles) - 1, 0.6)], frames
    return tiles, faces, frames


def _face_in(rng: random.Random, box: Rectangle) -> Rectangle:
    left, top, width, height = box
    side = height // 3
    return left + width // 3 + rng.randrange(8), top + height // 3 + rng.randrange(8), side, side


def _paint(tiles: Sequence[tuple[int, Rectangle]]) -> Image:
    image = np.zeros((_HEIGHT, _WIDTH, 3), np.uint8)
    for student, box in tiles:
        left, top, width, height = (int(value) for value in box)
        for quarter, level in enumerate(_room_of(student)):
            x, y = left + quarter % 2 * width // 2, top + quarter // 2 * height // 2
            image[y : y + height // 2, x : x + width // 2] = level
    return image


def _make_face(box: Rectangle, tile: int, score: float) -> FaceDetection:
    return FaceDetection(Box(*box), score, 1.0, np.zeros((4, 2), np.float32), None if tile < 0 else tile)


def main() -> int:
    """Writes the golden file."""
    PATH.write_text(json.dumps(read_calls(), separators=(",", ":")) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
