"""Finds a gallery's tiles: rectangles that stand out from the gaps between them, or that straight lines enclose."""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fer_desktop.system.opencv import cv2
from fer_desktop.types import Box, Image
from fer_desktop.vision.gallery.background import find_gap_colours, keep_lines, mask_gap
from fer_desktop.vision.gallery.camera import is_camera_on
from fer_desktop.vision.gallery.grid import MIN_TILE_SIDE_PX, complete_grid, group_by_size, has_tile_shape
from fer_desktop.vision.gallery.layout_tracking import Layout
from fer_desktop.vision.gallery.lines import find_tiles_by_lines

_MIN_FILL: Final = 0.80
"""Share of its bounding box that a tile fills: rounded corners cost 2 %, dark video that melts into the gap more."""
_WHOLE_FRAME_SHARE: Final = 0.95
_MAX_BREAK_PX: Final = 12
_MIN_GALLERY: Final = 4
_MIN_GALLERY_COVER: Final = 0.35
_MAX_SHARED: Final = 0.1
_SAME_IOU: Final = 0.95
_MIN_FACES: Final = 0.3
"""Of the tiles with a camera on, how many must show a face where the grid alone does not prove a gallery."""
_SURE_RATE: Final = 0.6
_BY_LINES_GAIN: Final = 1.1
"""Lines cost time and see pictures on walls too: not asked where gaps explain most of the frame."""


def find_layout(
    image: Image, sees_face: Callable[[Box], bool] | None = None, *, before: Layout | None = None
) -> Layout:
    """The layout whose tiles cover most of the frame; no boxes where there is none.

    Tiles stand out from the colour of the gaps, or straight lines enclose them. A grid between gaps that fills the
    frame is a gallery whatever it shows. Of anything less (a shared slide, icons, a speaker beside a film strip) a
    tile is only what `sees_face` finds a face in, or what has the size of such a tile.

    `before`: where the gaps show the tiles of this layout again, nothing more is searched for.
    """
    judge = _Judge(image, sees_face)
    best: list[Box] = []
    gap_colour = None
    for colour in find_gap_colours(image):
        boxes = judge.keep_tiles(_find_boxes(mask_gap(image, colour)), trust_grid=True)
        if _rate(boxes) > _rate(best):
            best, gap_colour = boxes, colour
    again = before is not None and before.gap_colour is not None and _are_same(best, before.boxes)
    if not again and _rate(best) < _SURE_RATE * image.shape[0] * image.shape[1]:
        by_lines = judge.keep_tiles(find_tiles_by_lines(image), trust_grid=False)
        for boxes in (by_lines, _join(by_lines, best)):
            if _rate(boxes) > _BY_LINES_GAIN * _rate(best):
                best, gap_colour = boxes, None
    return Layout.of(image, _in_reading_order(best), gap_colour)


class _Judge:
    """Tells tiles from other rectangles on a screen. Remembers where a face was seen."""

    def __init__(self, image: Image, sees_face: Callable[[Box], bool] | None) -> None:
        self._image = image
        self._sees_face = sees_face
        self._seen: dict[Box, bool] = {}

    def keep_tiles(self, boxes: list[Box], *, trust_grid: bool) -> list[Box]:
        """`trust_grid`: whether four boxes of one size or more that fill the frame need no face."""
        kept = []
        for group in group_by_size(boxes):
            cover = sum(box.area for box in group) / (self._image.shape[0] * self._image.shape[1])
            sure = trust_grid and len(group) >= _MIN_GALLERY and cover >= _MIN_GALLERY_COVER
            if sure or self._shows_faces(group):
                kept += group
        return kept

    def _shows_faces(self, group: list[Box]) -> bool:
        on = [box for box in group if is_camera_on(self._image, box)]
        if self._sees_face is None:
            return bool(on)
        faces = sum(self._has_face(box) for box in on)
        return faces > 0 and faces >= _MIN_FACES * len(on)

    def _has_face(self, box: Box) -> bool:
        if box not in self._seen and self._sees_face is not None:
            self._seen[box] = self._sees_face(box)
        return self._seen[box]


def _join(boxes: list[Box], others: list[Box]) -> list[Box]:
    """`boxes`, and of the others those that lie beside them."""
    return boxes + [
        other for other in others if all(other.intersection_area(box) < _MAX_SHARED * box.area for box in boxes)
    ]


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
        (whole if has_tile_shape(width, height) and area >= _MIN_FILL * box.area else broken).append(box)
    return complete_grid(whole, broken, content)


def _rate(boxes: list[Box]) -> float:
    """The area covered. A single box, which may be the call window on a desktop or a slide, counts little."""
    return sum(
        sum(box.area for box in group) * (1.0 if len(group) >= 3 else 0.5 if len(group) == 2 else 0.05)
        for group in group_by_size(boxes)
    )


def _are_same(boxes: Sequence[Box], others: Sequence[Box]) -> bool:
    return len(boxes) == len(others) and all(max(box.iou(other) for other in others) > _SAME_IOU for box in boxes)


def _in_reading_order(boxes: list[Box]) -> list[Box]:
    if not boxes:
        return []
    row_height = float(np.median([box.height for box in boxes]))
    return sorted(boxes, key=lambda box: (round(box.centre[1] / row_height), box.x))
