"""The course of a lesson, given in the review."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from fer_desktop.messages import literal
from tests.ui.fake_store import FakeStore, make_session
from tests.ui.reviews import open_review
from ui.review.courses import CourseDialog
from ui.review.review_window import ReviewWindow


def ask_for_course(window: ReviewWindow) -> CourseDialog:
    QTest.mouseClick(window.page.course_button, Qt.MouseButton.LeftButton)
    dialog = window.findChild(CourseDialog)
    assert dialog is not None
    return dialog


def test_the_course_of_the_calendar_is_filled_in_where_a_lesson_has_none(qtbot: QtBot) -> None:
    store = FakeStore([make_session(1, course="")])
    started = store.sessions[1].started_at
    with open_review(qtbot, store, course_by_time=lambda moment: "Physics" if moment == started else None) as window:
        dialog = ask_for_course(window)
        hint = next(label for label in dialog.findChildren(QLabel) if label.text() == "From your calendar")
        assert dialog.course() == "Physics"
        assert hint.isVisible()
        QTest.keyClick(dialog.line, Qt.Key.Key_X)
        assert hint.isHidden(), "the teacher's own words"
        dialog.reject()


def test_the_calendar_names_no_course_by_the_guessed_date_of_a_recording(qtbot: QtBot) -> None:
    store = FakeStore([make_session(1, course="", source=literal("monday.mp4"))])
    with open_review(qtbot, store, course_by_time=lambda _: "Physics") as window:
        assert window.page.about.text().endswith("date from the file")
        dialog = ask_for_course(window)
        assert dialog.course() == ""
        dialog.reject()


def test_a_lesson_gets_its_course_afterwards(qtbot: QtBot) -> None:
    store = FakeStore([make_session(1, course="Chemistry"), make_session(2), make_session(3)])
    with open_review(qtbot, store) as window:
        dialog = ask_for_course(window)
        assert dialog.line.text() == "Physics 101"
        dialog.line.setText(" Chemistry  9b ")
        dialog.accept_button.click()
        qtbot.waitUntil(lambda: window.page.title.text() == "Chemistry 9b")
        assert store.sessions[3].course == "Chemistry 9b"
        assert window.done.text == "This lesson belongs to Chemistry 9b now."
