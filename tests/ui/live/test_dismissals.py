"""A dismissed flag is out of sight at once, and out of the session once nothing can be undone any more."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from fer_desktop.types import Flag, FlagKind, Presence
from tests.evidence import EYES_CLOSED, MOOD_FELL
from tests.ui.fakes import FakeLiveSession, make_flag, make_observation, make_student
from tests.ui.live.driving import activate, attach, click
from ui.live.live_window import LiveWindow

AWAY = make_flag(3)
DROWSY = replace(AWAY, kind=FlagKind.DROWSY, evidence=EYES_CLOSED)
DROP = Flag(FlagKind.CLASS_DROP, None, 170, MOOD_FELL)


def show(window: LiveWindow, *flags: Flag, second: int = 190) -> None:
    """One student, who has these flags, or the class has."""
    own = [flag for flag in flags if flag.student is not None]
    observation = make_observation([make_student(3, Presence.AWAY, flags=own)], second)
    window.show_observation(replace(observation, class_flags=tuple(flag for flag in flags if flag.student is None)))
    window.repaint_now()


def shown(window: LiveWindow) -> int:
    """How many students the window shows with flags."""
    return sum("since" in text for text in window.watch_panel.students.texts())


@pytest.fixture
def flagged(window: LiveWindow, session: FakeLiveSession) -> FakeLiveSession:
    """A running session with a student who has a flag, and is selected."""
    attach(window, session)
    show(window, AWAY)
    assert shown(window) == 1
    window.watch_panel.students.select(3)
    return session


def test_it_goes_at_once_and_nothing_moves(qtbot: QtBot, window: LiveWindow, flagged: FakeLiveSession) -> None:
    height = window.footer.height()
    click(window.watch_panel.students.dismiss_button)
    assert shown(window) == 0
    assert window.footer.figures.text() == "Flag for Student 3 dismissed."
    qtbot.waitUntil(window.footer.undo.isVisible)
    assert window.footer.height() == height
    assert flagged.calls == [], "it can still be undone"


def test_undone_it_has_never_been_dismissed(window: LiveWindow, flagged: FakeLiveSession) -> None:
    click(window.watch_panel.students.dismiss_button)
    click(window.footer.undo)
    assert (shown(window), window.footer.undo.isVisible()) == (1, False)
    window.footer.show_status("Bookmark kept.")
    assert flagged.calls == []


def test_the_keys_do_the_same(qtbot: QtBot, window: LiveWindow, flagged: FakeLiveSession) -> None:
    view = window.watch_panel.students.view
    activate(qtbot, window)
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Delete)
    assert shown(window) == 0
    QTest.keyClick(view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert shown(window) == 1
    assert view.hasFocus(), "the keyboard stays where it was"


def test_where_words_are_written_the_key_undoes_words(
    qtbot: QtBot, window: LiveWindow, flagged: FakeLiveSession
) -> None:
    card = window.watch_panel.students
    click(card.dismiss_button)
    activate(qtbot, window)
    click(card.note_button)
    QTest.keyClicks(card.note_bar.note, "ask")
    QTest.keyClick(card.note_bar.note, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (card.note_bar.note.text(), shown(window)) == ("", 0)


def test_two_flags_of_one_student_go_and_come_back_together(window: LiveWindow, flagged: FakeLiveSession) -> None:
    show(window, AWAY, DROWSY)
    click(window.watch_panel.students.dismiss_button)
    assert shown(window) == 0
    click(window.footer.undo)
    (row,) = window.watch_panel.students.texts()
    assert "Eyes mostly closed" in row
    assert "Not in the call" in row
    click(window.watch_panel.students.dismiss_button)
    window.footer.end_offer()
    assert flagged.calls == [("dismiss", AWAY), ("dismiss", DROWSY)]


def test_after_some_seconds_the_session_hears_of_it(
    qtbot: QtBot, window: LiveWindow, flagged: FakeLiveSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.live.footer._OFFER_MS", 30)
    click(window.watch_panel.students.dismiss_button)
    qtbot.waitUntil(lambda: flagged.calls == [("dismiss", AWAY)])
    assert not window.footer.undo.isVisible()


def test_it_stays_out_of_sight_until_the_session_has_heard(window: LiveWindow, flagged: FakeLiveSession) -> None:
    click(window.watch_panel.students.dismiss_button)
    window.footer.show_status("Bookmark kept.")
    assert flagged.calls == [("dismiss", AWAY)]
    show(window, AWAY, second=191)
    assert shown(window) == 0
    show(window, second=192)
    show(window, AWAY, second=400)
    assert shown(window) == 1, "it was raised again"


def test_a_second_dismissal_carries_the_first_out(window: LiveWindow, flagged: FakeLiveSession) -> None:
    show(window, AWAY, DROP)
    click(window.watch_panel.students.dismiss_button)
    click(window.banners.class_flag.button)
    assert (flagged.calls, window.banners.class_flag.isVisible()) == ([("dismiss", AWAY)], False)
    assert window.footer.figures.text() == "Class flag dismissed."
    click(window.footer.undo)
    assert (window.banners.class_flag.isVisible(), shown(window)) == (True, 0)


def test_stopping_carries_it_out(window: LiveWindow, flagged: FakeLiveSession) -> None:
    click(window.watch_panel.students.dismiss_button)
    window.show_stopping()
    assert (flagged.calls, window.footer.undo.isVisible()) == ([("dismiss", AWAY)], False)


def test_nothing_of_it_reaches_another_session(window: LiveWindow, flagged: FakeLiveSession) -> None:
    click(window.watch_panel.students.dismiss_button)
    window.detach()
    following = FakeLiveSession(state=flagged.state)
    attach(window, following)
    assert not window.footer.undo.isVisible()
    show(window, AWAY)
    assert (shown(window), following.calls) == (1, [])
