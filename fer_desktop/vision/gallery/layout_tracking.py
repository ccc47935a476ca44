"""A layout that was found, and the cheap checks whether a later frame still shows it."""

from dataclasses import dataclass
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from fer_desktop.types import Box, Image
from fer_desktop.vision.gallery.background import mask_gap

_STEP_PX: Final = 8
"""Every eighth pixel is sampled."""
_RIM_POINTS: Final = 9
"""Points on each side of a tile."""
MAX_BROKEN_RIMS: Final = 0.04
"""Share of tiles whose rims may change: a coloured frame marks the speaker's tile while the layout holds."""


@dataclass(frozen=True, slots=True)
class _Config:
    """Tolerances of the checks, tuned on the rendered lessons of the gallery benchmark. Levels are of 0 to 255."""

    max_new_content: float = 0.004
    """Share of the frame that may change outside the tiles (a clock, a button) before the layout is searched for again:
    less than the smallest tile of a gallery of 100."""
    changed_levels: int = 16
    min_tile_content: float = 0.2
    """Share of a tile that must stand out from the gaps."""
    rim_offset_px: int = 2
    """From a tile's border to the points on both sides of it."""
    rim_step_levels: int = 8
    """From one side of a border to the other, where there is no gap."""
    min_rim_share: float = 0.6
    """Of a tile's rim points that showed a border, how many must still do..."""
    min_side_share: float = 0.25
    """...and of each side's."""


_CONFIG: Final = _Config()


@dataclass(frozen=True, slots=True, eq=False)
class _Rims:
    """Points on both sides of every tile's border: rows and columns, each (tiles, points)."""

    outer: tuple[NDArray[np.intp], NDArray[np.intp]]
    inner: tuple[NDArray[np.intp], NDArray[np.intp]]

    @classmethod
    def of(cls, boxes: tuple[Box, ...], shape: tuple[int, ...]) -> Self:
        return cls(
            _points_along(boxes, _CONFIG.rim_offset_px, shape), _points_along(boxes, -_CONFIG.rim_offset_px - 1, shape)
        )

    def find_borders(self, image: Image, gap_colour: tuple[int, int, int] | None) -> NDArray[np.bool_]:
        """(tiles, points): where a border shows, as gap outside, or, without a gap colour, as a step in a channel."""
        outer = image[self.outer]
        if gap_colour is not None:
            return mask_gap(outer, gap_colour) > 0
        step = np.abs(outer.astype(np.int16) - image[self.inner]).max(axis=-1)
        borders: NDArray[np.bool_] = step >= _CONFIG.rim_step_levels
        return borders


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """Where the tiles are, in reading order, and what the frame looked like around them.

    `gap_colour`: blue, green, red; None where the tiles were found by their sides, or there are none. `samples`: every
    eighth pixel. `outside`: the samples that lie in no tile. `borders`: the points of `rims` that showed a border.
    """

    boxes: tuple[Box, ...]
    gap_colour: tuple[int, int, int] | None
    frame_shape: tuple[int, ...]
    samples: Image
    outside: NDArray[np.bool_]
    rims: _Rims
    borders: NDArray[np.bool_]

    @classmethod
    def of(cls, image: Image, boxes: list[Box], gap_colour: tuple[int, int, int] | None) -> Self:
        """The layout of these tiles in this frame."""
        samples = _sample(image)
        outside = np.ones(samples.shape[:2], bool)
        for box in boxes:
            outside[_sampled(box)] = False
        rims = _Rims.of(tuple(boxes), image.shape)
        borders = rims.find_borders(image, gap_colour) if boxes else np.zeros((0, 0), bool)
        return cls(tuple(boxes), gap_colour, image.shape, samples, outside, rims, borders)

    def tiles_hold(self, image: Image) -> bool:
        """Whether every tile is where it was."""
        if image.shape != self.frame_shape:
            return False
        if not self.boxes:
            return True
        if self.gap_colour is not None:
            content = mask_gap(_sample(image), self.gap_colour) == 0
            if not all(content[_sampled(box)].mean() >= _CONFIG.min_tile_content for box in self.boxes):
                return False
        sides = (len(self.boxes), 4, _RIM_POINTS)
        before = self.borders.reshape(sides).sum(axis=2)
        now = (self.rims.find_borders(image, self.gap_colour) & self.borders).reshape(sides).sum(axis=2)
        # A row that moves by half a tile keeps the upper and lower sides of its tiles, and loses vertical ones.
        lost_side = ((before > _RIM_POINTS / 2) & (now < _CONFIG.min_side_share * before)).any(axis=1)
        broken = lost_side | (now.sum(axis=1) < _CONFIG.min_rim_share * before.sum(axis=1))
        return int(broken.sum()) <= max(1, MAX_BROKEN_RIMS * len(self.boxes))

    def surroundings_hold(self, image: Image) -> bool:
        """Whether nothing has changed beside the tiles, where another one may have appeared."""
        samples = _sample(image)
        if self.gap_colour is not None:
            changed: NDArray[np.bool_] = mask_gap(samples, self.gap_colour) != mask_gap(self.samples, self.gap_colour)
        else:
            changed = np.abs(samples.astype(np.int16) - self.samples).max(axis=2) >= _CONFIG.changed_levels
        return bool(changed[self.outside].sum() <= _CONFIG.max_new_content * changed.size)


def _sample(image: Image) -> Image:
    """Every eighth pixel."""
    return np.ascontiguousarray(image[::_STEP_PX, ::_STEP_PX])


def _sampled(box: Box) -> tuple[slice, slice]:
    """The samples inside a box."""
    rows = slice(int(box.y // _STEP_PX), int(box.bottom // _STEP_PX) + 1)
    return rows, slice(int(box.x // _STEP_PX), int(box.right // _STEP_PX) + 1)


def _points_along(
    boxes: tuple[Box, ...], offset_px: int, shape: tuple[int, ...]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Rows and columns, each (tiles, 4 x points a side), of pixels this far outside every tile; inside if negative."""
    if not boxes:
        return np.zeros((0, 0), np.intp), np.zeros((0, 0), np.intp)
    steps = np.linspace(0.1, 0.9, _RIM_POINTS)
    rows, columns = [], []
    for box in boxes:
        along_x, along_y = box.x + steps * box.width, box.y + steps * box.height
        ends = box.y - offset_px, box.bottom - 1 + offset_px, box.x - offset_px, box.right - 1 + offset_px
        above, below, left, right = (np.full(_RIM_POINTS, end) for end in ends)
        rows.append(np.concatenate([above, below, along_y, along_y]))
        columns.append(np.concatenate([along_x, along_x, left, right]))
    return (
        np.clip(np.array(rows), 0, shape[0] - 1).astype(np.intp),
        np.clip(np.array(columns), 0, shape[1] - 1).astype(np.intp),
    )
