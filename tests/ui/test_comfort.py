"""Calm while teaching, usable by keyboard and screen reader, readable at every text size."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from fer_desktop.expression.figures import read_model_summary
from fer_desktop.messages import literal
from fer_desktop.settings import Settings
from fer_desktop.types import Flag, FlagKind, Observation, PipelineState, Presence
from tests.evidence import MOOD_FELL
from tests.fakes import make_probabilities
from tests.ui.fake_store import FakeStore, make_session
from tests.ui.fakes import FakeLiveSession, make_class, make_flag, make_observation, make_student
from ui.dialogs.accuracy_dialog import AccuracyDialog
from ui.dialogs.first_steps import FirstStepsDialog
from ui.dialogs.place_dialog import PlaceDialog
from ui.dialogs.settings_dialog import SettingsDialog
from ui.dialogs.student_dialogs import JoinDialog, OtherStudent, RenameDialog, SplitDialog
from ui.live.live_window import LiveWindow
from ui.live.students_view import StudentsView
from ui.review.review_window import ReviewWindow
from ui.review.rows_table import RowsTable
from ui.start.consent_dialog import ConsentDialog
from ui.theme import TEXT_SCALES, apply_theme

DROP = Flag(FlagKind.CLASS_DROP, None, 655, MOOD_FELL)
CONTROLS = (QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit, QTabBar)


@pytest.fixture
def session() -> FakeLiveSession:
    return FakeLiveSession(state=PipelineState.RUNNING)


@pytest.fixture
def window(qtbot: QtBot, session: FakeLiveSession) -> Iterator[LiveWindow]:
    window = LiveWindow()
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.attach(session, source="Part of the screen", aggregate_only=False, law_line=None)
    yield window
    window.detach()


@pytest.fixture
def text_size(qapp: QApplication) -> Iterator[Callable[[str], None]]:
    yield lambda name: apply_theme(qapp, "light", text_size=name)
    apply_theme(qapp, "light")


def show(window: LiveWindow, session: FakeLiveSession, observation: Observation) -> None:
    session.publish(observation)
    window.show_observation(observation)
    window.repaint_now()


def away(number: int) -> Observation:
    """Ten students, of whom one has been away for long."""
    students = [make_student(n) for n in range(1, 11)]
    students[number - 1] = make_student(number, Presence.AWAY, since=60, flags=[make_flag(number)])
    return make_observation(students, 190, probabilities=make_probabilities())


class TestDoNotDisturb:
    def test_nothing_pops_up_moves_or_changes_place(self, window: LiveWindow, session: FakeLiveSession) -> None:
        show(window, session, make_observation([make_student(n) for n in range(1, 11)], 100))
        before = window.watch_panel.students.texts()
        window.shared_actions.quiet.trigger()
        show(window, session, replace(away(7), class_flags=(DROP,)))
        texts = window.watch_panel.students.texts()
        assert [text.split(":")[0] for text in texts] == [text.split(":")[0] for text in before]
        assert texts[6] == "Student 7: away for 2 min"
        assert window.watch_panel.students.title.text() == "Students"
        assert not window.banners.class_flag.isVisible()
        assert window.header.quiet.isVisible(), "the teacher sees why it is so calm"

    def test_who_comes_is_listed_last(self, window: LiveWindow, session: FakeLiveSession) -> None:
        show(window, session, make_observation([make_student(4), make_student(8)], 100))
        window.shared_actions.quiet.trigger()
        students = [make_student(1), make_student(4), make_student(8), make_student(2)]
        show(window, session, make_observation(students, 101))
        numbers = [text.split(":")[0] for text in window.watch_panel.students.texts()]
        assert numbers == ["Student 4", "Student 8", "Student 1", "Student 2"]

    def test_afterwards_what_holds_is_shown(self, window: LiveWindow, session: FakeLiveSession) -> None:
        window.shared_actions.quiet.trigger()
        show(window, session, replace(away(7), class_flags=(DROP,)))
        window.shared_actions.quiet.trigger()
        assert window.watch_panel.students.texts()[0].startswith("Student 7: away. Not in the call for 2 min")
        assert window.banners.class_flag.isVisible()


class TestClassFlag:
    def test_it_is_a_line_that_can_be_dismissed(self, window: LiveWindow, session: FakeLiveSession) -> None:
        show(window, session, replace(away(7), class_flags=(DROP,)))
        flag = window.banners.class_flag
        assert flag.text == "Lower mood for 9 of 12 students within seconds, since 10:55"
        assert flag.button.accessibleName() == "Dismiss: The class as a whole"
        window.banners.class_flag.button.click()
        assert not window.banners.class_flag.isVisible()
        window.footer.show_status("Bookmark saved.")
        assert session.calls == [("dismiss", DROP)]

    def test_it_goes_by_itself(self, window: LiveWindow, session: FakeLiveSession) -> None:
        show(window, session, replace(away(7), class_flags=(DROP,)))
        show(window, session, away(7))
        assert not window.banners.class_flag.isVisible()


def test_the_buttons_say_whom_they_act_on_where_the_row_has_moved_out_of_sight(
    window: LiveWindow, session: FakeLiveSession
) -> None:
    students = [make_student(n) for n in range(1, 41)]
    students[29] = make_student(30, Presence.AWAY, since=60, flags=[make_flag(30)])
    window.resize(440, 560)
    show(window, session, make_observation(students, 190))
    card = window.watch_panel.students
    card.select(30)
    card.dismiss_button.click()
    students[29] = make_student(30)
    show(window, session, make_observation(students, 191))
    QApplication.processEvents()
    window.watch_panel.verticalScrollBar().setValue(window.watch_panel.verticalScrollBar().maximum())
    row = card.view.visualRect(card.view.selectionModel().selectedIndexes()[0])
    assert not card.view.visibleRegion().intersects(row)
    assert (card.selected_name.text(), card.exclude_button.text()) == ("Student 30", "Exclude")
    card.select(7)
    assert card.selected_name.text() == "Student 7"


def test_nobody_changes_place_while_the_pointer_moves_over_the_list(
    qtbot: QtBot, window: LiveWindow, session: FakeLiveSession
) -> None:
    students = [make_student(n) for n in range(1, 8)]
    show(window, session, make_observation(students, 190))
    card = window.watch_panel.students
    students[6] = make_student(7, Presence.AWAY, since=60, flags=[make_flag(7)])
    QApplication.sendEvent(card.view.viewport(), QEvent(QEvent.Type.Enter))
    show(window, session, make_observation(students, 191))
    assert card.texts()[0].startswith("Student 1:"), "what is about to be clicked stays where it is"
    QApplication.sendEvent(card.view.viewport(), QEvent(QEvent.Type.Leave))
    show(window, session, make_observation(students, 192))
    assert card.texts()[0].startswith("Student 7:")


def test_a_pointer_that_was_left_over_the_list_holds_nobody(qtbot: QtBot) -> None:
    view = StudentsView(at_rest_after_ms=500)
    qtbot.addWidget(view)
    seen = [view.is_pointer_active]
    QApplication.sendEvent(view.viewport(), QEvent(QEvent.Type.Enter))
    seen.append(view.is_pointer_active)
    assert seen == [False, True]
    qtbot.waitUntil(lambda: not view.is_pointer_active)


class TestNotes:
    def test_a_note_on_a_student_is_written_in_the_window(self, window: LiveWindow, session: FakeLiveSession) -> None:
        show(window, session, away(7))
        card = window.watch_panel.students
        card.select(7)
        card.note_button.click()
        assert card.note_bar.note.accessibleName() == "Note on Student 7"
        card.select(3)
        show(window, session, replace(away(7), second=260))
        QTest.keyClicks(card.note_bar.note, " asked for a break ")
        QTest.keyClick(card.note_bar.note, Qt.Key.Key_Return)
        assert session.calls == [("note", 7, "asked for a break", 190)], "of whom and when it was begun"
        assert not card.note_bar.isVisible()
        assert window.footer.figures.text() == "Note on Student 7 saved."

    def test_an_empty_note_is_none(self, window: LiveWindow, session: FakeLiveSession) -> None:
        show(window, session, away(7))
        card = window.watch_panel.students
        card.select(7)
        card.note_button.click()
        QTest.keyClick(card.note_bar.note, Qt.Key.Key_Return)
        assert card.note_bar.isVisible()
        QTest.keyClick(card.note_bar.note, Qt.Key.Key_Escape)
        assert not card.note_bar.isVisible()
        assert session.calls == []


class TestOutOfSight:
    def test_a_bookmark_from_the_tray_asks_nothing(self, window: LiveWindow, session: FakeLiveSession) -> None:
        show(window, session, away(7))
        window.hide()
        window.shared_actions.bookmark.trigger()
        assert session.calls == [("bookmark", "", 190)]

    def test_the_tray_brings_it_back(self, window: LiveWindow) -> None:
        window.hide()
        window.tray.show_action.trigger()
        assert window.isVisible()

    def test_it_paints_nothing_then_and_everything_afterwards(
        self, window: LiveWindow, session: FakeLiveSession
    ) -> None:
        window.hide()
        show(window, session, away(7))
        assert window.watch_panel.students.texts() == []
        window.show()
        window.repaint_now()
        assert len(window.watch_panel.students.texts()) == 10


def test_help_for_an_empty_view_is_shown_as_a_notice(qtbot: QtBot, window: LiveWindow) -> None:
    session = FakeLiveSession(state=PipelineState.RUNNING)
    window.attach(
        session, source="", aggregate_only=False, law_line=None, check_empty=lambda seen: f"Nobody at {seen.second}."
    )
    show(window, session, make_observation([], 20))
    window.repaint_now()
    assert window.banners.notice.text == "Nobody at 20."
    session.notice = literal("The watched region is black.")
    window.repaint_now()
    assert window.banners.notice.text == "The watched region is black.", "what is known counts more than a guess"


def test_ticking_an_option_in_the_window_emits_its_signal(qtbot: QtBot, window: LiveWindow) -> None:
    with qtbot.waitSignal(window.on_top_changed):
        window.shared_actions.on_top.trigger()
    assert window.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
    with qtbot.waitSignal(window.quiet_changed):
        window.shared_actions.quiet.trigger()


def test_a_start_that_takes_a_while_shows_that_it_goes_on(window: LiveWindow) -> None:
    window.detach()
    window.show_starting("Monitor 1")
    assert window.header.progress.isVisible()
    assert window.header.source.text() == "Monitor 1"
    window.show_start()
    assert not window.header.progress.isVisible()


@pytest.mark.parametrize("size", list(TEXT_SCALES))
def test_text_grows_with_the_settings(
    qtbot: QtBot, window: LiveWindow, text_size: Callable[[str], None], size: str
) -> None:
    plain, headline = (label.fontMetrics().height() for label in (window.footer.figures, window.header.headline))
    text_size(size)
    scale = TEXT_SCALES[size]
    assert window.footer.figures.fontMetrics().height() == pytest.approx(plain * scale, abs=2)
    assert window.header.headline.fontMetrics().height() == pytest.approx(headline * scale, abs=2)


@pytest.mark.parametrize("state", [PipelineState.RUNNING, PipelineState.FAULTED])
def test_nothing_is_cut_at_360_pixels_with_large_text(
    qtbot: QtBot, window: LiveWindow, session: FakeLiveSession, text_size: Callable[[str], None], state: PipelineState
) -> None:
    text_size("larger")
    window.resize(360, 820)
    window.shared_actions.quiet.trigger()
    session.state = state
    session.fault = literal("The watched window was closed.") if state is PipelineState.FAULTED else None
    students = make_class(49, 700)
    show(window, session, replace(make_observation(students, 700, probabilities=make_probabilities())))
    window.watch_panel.students.select(7)
    window.watch_panel.students.note_button.click()
    QApplication.processEvents()
    assert window.width() == 360
    content = window.watch_panel.widget()
    assert content is not None
    assert content.width() <= window.watch_panel.viewport().width()


def test_the_lesson_does_not_scroll_sideways_at_360_pixels_with_text_of_200_percent(
    qtbot: QtBot,
    window: LiveWindow,
    session: FakeLiveSession,
    text_size: Callable[[str], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(TEXT_SCALES, "larger", 20 / window.font().pointSizeF())
    text_size("larger")
    window.resize(360, 820)
    show(window, session, make_observation(make_class(49, 700), 700, probabilities=make_probabilities()))
    QApplication.processEvents()
    assert window.width() == 360
    assert window.watch_panel.horizontalScrollBar().maximum() == 0


def test_the_start_is_not_cut_at_360_pixels_with_large_text(
    qtbot: QtBot, window: LiveWindow, text_size: Callable[[str], None]
) -> None:
    window.detach()
    window.show_start()
    text_size("larger")
    window.resize(360, 820)
    QApplication.processEvents()
    content = window.start_panel.widget()
    assert content is not None
    assert window.width() == 360
    assert content.width() <= window.start_panel.viewport().width()


def cut_columns(table: RowsTable) -> list[int]:
    """The columns in which a text has no room."""
    model, metrics = table.model(), table.fontMetrics()
    places = [(row, column) for row in range(model.rowCount()) for column in range(model.columnCount())]
    return sorted(
        {
            column
            for row, column in places
            if not table.isColumnHidden(column)
            and metrics.horizontalAdvance(str(model.index(row, column).data())) > table.columnWidth(column)
        }
    )


def test_names_and_times_of_the_review_are_not_cut_when_text_grows_while_it_is_open(
    qtbot: QtBot, text_size: Callable[[str], None]
) -> None:
    window = ReviewWindow(FakeStore([make_session(1)]), lambda *_, **__: None)
    qtbot.addWidget(window)
    window.resize(1240, 900)
    window.show()
    window.refresh()
    page = window.page
    qtbot.waitUntil(lambda: page.isVisible() and page.heat.map.isVisible())
    page.students.select(1)
    qtbot.waitUntil(page.student_card.timeline.isVisible)
    text_size("larger")
    for table in (page.students.table, page.students.attendance):
        QApplication.processEvents()
        assert cut_columns(table) == []
        page.students.tabs.setCurrentIndex(1)
    card = page.student_card
    assert card.fontMetrics().horizontalAdvance(card.title.text()) <= card.title.width()
    rows = len(page.students_shown())
    assert page.heat.map.height() / rows >= page.heat.map.fontMetrics().height()
    window.wait()


@pytest.mark.parametrize("number", [1, 12])
def test_the_list_stands_above_the_figures_where_it_is_narrow(
    qtbot: QtBot, window: LiveWindow, session: FakeLiveSession, number: int
) -> None:
    window.resize(400, 900)
    show(window, session, make_observation(make_class(number, 700), 700, probabilities=make_probabilities()))
    QApplication.processEvents()
    panel = window.watch_panel
    assert panel.students.mapTo(panel, QPoint()).y() < panel.bars.mapTo(panel, QPoint()).y()


def nameless(widget: QWidget) -> list[str]:
    """Controls without a name for screen readers. What belongs to another control has that one's name, and a
    push button without a word is one that is never shown.
    """
    found = []
    for control in widget.findChildren(QWidget):
        inner = isinstance(control.parent(), QAbstractSpinBox | QComboBox | QAbstractItemView | QLineEdit)
        of_qt = control.objectName().startswith("qt_") or control.window() is not widget.window()
        never_shown = isinstance(control, QPushButton) and control.isHidden() and not control.text()
        if not isinstance(control, CONTROLS) or inner or of_qt or never_shown:
            continue
        text = control.text() if isinstance(control, QAbstractButton) else ""
        if not (control.accessibleName() or text):
            found.append(f"{type(control).__name__} in {type(control.parent()).__name__}")
    return found


@pytest.mark.parametrize(
    "make",
    [
        LiveWindow,
        lambda: ReviewWindow(FakeStore([make_session(1)]), lambda *_, **__: None),
        lambda: PlaceDialog(None, guess="IN"),
        lambda: ConsentDialog(None, watched="call", expressions_on=True, aggregate_only=False),
        lambda: SettingsDialog(None, Settings(place="IN")),
        lambda: FirstStepsDialog(None, place=None),
        lambda: RenameDialog(None, label="Student 7", name=""),
        lambda: JoinDialog(None, label="Student 7", others=[OtherStudent(3, "Zoe", "")]),
        lambda: SplitDialog(None, label="Student 7", first=0, last=99, at_second=None),
        lambda: AccuracyDialog(None, read_model_summary()),
    ],
    ids=["live", "review", "place", "consent", "settings", "guide", "rename", "join", "split", "accuracy"],
)
def test_every_control_has_a_name_for_screen_readers(qtbot: QtBot, make: Callable[[], QWidget]) -> None:
    widget = make()
    qtbot.addWidget(widget)
    assert nameless(widget) == []


def test_the_walk_finds_a_control_without_a_name(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    QLineEdit(widget)
    assert nameless(widget) == ["QLineEdit in QWidget"]


def test_the_tab_key_reaches_every_button_of_the_live_window(
    qtbot: QtBot, window: LiveWindow, session: FakeLiveSession
) -> None:
    show(window, session, away(7))
    window.watch_panel.students.select(7)
    buttons = {
        button
        for button in window.findChildren(QAbstractButton)
        if button.isVisible() and button.isEnabled() and not button.objectName().startswith("qt_")
    }
    reached: set[QWidget] = set()
    widget = window.header.menu_button.nextInFocusChain()
    while widget is not None and widget is not window.header.menu_button:
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            reached.add(widget)
        widget = widget.nextInFocusChain()
    assert buttons - reached - {window.header.menu_button} == set()
