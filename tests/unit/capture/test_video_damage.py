"""A recording that is damaged in the middle is read around the damage, and its notice names when that was."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from fer_desktop.capture.video import VideoSource
from fer_desktop.capture.video_damage import DamagedPart, explain_damage, find_damage
from fer_desktop.capture.video_segment import VideoSegment, plan_video
from fer_desktop.messages import Message, MessageKey
from fer_desktop.system.opencv import cv2
from tests.damage import blank_part

SECONDS, FPS = 32, 10
KINDS = [
    ("lesson.mp4", "mp4v"),
    ("lesson.mkv", "mp4v"),
    ("lesson.avi", "XVID"),
    ("lesson.webm", "VP80"),
    ("vp9.webm", "VP90"),
]


@pytest.fixture(scope="module", params=KINDS, ids=["-".join(kind) for kind in KINDS])
def written(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Written once: VP9 takes long."""
    name, codec = request.param
    return write_camera(tmp_path_factory.mktemp("videos") / name, codec)


@pytest.fixture
def video(written: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(written, tmp_path))


def write_camera(path: Path, codec: str) -> Path:
    """A camera's picture: a square that moves before noise."""
    chance = np.random.default_rng(1)
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*codec), FPS, (192, 128))
    assert writer.isOpened()
    for number in range(SECONDS * FPS):
        picture = chance.integers(90, 130, (128, 192, 3), dtype=np.uint8)
        picture[40:80, number % 150 : number % 150 + 40] = 220
        writer.write(picture)
    writer.release()
    return path


def read_times(path: Path) -> tuple[list[float], Message | None]:
    source = VideoSource(path, fps=None)
    source.open()
    times = []
    while (frame := source.read()) is not None:
        times.append(frame.captured_at_s)
    source.close()
    return times, source.notice


def test_a_sound_video_has_no_damaged_part(video: Path) -> None:
    assert find_damage(video) == ()
    times, notice = read_times(video)
    assert len(times) == SECONDS * FPS
    assert notice is None


def test_a_damaged_part_is_left_out_and_named(video: Path) -> None:
    blank_part(video, count=1024)
    (part,) = find_damage(video)
    assert 0.3 * SECONDS < part.since_s < 0.6 * SECONDS
    assert part.since_s < part.until_s < SECONDS
    times, notice = read_times(video)
    assert not any(part.holds(at_s) for at_s in times)
    assert min(times) < 1
    assert max(times) > part.until_s
    assert notice == explain_damage(video, (part,))


def test_the_segments_of_a_video_leave_it_out_too(video: Path) -> None:
    blank_part(video, count=1024)
    plan = plan_video(video, fps=2)
    (part,) = plan.damaged
    frames = [frame for segment in plan.segments for frame in VideoSegment(video, segment, fps=2).read()]
    times = [each.frame.captured_at_s for each in frames if each.counts]
    assert not any(part.holds(at_s) for at_s in times)
    assert times[0] < 1
    assert times[-1] > part.until_s


def test_a_video_with_zeros_everywhere_is_read_as_it_is(tmp_path: Path) -> None:
    video = write_camera(tmp_path / "lesson.avi", "XVID")
    for percent in range(5, 95, 2):
        blank_part(video, start=percent / 100, count=100)
    assert find_damage(video) == ()
    times, _ = read_times(video)
    assert len(times) > 0.5 * SECONDS * FPS


def test_reading_goes_on_behind_a_long_hole(tmp_path: Path) -> None:
    video = write_camera(tmp_path / "lesson.mp4", "mp4v")
    blank_part(video, count=100_000)
    (part,) = find_damage(video)
    times, _ = read_times(video)
    assert not any(part.holds(at_s) for at_s in times)
    assert max(times) == pytest.approx(SECONDS, abs=0.2)
    assert sum(at_s > part.until_s for at_s in times) > 50


def test_a_notice_names_the_parts_by_the_clock_of_the_recording() -> None:
    parts = (DamagedPart(4.4, 65.2), DamagedPart(3600, 3723))
    assert explain_damage(Path("lesson.mp4"), parts) == Message(
        MessageKey.RECORDING_DAMAGED, name="lesson.mp4", parts="0:04-1:05, 1:00:00-1:02:03"
    )
    many = explain_damage(Path("lesson.mp4"), parts * 5)
    assert many is not None
    assert str(dict(many.arguments)["parts"]).endswith(", ...")
    assert explain_damage(Path("lesson.mp4"), ()) is None
