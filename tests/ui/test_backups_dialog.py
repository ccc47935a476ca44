"""Backups in the window: listed with date and size, made, put back after a question; and a damaged file is named."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from fer_desktop.errors import StorageError
from fer_desktop.messages import Message, MessageKey
from tests.ui.fake_store import FakeCopies
from ui.dialogs.backups_dialog import BackupsDialog
from ui.dialogs.base import Dialog


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
