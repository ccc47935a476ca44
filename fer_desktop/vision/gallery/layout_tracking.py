"""A layout that was found, and the cheap checks whether a later frame still shows it."""

from dataclasses import dataclass
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from fer_desktop.types import Box, Image
from fer_desktop.vision.gallery.background import mask_gap

_STEP_PX: Final = 8
_MAX_NEW_CONTENT: Final = 0.004
"""Share of the frame that may change outside the tiles (a clock, a button) before the layout is found anew: less than
the smallest tile that is looked for in a gallery of 100."""
_CHANGED_LEVELS: Final = 16
_MIN_TILE_CONTENT: Final = 0.2
_RIM_OFFSET_PX: Final = 2
_RIM_POINTS: Final = 9
_RIM_STEP_LEVELS: Final = 8
_MIN_RIM_SHARE: Final = 0.6
_MIN_SIDE_SHARE: Final = 0.25
_MAX_BROKEN_RIMS: Final = 0.04
"""The one who speaks gets a coloured frame around the tile, so a rim or two may change while the layout stays."""


@dataclass(frozen=True, slots=True, eq=False)
class _Rims:
    """Points on both sides of every tile's border: rows and columns, each (tiles, points)."""

    outer: tuple[NDArray[np.intp], NDArray[np.intp]]
    inner: tuple[NDArray[np.intp], NDArray[np.intp]]

    @classmethod
    def of(cls, boxes: tuple[Box, ...], shape: tuple[int, ...]) -> Self:
        return cls(_points_along(boxes, _RIM_OFFSET_PX, shape), _points_along(boxes, -_RIM_OFFSET_PX - 1, shape))

    def show(self, image: Image, gap_colour: tuple[int, int, int] | None) -> NDArray[np.bool_]:
        """Where the border shows: there is gap outside, or, without a gap colour, a step in brightness or colour."""
        outer = image[self.outer]
        if gap_colour is not None:
            return mask_gap(outer, gap_colour) > 0
        step = np.abs(outer.astype(np.int16) - image[self.inner]).max(axis=-1)
        shown: NDArray[np.bool_] = step >= _RIM_STEP_LEVELS
        return shown


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """Where the tiles are, in reading order, and what the frame looked like around them.

    `gap_colour`: blue, green, red; None where the tiles were found by their sides, or there are none.
    """

    boxes: tuple[Box, ...]
    gap_colour: tuple[int, int, int] | None
    frame_shape: tuple[int, ...]
    samples: Image  # every eighth pixel
    outside: NDArray[np.bool_]  # samples in no tile
    rims: _Rims
    shown: NDArray[np.bool_]  # rim points that showed a border

    @classmethod
    def of(cls, image: Image, boxes: list[Box], gap_colour: tuple[int, int, int] | None) -> Self:
        samples = _sample(image)
        outside = np.ones(samples.shape[:2], bool)
        for box in boxes:
            outside[_sampled(box)] = False
        rims = _Rims.of(tuple(boxes), image.shape)
        shown = rims.show(image, gap_colour) if boxes else np.zeros((0, 0), bool)
        return cls(tuple(boxes), gap_colour, image.shape, samples, outside, rims, shown)

    def tiles_hold(self, image: Image) -> bool:
        """Whether every tile stands where it stood."""
        if image.shape != self.frame_shape:
            return False
        if not self.boxes:
            return True
        if self.gap_colour is not None:
            content = mask_gap(_sample(image), self.gap_colour) == 0
            if not all(content[_sampled(box)].mean() >= _MIN_TILE_CONTENT for box in self.boxes):
                return False
        sides = (len(self.boxes), 4, _RIM_POINTS)
        shown = self.shown.reshape(sides).sum(axis=2)
        still = (self.rims.show(image, self.gap_colour) & self.shown).reshape(sides).sum(axis=2)
        # A row that moves by half a tile keeps the upper and lower sides of its tiles, and loses upright ones.
        lost_side = ((shown > _RIM_POINTS / 2) & (still < _MIN_SIDE_SHARE * shown)).any(axis=1)
        broken = lost_side | (still.sum(axis=1) < _MIN_RIM_SHARE * shown.sum(axis=1))
        return int(broken.sum()) <= max(1, _MAX_BROKEN_RIMS * len(self.boxes))

    def surroundings_hold(self, image: Image) -> bool:
        """Whether nothing has changed beside the tiles, where another one may have come up."""
        samples = _sample(image)
        if self.gap_colour is not None:
            changed: NDArray[np.bool_] = mask_gap(samples, self.gap_colour) != mask_gap(self.samples, self.gap_colour)
        else:
            changed = np.abs(samples.astype(np.int16) - self.samples).max(axis=2) >= _CHANGED_LEVELS
        return bool(changed[self.outside].sum() <= _MAX_NEW_CONTENT * changed.size)


def _sample(image: Image) -> Image:
    return np.ascontiguousarray(image[::_STEP_PX, ::_STEP_PX])


def _sampled(box: Box) -> tuple[slice, slice]:
    """The samples inside a box."""
    rows = slice(int(box.y // _STEP_PX), int(box.bottom // _STEP_PX) + 1)
    return rows, slice(int(box.x // _STEP_PX), int(box.right // _STEP_PX) + 1)


def _points_along(
    boxes: tuple[Box, ...], offset_px: int, shape: tuple[int, ...]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Rows and columns, each (tiles, 4 x points a side), of pixels so far outside every tile; inside if negative."""
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
