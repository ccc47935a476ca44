"""Asks for the password of encrypted lessons when the program starts."""

from PySide6.QtWidgets import QWidget

from fer_desktop.messages import Message
from ui.dialogs.base import Dialog
from ui.language import tr
from ui.widgets.password_fields import make_password_line
from ui.words import as_sentence


class UnlockDialog(Dialog):
    """`text()` of `line` is the password or recovery key once accepted."""

    def __init__(self, parent: QWidget | None, reason: Message) -> None:
        super().__init__(
            parent,
            title=tr("Open the lessons"),
            about=as_sentence(reason),
            accept=tr("Open"),
            reject=tr("Quit"),
        )
        self.set_least_width(440)
        self.line = make_password_line(tr("Password or recovery key"))
        self.line.textChanged.connect(lambda text: self.accept_button.setEnabled(bool(text)))
        self.accept_button.setEnabled(False)
        self.body.addWidget(self.line)
        self.line.setFocus()
