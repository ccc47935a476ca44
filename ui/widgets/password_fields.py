"""Two fields for a new password."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from fer_desktop.encryption.key import MIN_PASSWORD_LENGTH
from ui.language import tr
from ui.widgets.basics import make_label


def make_password_line(name: str) -> QLineEdit:
    """A line whose letters are not shown. `name`: the placeholder, also for screen readers."""
    line = QLineEdit()
    line.setEchoMode(QLineEdit.EchoMode.Password)
    line.setPlaceholderText(name)
    line.setAccessibleName(name)
    return line


class PasswordFields(QWidget):
    """A new password, typed twice. `changed`: after every letter."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.first = make_password_line(tr("New password"))
        self.second = make_password_line(tr("The same once more"))
        self.remark = make_label("", "small", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for line in (self.first, self.second):
            line.textChanged.connect(self._update)
            layout.addWidget(line)
        layout.addWidget(self.remark)
        self._update()

    def password(self) -> str | None:
        """The password; None while it is too short, or the two differ."""
        text = self.first.text()
        return text if len(text) >= MIN_PASSWORD_LENGTH and text == self.second.text() else None

    def _update(self) -> None:
        first, second = self.first.text(), self.second.text()
        if len(first) < MIN_PASSWORD_LENGTH:
            words = tr("At least {letters} letters, such as four words.", letters=MIN_PASSWORD_LENGTH)
        elif second and not first.startswith(second):
            words = tr("The two are different.")
        elif first != second:
            words = tr("Type it once more.")
        else:
            words = tr("Both are the same.")
        self.remark.setText(words)
        self.first.setAccessibleDescription(words)
        self.changed.emit()
