"""Detects, from the pixels of a region, that it no longer shows the call."""

import math
import zlib
from typing import Final

import numpy as np

from fer_desktop.desktop.wayland import is_wayland
from fer_desktop.errors import CaptureLostError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.types import Image

BLACK_AFTER_S: Final = 2.0
"""Call windows are black for a moment while they change their layout."""
FROZEN_AFTER_S: Final = 30.0
"""Cameras have noise, so a call with one camera on never stands still; one with all cameras off may."""
UNWATCHED_AFTER_S: Final = 10.0
"""After a longer gap between two pictures, as in a pause, nothing is known of the time between them."""
_MAX_BLACK_LEVEL: Final = 8
_SAMPLE_STEP: Final = 4  # only each fourth pixel of each fourth row is checked


class PictureWatchdog:
    """Checks the pictures of one live source, in order.

    A black region counts as lost. One in which nothing changes may be a covered or closed window, but also a call with
    all cameras off: `notice` reports it, and capture goes on.
    """

    def __init__(self, *, black_after_s: float = BLACK_AFTER_S, frozen_after_s: float = FROZEN_AFTER_S) -> None:
        self._black_after_s = black_after_s
        self._frozen_after_s = frozen_after_s
        self._black_since_s: float | None = None
        self._checked_at_s = -math.inf
        self._unchanged_since_s = 0.0
        self._fingerprint: int | None = None
        self.notice: Message | None = None

    def check(self, image: Image, captured_at_s: float) -> None:
        """Sets `notice` once the region has not changed for too long, and clears it at the next change.

        Raises `CaptureLostError` once the region has been black for too long.
        """
        sample = np.ascontiguousarray(image[::_SAMPLE_STEP, ::_SAMPLE_STEP])
        self._check_change(sample, captured_at_s)
        self._check_black(sample, captured_at_s)

    def _check_black(self, sample: Image, captured_at_s: float) -> None:
        if int(sample.max()) > _MAX_BLACK_LEVEL:
            self._black_since_s = None
            return
        if self._black_since_s is None:
            self._black_since_s = captured_at_s
        if captured_at_s - self._black_since_s >= self._black_after_s:
            raise CaptureLostError(
                Message(MessageKey.REGION_BLACK_ON_WAYLAND if is_wayland() else MessageKey.REGION_BLACK)
            )

    def _check_change(self, sample: Image, captured_at_s: float) -> None:
        fingerprint = zlib.crc32(sample.data)
        unwatched = captured_at_s - self._checked_at_s > UNWATCHED_AFTER_S
        if unwatched or fingerprint != self._fingerprint:
            self._fingerprint, self._unchanged_since_s = fingerprint, captured_at_s
            self.notice = None
        if captured_at_s - self._unchanged_since_s >= self._frozen_after_s:
            self.notice = Message(MessageKey.PICTURE_FROZEN, seconds=round(self._frozen_after_s))
        self._checked_at_s = captured_at_s
