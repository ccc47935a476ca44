"""One frame of a recording, decoded when somebody wants to see it."""

from pathlib import Path
from typing import Final

from fer_desktop.capture.file_kind import explain_unreadable, has_times_in_order
from fer_desktop.capture.video_file import VideoFile
from fer_desktop.errors import SourceError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.types import Image

_STEPS_BACK_S: Final = (1.0, 5.0, 30.0)
"""A seek may end after the frame that was asked for; then one of an earlier time is tried, and the start at last."""
_TOLERANCE_S: Final = 0.002
_SAME_LENGTH_S: Final = 5.0
_SAME_LENGTH_SHARE: Final = 0.02
"""Containers only estimate their length."""


def read_still(path: Path, second: float) -> Image:
    """(height, width, 3) uint8 BGR: the first frame of a second of the session that was read from the recording.

    A session begins with the recording's first frame. Raises `SourceError`.
    """
    file = VideoFile(path)
    try:
        first_s = file.grab()
        image = None
        if first_s is not None:
            target_s = first_s + second
            begins_s = _go_before(file, target_s) if second > 0 and has_times_in_order(path) else first_s
            image = _read_from(file, begins_s, target_s)
    finally:
        file.close()
    if image is None:
        raise SourceError(explain_unreadable(path, MessageKey.VIDEO_WITHOUT_FRAMES))
    return image


def check_recording(path: Path, *, name: str, session_s: float) -> None:
    """Raises `SourceError` for a file that is not of this name, nor as long as the session that was read from it."""
    file = VideoFile(path)
    length_s = file.frames_announced / file.frames_per_second
    file.close()
    differs = abs(length_s - session_s) > max(_SAME_LENGTH_S, _SAME_LENGTH_SHARE * session_s)
    if path.name != name and differs:
        raise SourceError(Message(MessageKey.ANOTHER_RECORDING, name=path.name))


def _read_from(file: VideoFile, position_s: float | None, target_s: float) -> Image | None:
    while position_s is not None and position_s < target_s - _TOLERANCE_S:
        position_s = file.grab()
    return None if position_s is None else file.retrieve()


def _go_before(file: VideoFile, target_s: float) -> float | None:
    """The time of a frame at or before that time; of the first one where no seek finds any."""
    for back_s in _STEPS_BACK_S:
        if back_s < target_s:
            file.seek(target_s - back_s)
            position_s = file.grab()
            if position_s is not None and position_s <= target_s:
                return position_s
    file.seek(0.0)
    return file.grab()
