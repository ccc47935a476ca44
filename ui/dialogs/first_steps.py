"""The first steps, in three pages: place, source, and informing the class."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from ui.dialogs.base import Dialog
from ui.dialogs.place_dialog import describe_consequence
from ui.dialogs.place_picker import PlacePicker
from ui.language import tr
from ui.widgets.banner import Banner
from ui.widgets.basics import IconLabel, make_label

_ICON_PX = 40
_PAGES = 3


class FirstStepsDialog(Dialog):
    """Can be skipped at any page. `place()` is valid if `answered`: the teacher has left the first page by Continue."""

    def __init__(self, parent: QWidget | None, *, place: str | None) -> None:
        """`place`: the initial choice."""
        super().__init__(parent, title=tr("First steps"), accept=tr("Continue"), reject=tr("Skip"))
        self.set_least_width(340)
        self.resize(460, 440)
        self.answered = False
        self.step = make_label("", "muted")
        self.picker = PlacePicker(place)
        self.consequence = Banner("info", name=tr("What this means"))
        self.pages = QStackedWidget()
        self.back_button = QPushButton(tr("Back"))
        self.back_button.setAutoDefault(False)
        self.back_button.setAccessibleName(tr("Back"))
        self._add_pages()
        self.body.addWidget(self.step)
        self.body.addWidget(self.pages, 1)
        self.buttons.insertWidget(1, self.back_button)
        self.accept_button.clicked.disconnect()
        self.accept_button.clicked.connect(self._go_on)
        self.back_button.clicked.connect(lambda: self._turn_to(self.pages.currentIndex() - 1))
        self.picker.currentTextChanged.connect(self._explain)
        self._turn_to(0)
        self.picker.setFocus()

    def place(self) -> str | None:
        """The chosen place."""
        return self.picker.place()

    def _add_pages(self) -> None:
        self._add_page(
            "place",
            tr("Where is your class?"),
            tr("Laws differ by country. We apply yours."),
            self.picker,
            self.consequence,
        )
        self._add_page(
            "class",
            tr("Choose what to watch"),
            tr(
                "Open your call and show everyone in gallery view. Then pick its window from a list, or draw a "
                "rectangle around the class. To try the program first, choose the simulated class: it shows no real "
                "people."
            ),
        )
        self._add_page(
            "note",
            tr("Tell the class"),
            tr(
                "Before each lesson, you get a text to read out or paste into the chat. It explains what is read, that "
                "no pictures are saved, and that any student can be excluded. Watching starts only after you confirm "
                "that the class knows."
            ),
        )

    def _add_page(self, icon: str, title: str, about: str, *more: QWidget) -> None:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(10)
        column.addWidget(IconLabel(icon, _ICON_PX), 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(make_label(title, "section", wrap=True))
        column.addWidget(make_label(about, wrap=True))
        for widget in more:
            column.addWidget(widget)
        column.addStretch(1)
        self.pages.addWidget(page)

    def _go_on(self) -> None:
        page = self.pages.currentIndex()
        self.answered = True
        if page + 1 < _PAGES:
            self._turn_to(page + 1)
        else:
            self.accept()

    def _turn_to(self, page: int) -> None:
        self.pages.setCurrentIndex(page)
        self.step.setText(tr("Step {number} of {all}", number=page + 1, all=_PAGES))
        self.back_button.setVisible(page > 0)
        last = page + 1 == _PAGES
        self.reject_button.setVisible(not last)  # nothing is left to skip
        self.accept_button.setText(tr("Done") if last else tr("Continue"))
        self.accept_button.setAccessibleName(self.accept_button.text())
        self._explain()

    def _explain(self) -> None:
        first = self.pages.currentIndex() == 0
        self.accept_button.setEnabled(not first or self.place() is not None)
        self.consequence.show_message(describe_consequence(self.place()))
