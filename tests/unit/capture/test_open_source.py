"""Any source can be named by a text."""

from pathlib import Path

import pytest

from fer_desktop.capture.camera import CameraSource
from fer_desktop.capture.open_source import open_source
from fer_desktop.capture.pictures import PictureSource
from fer_desktop.capture.region import RegionSource
from fer_desktop.capture.video import VideoSource
from fer_desktop.capture.window import WindowSource
from fer_desktop.desktop.region import Region
from fer_desktop.desktop.selector import WindowSelector
from fer_desktop.errors import FerDesktopError, SettingsError, SourceError
from fer_desktop.messages import ENGLISH
from fer_desktop.simulation.source import SimulatedSource
from tests.clock import ManualClock
from tests.unit.capture.material import write_picture, write_video


def test_a_region_of_the_screen() -> None:
    source = open_source("screen:1280x720+0+40", fps=5, clock=ManualClock())
    assert isinstance(source, RegionSource)
    assert source.region == Region(0, 40, 1280, 720)
    assert ENGLISH.render(source.name) == "Part of the screen, 1280 x 720 at 0, 40"


def test_a_window() -> None:
    part = open_source("window:Zoom Meeting", fps=5, clock=ManualClock())
    very = open_source("window:id=7,app=zoom,title=Zoom: Biology", fps=5, clock=ManualClock())
    assert isinstance(part, WindowSource)
    assert isinstance(very, WindowSource)
    assert part.selector == WindowSelector("Zoom Meeting")
    assert very.selector == WindowSelector("Zoom: Biology", "zoom", 7)


def test_a_camera() -> None:
    assert isinstance(open_source("camera:0", fps=5, clock=ManualClock()), CameraSource)


def test_the_simulated_class_with_and_without_options() -> None:
    plain = open_source("simulated", fps=None, clock=ManualClock())
    chosen = open_source("simulated:students=3,seed=9,seconds=20", fps=2, clock=ManualClock())
    assert isinstance(plain, SimulatedSource)
    assert isinstance(chosen, SimulatedSource)
    assert len(plain.script.students) == 25
    assert (len(chosen.script.students), chosen.script.seed, chosen.script.seconds) == (3, 9, 20)
    assert chosen.frame_count == 40


def test_paths_of_a_video_a_picture_and_a_folder(tmp_path: Path) -> None:
    picture, video = write_picture(tmp_path / "one.PNG"), write_video(tmp_path / "film.mp4")
    for path, kind in ((picture, PictureSource), (tmp_path, PictureSource), (video, VideoSource)):
        assert isinstance(open_source(str(path), fps=None, clock=ManualClock()), kind)


@pytest.mark.parametrize(
    ("text", "error", "words"),
    [
        ("screen:", SettingsError, "is no part of the screen"),
        ("screen:0x0+0+0", SettingsError, "no size"),
        ("window:", SettingsError, "no window is named"),
        ("camera:front", SettingsError, "needs a whole number"),
        ("camera", SettingsError, "needs a whole number"),
        ("simulated:pupils=3", SettingsError, 'no option "pupils"'),
        ("simulated:students=0", SettingsError, "1 to 98 students, not 0"),
        ("simulated:students=99", SettingsError, "1 to 98 students, not 99"),
        ("simulated:students=many", SettingsError, "needs a whole number"),
        ("no/such/lecture.mp4", SourceError, "there is no file or folder"),
        ("", SettingsError, "no source is named"),
    ],
)
def test_a_text_that_names_no_source_is_refused_with_the_reason(
    text: str, error: type[FerDesktopError], words: str
) -> None:
    with pytest.raises(error, match=words):
        open_source(text, fps=5, clock=ManualClock())
