"""The frame of a page beside the session page: a head with a Back button, and a scrolling body."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from ui.language import tr
from ui.stylesheet import set_role
from ui.widgets.basics import ElidedLabel, IconButton, fill_scroll_area


class PageHead(QFrame):
    """A Back button, a title, and a line below it."""

    def __init__(self, back: str) -> None:
        super().__init__()
        set_role(self, "band")
        self.back = IconButton(tr("Back"), "back", name=back)
        self.back.setToolTip(back)
        self.back.setShortcut(QKeySequence("Alt+Left"))
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


class _Body(QScrollArea):
    """Takes the focus when the page appears, so that its shortcuts work."""

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.setFocus()


def frame_page(page: QWidget, head: PageHead, body: QLayout) -> None:
    """Lays `head` above `body` in the page. Escape goes back too, unless a field uses it."""
    leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), page)
    leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    leave.activated.connect(head.back.click)
    content = QWidget()
    content.setLayout(body)
    area = _Body()
    fill_scroll_area(area, content, tab_stop=True)
    layout = QVBoxLayout(page)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    layout.addWidget(head)
    layout.addWidget(area, 1)
