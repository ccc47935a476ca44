"""How many students are seen at once, and that the page around their list scrolls alone."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fer_desktop.types import PipelineState
from tests.fakes import make_probabilities
from tests.ui.fakes import FakeLiveSession, make_class, make_observation
from tests.ui.live.driving import activate, attach
from ui.live.live_window import LiveWindow

LAPTOP_PX = 708
"""The height that 1366 x 768 leaves to a window."""


def show_class(qtbot: QtBot, window: LiveWindow, students: int) -> None:
    session = FakeLiveSession(state=PipelineState.RUNNING)
    attach(window, session)
    window.show_observation(make_observation(make_class(students, 700), 700, probabilities=make_probabilities()))
    window.repaint_now()
    view = window.watch_panel.students.view
    qtbot.waitUntil(lambda: len(rows_in_sight(window)) > 0 and view.height() > 20)
    QApplication.processEvents()


def rows_in_sight(window: LiveWindow) -> list[int]:
    view = window.watch_panel.students.view
    model, seen = view.model(), view.visibleRegion()
    rects = {row: view.visualRect(model.index(row, 0)) for row in range(model.rowCount())}
    return [row for row, rect in rects.items() if not rect.isEmpty() and seen.contains(rect)]


def test_beside_a_call_on_a_laptop_most_of_a_class_is_seen_at_once(qtbot: QtBot, window: LiveWindow) -> None:
    window.resize(440, LAPTOP_PX)
    show_class(qtbot, window, 25)
    qtbot.waitUntil(lambda: len(rows_in_sight(window)) >= 20)


def test_on_a_whole_laptop_screen_all_of_it_is(qtbot: QtBot, window: LiveWindow) -> None:
    window.resize(1366, LAPTOP_PX)
    show_class(qtbot, window, 25)
    qtbot.waitUntil(lambda: len(rows_in_sight(window)) == 25)


def test_the_list_is_as_high_as_its_rows_and_leaves_the_wheel_to_the_page(qtbot: QtBot, window: LiveWindow) -> None:
    window.resize(440, LAPTOP_PX)
    show_class(qtbot, window, 49)
    view, page = window.watch_panel.students.view, window.watch_panel.verticalScrollBar()
    qtbot.waitUntil(lambda: view.verticalScrollBar().maximum() == 0 and page.maximum() > 0)
    at = QPointF(view.viewport().rect().center().x(), 20)
    wheel = QWheelEvent(
        at,
        QPointF(view.viewport().mapToGlobal(at.toPoint())),
        QPoint(0, -240),
        QPoint(0, -240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), wheel)
    assert not wheel.isAccepted()


def test_the_page_follows_the_keyboard_through_the_list(qtbot: QtBot, window: LiveWindow) -> None:
    window.resize(440, LAPTOP_PX)
    show_class(qtbot, window, 49)
    view = window.watch_panel.students.view
    activate(qtbot, window)
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: view.currentIndex().row() == 48 and 48 in rows_in_sight(window))
