"""Reads one segment of a recording; runs in each of the processes that share a recording."""

import threading
from pathlib import Path

from fer_desktop.app import build_classifier, build_namer, build_perceiver
from fer_desktop.capture.video_segment import VideoSegment
from fer_desktop.messages import Message
from fer_desktop.ports import ExpressionClassifier, TileNamer
from fer_desktop.recording.packing import SeenSegment, pack_segment
from fer_desktop.recording.task import FileIdentity, SegmentTask
from fer_desktop.system.opencv import cv2


class SegmentReader:
    """The models of one process. Its methods are called by one thread at a time.

    The namer is kept for the segments of one video: it looks in every frame whether the letters that it has read are
    still there, so that labels need not be read again for each segment.
    """

    def __init__(self) -> None:
        self._classifier: ExpressionClassifier | None = None
        self._namer: TileNamer | None = None
        self._named_file: FileIdentity | None = None
        self._notice: Message | None = None

    def read(self, task: SegmentTask) -> SeenSegment:
        """Raises `SourceError` and `ModelError`."""
        if task.threads is not None:
            cv2.setNumThreads(task.threads)
        if task.expressions_on and self._classifier is None:
            self._classifier = build_classifier(expressions_on=True, threads=task.threads)
        classifier = self._classifier if task.expressions_on else None
        perceiver = build_perceiver(classifier, self._find_namer(task), threads=task.threads)
        segment = VideoSegment(Path(task.path), task.segment, fps=task.fps, threads=task.threads)
        seen = [(perceiver.see(each.frame), each.counts) for each in segment.read()]
        return SeenSegment(tuple(frame for frame, counts in seen if counts), segment.frames_read, self._notice)

    def _find_namer(self, task: SegmentTask) -> TileNamer:
        if self._namer is None or self._named_file != task.file:
            self._namer, self._named_file = build_namer(at_once=True, on_notice=self._set_notice), task.file
        return self._namer

    def _set_notice(self, notice: Message) -> None:
        self._notice = notice


_READER = SegmentReader()
_LOCK = threading.Lock()


def see_segment(task: SegmentTask) -> bytes:
    """What was seen in a segment, packed. Raises `SourceError` and `ModelError`."""
    with _LOCK:
        return pack_segment(_READER.read(task))
