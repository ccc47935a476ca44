"""The budget of a recording: every face is read in every frame, but not detected anew in each."""

from collections.abc import Collection, Sequence
from typing import Final

from fer_desktop.types import Box, FaceDetection, FaceReading, Floats, Frame, Image, Tile
from fer_desktop.vision.budget.changes import FrameCells
from fer_desktop.vision.budget.followed_faces import FollowedFaces
from fer_desktop.vision.budget.frame_budget import LookPlan
from fer_desktop.vision.budget.scheduler import Change
from fer_desktop.vision.budget.steady_tiles import SteadyTiles
from fer_desktop.vision.seen_frame import Cells

_DETECT_EVERY_S: Final = (1.0, 1.3, 1.6)


class RecordingBudget:
    """A `FrameBudget` that finds faces again by their pictures wherever those suffice, and looks at all else."""

    def __init__(self) -> None:
        self._cells = FrameCells()
        self._tiles = SteadyTiles(self._cells)
        self._faces = FollowedFaces(self._cells, detect_every_s=_DETECT_EVERY_S)

    def start_frame(self, frame: Frame) -> None:
        """Makes the copy of the frame that is compared."""
        self._cells.start_frame(frame.image, frame.captured_at_s)

    def shows_camera(self, image: Image, box: Box) -> bool:
        """As of `is_camera_on`, remembered while the tile shows much the same: see `SteadyTiles`."""
        return self._tiles.shows_camera(image, box)

    def average_cells(self, image: Image, tile: Tile) -> Cells:
        """As of the function of that name, likewise."""
        return self._tiles.average_cells(image, tile)

    def describe(self, image: Image, tile: Tile) -> Floats:
        """As of `describe_tile`, likewise."""
        return self._tiles.describe(image, tile)

    def plan(self, frame: Frame, tiles: Sequence[Tile], skip: Collection[int]) -> LookPlan:
        """`skip`: indices of tiles that are not analysed at all; their faces are forgotten."""
        steady = [
            index
            for index in self._faces.of(tiles, skip)
            if self._faces.measure_change(tiles[index].box) <= Change.SLIGHT
        ]
        return LookPlan(carried=tuple(self._faces.find_again(frame, tiles, steady).values()))

    def remember(
        self, frame: Frame, tiles: Sequence[Tile], found: Sequence[FaceDetection], readings: Sequence[FaceReading]
    ) -> None:
        """Follows the tiles where one sure face was found."""
        self._faces.follow(frame, tiles, found, readings)
