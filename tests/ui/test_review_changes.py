"""Notes and bookmarks afterwards, and deleting a session with some time to take it back."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from fer_desktop.analysis.drops import Drop
from fer_desktop.errors import StorageError
from fer_desktop.types import Event, EventKind, FlagKind
from tests.evidence import NOT_IN_CALL
from tests.ui.fake_store import FakeStore, make_session
from ui.dialogs.base import Dialog
from ui.review.annotation_dialog import AnnotationDialog
from ui.review.deletions import UNDO_S
from ui.review.moments import MomentFilter, describe_drop
from ui.review.review_window import ReviewWindow
from ui.review.undo_banner import UndoBanner


@pytest.fixture
def store() -> FakeStore:
    store = FakeStore([make_session(1, course="Chemistry"), make_session(2), make_session(3)])
    store.stored_events = [
        Event(EventKind.BOOKMARK, 100, "group work", id=1),
        Event(EventKind.FLAG_RAISED, 200, "", 3, FlagKind.AWAY, NOT_IN_CALL, id=2),
        Event(EventKind.NOTE, 250, "asked a lot", 3, id=3),
    ]
    return store


@pytest.fixture
def window(qtbot: QtBot, store: FakeStore) -> Iterator[ReviewWindow]:
    window = ReviewWindow(store, lambda *_, **__: None)
    qtbot.addWidget(window)
    window.show()
    window.refresh()
    qtbot.waitUntil(window.page.isVisible)
    qtbot.waitUntil(lambda: not window.busy)
    yield window
    window.deletions.undo()
    window.wait()


def delete_newest(qtbot: QtBot, window: ReviewWindow) -> None:
    """The session that is open; the one before it takes its place."""
    window.page.delete_requested.emit()
    qtbot.waitUntil(lambda: window.page.summary is not None and window.page.summary.id == 2)
    qtbot.waitUntil(lambda: not window.busy)


def delete_moment(window: ReviewWindow, row: int) -> None:
    window.page.moments.list.setCurrentRow(row)
    window.page.moments.delete_action.trigger()


def erase(window: ReviewWindow, student: int) -> None:
    """Asks for it and agrees."""
    [summary] = [each for each in window.page.students_shown() if each.student == student]
    window.page.erase_requested.emit(summary)
    question = window.findChildren(Dialog)[-1]
    question.accept_button.click()


def moments(window: ReviewWindow) -> list[str]:
    shown = window.page.moments.list
    return [shown.item(row).text() for row in range(shown.count())]


def mark_dialog(window: ReviewWindow) -> AnnotationDialog:
    dialog = window.findChild(AnnotationDialog)
    assert isinstance(dialog, AnnotationDialog)
    return dialog


def activate(qtbot: QtBot, window: ReviewWindow) -> None:
    """Keys that count in the whole window count in the active one."""
    with qtbot.waitActive(window):
        window.activateWindow()


def listed(window: ReviewWindow) -> list[str]:
    return [each for each in window.finder.list.titles() if "student" in each]


def test_a_note_is_written_at_the_marked_moment_about_a_student(
    qtbot: QtBot, window: ReviewWindow, store: FakeStore
) -> None:
    window.page.timeline.show_moment(120)
    window.page.moments.add_note.trigger()
    dialog = mark_dialog(window)
    assert not dialog.accept_button.isEnabled(), "a note needs words"
    assert dialog.time.value() == 120
    QTest.keyClicks(dialog.line, " helped the others ")
    dialog.subject.setCurrentIndex(dialog.subject.findText("Student 4"))
    QTest.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "2:00   Student 4: helped the others" in moments(window))
    assert store.stored_events[-1] == Event(EventKind.NOTE, 120, "helped the others", 4)
    assert window.done.text == "Note saved."


def test_a_bookmark_needs_no_words_and_is_about_nobody(qtbot: QtBot, window: ReviewWindow, store: FakeStore) -> None:
    window.page.moments.add_bookmark.trigger()
    dialog = mark_dialog(window)
    assert not dialog.subject.isVisible()
    dialog.time.setValue(30)
    dialog.accept()
    qtbot.waitUntil(lambda: "0:30   Bookmark" in moments(window))
    assert store.stored_events[-1] == Event(EventKind.BOOKMARK, 30)


def test_the_words_of_a_note_are_changed_with_f2(qtbot: QtBot, window: ReviewWindow, store: FakeStore) -> None:
    window.page.moments.list.setCurrentRow(2)
    window.page.moments.edit_action.trigger()
    dialog = mark_dialog(window)
    assert dialog.line.text() == "asked a lot"
    dialog.line.setText("asked a little")
    dialog.accept()
    qtbot.waitUntil(lambda: "4:10   Student 3: asked a little" in moments(window))


def test_a_deleted_note_can_be_brought_back(qtbot: QtBot, window: ReviewWindow, store: FakeStore) -> None:
    delete_moment(window, 2)
    qtbot.waitUntil(window.undo_annotation.isVisible)
    qtbot.waitUntil(lambda: len(moments(window)) == 2)
    assert [each.id for each in store.stored_events] == [1, 2]
    QTest.mouseClick(window.undo_annotation.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(moments(window)) == 3)
    assert store.stored_events[-1] == Event(EventKind.NOTE, 250, "asked a lot", 3)
    assert not window.undo_annotation.isVisible()


def test_taking_back_leads_the_keyboard_back_to_where_it_was(qtbot: QtBot, window: ReviewWindow) -> None:
    activate(qtbot, window)
    window.page.moments.list.setFocus()
    delete_moment(window, 2)
    qtbot.waitUntil(window.undo_annotation.button.hasFocus)
    window.undo_annotation.button.click()
    qtbot.waitUntil(lambda: len(moments(window)) == 3)
    assert window.page.moments.list.hasFocus()


def test_a_note_on_a_student_who_was_joined_meanwhile_comes_back_as_the_classs(
    qtbot: QtBot, window: ReviewWindow, store: FakeStore
) -> None:
    delete_moment(window, 2)
    qtbot.waitUntil(window.undo_annotation.isVisible)
    store.joined.append((3, 3, 1))
    QTest.mouseClick(window.undo_annotation.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: store.stored_events[-1] == Event(EventKind.NOTE, 250, "asked a lot"))


@pytest.mark.parametrize("erased_first", [True, False])
def test_a_note_that_is_deleted_while_its_student_is_erased_does_not_come_back(
    qtbot: QtBot, window: ReviewWindow, store: FakeStore, erased_first: bool
) -> None:
    window.page.moments.list.setCurrentRow(2)
    steps = [lambda: erase(window, 3), window.page.moments.delete_action.trigger]
    for step in steps if erased_first else steps[::-1]:
        step()
    qtbot.waitUntil(lambda: store.erased == [(3, 3)] and len(moments(window)) == 2)
    qtbot.waitUntil(lambda: not window.busy)
    assert not window.undo_annotation.isVisible()


def test_erasing_a_student_withdraws_the_offer_of_their_note_and_of_no_other(
    qtbot: QtBot, window: ReviewWindow, store: FakeStore
) -> None:
    delete_moment(window, 2)
    qtbot.waitUntil(window.undo_annotation.isVisible)
    erase(window, 4)
    qtbot.waitUntil(lambda: window.done.text == "Student 4 was erased.")
    assert window.undo_annotation.isVisible(), "the note is on another student"
    erase(window, 3)
    assert not window.undo_annotation.isVisible()


def test_a_note_on_a_student_who_was_joined_with_one_who_is_erased_does_not_come_back(
    qtbot: QtBot, window: ReviewWindow, store: FakeStore
) -> None:
    delete_moment(window, 2)
    qtbot.waitUntil(window.undo_annotation.isVisible)
    store.joined.append((3, 3, 1))
    window.refresh(select=3)
    qtbot.waitUntil(lambda: [each.student for each in window.page.students_shown()] == [1, 2, 4, 5])
    erase(window, 1)
    assert not window.undo_annotation.isVisible()


@pytest.mark.parametrize("on_server", [False, True])
def test_a_deletion_on_a_server_says_what_it_does_not_reach(
    qtbot: QtBot, window: ReviewWindow, store: FakeStore, on_server: bool
) -> None:
    store.on_server = on_server
    window.page.erase_requested.emit(window.page.students_shown()[0])
    question = window.findChildren(Dialog)[-1]
    assert ("its logs and backups may keep this" in question.text()) is on_server
    question.reject()


def test_what_cannot_be_brought_back_now_can_be_tried_again(
    qtbot: QtBot, window: ReviewWindow, store: FakeStore
) -> None:
    delete_moment(window, 2)
    qtbot.waitUntil(window.undo_annotation.isVisible)
    store.failure = StorageError("the database is locked")
    QTest.mouseClick(window.undo_annotation.button, Qt.MouseButton.LeftButton)
    assert not window.undo_annotation.button.isEnabled(), "one click is enough"
    qtbot.waitUntil(window.problem.isVisible)
    store.failure = None
    QTest.mouseClick(window.undo_annotation.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(moments(window)) == 3)


def test_a_note_is_deleted_while_a_session_waits_and_each_can_be_brought_back(
    qtbot: QtBot, window: ReviewWindow, store: FakeStore
) -> None:
    delete_newest(qtbot, window)
    delete_moment(window, 0)
    qtbot.waitUntil(lambda: len(moments(window)) == 2)
    assert window.undo_annotation.text == "Bookmark deleted."
    assert window.undo.isVisible()
    assert 3 in store.sessions, "it still waits"
    window.undo_annotation.end()
    assert not window.undo_annotation.isVisible(), "it cannot be taken back for ever"
    QTest.mouseClick(window.undo.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.undo.isVisible())
    assert 3 in store.sessions


def test_what_happened_can_neither_be_changed_nor_deleted(window: ReviewWindow) -> None:
    card = window.page.moments
    card.list.setCurrentRow(1)
    assert not card.edit_action.isEnabled()
    assert not card.delete_action.isEnabled()
    card.list.setCurrentRow(0)
    assert card.edit_action.isEnabled()


def test_moments_are_listed_by_their_kind(window: ReviewWindow) -> None:
    choice = window.page.moments.filter_box
    choice.setCurrentIndex(choice.findData(MomentFilter.OWN))
    assert moments(window) == ["1:40   group work", "4:10   Student 3: asked a lot"]
    choice.setCurrentIndex(choice.findData(MomentFilter.FLAGS))
    assert moments(window) == ["3:20   Student 3: not in the call for 2 min"]
    choice.setCurrentIndex(choice.findData(MomentFilter.DROPS))
    assert moments(window) == []
    assert window.page.moments.nothing.text() == "None of this kind in this lesson."


def test_a_drop_is_described_in_words() -> None:
    assert describe_drop(Drop(60, 0.4, -0.2)) == "The mood dropped from positive to slightly negative"
    assert describe_drop(Drop(60, 0.8, 0.5)) == "The mood dropped but stayed positive"


def test_a_session_that_is_recorded_takes_no_marks_here(qtbot: QtBot) -> None:
    window = ReviewWindow(FakeStore([make_session(1, ended_at=None)]), lambda *_, **__: None)
    qtbot.addWidget(window)
    window.show()
    window.refresh()
    qtbot.waitUntil(window.page.isVisible)
    assert not window.page.moments.add_note.isEnabled()
    window.close()


def test_a_deleted_session_is_out_of_sight_and_can_be_taken_back(
    qtbot: QtBot, window: ReviewWindow, store: FakeStore
) -> None:
    assert window.page.summary is not None
    assert window.page.summary.id == 3
    QTest.mouseClick(window.page.delete_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(listed(window)) == 2)
    assert window.undo.isVisible()
    assert window.undo.text.startswith("Deleted: Physics 101, ")
    assert "30" not in window.undo.text, "no number of seconds, which would have to count down"
    assert window.findChild(Dialog) is None, "no question: it can be undone"
    assert 3 in store.sessions
    qtbot.waitUntil(lambda: window.page.summary is not None and window.page.summary.id == 2)
    QTest.mouseClick(window.undo.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(listed(window)) == 3)
    assert not window.undo.isVisible()
    qtbot.waitUntil(lambda: window.page.summary is not None and window.page.summary.id == 3)


@pytest.mark.parametrize("key", ["Return", "Enter", "Ctrl+Z"])
def test_a_deletion_is_taken_back_with_the_keyboard(
    qtbot: QtBot, window: ReviewWindow, store: FakeStore, key: str
) -> None:
    activate(qtbot, window)
    QTest.mouseClick(window.page.delete_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(listed(window)) == 2)
    assert window.focusWidget() is window.undo.button
    QTest.keySequence(window.undo.button, key)
    assert not window.undo.isVisible()
    qtbot.waitUntil(lambda: len(listed(window)) == 3)


def test_ctrl_z_takes_back_what_was_deleted_last_wherever_one_is_in_the_window(
    qtbot: QtBot, window: ReviewWindow, store: FakeStore
) -> None:
    delete_newest(qtbot, window)
    delete_moment(window, 2)
    qtbot.waitUntil(lambda: len(moments(window)) == 2)
    activate(qtbot, window)
    window.finder.list.setFocus()
    QTest.keySequence(window.finder.list, "Ctrl+Z")
    qtbot.waitUntil(lambda: len(moments(window)) == 3)
    assert window.undo.isVisible(), "the session is still out of sight"
    QTest.keySequence(window.finder.list, "Ctrl+Z")
    assert not window.undo.isVisible()


def test_ctrl_z_in_a_text_is_the_texts(qtbot: QtBot, window: ReviewWindow) -> None:
    window.page.delete_requested.emit()
    qtbot.waitUntil(lambda: len(listed(window)) == 2)
    line = window.finder.findChild(QLineEdit)
    assert line is not None
    activate(qtbot, window)
    line.setFocus()
    QTest.keyClicks(line, "Phy")
    QTest.keySequence(line, "Ctrl+Z")
    assert line.text() == ""
    assert window.undo.isVisible()


def test_after_its_time_the_session_is_gone(qtbot: QtBot, store: FakeStore) -> None:
    window = ReviewWindow(store, lambda *_, **__: None, undo_s=0.1)
    qtbot.addWidget(window)
    window.show()
    window.refresh()
    qtbot.waitUntil(window.page.isVisible)
    window.page.delete_requested.emit()
    assert 3 in store.sessions
    qtbot.waitUntil(lambda: 3 not in store.sessions)
    qtbot.waitUntil(lambda: not window.undo.isVisible())
    qtbot.waitUntil(lambda: not window.busy)
    window.wait()


def test_a_deletion_can_be_taken_back_for_half_a_minute() -> None:
    assert UNDO_S == 30


def test_an_offer_to_undo_ends_after_its_time(qtbot: QtBot) -> None:
    banner = UndoBanner()
    qtbot.addWidget(banner)
    banner.show()
    banner.offer("Note deleted.", lambda: None, for_s=0.05)
    assert banner.isVisible()
    qtbot.waitUntil(lambda: not banner.isVisible())


def test_a_deleted_session_is_nothing_to_compare_with_and_its_end_disturbs_nobody(
    qtbot: QtBot, window: ReviewWindow, store: FakeStore
) -> None:
    store.sessions[4] = make_session(4)
    store.names = {4: "Zoë Kim"}
    window.refresh(select=4)
    qtbot.waitUntil(lambda: window.page.summary is not None and window.page.summary.id == 4)
    window.page.delete_requested.emit()
    qtbot.waitUntil(lambda: window.page.summary is not None and window.page.summary.id == 3)
    window.page.compare_requested.emit()
    compare = window.sides.compare
    qtbot.waitUntil(compare.isVisible)
    assert [compare.others.itemData(row) for row in range(compare.others.count())] == [2]
    window.page.student_page_requested.emit(window.page.students_shown()[3])
    qtbot.waitUntil(window.sides.student.isVisible)
    assert window.sides.student.table.rowCount() == 2
    window.deletions.settle()
    qtbot.waitUntil(lambda: 4 not in store.sessions and not window.busy)
    assert window.sides.student.isVisible()
    window.sides.lesson_requested.emit(3)
    qtbot.waitUntil(window.page.isVisible)


def test_a_second_deletion_ends_the_first(qtbot: QtBot, window: ReviewWindow, store: FakeStore) -> None:
    window.page.delete_requested.emit()
    qtbot.waitUntil(lambda: window.page.summary is not None and window.page.summary.id == 2)
    window.page.delete_requested.emit()
    qtbot.waitUntil(lambda: 3 not in store.sessions)
    assert 2 in store.sessions
    assert window.deletions.hidden == 2


def test_closing_the_window_deletes_at_once(qtbot: QtBot, window: ReviewWindow, store: FakeStore) -> None:
    window.page.delete_requested.emit()
    window.close()
    assert 3 not in store.sessions
    assert not window.isVisible()


def test_a_window_that_closes_tells_what_could_not_be_deleted(
    qtbot: QtBot, window: ReviewWindow, store: FakeStore
) -> None:
    window.page.delete_requested.emit()
    qtbot.waitUntil(lambda: not window.busy)
    store.failure = StorageError("the database is locked")
    window.close()
    assert window.isVisible()
    assert window.problem.text == "The database is locked."
    assert 3 in store.sessions
    store.failure = None
    window.close()
    assert not window.isVisible()
    assert 3 in store.sessions, "it was reported, and stays until it is deleted again"


def test_a_deletion_that_fails_brings_the_session_back_and_says_why(
    qtbot: QtBot, window: ReviewWindow, store: FakeStore
) -> None:
    def refuse(session_id: int) -> None:
        raise StorageError("the disk is full")

    window.page.delete_requested.emit()
    qtbot.waitUntil(lambda: len(listed(window)) == 2)
    store.delete_session = refuse  # type: ignore[method-assign]
    window.deletions.settle()
    qtbot.waitUntil(lambda: len(listed(window)) == 3)
    assert window.problem.text == "The disk is full."


def test_a_window_that_closes_in_the_middle_of_a_deletion_tells_that_it_failed(
    qtbot: QtBot, window: ReviewWindow, store: FakeStore
) -> None:
    window.page.delete_requested.emit()
    qtbot.waitUntil(lambda: not window.busy)
    store.failure = StorageError("the database is locked")
    window.deletions.settle()
    window.close()
    assert window.isVisible()
    assert window.problem.text == "The database is locked."
    store.failure = None
    window.close()
    assert not window.isVisible()


def test_a_window_that_closes_in_the_middle_of_an_erasure_shows_that_it_failed(
    qtbot: QtBot, window: ReviewWindow, store: FakeStore, caplog: pytest.LogCaptureFixture
) -> None:
    store.failure = StorageError("the database is locked")
    erase(window, 3)
    window.close()
    assert window.isVisible()
    assert window.problem.text == "The database is locked."
    assert caplog.messages == ["The database is locked."]
    store.failure = None
    window.close()
    assert not window.isVisible()


def test_a_second_click_on_undo_deletes_nothing_else(qtbot: QtBot, window: ReviewWindow, store: FakeStore) -> None:
    QTest.mouseClick(window.page.delete_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(listed(window)) == 2)
    qtbot.waitUntil(window.undo.button.isVisible)
    place = window.undo.button.mapTo(window, window.undo.button.rect().center())
    click_at(window, place)
    qtbot.waitUntil(lambda: len(listed(window)) == 3)
    assert window.done.text == "Lesson restored."
    QTest.qWait(50)  # the page has moved to where it stays
    click_at(window, place)
    assert (len(listed(window)), window.deletions.hidden) == (3, None)


def click_at(window: ReviewWindow, place: QPoint) -> None:
    """Clicks the widget that is at this place now."""
    under = window.childAt(place)
    assert under is not None
    QTest.mouseClick(under, Qt.MouseButton.LeftButton, pos=under.mapFrom(window, place))


def test_old_lessons_that_were_deleted_are_listed_and_can_be_restored(
    qtbot: QtBot, window: ReviewWindow, store: FakeStore
) -> None:
    assert not window.purged.isVisible()
    store.now = make_session(2).started_at
    store.purge_expired(store.expired_sessions(0), clock_confirmed=True)
    window.refresh()
    qtbot.waitUntil(window.purged.isVisible)
    assert "1 old lesson was deleted" in window.purged.text
    assert len(listed(window)) == 2
    window.purged.button.click()
    qtbot.waitUntil(lambda: len(listed(window)) == 3)
    qtbot.waitUntil(lambda: not window.purged.isVisible())
