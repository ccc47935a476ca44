"""The simulated class as a window on the screen, to be captured from there as a call would be."""

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
_DISTURBING: Final = (
    QEvent.Type.Move,
    QEvent.Type.Resize,
    QEvent.Type.Hide,
    QEvent.Type.WindowStateChange,
    QEvent.Type.ScreenChangeInternal,
)


class SimulatedClassWindow(QWidget):
    """Shows the script in the pixels of the screen, one to one. Until `begin` the class stays as at the start.

    A thread of its own draws, so that windows of the same application stay quick. `leaving`, while the window is
    guarded: it is about to close, or is no longer where it was, so its place must not be captured any longer.
    """

    leaving = Signal()
    _drawn = Signal()

    def __init__(self, script: Script, clock: Clock, *, width_px: int = 1280, height_px: int = 720) -> None:
        """`width_px`, `height_px`: the picture's size in physical pixels."""
        super().__init__(None, Qt.WindowType.Window)
        self.script = script
        self.started_at_s: float | None = None
        self._clock = clock
        self._wanted: LatestSlot[tuple[float, int, int]] = LatestSlot()
        self._finished: LatestSlot[Image] = LatestSlot()
        self._artist = threading.Thread(target=self._draw_what_is_wanted, name="simulated class", daemon=True)
        self._picture = QImage()
        self._guarded: Region | None = None
        self._left = False
        self._drawn.connect(self._show_drawn)
        self.setWindowTitle(TITLE)
        self.setAccessibleName("Simulated class: drawn students, no real people")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        ratio = self._pixel_ratio()
        self.resize(round(width_px / ratio), round(height_px / ratio))
        self._timer = QTimer(self)
        self._timer.setInterval(round(1000 / FRAMES_PER_SECOND))
        self._timer.timeout.connect(self._want_next)

    @property
    def scene_size(self) -> tuple[int, int]:
        """Width and height of the drawn picture, in physical pixels."""
        ratio = self._pixel_ratio()
        return round(self.width() * ratio), round(self.height() * ratio)

    def script_time_s(self, at_s: float) -> float:
        """The script's time at a moment of the clock; 0 before `begin`."""
        return 0.0 if self.started_at_s is None else max(0.0, at_s - self.started_at_s)

    def begin(self) -> None:
        """Starts the script, from its beginning."""
        self.started_at_s = self._clock.now_s()

    def region_on_screen(self) -> Region:
        """The picture's place on the desktop, as screen capture counts its pixels."""
        origin = self.screen().geometry().topLeft()
        rect = QRect(self.mapToGlobal(QPoint(0, 0)) - origin, self.size())
        return to_region(rect, screen_origin=origin, pixel_ratio=self._pixel_ratio())

    def guard(self) -> Region | None:
        """The place to capture, guarded from now on: `leaving` tells once that it is lost, and closing waits for
        `release`. None, and no guard, where the window is not to be seen.
        """
        if not self._is_seen():
            return None
        self._guarded, self._left = self.region_on_screen(), False
        return self._guarded

    def release(self) -> None:
        """Nobody captures the place any more."""
        self._guarded = None

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() in _DISTURBING:
            self._check_place(hidden=event.type() is QEvent.Type.Hide)
        return handled

    def _check_place(self, *, hidden: bool = False) -> None:
        if self._guarded is not None and (hidden or not self._is_seen() or self.region_on_screen() != self._guarded):
            self._leave()

    def _is_seen(self) -> bool:
        handle = self.windowHandle()
        return self.isVisible() and not self.isMinimized() and handle is not None and handle.isExposed()

    def _leave(self) -> None:
        if not self._left:
            self._left = True
            self.leaving.emit()

    def showEvent(self, event: QShowEvent) -> None:
        if self._artist.ident is None:
            self._artist.start()
        self._want_next()
        self._timer.start()
        super().showEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ends the drawing for good; a guarded window stays until it is released."""
        if self._guarded is not None:
            event.ignore()
            self._leave()
            return
        self._timer.stop()
        self._wanted.close()
        if self._artist.is_alive():
            self._artist.join(_LONGEST_DRAWING_S)
        super().closeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawImage(QPoint(0, 0), self._picture)
        painter.end()

    def _want_next(self) -> None:
        self._check_place()  # not every system tells of a window that it hides
        self._wanted.put((self.script_time_s(self._clock.now_s()), *self.scene_size))

    def _draw_what_is_wanted(self) -> None:
        """The artist's thread."""
        drawer = SceneDrawer(self.script)
        while not self._wanted.closed:
            wanted = self._wanted.take()
            if wanted is not None:
                self._finished.put(drawer.draw(*wanted))
                self._drawn.emit()

    def _show_drawn(self) -> None:
        image = self._finished.poll()
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
