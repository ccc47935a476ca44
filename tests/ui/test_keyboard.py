"""Every window by the keyboard alone: each tab stop shows that it has the focus, and Enter presses what Space does."""

import warnings
from contextlib import suppress
from typing import Final

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.looks.scenes import SCENES
from ui.theme import apply_theme
from ui.widgets.basics import IconButton

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
    "guide-place",
    "guide-inform",
    "calendar",
    "review",
    "review-attendance",
    "review-student",
    "review-recording",
    "review-compare",
    "review-follow-up",
    "accuracy",
    "split",
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
def test_keys_show_the_same_focus_as_the_mouse(qtbot: QtBot, scene: str) -> None:
    """Qt draws a rectangle of its own over the text once Tab was pressed."""
    with SCENES[scene].play() as window:
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        for stop in tab_stops(window):
            stop.setFocus(Qt.FocusReason.MouseFocusReason)
            window.setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange, False)
            by_mouse = grab(stop)
            window.setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
            assert grab(stop) == by_mouse, stop.accessibleName()


@pytest.mark.parametrize("scene", ["start-first", "start-later", "start-recordings"])
def test_tab_goes_down_the_start_page(scene: str) -> None:
    with SCENES[scene].play() as window:
        stops = [stop for stop in tab_stops(window) if not isinstance(stop, QToolButton)]
        lines = [stop.mapTo(window, stop.rect().center()).y() for stop in stops]
        assert lines == sorted(lines), [stop.accessibleName() for stop in stops]


@pytest.mark.parametrize("scene", ["live", "live-paused", "review"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_button_keeps_its_colours_when_it_gets_the_focus(
    qtbot: QtBot, qapp: QApplication, scene: str, theme: str
) -> None:
    """Icon and text are drawn for the colour that the button has: on that of a default button none could be read."""
    apply_theme(qapp, theme)
    with SCENES[scene].play() as window:
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        buttons = [stop for stop in tab_stops(window) if isinstance(stop, IconButton)]
        for button in buttons:
            inner = QPoint(4, button.height() // 2)
            button.clearFocus()
            before = grab(button).pixelColor(inner)
            button.setFocus(Qt.FocusReason.TabFocusReason)
            assert grab(button).pixelColor(inner) == before, button.accessibleName()
        assert buttons
    apply_theme(qapp, "light")


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
