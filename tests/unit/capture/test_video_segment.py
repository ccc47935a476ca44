"""The segments of a video have together the sampled frames that it has as a whole: each once, at its time."""

import random
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from fer_desktop.capture.video import VideoSource
from fer_desktop.capture.video_segment import VideoSegment, plan_video
from fer_desktop.errors import SourceError
from fer_desktop.messages import MessageKey
from fer_desktop.system.opencv import cv2
from fer_desktop.types import Frame
from tests.raising import raises_message
from tests.unit.capture.material import counting_picture, stretch_pixels, turn_video, vary_times, write_video

FRAMES = 800


def write_mp4(folder: Path) -> Path:
    return write_video(folder / "lesson.mp4", frames=FRAMES)


def write_avi(folder: Path) -> Path:
    return write_video(folder / "lesson.avi", frames=FRAMES, codec="XVID")


def write_matroska(folder: Path) -> Path:
    return write_video(folder / "lesson.mkv", frames=FRAMES)


def write_webm(folder: Path) -> Path:
    return write_video(folder / "lesson.webm", frames=FRAMES, codec="VP80")


def write_turned(folder: Path) -> Path:
    return turn_video(write_mp4(folder))


def write_stretched(folder: Path) -> Path:
    return stretch_pixels(write_mp4(folder), 4, 3)


def write_variable(folder: Path) -> Path:
    """As a recorder of screens writes: no frame for seconds where nothing changes, then many."""
    chance = random.Random(3)
    return vary_times(write_mp4(folder), [chance.choice((1, 1, 1, 1, 7, 60)) for _ in range(FRAMES)])


def write_joined(folder: Path) -> Path:
    one, joined = write_video(folder / "one.ts", frames=FRAMES // 2), folder / "joined.ts"
    joined.write_bytes(one.read_bytes() * 2)
    return joined


def write_raw(folder: Path) -> Path:
    pictures = (cv2.imencode(".jpg", counting_picture(number))[1].tobytes() for number in range(FRAMES))
    path = folder / "stream.mjpeg"
    path.write_bytes(b"".join(pictures))
    return path


WHOLE = [write_joined, write_raw]
"""Their times begin anew, or there are none: such a video is one segment."""
CUT = [write_mp4, write_avi, write_matroska, write_webm, write_turned, write_stretched, write_variable]


def read_whole(path: Path, fps: float | None) -> list[Frame]:
    source = VideoSource(path, fps=fps)
    source.open()
    frames = []
    while (frame := source.read()) is not None:
        frames.append(frame)
    source.close()
    return frames


def assert_same(frames: list[Frame], expected: list[Frame]) -> None:
    assert [frame.captured_at_s for frame in frames] == [frame.captured_at_s for frame in expected]
    assert all(np.array_equal(one.image, other.image) for one, other in zip(frames, expected, strict=True))


@pytest.mark.parametrize("fps", [None, 2, 0.7, 3, 30], ids=str)
@pytest.mark.parametrize("write", [*CUT, *WHOLE], ids=lambda write: write.__name__.removeprefix("write_"))
def test_every_sampled_frame_is_in_one_segment(
    tmp_path: Path, write: Callable[[Path], Path], fps: float | None
) -> None:
    path = write(tmp_path)
    plan = plan_video(path, fps=fps)
    assert len(plan.segments) == 1 if write in WHOLE else len(plan.segments) >= 4
    segments = [VideoSegment(path, segment, fps=fps, threads=1) for segment in plan.segments]
    frames = [each.frame for segment in segments for each in segment.read() if each.counts]
    assert_same(frames, read_whole(path, fps))
    assert sum(segment.frames_read for segment in segments) == FRAMES


def test_a_segment_warms_up_with_the_frames_before_it(tmp_path: Path) -> None:
    path = write_mp4(tmp_path)
    for before, segment in pairwise(plan_video(path, fps=2).segments):
        frames = list(VideoSegment(path, segment, fps=2).read())
        warm_up = [each.frame for each in frames if not each.counts]
        last = [each.frame for each in VideoSegment(path, before, fps=2).read()]
        assert len(warm_up) == 4
        assert_same(warm_up, last[-4:])
        assert [each.counts for each in frames] == sorted(each.counts for each in frames)


def test_a_plan_has_length_and_frames_and_does_not_depend_on_the_rate(tmp_path: Path) -> None:
    path = write_mp4(tmp_path)
    plan = plan_video(path, fps=2)
    assert plan.length_s == pytest.approx(80)
    assert (plan.frames, plan.frames_announced) == (160, FRAMES)
    assert len(plan_video(path, fps=None).segments) == len(plan.segments) == 4


def test_a_short_video_is_one_segment(tmp_path: Path) -> None:
    assert len(plan_video(write_video(tmp_path / "short.mp4", frames=100), fps=2).segments) == 1


def test_what_is_no_video_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.mp4").write_text("no video")
    with raises_message(SourceError, MessageKey.VIDEO_UNREADABLE, name="notes.mp4"):
        plan_video(tmp_path / "notes.mp4", fps=2)
