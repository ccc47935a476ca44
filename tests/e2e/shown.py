"""Shows windows under a window manager that tests have just started."""

from contextlib import suppress
from typing import Final

from PySide6.QtWidgets import QWidget
from pytestqt.exceptions import TimeoutError as StillHiddenError
from pytestqt.qtbot import QtBot

_ATTEMPTS: Final = 6
_ATTEMPT_MS: Final = 10_000


def show_window(qtbot: QtBot, window: QWidget) -> None:
    """Shows a window until it is on the screen: the manager now and then leaves the first request unanswered."""
    for _ in range(_ATTEMPTS - 1):
        with suppress(StillHiddenError), qtbot.waitExposed(window, timeout=_ATTEMPT_MS):
            window.show()
        if window.windowHandle().isExposed():
            return
        window.hide()
    with qtbot.waitExposed(window, timeout=_ATTEMPT_MS):
        window.show()
