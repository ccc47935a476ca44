"""Leads through encrypting the lessons, changing their key, and decrypting them."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPushButton, QWidget
from shiboken6 import isValid

from fer_desktop.encryption.key import DatabaseKey, format_recovery_key
from fer_desktop.messages import Message, MessageKey
from fer_desktop.storage.protection import Protection
from ui.background import BackgroundCalls, describe_error
from ui.dialogs.base import Dialog, make_confirmation_dialog, make_message_dialog
from ui.language import tr
from ui.ports import ProtectionPort
from ui.protection.key_dialog import KeyDialog
from ui.protection.progress_dialog import ProgressDialog
from ui.protection.recovery_dialog import RecoveryDialog
from ui.stylesheet import set_role
from ui.words import as_sentence


class ProtectionFlow(QObject):
    """Emits `changed(encrypted)` once the lessons were encrypted or decrypted."""

    changed = Signal(bool)

    def __init__(
        self,
        owner: QObject,
        protection: ProtectionPort,
        *,
        is_recording: Callable[[], bool],
        release_lessons: Callable[[], None],
    ) -> None:
        """`release_lessons`: ends whatever reads them: they cannot be read meanwhile."""
        super().__init__(owner)
        self._protection = protection
        self._is_recording = is_recording
        self._release_lessons = release_lessons
        self._calls = BackgroundCalls(self)
        self._share = 0.0
        self._parent: QWidget | None = None
        self._progress: ProgressDialog | None = None

    @property
    def encrypted(self) -> bool:
        """Whether the lessons are encrypted."""
        return self._protection.encrypted

    @property
    def converting(self) -> bool:
        """Whether they are being encrypted or decrypted right now."""
        return self._progress is not None

    def open(self, parent: QWidget) -> None:
        """Begins, in dialogs of `parent`: of the last one that asked, where the state is still being read."""
        self._parent = parent
        if self._calls.busy:
            return
        if self._is_recording():
            self._show(tr("Not while a lesson runs"), Message(MessageKey.RECORDING_WHILE_CONVERTING))
            return
        self._calls.run(
            lambda: (self._protection.read_state(), self._protection.find_keyring_problem()),
            on_done=lambda found: self._begin(*found),
            on_failed=self._fail,
        )

    def wait(self) -> None:
        """Blocks until a conversion has ended."""
        self._calls.wait()

    @property
    def _is_wanted(self) -> bool:
        """Whether the window that asked is still open: it may have been closed while the state was read."""
        return self._parent is not None and isValid(self._parent) and self._parent.isVisible()

    def _begin(self, state: Protection, keyring_problem: Message | None) -> None:
        if not self._is_wanted:
            return
        if state is Protection.OFF:
            self._ask_for_key(keyring_problem, change=False)
            return
        about = {
            Protection.KEYRING: tr("They open with this computer's key: under your account nothing is asked."),
            Protection.PASSWORD: tr("They open with your password."),
        }[state]
        dialog = Dialog(
            self._parent,
            title=tr("The lessons are encrypted"),
            about=about,
            accept=tr("Another key or password…"),
            reject=tr("Close"),
        )
        dialog.set_least_width(440)
        decrypt = QPushButton(tr("Decrypt…"))
        decrypt.setAccessibleName(decrypt.text())
        decrypt.setAutoDefault(False)
        set_role(decrypt, "danger")
        dialog.buttons.insertWidget(0, decrypt)
        decrypt.clicked.connect(dialog.reject)
        decrypt.clicked.connect(self._confirm_decryption)
        dialog.accepted.connect(lambda: self._ask_for_key(keyring_problem, change=True))
        dialog.open()

    def _ask_for_key(self, keyring_problem: Message | None, *, change: bool) -> None:
        dialog = KeyDialog(self._parent, keyring_problem=keyring_problem, change=change)
        dialog.accepted.connect(lambda: self._show_recovery_key(dialog.make_key(), in_keyring=dialog.in_keyring()))
        dialog.open()

    def _show_recovery_key(self, key: DatabaseKey, *, in_keyring: bool) -> None:
        dialog = RecoveryDialog(self._parent, format_recovery_key(key))
        protect = partial(self._protection.protect, key, in_keyring=in_keyring, on_progress=self._take_share)
        dialog.accepted.connect(lambda: self._run(tr("Encrypting the lessons"), protect, key))
        dialog.open()

    def _confirm_decryption(self) -> None:
        if self._parent is None:
            return
        dialog = make_confirmation_dialog(
            self._parent,
            title=tr("Decrypt the lessons?"),
            about=tr("Whoever gets this computer or a copy of its files can read them then."),
            action=tr("Decrypt"),
        )
        unprotect = partial(self._protection.unprotect, on_progress=self._take_share)
        dialog.accepted.connect(lambda: self._run(tr("Decrypting the lessons"), unprotect))
        dialog.open()

    def _run(self, title: str, call: Callable[[], None], key: DatabaseKey | None = None) -> None:
        """`key`: which the teacher has kept, for this call."""
        self._release_lessons()
        self._share = 0.0
        self._progress = ProgressDialog(self._parent, title=title, read_share=lambda: self._share)
        self._progress.open()
        self._calls.run(call, on_done=lambda _: self._finish(), on_failed=partial(self._fail, key=key))

    def _take_share(self, share: float) -> None:
        """From the thread that works; a float is assigned at once."""
        self._share = share

    def _finish(self) -> None:
        self._close_progress()
        encrypted = self._protection.encrypted
        self.changed.emit(encrypted)
        title = tr("The lessons are encrypted") if encrypted else tr("The lessons are no longer encrypted")
        about = (
            tr("Copies that you made yourself, and exported files, are not. Delete those that you no longer need.")
            if encrypted
            else tr("The key that they had opens nothing any more.")
        )
        make_message_dialog(self._parent, title=title, about=about).open()

    def _fail(self, error: Exception, *, key: DatabaseKey | None = None) -> None:
        self._close_progress()
        if self._is_wanted:
            about = describe_error(error)
            if key is not None and self._protection.opens_nothing(key):
                about = " ".join([about, tr("The new recovery key opens nothing: throw it away.")])
            make_message_dialog(self._parent, title=tr("That did not work"), about=about).open()

    def _close_progress(self) -> None:
        progress, self._progress = self._progress, None
        if progress is not None:
            progress.finish()

    def _show(self, title: str, message: Message) -> None:
        make_message_dialog(self._parent, title=title, about=as_sentence(message)).open()
