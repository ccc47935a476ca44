"""A gallery's layout: rectangles that stand out from the colour of the gaps between them."""

from dataclasses import dataclass
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from fer_desktop.gallery.background import find_gap_colours, keep_lines, mask_gap
from fer_desktop.gallery.grid import complete_grid
from fer_desktop.opencv import cv2
from fer_desktop.types import Box, Image

MIN_TILE_SIDE_PX: Final = 40
_MIN_ASPECT, _MAX_ASPECT = 0.45, 2.6
_MIN_FILL: Final = 0.80
"""Share of its bounding box that a tile fills: rounded corners cost 2 %, dark video that melts into the gap more."""
_WHOLE_FRAME_SHARE: Final = 0.95
_MAX_BREAK_PX: Final = 12
_FOLLOW_STEP_PX: Final = 8
_MAX_NEW_CONTENT: Final = 0.004
"""Share of the frame that may change outside the tiles (a clock, a button) before the layout is found anew: less than
the smallest tile that is looked for in a gallery of 100."""
_MIN_TILE_CONTENT: Final = 0.2
_RIM_OFFSET_PX: Final = 2
_RIM_POINTS: Final = 9
_MIN_RIM_SHARE: Final = 0.6
_MAX_BROKEN_RIMS: Final = 0.04
"""The one who speaks gets a coloured frame around the tile, so a rim or two may change while the layout stays."""


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """Where the tiles are, and samples of the frame around and between them for a cheap check."""

    boxes: tuple[Box, ...]
    gap_colour: tuple[int, int, int] | None
    frame_shape: tuple[int, ...]
    content: NDArray[np.bool_]  # coarse: stood out when the layout was found
    outside: NDArray[np.bool_]  # coarse: in no tile
    rim_rows: NDArray[np.intp]  # (tiles, points): pixels just outside each tile
    rim_columns: NDArray[np.intp]
    rim_gap: NDArray[np.bool_]  # they were gap when the layout was found

    @classmethod
    def of(cls, image: Image, boxes: list[Box], gap_colour: tuple[int, int, int] | None) -> Self:
        content = _sample_content(image, gap_colour)
        outside = np.ones(content.shape, bool)
        for box in boxes:
            outside[_sampled(box)] = False
        rows, columns = _rim_points(boxes, image.shape)
        gap = (
            np.zeros(rows.shape, bool) if gap_colour is None or not boxes else _is_gap(image[rows, columns], gap_colour)
        )
        return cls(tuple(boxes), gap_colour, image.shape, content, outside, rows, columns, gap)

    def holds(self, image: Image) -> bool:
        """Whether the frame still shows this layout: every tile stands where it stood, and nothing new beside them."""
        if self.gap_colour is None or image.shape != self.frame_shape:
            return False
        content = _sample_content(image, self.gap_colour)
        if (content != self.content)[self.outside].sum() > _MAX_NEW_CONTENT * content.size:
            return False
        if not all(content[_sampled(box)].mean() >= _MIN_TILE_CONTENT for box in self.boxes):
            return False
        still_gap = _is_gap(image[self.rim_rows, self.rim_columns], self.gap_colour) & self.rim_gap
        broken = still_gap.sum(axis=1) < _MIN_RIM_SHARE * self.rim_gap.sum(axis=1)
        return int(broken.sum()) <= max(1, _MAX_BROKEN_RIMS * len(self.boxes))


def find_layout(image: Image) -> Layout:
    """The layout whose tiles cover most of the frame, over the likely gap colours; no boxes where there is none."""
    best: list[Box] = []
    gap_colour = None
    for colour in find_gap_colours(image):
        boxes = _find_boxes(mask_gap(image, colour))
        if _rate(boxes) > _rate(best):
            best, gap_colour = boxes, colour
    return Layout.of(image, _in_reading_order(best), gap_colour)


def _find_boxes(gap: NDArray[np.uint8]) -> list[Box]:
    lines = keep_lines(gap, min_length_px=MIN_TILE_SIDE_PX, max_break_px=_MAX_BREAK_PX)
    content = np.asarray(cv2.bitwise_not(lines), np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(content, connectivity=4)
    frame_area = gap.size
    large = stats[1:count][stats[1:count, 2:4].max(axis=1) >= MIN_TILE_SIDE_PX]
    whole: list[Box] = []
    broken: list[Box] = []
    for left, top, width, height, area in large.tolist():
        box = Box(left, top, width, height)
        if box.area > _WHOLE_FRAME_SHARE * frame_area:
            continue
        fits = min(width, height) >= MIN_TILE_SIDE_PX and _MIN_ASPECT <= width / height <= _MAX_ASPECT
        (whole if fits and area >= _MIN_FILL * box.area else broken).append(box)
    return complete_grid(whole, broken, content)


def _rate(boxes: list[Box]) -> float:
    """The area covered; a single box, which may be the call window on a desktop, counts half of it."""
    return sum(box.area for box in boxes) * len(boxes) / (len(boxes) + 1)


def _in_reading_order(boxes: list[Box]) -> list[Box]:
    if not boxes:
        return []
    row_height = float(np.median([box.height for box in boxes]))
    return sorted(boxes, key=lambda box: (round(box.centre[1] / row_height), box.x))


def _sample_content(image: Image, gap_colour: tuple[int, int, int] | None) -> NDArray[np.bool_]:
    small = np.ascontiguousarray(image[::_FOLLOW_STEP_PX, ::_FOLLOW_STEP_PX])
    if gap_colour is None:
        return np.ones(small.shape[:2], bool)
    content: NDArray[np.bool_] = mask_gap(small, gap_colour) == 0
    return content


def _sampled(box: Box) -> tuple[slice, slice]:
    """The coarse samples inside a box."""
    rows = slice(int(box.y // _FOLLOW_STEP_PX), int(box.bottom // _FOLLOW_STEP_PX) + 1)
    return rows, slice(int(box.x // _FOLLOW_STEP_PX), int(box.right // _FOLLOW_STEP_PX) + 1)


def _rim_points(boxes: list[Box], shape: tuple[int, ...]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Rows and columns, each (tiles, 4 x points a side), of pixels `_RIM_OFFSET_PX` outside every tile."""
    steps = np.linspace(0.1, 0.9, _RIM_POINTS)
    rows, columns = [], []
    for box in boxes:
        along_x, along_y = box.x + steps * box.width, box.y + steps * box.height
        above, below = (
            np.full(_RIM_POINTS, box.y - _RIM_OFFSET_PX),
            np.full(_RIM_POINTS, box.bottom - 1 + _RIM_OFFSET_PX),
        )
        left, right = np.full(_RIM_POINTS, box.x - _RIM_OFFSET_PX), np.full(_RIM_POINTS, box.right - 1 + _RIM_OFFSET_PX)
        rows.append(np.concatenate([above, below, along_y, along_y]))
        columns.append(np.concatenate([along_x, along_x, left, right]))
    if not boxes:
        return np.zeros((0, 0), np.intp), np.zeros((0, 0), np.intp)
    return (
        np.clip(np.array(rows), 0, shape[0] - 1).astype(np.intp),
        np.clip(np.array(columns), 0, shape[1] - 1).astype(np.intp),
    )


def _is_gap(pixels: Image, gap_colour: tuple[int, int, int]) -> NDArray[np.bool_]:
    return mask_gap(pixels, gap_colour) > 0
