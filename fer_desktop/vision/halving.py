"""Makes pictures smaller by halves: OpenCV averages four pixels at a tenth of what any other area takes."""

from typing import Final

import numpy as np

from fer_desktop.system.opencv import cv2
from fer_desktop.types import Image

_LEAST_PX: Final = 2
_LEAST_AREA_PX: Final = 6


def halve(image: Image, times: int) -> Image:
    """The picture with means of squares of 2 ** `times` pixels, without what is left over at its right and below. One
    that is no two pixels high or wide stays as it is.
    """
    for _ in range(times):
        height, width = (side - side % 2 for side in image.shape[:2])
        if not height * width:
            return image
        half = cv2.resize(image[:height, :width], (width // 2, height // 2), interpolation=cv2.INTER_AREA)
        image = np.asarray(half, np.uint8)
    return image


def average_areas(picture: Image, columns: int, rows: int) -> Image:
    """(rows, columns) means of equal areas of the picture, right to a level, at a third of what exact ones take.

    Where a side of the picture is odd its last pixels are left out, so that all areas lie a fraction of a pixel off.
    Areas of fewer than six pixels a side are exact.
    """
    height, width = picture.shape[:2]
    is_large = min(width / columns, height / rows) >= _LEAST_AREA_PX
    halved = halve(picture, 1) if is_large else picture
    return np.asarray(cv2.resize(halved, (columns, rows), interpolation=cv2.INTER_AREA), np.uint8)


def halve_towards(image: Image, width: float, height: float) -> tuple[Image, int]:
    """The picture and how often it was halved, so that interpolation fits it into `width` x `height` without aliasing:
    it is less than twice as large then.
    """
    times = 0
    while min(width / image.shape[1], height / image.shape[0]) < 0.5 and min(image.shape[:2]) >= 2 * _LEAST_PX:
        image, times = halve(image, 1), times + 1
    return image, times
