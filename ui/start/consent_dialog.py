"""The confirmation before each session that the class has been informed."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from fer_desktop.policy.consent import Watched, consent_text
from ui.dialogs.base import Dialog
from ui.language import current_language, tr
from ui.widgets.basics import TickBox, make_label, make_link


class ConsentDialog(Dialog):
    """Start is disabled until the teacher has confirmed that the class knows. `aggregate_only()` is their choice.

    The text depends on that choice: if it changes, the confirmation is cleared.
    """

    def __init__(
        self,
        parent: QWidget | None,
        *,
        watched: Watched,
        expressions_on: bool,
        aggregate_only: bool,
        names_allowed: bool = False,
    ) -> None:
        live = watched != "recording"
        super().__init__(
            parent,
            title=tr("Tell the class") if live else tr("Before you watch a recording"),
            about=tr("Read this out, or paste it into the chat.") if live else tr("The people in it should know this."),
            accept=tr("Start"),
        )
        self.resize(520, 550)
        self._watched: Watched = watched
        self._expressions_on = expressions_on
        self._names_allowed = names_allowed
        self.text_shown = QPlainTextEdit()
        self.copy_button = make_link(tr("Copy the text"))
        self.again = make_label(tr("The text changed. Please read it again."), "problem")
        self.confirmation = TickBox(
            tr("I have told the class") if live else tr("The people in this recording know this and agree")
        )
        self.aggregate = TickBox(tr("Class totals only: no individual students are listed or saved"))
        self.aggregate.setChecked(aggregate_only)
        self._arrange()
        self._show_text()
        self.copy_button.clicked.connect(self._copy)
        self.aggregate.toggled.connect(self._show_text)
        self.confirmation.toggled.connect(self.accept_button.setEnabled)
        self.accept_button.setEnabled(False)
        self.confirmation.setFocus()

    def _arrange(self) -> None:
        self.text_shown.setReadOnly(True)
        self.text_shown.setAccessibleName(tr("What to tell the class"))
        self.again.setVisible(False)
        for box in (self.confirmation, self.aggregate):
            box.setAccessibleName(box.text())
        self.body.addWidget(self.text_shown, 1)
        self.body.addWidget(self.copy_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.again)
        self.body.addWidget(self.confirmation)
        self.body.addWidget(self.aggregate)

    def aggregate_only(self) -> bool:
        """Whether only class totals are to be stored."""
        return self.aggregate.isChecked()

    def _show_text(self) -> None:
        text = consent_text(
            expressions_on=self._expressions_on,
            names_allowed=self._names_allowed,
            individuals=not self.aggregate_only(),
            watched=self._watched,
            language=current_language(),
        )
        if text != self.text_shown.toPlainText():
            self.text_shown.setPlainText(text)
            self.again.setVisible(self.confirmation.isChecked())
            self.confirmation.setChecked(False)  # the class does not know the new text
            self.copy_button.setText(tr("Copy the text"))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text_shown.toPlainText())
        self.copy_button.setText(tr("Copied"))
