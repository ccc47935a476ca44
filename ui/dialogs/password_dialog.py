"""Asks for a new password."""

from PySide6.QtWidgets import QWidget

from ui.dialogs.base import Dialog
from ui.widgets.password_fields import PasswordFields


class PasswordDialog(Dialog):
    """`password()` is the result once accepted."""

    def __init__(self, parent: QWidget | None, *, title: str, about: str, accept: str) -> None:
        super().__init__(parent, title=title, about=about, accept=accept)
        self.set_least_width(400)
        self.fields = PasswordFields()
        self.fields.changed.connect(self._update)
        self.body.addWidget(self.fields)
        self.fields.first.setFocus()
        self._update()

    def password(self) -> str:
        """The new password."""
        return self.fields.password() or ""

    def _update(self) -> None:
        self.accept_button.setEnabled(self.fields.password() is not None)
        self.make_room()
