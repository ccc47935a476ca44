"""What a test does to the live window."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.fakes import FakeLiveSession
from ui.live.live_window import LiveWindow


def attach(window: LiveWindow, session: FakeLiveSession, *, aggregate_only: bool = False) -> None:
    law_line = None if session.expressions_on else "Expressions are off here."
    window.attach(session, source="Part of the screen", aggregate_only=aggregate_only, law_line=law_line)


def activate(qtbot: QtBot, window: LiveWindow) -> None:
    """Shortcuts need the window to be the active one."""
    with qtbot.waitActive(window):
        window.activateWindow()


def click(button: QPushButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
