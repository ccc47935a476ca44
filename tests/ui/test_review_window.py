"""The review window over a store in memory."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QProgressBar
from pytestqt.qtbot import QtBot

from fer_desktop.errors import StorageError
from fer_desktop.types import Event, EventKind, FlagKind
from tests.evidence import NOT_IN_CALL
from tests.ui.fake_store import FakeStore, make_session, make_summary
from ui.dialogs.base import Dialog
from ui.export.export_dialog import ExportDialog, ExportRequest
from ui.review.review_window import ReviewWindow
from ui.review.session_list import describe_session, name_session
from ui.review.session_page import describe_figures
from ui.review.students_table import StudentTable, describe_mostly
from ui.window_places import place_at_left


class Exports:
    """Keeps what was asked to be written; raises `failure` while it is set."""

    def __init__(self) -> None:
        self.made: list[tuple[int, str, Path, int | None, str]] = []
        self.failure: Exception | None = None

    def __call__(
        self,
        session_id: int,
        *,
        format: str,
        path: Path,
        student: int | None = None,
        part: str = "all",
        individuals: bool = True,
        password: str | None = None,
    ) -> None:
        if self.failure is not None:
            raise self.failure
        self.made.append((session_id, format, path, student, part))


@pytest.fixture
def store() -> FakeStore:
    store = FakeStore([make_session(1, course="Chemistry"), make_session(2), make_session(3, simulated=True)])
    store.stored_events = [
        Event(EventKind.FLAG_RAISED, 200, "", 3, FlagKind.AWAY, NOT_IN_CALL),
        Event(EventKind.BOOKMARK, 100, "group work"),
    ]
    return store


@pytest.fixture
def exports() -> Exports:
    return Exports()


@pytest.fixture
def window(qtbot: QtBot, store: FakeStore, exports: Exports) -> Iterator[ReviewWindow]:
    window = ReviewWindow(store, exports)
    qtbot.addWidget(window)
    window.show()
    yield window
    window.wait()


def open_newest(qtbot: QtBot, window: ReviewWindow) -> None:
    window.refresh()
    qtbot.waitUntil(window.page.isVisible)


def answer(qtbot: QtBot, window: ReviewWindow, *, yes: bool) -> str:
    """Clicks in the open question; what it asked."""
    dialog = window.findChild(Dialog)
    assert isinstance(dialog, Dialog)
    button = dialog.accept_button if yes else dialog.reject_button
    asked = dialog.text()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    return asked


def test_without_sessions_it_says_how_to_make_one(qtbot: QtBot, exports: Exports) -> None:
    window = ReviewWindow(FakeStore(), exports)
    qtbot.addWidget(window)
    window.show()
    window.refresh()
    qtbot.waitUntil(window.empty.isVisible)
    assert "Choose what to watch" in window.empty.text()


def test_it_fits_a_small_screen_at_twice_the_scale(qtbot: QtBot, window: ReviewWindow) -> None:
    open_newest(qtbot, window)
    free = QRect(0, 0, 960, 500)  # of 1920 x 1080 pixels, less a task bar
    place_at_left(window, free)
    assert free.contains(window.geometry())
    page = window.page
    for button in (page.export_button, page.delete_button):
        assert window.rect().contains(QRect(button.mapTo(window, QPoint()), button.size()))


def test_the_newest_session_opens_first(qtbot: QtBot, window: ReviewWindow) -> None:
    open_newest(qtbot, window)
    assert window.page.summary is not None
    assert window.page.summary.id == 3
    assert "Simulated class" in window.page.figures.text()


def test_a_session_can_be_asked_for(qtbot: QtBot, window: ReviewWindow) -> None:
    window.refresh(select=1)
    qtbot.waitUntil(window.page.isVisible)
    assert window.page.title.text() == "Chemistry"
    assert "52 min" in window.page.about.text()
    assert window.page.figures.text() == "27 students · Mood slightly positive · 2 bookmarks · 3 flags"


def test_moments_are_in_order_and_lead_to_their_place(qtbot: QtBot, window: ReviewWindow) -> None:
    open_newest(qtbot, window)
    moments = window.page.moments.list
    assert [moments.item(row).text() for row in range(moments.count())] == [
        "1:40   group work",
        "3:20   Student 3: not in the call for 2 min",
    ]
    with qtbot.waitSignal(window.page.timeline.range_changed):
        moments.itemActivated.emit(moments.item(0))


def test_a_student_is_shown_on_selection(qtbot: QtBot, window: ReviewWindow) -> None:
    open_newest(qtbot, window)
    assert not window.page.student_card.timeline.isVisible()
    window.page.students.table.select(4)
    qtbot.waitUntil(window.page.student_card.timeline.isVisible)
    assert window.page.student_card.title.text() == "Student 4"


def test_the_table_tells_time_and_shares_and_sorts(qtbot: QtBot, window: ReviewWindow) -> None:
    open_newest(qtbot, window)
    model = window.page.students.table.model()
    row = [model.index(0, column).data() for column in range(model.columnCount())]
    assert row == ["Student 1", "5 min", "95 %", "89 %", "neutral", ""]
    window.page.students.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert model.index(0, 0).data() == "Student 5"


def test_the_table_begins_with_who_was_flagged_and_sorts_names_as_names(qtbot: QtBot) -> None:
    table = StudentTable()
    qtbot.addWidget(table)
    students = [make_summary(n, 300, name) for n, name in ((2, "zoë"), (5, None), (7, None), (11, "Adil"), (12, "Éva"))]
    table.show_students(students, expressions_on=True, editable=True)
    assert table.order() == [7, 2, 5, 11, 12], "the seventh has a flag"
    table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    assert table.order() == [11, 12, 5, 7, 2]


def test_an_aggregate_session_has_no_table(qtbot: QtBot, exports: Exports) -> None:
    window = ReviewWindow(FakeStore([make_session(1, aggregate_only=True)], students=0), exports)
    qtbot.addWidget(window)
    window.show()
    open_newest(qtbot, window)
    assert not window.page.students.table.isVisible()


def test_a_session_without_expressions_hides_mood(qtbot: QtBot, exports: Exports) -> None:
    window = ReviewWindow(FakeStore([make_session(1, expressions_on=False, mean_mood=None)]), exports)
    qtbot.addWidget(window)
    window.show()
    open_newest(qtbot, window)
    assert window.page.students.table.isColumnHidden(4)
    assert "Expressions off" in window.page.figures.text()


def test_a_student_can_be_erased(qtbot: QtBot, window: ReviewWindow, store: FakeStore) -> None:
    open_newest(qtbot, window)
    window.page.students.table.select(4)
    qtbot.waitUntil(window.page.student_card.erase_button.isVisible)
    QTest.mouseClick(window.page.student_card.erase_button, Qt.MouseButton.LeftButton)
    assert "Student 4" in answer(qtbot, window, yes=True)
    qtbot.waitUntil(lambda: store.erased == [(3, 4)])
    qtbot.waitUntil(lambda: window.page.students.table.model().rowCount() == 4)


def test_a_session_that_is_still_recorded_cannot_be_deleted(qtbot: QtBot, exports: Exports) -> None:
    window = ReviewWindow(FakeStore([make_session(1, ended_at=None)]), exports)
    qtbot.addWidget(window)
    window.show()
    open_newest(qtbot, window)
    assert not window.page.delete_button.isEnabled()


def test_exporting_asks_what_and_where_and_writes_it(
    qtbot: QtBot, window: ReviewWindow, exports: Exports, tmp_path: Path
) -> None:
    open_newest(qtbot, window)
    QTest.mouseClick(window.page.export_button, Qt.MouseButton.LeftButton)
    dialog = window.findChild(ExportDialog)
    assert isinstance(dialog, ExportDialog)
    path = tmp_path / "lesson.json"
    dialog.requested.emit(ExportRequest(3, "json", path))
    dialog.reject()
    qtbot.waitUntil(lambda: exports.made == [(3, "json", path, None, "all")])
    qtbot.waitUntil(window.done.isVisible)
    assert str(path) in window.done.text


@pytest.mark.parametrize("is_opened", [True, False], ids=["with a program for it", "without one"])
def test_what_was_exported_can_be_opened(
    qtbot: QtBot, store: FakeStore, exports: Exports, tmp_path: Path, is_opened: bool
) -> None:
    opened: list[Path] = []

    def open_file(path: Path) -> bool:
        opened.append(path)
        return is_opened

    window = ReviewWindow(store, exports, open_file=open_file)
    qtbot.addWidget(window)
    window.show()
    open_newest(qtbot, window)
    path = tmp_path / "lesson.pdf"
    window.export_to(ExportRequest(3, "pdf", path))
    assert not window.done.button.isVisible()
    qtbot.waitUntil(window.done.button.isVisible)
    QTest.mouseClick(window.done.button, Qt.MouseButton.LeftButton)
    assert opened == [path]
    assert window.done.button.isVisible() == is_opened
    window.done.show_message("Lesson restored.")
    assert not window.done.button.isVisible()


def test_one_student_can_be_exported(qtbot: QtBot, window: ReviewWindow) -> None:
    open_newest(qtbot, window)
    window.page.students.table.select(4)
    qtbot.waitUntil(window.page.student_card.export_button.isVisible)
    QTest.mouseClick(window.page.student_card.export_button, Qt.MouseButton.LeftButton)
    dialog = window.findChild(ExportDialog)
    assert isinstance(dialog, ExportDialog)
    assert "Student 4" in dialog.text()
    dialog.reject()


def test_an_export_shows_that_it_is_under_way(
    qtbot: QtBot, window: ReviewWindow, exports: Exports, tmp_path: Path
) -> None:
    open_newest(qtbot, window)
    window.export_to(ExportRequest(3, "csv", tmp_path / "x.csv"))
    assert window.done.findChild(QProgressBar).isVisible()  # type: ignore[union-attr]  # every banner has one
    assert window.done.text == f"Writing {tmp_path / 'x.csv'}…"
    qtbot.waitUntil(lambda: window.done.text.startswith("Saved as"))
    assert not window.done.findChild(QProgressBar).isVisible()  # type: ignore[union-attr]


def test_the_result_is_shown_until_another_session_is_opened(
    qtbot: QtBot, window: ReviewWindow, tmp_path: Path
) -> None:
    open_newest(qtbot, window)
    window.export_to(ExportRequest(3, "csv", tmp_path / "x.csv"))
    qtbot.waitUntil(lambda: window.done.text.startswith("Saved as"))
    window.refresh(select=3)
    qtbot.waitUntil(lambda: not window.busy)
    assert window.done.isVisible(), "it is the same session"
    window.refresh(select=1)
    qtbot.waitUntil(lambda: window.page.summary is not None and window.page.summary.id == 1)
    assert not window.done.isVisible()


def test_a_running_export_is_shown_for_every_session(qtbot: QtBot, store: FakeStore, tmp_path: Path) -> None:
    may_end = threading.Event()

    def export(*_: object, **__: object) -> None:
        may_end.wait()

    window = ReviewWindow(store, export)
    qtbot.addWidget(window)
    window.show()
    open_newest(qtbot, window)
    window.export_to(ExportRequest(3, "csv", tmp_path / "x.csv"))
    window.refresh(select=1)
    qtbot.waitUntil(lambda: window.page.summary is not None and window.page.summary.id == 1)
    assert window.done.text.startswith("Writing ")
    may_end.set()
    qtbot.waitUntil(lambda: window.done.text.startswith("Saved as"))


def test_a_window_that_is_closed_while_it_writes_is_out_of_sight_and_comes_back_where_that_fails(
    qtbot: QtBot, window: ReviewWindow, exports: Exports, tmp_path: Path
) -> None:
    open_newest(qtbot, window)
    window.export_to(ExportRequest(3, "csv", tmp_path / "x.csv"))
    window.close()
    assert not window.isVisible()
    qtbot.waitUntil(lambda: window.done.text.startswith("Saved as"))
    assert not window.isVisible()
    window.show()
    exports.failure = StorageError("there is no room on the disk")
    window.export_to(ExportRequest(3, "csv", tmp_path / "x.csv"))
    window.close()
    qtbot.waitUntil(window.problem.isVisible)
    window.export_to(ExportRequest(3, "csv", tmp_path / "x.csv"))
    window.wait()
    window.close()
    assert window.isVisible(), "the second has failed too"
    window.close()
    assert not window.isVisible(), "once nothing is under way"


def test_a_window_that_is_closed_while_it_writes_comes_back_where_its_deletion_fails(
    qtbot: QtBot, store: FakeStore, tmp_path: Path
) -> None:
    may_end = threading.Event()

    def export(*_: object, **__: object) -> None:
        may_end.wait()

    window = ReviewWindow(store, export)
    qtbot.addWidget(window)
    window.show()
    open_newest(qtbot, window)
    window.page.delete_requested.emit()
    qtbot.waitUntil(lambda: not window.busy)
    window.export_to(ExportRequest(1, "csv", tmp_path / "x.csv"))
    store.failure = StorageError("the database is locked")
    window.close()
    assert not window.isVisible()
    qtbot.waitUntil(window.problem.isVisible)
    assert window.problem.text == "The database is locked."
    may_end.set()
    window.wait()


def test_an_export_that_fails_says_why(qtbot: QtBot, window: ReviewWindow, exports: Exports, tmp_path: Path) -> None:
    open_newest(qtbot, window)
    exports.failure = StorageError("there is no room on the disk")
    window.export_to(ExportRequest(3, "csv", tmp_path / "x.csv"))
    qtbot.waitUntil(window.problem.isVisible)
    assert window.problem.text == "There is no room on the disk."
    assert not window.done.isVisible()


def test_a_problem_is_shown_until_the_same_read_succeeds(qtbot: QtBot, window: ReviewWindow, store: FakeStore) -> None:
    open_newest(qtbot, window)
    store.failure = StorageError("the database is locked")
    window.refresh()
    qtbot.waitUntil(window.problem.isVisible)
    store.failure = None
    window.page.students.table.select(2)
    qtbot.waitUntil(window.page.student_card.timeline.isVisible)
    assert window.problem.isVisible(), "another read does not take it away"
    window.refresh()
    qtbot.waitUntil(lambda: not window.problem.isVisible())


def test_a_session_that_goes_on_is_read_again_and_keeps_what_is_chosen(qtbot: QtBot, exports: Exports) -> None:
    store = FakeStore([make_session(1, ended_at=None)])
    window = ReviewWindow(store, exports)
    qtbot.addWidget(window)
    window.show()
    open_newest(qtbot, window)
    assert "In progress" in window.page.figures.text()
    window.page.students.table.select(2)
    qtbot.waitUntil(window.page.student_card.timeline.isVisible)
    window.page.timeline.show_range(50, 100)
    qtbot.waitUntil(lambda: window.is_following)
    store.sessions[1] = make_session(1)
    window.read_again()
    qtbot.waitUntil(lambda: window.page.delete_button.isEnabled())
    qtbot.waitUntil(lambda: not window.busy)
    assert window.page.student is not None
    assert window.page.student.student == 2
    assert window.page.timeline.range_shown() == pytest.approx((50, 100))
    window.wait()


@pytest.mark.parametrize("seconds", [0, 1, 12 * 3600])
def test_sessions_of_any_length_can_be_opened(qtbot: QtBot, exports: Exports, seconds: int) -> None:
    students = 3 if seconds else 0
    window = ReviewWindow(FakeStore([make_session(1, seconds=seconds)], seconds=seconds, students=students), exports)
    qtbot.addWidget(window)
    window.show()
    open_newest(qtbot, window)
    qtbot.waitUntil(lambda: not window.busy)
    assert window.page.heat.map.isVisible() is bool(students)
    window.wait()


def test_a_long_session_is_shown_whole_after_one_of_seconds(qtbot: QtBot, exports: Exports) -> None:
    store = FakeStore([make_session(1, seconds=7), make_session(2, seconds=300)], seconds=7)
    window = ReviewWindow(store, exports)
    qtbot.addWidget(window)
    window.show()
    for session, seconds in ((1, 7), (2, 300)):
        store.length_s = seconds
        window.refresh(select=session)
        qtbot.waitUntil(lambda seconds=seconds: window.page.timeline.length_s == seconds)  # type: ignore[misc]
        qtbot.waitUntil(lambda: not window.busy)
    assert window.page.timeline.range_shown() == pytest.approx((-1, 300), abs=1.5)
    assert window.page.heat.map.range_shown() == pytest.approx(window.page.timeline.range_shown(), abs=0.1)
    window.wait()


def test_lessons_of_any_length_are_shown_whole_one_after_the_other_and_after_undo(
    qtbot: QtBot, exports: Exports
) -> None:
    lengths = {1: 60, 2: 300, 3: 590}
    store = FakeStore([make_session(number, seconds=seconds) for number, seconds in lengths.items()], seconds=60)
    window = ReviewWindow(store, exports)
    qtbot.addWidget(window)
    window.show()

    def wait_for(session: int) -> None:
        qtbot.waitUntil(lambda: window.page.summary is not None and window.page.summary.id == session)
        qtbot.waitUntil(lambda: not window.busy)

    def open_lesson(session: int) -> None:
        store.length_s = lengths[session]
        window.refresh(select=session)
        wait_for(session)
        window.page.students.select(2)
        qtbot.waitUntil(lambda: not window.busy)

    for session in (1, 2, 3):
        open_lesson(session)
        assert window.page.timeline.range_shown() == pytest.approx((-1, lengths[session]), abs=1.5)
    window.page.delete_button.click()
    wait_for(2)
    window.undo.button.click()
    wait_for(3)
    assert window.page.timeline.range_shown() == pytest.approx((-1, 590), abs=1.5)
    assert window.page.heat.map.range_shown() == pytest.approx(window.page.timeline.range_shown(), abs=0.1)
    window.wait()


def test_the_tabs_of_the_students_are_not_cut(qtbot: QtBot, window: ReviewWindow) -> None:
    window.resize(1240, 940)
    open_newest(qtbot, window)
    card = window.page.students
    card.tabs.setCurrentIndex(1)
    qtbot.wait(1)
    assert card.tabs.width() >= card.tabs.sizeHint().width()


def test_a_store_that_cannot_be_read_says_why(qtbot: QtBot, window: ReviewWindow, store: FakeStore) -> None:
    store.failure = StorageError("the database is locked")
    window.refresh()
    qtbot.waitUntil(window.problem.isVisible)
    assert window.problem.text == "The database is locked."


def test_a_row_names_what_is_special() -> None:
    assert describe_session(make_session(1)) == "27 students · slightly positive"
    assert describe_session(make_session(1, simulated=True, interrupted=True, mean_mood=None, students=1)) == (
        "simulated · interrupted · 1 student"
    )
    assert describe_session(make_session(1, ended_at=None)).startswith("in progress")
    assert name_session(make_session(1, course="", simulated=True)) == "Simulated class"
    assert name_session(make_session(1, course="")) == "Part of the screen"
    assert describe_figures(make_session(1, students=1, bookmarks=0, flags=1)) == (
        "1 student · Mood slightly positive · 1 flag"
    )
    assert describe_mostly(make_summary(1, 100)) == "neutral"
