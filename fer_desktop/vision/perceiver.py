"""Reads frames without identifying anybody, so that parts of a recording can be read in parallel."""

from collections.abc import Callable, Sequence
from typing import Final

from fer_desktop.types import Box, FaceDetection, Frame, Image, Merge, Settlement, Tile
from fer_desktop.vision.analyzer import Analyzer
from fer_desktop.vision.motion import PictureComparer
from fer_desktop.vision.people.still_pictures import TileComparer
from fer_desktop.vision.seen_frame import Cells, SeenFrame, SeenTile


class TileObserver:
    """A `FaceTracker` that identifies nobody and keeps the cells of the newest frame's tiles."""

    out_of_view: Final[frozenset[int]] = frozenset()

    def __init__(self, average_cells: Callable[[Image, Tile], Cells]) -> None:
        """`average_cells`: of a tile of the newest frame."""
        self._average_cells = average_cells
        self.cells: tuple[Cells, ...] = ()

    def identify_tiles(self, image: Image, tiles: Sequence[Tile], hidden: Sequence[Box] = ()) -> list[int | None]:
        """Nobody."""
        self.cells = tuple(self._average_cells(image, tile) for tile in tiles)
        return [None] * len(tiles)

    def identify_faces(self, faces: Sequence[FaceDetection], tile_students: Sequence[int | None]) -> list[int | None]:
        """Nobody."""
        return [None] * len(faces)

    def name_of(self, student: int) -> str | None:
        """Nobody has a number."""
        return None

    def merge(self, merge: Merge) -> None:
        """Nobody has a number."""

    def take_merges(self) -> tuple[Merge, ...]:
        """None."""
        return ()

    def settle(self, frames_a_second: float) -> tuple[Settlement, ...]:
        """None."""
        return ()


class Perceiver:
    """Frames come in order, one thread at a time. Tiles, faces and people are remembered from frame to frame."""

    def __init__(self, analyzer: Analyzer, observer: TileObserver) -> None:
        """`observer`: the tracker of `analyzer`."""
        self._analyzer = analyzer
        self._observer = observer
        self._comparer = PictureComparer()
        self._tiles = TileComparer()

    def see(self, frame: Frame) -> SeenFrame:
        """Raises `ModelError`."""
        result = self._analyzer.process(frame)
        moves = self._tiles.compare(frame.image, [each.tile for each in result.tiles], (), frame.captured_at_s)
        tiles = zip(result.tiles, self._observer.cells, moves, strict=True)
        return SeenFrame(
            frame.captured_at_s,
            frame.width,
            frame.height,
            tuple(SeenTile(reading.tile, reading.presence, cells, move) for reading, cells, move in tiles),
            result.faces,
            self._comparer.compare(result),
            result.stages,
        )
