"""A message inside the window: a class is never interrupted by a dialog."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from ui.language import tr
from ui.stylesheet import set_role
from ui.widgets.basics import make_busy_bar, make_label
from ui.widgets.flow_layout import FlowLayout, WrappedWords


class Banner(QFrame):
    """Hidden without a message. `kind`: "info", "warning" or "danger"; `action`: the text of an optional button.

    Screen readers read `name` with the button, as several on a page are called the same.
    """

    acted = Signal()

    def __init__(self, kind: str, *, name: str, action: str = "") -> None:
        super().__init__()
        set_role(self, f"banner-{kind}")
        self.setAccessibleName(name)
        self._label = make_label("", wrap=True)
        self._label.setAccessibleName(name)
        self._progress = make_busy_bar()
        layout = FlowLayout(self)
        layout.setContentsMargins(12, 8, 10, 8)
        self._words = WrappedWords(spacing_px=6)
        self._words.column.addWidget(self._label)
        self._words.column.addWidget(self._progress)
        layout.addWidget(self._words)
        self.button = QPushButton(action)
        self.button.setAutoDefault(True)  # outside dialogs Enter presses no button otherwise
        self.button.setAccessibleName(tr("{words}: {detail}", words=action, detail=name) if action else "")
        self.button.setVisible(bool(action))
        self.button.clicked.connect(self.acted)
        layout.addWidget(self.button)
        self.setVisible(False)

    def add_below(self, widget: QWidget) -> None:
        """Puts a widget below the message, at its left."""
        self._words.column.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft)

    @property
    def text(self) -> str:
        """The message."""
        return self._label.text()

    def show_message(self, text: str | None, *, busy: bool = False) -> None:
        """Shows `text`; hides the banner for None or "". `busy`: with a progress bar."""
        self._label.setText(text or "")
        self._progress.setVisible(busy)
        self.setVisible(bool(text))
