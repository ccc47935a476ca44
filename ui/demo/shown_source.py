"""The simulated class as it is seen on the screen: nothing else is handed on."""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from fer_desktop.capture.region import RegionSource
from fer_desktop.desktop.region import Region
from fer_desktop.errors import CaptureLostError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.ports import Clock
from fer_desktop.system.opencv import cv2
from fer_desktop.types import Frame, Image

_CELL_PX: Final = 16
"""Smaller than a face that can be read."""
_LARGEST_DIFFERENCE: Final = 40
"""Between the means of two cells, of 255: a screen with a colour profile gives back other colours than were drawn."""


class ShownSource(RegionSource):
    """Hands on no frame in which anything covers the class. For one thread.

    The class is read without a consent, as it is nobody: a call that floats above it shows real people.
    """

    def __init__(self, region: Region, read_drawn: Callable[[], Sequence[Image]], *, clock: Clock) -> None:
        """`read_drawn`: the pictures that the class may show now, as `reduce_picture` makes them."""
        super().__init__(region, clock=clock)
        self._read_drawn = read_drawn

    def read(self) -> Frame:
        """Raises what `RegionSource.read` raises, and `CaptureLostError` where the frame shows anything else."""
        before = self._read_drawn()
        frame = super().read()
        if not _is_drawn(reduce_picture(frame.image), [*before, *self._read_drawn()]):
            raise CaptureLostError(Message(MessageKey.WINDOW_COVERED_BY_UNKNOWN))
        return frame


def reduce_picture(picture: Image) -> Image:
    """The mean colours of its cells."""
    height, width = picture.shape[:2]
    size = -(-width // _CELL_PX), -(-height // _CELL_PX)
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)


def _is_drawn(cells: Image, drawn: Sequence[Image]) -> bool:
    """Whether each cell is that of one of the pictures: a screen may show the upper half of the next one already.

    Some desktops cut off the corners of a window.
    """
    same = [each for each in drawn if each.shape == cells.shape]
    if not same:
        return False
    differences = np.abs(np.stack(same).astype(np.int16) - cells.astype(np.int16)).max(axis=3).min(axis=0)
    differences[[0, 0, -1, -1], [0, -1, 0, -1]] = 0
    return bool((differences <= _LARGEST_DIFFERENCE).all())
