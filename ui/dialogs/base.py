"""What all dialogs share. They are opened, not executed: the window behind goes on working."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.language import tr
from ui.on_top import is_anything_on_top, keep_on_top
from ui.stylesheet import set_role
from ui.widgets.basics import make_label


class Dialog(QDialog):
    """A title, what it is about, a body, and a row of buttons with the main one at the right."""

    def __init__(
        self,
        parent: QWidget | None,
        *,
        title: str,
        about: str = "",
        accept: str | None = None,
        reject: str | None = None,
    ) -> None:
        """`accept`: by default "OK", `reject`: "Cancel"; empty, there is only the one button."""
        super().__init__(parent)
        accept = tr("OK") if accept is None else accept
        reject = tr("Cancel") if reject is None else reject
        self.setWindowTitle(title)
        self._about = about
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.body = QVBoxLayout()
        self.body.setSpacing(10)
        self.accept_button = QPushButton(accept)
        self.accept_button.setDefault(True)
        self.accept_button.setAccessibleName(accept)
        self.accept_button.clicked.connect(self.accept)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(8)
        self.buttons.addStretch(1)
        self.reject_button = QPushButton(reject)
        self.reject_button.setAutoDefault(False)
        self.reject_button.setAccessibleName(reject)
        self.reject_button.clicked.connect(self.reject)
        self.reject_button.setVisible(bool(reject))
        self.buttons.addWidget(self.reject_button)
        self.buttons.addWidget(self.accept_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 18, 22, 18)
        layout.setSpacing(10)
        layout.addWidget(make_label(title, "title", wrap=True))
        if about:
            layout.addWidget(make_label(about, "muted", wrap=True))
        layout.addLayout(self.body, 1)
        layout.addSpacing(6)
        layout.addLayout(self.buttons)

    def open(self) -> None:
        keep_on_top(self, on=is_anything_on_top())
        super().open()

    def showEvent(self, event: QShowEvent) -> None:
        """As high as the words need at this width, unless a size was set: Qt's own guess leaves gaps between them."""
        super().showEvent(event)
        if not self.testAttribute(Qt.WidgetAttribute.WA_Resized):
            self.resize(self.width(), self.heightForWidth(self.width()))

    def make_room(self) -> None:
        """After its words changed: never smaller, so that nothing jumps."""
        layout = self.layout()
        if self.isVisible() and layout is not None:
            layout.activate()
            self.resize(self.width(), max(self.height(), self.heightForWidth(self.width())))

    def text(self) -> str:
        """What it says, as a screen reader tells it."""
        return f"{self.windowTitle()} {self._about}".strip()


def has_open_dialog(window: QWidget) -> bool:
    """Whether the window already asks something."""
    return any(dialog.isVisible() for dialog in window.findChildren(QDialog))


def make_confirmation_dialog(parent: QWidget, *, title: str, about: str, action: str) -> Dialog:
    """A question before something is lost: the safe answer is the default. `accepted` means go on."""
    dialog = Dialog(parent, title=title, about=about, accept=action)
    dialog.accept_button.setDefault(False)
    dialog.accept_button.setAutoDefault(False)
    set_role(dialog.accept_button, "danger")
    dialog.reject_button.setAutoDefault(True)  # else Enter does nothing at all
    dialog.reject_button.setFocus()
    dialog.setMinimumWidth(400)
    return dialog


def make_message_dialog(parent: QWidget | None, *, title: str, about: str) -> Dialog:
    """A message with one button."""
    dialog = Dialog(parent, title=title, about=about, accept=tr("Close"), reject="")
    dialog.setMinimumWidth(400)
    return dialog
