"""Another language without a restart: the windows are built again, and a running lesson goes on in them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from fer_desktop.errors import SourceError, StorageError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.settings import Settings
from fer_desktop.types import PipelineState
from tests.fakes import make_probabilities
from tests.ui.controllers import SIMULATED, Controllers, FakeEngine, consent, dialog_of, start_simulated
from tests.ui.fake_recordings import make_outcome, make_progress
from tests.ui.fakes import make_observation, make_student
from ui.app_controller import AppController
from ui.dialogs.base import Dialog
from ui.dialogs.settings_dialog import SettingsDialog
from ui.language import use_language
from ui.start.choice import choose_recordings

MONDAY: Final = Path("/lessons/monday.mp4")
TUESDAY: Final = Path("/lessons/tuesday.mp4")


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    use_language("en")


def choose_language(controller: AppController, code: str) -> None:
    controller.open_settings()
    dialog = dialog_of(controller, SettingsDialog)
    assert isinstance(dialog, SettingsDialog)
    dialog.language.setCurrentIndex(dialog.language.findData(code))
    dialog.accept()


def test_the_start_screen_speaks_the_new_language_at_once(controllers: Controllers, engine: FakeEngine) -> None:
    controller = controllers.open(Settings(place="IN", language="en"))
    before = controller.live
    choose_language(controller, "hi")
    assert controller.live is not before
    assert controller.live.isVisible()
    assert not before.isVisible()
    assert controller.live.footer.stop.text() == "समाप्त करें"
    assert engine.saved[-1].language == "hi"


def test_a_running_lesson_goes_on_in_the_new_window(controllers: Controllers, engine: FakeEngine) -> None:
    controller = controllers.open(Settings(place="IN", language="en"))
    session = start_simulated(controllers, controller)
    session.publish(make_observation([make_student(1), make_student(2)], 5, probabilities=make_probabilities()))
    controllers.qtbot.waitUntil(lambda: len(controller.live.watch_panel.students.texts()) == 2)
    choose_language(controller, "hi")
    assert len(engine.sessions) == 1
    assert session.state is PipelineState.RUNNING
    assert ("stop",) not in session.calls
    controllers.qtbot.waitUntil(lambda: len(controller.live.watch_panel.students.texts()) == 2)
    session.publish(make_observation([make_student(n) for n in range(1, 4)], 6, probabilities=make_probabilities()))
    controllers.qtbot.waitUntil(lambda: len(controller.live.watch_panel.students.texts()) == 3)
    assert controller.live.watch_panel.series.span_s == 60
    controller.live.stop_requested.emit()
    controllers.qtbot.waitUntil(lambda: not controller.live.watching)
    assert session.calls[-1] == ("stop",)


def test_while_a_lesson_is_being_opened_the_language_waits(controllers: Controllers, engine: FakeEngine) -> None:
    controller = controllers.open(Settings(place="IN", language="en"))
    engine.gate.clear()
    before = controller.live
    controller.begin(SIMULATED)
    choose_language(controller, "hi")
    assert controller.live is before
    engine.gate.set()
    controllers.qtbot.waitUntil(lambda: controller.live is not before and controller.live.watching)
    assert engine.sessions[-1].state is PipelineState.RUNNING


def test_what_a_review_could_not_delete_is_shown_in_the_new_one(controllers: Controllers, engine: FakeEngine) -> None:
    controller = controllers.open(Settings(place="IN", language="en"))
    controller.open_review()
    before = controller.review
    assert before is not None
    controllers.qtbot.waitUntil(before.page.isVisible)
    before.page.delete_requested.emit()
    engine.store.failure = StorageError("the database is locked")
    choose_language(controller, "hi")
    assert controller.review is not None
    assert controller.review is not before
    assert controller.review.problem.text == "The database is locked."


def test_the_review_is_open_again_in_the_new_language(controllers: Controllers) -> None:
    controller = controllers.open(Settings(place="IN", language="en"))
    controller.open_review()
    before = controller.review
    choose_language(controller, "hi")
    assert controller.review is not None
    assert controller.review is not before
    assert controller.review.isVisible()


class TestWhileRecordingsAreRead:
    @pytest.fixture
    def controller(self, controllers: Controllers, engine: FakeEngine) -> AppController:
        """Monday's recording is read, Tuesday's is a lesson already, and another language is chosen."""
        controller = controllers.open(Settings(place="IN", language="en"))
        begin_reading(controller, TUESDAY)
        engine.recordings.steps.put(make_outcome(1))
        controllers.qtbot.waitUntil(lambda: statuses(controller) == ["Saved as a lesson"])
        begin_reading(controller, MONDAY)
        engine.recordings.steps.put(make_progress(1))
        controllers.qtbot.waitUntil(lambda: "25 % read" in statuses(controller)[-1])
        choose_language(controller, "hi")
        return controller

    def test_the_language_follows_once_reading_stops_and_the_list_stays(
        self, controllers: Controllers, controller: AppController
    ) -> None:
        before = controller.live
        message = dialog_of(controller, Dialog)
        assert isinstance(message, Dialog)
        assert "once the recordings are read" in message.text()
        message.accept()
        before.start_panel.recordings.rows[1].action.click()
        controllers.qtbot.waitUntil(lambda: controller.live is not before)
        assert [row.job.path for row in controller.live.start_panel.recordings.rows] == [TUESDAY, MONDAY]
        assert statuses(controller)[0] == "क्लास के रूप में सहेजी गई"
        assert controller.live.start_panel.recordings.rows[0].job.is_lesson

    def test_a_recording_that_fails_does_not_keep_the_language_out(
        self, controllers: Controllers, engine: FakeEngine, controller: AppController
    ) -> None:
        before = controller.live
        close_message(controller)
        engine.recordings.steps.put(SourceError(Message(MessageKey.VIDEO_EMPTY, name="monday.mp4")))
        controllers.qtbot.waitUntil(lambda: controller.live is not before)

    def test_it_waits_for_open_dialogs_too(
        self, controllers: Controllers, engine: FakeEngine, controller: AppController
    ) -> None:
        before = controller.live
        close_message(controller)
        controller.open_settings()
        engine.recordings.steps.put(make_outcome())
        controllers.qtbot.waitUntil(lambda: before.start_panel.recordings.rows[-1].job.is_lesson)
        controllers.qtbot.wait(700)
        settings = dialog_of(controller, SettingsDialog)
        assert isinstance(settings, SettingsDialog)
        assert controller.live is before
        settings.reject()
        controllers.qtbot.waitUntil(lambda: controller.live is not before)


def begin_reading(controller: AppController, path: Path) -> None:
    controller.begin(choose_recordings([path]))
    dialog = consent(controller)
    dialog.confirmation.setChecked(True)
    dialog.accept_button.click()


def statuses(controller: AppController) -> list[str]:
    return [row.status.text() for row in controller.live.start_panel.recordings.rows]


def close_message(controller: AppController) -> None:
    message = dialog_of(controller, Dialog)
    assert isinstance(message, Dialog)
    message.accept()
