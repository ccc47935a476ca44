"""The simulated class is a real window, drawn in the pixels of the screen."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from fer_desktop.messages import Message, MessageKey
from fer_desktop.simulation.drawing import draw_scene
from fer_desktop.simulation.script import Script, make_script
from fer_desktop.types import Image
from tests.clock import ManualClock
from ui.demo.simulated_class import SimulatedClassWindow
from ui.dialogs.base import make_message_dialog
from ui.file_dialog import make_file_dialog
from ui.on_top import keep_on_top


@pytest.fixture(scope="module")
def script() -> Script:
    return make_script(students=4, seconds=30, seed=2)


@pytest.fixture
def window(qtbot: QtBot, script: Script) -> SimulatedClassWindow:
    window = SimulatedClassWindow(script, ManualClock(500.0), width_px=640, height_px=400)
    qtbot.addWidget(window, before_close_func=SimulatedClassWindow.release)
    return window


def pixels_of(image: QImage) -> Image:
    rgb = image.convertToFormat(QImage.Format.Format_BGR888)
    rows = np.frombuffer(rgb.constBits(), np.uint8).reshape(rgb.height(), rgb.bytesPerLine())
    return rows[:, : 3 * rgb.width()].reshape(rgb.height(), rgb.width(), 3).copy()


def test_its_title_says_that_it_is_simulated(window: SimulatedClassWindow) -> None:
    assert window.windowTitle() == "Simulated class"


def test_it_shows_the_start_of_the_script_pixel_by_pixel_until_it_begins(
    window: SimulatedClassWindow, script: Script, qtbot: QtBot
) -> None:
    with qtbot.waitExposed(window):
        window.show()
    assert window.started_at_s is None
    expected = draw_scene(script, 0.0, 640, 400)
    qtbot.waitUntil(lambda: np.array_equal(pixels_of(window.grab().toImage()), expected))


def open_in_progress(script: Script, qtbot: QtBot) -> SimulatedClassWindow:
    """A class that began 12.5 s ago, at 500 s of its clock, which stands still since."""
    clock = ManualClock(500.0)
    window = SimulatedClassWindow(script, clock, width_px=640, height_px=400)
    qtbot.addWidget(window)
    window.show()
    window.begin()
    clock.time_s = 512.5
    return window


def test_it_moves_on_with_its_clock(script: Script, qtbot: QtBot) -> None:
    window = open_in_progress(script, qtbot)
    assert window.script_time_s(512.5) == 12.5
    expected = draw_scene(script, 12.5, 640, 400)
    qtbot.waitUntil(lambda: np.array_equal(pixels_of(window.grab().toImage()), expected))


def test_its_region_is_its_picture_area_on_the_desktop(window: SimulatedClassWindow, qtbot: QtBot) -> None:
    window.move(40, 60)
    with qtbot.waitExposed(window):
        window.show()
    region = window.region_on_screen()
    assert (region.width, region.height) == window.scene_size == (640, 400)
    assert region.left >= 40
    assert region.top >= 60


def test_it_stops_drawing_when_closed(window: SimulatedClassWindow, qtbot: QtBot) -> None:
    with qtbot.waitExposed(window):
        window.show()
    assert window.is_drawing
    window.close()
    assert not window.is_drawing


def test_closing_waits_until_it_is_no_longer_watched(qtbot: QtBot, window: SimulatedClassWindow) -> None:
    with qtbot.waitExposed(window):
        window.show()
    window.hold_open()
    with qtbot.waitSignal(window.leaving):
        assert not window.close()
    assert window.isVisible()
    with qtbot.assertNotEmitted(window.leaving):
        assert not window.close(), "emitted once, and it still waits"
    window.release()
    with qtbot.assertNotEmitted(window.leaving):
        assert window.close()
    assert not window.isVisible()


class TestSource:
    """Watched is what the window draws, whatever the screen shows in its place."""

    def test_it_is_the_class_at_its_time(self, qtbot: QtBot, script: Script) -> None:
        window = open_in_progress(script, qtbot)
        expected = draw_scene(script, 12.5, 640, 400)
        qtbot.waitUntil(lambda: window.has_picture)
        source = window.make_source()
        source.open()
        qtbot.waitUntil(lambda: np.array_equal(source.read().image, expected))
        frame = source.read()
        assert (frame.captured_at_s, source.live) == (512.5, True)
        assert source.name == Message(MessageKey.SOURCE_SIMULATED, n=4)
        assert source.read().index == frame.index + 1

    @pytest.mark.parametrize(
        "change",
        [
            pytest.param(lambda window: cover(window), id="covered"),
            pytest.param(lambda window: window.move(90, 80), id="moved"),
            pytest.param(lambda window: window.hide(), id="hidden"),
            pytest.param(lambda window: window.setWindowState(Qt.WindowState.WindowMinimized), id="minimised"),
        ],
    )
    def test_nothing_else_on_the_screen_is_in_it(
        self,
        qtbot: QtBot,
        window: SimulatedClassWindow,
        script: Script,
        change: Callable[[SimulatedClassWindow], QWidget | None],
    ) -> None:
        window.move(40, 60)
        with qtbot.waitExposed(window):
            window.show()
        qtbot.waitUntil(lambda: window.has_picture)
        window.hold_open()
        with qtbot.assertNotEmitted(window.leaving, wait=200):
            other = change(window)
        expected = draw_scene(script, 0.0, 640, 400)
        np.testing.assert_array_equal(window.make_source().read().image, expected)
        if other is not None:
            other.close()


def cover(window: SimulatedClassWindow) -> QWidget:
    """Another window above it, as the floating picture of a call."""
    other = QWidget(None, Qt.WindowType.WindowStaysOnTopHint | Qt.WindowType.FramelessWindowHint)
    other.setGeometry(window.geometry())
    other.show()
    return other


def test_dialogs_of_the_program_lie_above_what_stays_on_top(qtbot: QtBot) -> None:
    live = QWidget()
    qtbot.addWidget(live)
    live.show()
    plain = make_message_dialog(live, title="Before", about="")
    plain.open()
    assert not plain.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
    plain.close()
    keep_on_top(live, on=True)
    dialog = make_message_dialog(live, title="Settings", about="")
    dialog.open()
    assert dialog.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
    files = make_file_dialog(None, "Choose a recording")
    qtbot.addWidget(files)
    assert files.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
    assert dialog.isVisible()
    dialog.close()
