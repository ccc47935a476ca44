"""The appearance of a tile: room and clothing around the face, which differ between homes and are not biometric."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from fer_desktop.system.opencv import cv2
from fer_desktop.types import Box, Floats, Image
from fer_desktop.vision.halving import average_areas

_ON_SIZE: Final = (12, 8)
_OFF_SIZE: Final = (48, 27)
_SAMPLED_ROWS: Final = 90
_MAX_DIFFERENCE_ON: Final = 0.16
_MAX_DIFFERENCE_OFF: Final = 0.06
"""Mean difference of the vectors (0 to 1) that counts as distance 1. Cameras of two homes differ by .15 to .35, one
camera from itself a while later by .01 to .06; cards of cameras that are off differ in their few letters only."""


def describe_tile(image: Image, box: Box, *, camera_on: bool) -> Floats:
    """The tile's appearance: (d,) values of 0 to 1, empty outside the frame.

    Vectors of cameras that are on and of cards have different lengths and cannot be compared.
    """
    return weigh_cells(average_cells(image, box, camera_on=camera_on), camera_on=camera_on)


def average_cells(image: Image, box: Box, *, camera_on: bool) -> NDArray[np.uint8]:
    """The mean colour of each cell of the tile, (8, 12, 3), of a card its mean brightness, (27, 48).

    Empty outside the frame.
    """
    left, top, width, height = box.clipped(image.shape[1], image.shape[0]).rounded()
    # Every few pixels suffice for the average, and this runs for every tile of every frame.
    step = max(1, height // _SAMPLED_ROWS)
    patch = image[top : top + height : step, left : left + width : step]
    if not patch.size:
        return np.zeros(0, np.uint8)
    small = average_areas(patch, *(_ON_SIZE if camera_on else _OFF_SIZE))
    return small if camera_on else np.asarray(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), np.uint8)


def weigh_cells(cells: NDArray[np.uint8], *, camera_on: bool) -> Floats:
    """The appearance, (d,), of the cells that `average_cells` gave."""
    levels = cells.astype(np.float32) / 255
    return (levels * _SURROUNDINGS_WEIGHTS[..., None] if camera_on and levels.size else levels).ravel()


def compare_appearances(appearances: Floats, others: Floats, *, camera_on: bool) -> Floats:
    """(n, m) distances, 0 (the same) to 1, of appearances (n, d) to others (m, d)."""
    sums = np.zeros((len(appearances), len(others)), np.float32)
    if sums.size:
        # All of `others` as neighbours, nearest first: OpenCV's Python binding gives distances in no other way.
        sorted_sums, order = cv2.batchDistance(appearances, others, cv2.CV_32F, normType=cv2.NORM_L1, K=len(others))
        np.put_along_axis(sums, np.asarray(order, np.intp), sorted_sums, axis=1)
    return np.minimum(sums / (appearances.shape[1] * _max_difference(camera_on=camera_on)), 1.0)


def compare_pair(appearance: Floats, other: Floats, *, camera_on: bool) -> float:
    """The distance of two, as of `compare_appearances`, which takes twenty times as long for so few."""
    total = cv2.norm(appearance, other, cv2.NORM_L1)
    return min(total / (len(appearance) * _max_difference(camera_on=camera_on)), 1.0)


def _max_difference(*, camera_on: bool) -> float:
    return _MAX_DIFFERENCE_ON if camera_on else _MAX_DIFFERENCE_OFF


def _weigh_surroundings() -> Floats:
    """(rows, columns) weights of the cells: the middle, where the head moves, counts a third. Mean 1."""
    columns, rows = _ON_SIZE
    weights = np.ones((rows, columns), np.float32)
    weights[rows // 8 : rows * 6 // 8, columns // 3 : columns - columns // 3] = 1 / 3
    return weights / float(weights.mean())


_SURROUNDINGS_WEIGHTS: Final = _weigh_surroundings()
