"""The live window with a session that the test drives by hand."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from fer_desktop.types import Expression, FlagKind, PipelineState, Presence, StudentState
from tests.fakes import make_probabilities
from tests.ui.fakes import FakeLiveSession, make_class, make_flag, make_observation, make_student
from ui.dialogs.student_dialogs import JoinDialog, RenameDialog
from ui.live_window import LiveWindow, keep_on_top
from ui.stylesheet import set_role
from ui.theme import current_theme
from ui.widgets.footer import describe_figures
from ui.widgets.preview import Preview
from ui.widgets.students_card import StudentsCard


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[LiveWindow]:
    window = LiveWindow()
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    yield window
    window.detach()


@pytest.fixture
def session() -> FakeLiveSession:
    return FakeLiveSession(state=PipelineState.RUNNING)


def attach(window: LiveWindow, session: FakeLiveSession, *, aggregate_only: bool = False) -> None:
    law_line = None if session.expressions_on else "Expressions are off here."
    window.attach(session, source="Part of the screen", aggregate_only=aggregate_only, law_line=law_line)


def activate(qtbot: QtBot, window: LiveWindow) -> None:
    """Shortcuts need the window to be the active one."""
    with qtbot.waitActive(window):
        window.activateWindow()


def click(button: QPushButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def darkest(image: QImage) -> int:
    return min(image.pixelColor(x, y).lightness() for x in range(30, 120) for y in range(4, 60))


def test_it_opens_stopped_with_what_can_be_watched(window: LiveWindow) -> None:
    assert window.header.state.text() == "Not watching"
    assert window.start_panel.isVisible()
    assert not window.footer.isVisible()
    assert not window.watching


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
    assert window.watch_panel.students.texts() == ["Student 2: camera off for 2 min", "Student 1: happy"]
    assert "4.9 frames/s · 118 ms behind · 1 face in 2 tiles · 3 skipped" in window.footer.figures.text()
    assert window.watch_panel.mood_chart.accessibleDescription() == "The mood is positive now"


def test_only_the_newest_observation_is_painted(qtbot: QtBot, window: LiveWindow, session: FakeLiveSession) -> None:
    attach(window, session)
    for second in range(50):
        session.publish(make_observation([make_student(1)], second, probabilities=make_probabilities()))
    qtbot.waitUntil(lambda: window.header.elapsed.text() == "·  0:49")


def test_the_buttons_do_what_they_say(qtbot: QtBot, window: LiveWindow, session: FakeLiveSession) -> None:
    attach(window, session)
    click(window.footer.pause)
    assert session.calls == [("pause",)]
    assert window.header.state.text() == "Paused"
    assert window.footer.pause.text() == "Resume"
    click(window.footer.pause)
    assert session.calls[-1] == ("resume",)
    with qtbot.waitSignal(window.stop_wanted):
        click(window.footer.stop)


def test_the_keyboard_does_the_same(qtbot: QtBot, window: LiveWindow, session: FakeLiveSession) -> None:
    attach(window, session)
    activate(qtbot, window)
    QTest.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert session.calls == [("pause",)]
    with qtbot.waitSignal(window.stop_wanted):
        QTest.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    for key, signal in (
        (Qt.Key.Key_R, window.review_wanted),
        (Qt.Key.Key_Comma, window.settings_wanted),
    ):
        with qtbot.waitSignal(signal):
            QTest.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(window.accuracy_wanted):
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
        session.picture_lost = "the window is covered"
    window.repaint_now()
    assert panel.mood_title.text() == "Class mood, as last seen at 4:53"
    assert panel.students.title.text() == "Students, as last seen at 4:53"
    session.state, session.picture_lost = PipelineState.RUNNING, None
    window.repaint_now()
    assert (panel.mood_title.text(), panel.students.title.text()) == ("Class mood now", "Students")


def test_rows_of_students_who_are_not_watched_are_fainter(window: LiveWindow, session: FakeLiveSession) -> None:
    attach(window, session)
    window.show_observation(make_observation([make_student(1), make_student(2)], 5))
    window.repaint_now()
    view = window.watch_panel.students.view
    watched = view.grab().toImage()
    session.state = PipelineState.PAUSED
    window.repaint_now()
    assert darkest(view.grab().toImage()) > darkest(watched) + 40


def test_without_a_session_pause_and_bookmark_do_nothing(window: LiveWindow) -> None:
    window.toggle_pause()
    window.open_bookmark()
    assert not window.bookmark_bar.isVisible()


def test_a_fault_is_told_with_a_way_out(qtbot: QtBot, window: LiveWindow, session: FakeLiveSession) -> None:
    attach(window, session)
    session.state, session.fault = PipelineState.FAULTED, "The screen cannot be captured any more."
    session.notice = "something smaller"
    session.wake()
    qtbot.waitUntil(window.fault.isVisible)
    assert window.fault.text == "The screen cannot be captured any more."
    assert window.header.state.text() == "Stopped by a problem"
    assert not window.notice.isVisible(), "one message at a time"
    assert not window.footer.pause.isEnabled()
    with qtbot.waitSignal(window.restart_wanted):
        click(window.fault.button)


def test_a_notice_comes_and_goes(qtbot: QtBot, window: LiveWindow, session: FakeLiveSession) -> None:
    attach(window, session)
    session.notice = "The watched region is black."
    qtbot.waitUntil(window.notice.isVisible)
    assert window.notice.text == "The watched region is black."
    session.notice = None
    qtbot.waitUntil(lambda: not window.notice.isVisible())


def test_a_recording_that_is_through_is_told_once(qtbot: QtBot, window: LiveWindow, session: FakeLiveSession) -> None:
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
    assert window.law.text == "Expressions are off here."
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
    assert window.watch_panel.bars.describe() == "The mood is shown when 5 or more faces are seen."
    assert window.watch_panel.students.texts() == []
    session.publish(make_observation([make_student(n) for n in range(1, 6)], 6, probabilities=make_probabilities()))
    qtbot.waitUntil(lambda: window.header.headline.text() == "5 of 5 visible, mostly neutral")
    assert window.watch_panel.bars.describe().startswith("happy 0 %")


def test_flags_stand_first_with_their_reasons(qtbot: QtBot, window: LiveWindow, session: FakeLiveSession) -> None:
    attach(window, session)
    flag = make_flag(3, FlagKind.AWAY, 60, "not seen for 2 min")
    students = [make_student(1), make_student(2), make_student(3, Presence.AWAY, since=60, flags=[flag])]
    session.publish(make_observation(students, 190, probabilities=make_probabilities()))
    card = window.watch_panel.students
    qtbot.waitUntil(lambda: len(card.texts()) == 3)
    assert card.texts()[0] == "Student 3: away for 2 min. Away: not seen for 2 min, since 1:00"
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
    assert not card.exclude_button.isVisible(), "nobody is selected yet"
    card.select(3)
    click(card.dismiss_button)
    assert window.footer.figures.text() == "Flag of Student 3 dismissed."
    click(card.exclude_button)
    assert window.footer.figures.text() == "Student 3 is left out."
    assert session.calls == [("dismiss", flag), ("exclude", 3)]
    session.publish(make_observation([make_student(1), make_student(3, excluded=True)], 191))
    qtbot.waitUntil(lambda: card.exclude_button.text() == "Take in again")
    assert not card.dismiss_button.isVisible()
    click(card.exclude_button)
    assert session.calls[-1] == ("include", 3)
    assert window.footer.figures.text() == "Student 3 is taken in again."


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
    assert texts[0] == "Dismiss: Away: not seen for 2 min, since 1:00"
    assert texts[1:] == ["Note…", "Leave out", "Rename…", "Same student as…"]
    for text in (texts[0], "Leave out"):
        next(action for action in menu.actions() if action.text() == text).trigger()
    assert not menu.actions()[-1].isEnabled(), "there is nobody else"
    assert session.calls == [("dismiss", flag), ("exclude", 3)]
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


def test_the_name_that_is_shown_can_be_changed(qtbot: QtBot, window: LiveWindow, session: FakeLiveSession) -> None:
    show_students(qtbot, window, session, [replace(make_student(3), label="Zoe")])
    card = window.watch_panel.students
    assert not card.more_button.isVisible()
    card.select(3)
    assert card.more_button.isVisible()
    menu = card.make_menu()
    assert menu is not None
    menu.actions()[-2].trigger()
    menu.deleteLater()
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
    menu = card.make_menu()
    assert menu is not None
    menu.actions()[-1].trigger()
    menu.deleteLater()
    dialog = window.findChild(JoinDialog)
    assert isinstance(dialog, JoinDialog)
    offered = [dialog.choice.itemText(number) for number in range(dialog.choice.count())]
    assert offered == ["Student 2", "Student 1"], "who is away may well be the same; who is left out is not offered"
    assert dialog.doubt.text() == ""
    dialog.choice.setCurrentIndex(1)
    assert "two tiles at once" in dialog.doubt.text()
    dialog.choice.setCurrentIndex(0)
    click(dialog.accept_button)
    assert session.calls == [("merge", 3, 2)]
    assert "Student 3: joined with Student 2" in window.watch_panel.students.texts(), "it is told at once"


def test_an_answer_after_the_session_has_ended_changes_nothing(
    qtbot: QtBot, window: LiveWindow, session: FakeLiveSession
) -> None:
    show_students(qtbot, window, session, [make_student(1), make_student(3)])
    window.watch_panel.students.rename_wanted.emit(make_student(3))
    window.watch_panel.students.join_wanted.emit(make_student(3))
    naming, joining = window.findChild(RenameDialog), window.findChild(JoinDialog)
    assert isinstance(naming, RenameDialog)
    assert isinstance(joining, JoinDialog)
    naming.line.setText("Zoe")
    window.detach()
    naming.accept()
    joining.accept()
    assert session.calls == []


def test_the_preview_is_folded_until_it_is_wanted(qtbot: QtBot, window: LiveWindow, session: FakeLiveSession) -> None:
    attach(window, session)
    window.resize(1000, 900)
    card = window.watch_panel.preview
    session.publish(make_observation(make_class(9, 5), 5, probabilities=make_probabilities()))
    qtbot.waitUntil(lambda: window.header.headline.text() not in ("", "One moment…"))
    assert card.folded
    card.toggle_button.click()
    qtbot.waitUntil(lambda: not card.preview._picture.isNull())
    assert card.toggle_button.accessibleName() == "Hide what is watched"
    card.toggle_button.click()
    assert card.folded
    assert card.preview._picture.isNull(), "no frame is kept"


def test_the_preview_comes_into_view_when_it_unfolds(
    qtbot: QtBot, window: LiveWindow, session: FakeLiveSession
) -> None:
    attach(window, session)
    window.resize(400, 700)
    session.publish(make_observation([make_student(n) for n in range(1, 26)], 190))
    panel = window.watch_panel
    qtbot.waitUntil(lambda: len(panel.students.texts()) == 25)
    panel.preview.toggle_button.click()
    qtbot.waitUntil(lambda: panel.preview.preview.height() > 100)
    card = panel.preview
    qtbot.waitUntil(lambda: card.mapTo(panel.viewport(), card.rect().bottomLeft()).y() < panel.viewport().height())


def test_the_preview_unfolds_by_its_title_too(qtbot: QtBot, window: LiveWindow) -> None:
    card = window.watch_panel.preview
    window.show_start()
    QTest.mouseClick(card.title, Qt.MouseButton.LeftButton)
    assert not card.folded
    QTest.mouseClick(card.title, Qt.MouseButton.LeftButton)
    assert card.folded


def test_the_place_of_the_selected_student_is_marked_with_or_without_a_face(qtbot: QtBot) -> None:
    preview = Preview()
    qtbot.addWidget(preview)
    preview.resize(412, 232)
    preview.show()
    observation = make_observation([make_student(1), make_student(2)], 5)
    place = observation.result.tiles[1].tile.box
    result = replace(observation.result, faces=())
    preview.show_observation(replace(observation, result=result))

    def edge() -> str:
        scale = preview.width() / observation.result.frame.width
        return preview.grab().toImage().pixelColor(round(place.x * scale), round(place.centre[1] * scale)).name()

    assert edge() != current_theme().accent
    preview.select(2)
    assert edge() == current_theme().accent
    preview.anonymous = True
    assert edge() != current_theme().accent, "single students are not to be told"


def test_the_boxes_lie_on_the_faces_of_the_very_frame_that_is_shown(qtbot: QtBot) -> None:
    preview = Preview()
    qtbot.addWidget(preview)
    preview.resize(640, 360)
    preview.show()
    for width, height in ((1280, 720), (1920, 1080), (1000, 700)):
        observation = make_observation([make_student(1)], 5, width=width, height=height)
        preview.show_observation(observation)
        picture = preview.grab().toImage()
        box, scale = observation.result.faces[0].face.box, preview.width() / width
        row = round((box.y + box.height / 2) * scale)
        for edge in (box.x, box.right):
            column = round(edge * scale)
            near = {picture.pixelColor(x, row).name() for x in range(column - 1, column + 2)}
            assert "#ffffff" in near
        inside = picture.pixelColor(round(box.centre[0] * scale), row)
        assert (inside.red(), inside.green(), inside.blue()) == (190, 150, 120), "the face itself, in true colours"


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
