"""The list of students in the live window, and what the teacher says about one of them."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from fer_desktop.types import FlagKind, PipelineState, Presence, StudentState
from tests.fakes import make_probabilities
from tests.ui.fakes import FakeLiveSession, make_flag, make_observation, make_student
from tests.ui.live.driving import activate, attach, click
from ui.dialogs.student_dialogs import JoinDialog, RenameDialog
from ui.live.live_window import LiveWindow
from ui.live.students_card import StudentsCard


def darkest(image: QImage) -> int:
    return min(image.pixelColor(x, y).lightness() for x in range(30, 120) for y in range(4, 40))


def test_rows_of_students_who_are_not_watched_are_fainter(
    qtbot: QtBot, window: LiveWindow, session: FakeLiveSession
) -> None:
    attach(window, session)
    window.show_observation(make_observation([make_student(n) for n in range(1, 7)], 5))
    window.repaint_now()
    view = window.watch_panel.students.view
    qtbot.waitUntil(lambda: view.height() > 60)
    watched = view.grab().toImage()
    session.state = PipelineState.PAUSED
    window.repaint_now()
    assert darkest(view.grab().toImage()) > darkest(watched) + 40


def test_flags_stand_first_with_their_reasons(qtbot: QtBot, window: LiveWindow, session: FakeLiveSession) -> None:
    attach(window, session)
    flag = make_flag(3, FlagKind.AWAY, 60)
    students = [make_student(1), make_student(2), make_student(3, Presence.AWAY, since=60, flags=[flag])]
    session.publish(make_observation(students, 190, probabilities=make_probabilities()))
    card = window.watch_panel.students
    qtbot.waitUntil(lambda: len(card.texts()) == 3)
    assert card.texts()[0] == "Student 3: away. Not in the call for 2 min, since 1:00"
    assert card.title.text() == "Students · 1 may need attention"
    card.select(3)
    qtbot.waitUntil(lambda: card.dismiss_button.isVisible() and card.title.toolTip() == "")
    assert card.title.fontMetrics().horizontalAdvance(card.title.text()) <= card.title.width(), "nothing is cut"


def test_a_flag_can_be_dismissed_and_a_student_left_out(
    qtbot: QtBot, window: LiveWindow, session: FakeLiveSession
) -> None:
    attach(window, session)
    flag = make_flag(3)
    students = [make_student(1), make_student(3, Presence.AWAY, flags=[flag])]
    session.publish(make_observation(students, 190, probabilities=make_probabilities()))
    card = window.watch_panel.students
    qtbot.waitUntil(lambda: len(card.texts()) == 2)
    assert not card.exclude_button.isVisible(), "no student is selected yet"
    card.select(3)
    click(card.dismiss_button)
    assert window.footer.figures.text() == "Flag for Student 3 dismissed."
    click(card.exclude_button)
    assert window.footer.figures.text() == "Student 3 is excluded."
    assert session.calls == [("exclude", 3), ("dismiss", flag)], "what can no longer be undone is carried out"
    session.publish(make_observation([make_student(1), make_student(3, excluded=True)], 191))
    qtbot.waitUntil(lambda: card.exclude_button.text() == "Include again")
    assert not card.dismiss_button.isVisible()
    click(card.exclude_button)
    assert session.calls[-1] == ("include", 3)
    assert window.footer.figures.text() == "Student 3 is included again."


def test_the_context_menu_offers_the_same(qtbot: QtBot, window: LiveWindow, session: FakeLiveSession) -> None:
    attach(window, session)
    flag = make_flag(3)
    session.publish(make_observation([make_student(3, Presence.AWAY, flags=[flag])], 190))
    card = window.watch_panel.students
    qtbot.waitUntil(lambda: len(card.texts()) == 1)
    assert card.make_menu() is None
    card.select(3)
    menu = card.make_menu()
    assert menu is not None
    texts = [action.text() for action in menu.actions() if action.text()]
    keys = {action.text(): action.shortcut().toString() for action in menu.actions() if not action.shortcut().isEmpty()}
    assert keys == {"Note…": "Ctrl+N", "Rename…": "F2"}
    assert texts[0] == "Dismiss: Not in the call for 2 min, since 1:00"
    assert texts[1:] == ["Note…", "Exclude", "Not a student", "Rename…", "Same student as…"]
    for text in (texts[0], "Exclude"):
        next(action for action in menu.actions() if action.text() == text).trigger()
    assert not menu.actions()[-1].isEnabled(), "there is no other student"
    assert session.calls == [("exclude", 3), ("dismiss", flag)], "what can no longer be undone is carried out"
    menu.deleteLater()


def show_students(qtbot: QtBot, window: LiveWindow, session: FakeLiveSession, students: list[StudentState]) -> None:
    attach(window, session)
    session.publish(make_observation(students, 190))
    qtbot.waitUntil(lambda: len(window.watch_panel.students.texts()) == len(students))


def test_the_teacher_names_a_student_by_the_keyboard(
    qtbot: QtBot, window: LiveWindow, session: FakeLiveSession
) -> None:
    show_students(qtbot, window, session, [make_student(3)])
    activate(qtbot, window)
    card = window.watch_panel.students
    card.view.setFocus()
    card.select(3)
    QTest.keyClick(card.view, Qt.Key.Key_F2)
    dialog = window.findChild(RenameDialog)
    assert isinstance(dialog, RenameDialog)
    assert dialog.line.text() == ""
    assert not dialog.accept_button.isEnabled(), "a name is wanted"
    QTest.keyClicks(dialog.line, " Zoe  Kim ")
    QTest.keyClick(dialog.line, Qt.Key.Key_Return)
    assert session.calls == [("rename", 3, "Zoe Kim")]


def choose_from_menu(card: StudentsCard, place: int) -> None:
    menu = card.make_menu()
    assert menu is not None
    menu.actions()[place].trigger()
    menu.deleteLater()


def test_the_name_that_is_shown_can_be_changed(qtbot: QtBot, window: LiveWindow, session: FakeLiveSession) -> None:
    show_students(qtbot, window, session, [replace(make_student(3), label="Zoe")])
    card = window.watch_panel.students
    assert not card.more_button.isVisible()
    card.select(3)
    assert card.more_button.isVisible()
    choose_from_menu(card, -2)
    dialog = window.findChild(RenameDialog)
    assert isinstance(dialog, RenameDialog)
    assert dialog.line.text() == "Zoe"
    dialog.reject()
    assert session.calls == []


def test_the_teacher_says_that_two_are_one(qtbot: QtBot, window: LiveWindow, session: FakeLiveSession) -> None:
    gone = make_student(2, Presence.AWAY)
    students = [make_student(1), gone, make_student(3), make_student(4, excluded=True)]
    show_students(qtbot, window, session, students)
    card = window.watch_panel.students
    card.select(3)
    choose_from_menu(card, -1)
    dialog = window.findChild(JoinDialog)
    assert isinstance(dialog, JoinDialog)
    offered = [dialog.choice.itemText(number) for number in range(dialog.choice.count())]
    assert offered == ["Student 2", "Student 1", "Student 4"], "who is away may well be the same, or who is excluded"
    assert dialog.doubt.text() == ""
    dialog.choice.setCurrentIndex(2)
    assert "What was saved of the other since then will be deleted" in dialog.doubt.text()
    dialog.choice.setCurrentIndex(1)
    assert "Two tiles at the same time" in dialog.doubt.text()
    assert "deleted" not in dialog.doubt.text()
    dialog.choice.setCurrentIndex(0)
    click(dialog.accept_button)
    assert session.calls == [("merge", 3, 2)]
    assert "Student 3: merged with Student 2" in window.watch_panel.students.texts(), "it is shown at once"


@pytest.mark.parametrize("left", [[1, 2], [1, 3]])
def test_who_turns_out_to_be_somebody_else_before_the_answer_is_merged_with_nobody(
    qtbot: QtBot, window: LiveWindow, session: FakeLiveSession, left: list[int]
) -> None:
    show_students(qtbot, window, session, [make_student(1), make_student(2, Presence.AWAY), make_student(3)])
    window.watch_panel.students.join_requested.emit(make_student(3))
    dialog = window.findChild(JoinDialog)
    assert isinstance(dialog, JoinDialog)
    assert dialog.student() == 2
    session.publish(make_observation([make_student(number) for number in left], 191))
    qtbot.waitUntil(lambda: len(window.watch_panel.students.texts()) == 2)
    click(dialog.accept_button)
    assert session.calls == []


def test_an_answer_after_the_session_has_ended_changes_nothing(
    qtbot: QtBot, window: LiveWindow, session: FakeLiveSession
) -> None:
    show_students(qtbot, window, session, [make_student(1), make_student(3)])
    window.watch_panel.students.rename_requested.emit(make_student(3))
    window.watch_panel.students.join_requested.emit(make_student(3))
    naming, joining = window.findChild(RenameDialog), window.findChild(JoinDialog)
    assert isinstance(naming, RenameDialog)
    assert isinstance(joining, JoinDialog)
    naming.line.setText("Zoe")
    window.detach()
    naming.accept()
    joining.accept()
    assert session.calls == []


@pytest.mark.parametrize("left", [(2, 3), (1, 3), (3, 4, 1), (3,), (1, 2), (2, 1, 4), ()])
def test_when_somebody_goes_nobody_else_is_selected_in_their_stead(qtbot: QtBot, left: tuple[int, ...]) -> None:
    card = StudentsCard()
    qtbot.addWidget(card)
    card.resize(400, 600)
    card.show()
    card.show_students([make_student(number) for number in (1, 2, 3)], 1)
    chosen: list[int | None] = [1]
    card.selected.connect(chosen.append)
    third = card.view.visualRect(card.view.model().index(2, 0)).center()
    QTest.mouseClick(card.view.viewport(), Qt.MouseButton.LeftButton, pos=third)
    assert chosen[-1] == 3
    card.show_students([make_student(number) for number in left], 2)
    assert chosen[-1] == (3 if 3 in left else None)
    assert card.actions_row.isVisible() == (3 in left)


def test_the_list_does_not_move_when_somebody_is_selected(
    qtbot: QtBot, window: LiveWindow, session: FakeLiveSession
) -> None:
    session.expressions_on = False
    show_students(qtbot, window, session, [make_student(number) for number in range(1, 28)])
    QTest.qWait(50)
    view = window.watch_panel.students.view
    before = view.mapTo(window, view.rect().topLeft()), view.height()
    window.watch_panel.students.select(7)
    QTest.qWait(50)
    assert window.watch_panel.students.exclude_button.isVisible()
    assert (view.mapTo(window, view.rect().topLeft()), view.height()) == before


def test_the_line_for_a_note_comes_into_view_when_it_opens(
    qtbot: QtBot, window: LiveWindow, session: FakeLiveSession
) -> None:
    window.resize(440, 560)
    show_students(qtbot, window, session, [make_student(number) for number in range(1, 28)])
    panel = window.watch_panel
    panel.students.select(7)
    panel.verticalScrollBar().setValue(0)
    click(panel.students.note_button)
    bar = panel.students.note_bar
    qtbot.waitUntil(lambda: bar.isVisible() and 0 < bar.mapTo(window, bar.rect().bottomLeft()).y() < window.height())


def test_what_is_no_student_leaves_the_list_and_can_come_back(
    qtbot: QtBot, window: LiveWindow, session: FakeLiveSession
) -> None:
    show_students(qtbot, window, session, [make_student(1), make_student(2), make_student(3)])
    card = window.watch_panel.students
    card.removed.emit(2)
    assert [text.partition(":")[0] for text in card.texts()] == ["Student 1", "Student 3"]
    assert window.header.headline.text() == "2 of 2 visible", "a poster counts for nothing"
    click(window.footer.undo)
    assert len(card.texts()) == 3
    assert session.calls == [("remove", 2), ("restore", 2)], "nothing is erased while it can be undone"
    session.calls.clear()
    card.removed.emit(2)
    window.footer.end_offer()
    assert session.calls == [("remove", 2), ("erase", 2)]
    session.publish(make_observation([make_student(1), make_student(2), make_student(3)], 191))
    qtbot.wait(250)
    assert len(card.texts()) == 2, "also in the frames that were under way"


def test_what_turns_out_to_be_a_student_is_listed_again(
    qtbot: QtBot, window: LiveWindow, session: FakeLiveSession
) -> None:
    show_students(qtbot, window, session, [make_student(1), make_student(2)])
    card = window.watch_panel.students
    card.removed.emit(2)
    session.publish(make_observation([make_student(1)], 191))
    qtbot.waitUntil(lambda: window.header.elapsed.text() == "·  3:11")
    session.publish(make_observation([make_student(2)], 192))
    qtbot.waitUntil(lambda: [text.partition(":")[0] for text in card.texts()] == ["Student 2"])
    click(window.footer.undo)


def test_rename_offers_the_name_that_stands_in_the_tile(
    qtbot: QtBot, window: LiveWindow, session: FakeLiveSession
) -> None:
    attach(window, session)
    observation = make_observation([make_student(1), make_student(2)], 190)
    named = replace(observation.result.tiles[1], tile=replace(observation.result.tiles[1].tile, name="Zoë Kim"))
    tiles = (observation.result.tiles[0], named)
    session.publish(replace(observation, result=replace(observation.result, tiles=tiles)))
    card = window.watch_panel.students
    qtbot.waitUntil(lambda: len(card.texts()) == 2)
    card.rename_requested.emit(make_student(2))
    dialog = window.findChild(RenameDialog)
    assert isinstance(dialog, RenameDialog)
    assert dialog.line.text() == "Zoë Kim"
    assert session.calls == [], "the teacher decides"
    dialog.close()


def test_the_map_shows_who_is_where_and_selects(qtbot: QtBot, window: LiveWindow, session: FakeLiveSession) -> None:
    show_students(qtbot, window, session, [make_student(1), replace(make_student(7), label="Zoe"), make_student(9)])
    card = window.watch_panel.students
    assert card.map.isVisible()
    assert card.map.texts() == ["1", "Zoe", "9"]
    places = {card.map.student_at(x, y) for x in range(0, card.map.width(), 5) for y in range(0, card.map.height(), 5)}
    assert places == {None, 1, 7, 9}
    x, y = next(
        (x, y) for x in range(card.map.width()) for y in range(card.map.height()) if card.map.student_at(x, y) == 7
    )
    QTest.mouseClick(card.map, Qt.MouseButton.LeftButton, pos=QPoint(x + 2, y + 2))
    assert card.selected_name.text() == "Zoe"
