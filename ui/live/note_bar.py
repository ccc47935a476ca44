"""A line for a note, inside the window."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QPushButton

from ui.language import tr
from ui.stylesheet import set_role
from ui.widgets.basics import ElidedLabel

MAX_NOTE_LENGTH = 500


class NoteBar(QFrame):
    """Enter saves, Escape cancels; the rest of the window stays in use.

    `saved(str)`: the stripped text.
    """

    saved = Signal(str)

    def __init__(self, title: str, *, placeholder: str, empty_allowed: bool) -> None:
        """`empty_allowed`: an empty line is saved too, as a bookmark without a note."""
        super().__init__()
        set_role(self, "banner-info")
        self._empty_allowed = empty_allowed
        self._title = ElidedLabel(title)
        self.note = QLineEdit()
        self.note.setPlaceholderText(placeholder)
        self.note.setMaxLength(MAX_NOTE_LENGTH)
        self._save = QPushButton(tr("Save"))
        self._save.setAutoDefault(True)  # outside dialogs Enter presses no button otherwise
        set_role(self._save, "primary")
        layout = QGridLayout(self)
        layout.setContentsMargins(12, 8, 10, 8)
        layout.setVerticalSpacing(4)
        layout.addWidget(self._title, 0, 0, 1, 2)
        layout.addWidget(self.note, 1, 0)
        layout.addWidget(self._save, 1, 1)
        self.note.returnPressed.connect(self._finish)
        self._save.clicked.connect(self._finish)
        self._name(title)
        self.setVisible(False)

    def keep(self) -> None:
        """Saves what is being written, before something else replaces it; does nothing while closed."""
        if not self.isHidden():
            self._finish()

    def open(self, title: str | None = None) -> None:
        """Shows an empty line: call `keep` before. `title`: what the note is about, if it changes."""
        if title is not None:
            self._title.setText(title)
            self._name(title)
        self.note.clear()
        self.setVisible(True)
        self.note.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Cancel):
            self.setVisible(False)
            return
        super().keyPressEvent(event)

    def _name(self, title: str) -> None:
        self.setAccessibleName(title)
        self.note.setAccessibleName(title)
        self._save.setAccessibleName(tr("Save: {what}", what=title))

    def _finish(self) -> None:
        text = self.note.text().strip()
        if text or self._empty_allowed:
            self.setVisible(False)
            self.saved.emit(text)
