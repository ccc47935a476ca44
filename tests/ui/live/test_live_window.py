"""The live window with a session that the test drives by hand."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from fer_desktop.messages import literal
from fer_desktop.types import Expression, Pace, PipelineState, Presence
from tests.fakes import make_probabilities
from tests.ui.fakes import FakeLiveSession, make_class, make_observation, make_student
from tests.ui.live.driving import activate, attach, click
from ui.dialogs.base import Dialog
from ui.live.footer import describe_figures
from ui.live.live_window import LiveWindow
from ui.on_top import keep_on_top
from ui.stylesheet import set_role
from ui.widgets.button_row import ButtonRow


def test_it_opens_stopped_with_what_can_be_watched(window: LiveWindow) -> None:
    assert window.header.state.text() == "Not watching"
    assert window.start_panel.isVisible()
    assert not window.footer.isVisible()
    assert not window.watching


def test_the_students_have_the_focus_as_soon_as_there_are_any(
    qtbot: QtBot, window: LiveWindow, session: FakeLiveSession
) -> None:
    activate(qtbot, window)
    assert window.focusWidget() is window.start_panel.choices()[0]
    attach(window, session)
    window.show_observation(make_observation([make_student(1)], 20))
    window.repaint_now()
    assert window.focusWidget() is window.watch_panel.students.view


def test_an_observation_reaches_every_part_of_the_window(
    qtbot: QtBot, window: LiveWindow, session: FakeLiveSession
) -> None:
    attach(window, session)
    students = [make_student(1, expression=Expression.HAPPY), make_student(2, Presence.CAMERA_OFF, since=600)]
    session.publish(make_observation(students, 754, probabilities=make_probabilities(happy=0.8)))
    qtbot.waitUntil(lambda: window.header.headline.text() not in ("", "One moment…"))
    assert window.header.state.text() == "Watching"
    assert window.header.elapsed.text() == "·  12:34"
    assert window.header.headline.text() == "1 of 2 visible, mostly happy"
    assert window.header.detail.text() == "1 camera off"
    assert window.watch_panel.bars.describe().startswith("happy 80 %")
    assert window.watch_panel.bars.describe().endswith("disgusted* 0 %, * often misread")
    assert window.watch_panel.students.texts() == ["Student 2: camera off for 2 min", "Student 1: happy"]
    assert window.footer.figures.text() == "", "figures are for whoever looks for them"
    window.footer.figures_switch.click()
    session.publish(make_observation(students, 755, probabilities=make_probabilities(happy=0.8)))
    qtbot.waitUntil(lambda: bool(window.footer.figures.text()))
    assert "4.9 frames/s · 118 ms behind · 1 face in 2 tiles · 3 skipped" in window.footer.figures.text()
    assert window.watch_panel.mood_chart.accessibleDescription() == "The mood is positive now"


def test_only_the_newest_observation_is_painted(qtbot: QtBot, window: LiveWindow, session: FakeLiveSession) -> None:
    attach(window, session)
    for second in range(50):
        session.publish(make_observation([make_student(1)], second, probabilities=make_probabilities()))
    qtbot.waitUntil(lambda: window.header.elapsed.text() == "·  0:49")


def test_an_observation_does_not_wait_for_the_next_tick(qtbot: QtBot, session: FakeLiveSession) -> None:
    window = LiveWindow(repaint_ms=3_600_000)
    qtbot.addWidget(window)
    window.show()
    attach(window, session)
    session.publish(make_observation([make_student(1)], 5, probabilities=make_probabilities()))
    qtbot.waitUntil(lambda: window.header.elapsed.text() == "·  0:05")
    qtbot.wait(130)  # those that come sooner wait for the tick
    session.publish(make_observation([make_student(1)], 6, probabilities=make_probabilities()))
    qtbot.waitUntil(lambda: window.header.elapsed.text() == "·  0:06")
    window.detach()


def test_while_the_session_is_saved_its_notices_are_shown(
    qtbot: QtBot, window: LiveWindow, session: FakeLiveSession
) -> None:
    attach(window, session)
    window.show_stopping()
    session.notice = literal("kept in memory: the database is locked")
    session.wake()
    qtbot.waitUntil(window.banners.notice.isVisible)
    assert window.banners.notice.text == "Kept in memory: the database is locked."


def test_the_buttons_do_what_they_say(qtbot: QtBot, window: LiveWindow, session: FakeLiveSession) -> None:
    attach(window, session)
    click(window.footer.pause)
    assert session.calls == [("pause",)]
    assert window.header.state.text() == "Paused"
    assert window.footer.pause.text() == "Resume"
    click(window.footer.pause)
    assert session.calls[-1] == ("resume",)
    with qtbot.waitSignal(window.stop_requested):
        click(window.footer.stop)


def test_the_keyboard_does_the_same(qtbot: QtBot, window: LiveWindow, session: FakeLiveSession) -> None:
    attach(window, session)
    activate(qtbot, window)
    QTest.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert session.calls == [("pause",)]
    with qtbot.waitSignal(window.stop_requested):
        QTest.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    for key, signal in (
        (Qt.Key.Key_R, window.review_requested),
        (Qt.Key.Key_Comma, window.settings_requested),
    ):
        with qtbot.waitSignal(signal):
            QTest.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(window.shared_actions.user_guide.triggered):
        QTest.keyClick(window, Qt.Key.Key_F1)


def test_a_bookmark_takes_a_note_without_a_dialog(qtbot: QtBot, window: LiveWindow, session: FakeLiveSession) -> None:
    attach(window, session)
    activate(qtbot, window)
    QTest.keyClick(window, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    note = window.bookmark_bar.note
    assert note.isVisible()
    QTest.keyClicks(note, "group work ")
    QTest.keyClick(note, Qt.Key.Key_Return)
    assert session.calls == [("bookmark", "group work", None)]
    assert not window.bookmark_bar.isVisible()


def test_bookmarks_stand_in_the_chart_and_move_on_with_it(window: LiveWindow, session: FakeLiveSession) -> None:
    attach(window, session)
    chart = window.watch_panel.mood_chart
    window.show_observation(make_observation(make_class(3, 700), 700, probabilities=make_probabilities()))
    window.repaint_now()
    window.bookmark_bar.bookmark_now()
    assert chart.bookmark_minutes == [0]
    assert chart.accessibleDescription().endswith("1 bookmark")
    window.show_observation(make_observation(make_class(3, 760), 760, probabilities=make_probabilities()))
    window.repaint_now()
    assert chart.bookmark_minutes == [-1]
    window.show_observation(make_observation(make_class(3, 1400), 1400, probabilities=make_probabilities()))
    window.repaint_now()
    assert chart.bookmark_minutes == []


def test_a_bookmark_of_a_class_without_expressions_stands_in_its_chart(
    window: LiveWindow, session: FakeLiveSession
) -> None:
    session.expressions_on = False
    attach(window, session)
    window.show_observation(make_observation(make_class(3, 700), 700))
    window.repaint_now()
    window.bookmark_bar.bookmark_now()
    assert window.watch_panel.presence_chart.bookmark_minutes == [0]


def test_the_buttons_take_more_lines_before_a_text_is_cut(window: LiveWindow, session: FakeLiveSession) -> None:
    attach(window, session)
    row = window.footer.findChild(ButtonRow)
    assert row is not None
    widths = [each.sizeHint().width() for each in (window.footer.pause, window.footer.bookmark, window.footer.stop)]
    for width, in_line in ((sum(widths) + 16, 3), (sum(widths), 2), (max(widths), 1)):
        row.resize(width, 100)
        assert row.in_line == in_line


def test_escape_gives_a_bookmark_up(window: LiveWindow, session: FakeLiveSession) -> None:
    attach(window, session)
    click(window.footer.bookmark)
    QTest.keyClick(window.bookmark_bar.note, Qt.Key.Key_Escape)
    assert not window.bookmark_bar.isVisible()
    assert session.calls == []


@pytest.mark.parametrize("how", ["paused", "covered"])
def test_while_nobody_is_watched_what_is_shown_says_of_when_it_is(
    window: LiveWindow, session: FakeLiveSession, how: str
) -> None:
    attach(window, session)
    window.show_observation(make_observation([make_student(1), make_student(2)], 293))
    window.repaint_now()
    panel = window.watch_panel
    assert panel.mood_title.text() == "Class mood now"
    if how == "paused":
        session.state = PipelineState.PAUSED
    else:
        session.picture_lost = literal("the window is covered")
    window.repaint_now()
    assert panel.mood_title.text() == "Class mood, last seen at 4:53"
    assert panel.students.title.text() == "Students, last seen at 4:53"
    session.state, session.picture_lost = PipelineState.RUNNING, None
    window.repaint_now()
    assert (panel.mood_title.text(), panel.students.title.text()) == ("Class mood now", "Students")


def test_without_a_session_pause_and_bookmark_do_nothing(window: LiveWindow) -> None:
    window.toggle_pause()
    window.open_bookmark()
    assert not window.bookmark_bar.isVisible()


def test_a_fault_is_shown_with_a_way_out(qtbot: QtBot, window: LiveWindow, session: FakeLiveSession) -> None:
    attach(window, session)
    session.state, session.fault = PipelineState.FAULTED, literal("The screen cannot be captured any more.")
    session.notice = literal("something smaller")
    session.wake()
    qtbot.waitUntil(window.banners.fault.isVisible)
    assert window.banners.fault.text == "The screen cannot be captured any more."
    assert window.header.state.text() == "Stopped by a problem"
    assert not window.banners.notice.isVisible(), "one message at a time"
    assert not window.footer.pause.isEnabled()
    with qtbot.waitSignal(window.restart_requested):
        click(window.banners.fault.button)


def test_a_notice_comes_and_goes(qtbot: QtBot, window: LiveWindow, session: FakeLiveSession) -> None:
    attach(window, session)
    session.notice = literal("The watched region is black.")
    qtbot.waitUntil(window.banners.notice.isVisible)
    assert window.banners.notice.text == "The watched region is black."
    session.notice = None
    qtbot.waitUntil(lambda: not window.banners.notice.isVisible())


def test_the_end_of_a_recording_is_reported_once(qtbot: QtBot, window: LiveWindow, session: FakeLiveSession) -> None:
    attach(window, session)
    with qtbot.waitSignal(window.ended):
        session.state = PipelineState.STOPPED
    with qtbot.assertNotEmitted(window.ended, wait=300):
        pass


def test_where_expressions_are_off_presence_is_shown_instead(
    qtbot: QtBot, window: LiveWindow, session: FakeLiveSession
) -> None:
    session.expressions_on = False
    attach(window, session)
    session.publish(make_observation([make_student(1), make_student(2)], 5))
    qtbot.waitUntil(lambda: window.header.headline.text() not in ("", "One moment…"))
    assert window.banners.law.text == "Expressions are off here."
    assert window.header.headline.text() == "2 of 2 visible"
    assert not window.watch_panel.bars.isVisible()
    assert not window.watch_panel.mood_chart.isVisible()
    assert window.watch_panel.presence_chart.isVisible()
    assert window.watch_panel.students.texts() == ["Student 1: visible", "Student 2: visible"]


def test_an_aggregate_session_shows_no_student_and_no_mood_of_few(
    qtbot: QtBot, window: LiveWindow, session: FakeLiveSession
) -> None:
    attach(window, session, aggregate_only=True)
    session.publish(make_observation([make_student(n) for n in range(1, 5)], 5, probabilities=make_probabilities()))
    qtbot.waitUntil(lambda: window.header.headline.text() not in ("", "One moment…"))
    assert window.header.headline.text() == "4 of 4 visible"
    assert window.watch_panel.bars.describe() == "The mood appears when 5 or more faces are visible."
    assert window.watch_panel.students.texts() == []
    session.publish(make_observation([make_student(n) for n in range(1, 6)], 6, probabilities=make_probabilities()))
    qtbot.waitUntil(lambda: window.header.headline.text() == "5 of 5 visible, mostly neutral")
    assert window.watch_panel.bars.describe().startswith("happy 0 %")


def test_the_window_turns_into_two_columns_where_there_is_room(qtbot: QtBot, window: LiveWindow) -> None:
    window.resize(360, 700)
    qtbot.waitUntil(lambda: window.watch_panel.columns == 1)
    window.resize(1000, 700)
    attach(window, FakeLiveSession())
    qtbot.waitUntil(lambda: window.watch_panel.columns == 2)


@pytest.mark.parametrize("expressions_on", [True, False])
def test_it_stays_usable_at_360_pixels(
    qtbot: QtBot, window: LiveWindow, session: FakeLiveSession, expressions_on: bool
) -> None:
    session.expressions_on = expressions_on
    attach(window, session)
    window.resize(360, 820)
    session.publish(make_observation(make_class(27, 700), 700, probabilities=make_probabilities()))
    qtbot.waitUntil(lambda: window.header.headline.text() not in ("", "One moment…"))
    window.watch_panel.students.select(7)
    QApplication.processEvents()
    assert window.width() == 360
    content = window.watch_panel.widget()
    assert content is not None
    assert content.width() <= window.watch_panel.viewport().width(), "nothing is cut off"


def test_every_button_has_a_name_for_screen_readers(window: LiveWindow) -> None:
    nameless = [button for button in window.findChildren(QPushButton) if not (button.accessibleName() or button.text())]
    assert [button for button in nameless if button.isVisible()] == []


def test_figures_leave_out_what_there_is_nothing_of(session: FakeLiveSession) -> None:
    assert describe_figures(session.stats, None) == "4.9 frames/s · 118 ms behind · 3 skipped"


@pytest.mark.parametrize(
    ("pace", "short", "why"),
    [
        (Pace.ON_BATTERY, "on battery: reading less often", "Plug it in"),
        (Pace.BUSY, "computer busy: reading less often", "Other programs keep this computer busy"),
    ],
)
def test_it_says_that_faces_are_read_less_often_and_why_while_they_are(
    qtbot: QtBot, window: LiveWindow, session: FakeLiveSession, pace: Pace, short: str, why: str
) -> None:
    attach(window, session)
    observation = make_observation(make_class(3, 700), 700, probabilities=make_probabilities())
    session.publish(replace(observation, result=replace(observation.result, pace=pace)))
    qtbot.waitUntil(lambda: window.footer.figures.text().startswith(short))
    assert window.footer.details.isVisible()
    window.footer.details.click()
    dialog = next(each for each in window.findChildren(Dialog) if each.isVisible())
    assert why in dialog.text()
    dialog.accept()
    session.publish(make_observation(make_class(3, 701), 701, probabilities=make_probabilities()))
    qtbot.waitUntil(lambda: not window.footer.details.isVisible())
    assert window.footer.figures.text() == ""


def test_keeping_on_top_leaves_a_hidden_window_hidden(qtbot: QtBot) -> None:
    window = LiveWindow()
    qtbot.addWidget(window)
    keep_on_top(window, on=True)
    assert window.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
    assert not window.isVisible()


def test_a_part_changes_its_role_once(qtbot: QtBot) -> None:
    button = QPushButton("Stop")
    qtbot.addWidget(button)
    set_role(button, "danger")
    set_role(button, "danger")
    assert button.property("role") == "danger"
