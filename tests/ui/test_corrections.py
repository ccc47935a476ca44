"""The review window, where the teacher corrects who is who and sees who was there."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from fer_desktop.analysis.attendance import AttendanceRow
from fer_desktop.errors import StorageError
from fer_desktop.storage.values import StoredSettlement
from fer_desktop.types import Event, EventKind
from tests.ui.fake_store import FakeStore, make_session
from ui.dialogs.base import Dialog, make_confirmation_dialog
from ui.dialogs.brief_dialog import BriefDialog, describe_settlement
from ui.dialogs.student_dialogs import ClockBox, JoinDialog, SplitDialog
from ui.export.export_dialog import ExportDialog
from ui.review.attendance_table import AttendanceTable
from ui.review.review_window import ReviewWindow


@pytest.fixture
def store() -> FakeStore:
    store = FakeStore([make_session(1), make_session(2, course="")])
    store.stored_events = [Event(EventKind.BOOKMARK, 100, "group work")]
    return store


@pytest.fixture
def window(qtbot: QtBot, store: FakeStore) -> Iterator[ReviewWindow]:
    window = ReviewWindow(store, lambda *_, **__: None)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.refresh(select=1)
    qtbot.waitUntil(window.page.isVisible)
    yield window
    window.wait()


def choose(qtbot: QtBot, window: ReviewWindow, student: int) -> None:
    window.page.students.select(student)
    qtbot.waitUntil(window.page.student_card.correct_button.isVisible)


def dialog_of(qtbot: QtBot, window: ReviewWindow, kind: type[Dialog]) -> Dialog:
    qtbot.waitUntil(lambda: window.findChild(kind) is not None)
    dialog = window.findChild(kind)
    assert isinstance(dialog, kind)
    return dialog


def wait_for_words(qtbot: QtBot, window: ReviewWindow, words: str, *, shown: str) -> None:
    """The correction is done and reported, and the page is read again with the student selected."""
    qtbot.waitUntil(lambda: window.done.text == words)
    qtbot.waitUntil(lambda: window.page.student_card.title.text() == shown)


def labels(window: ReviewWindow, *, attendance: bool = False) -> list[object]:
    students = window.page.students
    model = (students.attendance if attendance else students.table).model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def write_name(window: ReviewWindow, name: str) -> None:
    """Renames in place, as F2 does it."""
    window.page.student_card.rename_action.trigger()
    editor = window.page.students.current.findChild(QLineEdit)
    assert isinstance(editor, QLineEdit)
    editor.selectAll()
    QTest.keyClick(editor, Qt.Key.Key_Delete)
    QTest.keyClicks(editor, name)
    QTest.keyClick(editor, Qt.Key.Key_Return)


def test_f2_names_a_student_in_place_and_keeps_the_selection(
    qtbot: QtBot, window: ReviewWindow, store: FakeStore
) -> None:
    choose(qtbot, window, 3)
    with qtbot.waitActive(window):
        window.activateWindow()
    window.page.students.table.setFocus()
    with qtbot.waitSignal(window.page.student_card.rename_action.triggered):
        QTest.keyClick(window.page.students.table, Qt.Key.Key_F2)
    write_name(window, " Zoe  Kim ")
    wait_for_words(qtbot, window, "Student 3 is now called Zoe Kim.", shown="Zoe Kim")
    assert store.names == {3: "Zoe Kim"}
    assert labels(window)[2] == "Zoe Kim"
    write_name(window, "")
    wait_for_words(qtbot, window, "The name Zoe Kim was removed.", shown="Student 3")
    assert store.names == {}


def test_a_name_that_stays_the_same_is_not_stored(qtbot: QtBot, window: ReviewWindow, store: FakeStore) -> None:
    choose(qtbot, window, 3)
    write_name(window, "  ")
    window.wait()
    assert store.names == {}
    assert not window.done.isVisible()


def test_a_name_that_cannot_be_stored_says_why(qtbot: QtBot, window: ReviewWindow, store: FakeStore) -> None:
    choose(qtbot, window, 3)
    store.failure = StorageError("the database is locked")
    write_name(window, "Zoe")
    qtbot.waitUntil(window.problem.isVisible)
    assert labels(window)[2] == "Student 3"


def test_two_are_said_to_be_the_same_after_a_question(qtbot: QtBot, window: ReviewWindow, store: FakeStore) -> None:
    store.together = {1: 120, 4: 1}
    choose(qtbot, window, 3)
    window.page.student_card.join_action.trigger()
    dialog = dialog_of(qtbot, window, JoinDialog)
    assert isinstance(dialog, JoinDialog)
    offered = [dialog.choice.itemText(row) for row in range(dialog.choice.count())]
    assert offered == ["Student 2", "Student 5", "Student 1", "Student 4"], "who was never seen beside them is first"
    assert dialog.doubt.text() == "They were never seen at the same time."
    dialog.choice.setCurrentIndex(2)
    assert dialog.doubt.text().startswith("They were seen at the same time for 2 min")
    dialog.choice.setCurrentIndex(0)
    QTest.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)
    wait_for_words(qtbot, window, "Student 3 and Student 2 are now one student.", shown="Student 2")
    assert store.joined == [(1, 3, 2)]


def test_a_question_that_is_cancelled_changes_nothing(qtbot: QtBot, window: ReviewWindow, store: FakeStore) -> None:
    choose(qtbot, window, 3)
    window.page.student_card.join_action.trigger()
    dialog_of(qtbot, window, JoinDialog).reject()
    window.page.student_card.split_action.trigger()
    dialog_of(qtbot, window, SplitDialog).reject()
    window.wait()
    assert (store.joined, store.split) == ([], [])


def test_from_the_marked_moment_on_it_was_somebody_else(qtbot: QtBot, window: ReviewWindow, store: FakeStore) -> None:
    choose(qtbot, window, 3)
    moments = window.page.moments.list
    moments.itemActivated.emit(moments.item(0))
    assert window.page.readout.text().startswith("1:40 is marked.")
    window.page.student_card.split_action.trigger()
    dialog = dialog_of(qtbot, window, SplitDialog)
    assert isinstance(dialog, SplitDialog)
    assert dialog.time.text() == "1:40"
    QTest.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)
    wait_for_words(qtbot, window, "Everything about Student 3 from 1:40 now belongs to Student 6.", shown="Student 6")
    assert store.split == [(1, 3, 100)]
    assert window.page.readout.text().startswith("1:40 is marked."), "the view stays as it was"


def test_without_a_marked_moment_the_time_is_asked(qtbot: QtBot, window: ReviewWindow, store: FakeStore) -> None:
    choose(qtbot, window, 3)
    window.page.student_card.split_action.trigger()
    dialog = dialog_of(qtbot, window, SplitDialog)
    assert isinstance(dialog, SplitDialog)
    dialog.time.selectAll()
    QTest.keyClicks(dialog.time, "2:05")
    dialog.accept()
    qtbot.waitUntil(lambda: store.split == [(1, 3, 125)])


@pytest.mark.parametrize(
    ("text", "second"), [("0:30", 30), ("2:05", 125), ("1:00:01", 3601), ("90", 90), (" 12:34 ", 754)]
)
def test_a_time_is_written_as_clocks_show_it(qtbot: QtBot, text: str, second: int) -> None:
    box = ClockBox()
    qtbot.addWidget(box)
    box.setRange(0, 7200)
    assert box.validate(text, 0)[0] is box.validate("0:00", 0)[0]
    assert box.valueFromText(text) == second
    assert box.valueFromText("nothing") == box.value()


def test_a_session_that_is_still_recorded_cannot_be_corrected(qtbot: QtBot) -> None:
    window = ReviewWindow(FakeStore([make_session(1, ended_at=None)]), lambda *_, **__: None)
    qtbot.addWidget(window)
    window.show()
    window.refresh()
    qtbot.waitUntil(window.page.isVisible)
    choose(qtbot, window, 3)
    assert not window.page.student_card.correct_button.isEnabled()
    assert not window.page.student_card.rename_action.isEnabled()
    window.wait()


def show_attendance(window: ReviewWindow) -> None:
    window.page.students.tabs.setCurrentIndex(1)


def test_attendance_tells_times_and_shares(qtbot: QtBot, window: ReviewWindow) -> None:
    show_attendance(window)
    card = window.page.students
    assert card.attendance.isVisible()
    assert not card.table.isVisible()
    model = card.attendance.model()
    row = [model.index(0, column).data() for column in range(model.columnCount())]
    assert (row[0], row[3:]) == ("Student 1", ["5 min · 100 %", "4 min", ""])
    assert card.attendance.isColumnHidden(5), "there is no roster"
    assert card.sum.text() == "5 in view"
    card.select(4)
    qtbot.waitUntil(window.page.student_card.timeline.isVisible)
    card.tabs.setCurrentIndex(0)
    assert card.table.selectionModel().selectedRows()[0].row() == 3, "both tables have one selection"


def test_attendance_tells_of_whom_some_time_was_left_out(qtbot: QtBot) -> None:
    seen = AttendanceRow(1, "Student 1", 0, 299, 100, 100, None, watched_seconds=200, excluded_seconds=100)
    rows = [seen, replace(seen, student=2, view_seconds=0), replace(seen, student=3, excluded=True)]
    table = AttendanceTable()
    qtbot.addWidget(table)
    table.show_attendance(rows, make_session(1), names={1: "", 2: "", 3: ""}, editable=True)
    assert [table.model().index(row, 3).data() for row in range(3)] == [
        "1 min · 50 % · excluded for 1 min",
        "not in view · excluded for 1 min",
        "excluded",
    ]


def test_a_roster_shows_who_was_not_seen_and_who_is_not_on_it(
    qtbot: QtBot, window: ReviewWindow, store: FakeStore, tmp_path: Path
) -> None:
    path = tmp_path / "class.csv"
    path.write_text("name\nZoe Kim\nAdil\nAdil\n")
    store.names = {2: "zoe kim"}
    show_attendance(window)
    menu = window.page.students.roster_button.menu()
    assert menu is not None
    assert [action.text() for action in menu.actions()][:2] == ["Import roster…", "Delete roster…"]
    assert not menu.actions()[1].isEnabled()
    menu.actions()[0].trigger()
    dialog = window.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(str(path))
    dialog.close()
    question = dialog_of(qtbot, window, Dialog)
    assert question.text() == (
        "Import the roster of Physics 101? 2 names: Zoe Kim, Adil.\nLine 4 is skipped: Adil is already in line 3."
    )
    assert store.rosters == {}, "nothing is stored before the answer"
    question.accept()
    qtbot.waitUntil(lambda: window.findChild(Dialog) is None)
    qtbot.waitUntil(lambda: "Adil" in labels(window, attendance=True))
    assert store.rosters == {"Physics 101": ["Zoe Kim", "Adil"]}
    assert window.done.text == "Roster of Physics 101: 2 names."
    words = "5 in view · on the roster but not seen: Adil · 4 students not on the roster"
    assert window.page.students.sum.text() == words
    model = window.page.students.attendance.model()
    row = [model.index(5, column).data() for column in range(model.columnCount())]
    assert row == ["Adil", "–", "–", "not seen", "–", "yes"]
    window.page.students.attendance.selectRow(5)
    assert not window.page.student_card.correct_button.isVisible(), "there is nothing to show of who was not seen"
    assert menu.actions()[0].text() == "Replace roster…"
    menu.actions()[1].trigger()
    question = dialog_of(qtbot, window, Dialog)
    question.accept()
    qtbot.waitUntil(lambda: store.rosters == {"Physics 101": []})
    qtbot.waitUntil(lambda: window.page.students.sum.text() == "5 in view")


def test_a_roster_that_cannot_be_read_says_why(qtbot: QtBot, window: ReviewWindow, tmp_path: Path) -> None:
    (tmp_path / "class.csv").write_text("")
    window.rosters.import_from(tmp_path / "class.csv", "Physics 101")
    qtbot.waitUntil(window.problem.isVisible)
    assert "is empty" in window.problem.text


def test_an_old_roster_is_replaced_only_when_the_teacher_says_so(
    qtbot: QtBot, window: ReviewWindow, store: FakeStore, tmp_path: Path
) -> None:
    store.rosters = {"Physics 101": ["Ann Lee"]}
    (tmp_path / "class.csv").write_text("Surname;Mark\n" + "".join(f"Kim{chr(97 + n)};{n}\n" for n in range(7)))
    window.rosters.import_from(tmp_path / "class.csv", "Physics 101")
    question = dialog_of(qtbot, window, Dialog)
    assert question.text() == (
        "Replace the roster of Physics 101? 7 names: Kima, Kimb, Kimc, Kimd, Kime and 2 more.\n"
        "The 1 name saved for this course will be replaced.\n"
        'Only the column "Surname" is read, so the names are halves; give the first names a title too.'
    )
    question.reject()
    window.wait()
    assert store.rosters == {"Physics 101": ["Ann Lee"]}


@pytest.mark.parametrize("order", list(Qt.SortOrder))
@pytest.mark.parametrize("column", range(6))
def test_names_without_a_match_come_last_however_the_table_is_sorted(
    qtbot: QtBot, window: ReviewWindow, store: FakeStore, column: int, order: Qt.SortOrder
) -> None:
    store.rosters = {"Physics 101": ["Adil", "Zoe"]}
    store.names = {1: "Öykü", 2: "Petra", 3: "Zoran", 4: "olga"}
    store.stored_events = [Event(EventKind.STUDENT_EXCLUDED, 5, student=3)]
    window.refresh(select=1)
    qtbot.waitUntil(lambda: "Adil" in labels(window, attendance=True))
    table = window.page.students.attendance
    table.sortByColumn(column, order)
    shown = labels(window, attendance=True)
    assert shown[4] == "Zoran"
    assert set(shown[5:]) == {"Adil", "Zoe"}
    assert table.model().index(4, 3).data() == "excluded"
    if column == 0:
        names = ["olga", "Öykü", "Petra", "Student 5"]
        assert shown[:4] == (names if order is Qt.SortOrder.AscendingOrder else names[::-1])


def test_a_question_that_comes_late_is_not_asked(qtbot: QtBot, window: ReviewWindow, store: FakeStore) -> None:
    choose(qtbot, window, 3)
    window.page.student_card.join_action.trigger()
    window.page.students.select(4)
    qtbot.waitUntil(lambda: not window.busy)
    assert window.findChild(JoinDialog) is None, "another student is chosen by then"
    window.page.student_card.join_action.trigger()
    window.page.student_card.split_action.trigger()
    qtbot.waitUntil(lambda: not window.busy)
    assert window.findChild(JoinDialog) is None, "another question is open by then"
    dialog_of(qtbot, window, SplitDialog).reject()


def test_a_name_with_braces_is_only_a_name(qtbot: QtBot, window: ReviewWindow, store: FakeStore) -> None:
    choose(qtbot, window, 3)
    write_name(window, "Tom {he}")
    wait_for_words(qtbot, window, "Student 3 is now called Tom {he}.", shown="Tom {he}")
    window.page.student_card.split_action.trigger()
    dialog_of(qtbot, window, SplitDialog).accept()
    wait_for_words(qtbot, window, "Everything about Tom {he} from 2:30 now belongs to Student 6.", shown="Student 6")


def test_without_a_course_there_is_no_roster(qtbot: QtBot, window: ReviewWindow) -> None:
    window.refresh(select=2)
    qtbot.waitUntil(lambda: window.page.summary is not None and window.page.summary.id == 2)
    menu = window.page.students.roster_button.menu()
    assert menu is not None
    assert not menu.actions()[0].isEnabled()
    assert "has no course" in window.page.students.roster_button.toolTip()


def test_the_attendance_is_exported_from_its_own_tab(qtbot: QtBot, window: ReviewWindow) -> None:
    show_attendance(window)
    QTest.mouseClick(window.page.students.export_button, Qt.MouseButton.LeftButton)
    dialog = dialog_of(qtbot, window, ExportDialog)
    assert isinstance(dialog, ExportDialog)
    chosen = dialog.buttons_of_choices.checkedButton()
    assert chosen is not None
    assert chosen.text() == "Attendance (CSV)"
    dialog.reject()


def test_an_aggregate_session_has_no_attendance(qtbot: QtBot) -> None:
    window = ReviewWindow(FakeStore([make_session(1, aggregate_only=True)], students=0), lambda *_, **__: None)
    qtbot.addWidget(window)
    window.show()
    window.refresh()
    qtbot.waitUntil(window.page.isVisible)
    assert not window.page.students.tabs.isTabEnabled(1)
    window.wait()


@pytest.mark.parametrize(("width", "beside"), [(820, False), (1240, True)])
def test_the_page_stays_whole_in_a_small_window(qtbot: QtBot, window: ReviewWindow, width: int, beside: bool) -> None:
    window.resize(width, 560)
    choose(qtbot, window, 3)
    page = window.page
    qtbot.waitUntil(lambda: (page.students.y() == page.student_card.y()) is beside)
    below_timeline = page.timeline.mapTo(page, QPoint(0, page.timeline.height())).y()
    assert page.students.mapTo(page, QPoint()).y() > below_timeline, "nothing overlaps"
    assert page.students.table.columnWidth(0) >= page.fontMetrics().horizontalAdvance("Student 12")


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape])
def test_enter_and_escape_answer_a_question_before_a_loss_with_no(
    qtbot: QtBot, window: ReviewWindow, key: Qt.Key
) -> None:
    question = make_confirmation_dialog(window, title="Erase?", about="It is gone then.", action="Erase")
    question.open()
    with qtbot.waitSignal(question.rejected):
        QTest.keyClick(question.reject_button, key)


class TestSeenBriefly:
    def test_without_anybody_seen_briefly_nothing_is_offered(self, window: ReviewWindow) -> None:
        assert not window.page.students.brief_button.isVisible()

    def test_who_was_merged_or_removed_is_listed_and_can_be_restored(
        self, qtbot: QtBot, window: ReviewWindow, store: FakeStore
    ) -> None:
        store.brief = [StoredSettlement(6, 2, 100, 12), StoredSettlement(7, None, 200, 4)]
        window.refresh(select=1)
        qtbot.waitUntil(window.page.students.brief_button.isVisible)
        assert window.page.students.brief_button.text() == "2 seen briefly…"
        window.page.students.brief_button.click()
        dialog = dialog_of(qtbot, window, BriefDialog)
        assert isinstance(dialog, BriefDialog)
        dialog.restore_buttons[0].click()
        wait_for_words(qtbot, window, "Student 6 is a student again.", shown="Student 6")
        assert window.page.students.brief_button.text() == "1 seen briefly…"

    def test_each_is_described_by_when_and_with_whom(self) -> None:
        labels = {2: "Ann Lee"}
        assert (
            describe_settlement(StoredSettlement(6, 2, 200, 12), labels)
            == "Student 6, 12 s from 3:20: merged with Ann Lee"
        )
        assert describe_settlement(StoredSettlement(7, None, 60, 4), labels) == "Student 7, 4 s from 1:00: removed"
