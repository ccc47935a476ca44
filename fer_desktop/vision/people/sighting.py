"""What the segmentation of one camera picture shows: how much of a person, where the head must be, what hides it."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fer_desktop.system.opencv import cv2
from fer_desktop.types import Box, Image, UnreadableReason
from fer_desktop.vision.people.segmentation import Mask
from fer_desktop.vision.people.tile_cells import TILE_CELLS


@dataclass(frozen=True, slots=True)
class _HeadTuning:
    """Where the head lies in the outline of a person, and what can be read from there. Shares of lengths, 0 to 1."""

    min_part: float = 0.005
    """Of the picture: smaller patches are not a person."""
    head_of_body: float = 0.62
    """Height of a head over that of a person who sits at a camera: head, shoulders, chest."""
    head_of_width: float = 0.62
    """Width of a head over that of the person, shoulders included."""
    cut_top: float = 0.45
    """Of the person's width: so much of it at the upper edge is a head that is cut off."""
    side_reach: float = 0.04
    """Of the picture's width: a head so near to a side is cut by it."""
    readable_px: float = 16.0
    """Height of a face from which it can be found."""
    face_of_head: float = 0.6
    dark_level: int = 45
    """Of 0 to 255: the 90th percentile of a person who sits in the dark."""


_HEAD: Final = _HeadTuning()
_BAR_LEVELS: Final = 6
"""Levels by which the pixels of a bar beside a tall camera picture differ at most."""
_ABOVE_NAME: Final = 0.7
"""Share of the height above the name, which is written across the bars."""
_MIN_KEPT: Final = 0.25
"""Share of the width that is kept, whatever resembles bars."""


@dataclass(frozen=True, slots=True, eq=False)
class PersonSighting:
    """One measurement. `share`: of the picture, 0 to 1, that shows a person. `body`: (18, 32) cells of the tile that
    show one. `head`: in pixels of the frame; None without a person. `hidden_by`: why no face can be read there.
    """

    share: float
    body: NDArray[np.bool_]
    head: Box | None = None
    hidden_by: UnreadableReason | None = None


NOBODY: Final = PersonSighting(0.0, np.zeros(TILE_CELLS[::-1], bool))


def find_picture(image: Image, tile: Box) -> Box:
    """The camera picture in the tile: without the flat bars on both sides of a tall picture, which hide people."""
    left, top, width, height = tile.clipped(image.shape[1], image.shape[0]).rounded()
    patch = image[top + height // 20 : top + round(_ABOVE_NAME * height) : max(1, height // 36), left : left + width]
    if min(patch.shape[:2]) < 2:
        return Box(left, top, width, height)
    spread = (patch.max(axis=0).astype(np.int16) - patch.min(axis=0)).max(axis=1)
    busy = np.flatnonzero(spread > _BAR_LEVELS)
    bar = min(int(busy[0]), width - 1 - int(busy[-1])) if len(busy) else 0
    if width - 2 * bar < _MIN_KEPT * width:
        bar = 0
    return Box(left + bar, top, width - 2 * bar, height)


def describe_person(image: Image, tile: Box, picture: Box, mask: Mask) -> PersonSighting:
    """`mask`: of the `picture` inside the `tile`, both in pixels of the frame."""
    share = float(mask.mean()) * picture.width / max(1.0, tile.width)
    body = _place_body(mask, tile, picture)
    part = _find_largest(mask)
    if part is None:
        return PersonSighting(share, body)
    head = _find_head(part)
    rows, columns = mask.shape
    scale_x, scale_y = picture.width / columns, picture.height / rows
    in_frame = Box(
        picture.x + head.x * scale_x, picture.y + head.y * scale_y, head.width * scale_x, head.height * scale_y
    )
    return PersonSighting(share, body, in_frame, _find_hidden_by(image, part, picture, in_frame))


def _place_body(mask: Mask, tile: Box, picture: Box) -> NDArray[np.bool_]:
    """The mask in cells of the tile."""
    columns, rows = TILE_CELLS
    body = np.zeros((rows, columns), bool)
    first = round((picture.x - tile.x) / max(1.0, tile.width) * columns)
    last = min(columns, max(first + 1, round((picture.right - tile.x) / max(1.0, tile.width) * columns)))
    first = max(0, min(first, last - 1))
    small = cv2.resize(mask.astype(np.uint8) * 255, (last - first, rows), interpolation=cv2.INTER_AREA)
    body[:, first:last] = small > 127
    return body


def _find_largest(mask: Mask) -> Mask | None:
    """The largest connected part of the mask; None where it is too small for a person."""
    count, labels, statistics, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=4)
    if count < 2:
        return None
    largest = 1 + int(np.argmax(statistics[1:, cv2.CC_STAT_AREA]))
    if statistics[largest, cv2.CC_STAT_AREA] < _HEAD.min_part * mask.size:
        return None
    part: Mask = labels == largest
    return part


def _find_head(part: Mask) -> Box:
    """The square in which the head must be, in cells of the mask: the upper end of the person."""
    filled = np.flatnonzero(part.any(axis=1))
    top, height = int(filled[0]), int(filled[-1] - filled[0] + 1)
    widths = part.any(axis=0)
    side = max(4.0, min(_HEAD.head_of_body * height, _HEAD.head_of_width * float(np.count_nonzero(widths))))
    upper = part[top : top + max(1, round(0.5 * side))]
    centre = float(np.flatnonzero(upper.any(axis=0)).mean()) if upper.any() else part.shape[1] / 2
    return Box(centre - side / 2, top, side, side)


def _find_hidden_by(image: Image, part: Mask, picture: Box, head: Box) -> UnreadableReason | None:
    """What makes the face of that person unreadable, as far as the outline and the light show it."""
    if _is_dark(image, part, picture):
        return UnreadableReason.TOO_DARK
    width = max(1, int(np.count_nonzero(part.any(axis=0))))
    if np.count_nonzero(part[:2].any(axis=0)) >= _HEAD.cut_top * width:
        return UnreadableReason.CUT_OFF
    margin = _HEAD.side_reach * picture.width
    if head.centre[0] < picture.x + margin or head.centre[0] > picture.right - margin:
        return UnreadableReason.CUT_OFF
    if _HEAD.face_of_head * head.height < _HEAD.readable_px:
        return UnreadableReason.TOO_SMALL
    return None


def _is_dark(image: Image, part: Mask, picture: Box) -> bool:
    """Whether even the lightest parts of the person are dark."""
    left, top, width, height = picture.rounded()
    step = max(1, height // 36)
    patch = image[top : top + height : step, left : left + width : step]
    inside = cv2.resize(part.astype(np.uint8), (patch.shape[1], patch.shape[0]), interpolation=cv2.INTER_NEAREST) > 0
    return bool(inside.any() and np.percentile(patch[inside].max(axis=1), 90) < _HEAD.dark_level)
