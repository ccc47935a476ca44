"""The base of all dialogs. They are opened, not executed, so that the window behind goes on working."""

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.language import tr
from ui.on_top import is_anything_on_top, keep_on_top
from ui.stylesheet import set_role
from ui.widgets.basics import make_label
from ui.widgets.fitted_area import FittedArea

_SIDE_PX: Final = 22
_FRAME_PX: Final = 40
"""Of the window manager, above and below."""


class Dialog(QDialog):
    """A title, an explanation, a body, and a row of buttons with the main one at the right.

    Where the screen is too low for all of it, what is above the buttons scrolls.
    """

    def __init__(
        self,
        parent: QWidget | None,
        *,
        title: str,
        about: str = "",
        accept: str | None = None,
        reject: str | None = None,
    ) -> None:
        """`accept`: "OK" by default; `reject`: "Cancel" by default, without a button if empty."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self._about = about
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.body = QVBoxLayout()
        self.body.setSpacing(10)
        self._add_buttons(tr("OK") if accept is None else accept, tr("Cancel") if reject is None else reject)
        content = QWidget()
        inner = QVBoxLayout(content)
        inner.setContentsMargins(_SIDE_PX, 18, _SIDE_PX, 0)
        inner.setSpacing(10)
        inner.addWidget(make_label(title, "title", wrap=True))
        if about:
            inner.addWidget(make_label(about, "muted", wrap=True))
        inner.addLayout(self.body, 1)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 18)
        self._layout.setSpacing(10)
        self._area = FittedArea(content)
        self._layout.addWidget(self._area, 1)
        self._layout.addSpacing(6)
        self._layout.addLayout(self.buttons)

    def _add_buttons(self, accept: str, reject: str) -> None:
        self.accept_button = QPushButton(accept)
        self.accept_button.setDefault(True)
        self.accept_button.setAccessibleName(accept)
        self.accept_button.clicked.connect(self.accept)
        self.buttons = QHBoxLayout()
        self.buttons.setContentsMargins(_SIDE_PX, 0, _SIDE_PX, 0)
        self.buttons.setSpacing(8)
        self.buttons.addStretch(1)
        self.reject_button = QPushButton(reject)
        self.reject_button.setAutoDefault(False)
        self.reject_button.setAccessibleName(reject)
        self.reject_button.clicked.connect(self.reject)
        self.reject_button.setVisible(bool(reject))
        self.buttons.addWidget(self.reject_button)
        self.buttons.addWidget(self.accept_button)

    def set_least_width(self, px: int) -> None:
        """Makes the dialog so wide, or wider where its texts need it: Qt's own minimum would cut them."""
        self._layout.addStrut(px)

    def open(self) -> None:
        keep_on_top(self, on=is_anything_on_top())
        super().open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus, as Space does: Qt presses the default one instead."""
        button = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(button, QPushButton):
            button.click()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Fits the height to the text, as Qt's own estimate leaves gaps. A size that was set is the least.

        Neither side is longer than the screen's: the buttons would be out of sight.
        """
        if not event.spontaneous():
            least = self.height() if self.testAttribute(Qt.WidgetAttribute.WA_Resized) else 0
            room = self._room()
            width = min(self.width(), room.width())
            self.resize(width, min(room.height(), max(least, self.fitting_height(width))))
        super().showEvent(event)  # puts the dialog in the middle of its parent

    def make_room(self) -> None:
        """Grows to fit texts that have changed; never shrinks, so that nothing jumps."""
        if self.isVisible():
            self._area.take_changes()
            self._layout.activate()
            self.resize(self.width(), max(self.height(), self.fitting_height()))

    def fitting_height(self, width: int | None = None) -> int:
        """In pixels, of the whole text, or of the screen where it is lower. `width`: other than the present one."""
        wanted = self.heightForWidth(self.width() if width is None else width)
        return min(wanted, self._room().height())

    def _room(self) -> QSize:
        """The largest size that the screen has room for."""
        return self.screen().availableGeometry().size() - QSize(0, _FRAME_PX)

    def text(self) -> str:
        """Title and explanation, as for screen readers."""
        return f"{self.windowTitle()} {self._about}".strip()


def has_open_dialog(window: QWidget) -> bool:
    """Whether a dialog of the window is open."""
    return any(dialog.isVisible() for dialog in window.findChildren(QDialog))


def make_confirmation_dialog(parent: QWidget, *, title: str, about: str, action: str) -> Dialog:
    """Asks before something is lost; Cancel is the default. `accepted`: carry it out."""
    dialog = Dialog(parent, title=title, about=about, accept=action)
    dialog.accept_button.setDefault(False)
    dialog.accept_button.setAutoDefault(False)
    set_role(dialog.accept_button, "danger")
    dialog.reject_button.setAutoDefault(True)  # otherwise Enter does nothing
    dialog.reject_button.setFocus()
    dialog.set_least_width(400)
    return dialog


def make_message_dialog(parent: QWidget | None, *, title: str, about: str) -> Dialog:
    """A message with one button."""
    dialog = Dialog(parent, title=title, about=about, accept=tr("Close"), reject="")
    dialog.set_least_width(400)
    return dialog
