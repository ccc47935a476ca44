"""The simulated class as a window, which shows what a call would."""

import threading
from typing import Final

from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QImage, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from fer_desktop.desktop.region import Region
from fer_desktop.ports import Clock
from fer_desktop.session.latest_slot import LatestSlot
from fer_desktop.simulation.chrome import TITLE
from fer_desktop.simulation.drawing import SceneDrawer
from fer_desktop.simulation.script import Script
from fer_desktop.types import Image
from ui.demo.drawn_source import DrawnSource
from ui.demo.shown_source import ShownSource, reduce_picture
from ui.start.region_picker import to_region

FRAMES_PER_SECOND: Final = 12
_PICTURES_SHOWN: Final = 12
"""Of the last pictures any may be on the screen: it shows one some time after it was drawn."""
_LONGEST_DRAWING_S: Final = 10.0
"""Closing waits at most this long for the picture that is being drawn."""


class SimulatedClassWindow(QWidget):
    """Draws the script pixel by pixel on the screen. Until `begin` the class stays as at the script's start.

    A thread of its own draws, so that other windows of the application stay responsive. `leaving` is emitted, once,
    when a window that is held open is about to close: it must not be watched any more.
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
        self._newest: Image | None = None
        self._drawn_last: tuple[Image, ...] = ()
        self._is_held = False
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
        return self._newest is not None and not self._picture.isNull()

    def make_source(self) -> DrawnSource:
        """The class as a source of frames, once `has_picture`. Moving or hiding the window does not change it."""
        return DrawnSource(self._read_newest, students=len(self.script.students), clock=self._clock)

    def make_screen_source(self) -> ShownSource:
        """The class as the screen shows it now, to be read as long as the window stays where it is."""
        return ShownSource(self.region_on_screen(), lambda: self._drawn_last, clock=self._clock)

    def _read_newest(self) -> Image:
        """Any thread."""
        assert self._newest is not None
        return self._newest

    def hold_open(self) -> None:
        """From now on the window does not close until `release`: `leaving` reports that it should."""
        self._is_held, self._has_left = True, False

    def release(self) -> None:
        """The window may close: it is no longer watched."""
        self._is_held = False

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
        """Ends the drawing for good; a window that is held open stays until it is released."""
        if self._is_held:
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
        self._requests.put((self.script_time_s(self._clock.now_s()), *self.scene_size))

    def _draw_requests(self) -> None:
        """The drawing thread."""
        drawer = SceneDrawer(self.script)
        while not self._requests.closed:
            request = self._requests.take()
            if request is not None:
                self._newest = drawer.draw(*request)
                self._drawn_last = (*self._drawn_last[1 - _PICTURES_SHOWN :], reduce_picture(self._newest))
                self._pictures.put(self._newest)
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
