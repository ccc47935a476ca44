"""A part of a recorded video: the same sampled frames as when all of it is read, after a few to warm up with."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from fer_desktop.capture.file_kind import has_times_in_order
from fer_desktop.capture.video_damage import DamagedPart, find_damage
from fer_desktop.capture.video_file import Sampler, VideoFile
from fer_desktop.types import Frame

_WARM_UP_S: Final = 2.0
_WARM_UP_FRAMES: Final = 4
"""So much before a segment is read without being counted: the tiles are found in the first frame, and whoever has
moved since shows in the next ones. The longer of the two."""
_STEPS_BACK_S: Final = (1.0, 5.0, 30.0)
"""A seek may end after the frame that was asked for; then one of an earlier time is tried, and the start at last."""
_SEGMENT_S: Final = 60.0
_LEAST_SEGMENT_S: Final = 15.0
_SEGMENTS_IN_STEPS_OF: Final = 4
"""A minute is long beside its warm-up. Short recordings are cut finer, so that two or four workers end together."""


@dataclass(frozen=True, slots=True)
class Segment:
    """The slots of a `Sampler` from `first_slot` up to `end_slot`; None: to the end of the file.

    `damaged`: parts of the whole file that are left out.
    """

    number: int
    first_slot: int
    end_slot: int | None
    damaged: tuple[DamagedPart, ...] = ()


@dataclass(frozen=True, slots=True)
class VideoPlan:
    """A video cut into segments. `length_s` and `frames` (sampled ones) as announced; None where nothing is."""

    length_s: float | None
    frames: int | None
    frames_announced: int
    segments: tuple[Segment, ...]
    damaged: tuple[DamagedPart, ...] = ()


@dataclass(frozen=True, slots=True)
class SegmentFrame:
    """`counts`: whether it belongs to the segment, and not to its warm-up."""

    frame: Frame
    counts: bool


class VideoSegment:
    """Reads one segment. `frames_read`: how many frames of the file lie in it; final once all were read."""

    def __init__(self, path: Path, segment: Segment, *, fps: float | None, threads: int | None = None) -> None:
        """`threads`: that decode. Raises `SourceError` as `VideoFile`."""
        self._file = VideoFile(path, threads=threads, damaged=segment.damaged)
        self._segment = segment
        self._sampler = Sampler(fps)
        self._rate = fps or 1.0
        warm_up_slots = math.ceil(max(_WARM_UP_S * self._rate, _WARM_UP_FRAMES if fps else 0.0))
        self._warm_up_slot = max(0, segment.first_slot - warm_up_slots)
        self.frames_read = 0

    def read(self) -> Iterator[SegmentFrame]:
        """The sampled frames, in order, from those of the warm-up on. Closes the file."""
        try:
            position_s = self._go_to_start()
            while position_s is not None:
                slot = self._sampler.slot(position_s)
                if self._segment.end_slot is not None and slot >= self._segment.end_slot:
                    return
                yield from self._read_frame(position_s, slot)
                position_s = self._file.grab()
        finally:
            self._file.close()

    def _read_frame(self, position_s: float, slot: int) -> Iterator[SegmentFrame]:
        counts = slot >= self._segment.first_slot
        self.frames_read += counts
        if slot >= self._warm_up_slot and self._sampler.takes(position_s):
            image = self._file.retrieve()
            if image is not None:
                yield SegmentFrame(Frame(0, position_s, image), counts)

    def _go_to_start(self) -> float | None:
        """The time of a frame before the warm-up, or of the first one: so that each slot's first frame is seen."""
        if self._warm_up_slot > 0:
            for back_s in _STEPS_BACK_S:
                if back_s * self._rate >= self._warm_up_slot:
                    break
                self._file.seek(self._warm_up_slot / self._rate - back_s)
                position_s = self._file.grab()
                if position_s is not None and self._sampler.slot(position_s) < self._warm_up_slot:
                    return position_s
            self._file.seek(0.0)
        return self._file.grab()


def plan_video(path: Path, *, fps: float | None) -> VideoPlan:
    """Cuts a video into segments; one, where its times are unknown or begin anew. Raises `SourceError`."""
    sampler, file, damaged = Sampler(fps), VideoFile(path), find_damage(path)
    try:
        frames = sampler.count(file.frames_announced, file.announced_fps)
        length_s = file.length_s
        if length_s is None or not has_times_in_order(path) or not _is_seekable(file, length_s):
            return VideoPlan(length_s, frames, file.frames_announced, (Segment(0, 0, None, damaged),), damaged)
        return VideoPlan(length_s, frames, file.frames_announced, _cut(length_s, fps or 1.0, damaged), damaged)
    finally:
        file.close()


def _cut(length_s: float, rate: float, damaged: tuple[DamagedPart, ...]) -> tuple[Segment, ...]:
    step = _SEGMENTS_IN_STEPS_OF
    wanted = step * math.ceil(length_s / (step * _SEGMENT_S))
    count = max(1, min(wanted, int(length_s / _LEAST_SEGMENT_S)))
    slots = max(1, math.ceil(length_s / count * rate))
    starts = range(0, max(1, math.ceil(length_s * rate)), slots)
    last = len(starts) - 1
    return tuple(
        Segment(number, start, None if number == last else start + slots, damaged)
        for number, start in enumerate(starts)
    )


def _is_seekable(file: VideoFile, length_s: float) -> bool:
    """Whether a frame in the middle is found by its time."""
    file.seek(length_s / 2)
    position_s = file.grab()
    return position_s is not None and abs(position_s - length_s / 2) < max(_STEPS_BACK_S)
