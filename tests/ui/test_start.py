"""Choosing what to watch."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from fer_desktop.desktop.region import Monitor, Region
from fer_desktop.desktop.selector import WindowSelector
from fer_desktop.desktop.wayland import is_wayland
from fer_desktop.errors import DisplayError
from fer_desktop.portal.share_memory import LastShare, ShareMemory
from fer_desktop.settings import Setup
from ui.start.choice import (
    SourceChoice,
    choose_camera,
    choose_monitor,
    choose_recordings,
    choose_region,
    describe_source,
)
from ui.start.region_dialog import RegionDialog
from ui.start.region_picker import RegionPicker, move_rect, to_region
from ui.start.source_picker import SourcePicker
from ui.start.start_panel import StartPanel

REGION = Region(0, 40, 1280, 720)
MONITORS = [Monitor(1, Region(0, 0, 1920, 1080), "Left"), Monitor(2, Region(1920, 0, 1280, 1024), "Right")]
SCREEN = QRect(0, 0, 1920, 1080)
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def test_a_choice_names_its_source_for_the_engine_and_for_the_teacher() -> None:
    choices = [
        choose_region(REGION),
        choose_monitor(MONITORS[1]),
        choose_camera(0),
        choose_recordings([Path("/lessons/monday.mp4")]),
    ]
    assert [choice.source for choice in choices] == [
        "screen:1280x720+0+40",
        "monitor:2",
        "camera:0",
        "/lessons/monday.mp4",
    ]
    assert [describe_source(choice) for choice in choices] == [
        "Part of the screen",
        "Monitor 2",
        "Camera 1",
        "monday.mp4",
    ]
    assert [choice.watched for choice in choices] == ["call", "call", "room", "recording"]
    assert [choice.settings_kept().get("region") for choice in choices] == [
        "1280x720+0+40",
        "1280x1024+1920+0",
        None,
        None,
    ]
    assert describe_source(SourceChoice("screen:1x1+0+0", watched="call", simulated=True)) == "Simulated class"


@pytest.mark.parametrize(
    ("rect", "origin", "ratio", "region"),
    [
        (QRect(10, 20, 300, 200), QPoint(0, 0), 1.0, Region(10, 20, 300, 200)),
        (QRect(10, 20, 300, 200), QPoint(1920, -100), 2.0, Region(1940, -60, 600, 400)),
        (QRect(1, 1, 101, 101), QPoint(0, 0), 1.5, Region(2, 2, 151, 151)),
    ],
)
def test_a_drawn_rectangle_is_given_in_pixels_of_the_screen(
    rect: QRect, origin: QPoint, ratio: float, region: Region
) -> None:
    assert to_region(rect, screen_origin=origin, pixel_ratio=ratio) == region


def test_arrow_keys_move_and_resize_the_rectangle() -> None:
    rect, plain = QRect(100, 100, 200, 150), Qt.KeyboardModifier.NoModifier
    assert move_rect(rect, Qt.Key.Key_Left, plain, SCREEN) == QRect(99, 100, 200, 150)
    assert move_rect(rect, Qt.Key.Key_Down, CTRL, SCREEN) == QRect(100, 110, 200, 150)
    assert move_rect(rect, Qt.Key.Key_Right, SHIFT, SCREEN) == QRect(100, 100, 201, 150)
    assert move_rect(rect, Qt.Key.Key_Up, SHIFT | CTRL, SCREEN) == QRect(100, 100, 200, 140)


@given(
    keys=st.lists(
        st.tuples(
            st.sampled_from([Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down]),
            st.sampled_from([Qt.KeyboardModifier.NoModifier, CTRL, SHIFT, SHIFT | CTRL]),
        ),
        max_size=200,
    )
)
def test_arrow_keys_never_leave_the_screen(keys: list[tuple[Qt.Key, Qt.KeyboardModifier]]) -> None:
    rect = QRect(5, 1000, 80, 70)
    for key, modifiers in keys:
        rect = move_rect(rect, key, modifiers, SCREEN)
        assert SCREEN.contains(rect)
        assert min(rect.width(), rect.height()) >= 64


class TestRegionPicker:
    def test_a_dragged_rectangle_is_picked(self, qtbot: QtBot) -> None:
        picker = RegionPicker()
        picker.open()
        overlay = picker.overlays[0]
        with qtbot.waitExposed(overlay):
            pass  # it is opened already; only its exposure is waited for
        ratio = overlay.devicePixelRatioF()
        with qtbot.waitSignal(picker.picked) as caught:
            QTest.mousePress(overlay, Qt.MouseButton.LeftButton, pos=QPoint(300, 260))
            QTest.mouseMove(overlay, QPoint(200, 200))
            QTest.mouseMove(overlay, QPoint(100, 120))
            QTest.mouseRelease(overlay, Qt.MouseButton.LeftButton, pos=QPoint(100, 120))
        region = caught.args[0]
        assert region == Region(*(round(value * ratio) for value in (100, 120, 200, 140)))
        assert picker.overlays == []

    def test_a_click_is_no_rectangle_and_escape_cancels(self, qtbot: QtBot) -> None:
        picker = RegionPicker()
        picker.open()
        overlay = picker.overlays[0]
        with qtbot.assertNotEmitted(picker.picked):
            QTest.mouseClick(overlay, Qt.MouseButton.LeftButton, pos=QPoint(300, 260))
        with qtbot.waitSignal(picker.cancelled):
            QTest.keyClick(overlay, Qt.Key.Key_Escape)

    def test_the_keyboard_alone_can_pick(self, qtbot: QtBot) -> None:
        picker = RegionPicker()
        picker.open()
        overlay = picker.overlays[0]
        QTest.keyClick(overlay, Qt.Key.Key_Left)
        with qtbot.waitSignal(picker.picked) as caught:
            QTest.keyClick(overlay, Qt.Key.Key_Return)
        assert caught.args[0].width > 64


on_a_screen = pytest.mark.skipif(
    os.environ.get("QT_QPA_PLATFORM") == "offscreen", reason="without a screen no window of the simulated class opens"
)


class TestSourcePicker:
    @pytest.fixture(autouse=True)
    def x11(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
        monkeypatch.setenv("XDG_SESSION_TYPE", "x11")

    @pytest.fixture
    def panel(self, qtbot: QtBot) -> StartPanel:
        panel = StartPanel()
        qtbot.addWidget(panel)
        panel.show()
        return panel

    def make(self, panel: StartPanel, monitors: list[Monitor]) -> tuple[SourcePicker, list[SourceChoice]]:
        picker, chosen = SourcePicker(panel, panel, monitors=lambda: monitors), list[SourceChoice]()
        picker.chosen.connect(chosen.append)
        return picker, chosen

    def test_the_place_of_last_time_is_one_click_away(self, panel: StartPanel) -> None:
        picker, chosen = self.make(panel, MONITORS)
        picker.remember()
        assert not panel.again.isVisible()
        picker.remember(region="no region")
        assert not panel.again.isVisible()
        picker.remember(region="1280x720+0+40")
        assert panel.again.accessibleName() == "Same part of the screen as last time: 1280 × 720 at 0, 40"
        panel.again.click()
        assert chosen == [choose_region(REGION)]

    def test_a_saved_set_up_says_what_it_is_and_can_be_removed(self, panel: StartPanel) -> None:
        setups = [Setup(course=f"Course {n}", window="app=zoom,title=Zoom", aggregate_only=n == 0) for n in range(6)]
        panel.show_setups(setups)
        assert [button.accessibleName() for button in panel.setups] == [
            "Course 0: Zoom · class totals only",
            "Course 1: Zoom",
            "Course 2: Zoom",
            "Course 3: Zoom",
        ]
        requested: list[Setup] = []
        forgotten: list[Setup] = []
        panel.setup_requested.connect(requested.append)
        panel.setup_forgotten.connect(forgotten.append)
        panel.setups[1].click()
        panel.setups[2].actions()[0].trigger()
        assert (requested, forgotten) == ([setups[1]], [setups[2]])
        panel.remember(window=WindowSelector("Zoom", "zoom"))
        assert panel.again.isHidden(), "a card of the list starts the same"
        panel.remember(window=WindowSelector("Teams", "teams"))
        assert not panel.again.isHidden()

    @pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
    def test_the_cards_are_pressed_by_enter_too(self, panel: StartPanel, key: Qt.Key) -> None:
        pressed: list[bool] = []
        panel.window_choice.clicked.connect(lambda: pressed.append(True))
        QTest.keyClick(panel.window_choice, key)
        assert pressed == [True]

    def test_a_single_monitor_needs_no_question(self, panel: StartPanel) -> None:
        _, chosen = self.make(panel, MONITORS[:1])
        panel.monitor.click()
        assert chosen == [choose_monitor(MONITORS[0])]

    def test_several_monitors_are_offered(self, panel: StartPanel) -> None:
        _, chosen = self.make(panel, MONITORS)
        panel.monitor.click()
        menu = panel.monitor.findChild(QMenu)
        assert isinstance(menu, QMenu)
        assert [action.text() for action in menu.actions()] == [
            "Left: 1920 × 1080 at 0, 0",
            "Right: 1280 × 1024 at 1920, 0",
        ]
        menu.actions()[1].trigger()
        menu.close()
        assert chosen == [choose_monitor(MONITORS[1])]

    def test_without_a_display_to_capture_it_says_so(self, panel: StartPanel) -> None:
        def fail() -> list[Monitor]:
            raise DisplayError("no display to capture")

        picker, failures = SourcePicker(panel, panel, monitors=fail), list[str]()
        picker.failed.connect(failures.append)
        panel.monitor.click()
        assert failures == ["No display to capture."]

    def test_a_camera_is_chosen_from_a_menu(self, panel: StartPanel) -> None:
        _, chosen = self.make(panel, MONITORS)
        panel.camera.click()
        menu = panel.camera.findChild(QMenu)
        assert isinstance(menu, QMenu)
        menu.actions()[0].trigger()
        menu.close()
        assert chosen == [choose_camera(0)]

    def test_recordings_are_chosen_in_a_file_dialog(self, panel: StartPanel, tmp_path: Path) -> None:
        _, chosen = self.make(panel, MONITORS)
        panel.recording.click()
        dialog = panel.findChild(QFileDialog)
        assert isinstance(dialog, QFileDialog)
        paths = [tmp_path / "monday.mp4", tmp_path / "tuesday.mp4"]
        dialog.filesSelected.emit([str(path) for path in paths])
        dialog.close()
        assert chosen == [choose_recordings(paths)]

    def test_a_place_can_be_typed(self, panel: StartPanel) -> None:
        _, chosen = self.make(panel, MONITORS)
        panel.typed.trigger()
        dialog = panel.findChild(RegionDialog)
        assert isinstance(dialog, RegionDialog)
        dialog.line.setText("1280x720")
        assert not dialog.accept_button.isEnabled()
        assert dialog.problem.isVisible()
        dialog.line.setText("1280x720+0+40")
        dialog.accept_button.click()
        assert chosen == [choose_region(REGION)]

    def test_a_typed_place_lies_on_a_screen(self, qtbot: QtBot, panel: StartPanel) -> None:
        _, chosen = self.make(panel, MONITORS)
        panel.typed.trigger()
        dialog = panel.findChild(RegionDialog)
        assert isinstance(dialog, RegionDialog)
        assert dialog.focusWidget() is dialog.line, "it can be typed at once"
        for off in ("200x200+5000+40", "200x50+2000+1030"):  # below the lower edge of the right one
            dialog.line.setText(off)
            assert not dialog.accept_button.isEnabled()
            assert dialog.problem.text() == (
                "This area is off the screen. Your screens are at: 1920x1080+0+0, 1280x1024+1920+0"
            )
        dialog.line.setText("600x600+1600+40")
        assert not dialog.problem.isVisible(), "all of it is on one of the two"
        dialog.line.setText("300x300-100+40")
        assert dialog.problem.text() == "Part of this area is off the screen and will be black."
        dialog.accept_button.click()
        assert [choice.source for choice in chosen] == ["screen:300x300-100+40"]

    def test_no_place_is_typed_where_there_is_no_display(self, panel: StartPanel) -> None:
        def fail() -> list[Monitor]:
            raise DisplayError("no display to capture")

        picker, failures = SourcePicker(panel, panel, monitors=fail), list[str]()
        picker.failed.connect(failures.append)
        panel.typed.trigger()
        assert failures == ["No display to capture."]
        assert panel.findChild(RegionDialog) is None

    def test_the_window_steps_aside_while_a_rectangle_is_drawn(self, qtbot: QtBot, panel: StartPanel) -> None:
        picker, chosen = self.make(panel, MONITORS)
        panel.region.click()
        assert not panel.isVisible()
        qtbot.waitUntil(lambda: picker.overlay is not None)
        assert picker.overlay is not None
        QTest.keyClick(picker.overlay.overlays[0], Qt.Key.Key_Escape)
        qtbot.waitUntil(panel.isVisible)
        assert chosen == []

    def test_on_wayland_the_system_asks_what_to_watch(self, panel: StartPanel, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("XDG_SESSION_TYPE", "wayland")
        assert is_wayland()
        picker, chosen = self.make(panel, MONITORS)
        picker.remember(region="1280x720+0+40", window="Zoom")
        assert (panel.again.isHidden(), panel.region.isHidden(), panel.more.isHidden()) == (True, True, True)
        assert panel.window_choice.accessibleName().endswith("Your system asks which window. Choose your call")
        for button in (panel.window_choice, panel.monitor, panel.simulated):
            button.click()
        sources = ["portal:window", "portal:monitor", "simulated:students=25,seconds=600,seed=7"]
        assert [choice.source for choice in chosen] == sources
        assert describe_source(chosen[0]) == "A shared window"
        assert describe_source(chosen[1]) == "A shared monitor"

    def test_on_wayland_what_was_shared_is_offered_again_until_it_is_removed(
        self, panel: StartPanel, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("XDG_SESSION_TYPE", "wayland")
        ShareMemory().keep(LastShare("monitor", "token"))
        picker, chosen = self.make(panel, MONITORS)
        picker.remember()
        assert panel.again.accessibleName() == "Watch again: A shared monitor"
        panel.again.click()
        picker.pick_again()
        assert [choice.source for choice in chosen] == ["portal:monitor,again"] * 2
        panel.again.actions()[0].trigger()
        assert panel.again.isHidden()
        assert ShareMemory().load() is None

    def test_on_wayland_a_window_from_the_command_line_is_asked_for_and_a_region_is_refused(
        self, panel: StartPanel, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("XDG_SESSION_TYPE", "wayland")
        picker, chosen = self.make(panel, MONITORS)
        failures: list[str] = []
        picker.failed.connect(failures.append)
        picker.pick_named(window=WindowSelector("Zoom"))
        picker.pick_named(region=REGION)
        assert [choice.source for choice in chosen] == ["portal:window"]
        assert failures == ["On Wayland no part of the screen can be watched. Choose a window or a monitor."]

    @on_a_screen
    def test_of_the_simulated_class_is_watched_what_it_draws(self, qtbot: QtBot, panel: StartPanel) -> None:
        picker, chosen = self.make(panel, MONITORS)
        panel.simulated.click()
        qtbot.waitUntil(lambda: chosen != [])
        window = picker.simulated
        assert window is not None
        assert chosen[0].simulated
        assert chosen[0].region is None
        make_source = chosen[0].make_source
        assert make_source is not None
        width, height = window.scene_size
        frame = make_source().read()
        assert frame is not None
        assert frame.image.shape == (height, width, 3)
        with qtbot.waitSignal(picker.simulated_leaving):
            window.close()
        assert window.isVisible(), "it stays until it is no longer watched"
        picker.close_simulated()
        assert not window.isVisible()

    @on_a_screen
    def test_after_the_simulated_class_the_window_is_on_a_screen(self, panel: StartPanel) -> None:
        picker, _ = self.make(panel, MONITORS)
        panel.move(90_000, 40)  # on a monitor that is gone
        panel.simulated.click()
        picker.close_simulated()
        assert QApplication.screenAt(panel.geometry().center()) is not None

    @on_a_screen
    def test_a_simulated_class_closed_at_once_is_not_watched(self, qtbot: QtBot, panel: StartPanel) -> None:
        picker, chosen = self.make(panel, MONITORS)
        panel.simulated.click()
        assert picker.simulated is not None
        picker.simulated.close()
        qtbot.waitUntil(lambda: picker.simulated is None)
        assert chosen == []
