"""From a click on the start panel to a choice: the overlay, menus and dialogs in between."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from fer_desktop.capture.region import Monitor, Region, list_monitors
from fer_desktop.errors import FerDesktopError, SettingsError
from ui.simulated_class import SimulatedClassWindow
from ui.start.choice import (
    SourceChoice,
    choose_camera,
    choose_monitor,
    choose_recording,
    choose_region,
    describe_region,
)
from ui.start.region_dialog import RegionDialog
from ui.start.region_picker import RegionPicker
from ui.start.simulated import open_simulated_class
from ui.start.start_panel import StartPanel

_HIDDEN_FOR_MS: Final = 250
"""So long the window is out of the way before the screen is frozen for drawing on it."""
_SETTLED_AFTER_MS: Final = 400
"""So long a new window takes to stand where it will be captured."""
_SIMULATED_STUDENTS, _SIMULATED_S, _SIMULATED_SEED = 25, 3600.0, 7
_CAMERAS: Final = ("First camera", "Second camera", "Third camera")
_VIDEOS: Final = "Videos (*.mp4 *.mkv *.mov *.avi *.webm *.m4v);;All files (*)"
_WAYLAND: Final = (
    "This desktop runs on Wayland, where a program cannot see other windows. "
    "Log in with an X11 session, or watch a recording or a camera."
)


def is_wayland() -> bool:
    """Whether the screen cannot be captured from here. XWayland shows only its own windows, so it does not help."""
    wayland = os.environ.get("XDG_SESSION_TYPE") == "wayland" or bool(os.environ.get("WAYLAND_DISPLAY"))
    return sys.platform == "linux" and wayland


class SourcePicker(QObject):
    """Emits `chosen(SourceChoice)`, or `failed(str)` with what is wrong and what to do. Giving up emits nothing.

    `simulated_leaving`: something else may soon stand where the simulated class was, so watching it must end. Its
    window stays until `close_simulated`, if it was about to be closed.
    """

    chosen = Signal(object)
    failed = Signal(str)
    simulated_leaving = Signal()

    def __init__(
        self, window: QWidget, panel: StartPanel, *, monitors: Callable[[], list[Monitor]] = list_monitors
    ) -> None:
        super().__init__(window)
        self._window = window
        self._panel = panel
        self._monitors = monitors
        self._region: Region | None = None
        self.overlay: RegionPicker | None = None
        self.simulated: SimulatedClassWindow | None = None
        panel.again_wanted.connect(self._pick_again)
        panel.region_wanted.connect(self._draw_region)
        panel.typed_wanted.connect(self._type_region)
        panel.monitor_wanted.connect(self._pick_monitor)
        panel.recording_wanted.connect(self._pick_recording)
        panel.camera_wanted.connect(self._pick_camera)
        panel.simulated_wanted.connect(self._pick_simulated)

    def remember(self, region: str | None) -> None:
        """Offers the region of the last time; a text that is no region is passed over."""
        try:
            self._region = Region.parse(region) if region else None
        except SettingsError:
            self._region = None
        self._panel.remember(self._region)

    def close_simulated(self) -> None:
        """Only once it is no longer captured."""
        if self.simulated is not None:
            self.simulated.release()
            self.simulated.close()
            self.simulated.deleteLater()
            self.simulated = None

    def _pick_again(self) -> None:
        if self._region is not None and not self._refuse_wayland():
            self.chosen.emit(choose_region(self._region))

    def _draw_region(self) -> None:
        if self._refuse_wayland():
            return
        self._window.hide()
        QTimer.singleShot(_HIDDEN_FOR_MS, self, self._open_overlay)

    def _open_overlay(self) -> None:
        self.overlay = RegionPicker(self)
        self.overlay.picked.connect(self._take_drawn)
        self.overlay.cancelled.connect(self._close_overlay)
        self.overlay.open()

    def _take_drawn(self, region: Region) -> None:
        self._close_overlay()
        self.chosen.emit(choose_region(region))

    def _close_overlay(self) -> None:
        if self.overlay is not None:
            self.overlay.deleteLater()
            self.overlay = None
        self._window.show()
        self._window.activateWindow()

    def _type_region(self) -> None:
        if self._refuse_wayland():
            return
        dialog = RegionDialog(self._window, region=self._region)
        dialog.accepted.connect(lambda: self._take_typed(dialog.region()))
        dialog.open()

    def _take_typed(self, region: Region | None) -> None:
        if region is not None:
            self.chosen.emit(choose_region(region))

    def _pick_monitor(self) -> None:
        if self._refuse_wayland():
            return
        try:
            monitors = self._monitors()
        except FerDesktopError as error:
            self.failed.emit(str(error))
            return
        if len(monitors) == 1:
            self.chosen.emit(choose_monitor(monitors[0]))
            return
        self._offer(
            self._panel.monitor,
            [(f"{monitor.name}: {describe_region(monitor.region)}", choose_monitor(monitor)) for monitor in monitors],
        )

    def _pick_camera(self) -> None:
        self._offer(self._panel.camera, [(words, choose_camera(number)) for number, words in enumerate(_CAMERAS)])

    def _offer(self, button: QWidget, choices: list[tuple[str, SourceChoice]]) -> None:
        menu = QMenu(button)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for words, choice in choices:
            menu.addAction(words).triggered.connect(lambda _=False, choice=choice: self.chosen.emit(choice))
        menu.popup(button.mapToGlobal(QPoint(0, button.height())))

    def _pick_recording(self) -> None:
        dialog = QFileDialog(self._window, "Choose a recording", "", _VIDEOS)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda path: self.chosen.emit(choose_recording(Path(path))))
        dialog.open()

    def _pick_simulated(self) -> None:
        if is_wayland() or QGuiApplication.platformName() == "offscreen":
            source = f"simulated:students={_SIMULATED_STUDENTS},seconds=600,seed={_SIMULATED_SEED}"
            self.chosen.emit(SourceChoice(source, live=False, simulated=True))
            return
        self.close_simulated()
        window = open_simulated_class(
            self._window, students=_SIMULATED_STUDENTS, seconds=_SIMULATED_S, seed=_SIMULATED_SEED
        )
        window.leaving.connect(self.simulated_leaving)
        self.simulated = window
        QTimer.singleShot(_SETTLED_AFTER_MS, self, self._watch_simulated)

    def _watch_simulated(self) -> None:
        if self.simulated is None:
            return
        region = self.simulated.guard()
        if region is not None:
            self.chosen.emit(SourceChoice(f"screen:{region}", live=True, simulated=True))
        elif self.simulated.isVisible():  # a busy desktop has not shown it yet
            QTimer.singleShot(_SETTLED_AFTER_MS, self, self._watch_simulated)
        else:
            self.close_simulated()

    def _refuse_wayland(self) -> bool:
        if is_wayland():
            self.failed.emit(_WAYLAND)
            return True
        return False
