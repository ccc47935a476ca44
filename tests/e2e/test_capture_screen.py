"""The pixels of a window are captured from a real X11 display (Xvfb is enough)."""

import threading
from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from fer_desktop.capture.open_source import open_source
from fer_desktop.capture.region import RegionSource, list_monitors
from fer_desktop.desktop.region import Region
from fer_desktop.errors import CaptureLostError, SettingsError, SourceError
from fer_desktop.messages import MessageKey
from fer_desktop.simulation.drawing import draw_scene
from fer_desktop.simulation.script import make_script
from fer_desktop.types import Frame
from tests.clock import ManualClock
from tests.displays import x_server
from tests.needs import SCREEN, XVFB
from tests.raising import raises_message
from ui.demo.simulated_class import SimulatedClassWindow

pytestmark = SCREEN


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[SimulatedClassWindow]:
    window = SimulatedClassWindow(
        make_script(students=4, seconds=30, seed=2), ManualClock(0.0), width_px=640, height_px=400
    )
    qtbot.addWidget(window)
    window.move(50, 70)
    with qtbot.waitExposed(window, timeout=30_000):
        window.show()
    yield window
    window.close()


def capture(region: Region) -> Frame:
    source = RegionSource(region, clock=ManualClock(3.0))
    source.open()
    try:
        return source.read()
    finally:
        source.close()


def test_the_simulated_class_is_captured_pixel_by_pixel(window: SimulatedClassWindow, qtbot: QtBot) -> None:
    expected = draw_scene(window.script, 0.0, 640, 400)
    qtbot.waitUntil(lambda: np.array_equal(capture(window.region_on_screen()).image, expected))
    frame = capture(window.region_on_screen())
    assert frame.captured_at_s == 3.0
    assert frame.image.flags.c_contiguous


def test_of_the_simulated_class_on_the_screen_no_frame_is_handed_on_in_which_it_is_covered(
    window: SimulatedClassWindow, qtbot: QtBot
) -> None:
    """Not even by a window as small as a face that can be read."""
    expected = draw_scene(window.script, 0.0, 640, 400)
    qtbot.waitUntil(lambda: np.array_equal(capture(window.region_on_screen()).image, expected))
    source = window.make_screen_source()
    source.open()
    np.testing.assert_array_equal(source.read().image, expected)
    other = QWidget(None, Qt.WindowType.WindowStaysOnTopHint | Qt.WindowType.FramelessWindowHint)
    other.setStyleSheet("background: rgb(224, 172, 105)")
    other.setGeometry(window.x() + 303, window.y() + 205, 24, 24)
    with qtbot.waitExposed(other):
        other.show()
    qtbot.waitUntil(lambda: not np.array_equal(capture(window.region_on_screen()).image, expected))
    with raises_message(CaptureLostError, MessageKey.WINDOW_COVERED_BY_UNKNOWN):
        source.read()
    other.close()
    qtbot.waitUntil(lambda: np.array_equal(capture(window.region_on_screen()).image, expected))
    np.testing.assert_array_equal(source.read().image, expected)
    source.close()


def test_a_region_partly_off_the_screen_is_black_there(window: SimulatedClassWindow, qtbot: QtBot) -> None:
    whole = window.region_on_screen()
    beyond = Region(-30, -20, whole.right + 30, whole.bottom + 20)
    expected = draw_scene(window.script, 0.0, 640, 400)

    def shows_window() -> bool:
        image = capture(beyond).image
        return bool(np.array_equal(image[20 + whole.top :, 30 + whole.left :], expected))

    qtbot.waitUntil(shows_window)
    frame = capture(beyond)
    assert (frame.width, frame.height) == (beyond.width, beyond.height)
    assert not frame.image[:20].any()
    assert not frame.image[:, :30].any()


def test_a_region_off_the_screen_is_refused() -> None:
    with raises_message(SourceError, MessageKey.REGION_NOT_ON_SCREEN):
        capture(Region(100_000, 0, 64, 64))


def test_a_dark_screen_is_reported_after_a_while() -> None:
    clock = ManualClock(0.0)
    monitor = list_monitors()[0].region
    source = RegionSource(Region(monitor.right - 8, monitor.bottom - 8, 8, 8), clock=clock)
    source.open()
    frame = source.read()
    if frame.image.max() > 8:
        source.close()
        pytest.skip("the corner of this screen is not black")
    clock.time_s = 10.0
    with raises_message(CaptureLostError, MessageKey.REGION_BLACK):
        source.read()
    source.close()


def test_a_still_class_is_captured_further_and_reported(window: SimulatedClassWindow, qtbot: QtBot) -> None:
    region = window.region_on_screen()
    expected = draw_scene(window.script, 0.0, 640, 400)
    qtbot.waitUntil(lambda: np.array_equal(capture(region).image, expected))
    clock = ManualClock(0.0)
    source = RegionSource(region, clock=clock)
    source.open()
    for at_s in range(0, 60, 5):
        clock.time_s = at_s
        assert source.read().captured_at_s == at_s
    assert source.notice is not None
    assert source.notice.key is MessageKey.PICTURE_FROZEN
    source.close()


def test_monitors_are_listed_and_can_be_chosen() -> None:
    monitors = list_monitors()
    assert [monitor.number for monitor in monitors] == list(range(1, len(monitors) + 1))
    source = open_source("monitor:1", fps=5, clock=ManualClock())
    assert isinstance(source, RegionSource)
    assert source.region == monitors[0].region
    with raises_message(SettingsError, MessageKey.NO_MONITOR, number=99):
        open_source("monitor:99", fps=5, clock=ManualClock())


@XVFB
def test_a_display_that_ends_is_reported_as_lost_and_then_as_missing(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    with x_server("320x240x24") as server:
        monkeypatch.setenv("DISPLAY", server.name)
        source = RegionSource(Region(0, 0, 64, 64), clock=ManualClock())
        source.open()
        source.read()
        server.kill()
        with raises_message(CaptureLostError, MessageKey.SCREEN_UNAVAILABLE):
            source.read()
        with raises_message(SourceError, MessageKey.DISPLAY_NOT_CAPTURED):
            source.read()
        source.close()
    assert capfd.readouterr().err == ""


def test_a_thread_of_its_own_can_capture(window: SimulatedClassWindow) -> None:
    frames: list[Frame] = []
    thread = threading.Thread(target=lambda: frames.append(capture(window.region_on_screen())))
    thread.start()
    thread.join(10)
    assert len(frames) == 1
