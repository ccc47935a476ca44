"""The live window as one line beside the call."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fer_desktop.types import FlagKind, PipelineState
from tests.fakes import make_probabilities
from tests.ui.fakes import FakeLiveSession, make_class, make_flag, make_observation, make_student
from tests.ui.live.driving import activate, attach
from ui.live.live_window import LiveWindow


def show_one_line(window: LiveWindow, session: FakeLiveSession) -> None:
    attach(window, session)
    students = [replace(make_student(n), flags=(make_flag(3),) if n == 3 else ()) for n in range(1, 26)]
    window.show_observation(make_observation(students, 700, probabilities=make_probabilities()))
    window.repaint_now()
    window.shared_actions.strip.trigger()


def test_it_has_the_class_the_flags_and_the_buttons_in_one_line(window: LiveWindow, session: FakeLiveSession) -> None:
    show_one_line(window, session)
    strip = window.strip
    assert strip.isVisible()
    assert not window.header.isVisible()
    assert not window.footer.isVisible()
    assert window.height() < 4 * window.fontMetrics().height()
    assert strip.words.text() == "Mostly neutral · 25/25"
    assert (strip.flags.text(), strip.flags.accessibleName()) == ("⚠ 1", "1 flag")
    assert strip.flags.toolTip() == "Not in the call for 2 min, since 1:00"
    strip.bookmark.click()
    assert session.calls[-1] == ("bookmark", "", 700)
    assert strip.words.text() == "Bookmark saved at 11:40."


def test_the_keyboard_makes_it_and_ends_it(qtbot: QtBot, window: LiveWindow, session: FakeLiveSession) -> None:
    attach(window, session)
    activate(qtbot, window)
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    before = window.size()
    QTest.keyClick(window, Qt.Key.Key_M, keys)
    qtbot.waitUntil(window.strip.isVisible)
    QTest.keyClick(window, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert session.calls[-1][0] == "bookmark"
    QTest.keyClick(window, Qt.Key.Key_M, keys)
    qtbot.waitUntil(window.header.isVisible)
    qtbot.waitUntil(lambda: window.size() == before)


def test_it_remembers_its_place(qtbot: QtBot, window: LiveWindow, session: FakeLiveSession) -> None:
    window.set_options(on_top=False, quiet=False, keys_everywhere=True, strip_place=(120, 40, 520))
    attach(window, session)
    window.shared_actions.strip.trigger()
    qtbot.waitUntil(lambda: (window.x(), window.y(), window.width()) == (120, 40, 520))
    window.move(200, 60)
    with qtbot.waitSignal(window.strip_placed) as placed:
        window.strip.whole.click()
    assert placed.args == [(200, 60, 520)]


def test_a_place_that_is_on_no_screen_any_more_is_not_used(window: LiveWindow, session: FakeLiveSession) -> None:
    window.set_options(on_top=False, quiet=False, keys_everywhere=True, strip_place=(90_000, 40, 520))
    attach(window, session)
    window.shared_actions.strip.trigger()
    QApplication.processEvents()
    assert QApplication.screenAt(window.geometry().center()) is not None


def test_the_whole_window_comes_back_to_a_screen_where_its_own_is_gone(
    window: LiveWindow, session: FakeLiveSession
) -> None:
    attach(window, session)
    window.move(90_000, 40)
    window.shared_actions.strip.trigger()
    window.move(200, 60)
    window.strip.whole.click()
    QApplication.processEvents()
    assert window.screen().availableGeometry().contains(window.geometry())


def test_what_is_not_usual_stands_in_it(window: LiveWindow, session: FakeLiveSession) -> None:
    show_one_line(window, session)
    session.state = PipelineState.PAUSED
    window.repaint_now()
    assert window.strip.words.text() == "Paused"


def test_flags_are_not_counted_in_do_not_disturb_mode(window: LiveWindow, session: FakeLiveSession) -> None:
    show_one_line(window, session)
    window.shared_actions.quiet.setChecked(True)
    assert not window.strip.flags.isVisible()


def test_with_class_totals_it_counts_the_flags_of_the_class_alone(window: LiveWindow, session: FakeLiveSession) -> None:
    attach(window, session, aggregate_only=True)
    drop = make_flag(0, FlagKind.CLASS_DROP)
    observation = make_observation(make_class(8, 9), 9, probabilities=make_probabilities())
    window.show_observation(replace(observation, class_flags=(drop,)))
    window.repaint_now()
    window.shared_actions.strip.trigger()
    assert window.strip.flags.text() == "⚠ 1"


@pytest.mark.parametrize("end", ["start", "action"])
def test_without_a_session_the_window_is_whole(window: LiveWindow, session: FakeLiveSession, end: str) -> None:
    show_one_line(window, session)
    window.detach()
    window.show_start()
    if end == "action":
        window.shared_actions.strip.trigger()
    assert window.header.isVisible()
    assert not window.strip.isVisible()
