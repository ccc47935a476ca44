"""The frame of a page that leads deeper than a session: a head with the way back, and a body that scrolls."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from ui.language import tr
from ui.stylesheet import set_role
from ui.widgets.basics import ElidedLabel, IconButton


class PageHead(QFrame):
    """The way back, a title, and a line about it."""

    def __init__(self, back: str) -> None:
        super().__init__()
        set_role(self, "band")
        self.back = IconButton(tr("Back"), "back", name=back)
        self.back.setToolTip(back)
        self.back.setShortcut(QKeySequence("Alt+Left"))
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        leave.activated.connect(self.back.click)
        self.title = ElidedLabel("", "title")
        self.about = ElidedLabel("", "muted")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.about)
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 12, 16, 12)
        row.setSpacing(12)
        row.addWidget(self.back)
        row.addLayout(words, 1)


def frame_page(page: QWidget, head: QWidget, body: QLayout) -> None:
    """Lays `head` above `body` in the page."""
    content = QWidget()
    content.setLayout(body)
    area = QScrollArea()
    area.setWidget(content)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    layout = QVBoxLayout(page)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    layout.addWidget(head)
    layout.addWidget(area, 1)
