"""A session from its start to its end, whichever way it ends. The engine is a stand-in."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from fer_desktop.errors import SourceError
from fer_desktop.settings import Settings
from fer_desktop.types import PipelineState
from tests.fakes import make_probabilities
from tests.ui.desks import SIMULATED, Desks, World, break_down, change_place, start_recording, start_simulated
from tests.ui.fakes import make_observation, make_student


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


def test_an_unexpected_error_is_told_where_the_teacher_looks(desks: Desks) -> None:
    desk = desks.open()
    desk.tell_failure("Something unexpected went wrong.")
    assert desk.live.start_panel.problem.isVisible()
    start_simulated(desks, desk)
    desk.tell_failure("Something else.")
    assert desk.live.unexpected.text == "Something else."


def test_a_watch_that_shows_nobody_is_helped(desks: Desks) -> None:
    desk = desks.open()
    session = start_recording(desks, desk)
    for second in (0, 30):
        desk.live.show_observation(make_observation([], second))
        desk.live.repaint_now()
    desk.live.repaint_now()
    assert desk.live.notice.text == "Nobody has been seen in this recording so far."
    assert session.notice is None
