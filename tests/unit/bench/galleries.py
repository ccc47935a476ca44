"""Small galleries: their ground truth, and readings of them."""

from collections.abc import Sequence

import numpy as np

from fer_desktop.bench.gallery.scenes import TruthFrame, TruthTile
from fer_desktop.bench.gallery.scores import Seen
from fer_desktop.types import Box, FaceDetection, FaceReading, Tile, TileReading
from tests.fakes import make_presence

NAMES = ("Chloé Dubois", "Mei Tanaka", "José García", "Ravi Patel")


def make_truth(students: int = 3, *, off: Sequence[int] = (), time_s: float = 0.0, size: float = 100) -> TruthFrame:
    """A row of tiles, a face in the middle of each whose camera is on."""
    return TruthFrame(time_s, tuple(_make_tile(student, student not in off, size) for student in range(students)))


def _make_tile(student: int, camera_on: bool, size: float) -> TruthTile:
    box = Box(student * (size + 10), 0, size, size)
    face = Box(box.x + 0.3 * size, 0.3 * size, 0.4 * size, 0.4 * size) if camera_on else None
    return TruthTile(box, student, NAMES[student], camera_on, face)


def see(truth: TruthFrame, *, names: Sequence[str | None] | None = None, first: int = 0) -> Seen:
    """A reading of everything from tile `first` on, with identities 1 and up, and the given names."""
    tiles = truth.tiles[first:]
    read = names or [None] * len(tiles)
    return Seen(
        tuple(
            TileReading(Tile(tile.box, tile.camera_on, name), tile.student + 1, make_presence())
            for tile, name in zip(tiles, read, strict=True)
        ),
        tuple(see_face(tile.face, tile.student + 1) for tile in tiles if tile.face is not None),
    )


def see_face(box: Box, student: int | None = None) -> FaceReading:
    return FaceReading(FaceDetection(box, 0.9, 1.0, np.zeros((4, 2), np.float32)), student, None)
