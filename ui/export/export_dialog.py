"""Asks what to export of a session, in which format, and to which file."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from fer_desktop.report.parquet_export import can_write_parquet
from fer_desktop.storage.values import SessionSummary, StudentSummary
from fer_desktop.types import MIN_GROUP_SIZE, ExportFormat, ExportPart
from ui.dialogs.base import Dialog
from ui.dialogs.password_dialog import PasswordDialog
from ui.export.radio_button import CHOICE_INDENT_PX, RadioButton
from ui.file_dialog import make_file_dialog
from ui.language import tr
from ui.ports import ExportFunction
from ui.widgets.basics import TickBox, make_label
from ui.words import label_student

_WIDTH_PX: Final = 470
_WIDTH_LETTERS: Final = 56
_NOT_IN_FILE_NAMES: Final = re.compile(r'[\x00-\x1f<>:"/\\|?*.\s]+')  # forbidden somewhere, or odd


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """What to write to the file at `path`. `individuals`: False for the class without its students.

    `password`: of the encrypted ZIP file that it becomes; None for a plain file.
    """

    session: int
    format: ExportFormat
    path: Path
    student: int | None = None
    part: ExportPart = "all"
    individuals: bool = True
    password: str | None = None

    def carry_out(self, export: ExportFunction) -> None:
        """Writes the file; raises `FerDesktopError` when it cannot."""
        export(
            self.session,
            format=self.format,
            path=self.path,
            student=self.student,
            part=self.part,
            individuals=self.individuals,
            password=self.password,
        )


@dataclass(frozen=True, slots=True)
class _Choice:
    format: ExportFormat
    title: str
    about: str
    part: ExportPart = "all"


class ExportDialog(Dialog):
    """Emits `requested(ExportRequest)` once a file is chosen.

    A single student can be exported as data, not as a report. A session of class totals has no students to leave out.
    """

    requested = Signal(object)

    def __init__(
        self,
        parent: QWidget | None,
        session: SessionSummary,
        student: StudentSummary | None = None,
        *,
        part: ExportPart = "all",
    ) -> None:
        """`part`: the initial choice."""
        about = tr("Everybody who gets the file can read it, unless you encrypt it.")
        super().__init__(parent, title=_name_dialog(student), about=about, accept=tr("Save as…"))
        self.setMinimumWidth(_WIDTH_PX)
        self._session = session
        self._student = student
        self._choices = list(_list_choices(session, student))
        self.buttons_of_choices = QButtonGroup(self)
        for number, choice in enumerate(self._choices):
            self.body.addLayout(self._make_row(number, choice))
        self.without_individuals = TickBox(tr("Without individual students"))
        self.without_individuals.setAccessibleName(self.without_individuals.text())
        self.without_about = make_label("", "small", wrap=True)
        self.without_about.setContentsMargins(CHOICE_INDENT_PX, 0, 0, 0)
        if student is None:
            self.body.addSpacing(6)
            row = QVBoxLayout()
            row.setSpacing(1)
            row.addWidget(self.without_individuals)
            row.addWidget(self.without_about)
            self.body.addLayout(row)
        self._add_encryption()
        self.body.addStretch(1)
        self.buttons_of_choices.idToggled.connect(self._update_individuals)
        first = next((number for number, choice in enumerate(self._choices) if choice.part == part), 0)
        self.buttons_of_choices.button(first).setChecked(True)
        self.buttons_of_choices.button(first).setFocus()
        width = max(_WIDTH_PX, self.fontMetrics().averageCharWidth() * _WIDTH_LETTERS)  # else large texts get too tall
        self.resize(width, self.fitting_height(width))

    def accept(self) -> None:
        """Asks for the password of an encrypted file, then for the file; the dialog stays open until one is chosen."""
        if not self.encrypted.isChecked():
            self._ask_for_file(None)
            return
        dialog = PasswordDialog(
            self,
            title=tr("A password for the file"),
            about=tr("Whoever is to read the file needs it. Send it separately. Without it nobody can open the file."),
            accept=tr("Save as…"),
        )
        dialog.accepted.connect(lambda: self._ask_for_file(dialog.password()))
        dialog.open()

    def _ask_for_file(self, password: str | None) -> None:
        choice = self._choice()
        dialog = make_file_dialog(self, tr("Export"), start=self._suggest_name(), save=True)
        ending = self._name_ending()
        dialog.setDefaultSuffix(ending)
        dialog.setNameFilter(f"{choice.title} (*.{ending})")
        dialog.fileSelected.connect(lambda path: self._take_path(Path(path), password))
        dialog.open()

    def _take_path(self, path: Path, password: str | None) -> None:
        choice = self._choice()
        student = None if self._student is None else self._student.student
        individuals = not self.without_individuals.isChecked()
        request = ExportRequest(self._session.id, choice.format, path, student, choice.part, individuals, password)
        self.requested.emit(request)
        super().accept()

    def _choice(self) -> _Choice:
        return self._choices[self.buttons_of_choices.checkedId()]

    def _suggest_name(self) -> str:
        """Without the course where nobody is to be named or to read: a course may be a student's name."""
        choice = self._choice()
        attendance = "-attendance" if choice.part == "attendance" else ""
        student = "" if self._student is None else f"-student-{self._student.student}"
        only_class = "-class" if self.without_individuals.isChecked() and not attendance else ""
        day = self._session.local_time().strftime("%Y-%m-%d-%H%M")
        unnamed = self.without_individuals.isChecked() or self.encrypted.isChecked()
        course = "" if unnamed else _NOT_IN_FILE_NAMES.sub("-", self._session.course).strip("-")
        name = course or tr("lesson")
        return f"{name}-{day}{student}{attendance}{only_class}.{self._name_ending()}"

    def _name_ending(self) -> str:
        format = self._choice().format
        return f"{format}.zip" if self.encrypted.isChecked() else format

    def _add_encryption(self) -> None:
        self.encrypted = TickBox(tr("Encrypt the file"))
        self.encrypted.setAccessibleName(self.encrypted.text())
        about = tr("With a password, as a ZIP file that opens with 7-Zip and the tools of most systems.")
        self.encrypted.setAccessibleDescription(about)
        label = make_label(about, "small", wrap=True)
        label.setContentsMargins(CHOICE_INDENT_PX, 0, 0, 0)
        self.body.addSpacing(6)
        row = QVBoxLayout()
        row.setSpacing(1)
        row.addWidget(self.encrypted)
        row.addWidget(label)
        self.body.addLayout(row)

    def _make_row(self, number: int, choice: _Choice) -> QVBoxLayout:
        button = RadioButton(choice.title)
        button.setAccessibleName(choice.title)
        button.setAccessibleDescription(choice.about)
        self.buttons_of_choices.addButton(button, number)
        about = make_label(choice.about, "small", wrap=True)
        about.setContentsMargins(CHOICE_INDENT_PX, 0, 0, 0)
        row = QVBoxLayout()
        row.setSpacing(1)
        row.addWidget(button)
        row.addWidget(about)
        return row

    def _update_individuals(self) -> None:
        """Explains what the option does, or why it is fixed."""
        if self._student is not None:
            return
        of_each = self._choice().part == "attendance"
        if self._session.aggregate_only:
            self.without_individuals.setChecked(True)
            words = tr("This lesson already contains class totals only.")
        elif of_each:
            self.without_individuals.setChecked(False)
            words = tr("Attendance always lists individual students.")
        else:
            words = tr(
                "Class totals only, from seconds with {least} or more faces. Names in your notes are replaced, but "
                "nicknames are not: read your notes before you share the file.",
                least=MIN_GROUP_SIZE,
            )
        self.without_individuals.setEnabled(not (self._session.aggregate_only or of_each))
        self.without_individuals.setAccessibleDescription(words)
        self.without_about.setText(words)


def _name_dialog(student: StudentSummary | None) -> str:
    if student is None:
        return tr("Export this lesson")
    return tr("Export data of {who}", who=label_student(student.student, student.label))


def _list_choices(session: SessionSummary, student: StudentSummary | None) -> Iterator[_Choice]:
    if student is None:
        yield _Choice("pdf", tr("Report (PDF)"), tr("Charts, moments, attendance and flags, for reading or printing."))
        yield _Choice("html", tr("Report (HTML)"), tr("The same report for a browser. Best with a screen reader."))
        if not session.aggregate_only:
            yield _Choice("csv", tr("Attendance (CSV)"), tr("Who was present, and when."), "attendance")
    yield _Choice("csv", tr("Table (CSV)"), tr("Second by second, for a spreadsheet."))
    yield _Choice("json", tr("Data (JSON)"), tr("All saved data, for other programs."))
    if can_write_parquet():
        yield _Choice("parquet", tr("Data (Parquet)"), tr("The same table as CSV, but smaller and faster to analyse."))
