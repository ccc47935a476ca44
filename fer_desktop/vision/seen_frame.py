"""What is read of one frame before anybody is identified: small, without a picture."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fer_desktop.types import FaceReading, PresenceReading, StageTimes, Tile
from fer_desktop.vision.motion import PictureChange
from fer_desktop.vision.people.still_pictures import TileMove

Cells = NDArray[np.uint8]
"""As `average_cells` gives them: 12 x 8 mean colours of a camera, 48 x 27 of a card."""


@dataclass(frozen=True, slots=True, eq=False)
class SeenTile:
    """A tile, who is there, what its appearance follows from, and whether its picture moved; None without a camera."""

    tile: Tile
    presence: PresenceReading
    cells: Cells
    move: TileMove | None = None


@dataclass(frozen=True, slots=True, eq=False)
class SeenFrame:
    """One frame of a recording: its time and size, tiles, faces without their students, and how the picture changed."""

    captured_at_s: float
    width: int
    height: int
    tiles: tuple[SeenTile, ...]
    faces: tuple[FaceReading, ...]
    change: PictureChange
    stages: StageTimes
