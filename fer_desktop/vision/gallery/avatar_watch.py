"""Whether a tile shows an avatar, over time: what looks like one and moves is a camera's picture.

That is so in a round bubble on a blurred background, and of somebody whose neck and shoulders happen not to stand out
from the wall.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from fer_desktop.types import Box, Image
from fer_desktop.vision.gallery.avatar import shows_avatar
from fer_desktop.vision.people.known_tiles import find_known
from fer_desktop.vision.people.tile_cells import (
    MOVED_CELLS,
    STILL_LEVELS,
    TILE_CELLS,
    Cells,
    average_sample,
    sample_tile,
)


@dataclass(frozen=True, slots=True)
class _Config:
    """Shares are 0 to 1, levels of 0 to 255."""

    middle: float = 0.3
    """Of the tile's shorter side, around its middle: it lies within most profile pictures, and no icon, label or ring
    around who speaks reaches it."""
    cut_levels: float = 16.0
    cut_share: float = 0.6
    """So many of all cells changed by more: the tile shows another picture."""
    still_s: float = 20.0
    """Nothing has moved for so long: it may be an avatar again."""
    most_seen: int = 500
    """So many places are remembered at most; dragging a window about makes new ones. Then all are forgotten."""


_CONFIG: Final = _Config()


@dataclass(frozen=True, slots=True, eq=False)
class _Seen:
    """`cells`: of the tile when it moved last; `moved_at_s`: None where it has not moved since it was seen first."""

    cells: Cells
    moved_at_s: float | None = None


class AvatarWatch:
    """Takes the frames of one source in order."""

    def __init__(self) -> None:
        self._seen: dict[Box, _Seen] = {}

    def shows_avatar(self, image: Image, box: Box, now_s: float) -> bool:
        """As the function of that name; False also where the middle of the tile has moved since it was seen first."""
        seen = self._seen[box] = self._see(image, box, now_s)
        is_moving = seen.moved_at_s is not None and now_s - seen.moved_at_s < _CONFIG.still_s
        return not is_moving and shows_avatar(image, box)

    def _see(self, image: Image, box: Box, now_s: float) -> _Seen:
        cells = average_sample(sample_tile(image, box))
        before = self._seen.get(box)
        if before is None:
            return self._see_anew(cells, box)
        apart = np.abs(cells - before.cells)
        if np.count_nonzero(apart > _CONFIG.cut_levels) > _CONFIG.cut_share * apart.size:
            return _Seen(cells)
        has_moved = np.count_nonzero(_find_middle(apart, box) > STILL_LEVELS) >= MOVED_CELLS
        return _Seen(cells, now_s) if has_moved else before

    def _see_anew(self, cells: Cells, box: Box) -> _Seen:
        """The tile at a place where none was before. One that is a pixel off moves on, but cannot be compared."""
        shifted = find_known(box, self._seen)
        if len(self._seen) >= _CONFIG.most_seen:
            self._seen.clear()
        return _Seen(cells, None if shifted is None else shifted.moved_at_s)


def _find_middle(cells: Cells, box: Box) -> Cells:
    """The cells of the square in the middle of the tile."""
    columns, rows = TILE_CELLS
    side = _CONFIG.middle * min(box.width, box.height)
    left, top = (
        round((0.5 - side / length / 2) * count) for length, count in ((box.width, columns), (box.height, rows))
    )
    return cells[top : rows - top, left : columns - left]
