"""The simulated class is a real window, drawn in the pixels of the screen."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from fer_desktop.simulation.drawing import draw_scene
from fer_desktop.simulation.script import Script, make_script
from fer_desktop.types import Image
from tests.clock import ManualClock
from ui.demo.simulated_class import SimulatedClassWindow
from ui.dialogs.base import make_message_dialog
from ui.file_dialog import make_file_dialog
from ui.start.simulated import open_simulated_class


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


def test_it_moves_on_with_its_clock(window: SimulatedClassWindow, script: Script, qtbot: QtBot) -> None:
    clock = ManualClock(500.0)
    window = SimulatedClassWindow(script, clock, width_px=640, height_px=400)
    qtbot.addWidget(window)
    window.show()
    window.begin()
    clock.time_s = 512.5
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


class TestGuard:
    """While its region is captured, no other window may show there unnoticed."""

    @pytest.fixture
    def window(self, qtbot: QtBot, script: Script) -> SimulatedClassWindow:
        """Draws so rarely that what the guard reports comes from events, not from the check with each picture."""
        window = SimulatedClassWindow(script, ManualClock(500.0), width_px=640, height_px=400, frames_per_second=0.01)
        qtbot.addWidget(window, before_close_func=SimulatedClassWindow.release)
        window.move(40, 60)
        with qtbot.waitExposed(window):
            window.show()
        return window

    def test_it_gives_its_region_and_emits_nothing_while_it_stays_there(
        self, qtbot: QtBot, window: SimulatedClassWindow
    ) -> None:
        with qtbot.assertNotEmitted(window.leaving, wait=200):
            assert window.guard() == window.region_on_screen()

    def test_closing_waits_until_it_is_released(self, qtbot: QtBot, window: SimulatedClassWindow) -> None:
        window.guard()
        with qtbot.waitSignal(window.leaving):
            assert not window.close()
        assert window.isVisible()
        with qtbot.assertNotEmitted(window.leaving):
            assert not window.close(), "emitted once, and it still waits"
        window.release()
        assert window.close()
        assert not window.isVisible()

    @pytest.mark.parametrize(
        "change",
        [
            pytest.param(lambda window: window.move(90, 80), id="moved"),
            pytest.param(lambda window: window.resize(500, 300), id="resized"),
            pytest.param(lambda window: window.hide(), id="hidden"),
            pytest.param(lambda window: window.setWindowState(Qt.WindowState.WindowMinimized), id="minimised"),
        ],
    )
    def test_what_uncovers_its_region_is_reported_at_once(
        self, qtbot: QtBot, window: SimulatedClassWindow, change: Callable[[SimulatedClassWindow], None]
    ) -> None:
        window.guard()
        with qtbot.waitSignal(window.leaving):
            change(window)

    def test_unguarded_it_may_be_moved_and_closed(self, qtbot: QtBot, window: SimulatedClassWindow) -> None:
        with qtbot.assertNotEmitted(window.leaving):
            window.move(90, 80)
            assert window.close()

    def test_out_of_sight_it_has_no_region_to_capture(self, window: SimulatedClassWindow) -> None:
        window.close()
        assert window.guard() is None


def test_opened_by_the_live_window_it_stays_on_top(qtbot: QtBot) -> None:
    live = QWidget()
    qtbot.addWidget(live)
    live.show()
    window = open_simulated_class(live, students=4, seconds=30, seed=2)
    qtbot.addWidget(window)
    assert window.windowFlags() & Qt.WindowType.WindowStaysOnTopHint


def test_dialogs_of_the_program_lie_above_the_class(qtbot: QtBot) -> None:
    live = QWidget()
    qtbot.addWidget(live)
    live.show()
    plain = make_message_dialog(live, title="Before", about="")
    plain.open()
    assert not plain.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
    plain.close()
    window = open_simulated_class(live, students=4, seconds=30, seed=2)
    qtbot.addWidget(window)
    dialog = make_message_dialog(live, title="Settings", about="")
    dialog.open()
    assert dialog.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
    files = make_file_dialog(None, "Choose a recording")
    qtbot.addWidget(files)
    assert files.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
    assert dialog.isVisible()
    dialog.close()
