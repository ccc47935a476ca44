"""The simulated class as a window, to be captured from the screen as a call is."""

import threading
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QImage, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from fer_desktop.desktop.region import Region
from fer_desktop.ports import Clock
from fer_desktop.session.latest_slot import LatestSlot
from fer_desktop.simulation.chrome import TITLE
from fer_desktop.simulation.drawing import SceneDrawer
from fer_desktop.simulation.script import Script
from fer_desktop.types import Image
from ui.start.region_picker import to_region

FRAMES_PER_SECOND: Final = 12
_LONGEST_DRAWING_S: Final = 10.0
"""Closing waits at most this long for the picture that is being drawn."""
_MOVING_EVENTS: Final = (
    QEvent.Type.Move,
    QEvent.Type.Resize,
    QEvent.Type.Hide,
    QEvent.Type.WindowStateChange,
    QEvent.Type.ScreenChangeInternal,
)


class SimulatedClassWindow(QWidget):
    """Draws the script pixel by pixel on the screen. Until `begin` the class stays as at the script's start.

    A thread of its own draws, so that other windows of the application stay responsive. `leaving` is emitted, once,
    when a guarded window is about to close or no longer shows where it was: its region must not be captured any more.
    """

    leaving = Signal()
    _drawn = Signal()

    def __init__(
        self,
        script: Script,
        clock: Clock,
        *,
        width_px: int = 1280,
        height_px: int = 720,
        frames_per_second: float = FRAMES_PER_SECOND,
    ) -> None:
        """`width_px`, `height_px`: the picture's size in physical pixels."""
        super().__init__(None, Qt.WindowType.Window)
        self.script = script
        self.started_at_s: float | None = None
        self._clock = clock
        self._requests: LatestSlot[tuple[float, int, int]] = LatestSlot()
        self._pictures: LatestSlot[Image] = LatestSlot()
        self._drawing = threading.Thread(target=self._draw_requests, name="simulated class", daemon=True)
        self._picture = QImage()
        self._guarded: Region | None = None
        self._has_left = False
        self._drawn.connect(self._show_drawn)
        self.setWindowTitle(TITLE)
        self.setAccessibleName("Simulated class: drawn students, no real people")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        ratio = self._pixel_ratio()
        self.resize(round(width_px / ratio), round(height_px / ratio))
        self._timer = QTimer(self)
        self._timer.setInterval(round(1000 / frames_per_second))
        self._timer.timeout.connect(self._request_next)

    @property
    def scene_size(self) -> tuple[int, int]:
        """Width and height of the drawn picture, in physical pixels."""
        ratio = self._pixel_ratio()
        return round(self.width() * ratio), round(self.height() * ratio)

    def script_time_s(self, at_s: float) -> float:
        """The script's time at a time of the clock; 0 before `begin`."""
        return 0.0 if self.started_at_s is None else max(0.0, at_s - self.started_at_s)

    def begin(self) -> None:
        """Starts the script from its beginning."""
        self.started_at_s = self._clock.now_s()

    def region_on_screen(self) -> Region:
        """The picture's region of the desktop, in the pixels of screen capture."""
        origin = self.screen().geometry().topLeft()
        rect = QRect(self.mapToGlobal(QPoint(0, 0)) - origin, self.size())
        return to_region(rect, screen_origin=origin, pixel_ratio=self._pixel_ratio())

    @property
    def is_drawing(self) -> bool:
        """Whether the timer or the drawing thread runs."""
        return self._timer.isActive() or self._drawing.is_alive()

    @property
    def has_picture(self) -> bool:
        """Whether the first picture has been drawn; until then the window shows undefined memory."""
        return not self._picture.isNull()

    def guard(self) -> Region | None:
        """The region to capture, guarded until `release`: `leaving` reports its loss, and the window does not close.

        None, and no guard, where the window cannot be seen.
        """
        if not self._is_exposed():
            return None
        self._guarded, self._has_left = self.region_on_screen(), False
        return self._guarded

    def release(self) -> None:
        """Ends the guard: the region is no longer captured."""
        self._guarded = None

    def event(self, event: QEvent) -> bool:
        """Checks the guarded region after every event that may have moved or covered the window."""
        handled = super().event(event)
        if event.type() in _MOVING_EVENTS:
            self._check_region(hidden=event.type() is QEvent.Type.Hide)
        return handled

    def _check_region(self, *, hidden: bool = False) -> None:
        if self._guarded is not None and (hidden or not self._is_exposed() or self.region_on_screen() != self._guarded):
            self._leave()

    def _is_exposed(self) -> bool:
        handle = self.windowHandle()
        return self.isVisible() and not self.isMinimized() and handle is not None and handle.isExposed()

    def _leave(self) -> None:
        if not self._has_left:
            self._has_left = True
            self.leaving.emit()

    def showEvent(self, event: QShowEvent) -> None:
        """Starts drawing."""
        if self._drawing.ident is None:
            self._drawing.start()
        self._request_next()
        self._timer.start()
        super().showEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ends the drawing for good; a guarded window stays open until it is released."""
        if self._guarded is not None:
            event.ignore()
            self._leave()
            return
        self._timer.stop()
        self._requests.close()
        if self._drawing.is_alive():
            self._drawing.join(_LONGEST_DRAWING_S)
        super().closeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the newest picture."""
        painter = QPainter(self)
        painter.drawImage(QPoint(0, 0), self._picture)
        painter.end()

    def _request_next(self) -> None:
        self._check_region()  # some systems send no event when they hide a window
        self._requests.put((self.script_time_s(self._clock.now_s()), *self.scene_size))

    def _draw_requests(self) -> None:
        """The drawing thread."""
        drawer = SceneDrawer(self.script)
        while not self._requests.closed:
            request = self._requests.take()
            if request is not None:
                self._pictures.put(drawer.draw(*request))
                self._drawn.emit()

    def _show_drawn(self) -> None:
        image = self._pictures.poll()
        if image is None:
            return
        height, width = image.shape[:2]
        picture = QImage(image.data, width, height, 3 * width, QImage.Format.Format_BGR888).copy()
        picture.setDevicePixelRatio(self._pixel_ratio())
        self._picture = picture
        self.update()

    def _pixel_ratio(self) -> float:
        screen = self.screen() or QGuiApplication.primaryScreen()
        return float(screen.devicePixelRatio())
