"""Encrypting the lessons from the settings: the choice of a key, the recovery key, the progress, and the end."""

from pathlib import Path
from typing import Final, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QPushButton
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from fer_desktop.encryption.key import derive_key, format_recovery_key, make_key
from fer_desktop.errors import StorageError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.storage.protection import Protection
from tests.ui.controllers import Controllers, FakeEngine, dialog_of, start_recording
from tests.ui.fake_store import FakeProtection
from ui.app_controller import AppController
from ui.dialogs.base import Dialog, has_open_dialog
from ui.dialogs.settings_dialog import SettingsDialog
from ui.protection.flow import ProtectionFlow
from ui.protection.key_dialog import KeyDialog
from ui.protection.progress_dialog import ProgressDialog
from ui.protection.recovery_dialog import RecoveryDialog
from ui.protection.unlock_dialog import UnlockDialog
from ui.widgets.password_fields import PasswordFields

PASSWORD: Final = "four words and more"
Found = TypeVar("Found", bound=QDialog)


class Stage:
    """A flow in a dialog of its own, and its dialogs as they come."""

    def __init__(self, qtbot: QtBot, protection: FakeProtection, *, recording: bool = False) -> None:
        self.qtbot = qtbot
        self.protection = protection
        self.window = Dialog(None, title="window")
        self.window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(self.window)
        self.window.show()
        self.released = 0
        self.changes: list[bool] = []
        self.flow = ProtectionFlow(
            self.window, protection, is_recording=lambda: recording, release_lessons=self._release
        )
        self.flow.changed.connect(self.changes.append)
        self.flow.open(self.window)

    def _release(self) -> None:
        self.released += 1

    def await_dialog(self, kind: type[Found]) -> Found:
        self.qtbot.waitUntil(lambda: self._find(kind) is not None)
        found = self._find(kind)
        assert found is not None
        return found

    def _find(self, kind: type[Found]) -> Found | None:
        shown = [each for each in self.window.findChildren(kind) if type(each) is kind and each.isVisible()]
        return shown[-1] if shown else None

    def close_message(self, words: str) -> None:
        message = self.await_dialog(Dialog)
        assert words in message.text()
        message.accept()
        self.flow.wait()


def type_password(fields: PasswordFields, first: str, second: str) -> None:
    fields.first.setText(first)
    fields.second.setText(second)


def test_with_the_computers_key_nothing_is_typed(qtbot: QtBot) -> None:
    stage = Stage(qtbot, FakeProtection())
    choice = stage.await_dialog(KeyDialog)
    assert choice.in_keyring()
    choice.accept_button.click()
    recovery = stage.await_dialog(RecoveryDialog)
    assert not recovery.accept_button.isEnabled()
    written = recovery.shown.toPlainText().replace("\n", "-")
    recovery.kept.click()
    recovery.accept_button.click()
    stage.close_message("The lessons are encrypted")
    assert stage.protection.state is Protection.KEYRING
    assert written == format_recovery_key(stage.protection.keys[0])
    assert (stage.released, stage.changes) == (1, [True])


def test_a_password_is_typed_twice(qtbot: QtBot) -> None:
    stage = Stage(qtbot, FakeProtection(keyring_problem=Message(MessageKey.KEYRING_MISSING)))
    choice = stage.await_dialog(KeyDialog)
    assert not choice.keyring.isEnabled()
    assert "no keyring" in choice.keyring.accessibleDescription()
    assert choice.password.isChecked()
    for first, second, words in (
        ("short", "short", "At least 10"),
        (PASSWORD, "four wards", "different"),
        (PASSWORD, "four", "once more"),
    ):
        type_password(choice.fields, first, second)
        assert words in choice.fields.remark.text()
        assert not choice.accept_button.isEnabled()
    type_password(choice.fields, PASSWORD, PASSWORD)
    choice.accept_button.click()
    recovery = stage.await_dialog(RecoveryDialog)
    recovery.kept.click()
    recovery.accept_button.click()
    stage.close_message("The lessons are encrypted")
    (key,) = stage.protection.keys
    assert derive_key(PASSWORD, key.salt) == key


def test_without_keeping_the_recovery_key_nothing_is_encrypted(qtbot: QtBot) -> None:
    stage = Stage(qtbot, FakeProtection())
    stage.await_dialog(KeyDialog).accept_button.click()
    stage.await_dialog(RecoveryDialog).reject_button.click()
    assert (stage.protection.keys, stage.released) == ([], 0)


def test_the_recovery_key_is_saved_in_a_private_file_or_copied(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = make_key()
    dialog = RecoveryDialog(None, format_recovery_key(key))
    qtbot.addWidget(dialog)
    path = tmp_path / "recovery-key.txt"
    dialog.save(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert format_recovery_key(key) == "-".join(path.read_text().split("\n\n")[1].split())
    assert "Saved" in dialog.remark.text()
    dialog.save(tmp_path / "missing" / "recovery-key.txt")
    assert "could not be saved" in dialog.remark.text()


def test_encrypted_lessons_are_decrypted_after_a_confirmation(qtbot: QtBot) -> None:
    stage = Stage(qtbot, FakeProtection(Protection.PASSWORD))
    shown = stage.await_dialog(Dialog)
    assert "They open with your password." in shown.text()
    next(button for button in shown.findChildren(QPushButton) if button.text() == "Decrypt…").click()
    confirmation = stage.await_dialog(Dialog)
    assert "Decrypt the lessons?" in confirmation.text()
    confirmation.accept_button.click()
    stage.close_message("no longer encrypted")
    assert stage.changes == [False]


def test_closing_the_dialog_of_encrypted_lessons_decrypts_nothing(qtbot: QtBot) -> None:
    stage = Stage(qtbot, FakeProtection(Protection.KEYRING))
    QTest.keyClick(stage.await_dialog(Dialog), Qt.Key.Key_Escape)
    qtbot.wait(50)
    assert stage.protection.state is Protection.KEYRING
    assert stage.released == 0


@pytest.mark.parametrize("in_doubt", [False, True])
def test_why_it_failed_is_shown_and_that_the_new_key_is_of_no_use(qtbot: QtBot, in_doubt: bool) -> None:
    protection = FakeProtection()
    protection.in_doubt = in_doubt
    protection.failure = StorageError(Message(MessageKey.NO_SPACE_TO_CONVERT, needed_mb=90, free_mb=3))
    stage = Stage(qtbot, protection)
    stage.await_dialog(KeyDialog).accept_button.click()
    recovery = stage.await_dialog(RecoveryDialog)
    recovery.kept.click()
    recovery.accept_button.click()
    message = stage.await_dialog(Dialog)
    assert ("The new recovery key opens nothing: throw it away." in message.text()) is not in_doubt
    stage.close_message("make room for 90 MB")
    assert stage.changes == []


def test_while_a_lesson_runs_it_is_refused(qtbot: QtBot) -> None:
    stage = Stage(qtbot, FakeProtection(), recording=True)
    stage.close_message("A lesson is being recorded")


def test_the_progress_cannot_be_closed_before_the_end(qtbot: QtBot) -> None:
    dialog = ProgressDialog(None, title="Encrypting", read_share=lambda: 0.42)
    dialog.open()
    qtbot.waitUntil(lambda: dialog.bar.value() == 42)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    dialog.close()
    assert dialog.isVisible()
    dialog.finish()


@pytest.mark.parametrize("failure", [None, StorageError(Message(MessageKey.KEYRING_MISSING))])
def test_settings_that_were_closed_meanwhile_get_no_dialog(
    qtbot: QtBot, controllers: Controllers, engine: FakeEngine, failure: StorageError | None
) -> None:
    gate = engine.protection.gate
    gate.clear()
    engine.protection.read_failure = failure
    controller = controllers.open()
    settings = ask_to_encrypt(controller)
    settings.reject()
    qtbot.waitUntil(lambda: not isValid(settings))
    gate.set()
    qtbot.wait(100)
    assert not has_open_dialog(controller.live)


def test_settings_that_were_opened_again_meanwhile_get_the_dialog(
    qtbot: QtBot, controllers: Controllers, engine: FakeEngine
) -> None:
    engine.protection.gate.clear()
    controller = controllers.open()
    first = ask_to_encrypt(controller)
    first.reject()
    qtbot.waitUntil(lambda: not isValid(first))
    second = ask_to_encrypt(controller)
    engine.protection.gate.set()
    qtbot.waitUntil(lambda: second.findChild(KeyDialog) is not None)
    choice = second.findChild(KeyDialog)
    assert choice is not None
    choice.reject()
    second.reject()


def ask_to_encrypt(controller: AppController) -> SettingsDialog:
    """In the settings, which stay open."""
    controller.open_settings()
    settings = dialog_of(controller, SettingsDialog)
    assert isinstance(settings, SettingsDialog)
    settings.protection.click()
    return settings


def test_the_settings_show_the_state_and_lead_there(controllers: Controllers) -> None:
    controller = controllers.open()
    controller.open_settings()
    settings = dialog_of(controller, SettingsDialog)
    assert isinstance(settings, SettingsDialog)
    assert settings.protection.text() == "Encrypt the lessons…"
    settings.protection.click()
    controllers.qtbot.waitUntil(lambda: settings.findChild(KeyDialog) is not None)
    choice = settings.findChild(KeyDialog)
    assert choice is not None
    choice.reject()
    settings.show_encrypted(True)
    assert settings.protection.text() == "Change or decrypt…"
    settings.reject()


def test_during_a_lesson_the_settings_say_why_not(controllers: Controllers) -> None:
    controller = controllers.open()
    start_recording(controllers, controller)
    controller.open_settings()
    settings = dialog_of(controller, SettingsDialog)
    assert isinstance(settings, SettingsDialog)
    settings.protection.click()
    message = settings.findChild(Dialog)
    assert message is not None
    assert "A lesson is being recorded" in message.text()
    message.accept()
    settings.reject()


def test_the_password_at_the_start_is_not_shown(qtbot: QtBot) -> None:
    dialog = UnlockDialog(None, Message(MessageKey.DATABASE_KEY_NEEDED, database="/home/ann/lessons.sqlite"))
    qtbot.addWidget(dialog)
    assert not dialog.accept_button.isEnabled()
    dialog.line.setText(PASSWORD)
    assert dialog.line.displayText() != PASSWORD
    assert dialog.accept_button.isEnabled()
    assert [button.text() for button in dialog.findChildren(QPushButton)][-2:] == ["Quit", "Open"]
