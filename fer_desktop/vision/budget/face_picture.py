"""Finds a face again by its picture of a moment ago, at a tenth of what the detector costs."""

from dataclasses import dataclass
from typing import Final, Self

import numpy as np

from fer_desktop.system.opencv import cv2
from fer_desktop.types import Box, Image

_FACE_PX: Final = 32
_MARGIN_PX: Final = 8
"""Around the face in its small grey picture: it is found again where it moved by up to a quarter of its size."""
_SIDE_PX: Final = _FACE_PX + 2 * _MARGIN_PX
_MIN_LIKENESS: Final = 0.92
"""Correlation of the two pictures (`TM_CCOEFF_NORMED`). A head that turns, a hand before a face, and another face are
less alike, and a wide open mouth may be: then the detector is asked."""
_GREEN: Final = 1


@dataclass(frozen=True, slots=True, eq=False)
class FacePicture:
    """`window`: the face's surroundings in the frame, in pixels. `grey`: (48, 48), what they showed."""

    window: Box
    grey: Image

    @classmethod
    def take(cls, image: Image, face: Box) -> Self | None:
        """The picture of a face; None where its surroundings reach out of the frame."""
        grown = _SIDE_PX / _FACE_PX
        width, height = face.width * grown, face.height * grown
        window = Box(face.centre[0] - width / 2, face.centre[1] - height / 2, width, height)
        grey = _cut(image, window)
        return None if grey is None else cls(window, grey)

    def find_again(self, image: Image) -> tuple[float, float] | None:
        """How far the face has moved in a later frame, in pixels; None where nothing near looks like it."""
        grey = _cut(image, self.window)
        if grey is None:
            return None
        face = self.grey[_MARGIN_PX:-_MARGIN_PX, _MARGIN_PX:-_MARGIN_PX]
        likeness = np.asarray(cv2.matchTemplate(grey, face, cv2.TM_CCOEFF_NORMED), np.float32)
        row, column = (int(index) for index in np.unravel_index(int(likeness.argmax()), likeness.shape))
        if likeness[row, column] < _MIN_LIKENESS or not (0 < row < 2 * _MARGIN_PX and 0 < column < 2 * _MARGIN_PX):
            return None
        down = row + _find_peak(*likeness[row - 1 : row + 2, column].tolist()) - _MARGIN_PX
        right = column + _find_peak(*likeness[row, column - 1 : column + 2].tolist()) - _MARGIN_PX
        return right * self.window.width / _SIDE_PX, down * self.window.height / _SIDE_PX


def _cut(image: Image, window: Box) -> Image | None:
    left, top, width, height = window.rounded()
    if left < 0 or top < 0 or left + width > image.shape[1] or top + height > image.shape[0] or not width * height:
        return None
    patch = cv2.extractChannel(image[top : top + height, left : left + width], _GREEN)
    return np.asarray(cv2.resize(patch, (_SIDE_PX, _SIDE_PX), interpolation=cv2.INTER_AREA), np.uint8)


def _find_peak(before: float, here: float, after: float) -> float:
    """Offset, -.5 to .5, of the peak of the parabola through three neighbours, the middle one of which is highest."""
    curve = before - 2 * here + after
    return 0.0 if curve >= 0 else (before - after) / (2 * curve)
