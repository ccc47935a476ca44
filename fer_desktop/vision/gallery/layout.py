"""Finds a gallery's tiles: rectangles that stand out from the gaps between them, or that straight lines enclose."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fer_desktop.system.opencv import cv2
from fer_desktop.types import Box, Image
from fer_desktop.vision.gallery.background import find_gap_colours, keep_lines, mask_gap
from fer_desktop.vision.gallery.camera import shows_picture
from fer_desktop.vision.gallery.grid import MIN_TILE_SIDE_PX, complete_grid, group_by_size, has_tile_shape
from fer_desktop.vision.gallery.layout_tracking import Layout
from fer_desktop.vision.gallery.lines import find_tiles_by_lines


@dataclass(frozen=True, slots=True)
class _Config:
    """Thresholds of the search, tuned on the rendered and real call windows of the gallery benchmark.

    Shares are 0 to 1, of the area that is named.
    """

    min_fill: float = 0.80
    """Of its bounding box, how much a tile fills: rounded corners cost 2 %, dark video that melts into the gap more."""
    max_frame_share: float = 0.95
    """Of the frame: a larger rectangle is the window itself."""
    max_break_px: int = 12
    """Breaks that coding noise leaves in a gap."""
    min_gallery_tiles: int = 4
    min_gallery_cover: float = 0.35
    """So many tiles of one size that cover so much of the frame are a gallery, whatever they show."""
    min_faces_share: float = 0.3
    """Of the tiles that show a picture, how many must show a face where the grid alone does not prove a gallery."""
    min_tile_share: float = 0.0012
    min_share_of_largest: float = 0.01
    """Of the frame, and of the largest tile: smaller rectangles are pictures in a chat or a list of participants."""
    max_overlap: float = 0.1
    same_layout_iou: float = 0.95
    same_tile_iou: float = 0.7
    lines_below_cover: float = 0.6
    """Lines cost time: not searched for where gaps explain so much of the frame by tiles of one size."""
    lines_gain: float = 1.1
    """How many times better tiles found by lines must cover the frame."""


_CONFIG: Final = _Config()


def find_layout(image: Image, shows_face: Callable[[Box], bool], *, before: Layout | None = None) -> Layout:
    """The layout whose tiles cover most of the frame; no boxes where there is none.

    Tiles stand out from the colour of the gaps, or straight lines enclose them. A grid between gaps that fills the
    frame is a gallery whatever it shows. Of anything less (a shared slide, icons, a speaker beside a film strip) only
    the sizes are kept in which `shows_face` finds faces.

    `before`: where the gaps show the tiles of this layout again, lines are not searched for.
    """
    tile_filter = _TileFilter(image, shows_face)
    best, gap_colour = _find_tiles_between_gaps(image, tile_filter)
    is_unchanged = before is not None and before.gap_colour is not None and _are_same(best, before.boxes)
    is_plain = (
        _rate(best) >= _CONFIG.lines_below_cover * image.shape[0] * image.shape[1] and len(group_by_size(best)) == 1
    )
    if not is_unchanged and not is_plain:
        lined = _drop_small(_prefer(best, find_tiles_by_lines(image)), beside=best)
        by_lines = tile_filter.keep_tiles(lined, trust_grid=False)
        for boxes in (by_lines, _join(by_lines, best)):
            if _rate(boxes) > _CONFIG.lines_gain * _rate(best):
                best, gap_colour = boxes, None
    return Layout.of(image, _in_reading_order(_drop_small(best)), gap_colour)


def _find_tiles_between_gaps(image: Image, tile_filter: "_TileFilter") -> tuple[list[Box], tuple[int, int, int] | None]:
    """The best tiles between gaps of one colour, and that colour; none without such tiles."""
    best: list[Box] = []
    gap_colour = None
    for colour in find_gap_colours(image):
        boxes = tile_filter.keep_tiles(_find_boxes(mask_gap(image, colour)), trust_grid=True)
        if _rate(boxes) > _rate(best):
            best, gap_colour = boxes, colour
    return best, gap_colour


class _TileFilter:
    """Separates tiles from other rectangles on a screen. Caches which boxes of the picture show a face."""

    def __init__(self, image: Image, shows_face: Callable[[Box], bool]) -> None:
        self._image = image
        self._shows_face = shows_face
        self._cache: dict[Box, bool] = {}

    def keep_tiles(self, boxes: list[Box], *, trust_grid: bool) -> list[Box]:
        """`trust_grid`: whether boxes of one size that fill the frame need no face."""
        kept: list[Box] = []
        for group in group_by_size(boxes):
            cover = sum(box.area for box in group) / (self._image.shape[0] * self._image.shape[1])
            is_gallery = len(group) >= _CONFIG.min_gallery_tiles and cover >= _CONFIG.min_gallery_cover
            if cover >= _CONFIG.min_tile_share * len(group) and (
                (trust_grid and is_gallery) or self._show_faces(group)
            ):
                kept += group
        return kept

    def _show_faces(self, group: list[Box]) -> bool:
        pictures = [box for box in group if shows_picture(self._image, box)]
        faces = sum(self._has_face(box) for box in pictures)
        return faces > 0 and faces >= _CONFIG.min_faces_share * len(pictures)

    def _has_face(self, box: Box) -> bool:
        if box not in self._cache:
            self._cache[box] = self._shows_face(box)
        return self._cache[box]


def _prefer(exact: list[Box], boxes: list[Box]) -> list[Box]:
    """`boxes`, each replaced by the exact one that it meets, without those that hold several: blocks of tiles.

    Sides are found a few pixels beside a gap's borders.
    """
    kept = []
    for box in boxes:
        nearest = max(exact, key=box.iou, default=box)
        if nearest is not box and box.iou(nearest) > _CONFIG.same_tile_iou:
            kept.append(nearest)
        elif sum(box.contains(*other.centre) for other in exact) < 2:
            kept.append(box)
    return kept


def _join(boxes: list[Box], others: list[Box]) -> list[Box]:
    """`boxes`, and of the others those that lie beside them."""
    return boxes + [
        other
        for other in others
        if all(other.intersection_area(box) < _CONFIG.max_overlap * min(box.area, other.area) for box in boxes)
    ]


def _find_boxes(gap: NDArray[np.uint8]) -> list[Box]:
    """The boxes between the gaps of a mask (255 where there is gap), completed to a grid."""
    lines = keep_lines(gap, min_length_px=MIN_TILE_SIDE_PX, max_break_px=_CONFIG.max_break_px)
    content = np.asarray(cv2.bitwise_not(lines), np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(content, connectivity=4)
    frame_area = gap.size
    large = stats[1:count][stats[1:count, 2:4].max(axis=1) >= MIN_TILE_SIDE_PX]
    whole: list[Box] = []
    broken: list[Box] = []
    for left, top, width, height, area in large.tolist():
        box = Box(left, top, width, height)
        if box.area > _CONFIG.max_frame_share * frame_area:
            continue
        is_whole = has_tile_shape(width, height) and area >= _CONFIG.min_fill * box.area
        (whole if is_whole else broken).append(box)
    return complete_grid(whole, broken, content)


def _drop_small(boxes: list[Box], *, beside: Sequence[Box] = ()) -> list[Box]:
    """The boxes without those that are tiny beside the largest of all."""
    largest = max((box.area for box in (*boxes, *beside)), default=0.0)
    return [box for box in boxes if box.area >= _CONFIG.min_share_of_largest * largest]


def _rate(boxes: list[Box]) -> float:
    """The area covered. A single box, which may be the call window on a desktop or a slide, counts little."""
    return sum(
        sum(box.area for box in group) * (1.0 if len(group) >= 3 else 0.5 if len(group) == 2 else 0.05)
        for group in group_by_size(boxes)
    )


def _are_same(boxes: Sequence[Box], others: Sequence[Box]) -> bool:
    return len(boxes) == len(others) and all(
        max(box.iou(other) for other in others) > _CONFIG.same_layout_iou for box in boxes
    )


def _in_reading_order(boxes: list[Box]) -> list[Box]:
    if not boxes:
        return []
    row_height = float(np.median([box.height for box in boxes]))
    return sorted(boxes, key=lambda box: (round(box.centre[1] / row_height), box.x))
