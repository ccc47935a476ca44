"""Asks for the text of a note or a bookmark; of a new one also for its time and student."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from fer_desktop.messages.words import format_clock
from fer_desktop.storage.values import StudentSummary
from fer_desktop.types import Event, EventKind
from ui.dialogs.base import Dialog
from ui.dialogs.student_dialogs import ClockBox
from ui.language import tr
from ui.widgets.basics import make_label
from ui.words import label_student

MAX_TEXT_LENGTH: Final = 500


class AnnotationDialog(Dialog):
    """`edited_event()` is the result once accepted. A note needs a text, a bookmark does not."""

    def __init__(
        self, parent: QWidget | None, event: Event, *, length_s: int, students: Sequence[StudentSummary] = ()
    ) -> None:
        """`event`: without an id it is new, and its time and student can be chosen."""
        new = event.id is None
        super().__init__(
            parent,
            title=_title_of(note=event.kind is EventKind.NOTE, new=new),
            about="" if new else tr("At {time}", time=format_clock(event.second)),
            accept=tr("Save"),
            reject=tr("Cancel"),
        )
        self._event = event
        self.set_least_width(420)
        self.line = QLineEdit(event.text)
        self.line.setMaxLength(MAX_TEXT_LENGTH)
        self.line.setPlaceholderText(tr("What was it?"))
        self.line.setAccessibleName(tr("Text"))
        self.time = ClockBox()
        self.subject = QComboBox()
        self._fill_choices(length_s, students)
        self.body.addWidget(self.line)
        if new:
            self._add_choices(offer_students=event.kind is EventKind.NOTE and bool(students))
        self.line.textChanged.connect(lambda _: self._allow())
        self.line.setFocus()
        self._allow()

    def _fill_choices(self, length_s: int, students: Sequence[StudentSummary]) -> None:
        self.time.setRange(0, max(0, length_s))
        self.time.setValue(self._event.second)
        self.time.setSingleStep(10)
        self.time.setAccessibleName(tr("Time in the lesson"))
        self.subject.setAccessibleName(tr("About whom"))
        self.subject.addItem(tr("The whole class"), None)
        for student in students:
            self.subject.addItem(label_student(student.student, student.label), student.student)

    def _add_choices(self, *, offer_students: bool) -> None:
        row = QHBoxLayout()
        row.addWidget(make_label(tr("At")))
        row.addWidget(self.time)
        if offer_students:
            row.addWidget(self.subject, 1)
        else:
            row.addStretch(1)
        self.body.addLayout(row)

    def edited_event(self) -> Event:
        """The event as entered."""
        words = " ".join(self.line.text().split())
        return Event(self._event.kind, self.time.value(), words, self.subject.currentData(), id=self._event.id)

    def _allow(self) -> None:
        needed = self._event.kind is EventKind.NOTE
        self.accept_button.setEnabled(bool(self.line.text().strip()) or not needed)


def _title_of(*, note: bool, new: bool) -> str:
    if note:
        return tr("Add a note") if new else tr("Change the note")
    return tr("Add a bookmark") if new else tr("Change the bookmark")
