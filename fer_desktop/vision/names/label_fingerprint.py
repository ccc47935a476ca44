"""Recognises a label that was read without reading it again: cheap enough for every tile of every frame."""

from copy import copy
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from fer_desktop.system.opencv import cv2
from fer_desktop.types import Box, Image

_IS_INK: Final = 60
_IS_NOT_INK: Final = 90
"""Levels of brightness from the letters' own. What lies between the two is inconclusive: edges, and a video's noise.
"""
_LETTER: Final = 0.5
_BESIDE: Final = 0.35
"""Times the line's height: about one letter is compared at a time, and half of one on each side, where a name may get
longer. No more, as the picture beside a label moves."""
_GREEN: Final = 1


class LabelFingerprint:
    """Where a label's line has ink and where it has none, whatever moves behind the letters."""

    def __init__(self, image: Image, line: Box, tile: Box, ink: float) -> None:
        """`line` and `tile` in pixels of the frame; `ink` as `Label` has it."""
        side = _BESIDE * line.height
        left, right = max(line.x - side, tile.x), min(line.right + side, tile.right)
        self._box = Box(left, line.y, max(0.0, right - left), line.height).clipped(image.shape[1], image.shape[0])
        self._ink = round(ink)
        distance = self._measure(image, 0, 0)
        near_ink = cv2.dilate((distance <= _IS_NOT_INK).astype(np.uint8), np.ones((3, 3), np.uint8))
        self._was_ink = distance < _IS_INK
        self._was_blank = near_ink == 0  # not the soft edges of letters, which change with the background
        letter = max(3, round(_LETTER * line.height))
        self._shares = np.full(letter, 1 / max(1, letter * distance.shape[0]))

    def measure_change(self, image: Image, dx: int = 0, dy: int = 0) -> float:
        """Share of pixels that changed between ink and no ink, of the letter that changed most.

        The label is compared `dx`, `dy` pixels from where it was. 0 for the same letters; another letter changes .02
        to .4; 1 outside the frame.
        """
        distance = self._measure(image, dx, dy)
        if distance.shape != self._was_ink.shape or not distance.size:
            return 1.0
        changed = (self._was_ink & (distance > _IS_NOT_INK)) | (self._was_blank & (distance < _IS_INK))
        columns = np.count_nonzero(changed, axis=0)
        return float(np.convolve(columns, self._shares).max()) if columns.any() else 0.0

    def moved(self, dx: int, dy: int) -> Self:
        """The same fingerprint at another position."""
        other = copy(self)
        other._box = self._box.shifted(dx, dy)
        return other

    def _measure(self, image: Image, dx: int, dy: int) -> NDArray[np.int16]:
        """(height, width): how far each pixel's brightness is from the letters'; empty outside the frame."""
        left, top, width, height = self._box.rounded()
        if left + dx < 0 or top + dy < 0:
            return np.zeros((0, 0), np.int16)
        patch = image[top + dy : top + dy + height, left + dx : left + dx + width, _GREEN]
        distance: NDArray[np.int16] = np.abs(patch.astype(np.int16) - self._ink)
        return distance
