"""A camera of this computer as a live source."""

import sys
from typing import Final

import numpy as np

from fer_desktop.errors import CaptureLostError, SettingsError, SourceError
from fer_desktop.opencv import cv2
from fer_desktop.ports import Clock
from fer_desktop.types import Frame


class CameraSource:
    """Reads camera `number`, counted from 0. `read` waits for the camera's next picture."""

    live: Final = True
    frame_count: Final = None
    notice: Final = None

    def __init__(self, number: int, *, clock: Clock) -> None:
        if number < 0:
            raise SettingsError(f"there is no camera {number}: cameras count from 0")
        self._number = number
        self._clock = clock
        self._capture: cv2.VideoCapture | None = None
        self._index = 0

    @property
    def name(self) -> str:
        return f"Camera {self._number}"

    def open(self) -> None:
        """Raises `SourceError` when the camera is missing or taken."""
        capture = cv2.VideoCapture(self._number, _backend())
        if not capture.isOpened():
            capture.release()
            raise SourceError(
                f"camera {self._number} cannot be opened: is it connected, and does another program use it?"
            )
        self._capture = capture

    def read(self) -> Frame:
        """Raises `CaptureLostError` when a picture fails to come, `SourceError` when the camera stays away."""
        if self._capture is None:
            self.open()
            assert self._capture is not None
        captured, image = self._capture.read()
        if not captured or image is None:
            self.close()
            raise CaptureLostError(f"camera {self._number} sends no picture: was it unplugged?")
        frame = Frame(self._index, self._clock.now_s(), np.asarray(image, np.uint8))
        self._index += 1
        return frame

    def close(self) -> None:
        if self._capture is not None:
            self._capture.release()
            self._capture = None


def _backend() -> int:
    return cv2.CAP_V4L2 if sys.platform.startswith("linux") else cv2.CAP_ANY
