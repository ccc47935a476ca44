"""The tray: what it notifies of, and when it stays quiet."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QSystemTrayIcon, QWidget
from pytestqt.qtbot import QtBot

from fer_desktop.types import Flag, FlagKind, Observation, PipelineState
from tests.evidence import MOOD_FELL, WINDOW_HIDDEN
from tests.ui.fakes import make_flag, make_observation, make_student
from ui.live.live_actions import LiveActions
from ui.live.tray import Notifier, Tray, make_state_icon


def flagged(second: int, *students: int, class_flags: Sequence[Flag] = ()) -> Observation:
    observation = make_observation([make_student(n, flags=[make_flag(n)]) for n in students], second)
    return replace(observation, class_flags=tuple(class_flags))


def test_new_flags_are_notified_while_the_window_is_hidden() -> None:
    notifier = Notifier()
    assert notifier.check(flagged(10, 1), out_of_sight=True) == "1 student may need attention."
    assert notifier.check(flagged(300, 1), out_of_sight=True) is None, "it is known"
    assert notifier.check(flagged(301, 1, 2, 3), out_of_sight=True) == "2 students may need attention."


def test_flags_seen_in_the_window_are_not_notified_then_or_later() -> None:
    notifier = Notifier()
    assert notifier.check(flagged(10, 1), out_of_sight=False) is None
    assert notifier.check(flagged(20, 1), out_of_sight=True) is None


def test_at_most_one_notification_in_two_minutes() -> None:
    notifier = Notifier()
    assert notifier.check(flagged(10, 1), out_of_sight=True)
    assert notifier.check(flagged(129, 1, 2), out_of_sight=True) is None
    assert notifier.check(flagged(130, 1, 2, 3), out_of_sight=True) == "1 student may need attention."


def test_a_flag_that_ended_and_came_anew_is_new() -> None:
    notifier = Notifier()
    assert notifier.check(flagged(10, 1), out_of_sight=True)
    assert notifier.check(flagged(200), out_of_sight=True) is None
    assert notifier.check(flagged(400, 1), out_of_sight=True)


def test_a_drop_of_the_class_is_notified_without_a_name() -> None:
    drop = Flag(FlagKind.CLASS_DROP, None, 5, MOOD_FELL)
    assert Notifier().check(flagged(10, class_flags=[drop]), out_of_sight=True) == "The mood of the class dropped."


def test_with_class_totals_only_the_class_is_notified() -> None:
    notifier = Notifier(of_students=False)
    assert notifier.check(flagged(10, 1), out_of_sight=True) is None
    drop = Flag(FlagKind.CLASS_DROP, None, 5, MOOD_FELL)
    shown = notifier.check(flagged(20, 1, class_flags=[drop]), out_of_sight=True)
    assert shown == "The mood of the class dropped."


def test_a_lost_picture_is_notified_once_each_time_while_the_window_is_hidden() -> None:
    notifier, lost = Notifier(), WINDOW_HIDDEN
    shown = [notifier.check_picture(lost, out_of_sight=True) for _ in range(3)]
    assert shown == ["The watched window is minimised or on another workspace. Bring it back.", None, None]
    assert notifier.check_picture(None, out_of_sight=True) is None
    assert notifier.check_picture(lost, out_of_sight=True) is not None
    assert Notifier().check_picture(lost, out_of_sight=False) is None


def test_without_a_tray_nothing_breaks(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    tray = Tray(window, LiveActions(window), available=lambda: False)
    tray.open()
    tray.show_state(PipelineState.RUNNING)
    tray.notify("1 student may need attention.")
    assert tray.findChild(QSystemTrayIcon) is None
    tray.close()


def test_it_says_how_it_goes(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    tray = Tray(window, LiveActions(window), available=lambda: True)
    tray.open()
    icon = tray.findChild(QSystemTrayIcon)
    assert isinstance(icon, QSystemTrayIcon)
    assert icon.toolTip() == "FER Desktop: Not watching"
    tray.show_state(PipelineState.PAUSED)
    assert icon.toolTip() == "FER Desktop: Paused"
    tray.show_state(PipelineState.RUNNING, waiting=True)
    assert icon.toolTip() == "FER Desktop: Waiting for the picture"
    with qtbot.waitSignal(tray.show_action.triggered):
        icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
    tray.close()
    tray.close()


@pytest.mark.parametrize("state", list(PipelineState))
def test_every_state_has_a_symbol(qtbot: QtBot, state: PipelineState) -> None:
    assert not make_state_icon(state).isNull()


def test_what_can_be_done_follows_the_state(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    actions = LiveActions(window)
    assert not actions.pause.isEnabled()
    actions.show_state(PipelineState.RUNNING)
    assert actions.pause.text() == "Pause"
    assert actions.bookmark.isEnabled()
    actions.show_state(PipelineState.PAUSED)
    assert actions.pause.text() == "Resume"
    actions.show_state(PipelineState.FAULTED)
    assert not actions.pause.isEnabled()
    assert actions.stop.isEnabled()
