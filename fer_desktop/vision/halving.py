"""Makes pictures smaller by halves: OpenCV averages four pixels at a tenth of what any other area takes."""

from typing import Final

import numpy as np

from fer_desktop.system.opencv import cv2
from fer_desktop.types import Image

_LEAST_PX: Final = 2


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


def halve_towards(image: Image, width: float, height: float) -> tuple[Image, int]:
    """The picture and how often it was halved, so that interpolation fits it into `width` x `height` without aliasing:
    it is less than twice as large then.
    """
    times = 0
    while min(width / image.shape[1], height / image.shape[0]) < 0.5 and min(image.shape[:2]) >= 2 * _LEAST_PX:
        image, times = halve(image, 1), times + 1
    return image, times
