"""A recorded video as a source: every sampled frame, at its own time."""

import math
from pathlib import Path
from typing import Final

import numpy as np

from fer_desktop.capture.file_kind import explain_unreadable
from fer_desktop.errors import SettingsError, SourceError
from fer_desktop.messages import Message, MessageKey, literal
from fer_desktop.system.opencv import cv2
from fer_desktop.system.picture_files import MAX_PIXELS
from fer_desktop.types import Frame, Image

_TIME_TOLERANCE_S: Final = 0.001
"""Containers round a frame's time to a millisecond."""
_MIN_STEP_BACK_S: Final = 0.5
"""Where a joined recording begins. Smaller steps back are single frames out of order."""
_DEFAULT_FPS: Final = 25.0
"""For streams without a frame rate."""
_MAX_FPS: Final = 1000.0
_MAX_PIXEL_ASPECT: Final = 4.0
"""Anamorphic recordings stretch pixels by 2 at most."""
_COMPLETE_FROM_SHARE: Final = 0.98
_COMPLETE_WITHIN_FRAMES: Final = 5
"""Some containers only estimate their length, so a few missing frames do not make a video incomplete."""


class VideoSource:
    """A `FrameSource` of a video file. `captured_at_s` is the position in the video.

    `fps`: frames sampled from each second, by the frames' own times; None: every frame. A damaged or truncated video
    delivers the frames that can be read, then ends with its `notice` set. Frames are turned upright and their pixels
    made square, as the file says.
    """

    live: Final = False

    def __init__(self, path: Path, *, fps: float | None) -> None:
        if fps is not None and not (0 < fps <= _MAX_FPS):
            raise SettingsError(f"a video cannot be sampled at {fps} frames a second")
        self._path = path
        self._fps = fps
        self._capture: cv2.VideoCapture | None = None
        self._index = 0
        self._frames_read = 0
        self._frames_announced = 0
        self._next_slot = 0
        self._frames_per_second = _DEFAULT_FPS
        self._has_times = False
        self._pixel_aspect = 1.0
        self._offset_s = 0.0
        self._previous_s = 0.0
        self.frame_count: int | None = None
        self.notice: Message | None = None

    @property
    def name(self) -> Message:
        """Of the file."""
        return literal(self._path.name)

    def open(self) -> None:
        """Raises `SourceError` where the file is missing, empty, too large, or no video that can be read."""
        self._check_file()
        capture = cv2.VideoCapture(str(self._path), cv2.CAP_FFMPEG)
        if not capture.isOpened():
            capture.release()
            raise SourceError(explain_unreadable(self._path, MessageKey.VIDEO_UNREADABLE))
        width, height = (int(capture.get(side)) for side in (cv2.CAP_PROP_FRAME_WIDTH, cv2.CAP_PROP_FRAME_HEIGHT))
        if width * height > MAX_PIXELS:
            capture.release()
            raise SourceError(Message(MessageKey.VIDEO_TOO_LARGE, name=self._path.name, width=width, height=height))
        self._capture = capture
        capture.set(cv2.CAP_PROP_ORIENTATION_AUTO, 1)
        self._pixel_aspect = _read_pixel_aspect(capture)
        self._frames_announced = max(0, int(capture.get(cv2.CAP_PROP_FRAME_COUNT)))
        announced_fps = float(capture.get(cv2.CAP_PROP_FPS))
        self._frames_per_second = announced_fps if 0 < announced_fps <= _MAX_FPS else _DEFAULT_FPS
        self.frame_count = self._count_samples(announced_fps)

    def read(self) -> Frame | None:
        """The next sampled frame, None at the end. Raises `SourceError` where no frame at all can be read."""
        capture = self._capture
        if capture is None:
            raise SourceError(f"{self._path.name} is not open")
        while capture.grab():
            position_s = self._position_s(capture)
            self._frames_read += 1
            if not self._starts_slot(position_s):
                continue
            decoded, image = capture.retrieve()
            if decoded and image is not None:
                frame = Frame(self._index, position_s, _make_square(np.asarray(image, np.uint8), self._pixel_aspect))
                self._index += 1
                return frame
        self._finish()
        return None

    def close(self) -> None:
        """May be called twice."""
        if self._capture is not None:
            self._capture.release()
            self._capture = None

    def _check_file(self) -> None:
        if not self._path.is_file():
            raise SourceError(Message(MessageKey.NO_FILE, path=str(self._path)))
        if self._path.stat().st_size == 0:
            raise SourceError(Message(MessageKey.VIDEO_EMPTY, name=self._path.name))

    def _count_samples(self, frames_per_second: float) -> int | None:
        if self._frames_announced == 0:
            return None
        if self._fps is None or frames_per_second <= self._fps:
            return self._frames_announced
        return math.ceil(self._frames_announced * self._fps / frames_per_second)

    def _position_s(self, capture: cv2.VideoCapture) -> float:
        """The time of the frame just grabbed; never less than the previous one.

        Raw streams have no times, or negative ones: there frames are counted. Joined recordings start again at 0: their
        times continue from the end of the part before.
        """
        container_s = float(capture.get(cv2.CAP_PROP_POS_MSEC)) / 1000
        self._has_times |= container_s > 0
        position_s = container_s + self._offset_s if self._has_times else self._frames_read / self._frames_per_second
        if position_s < self._previous_s - _MIN_STEP_BACK_S:
            position_s = self._previous_s + 1 / self._frames_per_second
            self._offset_s = position_s - container_s
        self._previous_s = max(self._previous_s, position_s)
        return self._previous_s

    def _starts_slot(self, position_s: float) -> bool:
        """Whether the frame is the first of its slot of 1/fps seconds, and so is sampled."""
        if self._fps is None:
            return True
        slot = math.floor((position_s + _TIME_TOLERANCE_S) * self._fps)
        if slot < self._next_slot:
            return False
        self._next_slot = slot + 1
        return True

    def _finish(self) -> None:
        """Reports an incomplete video. Raises `SourceError` where no frame was read."""
        missing = self._frames_announced - self._frames_read
        if self._index == 0:
            raise SourceError(explain_unreadable(self._path, MessageKey.VIDEO_WITHOUT_FRAMES))
        if missing >= _COMPLETE_WITHIN_FRAMES and self._frames_read < _COMPLETE_FROM_SHARE * self._frames_announced:
            self.notice = Message(
                MessageKey.RECORDING_ENDS_EARLY,
                name=self._path.name,
                read=self._frames_read,
                announced=self._frames_announced,
            )


def _read_pixel_aspect(capture: cv2.VideoCapture) -> float:
    """Width over height of a pixel of the upright picture; 1 where the file says nothing sensible."""
    wide, high = capture.get(cv2.CAP_PROP_SAR_NUM), capture.get(cv2.CAP_PROP_SAR_DEN)
    aspect = wide / high if wide > 0 and high > 0 else 1.0
    if not 1 / _MAX_PIXEL_ASPECT <= aspect <= _MAX_PIXEL_ASPECT:
        return 1.0
    return 1 / aspect if round(capture.get(cv2.CAP_PROP_ORIENTATION_META)) % 180 else aspect


def _make_square(image: Image, pixel_aspect: float) -> Image:
    """The picture with square pixels; the longer side of a pixel is kept."""
    height, width = image.shape[:2]
    size = round(width * max(1.0, pixel_aspect)), round(height * max(1.0, 1 / pixel_aspect))
    if size == (width, height):
        return image
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_LINEAR), np.uint8)
