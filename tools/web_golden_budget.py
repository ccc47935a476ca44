"""Writes what the web app's live budget is held to: what this engine's chooses to look at in a drawn call.

The call is twelve grey tiles, in each of which a rectangle stands for the face: still ones, noisy ones, ones that move,
one that shows another picture all of a sudden, one with two faces. The file holds what is painted from frame to frame.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from fer_desktop.types import Box, FaceDetection, FaceReading, Frame, Pace, Tile
from fer_desktop.vision.budget import LiveBudget, PaceKeeper

ROOT: Final = Path(__file__).resolve().parents[1]
PATH: Final = ROOT / "web" / "tests" / "golden" / "budget.json"
_WIDTH, _HEIGHT = 400, 232
_TILES: Final = tuple(Box(4 + column * 99, 4 + row * 76, 96, 72) for row in range(3) for column in range(4))
_FRAMES: Final = 200
_BUSY: Final = range(30, 70)
"""Frames that take longer than the time to the next."""
_UNSURE, _TWO_FACES, _CUT, _BESIDE, _UNREAD = 5, 6, 7, 10, 11
"""Tiles: with a face of a low score, with two faces, that shows another picture, where something beside the face moves,
that is not analysed for a while."""

Edit = tuple[int, int, int, int, int]
"""Left, top, width, height of what is painted, and its grey level."""


class _Clock:
    def __init__(self) -> None:
        self.at_s = 0.0

    def now_s(self) -> float:
        return self.at_s


def read_budget() -> dict[str, Any]:
    """The frames, and what is carried in each."""
    clock = _Clock()
    budget = LiveBudget(PaceKeeper(clock, lambda: False))
    image = np.zeros((_HEIGHT, _WIDTH, 3), np.uint8)
    tiles = tuple(Tile(box, camera_on=True) for box in _TILES)
    frames = []
    for number, (at_s, edits) in enumerate(_draw()):
        for left, top, width, height, level in edits:
            image[top : top + height, left : left + width] = level
        skip = {_UNREAD} if 40 <= number < 50 else set()
        frame = Frame(number, at_s, image.copy())
        budget.start_frame(frame)
        plan = budget.plan(frame, tiles, skip)
        known = {face.tile for face in plan.carried if face.tile is not None}
        found = [*_detect(skip | known), *plan.carried]
        readings = [
            FaceReading(face, 1, plan.reading_of(face) if face.age_s else np.full(7, number, np.float32))
            for face in found
        ]
        took_s = 0.3 if number in _BUSY else 0.05
        clock.at_s = at_s + took_s
        budget.remember(frame, tiles, found, readings)
        frames.append(
            {
                "capturedAtS": at_s,
                "tookS": took_s,
                "skip": sorted(skip),
                "edits": edits,
                # A face that is found again by its picture is looked at: the web app asks its detector there.
                "carried": sorted(face.tile for face in plan.carried if face.tile is not None and face.age_s),
                "holding": {str(index): int(read[0]) for index, read in sorted(plan.readings.items())},
                "isBusy": plan.pace is Pace.BUSY,
            }
        )
    faces = [[index, *_place(_TILES[index], side), score] for index, side, score in _faces(set())]
    return {
        "width": _WIDTH,
        "height": _HEIGHT,
        "tiles": [_plain(box) for box in _TILES],
        "faces": faces,
        "frames": frames,
    }


def _draw() -> Iterator[tuple[float, list[Edit]]]:
    """Each frame's time, and what is painted over the one before."""
    at_s = 0.0
    for number in range(_FRAMES):
        edits: list[Edit] = []
        for index, box in enumerate(_TILES):
            left, top = int(box.x), int(box.y)
            if number == 0:
                edits.append((left, top, int(box.width), int(box.height), 40 + 12 * index))
            elif index in (1, 2):  # noise, no more
                edits.append((left + 8, top + 8, 20, 20, 40 + 12 * index + number % 2))
            elif index in (3, 4, _UNREAD):  # somebody who sits
                edits.append((left + 4, top + 52, 30, 16, 60 + (17 * number + index) % 40))
            elif index in (8, 9):  # a face that moves
                edits.append((left + 30, top + 14, 40, 44, 80 + 35 * ((number + index) % 3)))
            elif index == _BESIDE:  # fewer than a quarter of the cells that the face touches, more of those within it
                edits.append((left + 30, top + 12, 24, 16, 80 + 35 * (number % 3)))
            elif index == _CUT and number in (12, 13, 47):
                edits.append((left, top, int(box.width), int(box.height), (90 * number) % 256))
        yield round(at_s, 3), edits
        at_s += (0.2, 0.2, 0.25, 0.4)[number % 4] if number != 60 else 3.0


def _faces(without: set[int]) -> list[tuple[int, int, float]]:
    """Tile, place in it, score."""
    faces = [(index, 0, 0.6 if index == _UNSURE else 0.9) for index in range(len(_TILES))]
    return [face for face in [*faces, (_TWO_FACES, 1, 0.9)] if face[0] not in without]


def _detect(without: set[int]) -> Sequence[FaceDetection]:
    return [
        FaceDetection(Box(*_place(_TILES[index], side)), score, 1.0, np.zeros((4, 2), np.float32), index)
        for index, side, score in _faces(without)
    ]


def _place(tile: Box, side: int) -> tuple[float, float, float, float]:
    return tile.x + 32 - 30 * side, tile.y + 16, 32, 40


def _plain(box: Box) -> list[float]:
    return [box.x, box.y, box.width, box.height]


def main() -> int:
    PATH.write_text(json.dumps(read_budget(), separators=(",", ":")) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
