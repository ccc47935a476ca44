"""What one frame shows of a student: a tile with its appearance and its position in the gallery."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from fer_desktop.types import Floats, Image, Tile
from fer_desktop.vision.identity.appearance import describe_tile


@dataclass(frozen=True, slots=True, eq=False)
class Sighting:
    """A tile of the newest frame with its appearance and position.

    `position`: of its centre, in tile widths from the gallery's corner. `relative_width`: in widths of the median tile.
    """

    tile: Tile
    appearance: Floats
    position: tuple[float, float]
    relative_width: float = 1.0


Describer = Callable[[Image, Tile], Floats]


def describe(image: Image, tile: Tile) -> Floats:
    """The tile's appearance, as of `describe_tile`."""
    return describe_tile(image, tile.box, camera_on=tile.camera_on)


def observe_tiles(image: Image, tiles: Sequence[Tile], describer: Describer = describe) -> list[Sighting]:
    """A sighting of every tile of a picture."""
    return place_tiles(tiles, [describer(image, tile) for tile in tiles])


def place_tiles(tiles: Sequence[Tile], appearances: Sequence[Floats]) -> list[Sighting]:
    """A sighting of every tile. Positions do not change when the whole window is moved or resized."""
    if not tiles:
        return []
    left, top = min(tile.box.x for tile in tiles), min(tile.box.y for tile in tiles)
    unit = max(1.0, float(np.median([tile.box.width for tile in tiles])))
    return [
        Sighting(
            tile,
            appearance,
            ((tile.box.centre[0] - left) / unit, (tile.box.centre[1] - top) / unit),
            tile.box.width / unit,
        )
        for tile, appearance in zip(tiles, appearances, strict=True)
    ]
