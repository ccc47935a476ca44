"""Checks the attendance of the open lesson with the report of the call, and writes it for Moodle or Canvas."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QPushButton, QWidget

from fer_desktop.analysis.call_attendance import CallCheck, CheckedPerson, Found, complete_names
from fer_desktop.report.attendance_check import LessonCheck, Written, check_lesson, write_gradebook
from fer_desktop.report.gradebook import Service, Status
from ui.dialogs.base import Dialog
from ui.file_dialog import make_file_dialog
from ui.language import mark, tr, tr_count
from ui.review.context import ReviewContext
from ui.widgets.basics import ElidedLabel, make_label
from ui.words import Words, as_sentence, format_duration

_SERVICES: Final = {Service.MOODLE: "Moodle", Service.CANVAS: "Canvas"}
_FOUND: Final = Words(
    {
        Found.BOTH: mark("In the call and seen"),
        Found.CALL: mark("In the call, not recognised in the lesson"),
        Found.SEEN: mark("Seen in the lesson, not in the report"),
        Found.ROSTER: mark("On the roster, neither in the call nor seen"),
    }
)
_STATUSES: Final = Words({Status.PRESENT: mark("present"), Status.LATE: mark("late"), Status.ABSENT: mark("absent")})
_NAMES_SHOWN: Final = 12


class CallChecks:
    """Carries out the requests of the students' card. `after(words)` is called with what was done."""

    def __init__(self, context: ReviewContext, *, after: Callable[[str], None]) -> None:
        self._context = context
        self._after = after
        context.page.students.call_check_requested.connect(self._ask_for_report)
        context.page.students.gradebook_requested.connect(self._ask_for_gradebook)

    def check_with(self, report: Path) -> None:
        """Reads the report and shows who was in the call and who was seen."""
        session = self._session()
        if session is not None:
            check = partial(check_lesson, self._context.store, session, report)
            self._context.run(check, self._show_check, kind="call")

    def _session(self) -> int | None:
        summary = self._context.page.summary
        return None if summary is None else summary.id

    def _ask_for_report(self) -> None:
        open_table(self._context.window, tr("Report of the call"), self.check_with)

    def _show_check(self, lesson: LessonCheck) -> None:
        names = complete_names(lesson.check)
        dialog = Dialog(
            self._context.window,
            title=tr("The call and the lesson"),
            about=tr("Who was in the call, by its report, and who was seen. A student out of view is not absent."),
            accept=tr_count("Complete {n} name", "Complete {n} names", len(names)) if names else tr("Close"),
            reject=tr("Close") if names else "",
        )
        dialog.set_least_width(460)
        for text in describe_check(lesson.check):
            label = make_label(text, wrap=True)
            label.setObjectName("check")
            dialog.body.addWidget(label)
        for remark in lesson.remarks:
            dialog.body.addWidget(make_label(as_sentence(remark), "small", wrap=True))
        if names:
            label = make_label(describe_completions(lesson.check, names), wrap=True)
            label.setObjectName("check")
            dialog.body.addWidget(label)
            dialog.accepted.connect(partial(self._complete, lesson.session.id, names))
        dialog.open()

    def _complete(self, session: int, names: dict[int, str]) -> None:
        def rename() -> None:
            for student, name in names.items():
                self._context.store.rename_student(session, student, name)

        words = tr_count("{n} name is complete now.", "{n} names are complete now.", len(names))
        self._context.run(rename, lambda _: self._after(words))

    def _ask_for_gradebook(self) -> None:
        session = self._session()
        if session is not None:
            dialog = GradebookDialog(self._context.window)
            dialog.chosen.connect(partial(self.write, session))
            dialog.open()

    def write(self, session: int, service: Service, students: Path, report: Path | None, path: Path) -> None:
        """Writes the file, and shows how many students have which status."""

        def write() -> Written:
            return write_gradebook(check_lesson(self._context.store, session, report), service, students, path)

        self._context.run(write, lambda written: self._after(describe_written(written, path)), kind="call")


class GradebookDialog(Dialog):
    """`chosen(Service, list of students, report or None, file to write)`."""

    chosen = Signal(object, object, object, object)

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(
            parent,
            title=tr("Attendance for Moodle or Canvas"),
            about=tr(
                "Download the list of students from Moodle (Participants) or the gradebook from Canvas as CSV. Without "
                "the report of the call, only who was seen is marked, as present."
            ),
            accept=tr("Save as…"),
        )
        self.set_least_width(460)
        self.service = QComboBox()
        self.service.setAccessibleName(tr("For which program"))
        for service, name in _SERVICES.items():
            self.service.addItem(name, service)
        self.students: Path | None = None
        self.report: Path | None = None
        self._names = {False: ElidedLabel("", "small"), True: ElidedLabel("", "small")}
        grid = QGridLayout()
        grid.addWidget(self.service, 0, 0)
        self.list_button = self._add_choice(grid, 1, tr("List of students…"), report=False)
        self.report_button = self._add_choice(grid, 2, tr("Report of the call (optional)…"), report=True)
        grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)
        self.accept_button.setEnabled(False)
        self.accepted.connect(self._ask_where)

    def _add_choice(self, grid: QGridLayout, row: int, text: str, *, report: bool) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: open_table(self, text, partial(self.choose, report=report)))
        grid.addWidget(button, row, 0)
        grid.addWidget(self._names[report], row, 1)
        return button

    def choose(self, path: Path, *, report: bool) -> None:
        """Takes a file: the report of the call, or the list of students."""
        if report:
            self.report = path
        else:
            self.students = path
        self._names[report].setText(path.name)
        self.accept_button.setEnabled(self.students is not None)

    def _ask_where(self) -> None:
        service, students, report = Service(self.service.currentData()), self.students, self.report
        dialog = make_file_dialog(self.parentWidget(), tr("Save as…"), start=f"attendance-{service}.csv", save=True)
        dialog.setDefaultSuffix("csv")
        dialog.fileSelected.connect(lambda path: self.chosen.emit(service, students, report, Path(path)))
        dialog.open()


def open_table(parent: QWidget | None, title: str, take: Callable[[Path], None]) -> None:
    """Asks for a table to read."""
    dialog = make_file_dialog(parent, title)
    dialog.setNameFilters([tr("Tables (*.csv *.tsv *.txt)"), tr("All files (*)")])
    dialog.fileSelected.connect(lambda path: take(Path(path)))
    dialog.open()


def describe_check(check: CallCheck) -> list[str]:
    """A line for each place where people were found, with their names and times."""
    lines = []
    for found in Found:
        people = [person for person in check.people if person.found is found]
        if people:
            names = _list_names([_describe_person(person) for person in people])
            lines.append(f"{_FOUND[found]} ({len(people)}): {names}")
    if check.unnamed:
        lines.append(
            tr_count(
                "{n} student of the lesson has no name and cannot be compared.",
                "{n} students of the lesson have no name and cannot be compared.",
                check.unnamed,
            )
            + " "
            + tr("Rename students (F2), or let names be saved from the next lesson on (Settings, Class and privacy).")
        )
    return lines


def describe_completions(check: CallCheck, names: Mapping[int, str]) -> str:
    """Which names of students would change: `These names can be completed: Adil O… → Adil O'Neil`."""
    before = {person.row.student: person.row.label for person in check.people if person.row is not None}
    changes = [f"{before[student]} → {name}" for student, name in names.items()]
    return tr("These names can be completed: {names}", names=_list_names(changes))


def _list_names(names: Sequence[str]) -> str:
    """The first names, and how many more there are."""
    more = len(names) - _NAMES_SHOWN
    rest = " " + tr_count("and {n} more", "and {n} more", more) if more > 0 else ""
    return ", ".join(names[:_NAMES_SHOWN]) + rest


def _describe_person(person: CheckedPerson) -> str:
    if person.participant is None or person.participant.seconds is None:
        return person.name
    return f"{person.name} ({format_duration(person.participant.seconds)})"


def describe_written(written: Written, path: Path) -> str:
    """`Saved as attendance.csv: 20 present, 1 late, 2 absent. Not known: Mia Berg.`"""
    counts = ", ".join(f"{count} {_STATUSES[status]}" for status, count in written.counts.items() if count)
    words = tr("Saved as {path}: {counts}.", path=path.name, counts=counts or tr("nobody"))
    if written.unknown:
        words += " " + tr("Not in the file, as nothing is known: {names}.", names=_list_names(written.unknown))
    if written.unlisted:
        names = _list_names(written.unlisted)
        words += " " + tr("In the call, but not on the list, so nobody is marked as absent: {names}.", names=names)
    return words
