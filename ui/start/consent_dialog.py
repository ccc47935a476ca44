"""The confirmation before each session that the class has been informed."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from fer_desktop.policy.consent import Watched, consent_text, fingerprint_consent
from fer_desktop.roster.names import tidy_name
from ui.dialogs.base import Dialog
from ui.language import current_language, tr
from ui.widgets.basics import TickBox, make_label, make_link


class ConsentDialog(Dialog):
    """Start is disabled until the teacher has confirmed that the class knows. `aggregate_only()` is their choice.

    The text depends on that choice, and the teacher may change its words: whenever it changes, the confirmation is
    cleared. `calendar_requested`: to choose what the course is filled in by.
    """

    calendar_requested = Signal()

    def __init__(
        self,
        parent: QWidget | None,
        *,
        watched: Watched,
        expressions_on: bool,
        aggregate_only: bool,
        names_allowed: bool = False,
        on_server: bool = False,
        course: str = "",
        courses: Sequence[str] = (),
        own_texts: Mapping[str, str] | None = None,
    ) -> None:
        """`on_server`: the lessons are stored on another computer. `courses`: those to suggest. `own_texts`: the
        teacher's words, by the fingerprint of the text of the program that they replace.
        """
        live = watched != "recording"
        super().__init__(
            parent,
            title=tr("Tell the class") if live else tr("Before you watch a recording"),
            accept=tr("Start"),
        )
        self.resize(520, 600)
        self._watched: Watched = watched
        self._expressions_on = expressions_on
        self._names_allowed = names_allowed
        self._on_server = on_server
        self._own_texts = dict(own_texts or {})
        self.course = QLineEdit(course)
        self.calendar_button = make_link(tr("Calendar…"))
        self.from_calendar = make_label(tr("From your calendar"), "small")
        self.about_text = make_label("", "muted", wrap=True)
        self.about_text.setText(
            tr("Read this out, or paste it into the chat.")
            if live
            else tr("The people in the recording should know this.")
        )
        self.text_shown = QPlainTextEdit()
        self.copy_button = make_link(tr("Copy the text"))
        self.restore_button = make_link(tr("Restore the text"))
        self.again = make_label(tr("The text changed. Please read it again."), "problem")
        self.confirmation = TickBox(
            tr("I have told the class") if live else tr("The people in this recording know this and agree")
        )
        self.aggregate = TickBox(tr("Class totals only: no individual students are listed or saved"))
        self.aggregate.setChecked(aggregate_only)
        self._set_up_course(courses)
        self._arrange()
        self._show_text()
        self._connect()
        self._allow()
        self.confirmation.setFocus()

    def _set_up_course(self, courses: Sequence[str]) -> None:
        self.course.setPlaceholderText(tr("Course (optional)"))
        self.course.setAccessibleName(tr("Course"))
        self.course.setMaxLength(200)
        completer = QCompleter(list(courses), self.course)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setWrapAround(False)
        self.course.setCompleter(completer)

    def _arrange(self) -> None:
        self.text_shown.setAccessibleName(tr("What to tell the class"))
        self.text_shown.setTabChangesFocus(True)
        self.from_calendar.setVisible(False)
        self.again.setVisible(False)
        for box in (self.confirmation, self.aggregate):
            box.setAccessibleName(box.text())
        links = QHBoxLayout()
        links.addWidget(self.copy_button)
        links.addWidget(self.restore_button)
        links.addStretch(1)
        course = QHBoxLayout()
        course.addWidget(self.course, 1)
        course.addWidget(self.calendar_button)
        self.body.addLayout(course)
        self.body.addWidget(self.from_calendar)
        self.body.addWidget(self.aggregate)
        self.body.addWidget(self.about_text)
        self.body.addWidget(self.text_shown, 1)
        self.body.addLayout(links)
        self.body.addWidget(self.again)
        self.body.addWidget(self.confirmation)

    def _connect(self) -> None:
        self.calendar_button.clicked.connect(self.calendar_requested)
        self.course.textEdited.connect(lambda: self.from_calendar.setVisible(False))
        self.copy_button.clicked.connect(self._copy)
        self.restore_button.clicked.connect(self._restore)
        self.aggregate.toggled.connect(self._show_text)
        self.confirmation.toggled.connect(self._allow)
        self.text_shown.textChanged.connect(self._take_change)

    def aggregate_only(self) -> bool:
        """Whether only class totals are to be stored."""
        return self.aggregate.isChecked()

    def course_name(self) -> str:
        """The entered course, tidied; "" without one."""
        return tidy_name(self.course.text()) or ""

    def propose_course(self, course: str | None) -> None:
        """Fills in the course that the calendar has for now, if any; the teacher may change it."""
        if course is not None:
            self.course.setText(course)
            self.from_calendar.setVisible(True)

    def own_texts(self) -> dict[str, str]:
        """The teacher's words by the fingerprint of the text that they replace, with those that are shown now."""
        standard = self._standard_text()
        kept = {key: text for key, text in self._own_texts.items() if key != fingerprint_consent(standard)}
        shown = self.text_shown.toPlainText()
        return kept if shown.strip() == standard.strip() else kept | {fingerprint_consent(standard): shown}

    def _standard_text(self) -> str:
        return consent_text(
            expressions_on=self._expressions_on,
            names_allowed=self._names_allowed,
            individuals=not self.aggregate_only(),
            watched=self._watched,
            on_server=self._on_server,
            language=current_language(),
        )

    def _show_text(self) -> None:
        standard = self._standard_text()
        text = self._own_texts.get(fingerprint_consent(standard), standard)
        if text != self.text_shown.toPlainText():
            self.text_shown.setPlainText(text)

    def _take_change(self) -> None:
        """The class does not know the new text."""
        self.again.setVisible(self.confirmation.isChecked() or not self.again.isHidden())
        self.confirmation.setChecked(False)
        self.copy_button.setText(tr("Copy the text"))
        self._allow()

    def _allow(self) -> None:
        """Nobody can have been informed by an empty text."""
        text = self.text_shown.toPlainText().strip()
        self.restore_button.setVisible(text != self._standard_text().strip())
        self.confirmation.setEnabled(bool(text))
        self.accept_button.setEnabled(self.confirmation.isChecked() and bool(text))

    def _restore(self) -> None:
        self.text_shown.setPlainText(self._standard_text())
        self.text_shown.setFocus()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text_shown.toPlainText())
        self.copy_button.setText(tr("Copied"))
