"""The way from a click on the start panel to a choice: overlay, menus and dialogs."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from fer_desktop.capture.region import list_monitors
from fer_desktop.desktop import DesktopWindow, list_windows
from fer_desktop.desktop.region import Monitor, Region
from fer_desktop.desktop.selector import WindowSelector
from fer_desktop.desktop.wayland import is_wayland
from fer_desktop.errors import DisplayError, FerDesktopError, SettingsError
from fer_desktop.portal.share_memory import ShareMemory
from ui.background import describe_error
from ui.demo.simulated_class import SimulatedClassWindow
from ui.file_dialog import make_file_dialog, video_filter
from ui.language import mark, tr
from ui.start.choice import (
    SourceChoice,
    choose_camera,
    choose_monitor,
    choose_recordings,
    choose_region,
    choose_shared,
    choose_window,
    describe_region,
)
from ui.start.region_dialog import RegionDialog
from ui.start.region_picker import RegionPicker
from ui.start.simulated import open_simulated_class
from ui.start.start_panel import StartPanel
from ui.start.window_dialog import ListWindows, WindowDialog
from ui.window_places import move_back

_HIDE_MS: Final = 250
"""Between hiding the window and taking the picture of the screen to draw on."""
_SETTLE_MS: Final = 400
"""Time for a new window to reach its final place on the desktop."""
_SIMULATED_STUDENTS, _SIMULATED_S, _SIMULATED_SEED = 25, 3600.0, 7
_CAMERAS: Final = (mark("First camera"), mark("Second camera"), mark("Third camera"))


class SourcePicker(QObject):
    """Emits `chosen(SourceChoice)`, `failed(str)` with what is wrong, or `cancelled` by the list of windows.

    `simulated_leaving`: the simulated class is about to close, so watching it must end. It stays until
    `close_simulated`.
    """

    chosen = Signal(object)
    failed = Signal(str)
    cancelled = Signal()
    simulated_leaving = Signal()

    def __init__(
        self,
        window: QWidget,
        panel: StartPanel,
        *,
        monitors: Callable[[], list[Monitor]] = list_monitors,
        windows: ListWindows = list_windows,
        shares: ShareMemory | None = None,
    ) -> None:
        """`shares`: what the desktop shared last, on Wayland."""
        super().__init__(window)
        self._window = window
        self._panel = panel
        self._monitors = monitors
        self._windows = windows
        self._shares = shares or ShareMemory()
        self._region: Region | None = None
        self._last_window: WindowSelector | None = None
        self.overlay: RegionPicker | None = None
        self.simulated: SimulatedClassWindow | None = None
        self._place_before = QPoint()  # of the live window, which moves for the simulated class
        panel.again_requested.connect(self.pick_again)
        panel.share_forgotten.connect(self._forget_share)
        panel.window_requested.connect(self._pick_window)
        panel.region_requested.connect(self._draw_region)
        panel.typing_requested.connect(self._type_region)
        panel.monitor_requested.connect(self._pick_monitor)
        panel.recording_requested.connect(self._pick_recording)
        panel.camera_requested.connect(self._pick_camera)
        panel.simulated_requested.connect(self._pick_simulated)

    def remember(self, *, region: str | None = None, window: str | None = None) -> None:
        """Offers the last region or window on the start panel, or what the desktop shared last; invalid texts are
        ignored.
        """
        try:
            self._region = Region.parse(region) if region else None
        except SettingsError:
            self._region = None
        try:
            self._last_window = WindowSelector.parse(window) if window else None
        except SettingsError:
            self._last_window = None
        if is_wayland():
            self._panel.offer_sharing(self._shares.load())
        else:
            self._panel.remember(region=self._region, window=self._last_window)

    def _forget_share(self) -> None:
        self._shares.forget()
        self._panel.offer_sharing(None)

    def hand_over_simulated(self, other: "SourcePicker") -> None:
        """Gives the simulated class to the picker of another window."""
        if self.simulated is not None:
            self.simulated.leaving.disconnect(self.simulated_leaving)
            self.simulated.leaving.connect(other.simulated_leaving)
            other.simulated, other._place_before = self.simulated, self._place_before
            self.simulated = None

    def close_simulated(self) -> None:
        """Closes the simulated class. Call it only once it is no longer watched."""
        if self.simulated is not None:
            self.simulated.release()
            self.simulated.close()
            self.simulated.deleteLater()
            self.simulated = None
            move_back(self._window, self._place_before)

    def pick_again(self) -> None:
        """Picks the last window or region, as the button on the start panel does."""
        if is_wayland():
            last = self._shares.load()
            self.chosen.emit(choose_shared(last.kind, again=True) if last else choose_shared("window"))
        elif self._last_window is not None or self._region is not None:
            self.pick_named(region=self._region, window=self._last_window)

    def pick_named(self, *, region: Region | None = None, window: WindowSelector | None = None) -> None:
        """Picks a window or a region by its description. What is remembered stays until the teacher starts.

        On Wayland the desktop asks for the window, whatever the description.
        """
        if is_wayland() and region is not None:
            self.failed.emit(tr("On Wayland no part of the screen can be watched. Choose a window or a monitor."))
        elif is_wayland():
            self.chosen.emit(choose_shared("window"))
        elif window is not None:
            self._pick_window_again(window)
        elif region is not None:
            self.chosen.emit(choose_region(region))
        else:
            self._open_list(missing=False)

    def _pick_window_again(self, last: WindowSelector) -> None:
        """Picks a window if it is open; otherwise opens the list of windows with a warning."""
        try:
            window = last.find(self._windows())
        except DisplayError as error:
            self.failed.emit(describe_error(error))
            return
        if window is None:
            self._open_list(missing=True, sought=last)
        else:
            self.chosen.emit(choose_window(window))

    def _pick_window(self) -> None:
        if is_wayland():
            self.chosen.emit(choose_shared("window"))
        else:
            self._open_list(missing=False)

    def _open_list(self, *, missing: bool, sought: WindowSelector | None = None) -> None:
        remembered = sought or self._last_window
        dialog = WindowDialog(self._window, list_windows=self._windows, remembered=remembered, missing=missing)
        dialog.accepted.connect(lambda: self._take_window(dialog.chosen()))
        dialog.rejected.connect(self.cancelled)
        dialog.open()

    def _take_window(self, window: DesktopWindow | None) -> None:
        if window is not None:
            self.chosen.emit(choose_window(window))

    def _draw_region(self) -> None:
        self._window.hide()
        QTimer.singleShot(_HIDE_MS, self, self._open_overlay)

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
        monitors = self._list_monitors()
        if monitors is None:
            return
        dialog = RegionDialog(self._window, region=self._region, monitors=monitors)
        dialog.accepted.connect(lambda: self._take_typed(dialog.region()))
        dialog.open()

    def _take_typed(self, region: Region | None) -> None:
        if region is not None:
            self.chosen.emit(choose_region(region))

    def _pick_monitor(self) -> None:
        if is_wayland():
            self.chosen.emit(choose_shared("monitor"))
            return
        monitors = self._list_monitors()
        if monitors is None:
            return
        if len(monitors) == 1:
            self.chosen.emit(choose_monitor(monitors[0]))
            return
        self._offer(
            self._panel.monitor,
            [(_describe_monitor(monitor), choose_monitor(monitor)) for monitor in monitors],
        )

    def _list_monitors(self) -> list[Monitor] | None:
        """The monitors; None, after emitting `failed`, where they cannot be listed."""
        try:
            return self._monitors()
        except FerDesktopError as error:
            self.failed.emit(describe_error(error))
            return None

    def _pick_camera(self) -> None:
        self._offer(self._panel.camera, [(tr(words), choose_camera(number)) for number, words in enumerate(_CAMERAS)])

    def _offer(self, button: QWidget, choices: list[tuple[str, SourceChoice]]) -> None:
        menu = QMenu(button)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for words, choice in choices:
            menu.addAction(words).triggered.connect(lambda _=False, choice=choice: self.chosen.emit(choice))
        menu.popup(button.mapToGlobal(QPoint(0, button.height())))

    def _pick_recording(self) -> None:
        dialog = make_file_dialog(self._window, tr("Choose recordings"), many=True)
        dialog.setNameFilter(video_filter())
        dialog.filesSelected.connect(lambda paths: self.take_recordings([Path(path) for path in paths]))
        dialog.open()

    def take_recordings(self, paths: Sequence[Path]) -> None:
        """Chooses recordings that were picked or dropped."""
        if paths:
            self.chosen.emit(choose_recordings(paths))
        else:
            self.failed.emit(tr("There is no video in what you dropped."))

    def _pick_simulated(self) -> None:
        if is_wayland() or QGuiApplication.platformName() == "offscreen":
            source = f"simulated:students={_SIMULATED_STUDENTS},seconds=600,seed={_SIMULATED_SEED}"
            self.chosen.emit(SourceChoice(source, watched="recording", simulated=True))
            return
        self.close_simulated()
        self._place_before = self._window.pos()
        window = open_simulated_class(
            self._window, students=_SIMULATED_STUDENTS, seconds=_SIMULATED_S, seed=_SIMULATED_SEED
        )
        window.leaving.connect(self.simulated_leaving)
        self.simulated = window
        QTimer.singleShot(_SETTLE_MS, self, self._watch_simulated)

    def _watch_simulated(self) -> None:
        window = self.simulated
        if window is None:
            return
        if not window.isVisible():
            self.close_simulated()
        elif not window.has_picture:  # a busy computer may not have drawn it yet
            QTimer.singleShot(_SETTLE_MS, self, self._watch_simulated)
        else:
            window.hold_open()
            self.chosen.emit(SourceChoice("simulated", watched="call", simulated=True, make_source=window.make_source))


def _describe_monitor(monitor: Monitor) -> str:
    return tr("{words}: {detail}", words=monitor.name, detail=describe_region(monitor.region))
