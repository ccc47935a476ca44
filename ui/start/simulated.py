"""Opens the simulated class beside the live window."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from fer_desktop.session.clock import MonotonicClock
from fer_desktop.simulation.script import make_script
from ui.demo.simulated_class import SimulatedClassWindow

_MAX_SIZE, _MIN_SIZE = QSize(1280, 720), QSize(640, 360)
_GAP_PX = 12


def open_simulated_class(live: QWidget, *, students: int, seconds: float, seed: int) -> SimulatedClassWindow:
    """Moves `live` to the left edge of its screen and shows the class to the right of it, as large as possible."""
    free = live.screen().availableGeometry()
    live.move(free.topLeft())
    left = free.left() + live.frameGeometry().width() + _GAP_PX
    ratio = live.devicePixelRatioF()
    width = min(_MAX_SIZE.width(), max(_MIN_SIZE.width(), round((free.right() - left) * ratio)))
    script = make_script(students=students, seconds=seconds, seed=seed)
    window = SimulatedClassWindow(script, MonotonicClock(), width_px=width, height_px=width * 9 // 16)
    window.move(left, free.top())
    window.show()
    window.begin()
    return window
