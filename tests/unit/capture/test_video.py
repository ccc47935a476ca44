"""A video yields its sampled frames in order, each at its own time; a bad file is refused with the reason."""

from collections.abc import Callable
from pathlib import Path

import pytest

from fer_desktop.capture.video import VideoSource
from fer_desktop.errors import SettingsError, SourceError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.system.opencv import cv2
from fer_desktop.types import Frame
from tests.raising import raises_message
from tests.unit.capture.material import counting_picture, stretch_pixels, turn_video, write_video


def read_all(source: VideoSource) -> list[Frame]:
    frames = []
    while (frame := source.read()) is not None:
        frames.append(frame)
    return frames


@pytest.fixture
def video(tmp_path: Path) -> Path:
    return write_video(tmp_path / "lecture.mp4", frames=30, fps=10)


def test_without_a_rate_every_frame_is_read_at_its_time(video: Path) -> None:
    source = VideoSource(video, fps=None)
    source.open()
    frames = read_all(source)
    source.close()
    assert source.frame_count == len(frames) == 30
    assert [frame.captured_at_s for frame in frames] == pytest.approx([number / 10 for number in range(30)], abs=0.002)
    assert [frame.index for frame in frames] == list(range(30))
    assert source.notice is None


@pytest.mark.parametrize(("fps", "expected"), [(5, 15), (2.5, 8), (1, 3), (3, 9), (10, 30), (60, 30)])
def test_a_rate_samples_by_the_frames_own_times(video: Path, fps: float, expected: int) -> None:
    source = VideoSource(video, fps=fps)
    source.open()
    frames = read_all(source)
    source.close()
    assert len(frames) == expected == source.frame_count
    slots = [int((frame.captured_at_s + 0.001) * fps) for frame in frames]
    assert len(set(slots)) == len(slots)


def test_frames_are_the_right_ones(video: Path) -> None:
    source = VideoSource(video, fps=1)
    source.open()
    levels = [int(frame.image[60, 90].mean()) for frame in read_all(source)]
    source.close()
    assert levels == pytest.approx([10, 90, 170], abs=6)


def _cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


def _blank(content: bytes) -> bytes:
    third = len(content) // 3
    return content[:third] + bytes(third) + content[2 * third :]


@pytest.mark.parametrize("damage", [_cut, _blank], ids=["cut short", "a part lost"])
def test_a_damaged_video_delivers_what_can_be_read_and_says_that_it_ends_early(
    tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    path = write_video(tmp_path / "lesson.avi", frames=60, codec="MJPG")
    path.write_bytes(damage(path.read_bytes()))
    source = VideoSource(path, fps=None)
    source.open()
    frames = read_all(source)
    source.close()
    assert 0 < len(frames) < 50
    assert source.notice is not None
    assert source.notice == Message(MessageKey.RECORDING_ENDS_EARLY, name="lesson.avi", read=len(frames), announced=60)


def test_an_mp4_cut_short_has_lost_its_index_and_cannot_be_read(video: Path) -> None:
    video.write_bytes(video.read_bytes()[: video.stat().st_size // 2])
    with raises_message(SourceError, MessageKey.VIDEO_UNREADABLE, name="lecture.mp4"):
        VideoSource(video, fps=5).open()


def test_bad_files_say_what_is_wrong(tmp_path: Path) -> None:
    empty, text = tmp_path / "empty.mp4", tmp_path / "notes.mp4"
    empty.touch()
    text.write_text("no video\n" * 100)
    with raises_message(SourceError, MessageKey.NO_FILE):
        VideoSource(tmp_path / "missing.mp4", fps=5).open()
    with raises_message(SourceError, MessageKey.VIDEO_EMPTY, name="empty.mp4"):
        VideoSource(empty, fps=5).open()
    with raises_message(SourceError, MessageKey.VIDEO_UNREADABLE, name="notes.mp4"):
        VideoSource(text, fps=5).open()


def test_the_decoder_prints_nothing(video: Path, capfd: pytest.CaptureFixture[str]) -> None:
    video.write_bytes(video.read_bytes()[:-200])
    with pytest.raises(SourceError):
        VideoSource(video, fps=5).open()
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("fps", [0, -1, 5000, float("nan")])
def test_a_rate_out_of_range_is_refused(fps: float) -> None:
    with pytest.raises(SettingsError, match="cannot be sampled"):
        VideoSource(Path("lecture.mp4"), fps=fps)


def write_raw_stream(path: Path, *, frames: int) -> Path:
    """JPEG pictures one after the other: a stream without times."""
    pictures = (cv2.imencode(".jpg", counting_picture(number))[1].tobytes() for number in range(frames))
    path.write_bytes(b"".join(pictures))
    return path


def test_a_stream_without_times_is_sampled_by_counting_its_frames(tmp_path: Path) -> None:
    path = write_raw_stream(tmp_path / "stream.mjpeg", frames=50)
    source = VideoSource(path, fps=5)
    source.open()
    frames = read_all(source)
    source.close()
    assert len(frames) == 10
    assert [frame.captured_at_s for frame in frames] == pytest.approx([number / 5 for number in range(10)], abs=0.05)


@pytest.mark.parametrize("fps", [None, 10, 5])
def test_joined_recordings_continue_where_the_first_one_ended(tmp_path: Path, fps: int | None) -> None:
    one, joined = write_video(tmp_path / "one.ts", frames=10, fps=10), tmp_path / "joined.ts"
    joined.write_bytes(one.read_bytes() * 3)
    source = VideoSource(joined, fps=fps)
    source.open()
    times = [frame.captured_at_s for frame in read_all(source)]
    source.close()
    rate = fps or 10
    assert times == pytest.approx([number / rate for number in range(3 * rate)], abs=0.01)


def test_a_recording_that_is_to_be_turned_is_read_upright(tmp_path: Path) -> None:
    source = VideoSource(turn_video(write_video(tmp_path / "telephone.mp4", frames=3)), fps=None)
    source.open()
    image = read_all(source)[0].image
    source.close()
    assert image.shape == (96, 64, 3)
    corners = image[8, 8], image[8, -8], image[-8, 8], image[-8, -8]
    light = [bool(corner.mean() > 128) for corner in corners]
    assert light == [False, True, False, False]  # the light quarter, at the upper left before, is at the upper right


@pytest.mark.parametrize(("wide", "high", "shape"), [(4, 3, (64, 128, 3)), (1, 2, (128, 96, 3)), (90, 1, (64, 96, 3))])
def test_pixels_that_are_not_square_are_made_square(
    tmp_path: Path, wide: int, high: int, shape: tuple[int, ...]
) -> None:
    source = VideoSource(stretch_pixels(write_video(tmp_path / "camcorder.mp4", frames=3), wide, high), fps=None)
    source.open()
    frames = read_all(source)
    source.close()
    assert [frame.image.shape for frame in frames] == [shape] * 3


def _box(kind: bytes, content: bytes = b"") -> bytes:
    return (len(content) + 8).to_bytes(4, "big") + kind + content


_MATROSKA_HEAD = b"\x1a\x45\xdf\xa3" + bytes(40)
_MP4_HEAD = _box(b"ftyp", b"isom\0\0\2\0isomiso2")
_AV1 = _MP4_HEAD + _box(b"moov", _box(b"hdlr", bytes(8) + b"vide") + _box(b"stsd", _box(b"av01", bytes(78))))


@pytest.mark.parametrize(
    ("name", "content", "key"),
    [
        ("lesson.m4a", _MP4_HEAD + _box(b"moov", _box(b"hdlr", bytes(8) + b"soun")), MessageKey.FILE_IS_SOUND),
        ("lesson.mp3", b"ID3\4" + bytes(400), MessageKey.FILE_IS_SOUND),
        ("lesson.wav", b"RIFF" + bytes(4) + b"WAVEfmt " + bytes(400), MessageKey.FILE_IS_SOUND),
        ("lesson.webm", _MATROSKA_HEAD + b"\x86\x86A_OPUS", MessageKey.FILE_IS_SOUND),
        (
            "lesson.mkv",
            _MATROSKA_HEAD + b"\x86\x88A_VORBIS" + b"pV_ sound data with V_ by chance",
            MessageKey.FILE_IS_SOUND,
        ),
        ("lesson.mp4", _AV1, MessageKey.VIDEO_IS_AV1),
        ("lesson.webm", _MATROSKA_HEAD + b"\x86\x85V_AV1 \x86\x86A_OPUS", MessageKey.VIDEO_IS_AV1),
    ],
)
def test_what_is_no_video_to_be_read_is_named(tmp_path: Path, name: str, content: bytes, key: MessageKey) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with raises_message(SourceError, key, name=name):
        VideoSource(path, fps=None).open()


def test_a_telephones_photograph_is_named(tmp_path: Path) -> None:
    path = tmp_path / "class.heic"
    path.write_bytes(_box(b"ftyp", b"heic\0\0\0\0mif1heic") + bytes(400))
    with raises_message(SourceError, MessageKey.FILE_IS_PHOTOGRAPH, name="class.heic", kind="HEIC"):
        VideoSource(path, fps=None).open()
