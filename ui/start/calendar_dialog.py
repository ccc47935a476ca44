"""Chooses which lessons of a calendar fill in the course by the time."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QPushButton, QTableWidget, QTableWidgetItem, QWidget

from fer_desktop.roster.names import tidy_name
from fer_desktop.timetable.timetable import MAX_COURSE_LENGTH, MAX_COURSES, MAX_LESSONS, CourseTimes
from ui.background import BackgroundCalls, describe_error
from ui.dialogs.base import Dialog
from ui.file_dialog import make_file_dialog
from ui.language import tr
from ui.widgets.banner import Banner
from ui.widgets.basics import make_label

ReadCalendar = Callable[[Path], Sequence[CourseTimes]]
_SLOTS_SHOWN: Final = 3


def read_file(path: Path) -> Sequence[CourseTimes]:
    """The lessons of a calendar file. Raises `DataError`."""
    from fer_desktop.timetable.calendar_file import read_calendar  # not for those who never open a calendar

    return read_calendar(path, now=datetime.now(UTC))


class CalendarDialog(Dialog):
    """`timetable()` is the result once accepted: what is ticked, under the names that stand there."""

    def __init__(
        self,
        parent: QWidget | None,
        timetable: Sequence[CourseTimes],
        *,
        courses: Sequence[str],
        read: ReadCalendar = read_file,
    ) -> None:
        """`timetable`: what is kept now. `courses`: titles of a calendar that are among them are ticked at once."""
        super().__init__(
            parent,
            title=tr("Calendar"),
            about=tr("Fills in the course by the time. Only what you tick is kept: titles and times, no names."),
            accept=tr("Save"),
        )
        self._had_some = bool(timetable)
        self._courses = {course.casefold() for course in courses}
        self._read = read
        self._calls = BackgroundCalls(self)
        self._rows: list[tuple[QTableWidgetItem, CourseTimes]] = []
        self.problem = Banner("danger", name=tr("Problem"))
        self.empty = make_label(
            tr("Save your calendar as a file (.ics) in Outlook, Google Calendar or Moodle, and choose it here."),
            "muted",
            wrap=True,
        )
        self.table = QTableWidget(0, 2)
        self.file_button = QPushButton(tr("Choose the file…"))
        self.file_button.setAutoDefault(False)
        self.file_button.clicked.connect(self._ask)
        self._set_up_table()
        for widget in (self.problem, self.empty, self.table):
            self.body.addWidget(widget)
        self.body.addWidget(self.file_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.set_least_width(440)
        self._show(timetable, ticked=set(range(len(timetable))))

    def _set_up_table(self) -> None:
        self.table.setHorizontalHeaderLabels([tr("Course"), tr("When")])
        self.table.setAccessibleName(tr("Calendar"))
        self.table.verticalHeader().setVisible(False)
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.setTabKeyNavigation(False)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setMinimumHeight(220)
        self.table.itemChanged.connect(self._allow_saving)

    def choose(self, path: Path) -> None:
        """Reads a calendar in the background, and lists it above what is kept already."""
        self.file_button.setEnabled(False)
        self._calls.run(partial(self._read, path), on_done=self._add, on_failed=self._fail)
        self._allow_saving()

    def timetable(self) -> tuple[CourseTimes, ...]:
        """The ticked rows; rows with the same name become one course."""
        chosen: dict[str, CourseTimes] = {}
        for item, times in self._rows:
            name = (tidy_name(item.text()) or times.course)[:MAX_COURSE_LENGTH]
            if item.checkState() is Qt.CheckState.Checked:
                before = chosen[name].lessons if name in chosen else ()
                lessons = sorted({*before, *times.lessons})[:MAX_LESSONS]
                chosen[name] = CourseTimes(course=name, lessons=tuple(lessons))
        return tuple(chosen.values())

    def done(self, result: int) -> None:
        """However the dialog is closed: a file that is being read is read to its end, for nothing."""
        self._calls.wait()
        super().done(result)

    def _ask(self) -> None:
        dialog = make_file_dialog(self, tr("Calendar"))
        dialog.setNameFilters([tr("Calendars (*.ics)"), tr("All files (*)")])
        dialog.fileSelected.connect(lambda path: self.choose(Path(path)))
        dialog.open()

    def _add(self, found: Sequence[CourseTimes]) -> None:
        self.file_button.setEnabled(True)
        self.problem.show_message(None)
        kept = self.timetable()
        names = {each.course.casefold() for each in kept}
        titles = {each.course.casefold() for each in found}
        rows = [*found, *(each for each in kept if each.course.casefold() not in titles)][:MAX_COURSES]
        known = names | self._courses
        self._show(rows, ticked={row for row, each in enumerate(rows) if each.course.casefold() in known})
        self.table.setFocus()

    def _fail(self, error: Exception) -> None:
        self.file_button.setEnabled(True)
        self._allow_saving()
        self.problem.show_message(describe_error(error))

    def _show(self, rows: Sequence[CourseTimes], *, ticked: set[int]) -> None:
        self._rows = []
        self.table.setRowCount(len(rows))
        for row, times in enumerate(rows):
            name, when = QTableWidgetItem(times.course), QTableWidgetItem(describe_times(times))
            name.setCheckState(Qt.CheckState.Checked if row in ticked else Qt.CheckState.Unchecked)
            when.setFlags(Qt.ItemFlag.ItemIsEnabled)
            self.table.setItem(row, 0, name)
            self.table.setItem(row, 1, when)
            self._rows.append((name, times))
        self.table.setVisible(bool(self._rows))
        self.empty.setVisible(not self._rows)
        self._allow_saving()
        if self._rows:
            self.table.setCurrentCell(0, 0)
        else:
            self.file_button.setFocus()
        self.make_room()

    def _allow_saving(self) -> None:
        """Saving nothing makes sense only where something was kept before; saving waits for a file that is read."""
        is_ticked = any(item.checkState() is Qt.CheckState.Checked for item, _ in self._rows)
        has_choice = is_ticked or (self._had_some and bool(self._rows))
        self.accept_button.setEnabled(has_choice and not self._calls.busy)


def describe_times(times: CourseTimes) -> str:
    """`Mon 08:00, Thu 10:15`: the times of the week in this computer's zone, the first three of them."""
    locale = QLocale()
    starts = [start.astimezone() for start, _ in times.lessons]
    slots = sorted({(start.isoweekday(), f"{start:%H:%M}") for start in starts})
    short = QLocale.FormatType.ShortFormat
    words = [f"{locale.dayName(day, short)} {time}" for day, time in slots[:_SLOTS_SHOWN]]
    return ", ".join(words) + ("…" if len(slots) > _SLOTS_SHOWN else "")
