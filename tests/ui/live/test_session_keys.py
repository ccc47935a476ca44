"""Marking and pausing a session: from the window, and from the call, which has the keyboard then."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from fer_desktop.messages import literal
from tests.ui.fakes import FakeKeys, FakeLiveSession, make_observation, make_student
from ui.desktop_keys import Key
from ui.live.live_window import LiveWindow


@pytest.fixture
def keys() -> FakeKeys:
    return FakeKeys()


@pytest.fixture
def window(qtbot: QtBot, keys: FakeKeys) -> Iterator[LiveWindow]:
    window = LiveWindow(keys)
    qtbot.addWidget(window)
    window.set_options(on_top=False, quiet=False, keys_everywhere=True)
    with qtbot.waitExposed(window):
        window.show()
    yield window
    window.detach()


def watch(window: LiveWindow, session: FakeLiveSession, *, second: int = 754) -> None:
    window.attach(session, source="Window of Zoom", aggregate_only=False, law_line=None)
    window.show_observation(make_observation([make_student(1)], second))
    window.repaint_now()


def test_a_bookmark_is_confirmed_for_some_seconds_where_the_figures_stand(
    window: LiveWindow, session: FakeLiveSession
) -> None:
    window.footer.figures_switch.setChecked(True)
    watch(window, session)
    assert "frames/s" in window.footer.figures.text()
    QTest.mouseClick(window.footer.bookmark, Qt.MouseButton.LeftButton)
    QTest.keyClick(window.bookmark_bar.note, Qt.Key.Key_Return)
    window.show_observation(make_observation([make_student(1)], 755))
    window.repaint_now()
    assert window.footer.figures.text() == "Bookmark saved at 12:34."


def test_keys_are_held_only_while_a_session_is_on(window: LiveWindow, session: FakeLiveSession, keys: FakeKeys) -> None:
    assert keys.held == frozenset()
    watch(window, session)
    assert keys.held == frozenset(Key)
    window.detach()
    assert keys.held == frozenset()


def test_a_moment_is_kept_without_a_question_and_without_taking_the_keyboard(
    window: LiveWindow, session: FakeLiveSession, keys: FakeKeys
) -> None:
    watch(window, session)
    keys.press(Key.BOOKMARK)
    assert session.calls == [("bookmark", "", 754)]
    assert not window.bookmark_bar.isVisible()
    assert window.footer.figures.text() == "Bookmark saved at 12:34."


def test_a_note_that_is_being_written_keeps_its_own_moment(
    window: LiveWindow, session: FakeLiveSession, keys: FakeKeys
) -> None:
    watch(window, session)
    QTest.mouseClick(window.footer.bookmark, Qt.MouseButton.LeftButton)
    window.show_observation(make_observation([make_student(1)], 760))
    keys.press(Key.BOOKMARK)
    QTest.keyClick(window.bookmark_bar.note, Qt.Key.Key_Return)
    assert session.calls == [("bookmark", "", 760), ("bookmark", "", 754)]


def test_before_the_first_picture_it_says_that_it_will_be_kept(
    window: LiveWindow, session: FakeLiveSession, keys: FakeKeys
) -> None:
    window.attach(session, source="Window of Zoom", aggregate_only=False, law_line=None)
    keys.press(Key.BOOKMARK)
    assert session.calls == [("bookmark", "", None)]
    assert window.footer.figures.text() == "It will be saved once there is a picture."


def test_pause_and_on_again(window: LiveWindow, session: FakeLiveSession, keys: FakeKeys) -> None:
    watch(window, session)
    keys.press(Key.PAUSE)
    keys.press(Key.PAUSE)
    assert session.calls == [("pause",), ("resume",)]


def test_who_does_not_want_them_leaves_them_to_other_programs(
    window: LiveWindow, session: FakeLiveSession, keys: FakeKeys
) -> None:
    watch(window, session)
    window.set_options(on_top=False, quiet=False, keys_everywhere=False)
    assert keys.held == frozenset()
    assert window.footer.bookmark.toolTip() == "Ctrl+B"


class TestWhereAnotherProgramHasOne:
    @pytest.fixture
    def keys(self) -> FakeKeys:
        return FakeKeys(taken=frozenset({Key.PAUSE}))

    def test_the_buttons_name_the_keys_that_were_available(self, window: LiveWindow, session: FakeLiveSession) -> None:
        watch(window, session)
        assert window.footer.bookmark.toolTip() == "Ctrl+B, or Ctrl+Shift+F9 in any program"
        assert window.footer.pause.toolTip() == "Ctrl+P"


class TestWhatIsBeingWritten:
    """A bookmark that is being written is kept when something else happens."""

    def test_a_second_bookmark_keeps_the_first_with_its_words(
        self, window: LiveWindow, session: FakeLiveSession
    ) -> None:
        watch(window, session, second=300)
        window.open_bookmark()
        QTest.keyClicks(window.bookmark_bar.note, "group work")
        window.show_observation(make_observation([make_student(1)], 310))
        window.open_bookmark()
        QTest.keyClick(window.bookmark_bar.note, Qt.Key.Key_Return)
        assert session.calls == [("bookmark", "group work", 300), ("bookmark", "", 310)]

    def test_a_note_on_another_student_keeps_the_first(self, window: LiveWindow, session: FakeLiveSession) -> None:
        watch(window, session)
        window.show_observation(make_observation([make_student(1), make_student(2)], 754))
        window.repaint_now()
        students = window.watch_panel.students
        students.select(1)
        students.note_button.click()
        QTest.keyClicks(students.note_bar.note, "asks well")
        students.select(2)
        students.note_button.click()
        assert session.calls == [("note", 1, "asks well", 754)]

    def test_the_end_of_the_session_keeps_it_too(self, window: LiveWindow, session: FakeLiveSession) -> None:
        watch(window, session, second=300)
        window.open_bookmark()
        QTest.keyClicks(window.bookmark_bar.note, "bell")
        window.show_stopping()
        assert session.calls == [("bookmark", "bell", 300)]


class TestWhileNothingIsSeen:
    """What was seen last is no news."""

    def test_a_lost_picture_is_shown_in_place_of_the_class(self, window: LiveWindow, session: FakeLiveSession) -> None:
        watch(window, session)
        session.picture_lost = session.notice = literal("the watched window is closed: open the call again")
        window.repaint_now()
        assert (window.header.state.text(), window.header.headline.text()) == (
            "Waiting for the picture",
            "Not watching",
        )
        session.picture_lost = session.notice = None
        window.show_observation(make_observation([make_student(1)], 800))
        window.repaint_now()
        assert (window.header.state.text(), window.header.headline.text()) == (
            "Watching",
            "1 of 1 visible",
        )

    def test_so_is_a_pause(self, window: LiveWindow, session: FakeLiveSession) -> None:
        watch(window, session)
        window.toggle_pause()
        assert (window.header.state.text(), window.header.headline.text()) == ("Paused", "Not watching")
