"""An open video file: its frames one after the other, each with its time, upright and with square pixels."""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np

from fer_desktop.capture.file_kind import explain_unreadable
from fer_desktop.capture.video_damage import DamagedPart
from fer_desktop.errors import SettingsError, SourceError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.system.opencv import cv2
from fer_desktop.system.picture_files import MAX_PIXELS
from fer_desktop.types import Image

_TIME_TOLERANCE_S: Final = 0.001
"""Containers round a frame's time to a millisecond."""
_MIN_STEP_BACK_S: Final = 0.5
"""Where a joined recording begins. Smaller steps back are single frames out of order."""
_DAMAGE_TOLERANCE_S: Final = 0.2
"""The last frame that can be read lies so far before a damaged part at most."""
_STEPS_ON_S: Final = (0.0, 1.0, 2.0, 5.0, 15.0)
"""Behind a damaged part reading goes on so much later: as soon as it can."""
_DEFAULT_FPS: Final = 25.0
"""For streams without a frame rate."""
_MAX_FPS: Final = 1000.0
_MAX_PIXEL_ASPECT: Final = 4.0
"""Anamorphic recordings stretch pixels by 2 at most."""
_COMPLETE_FROM_SHARE: Final = 0.98
_COMPLETE_WITHIN_FRAMES: Final = 5
"""Some containers only estimate their length, so a few missing frames do not make a video incomplete."""
_HARDWARE: Final = (cv2.CAP_PROP_HW_ACCELERATION, cv2.VIDEO_ACCELERATION_ANY)
"""Decoding by whatever the computer has for it; OpenCV itself falls back to the processor."""


class VideoFile:
    """Decoded by hardware where OpenCV finds any. One thread opens, reads and closes it."""

    def __init__(self, path: Path, *, threads: int | None = None, damaged: Sequence[DamagedPart] = ()) -> None:
        """`threads`: that decode; OpenCV's choice by default. `damaged`: parts in order whose frames are left out.

        Raises `SourceError` where the file is missing, empty, too large, or no video that can be read.
        """
        _check_file(path)
        self._path, self._options = path, [] if threads is None else [cv2.CAP_PROP_N_THREADS, threads]
        capture = _open(path, self._options)
        width, height = (int(capture.get(side)) for side in (cv2.CAP_PROP_FRAME_WIDTH, cv2.CAP_PROP_FRAME_HEIGHT))
        if width * height > MAX_PIXELS:
            capture.release()
            raise SourceError(Message(MessageKey.VIDEO_TOO_LARGE, name=path.name, width=width, height=height))
        self._capture = capture
        self._damaged = damaged
        self._pixel_aspect = _read_pixel_aspect(capture)
        self.frames_announced = max(0, int(capture.get(cv2.CAP_PROP_FRAME_COUNT)))
        self.announced_fps = float(capture.get(cv2.CAP_PROP_FPS))
        self.frames_per_second = self.announced_fps if 0 < self.announced_fps <= _MAX_FPS else _DEFAULT_FPS
        self.length_s = self.frames_announced / self.frames_per_second if self.frames_announced else None
        self._frames_grabbed = 0
        self._has_times = False
        self._offset_s = 0.0
        self._previous_s = self._sought_s = 0.0

    def grab(self) -> float | None:
        """Goes on to the next sound frame; its time, never less than the previous one's, or None at the end."""
        while True:
            position_s = self._grab()
            if position_s is None:
                return self._pass_damage()
            if not any(part.holds(position_s) for part in self._damaged):
                return position_s

    def _grab(self) -> float | None:
        if not self._capture.grab():
            return None
        position_s = self._position_s()
        self._frames_grabbed += 1
        return position_s

    def _pass_damage(self) -> float | None:
        """The time of a frame behind the damaged part in which reading ended; None where it did not end in one.

        A decoder gives up after some errors, and OpenCV seeks to a frame by decoding several before it.
        """
        at_s = max(self._previous_s, self._sought_s) + _DAMAGE_TOLERANCE_S
        part = next((part for part in self._damaged if part.holds(at_s)), None)
        if part is None:
            return None
        for step_s in _STEPS_ON_S:
            self._capture.release()
            self._capture = _open(self._path, self._options)
            self.seek(part.until_s + step_s)
            position_s = self._grab()
            if position_s is not None and position_s >= part.until_s:
                return position_s
        return None

    def retrieve(self) -> Image | None:
        """The frame just grabbed; None where it is damaged."""
        decoded, image = self._capture.retrieve()
        if not decoded or image is None:
            return None
        return _make_square(np.asarray(image, np.uint8), self._pixel_aspect)

    def seek(self, to_s: float) -> None:
        """Goes to a frame near that time, perhaps after it: the time of the next one says where."""
        self._capture.set(cv2.CAP_PROP_POS_MSEC, max(0.0, to_s) * 1000)
        self._frames_grabbed, self._has_times, self._offset_s, self._previous_s = 0, to_s > 0, 0.0, 0.0
        self._sought_s = to_s

    def close(self) -> None:
        """May be called twice."""
        self._capture.release()

    def _position_s(self) -> float:
        """The time of the frame just grabbed.

        Raw streams have no times, or negative ones: there frames are counted. Joined recordings start again at 0: their
        times continue from the end of the part before.
        """
        container_s = float(self._capture.get(cv2.CAP_PROP_POS_MSEC)) / 1000
        self._has_times |= container_s > 0
        counted_s = self._frames_grabbed / self.frames_per_second
        position_s = container_s + self._offset_s if self._has_times else counted_s
        if position_s < self._previous_s - _MIN_STEP_BACK_S:
            position_s = self._previous_s + 1 / self.frames_per_second
            self._offset_s = position_s - container_s
        self._previous_s = max(self._previous_s, position_s)
        return self._previous_s


class Sampler:
    """Chooses, of each slot of 1/fps seconds, the first frame; without a rate, every frame."""

    def __init__(self, fps: float | None) -> None:
        """Raises `SettingsError` for a rate that makes no sense."""
        if fps is not None and not (0 < fps <= _MAX_FPS):
            raise SettingsError(f"a video cannot be sampled at {fps} frames a second")
        self._fps = fps
        self._next_slot = 0

    def slot(self, position_s: float) -> int:
        """The number of the slot at a time; of the second, without a rate."""
        return math.floor((position_s + _TIME_TOLERANCE_S) * (self._fps or 1.0))

    def takes(self, position_s: float) -> bool:
        """Whether the frame at that time is sampled. Frames come in order."""
        if self._fps is None:
            return True
        slot = self.slot(position_s)
        if slot < self._next_slot:
            return False
        self._next_slot = slot + 1
        return True

    def count(self, frames: int, frames_per_second: float) -> int | None:
        """How many of so many announced frames are sampled; None where the number is unknown."""
        if frames == 0:
            return None
        if self._fps is None or frames_per_second <= self._fps:
            return frames
        return math.ceil(frames * self._fps / frames_per_second)


def explain_missing_frames(path: Path, *, read: int, announced: int) -> Message | None:
    """The notice for a video of which not all frames could be read; None where it is complete."""
    missing = announced - read
    if missing < _COMPLETE_WITHIN_FRAMES or read >= _COMPLETE_FROM_SHARE * announced:
        return None
    return Message(MessageKey.RECORDING_ENDS_EARLY, name=path.name, read=read, announced=announced)


def _check_file(path: Path) -> None:
    if not path.is_file():
        raise SourceError(Message(MessageKey.NO_FILE, path=str(path)))
    if path.stat().st_size == 0:
        raise SourceError(Message(MessageKey.VIDEO_EMPTY, name=path.name))


def _open(path: Path, options: Sequence[int]) -> cv2.VideoCapture:
    """Some drivers fail instead of leaving the decoding to the processor."""
    for hardware in (_HARDWARE, ()):
        capture = cv2.VideoCapture(str(path), cv2.CAP_FFMPEG, [*hardware, *options])
        if capture.isOpened():
            capture.set(cv2.CAP_PROP_ORIENTATION_AUTO, 1)
            return capture
        capture.release()
    raise SourceError(explain_unreadable(path, MessageKey.VIDEO_UNREADABLE))


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
