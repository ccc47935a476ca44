"""A recorded video as a source: every sampled frame, at its own time."""

from pathlib import Path
from typing import Final

from fer_desktop.capture.file_kind import explain_unreadable
from fer_desktop.capture.video_damage import DamagedPart, explain_damage, find_damage
from fer_desktop.capture.video_file import Sampler, VideoFile, explain_missing_frames
from fer_desktop.errors import SourceError
from fer_desktop.messages import Message, MessageKey, literal
from fer_desktop.types import Frame


class VideoSource:
    """A `FrameSource` of a video file. `captured_at_s` is the position in the video.

    `fps`: frames sampled from each second, by the frames' own times; None: every frame. A damaged or truncated video
    delivers the frames that can be read, then ends with its `notice` set. Frames are turned upright and their pixels
    made square, as the file says. Parts that are known to be damaged are left out.
    """

    live: Final = False

    def __init__(self, path: Path, *, fps: float | None) -> None:
        self._path = path
        self._sampler = Sampler(fps)
        self._file: VideoFile | None = None
        self._damaged: tuple[DamagedPart, ...] = ()
        self._index = 0
        self._frames_read = 0
        self.frame_count: int | None = None
        self.notice: Message | None = None

    @property
    def name(self) -> Message:
        """Of the file."""
        return literal(self._path.name)

    def open(self) -> None:
        """Raises `SourceError` where the file is missing, empty, too large, or no video that can be read."""
        self._damaged = find_damage(self._path)
        self._file = VideoFile(self._path, damaged=self._damaged)
        self.frame_count = self._sampler.count(self._file.frames_announced, self._file.announced_fps)

    def read(self) -> Frame | None:
        """The next sampled frame, None at the end. Raises `SourceError` where no frame at all can be read."""
        file = self._file
        if file is None:
            raise SourceError(f"{self._path.name} is not open")
        while (position_s := file.grab()) is not None:
            self._frames_read += 1
            if not self._sampler.takes(position_s):
                continue
            image = file.retrieve()
            if image is not None:
                frame = Frame(self._index, position_s, image)
                self._index += 1
                return frame
        self._finish(file)
        return None

    def close(self) -> None:
        """May be called twice."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _finish(self, file: VideoFile) -> None:
        """Reports an incomplete video. Raises `SourceError` where no frame was read."""
        if self._index == 0:
            raise SourceError(explain_unreadable(self._path, MessageKey.VIDEO_WITHOUT_FRAMES))
        self.notice = explain_damage(self._path, self._damaged) or explain_missing_frames(
            self._path, read=self._frames_read, announced=file.frames_announced
        )
