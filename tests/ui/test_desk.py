"""The whole way: from the first start over a session to the review. Only the engine is a stand-in."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QObject, QRect, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from fer_desktop.errors import ModelError, SourceError
from fer_desktop.law import consent_text
from fer_desktop.settings import Settings
from fer_desktop.types import PipelineState
from models.card import ClassCard, EvaluationCard, ModelCard, read_card
from models.loading import SHIPPED_FOLDER
from tests.fakes import make_probabilities
from tests.ui.fakes import FakeLiveSession, FakeStore, make_observation, make_session, make_student
from ui.desk import Desk, Engine, place_at_left
from ui.dialogs.accuracy_dialog import AccuracyDialog, describe_accuracy, describe_recall
from ui.dialogs.base import Dialog
from ui.dialogs.guide import GuideDialog
from ui.dialogs.settings_dialog import SettingsDialog
from ui.review_window import ReviewWindow
from ui.start.choice import SourceChoice
from ui.start.consent_dialog import ConsentDialog
from ui.start.place_dialog import PlaceDialog
from ui.start.window_dialog import WindowDialog
from ui.theme import DARK, current_theme

RECORDING = SourceChoice("/lessons/monday.mp4", live=False)
SIMULATED = SourceChoice("simulated", live=False, simulated=True)


class World:
    """The engine's side of the desk, and what reached it."""

    def __init__(self) -> None:
        self.store = FakeStore([make_session(1)])
        self.saved: list[Settings] = []
        self.made: list[tuple[Settings, SourceChoice]] = []
        self.sessions: list[FakeLiveSession] = []
        self.failure: Exception | None = None
        self.card_failure: ModelError | None = None
        self.expressions_on = True
        self.gate = Event()
        self.gate.set()

    def make_session(self, settings: Settings, choice: SourceChoice) -> FakeLiveSession:
        if self.failure is not None:
            raise self.failure
        self.made.append((settings, choice))
        self.gate.wait(5)
        self.sessions.append(FakeLiveSession(expressions_on=self.expressions_on))
        return self.sessions[-1]

    def export(
        self,
        session_id: int,
        *,
        format: str,
        path: Path,
        student: int | None = None,
        part: str = "all",
        individuals: bool = True,
    ) -> None:
        raise AssertionError("nothing is exported here")

    def read_card(self) -> ModelCard:
        if self.card_failure is not None:
            raise self.card_failure
        return read_card(SHIPPED_FOLDER)

    def engine(self) -> Engine:
        return Engine(self.store, self.make_session, self.saved.append, self.export, self.read_card)


@pytest.fixture
def world() -> World:
    return World()


class Desks:
    """Opens desks and ends them after the test."""

    def __init__(self, qtbot: QtBot, world: World) -> None:
        self.qtbot = qtbot
        self.world = world
        self.opened: list[Desk] = []

    def open(
        self,
        settings: Settings | None = None,
        *,
        place: str | None = None,
        guess: str | None = None,
        purge: bool = True,
        notice: str | None = None,
        watch: bool = False,
        crashed: int | None = None,
    ) -> Desk:
        settings = settings or Settings(place="IN", theme="light")
        desk = Desk(self.world.engine(), settings, place=place, guess=guess, purge=purge)
        self.opened.append(desk)
        desk.open(notice=notice, watch=watch, crashed=crashed)
        return desk


@pytest.fixture
def desks(qtbot: QtBot, world: World) -> Iterator[Desks]:
    desks = Desks(qtbot, world)
    yield desks
    for desk in desks.opened:
        desk.end()
        for window in (desk.live, desk.review):
            if window is not None:
                window.deleteLater()
        desk.deleteLater()
    qtbot.wait(1)


def dialog_of(desk: Desk, kind: type[QDialog]) -> QDialog | None:
    found: QObject | None = desk.live.findChild(kind)
    return found if isinstance(found, kind) and found.isVisible() else None


def consent(desk: Desk) -> ConsentDialog:
    dialog = dialog_of(desk, ConsentDialog)
    assert isinstance(dialog, ConsentDialog)
    return dialog


def start_recording(desks: Desks, desk: Desk) -> FakeLiveSession:
    desk.begin(RECORDING)
    dialog = consent(desk)
    QTest.mouseClick(dialog.told, Qt.MouseButton.LeftButton)
    dialog.accept_button.click()
    desks.qtbot.waitUntil(lambda: desk.live.watching)
    return desks.world.sessions[-1]


def change_place(desk: Desk, name: str) -> None:
    desk.open_settings()
    dialog = dialog_of(desk, SettingsDialog)
    assert isinstance(dialog, SettingsDialog)
    dialog.place.setEditText(name)
    dialog.accept_button.click()


def break_down(desks: Desks, desk: Desk, session: FakeLiveSession) -> None:
    session.state, session.fault = PipelineState.FAULTED, "the picture is gone"
    desks.qtbot.waitUntil(desk.live.fault.isVisible)


def start_simulated(desks: Desks, desk: Desk) -> FakeLiveSession:
    desk.begin(SIMULATED)
    desks.qtbot.waitUntil(lambda: desk.live.watching)
    return desks.world.sessions[-1]


def test_until_it_is_answered_each_start_asks_where_the_class_is(desks: Desks, world: World) -> None:
    desk = desks.open(Settings(theme="light", guide_seen=True))
    dialog = dialog_of(desk, PlaceDialog)
    assert isinstance(dialog, PlaceDialog)
    dialog.picker.setEditText("Germany")
    dialog.accept_button.click()
    assert world.saved[-1].place == "DE"
    assert "Article 5(1)(f)" in desk.live.start_panel.place.text


def test_a_known_place_is_not_asked_for_again(desks: Desks) -> None:
    assert dialog_of(desks.open(), PlaceDialog) is None
    assert dialog_of(desks.open(Settings(theme="light"), place="DE"), PlaceDialog) is None


def test_a_place_said_for_this_run_counts_and_is_not_stored(desks: Desks, world: World) -> None:
    desk = desks.open(Settings(place="IN", theme="light"), place="DE")
    assert "Article 5(1)(f)" in desk.live.start_panel.place.text
    start_simulated(desks, desk)
    assert world.made[0][0].place == "DE"
    assert all(settings.place == "IN" for settings in world.saved)


def test_a_place_set_later_counts_instead_of_the_one_said_for_this_run(desks: Desks) -> None:
    desk = desks.open(Settings(place="US", theme="light"), place="IN")
    change_place(desk, "Germany")
    assert "Article 5(1)(f)" in desk.live.start_panel.place.text


def test_a_guess_is_offered_but_switches_nothing_on(desks: Desks, world: World) -> None:
    desk = desks.open(Settings(theme="light", guide_seen=True), guess="IN")
    dialog = dialog_of(desk, PlaceDialog)
    assert isinstance(dialog, PlaceDialog)
    assert dialog.place() == "IN"
    dialog.reject_button.click()
    assert "until then expressions are off" in desk.live.start_panel.place.text
    desk.begin(RECORDING)
    assert consent(desk).text_shown.toPlainText() == consent_text(expressions_on=False, names_allowed=False)
    consent(desk).reject_button.click()
    world.expressions_on = False
    start_simulated(desks, desk)
    assert world.made[0][0].place is None
    assert "until then expressions are off" in desk.live.law.text


def test_a_guess_where_the_law_forbids_expressions_switches_them_off(desks: Desks, world: World) -> None:
    desk = desks.open(Settings(theme="light", guide_seen=True), guess="DE")
    dialog = dialog_of(desk, PlaceDialog)
    assert isinstance(dialog, PlaceDialog)
    dialog.reject_button.click()
    assert "Article 5(1)(f)" in desk.live.start_panel.place.text
    start_simulated(desks, desk)
    assert world.made[0][0].place == "DE"


def test_watching_takes_the_class_being_told(desks: Desks, world: World) -> None:
    desk = desks.open()
    desk.live.start_panel.course.setText("Physics 101")
    desk.begin(RECORDING)
    dialog = consent(desk)
    QTest.mouseClick(dialog.told, Qt.MouseButton.LeftButton)
    QTest.mouseClick(dialog.aggregate, Qt.MouseButton.LeftButton)
    QTest.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)
    desks.qtbot.waitUntil(lambda: desk.live.watching)
    settings, choice = world.made[0]
    assert choice == RECORDING
    assert settings.aggregate_only
    assert settings.course == "Physics 101"
    assert world.saved[-1].course == "Physics 101"
    assert not world.saved[-1].aggregate_only, "the choice holds for one session"


def test_what_the_command_line_names_is_watched_once_the_class_was_told(desks: Desks) -> None:
    settings = Settings(place="IN", theme="light", region="640x360+10+20")
    assert dialog_of(desks.open(settings), ConsentDialog) is None
    assert consent(desks.open(settings, watch=True)).isVisible()


def test_a_window_that_the_command_line_names_and_nobody_finds_is_told(desks: Desks) -> None:
    desk = desks.open(Settings(place="IN", theme="light", window="No such window"), watch=True)
    assert dialog_of(desk, WindowDialog) is not None


def test_where_the_class_is_goes_before_what_the_command_line_names(desks: Desks) -> None:
    desk = desks.open(Settings(theme="light", guide_seen=True, region="640x360+10+20"), watch=True)
    assert dialog_of(desk, PlaceDialog) is not None
    assert dialog_of(desk, ConsentDialog) is None


def test_giving_up_the_consent_step_starts_nothing(desks: Desks, world: World) -> None:
    desk = desks.open()
    desk.begin(RECORDING)
    consent(desk).reject_button.click()
    desks.qtbot.wait(1)
    assert world.made == []


def test_the_simulated_class_asks_nothing(desks: Desks) -> None:
    session = start_simulated(desks, desks.open())
    assert session.calls == [("start",)]


def test_stopping_saves_and_offers_the_review(desks: Desks, world: World) -> None:
    desk = desks.open()
    session = start_simulated(desks, desk)
    session.publish(make_observation([make_student(1)], 5, probabilities=make_probabilities()))
    QTest.mouseClick(desk.live.footer.stop, Qt.MouseButton.LeftButton)
    panel = desk.live.start_panel
    desks.qtbot.waitUntil(panel.saved.isVisible)
    assert session.calls[-1] == ("stop",)
    assert panel.saved.text == "Saved: 52 min with 27 students."
    panel.saved.button.click()
    review = desk.review
    assert review is not None
    desks.qtbot.waitUntil(review.page.isVisible)


def test_after_a_crash_the_next_start_says_what_is_kept_of_the_session(desks: Desks) -> None:
    desk = desks.open(crashed=1)
    saved = desk.live.start_panel.saved
    desks.qtbot.waitUntil(saved.isVisible)
    assert saved.text.startswith("The last session was cut short after ")
    assert "is kept" in saved.text


def test_the_window_stands_at_the_edge_of_the_screen_and_leaves_the_call_in_view(desks: Desks) -> None:
    live = desks.open().live
    free = live.screen().availableGeometry()
    assert free.contains(live.geometry())
    assert free.right() - live.geometry().right() < 40


def test_the_review_opens_whole_on_its_screen(desks: Desks) -> None:
    desk = desks.open()
    desk.open_review()
    review = desk.review
    assert review is not None
    desks.qtbot.waitUntil(review.page.isVisible)
    assert review.screen().availableGeometry().contains(review.frameGeometry())


def test_ctrl_q_ends_the_program_from_the_review_too(desks: Desks) -> None:
    desk = desks.open()
    desk.open_review()
    assert desk.review is not None
    desk.review.activateWindow()
    desks.qtbot.waitUntil(desk.review.isActiveWindow)
    QTest.keyClick(desk.review, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    desks.qtbot.waitUntil(lambda: not desk.live.isVisible())
    assert not desk.review.isVisible()


@pytest.mark.parametrize("free", [QRect(0, 28, 1366, 740), QRect(1920, 0, 1280, 984), QRect(0, 0, 3840, 2100)])
def test_a_large_window_is_no_larger_than_the_screen(qtbot: QtBot, free: QRect) -> None:
    window = ReviewWindow(FakeStore(), lambda *_, **__: None)
    qtbot.addWidget(window)
    wanted = window.size()
    place_at_left(window, free)
    with_title_bar = QRect(window.pos(), window.size() + QSize(0, 40))
    assert free.contains(with_title_bar)
    assert window.size() == wanted or window.height() > free.height() - 80 or window.width() > free.width() - 30


def test_a_session_of_which_nothing_was_recorded_is_not_called_saved(desks: Desks) -> None:
    desk = desks.open()
    start_simulated(desks, desk).session_id = None
    desk.live.stop_wanted.emit()
    desks.qtbot.waitUntil(lambda: not desk.live.watching)
    assert not desk.live.start_panel.saved.isVisible()


def test_a_storage_fault_is_still_told_after_the_session(desks: Desks) -> None:
    desk = desks.open()
    start_simulated(desks, desk).notice = "Recording has stopped: the disk is full"
    desk.live.stop_wanted.emit()
    panel = desk.live.start_panel
    desks.qtbot.waitUntil(panel.saved.isVisible)
    assert panel.problem.isVisible()
    assert panel.problem.text == "Recording has stopped: the disk is full."


def test_watching_ends_when_the_simulated_class_leaves_its_place(desks: Desks) -> None:
    desk = desks.open()
    session = start_simulated(desks, desk)
    desk._picker.simulated_leaving.emit()
    panel = desk.live.start_panel
    desks.qtbot.waitUntil(panel.problem.isVisible)
    assert session.calls[-1] == ("stop",)
    assert "closed or moved" in panel.problem.text


def test_a_simulated_class_that_leaves_while_a_session_opens_is_not_watched(desks: Desks, world: World) -> None:
    desk = desks.open()
    world.gate.clear()
    desk.begin(SIMULATED)
    desk._picker.simulated_leaving.emit()
    world.gate.set()
    panel = desk.live.start_panel
    desks.qtbot.waitUntil(panel.problem.isVisible)
    assert [session.calls for session in world.sessions] == [[]]
    assert panel.isEnabled(), "another choice can be made"
    assert desk.live.header.state.text() == "Not watching"


def test_a_recording_that_is_through_is_saved_by_itself(desks: Desks) -> None:
    desk = desks.open()
    start_simulated(desks, desk).state = PipelineState.STOPPED
    desks.qtbot.waitUntil(desk.live.start_panel.saved.isVisible)


def test_a_start_that_fails_says_why_and_can_be_tried_again(desks: Desks, world: World) -> None:
    desk = desks.open()
    world.failure = SourceError("there is no file monday.mp4: check the path")
    desk.begin(SIMULATED)
    panel = desk.live.start_panel
    desks.qtbot.waitUntil(panel.problem.isVisible)
    assert panel.problem.text == "There is no file monday.mp4: check the path."
    assert panel.isEnabled()
    world.failure = None
    start_simulated(desks, desk)


def test_restarting_after_a_fault_begins_the_same_again(desks: Desks, world: World) -> None:
    desk = desks.open()
    session = start_simulated(desks, desk)
    session.state, session.fault = PipelineState.FAULTED, "the picture is gone"
    desks.qtbot.waitUntil(desk.live.fault.isVisible)
    desk.live.fault.button.click()
    desks.qtbot.waitUntil(lambda: len(world.sessions) == 2)
    assert session.calls[-1] == ("stop",)
    assert world.made[1] == world.made[0]
    desks.qtbot.waitUntil(lambda: not desk.live.fault.isVisible())


def test_a_restart_counts_with_the_place_of_now(desks: Desks, world: World) -> None:
    desk = desks.open()
    break_down(desks, desk, start_recording(desks, desk))
    change_place(desk, "Germany")
    desk.live.fault.button.click()
    desks.qtbot.waitUntil(lambda: len(world.sessions) == 2)
    assert [settings.place for settings, _ in world.made] == ["IN", "DE"]
    desks.qtbot.waitUntil(lambda: desk.live.watching)


def test_a_restart_reads_no_expressions_of_a_class_that_was_not_told(desks: Desks, world: World) -> None:
    desk = desks.open(Settings(place="DE", theme="light"))
    break_down(desks, desk, start_recording(desks, desk))
    change_place(desk, "India")
    desk.live.fault.button.click()
    panel = desk.live.start_panel
    desks.qtbot.waitUntil(panel.problem.isVisible)
    assert "so that the class is told first" in panel.problem.text
    assert len(world.made) == 1


def test_closing_during_a_restart_starts_nothing(desks: Desks, world: World) -> None:
    desk = desks.open()
    session = start_simulated(desks, desk)
    break_down(desks, desk, session)
    session.gate.clear()
    desk.live.fault.button.click()
    desk.live.close()
    desk.live.close()
    assert desk.live.isVisible(), "it waits until the session is saved"
    session.gate.set()
    desks.qtbot.waitUntil(lambda: not desk.live.isVisible())
    assert len(world.made) == 1


def test_closing_in_mid_session_saves_without_a_question(desks: Desks) -> None:
    desk = desks.open()
    session = start_simulated(desks, desk)
    desk.live.close()
    desks.qtbot.waitUntil(lambda: not desk.live.isVisible())
    assert session.calls[-1] == ("stop",)


def test_closing_while_a_session_opens_starts_nothing(desks: Desks, world: World) -> None:
    desk = desks.open()
    world.gate.clear()
    desk.begin(SIMULATED)
    desk.live.close()
    assert desk.live.isVisible(), "it waits until the source can be let go"
    world.gate.set()
    desks.qtbot.waitUntil(lambda: not desk.live.isVisible())
    assert [session.calls for session in world.sessions] == [[]]


def test_a_storage_fault_at_the_very_end_is_logged(desks: Desks, caplog: pytest.LogCaptureFixture) -> None:
    desk = desks.open()
    start_simulated(desks, desk).notice = "Recording has stopped: the disk is full"
    desk.end()
    assert "the disk is full" in caplog.text


def test_ending_at_once_saves_too(desks: Desks) -> None:
    desk = desks.open()
    session = start_simulated(desks, desk)
    desk.end()
    assert session.calls[-1] == ("stop",)


def test_settings_are_stored_and_take_effect(desks: Desks, world: World) -> None:
    desk = desks.open()
    desk.open_settings()
    dialog = dialog_of(desk, SettingsDialog)
    assert isinstance(dialog, SettingsDialog)
    dialog.theme.setCurrentIndex(2)
    dialog.course.setText("Biology")
    dialog.accept_button.click()
    assert world.saved[-1].theme == "dark"
    assert current_theme() is DARK
    assert desk.live.start_panel.course.text() == "Biology"


def test_old_sessions_are_deleted_at_the_start_where_that_is_set(desks: Desks, world: World) -> None:
    desks.open(Settings(place="IN", theme="light", retention_days=30))
    desks.qtbot.waitUntil(lambda: world.store.purged_days == [30])


def test_a_database_that_is_not_the_users_own_is_not_cleared(desks: Desks, world: World) -> None:
    desk = desks.open(Settings(place="IN", theme="light", retention_days=30), purge=False)
    desk._calls.wait()
    assert world.store.purged_days == []


def test_a_notice_of_the_settings_file_is_shown(desks: Desks) -> None:
    desk = desks.open(notice="Your settings could not be understood.")
    assert desk.live.start_panel.problem.text == "Your settings could not be understood."


def test_an_unexpected_error_is_told_where_the_teacher_looks(desks: Desks) -> None:
    desk = desks.open()
    desk.tell_failure("Something unexpected went wrong.")
    assert desk.live.start_panel.problem.isVisible()
    start_simulated(desks, desk)
    desk.tell_failure("Something else.")
    assert desk.live.unexpected.text == "Something else."


def test_how_sure_it_is_comes_from_the_model_card(desks: Desks) -> None:
    desk = desks.open()
    desk.open_accuracy()
    dialog = dialog_of(desk, AccuracyDialog)
    assert dialog is not None
    dialog.close()


def test_a_missing_model_card_is_told(desks: Desks, world: World) -> None:
    desk = desks.open()
    world.card_failure = ModelError("the model card is missing")
    desk.open_accuracy()
    dialog = dialog_of(desk, Dialog)
    assert isinstance(dialog, Dialog)
    assert "the model card is missing" in dialog.text()
    dialog.close()


def test_about_opens(desks: Desks) -> None:
    desk = desks.open()
    desk.live.about_wanted.emit()
    dialog = dialog_of(desk, Dialog)
    assert isinstance(dialog, Dialog)
    assert "no picture is ever stored" in dialog.text()
    dialog.close()


def test_the_menu_leads_to_the_user_guide_and_the_window_goes_on_being_used(desks: Desks) -> None:
    desk = desks.open()
    menu = desk.live.header.menu_button.menu()
    assert desk.live.actions_shared.user_guide in menu.actions()
    desk.live.actions_shared.user_guide.trigger()
    guide = dialog_of(desk, Dialog)
    assert isinstance(guide, Dialog)
    assert guide.windowTitle() == "User guide"
    assert not guide.isModal()
    guide.close()


def test_accuracy_is_told_in_numbers_and_words() -> None:
    evaluation = EvaluationCard(
        n=3589,
        accuracy=0.634,
        accuracy_ci95=(0.618, 0.65),
        balanced_accuracy=0.5,
        macro_f1=0.5,
        ece=0.02,
        per_class={"happy": ClassCard(precision=0.8, recall=0.9, f1=0.85, support=895)},
        confusion=(),
        without_copies=None,
        parameters=1,
        macs=1,
        seconds=1.0,
    )
    assert "63 of 100 (between 62 and 65)" in describe_accuracy(evaluation)
    assert "did not learn from (they served to choose and to calibrate it)" in describe_accuracy(evaluation)
    assert describe_recall(0.88) == "found 88 of 100 times: reliable"
    assert describe_recall(0.6) == "found 60 of 100 times: fair"
    assert describe_recall(0.14) == "found 14 of 100 times: often missed"


def test_the_first_start_begins_with_the_guide(desks: Desks, world: World) -> None:
    desk = desks.open(Settings(theme="light"))
    guide = dialog_of(desk, GuideDialog)
    assert isinstance(guide, GuideDialog)
    guide.picker.setEditText("Germany")
    for _ in range(3):
        guide.accept_button.click()
    assert world.saved[-1].place == "DE"
    assert world.saved[-1].guide_seen
    assert "Article 5(1)(f)" in desk.live.start_panel.place.text


def test_a_guide_that_was_skipped_answers_nothing_and_does_not_come_back(desks: Desks, world: World) -> None:
    desk = desks.open(Settings(theme="light"), guess="IN")
    guide = dialog_of(desk, GuideDialog)
    assert isinstance(guide, GuideDialog)
    guide.reject_button.click()
    assert world.saved[-1].guide_seen
    assert world.saved[-1].place is None
    desk.live.guide_wanted.emit()
    again = desk.live.findChildren(GuideDialog)[-1]
    assert again.isVisible(), "it can be asked for"
    again.close()


def test_what_is_ticked_in_the_window_is_remembered(desks: Desks, world: World) -> None:
    desk = desks.open()
    desk.live.actions_shared.quiet.trigger()
    assert world.saved[-1].do_not_disturb
    desk.live.actions_shared.on_top.trigger()
    assert world.saved[-1].always_on_top
    assert world.saved[-1].do_not_disturb


def test_a_course_that_is_being_typed_stays_whatever_else_is_changed(desks: Desks) -> None:
    desk = desks.open(Settings(place="US", course="Biology"))
    desk.live.start_panel.course.setText("Physics")
    desk.live.actions_shared.quiet.trigger()
    assert desk.live.start_panel.course.text() == "Physics"


def test_a_window_that_is_kept_quiet_opens_quiet(desks: Desks) -> None:
    desk = desks.open(Settings(place="IN", theme="light", do_not_disturb=True))
    assert desk.live.header.quiet.isVisible()


def test_a_watch_that_shows_nobody_is_helped(desks: Desks) -> None:
    desk = desks.open()
    session = start_recording(desks, desk)
    for second in (0, 30):
        desk.live.show_observation(make_observation([], second))
        desk.live.repaint_now()
    desk.live.repaint_now()
    assert desk.live.notice.text == "Nobody has been seen in this recording so far."
    assert session.notice is None
