"""What holds for every source."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from fer_desktop.capture.camera import CameraSource
from fer_desktop.capture.pictures import PictureSource
from fer_desktop.capture.region import RegionSource
from fer_desktop.capture.video import VideoSource
from fer_desktop.capture.window import WindowSource
from fer_desktop.desktop.region import Region
from fer_desktop.desktop.selector import WindowSelector
from fer_desktop.errors import SourceError
from fer_desktop.messages import ENGLISH
from fer_desktop.ports import FrameSource
from fer_desktop.simulation.script import make_script
from fer_desktop.simulation.source import SimulatedSource
from tests.clock import ManualClock
from tests.unit.capture.material import write_picture, write_video


def _video(folder: Path) -> FrameSource:
    return VideoSource(write_video(folder / "lecture.mp4", frames=10), fps=5)


def _picture(folder: Path) -> FrameSource:
    return PictureSource(write_picture(folder / "class.png"))


def _folder(folder: Path) -> FrameSource:
    for number in range(3):
        write_picture(folder / f"{number}.png", number)
    return PictureSource(folder)


def _simulated(folder: Path) -> FrameSource:
    return SimulatedSource(make_script(students=2, seconds=2, seed=1), fps=2, width=320, height=240)


RECORDED: list[Callable[[Path], FrameSource]] = [_video, _picture, _folder, _simulated]


@pytest.fixture(params=RECORDED, ids=lambda make: make.__name__.strip("_"))
def recorded(request: pytest.FixtureRequest, tmp_path: Path) -> FrameSource:
    source: FrameSource = request.param(tmp_path)
    return source


def test_recorded_sources_yield_as_many_frames_as_they_announce_in_order(recorded: FrameSource) -> None:
    assert not recorded.live
    recorded.open()
    frames = [frame for frame in iter(recorded.read, None) if frame is not None]
    assert len(frames) == recorded.frame_count
    assert [frame.index for frame in frames] == list(range(len(frames)))
    times = [frame.captured_at_s for frame in frames]
    assert times == sorted(set(times))
    assert times[0] == pytest.approx(0, abs=0.001)
    assert recorded.read() is None
    recorded.close()
    recorded.close()


def test_recorded_frames_are_not_overwritten_by_later_ones(recorded: FrameSource) -> None:
    recorded.open()
    first = recorded.read()
    assert first is not None
    assert first.image.dtype == np.uint8
    assert first.image.flags.c_contiguous
    before = first.image.copy()
    recorded.read()
    assert np.array_equal(first.image, before)
    recorded.close()


def test_every_source_has_a_name_for_people(recorded: FrameSource) -> None:
    name = ENGLISH.render(recorded.name)
    assert name
    assert "/" not in name


def test_the_live_simulated_class_shows_the_clocks_time_and_never_ends() -> None:
    clock = ManualClock(50.0)
    source = SimulatedSource(make_script(students=2, seconds=2, seed=1), width=320, height=240, clock=clock)
    source.open()
    assert source.live
    assert source.frame_count is None
    for at_s in (50.0, 50.4, 53.0, 90.0):
        clock.time_s = at_s
        frame = source.read()
        assert frame is not None
        assert frame.captured_at_s == at_s
    source.close()
    source.close()


@pytest.mark.parametrize(
    "source",
    [
        RegionSource(Region(0, 0, 64, 64), clock=ManualClock()),
        WindowSource(WindowSelector("Zoom Meeting"), clock=ManualClock()),
        CameraSource(63, clock=ManualClock()),
        VideoSource(Path("missing.mp4"), fps=5),
        PictureSource(Path("missing.png")),
    ],
    ids=lambda source: type(source).__name__,
)
def test_a_source_that_cannot_be_opened_gives_the_reason_and_can_be_closed(
    source: FrameSource, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DISPLAY", ":4095")
    with pytest.raises(SourceError):
        source.open()
    source.close()
    source.close()
    assert capfd.readouterr().err == ""
