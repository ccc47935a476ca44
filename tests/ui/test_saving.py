"""A lesson that cannot be saved completely when it ends: the teacher is asked, and the window goes on."""

import threading
from collections.abc import Callable

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from fer_desktop.errors import DisplayLostError, SessionInterruptedError
from fer_desktop.messages import Message, MessageKey, literal
from fer_desktop.storage.values import KeptSeconds
from tests.ui.controllers import SIMULATED, Controllers, FakeEngine, start_simulated
from tests.ui.fakes import FakeLiveSession, make_observation, make_student
from ui.app_controller import AppController
from ui.dialogs.base import Dialog
from ui.live import saving_watch


@pytest.fixture(autouse=True)
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saving_watch, "ASK_AFTER_S", 0.25)
    monkeypatch.setattr(saving_watch, "ASK_AGAIN_AFTER_S", 0.5)


def question(controller: AppController) -> Dialog | None:
    shown = [dialog for dialog in controller.live.findChildren(Dialog) if dialog.isVisible()]
    return shown[0] if shown else None


def start_unsaved(controllers: Controllers, controller: AppController, kept: KeptSeconds) -> FakeLiveSession:
    session = start_simulated(controllers, controller)
    session.kept = kept
    session.notice = literal("Kept in /data/rescue-1.jsonl until it can be saved: the database is locked")
    session.store_gate.clear()
    return session


def wait_for_question(qtbot: QtBot, controller: AppController) -> Dialog:
    qtbot.waitUntil(lambda: question(controller) is not None)
    dialog = question(controller)
    assert dialog is not None
    return dialog


def test_stopping_with_unsaved_seconds_asks_and_keeps_them_in_the_rescue_file(controllers: Controllers) -> None:
    controller = controllers.open()
    session = start_unsaved(controllers, controller, KeptSeconds(recorded=600, stored=540, rescued=60))
    controller.live.stop_requested.emit()
    dialog = wait_for_question(controllers.qtbot, controller)
    for words in ("not completely saved", "1 min of it", "the database is locked", "nothing is lost"):
        assert words in dialog.text()
    assert ("stop waiting",) not in session.calls
    dialog.accept_button.click()
    controllers.qtbot.waitUntil(lambda: not controller.live.watching)
    assert ("stop waiting",) in session.calls
    assert "rescue-1.jsonl" in controller.live.start_panel.problem.text


def test_waiting_goes_on_until_it_is_saved_and_the_question_closes(controllers: Controllers) -> None:
    controller = controllers.open()
    session = start_unsaved(controllers, controller, KeptSeconds(recorded=600, stored=540, rescued=60))
    controller.live.stop_requested.emit()
    wait_for_question(controllers.qtbot, controller).reject_button.click()
    assert question(controller) is None
    wait_for_question(controllers.qtbot, controller)
    session.store_gate.set()
    controllers.qtbot.waitUntil(lambda: not controller.live.watching)
    assert question(controller) is None
    assert ("stop waiting",) not in session.calls


def test_closing_the_window_asks_too_and_then_closes_it(controllers: Controllers) -> None:
    controller = controllers.open()
    start_unsaved(controllers, controller, KeptSeconds(recorded=600, stored=540, rescued=60))
    controller.live.close()
    assert controller.live.isVisible()
    wait_for_question(controllers.qtbot, controller).reject_button.click()
    controller.live.close()
    wait_for_question(controllers.qtbot, controller).accept_button.click()
    controllers.qtbot.waitUntil(lambda: not controller.live.isVisible())


def test_what_would_be_lost_is_said_and_waiting_is_the_default(controllers: Controllers) -> None:
    controller = controllers.open()
    start_unsaved(controllers, controller, KeptSeconds(recorded=600, stored=540, rescued=0))
    controller.live.stop_requested.emit()
    dialog = wait_for_question(controllers.qtbot, controller)
    assert "1 min are lost" in dialog.text()
    assert not dialog.accept_button.isDefault()
    dialog.accept_button.click()
    controllers.qtbot.waitUntil(lambda: not controller.live.watching)


def test_the_end_of_the_program_does_not_wait_for_an_answer(
    controllers: Controllers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.live.session_runner._PATIENCE_AT_END_S", 0.2)
    controller = controllers.open()
    session = start_unsaved(controllers, controller, KeptSeconds(recorded=600, stored=540, rescued=60))
    controller.live.stop_requested.emit()
    wait_for_question(controllers.qtbot, controller)
    controller.end()
    assert ("stop waiting",) in session.calls
    assert not controller.live.isVisible()


def test_a_log_off_saves_the_lesson_and_leaves_the_window(controllers: Controllers) -> None:
    controller = controllers.open()
    session = start_simulated(controllers, controller)
    controller.save_session()
    assert session.calls[-1] == ("stop",)
    assert not controller.live.watching
    assert "logging off" in controller.live.start_panel.problem.text
    controllers.qtbot.waitUntil(controller.live.start_panel.saved.isVisible)


def test_a_log_off_that_is_cancelled_while_a_lesson_opens_leaves_the_choice(
    controllers: Controllers, engine: FakeEngine
) -> None:
    controller = controllers.open()
    engine.gate.clear()
    controller.begin(SIMULATED)
    assert not controller.live.start_panel.isEnabled()
    threading.Timer(0.2, engine.gate.set).start()
    controller.save_session()
    assert controller.live.start_panel.isEnabled()
    assert [session.calls for session in engine.sessions] == [[]], "what was opening is not watched"
    start_simulated(controllers, controller)


def test_a_log_off_does_not_keep_a_window_open_that_is_closing(controllers: Controllers) -> None:
    controller = controllers.open()
    session = start_simulated(controllers, controller)
    session.gate.clear()
    controller.live.close()
    threading.Timer(0.2, session.gate.set).start()
    controller.save_session()
    assert not controller.live.isVisible()


@pytest.mark.parametrize("end", [AppController.save_session, AppController.end], ids=["log-off", "signal"])
def test_what_is_being_written_at_a_log_off_or_a_signal_is_saved(
    controllers: Controllers, end: Callable[[AppController], None]
) -> None:
    controller = controllers.open()
    session = start_simulated(controllers, controller)
    students = controller.live.watch_panel.students
    session.publish(make_observation([make_student(1)], 754))
    controllers.qtbot.waitUntil(lambda: bool(students.texts()))
    students.select(1)
    students.note_button.click()
    QTest.keyClicks(students.note_bar.note, "asks well")
    controller.live.open_bookmark()
    QTest.keyClicks(controller.live.bookmark_bar.note, "bell")
    end(controller)
    assert session.calls[1:] == [("bookmark", "bell", 754), ("note", 1, "asks well", 754), ("stop",)]


def test_what_is_being_written_when_the_display_is_lost_is_saved(controllers: Controllers) -> None:
    controller = controllers.open()
    session = start_simulated(controllers, controller)
    controller.live.open_bookmark()
    QTest.keyClicks(controller.live.bookmark_bar.note, "bell")
    with pytest.raises(SessionInterruptedError):
        controller.end_interrupted(DisplayLostError(Message(MessageKey.DESKTOP_CLOSED)))
    assert session.calls[1:] == [("bookmark", "bell", None), ("stop",)]


def test_what_an_ended_lesson_left_is_saved_while_the_window_is_open(
    controllers: Controllers, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.start.lesson_news._TAKE_IN_EVERY_MS", 100)
    controller = controllers.open()
    engine.store.rescued_seconds = 120
    saved = controller.live.start_panel.saved
    controllers.qtbot.waitUntil(saved.isVisible)
    assert "2 min of earlier lessons" in saved.text


def test_the_review_opens_with_what_was_left(controllers: Controllers, engine: FakeEngine) -> None:
    controller = controllers.open()
    engine.store.rescued_seconds = 120
    controller.open_review()
    controllers.qtbot.waitUntil(lambda: engine.store.rescued_seconds == 0)
    controllers.qtbot.waitUntil(controller.live.start_panel.saved.isVisible)
