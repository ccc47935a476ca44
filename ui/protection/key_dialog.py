"""Asks what shall open the encrypted lessons: this computer's key, or a password."""

from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from fer_desktop.encryption.key import DatabaseKey, make_key
from fer_desktop.messages import Message
from fer_desktop.storage.protection import make_password_key
from ui.dialogs.base import Dialog
from ui.export.radio_button import CHOICE_INDENT_PX, RadioButton
from ui.language import tr
from ui.widgets.basics import make_label
from ui.widgets.password_fields import PasswordFields
from ui.words import as_sentence

_WIDTH_PX = 460


class KeyDialog(Dialog):
    """`in_keyring()` and `make_key()` are the result once accepted."""

    def __init__(self, parent: QWidget | None, *, keyring_problem: Message | None, change: bool) -> None:
        """`keyring_problem`: why a key cannot be kept on this computer. `change`: the lessons are encrypted already."""
        super().__init__(
            parent,
            title=tr("Another key for the lessons") if change else tr("Encrypt the lessons"),
            about=tr(
                "Nobody can read the lessons without the key. If you lose the key and the recovery key, which is shown "
                "next, the lessons are lost for good."
            ),
            accept=tr("Next"),
        )
        self.setMinimumWidth(_WIDTH_PX)
        self._group = QButtonGroup(self)
        self.keyring = RadioButton(tr("With this computer's key"))
        self.password = RadioButton(tr("With a password"))
        self.fields = PasswordFields()
        self._add(self.keyring, self._explain_keyring(keyring_problem))
        self._add(self.password, tr("You type it whenever you start the program."))
        self.fields.setContentsMargins(CHOICE_INDENT_PX, 0, 0, 0)
        self.body.addWidget(self.fields)
        self.body.addStretch(1)
        self.keyring.setEnabled(keyring_problem is None)
        self._group.buttonToggled.connect(self._update)
        self.fields.changed.connect(self._update)
        (self.keyring if keyring_problem is None else self.password).setChecked(True)
        (self.keyring if keyring_problem is None else self.fields.first).setFocus()
        self._update()

    def in_keyring(self) -> bool:
        """Whether this computer keeps the key."""
        return self.keyring.isChecked()

    def make_key(self) -> DatabaseKey:
        """The new key."""
        return make_key() if self.in_keyring() else make_password_key(self.fields.password() or "")

    def _explain_keyring(self, problem: Message | None) -> str:
        if problem is not None:
            return as_sentence(problem)
        return tr("Your account on this computer opens them; you type nothing. Copies of the files stay unreadable.")

    def _add(self, button: RadioButton, about: str) -> None:
        button.setAccessibleName(button.text())
        button.setAccessibleDescription(about)
        self._group.addButton(button)
        label = make_label(about, "small", wrap=True)
        label.setContentsMargins(CHOICE_INDENT_PX, 0, 0, 0)
        row = QVBoxLayout()
        row.setSpacing(1)
        row.addWidget(button)
        row.addWidget(label)
        self.body.addLayout(row)

    def _update(self) -> None:
        self.fields.setEnabled(not self.in_keyring())
        self.accept_button.setEnabled(self.in_keyring() or self.fields.password() is not None)
        self.make_room()
