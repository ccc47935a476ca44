"""The page after a lesson: three answers from what is stored, with ways to the moment and to the student."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from fer_desktop.types import Event, EventKind, FlagKind
from tests.evidence import EYES_CLOSED, MOOD_FELL
from tests.ui.fake_store import FakeStore, make_session
from tests.ui.reviews import open_review
from ui.review.follow_up_page import FollowUpPage
from ui.review.review_window import ReviewWindow

_SECONDS = 900


@pytest.fixture
def store() -> FakeStore:
    store = FakeStore([make_session(number, seconds=_SECONDS) for number in (1, 2)], seconds=_SECONDS, students=8)
    store.names = {4: "Zoë Kim"}
    store.stored_events = [
        Event(EventKind.NOTE, 390, "proof too fast"),
        Event(EventKind.FLAG_RAISED, 400, "", None, FlagKind.CLASS_DROP, MOOD_FELL),
        Event(EventKind.FLAG_RAISED, 500, "", 4, FlagKind.DROWSY, EYES_CLOSED),
        Event(EventKind.FLAG_CLEARED, 560, "", 4, FlagKind.DROWSY),
    ]
    return store


@pytest.fixture
def window(qtbot: QtBot, store: FakeStore) -> Iterator[ReviewWindow]:
    with open_review(qtbot, store, select=2) as window:
        yield window


def open_page(qtbot: QtBot, window: ReviewWindow) -> FollowUpPage:
    QTest.mouseClick(window.page.follow_up_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(window.sides.follow_up.isVisible)
    return window.sides.follow_up


def test_it_answers_three_questions_of_the_open_lesson(qtbot: QtBot, window: ReviewWindow) -> None:
    page = open_page(qtbot, window)
    texts = page.texts()
    titles = ("Where the class was lost", "Who to talk to", "Better than last time")
    assert [text for text in texts if text in titles] == list(titles)
    assert 'You noted at 6:30: "proof too fast"' in texts
    assert "Eyes closed for 1 min." in texts
    assert "Looking down or glasses can look the same." in texts
    assert (
        texts[-1]
        == "Nothing was clearly better. Small differences do not count. Compared with Tuesday 24 November 2026."
    )


def test_a_moment_leads_to_the_timeline(qtbot: QtBot, window: ReviewWindow) -> None:
    page = open_page(qtbot, window)
    link = next(each for each in page.links() if each.text() == "6:40")
    QTest.mouseClick(link, Qt.MouseButton.LeftButton)
    assert window.page.isVisible()
    assert window.page.marked_second == 400


def test_a_student_leads_to_their_lessons(qtbot: QtBot, window: ReviewWindow) -> None:
    page = open_page(qtbot, window)
    link = next(each for each in page.links() if each.text() == "Zoë Kim")
    QTest.keyClick(link, Qt.Key.Key_Return)
    qtbot.waitUntil(window.sides.student.isVisible)
    assert window.sides.student.head.title.text() == "Zoë Kim"


def test_another_lesson_replaces_what_was_shown(qtbot: QtBot, window: ReviewWindow, store: FakeStore) -> None:
    open_page(qtbot, window)
    store.stored_events = []
    QTest.keyClick(window.sides.follow_up.head.back, Qt.Key.Key_Space)
    window.refresh(select=1)
    qtbot.waitUntil(lambda: window.page.summary is not None and window.page.summary.id == 1)
    page = open_page(qtbot, window)
    qtbot.waitUntil(lambda: "Zoë Kim" not in page.texts())
    assert any(text.startswith("Nobody stands out.") for text in page.texts())
    assert page.texts()[-1].startswith("This is the first lesson of the course.")


def test_a_lesson_that_is_still_recorded_has_no_such_page(qtbot: QtBot, window: ReviewWindow, store: FakeStore) -> None:
    store.sessions[9] = make_session(9, ended_at=None, seconds=_SECONDS)
    window.refresh(select=9)
    qtbot.waitUntil(lambda: window.page.summary is not None and window.page.summary.id == 9)
    assert not window.page.follow_up_button.isEnabled()
