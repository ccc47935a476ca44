"""A camera of this computer as a live source."""

import sys
from collections.abc import Callable
from typing import Any, Final

import numpy as np

from fer_desktop.errors import CaptureLostError, SettingsError, SourceError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.ports import Clock
from fer_desktop.system.opencv import cv2
from fer_desktop.types import Frame

_QUEUED_WITHIN_S: Final = 0.004
"""A queued picture arrives faster than this, a new one later: after 17 ms at 60 frames a second."""
_MAX_QUEUED: Final = 8


class CameraSource:
    """A `FrameSource` of camera `number`, counted from 0. `read` waits for the camera's next picture."""

    live: Final = True
    frame_count: Final = None
    notice: Final = None

    def __init__(self, number: int, *, clock: Clock, open_device: Callable[[int, int], Any] = cv2.VideoCapture) -> None:
        """`open_device`: makes an OpenCV capture from a camera's number and a backend."""
        if number < 0:
            raise SettingsError(f"there is no camera {number}: cameras count from 0")
        self._number = number
        self._clock = clock
        self._open_device = open_device
        self._capture: Any = None
        self._index = 0

    @property
    def name(self) -> Message:
        """With its number counted from 1."""
        return Message(MessageKey.SOURCE_CAMERA, number=self._number + 1)

    def open(self) -> None:
        """Raises `SourceError` where the camera is missing or in use."""
        capture = self._open_device(self._number, _backend())
        if not capture.isOpened():
            capture.release()
            raise SourceError(Message(MessageKey.CAMERA_NOT_OPENED, number=self._number + 1))
        capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)
        self._capture = capture

    def read(self) -> Frame:
        """Raises `CaptureLostError` where no picture arrives, and until a camera that was lost can be opened again."""
        if self._capture is None:
            self._open_again()
        captured_at_s = self._grab_newest()
        decoded, image = (False, None) if captured_at_s is None else self._capture.retrieve()
        if captured_at_s is None or not decoded or image is None:
            self.close()
            raise CaptureLostError(Message(MessageKey.CAMERA_UNPLUGGED, number=self._number + 1))
        frame = Frame(self._index, captured_at_s, np.asarray(image, np.uint8))
        self._index += 1
        return frame

    def _open_again(self) -> None:
        """After a sleep, or with a loose plug, the system may take seconds to find the camera."""
        try:
            self.open()
        except SourceError as error:
            raise CaptureLostError(error.message) from error

    def _grab_newest(self) -> float | None:
        """Skips pictures that the driver has queued. Returns the time of the newest one, None where none arrives."""
        for _ in range(_MAX_QUEUED):
            requested_at_s = self._clock.now_s()
            if not self._capture.grab():
                return None
            arrived_at_s = self._clock.now_s()
            if arrived_at_s - requested_at_s > _QUEUED_WITHIN_S:
                break
        return arrived_at_s

    def close(self) -> None:
        """May be called twice."""
        if self._capture is not None:
            self._capture.release()
            self._capture = None


def _backend() -> int:
    return cv2.CAP_V4L2 if sys.platform.startswith("linux") else cv2.CAP_ANY
