"""A moment of a recording is shown as the frame that was read at that second."""

from pathlib import Path

import numpy as np
import pytest

from fer_desktop.capture.still import check_recording, read_still
from fer_desktop.capture.video import VideoSource
from fer_desktop.errors import SourceError
from fer_desktop.messages import MessageKey
from tests.raising import raises_message
from tests.unit.capture.material import turn_video, vary_times, write_video


@pytest.mark.parametrize(("name", "codec"), [("a.mp4", "mp4v"), ("a.avi", "MJPG"), ("a.mkv", "mp4v"), ("a.ts", "mpg1")])
def test_each_second_is_that_of_reading_the_recording_in_order(tmp_path: Path, name: str, codec: str) -> None:
    path = write_video(tmp_path / name, frames=100, fps=25.0 if codec == "mpg1" else 10.0, codec=codec)
    source = VideoSource(path, fps=1)
    source.open()
    frames = []
    while (frame := source.read()) is not None:
        frames.append(frame)
    source.close()
    assert len(frames) >= 4
    for frame in reversed(frames):
        still = read_still(path, round(frame.captured_at_s - frames[0].captured_at_s))
        assert np.abs(still.astype(int) - frame.image).mean() < 2


def test_it_is_upright_and_follows_the_times_of_the_frames(tmp_path: Path) -> None:
    path = turn_video(write_video(tmp_path / "turned.mp4"))
    assert read_still(path, 1).shape == (96, 64, 3)
    slow = vary_times(write_video(tmp_path / "slow.mp4", frames=12), [20_480] * 12)
    assert not np.array_equal(read_still(slow, 0), read_still(slow, 10))


def test_after_the_end_there_is_none(tmp_path: Path) -> None:
    path = write_video(tmp_path / "short.mp4")
    with raises_message(SourceError, MessageKey.VIDEO_WITHOUT_FRAMES):
        read_still(path, 60)


def test_a_recording_that_is_gone_is_named(tmp_path: Path) -> None:
    with raises_message(SourceError, MessageKey.NO_FILE):
        read_still(tmp_path / "gone.mp4", 1)


def test_the_recording_of_a_lesson_is_recognised_by_its_name_or_its_length(tmp_path: Path) -> None:
    path = write_video(tmp_path / "monday.mp4", frames=300)
    check_recording(path, name="monday.mp4", session_s=3000)
    check_recording(path, name="renamed.mp4", session_s=29)
    with raises_message(SourceError, MessageKey.ANOTHER_RECORDING):
        check_recording(path, name="renamed.mp4", session_s=3000)
