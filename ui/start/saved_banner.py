"""What was saved last, on the start screen, with the ways to it."""

from PySide6.QtCore import Signal

from ui.language import tr
from ui.widgets.banner import Banner
from ui.widgets.basics import make_link


class SavedBanner(Banner):
    """`acted`: to open the review. `follow_up_requested`: of the lesson that was saved last."""

    follow_up_requested = Signal()

    def __init__(self) -> None:
        super().__init__("info", name=tr("Last lesson"), action=tr("Review"))
        self.follow_up = make_link(tr("What now?"), name=tr("What to do after this lesson"))
        self.follow_up.clicked.connect(self.follow_up_requested)
        self.add_below(self.follow_up)

    def show_lesson(self, text: str) -> None:
        """Shows what was saved of a lesson that has ended, and offers what to do after it."""
        self.show_message(text)
        self.follow_up.setVisible(True)

    def show_message(self, text: str | None, *, busy: bool = False) -> None:
        super().show_message(text, busy=busy)
        self.follow_up.setVisible(False)
