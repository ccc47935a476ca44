"""Every window by the keyboard alone: each tab stop shows that it has the focus, and Enter presses what Space does."""

import warnings
from contextlib import suppress
from typing import Final

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.looks.scenes import SCENES

WINDOWS: Final = (
    "start-later",
    "live",
    "live-wide",
    "live-strip",
    "settings",
    "settings-class",
    "settings-numbers",
    "settings-lesson",
    "consent",
    "export",
    "windows",
)


def tab_stops(window: QWidget) -> list[QWidget]:
    """What Tab reaches, in its order."""
    stops: list[QWidget] = []
    widget = window.nextInFocusChain()
    while widget is not None and widget is not window:
        takes_tab = widget.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
        if takes_tab and widget.isVisibleTo(window) and widget.isEnabled() and widget.focusProxy() is None:
            stops.append(widget)
        widget = widget.nextInFocusChain()
    return stops


def grab(widget: QWidget) -> QImage:
    QApplication.processEvents()
    return widget.grab().toImage()


@pytest.mark.parametrize("scene", WINDOWS)
def test_every_tab_stop_shows_that_it_has_the_focus(qtbot: QtBot, scene: str) -> None:
    with SCENES[scene].play() as window:
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        unseen = []
        stops = tab_stops(window)
        for stop in stops:
            stop.clearFocus()
            before = grab(stop)
            stop.setFocus(Qt.FocusReason.TabFocusReason)
            if grab(stop) == before:
                unseen.append(f"{type(stop).__name__} {stop.accessibleName()!r}")
        assert stops
        assert unseen == []


@pytest.mark.parametrize("scene", WINDOWS)
def test_enter_presses_every_button_that_space_does(qtbot: QtBot, scene: str) -> None:
    with SCENES[scene].play() as window:
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        deaf = []
        for button in tab_stops(window):
            if not isinstance(button, QPushButton | QToolButton) or button.menu() is not None:
                continue
            presses: list[bool] = []
            with suppress(RuntimeError), warnings.catch_warnings(action="ignore"):  # a button without a slot
                button.clicked.disconnect()  # what it does is not wanted here
            button.clicked.connect(lambda _=False, presses=presses: presses.append(True))
            button.setFocus(Qt.FocusReason.TabFocusReason)
            QTest.keyClick(button, Qt.Key.Key_Return)
            if presses != [True]:
                deaf.append(button.accessibleName() or button.text())
        assert deaf == []
