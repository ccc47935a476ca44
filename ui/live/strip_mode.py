"""Turns the live window into one line and back, each where the teacher left it."""

from PySide6.QtCore import QObject, QRect, QSize, Signal
from PySide6.QtWidgets import QWidget

from fer_desktop.settings import StripPlace
from ui.window_places import is_on_a_screen, move_back

_NO_LIMIT_PX = 16_777_215  # QWIDGETSIZE_MAX


class StripMode(QObject):
    """`placed(StripPlace)`: where the line was when it ended. `on`: whether the window is one."""

    placed = Signal(object)

    def __init__(self, window: QWidget, *, strip: QWidget, whole: QWidget) -> None:
        """`strip`, `whole`: the two contents of the window."""
        super().__init__(window)
        self._window, self._strip, self._whole = window, strip, whole
        self._least = QSize()
        self._before = QRect()
        self.place: StripPlace | None = None
        self.on = False
        strip.setVisible(False)

    def begin(self) -> None:
        """Shows the line where it was last, or at the top of where the window is."""
        if self.on:
            return
        window = self._window
        self.on, self._before, self._least = True, QRect(window.pos(), window.size()), window.minimumSize()
        self._whole.setVisible(False)
        self._strip.setVisible(True)
        self.fit()
        left, top, width = self.place or (window.x(), window.y(), window.width())
        if is_on_a_screen(left, top, width):
            window.move(left, top)
        window.resize(width, window.height())

    def end(self) -> None:
        """Shows the whole window again, where it was if that is still on a screen."""
        if not self.on:
            return
        window = self._window
        self.on, self.place = False, (window.x(), window.y(), window.width())
        self._strip.setVisible(False)
        self._whole.setVisible(True)
        window.setMaximumHeight(_NO_LIMIT_PX)
        window.setMinimumSize(self._least)
        window.resize(self._before.size())
        move_back(window, self._before.topLeft())
        self.placed.emit(self.place)

    def fit(self) -> None:
        """Fits the line to its text size."""
        if self.on:
            hint = self._strip.minimumSizeHint()
            self._window.setMinimumSize(hint)
            self._window.setFixedHeight(hint.height())
