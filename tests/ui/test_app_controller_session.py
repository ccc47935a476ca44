"""A session from its start to its end, whichever way it ends. The engine is a fake."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from fer_desktop.errors import SourceError, StorageError
from fer_desktop.messages import literal
from fer_desktop.settings import Settings
from fer_desktop.types import PipelineState
from tests.fakes import make_probabilities
from tests.ui.controllers import (
    SIMULATED,
    Controllers,
    FakeEngine,
    change_place,
    change_settings,
    fail_session,
    picker_of,
    start_recording,
    start_simulated,
)
from tests.ui.fakes import make_observation, make_student
from ui.app_controller import AppController
from ui.review.review_window import ReviewWindow


def test_stopping_saves_and_offers_the_review(controllers: Controllers, engine: FakeEngine) -> None:
    controller = controllers.open()
    session = start_simulated(controllers, controller)
    session.publish(make_observation([make_student(1)], 5, probabilities=make_probabilities()))
    QTest.mouseClick(controller.live.footer.stop, Qt.MouseButton.LeftButton)
    panel = controller.live.start_panel
    controllers.qtbot.waitUntil(panel.saved.isVisible)
    assert session.calls[-1] == ("stop",)
    assert panel.saved.text == "Saved: 52 min with 27 students."
    panel.saved.button.click()
    review = controller.review
    assert review is not None
    controllers.qtbot.waitUntil(review.page.isVisible)


def test_the_saved_lesson_leads_to_what_to_do_now(controllers: Controllers) -> None:
    controller = controllers.open()
    start_simulated(controllers, controller)
    QTest.mouseClick(controller.live.footer.stop, Qt.MouseButton.LeftButton)
    saved = controller.live.start_panel.saved
    controllers.qtbot.waitUntil(saved.isVisible)
    QTest.mouseClick(saved.follow_up, Qt.MouseButton.LeftButton)
    review = controller.review
    assert review is not None
    controllers.qtbot.waitUntil(review.sides.follow_up.isVisible)
    saved.show_message("Earlier lessons are saved now.")
    assert not saved.follow_up.isVisible(), "that is about no single lesson"


def test_a_session_of_which_nothing_was_recorded_is_not_called_saved(controllers: Controllers) -> None:
    controller = controllers.open()
    start_simulated(controllers, controller).session_id = None
    controller.live.stop_requested.emit()
    controllers.qtbot.waitUntil(lambda: not controller.live.watching)
    assert not controller.live.start_panel.saved.isVisible()


def test_a_storage_fault_is_still_shown_after_the_session(controllers: Controllers) -> None:
    controller = controllers.open()
    start_simulated(controllers, controller).notice = literal("Recording has stopped: the disk is full")
    controller.live.stop_requested.emit()
    panel = controller.live.start_panel
    controllers.qtbot.waitUntil(panel.saved.isVisible)
    assert panel.problem.isVisible()
    assert panel.problem.text == "Recording has stopped: the disk is full."


def test_watching_ends_when_the_simulated_class_is_closed(controllers: Controllers) -> None:
    controller = controllers.open()
    session = start_simulated(controllers, controller)
    picker_of(controller).simulated_leaving.emit()
    panel = controller.live.start_panel
    controllers.qtbot.waitUntil(panel.problem.isVisible)
    assert session.calls[-1] == ("stop",)
    assert "the simulated class was closed" in panel.problem.text


def test_a_simulated_class_that_leaves_while_opening_is_not_watched(
    controllers: Controllers, engine: FakeEngine
) -> None:
    controller = controllers.open()
    engine.gate.clear()
    controller.begin(SIMULATED)
    picker_of(controller).simulated_leaving.emit()
    engine.gate.set()
    panel = controller.live.start_panel
    controllers.qtbot.waitUntil(panel.problem.isVisible)
    assert [session.calls for session in engine.sessions] == [[]]
    assert panel.isEnabled(), "another choice can be made"
    assert controller.live.header.state.text() == "Not watching"


def test_a_recording_that_is_through_is_saved_by_itself(controllers: Controllers) -> None:
    controller = controllers.open()
    start_simulated(controllers, controller).state = PipelineState.STOPPED
    controllers.qtbot.waitUntil(controller.live.start_panel.saved.isVisible)


def test_a_start_that_fails_says_why_and_can_be_tried_again(controllers: Controllers, engine: FakeEngine) -> None:
    controller = controllers.open()
    engine.failure = SourceError("there is no file monday.mp4: check the path")
    controller.begin(SIMULATED)
    panel = controller.live.start_panel
    controllers.qtbot.waitUntil(panel.problem.isVisible)
    assert panel.problem.text == "There is no file monday.mp4: check the path."
    assert panel.isEnabled()
    engine.failure = None
    start_simulated(controllers, controller)


def test_restarting_after_a_fault_begins_the_same_again(controllers: Controllers, engine: FakeEngine) -> None:
    controller = controllers.open()
    session = start_simulated(controllers, controller)
    session.state, session.fault = PipelineState.FAULTED, literal("the picture is gone")
    controllers.qtbot.waitUntil(controller.live.banners.fault.isVisible)
    controller.live.banners.fault.button.click()
    controllers.qtbot.waitUntil(lambda: len(engine.sessions) == 2)
    assert session.calls[-1] == ("stop",)
    assert engine.made[1] == engine.made[0]
    controllers.qtbot.waitUntil(lambda: not controller.live.banners.fault.isVisible())


def test_a_restart_counts_with_the_place_of_now(controllers: Controllers, engine: FakeEngine) -> None:
    controller = controllers.open()
    fail_session(controllers, controller, start_recording(controllers, controller))
    change_place(controller, "Germany")
    controller.live.banners.fault.button.click()
    controllers.qtbot.waitUntil(lambda: len(engine.sessions) == 2)
    assert [settings.place for settings, _ in engine.made] == ["IN", "DE"]
    controllers.qtbot.waitUntil(lambda: controller.live.watching)


def test_a_restart_reads_no_expressions_of_a_class_that_was_not_informed(
    controllers: Controllers, engine: FakeEngine
) -> None:
    controller = controllers.open(Settings(place="DE", theme="light"))
    fail_session(controllers, controller, start_recording(controllers, controller))
    change_place(controller, "India")
    controller.live.banners.fault.button.click()
    panel = controller.live.start_panel
    controllers.qtbot.waitUntil(panel.problem.isVisible)
    assert "to tell the class first" in panel.problem.text
    assert len(engine.made) == 1


@pytest.mark.parametrize(
    ("told", "now", "expected"),
    [
        ({}, {"names_allowed": True}, (False, False)),
        ({}, {"aggregate_only": True}, (False, True)),
        ({"names_allowed": True}, {}, (False, False)),
        ({"aggregate_only": True}, {"names_allowed": True}, (False, True)),
        ({"names_allowed": True}, {"names_allowed": True, "away_after_s": 300}, (True, False)),
    ],
)
def test_a_restart_stores_neither_names_nor_students_of_which_the_class_was_not_told(
    controllers: Controllers,
    engine: FakeEngine,
    told: dict[str, object],
    now: dict[str, object],
    expected: tuple[bool, bool],
) -> None:
    settings = Settings(place="IN", theme="light")
    controller = controllers.open(settings.model_copy(update=told))
    fail_session(controllers, controller, start_recording(controllers, controller))
    change_settings(controller, settings.model_copy(update=now))
    for _ in range(2):
        controller.live.banners.fault.button.click()
        controllers.qtbot.waitUntil(lambda: engine.sessions[-1].state is PipelineState.RUNNING)
        restarted, _ = engine.made[-1]
        assert (restarted.names_allowed, restarted.class_totals) == expected
        assert restarted.away_after_s == now.get("away_after_s", 120), "rules are those of now"
        fail_session(controllers, controller, engine.sessions[-1])
    assert len(engine.made) == 3


def test_closing_during_a_restart_starts_nothing(controllers: Controllers, engine: FakeEngine) -> None:
    controller = controllers.open()
    session = start_simulated(controllers, controller)
    fail_session(controllers, controller, session)
    session.gate.clear()
    controller.live.banners.fault.button.click()
    controller.live.close()
    controller.live.close()
    assert controller.live.isVisible(), "it waits until the session is saved"
    session.gate.set()
    controllers.qtbot.waitUntil(lambda: not controller.live.isVisible())
    assert len(engine.made) == 1


def test_closing_in_mid_session_saves_without_a_question(controllers: Controllers) -> None:
    controller = controllers.open()
    session = start_simulated(controllers, controller)
    controller.live.close()
    controllers.qtbot.waitUntil(lambda: not controller.live.isVisible())
    assert session.calls[-1] == ("stop",)


def test_closing_while_a_session_opens_starts_nothing(controllers: Controllers, engine: FakeEngine) -> None:
    controller = controllers.open()
    engine.gate.clear()
    controller.begin(SIMULATED)
    controller.live.close()
    assert controller.live.isVisible(), "it waits until the source can be let go"
    engine.gate.set()
    controllers.qtbot.waitUntil(lambda: not controller.live.isVisible())
    assert [session.calls for session in engine.sessions] == [[]]


def delete_in_review(controllers: Controllers, controller: AppController) -> ReviewWindow:
    """Deletes the lesson that is shown, which the store will refuse."""
    controller.open_review()
    review = controller.review
    assert review is not None
    controllers.qtbot.waitUntil(review.page.isVisible)
    review.page.delete_requested.emit()
    controllers.qtbot.waitUntil(lambda: not review.busy)
    controllers.engine.store.failure = StorageError("the database is locked")
    return review


@pytest.mark.parametrize("in_lesson", [True, False])
def test_a_deletion_that_fails_at_quitting_is_shown_before_all_is_closed(
    controllers: Controllers, in_lesson: bool
) -> None:
    controller = controllers.open()
    if in_lesson:
        start_simulated(controllers, controller)
    review = delete_in_review(controllers, controller)
    controller.live.close()
    controllers.qtbot.waitUntil(lambda: not controller.live.isVisible())
    assert review.isVisible()
    assert review.problem.text == "The database is locked."
    review.close()
    assert not review.isVisible()


def test_a_deletion_that_fails_at_a_signal_is_logged(
    controllers: Controllers, caplog: pytest.LogCaptureFixture
) -> None:
    controller = controllers.open()
    review = delete_in_review(controllers, controller)
    controller.end()
    assert not review.isVisible()
    assert not controller.live.isVisible()
    assert caplog.messages == ["The database is locked."]


def test_a_storage_fault_at_the_very_end_is_logged(controllers: Controllers, caplog: pytest.LogCaptureFixture) -> None:
    controller = controllers.open()
    start_simulated(controllers, controller).notice = literal("Recording has stopped: the disk is full")
    controller.end()
    assert "the disk is full" in caplog.text


def test_ending_at_once_saves_too(controllers: Controllers) -> None:
    controller = controllers.open()
    session = start_simulated(controllers, controller)
    controller.end()
    assert session.calls[-1] == ("stop",)


def test_an_unexpected_error_is_shown_in_the_live_window(controllers: Controllers) -> None:
    controller = controllers.open()
    controller.show_unexpected_error("Something unexpected went wrong.")
    assert controller.live.start_panel.problem.isVisible()
    start_simulated(controllers, controller)
    controller.show_unexpected_error("Something else.")
    assert controller.live.banners.unexpected.text == "Something else."


def test_a_watch_that_shows_nobody_is_helped(controllers: Controllers) -> None:
    controller = controllers.open()
    session = start_recording(controllers, controller)
    for second in (0, 30):
        controller.live.show_observation(make_observation([], second))
        controller.live.repaint_now()
    controller.live.repaint_now()
    assert controller.live.banners.notice.text == "No students seen in this recording yet."
    assert session.notice is None
