"""Matches found boxes with true ones."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fer_desktop.system.assignment import assign_one_to_one
from fer_desktop.types import Box

FACE_IOU: Final = 0.3
"""Detectors frame a face tighter or wider, so the required overlap is low and the centre has to match as well."""
FACE_MARGIN: Final = 0.2
"""A found face's centre lies inside the true box, enlarged by this share of its size on each side."""
TILE_IOU: Final = 0.8
SAME_TILE_IOU: Final = 0.5
"""Enough to know whose tile it is."""


def face_overlaps(found: Sequence[Box], true: Sequence[Box]) -> NDArray[np.float64]:
    """(found, true): the IoU where the boxes match as faces, else 0."""
    iou = _iou(found, true)
    near = np.array([[_is_near(box, face) for face in true] for box in found], bool).reshape(iou.shape)
    return np.where(near & (iou >= FACE_IOU), iou, 0.0)


def tile_overlaps(found: Sequence[Box], true: Sequence[Box], *, above: float = TILE_IOU) -> NDArray[np.float64]:
    """(found, true): the IoU where it is above the threshold, else 0."""
    iou = _iou(found, true)
    return np.where(iou > above, iou, 0.0)


def match_one_to_one(overlaps: NDArray[np.float64]) -> list[tuple[int, int]]:
    """Pairs (row, column) that overlap: as many as possible, then those with the largest overlaps in all."""
    rows, columns = assign_one_to_one(-np.where(overlaps > 0, 1.0 + overlaps, 0.0))
    return [(int(i), int(j)) for i, j in zip(rows, columns, strict=True) if overlaps[i, j] > 0]


def _iou(found: Sequence[Box], true: Sequence[Box]) -> NDArray[np.float64]:
    return np.array([[box.iou(other) for other in true] for box in found], np.float64).reshape(len(found), len(true))


def _is_near(box: Box, face: Box) -> bool:
    margin_x, margin_y = FACE_MARGIN * face.width, FACE_MARGIN * face.height
    grown = Box(face.x - margin_x, face.y - margin_y, face.width + 2 * margin_x, face.height + 2 * margin_y)
    return grown.contains(*box.centre)
