"""Backups in the window: listed with date and size, made, put back after a question; and a damaged file is named."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from fer_desktop.errors import StorageError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.types import Event, EventKind
from tests.ui.controllers import Controllers, FakeEngine, dialog_of
from tests.ui.fake_store import FakeCopies
from ui.app_controller import AppController
from ui.dialogs.backups_dialog import BackupsDialog
from ui.dialogs.base import Dialog
from ui.review.review_window import ReviewWindow


@pytest.fixture
def copies() -> FakeCopies:
    return FakeCopies()


@pytest.fixture
def dialog(qtbot: QtBot, copies: FakeCopies) -> BackupsDialog:
    dialog = BackupsDialog(None, copies)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def wait(qtbot: QtBot, dialog: BackupsDialog) -> None:
    qtbot.waitUntil(lambda: not dialog.busy)


def test_without_a_backup_it_says_what_to_do(dialog: BackupsDialog) -> None:
    assert "Back up now" in dialog.empty.text()
    assert dialog.empty.isVisible()
    assert not dialog.restore_button.isEnabled()
    assert not dialog.salvage_button.isVisible()


def test_a_backup_is_made_and_listed_with_date_and_size(qtbot: QtBot, dialog: BackupsDialog) -> None:
    dialog.back_up_button.click()
    wait(qtbot, dialog)
    assert dialog.outcome.text == "The backup is made."
    assert dialog.list.count() == 1
    assert "13.4 MB" in dialog.list.item(0).text()
    assert "2026" in dialog.list.item(0).text()


def test_a_backup_is_put_back_after_a_question(qtbot: QtBot, dialog: BackupsDialog, copies: FakeCopies) -> None:
    chosen = copies.back_up()
    dialog.back_up_button.click()
    wait(qtbot, dialog)
    dialog.list.setCurrentRow(1)
    dialog.restore_button.click()
    (question,) = dialog.findChildren(Dialog)
    assert copies.restored == []
    with qtbot.waitSignal(dialog.restored):
        question.accept()
    assert copies.restored == [chosen.path]
    assert "kept as a backup" in dialog.outcome.text


def test_an_error_says_what_to_do(qtbot: QtBot, dialog: BackupsDialog, copies: FakeCopies) -> None:
    copies.failure = StorageError(Message(MessageKey.BACKUP_WHILE_RECORDING))
    dialog.back_up_button.click()
    wait(qtbot, dialog)
    assert "end it first" in dialog.problem.text
    assert dialog.outcome.text == ""
    assert dialog.back_up_button.isEnabled()


def test_of_a_damaged_file_what_can_be_read_is_saved(qtbot: QtBot, copies: FakeCopies, tmp_path: Path) -> None:
    copies.damage = Message(MessageKey.DATABASE_DAMAGED, database="lessons.sqlite")
    dialog = BackupsDialog(None, copies)
    qtbot.addWidget(dialog)
    dialog.show()
    assert "damaged" in dialog.problem.text
    assert not dialog.back_up_button.isEnabled()
    dialog.salvage_button.click()
    (chooser,) = dialog.findChildren(QFileDialog)
    chooser.fileSelected.emit(str(tmp_path / "saved.sqlite"))
    wait(qtbot, dialog)
    assert copies.salvaged == [tmp_path / "saved.sqlite"]
    assert "Saved 3 lessons" in dialog.outcome.text
    chooser.reject()


def put_back(controller: AppController) -> BackupsDialog:
    """Begins to put back the newest backup."""
    controller.open_backups()
    dialog = dialog_of(controller, BackupsDialog)
    assert isinstance(dialog, BackupsDialog)
    dialog.restore_button.click()
    (question,) = dialog.findChildren(Dialog)
    question.accept()
    return dialog


class TestWhatTheReviewHoldsBack:
    """A backup takes the place of the lessons: what was to happen to those of before happens to none of them."""

    @pytest.fixture
    def controller(self, controllers: Controllers, engine: FakeEngine) -> AppController:
        engine.store.copies.back_up()
        engine.store.stored_events = [Event(EventKind.NOTE, 250, "asked a lot", 3, id=1)]
        controller = controllers.open()
        controller.open_review()
        controllers.qtbot.waitUntil(review_of(controller).page.isVisible)
        return controller

    @pytest.mark.parametrize("failure", [None, StorageError("the database is locked")])
    def test_a_lesson_that_was_deleted_before_is_in_the_list_and_stays(
        self, controllers: Controllers, engine: FakeEngine, controller: AppController, failure: StorageError | None
    ) -> None:
        review, copies = review_of(controller), engine.store.copies
        review.page.delete_requested.emit()
        assert review.undo.isVisible()
        copies.gate.clear()
        copies.failure = failure
        dialog = put_back(controller)
        assert review.deletions.hidden is None
        assert not review.undo.isVisible()
        assert not review.isEnabled(), "nothing more is deleted, noted or corrected meanwhile"
        copies.gate.set()
        wait(controllers.qtbot, dialog)
        assert review.isEnabled()
        controllers.qtbot.waitUntil(lambda: not review.busy)
        review.close()
        assert 1 in engine.store.sessions
        dialog.accept()

    def test_a_note_that_was_deleted_before_does_not_come_back(
        self, controllers: Controllers, engine: FakeEngine, controller: AppController
    ) -> None:
        review = review_of(controller)
        review.page.moments.list.setCurrentRow(0)
        review.page.moments.delete_action.trigger()
        controllers.qtbot.waitUntil(review.undo_annotation.isVisible)
        dialog = put_back(controller)
        assert not review.undo_annotation.isVisible()
        wait(controllers.qtbot, dialog)
        dialog.accept()
        assert engine.store.stored_events == []

    def test_a_deletion_that_is_under_way_ends_first(
        self, controllers: Controllers, engine: FakeEngine, controller: AppController
    ) -> None:
        review = review_of(controller)
        review.page.delete_requested.emit()
        controllers.qtbot.waitUntil(lambda: not review.busy)

        def delete_slowly(number: int) -> None:
            time.sleep(0.2)
            del engine.store.sessions[number]

        engine.store.delete_session = delete_slowly  # type: ignore[method-assign]
        review.deletions.settle()
        engine.store.copies.gate.clear()
        dialog = put_back(controller)
        assert 1 not in engine.store.sessions
        engine.store.copies.gate.set()
        wait(controllers.qtbot, dialog)
        dialog.accept()

    def test_the_end_of_the_program_waits_until_it_is_put_back(
        self, controllers: Controllers, engine: FakeEngine, controller: AppController
    ) -> None:
        engine.store.copies.gate.clear()
        put_back(controller)
        threading.Timer(0.2, engine.store.copies.gate.set).start()
        controller.end()
        assert len(engine.store.copies.restored) == 1


@pytest.mark.parametrize(
    "close",
    [
        pytest.param(lambda dialog: dialog.accept(), id="Close"),
        pytest.param(lambda dialog: dialog.reject(), id="Esc"),
        pytest.param(lambda dialog: dialog.close(), id="the cross"),
    ],
)
def test_a_dialog_that_works_stays_until_it_shows_what_came_of_it(
    qtbot: QtBot, dialog: BackupsDialog, copies: FakeCopies, close: Callable[[BackupsDialog], None]
) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    dialog.back_up_button.click()
    wait(qtbot, dialog)
    copies.gate.clear()
    dialog.restore_button.click()
    (question,) = dialog.findChildren(Dialog)
    question.accept()
    close(dialog)
    assert dialog.isVisible()
    assert not dialog.accept_button.isEnabled()
    with qtbot.waitSignal(dialog.restored):
        copies.gate.set()
    assert "was put back" in dialog.outcome.text
    close(dialog)
    assert not dialog.isVisible()


def review_of(controller: AppController) -> ReviewWindow:
    assert controller.review is not None
    return controller.review
