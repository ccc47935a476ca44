"""The page after a lesson: where the class was lost, who to talk to, what was better than last time."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from fer_desktop.follow_up.values import FollowUp
from fer_desktop.follow_up.words import Item, Part, describe_follow_up
from ui.language import current_language, tr
from ui.review.page_frame import PageHead, frame_page
from ui.review.session_list import name_session
from ui.theme import scaled
from ui.widgets.basics import Card, make_label, make_link
from ui.words import format_day

_WIDTH_PX = 760
"""No line is longer, so that it reads at a glance."""

_LINK_PADDING_PX = 5


class FollowUpPage(QWidget):
    """`back_requested`: back to the lesson. `moment_requested(int)`: a second of it. `student_requested(int)`."""

    back_requested = Signal()
    moment_requested = Signal(int)
    student_requested = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.head = PageHead(tr("Back to the lesson"))
        self.head.title.setText(tr("What now?"))
        self._cards = QVBoxLayout()
        self._cards.setSpacing(10)
        self._column = QWidget()
        self._column.setLayout(self._cards)
        self._cards.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        row.setContentsMargins(12, 12, 12, 12)
        row.addWidget(self._column, 1, Qt.AlignmentFlag.AlignTop)
        row.addStretch(0)
        frame_page(self, self.head, row)
        self.head.back.clicked.connect(self.back_requested)

    def show_follow_up(self, follow_up: FollowUp) -> None:
        """Shows the three answers of a lesson."""
        session = follow_up.session
        self.head.about.setText(f"{name_session(session)} · {format_day(session.local_time())}")
        self._column.setMaximumWidth(scaled(_WIDTH_PX))
        while (item := self._cards.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for part in describe_follow_up(follow_up, current_language()):
            self._cards.addWidget(self._make_card(part))

    def texts(self) -> list[str]:
        """What the cards say, from top to bottom."""
        widgets: Sequence[QWidget] = self._column.findChildren(QWidget)
        return [str(text) for each in widgets if (text := each.property("text"))]

    def links(self) -> list[QPushButton]:
        """The links to moments and students, from top to bottom."""
        return self._column.findChildren(QPushButton)

    def _make_card(self, part: Part) -> Card:
        card = Card(part.title)
        for item in part.items:
            card.body.addLayout(self._lay_out(item))
        card.add(make_label(part.remark, "small" if part.items else "muted", wrap=True))
        return card

    def _lay_out(self, item: Item) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(2)
        column.setContentsMargins(0, 0, 0, 8 if item.heading else 0)
        if item.heading:
            column.addWidget(self._make_link(item), 0, Qt.AlignmentFlag.AlignLeft)
        labels = [make_label(line, wrap=True) for line in item.lines]
        labels += [make_label(item.doubt, "small", wrap=True)] if item.doubt else []
        for label in labels:
            label.setIndent(_LINK_PADDING_PX if item.heading else 0)
            column.addWidget(label)
        return column

    def _make_link(self, item: Item) -> QPushButton:
        if item.second is not None:
            link = make_link(item.heading, name=tr("Show {time} in the timeline", time=item.heading))
            link.clicked.connect(partial(self.moment_requested.emit, item.second))
        else:
            link = make_link(item.heading, name=tr("All lessons of {who}", who=item.heading))
            link.clicked.connect(partial(self.student_requested.emit, item.student))
        link.setToolTip(link.accessibleName())
        return link
