"""Fixtures of the UI tests: a themed application, and a check for leaked dialogs, timers and threads."""

import os
import sys
import threading
import weakref
from collections.abc import Iterator
from typing import Any

import pytest

if sys.platform == "linux" and not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import shiboken6
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from tests.ui.controllers import Controllers, FakeEngine
from ui.garbage import collect_on_qt_thread
from ui.language import use_language
from ui.theme import LIGHT, apply_theme, current_theme


@pytest.fixture(autouse=True, scope="session")
def _collected_on_qt_thread(qapp: QApplication) -> None:
    """As in the program: a closed window that a worker thread deletes takes the tests down."""
    collect_on_qt_thread(qapp)


@pytest.fixture(autouse=True)
def themed(qapp: QApplication) -> None:
    """Every test starts in the light theme, on Fusion, in English, as the app does."""
    use_language("en")
    if not qapp.styleSheet():
        qapp.setStyle("Fusion")
    if current_theme() is not LIGHT or not qapp.styleSheet():
        apply_theme(qapp, "light")


@pytest.fixture(autouse=True)
def nothing_left_behind(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fails a test at once for a modal `exec`, and at its end for a dialog, timer or thread that is left."""
    started: weakref.WeakSet[QTimer] = weakref.WeakSet()
    start = QTimer.start

    def start_watched(timer: QTimer, *arguments: Any) -> None:
        started.add(timer)
        start(timer, *arguments)

    def refuse(dialog: QDialog) -> int:
        raise AssertionError(f"a dialog blocks the event loop: {dialog.windowTitle()}")

    monkeypatch.setattr(QTimer, "start", start_watched)
    monkeypatch.setattr(QDialog, "exec", refuse)
    threads = set(threading.enumerate())
    yield
    dialogs = [widget for widget in qapp.topLevelWidgets() if isinstance(widget, QDialog) and widget.isVisible()]
    assert not dialogs, f"leaked dialogs: {[dialog.windowTitle() for dialog in dialogs]}"
    timers = [timer for timer in started if shiboken6.isValid(timer) and timer.isActive() and not timer.isSingleShot()]
    assert not timers, f"leaked timers, each {[timer.interval() for timer in timers]} ms"
    left = [thread.name for thread in threading.enumerate() if thread not in threads]
    assert not left, f"leaked threads: {left}"


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine()


@pytest.fixture
def controllers(qtbot: QtBot, engine: FakeEngine) -> Iterator[Controllers]:
    controllers = Controllers(qtbot, engine)
    yield controllers
    for controller in controllers.opened:
        controller.end()
        for window in (controller.live, controller.review):
            if window is not None:
                window.deleteLater()
        controller.deleteLater()
    qtbot.wait(1)
