"""The card of a session's students: figures and attendance."""

from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QTabBar

from fer_desktop.analysis.attendance import AttendanceRow
from fer_desktop.storage.values import SessionSummary, StudentSummary
from ui.language import mark, tr, tr_count
from ui.review.attendance_table import AttendanceTable, describe_attendance
from ui.review.rows_table import RowsTable
from ui.review.students_table import StudentTable
from ui.widgets.basics import Card, ElidedLabel, make_label, make_link

_AGGREGATE: Final = mark("Class totals only: no individual students were saved.")
_NO_COURSE: Final = mark("A roster belongs to a course. This lesson has no course: give it one above.")


class ReviewStudentsCard(Card):
    """Two tables with one selection. `chosen(int)`, `renamed(int, str)`; the other signals request actions."""

    chosen = Signal(int)
    renamed = Signal(int, str)
    attendance_export_requested = Signal()
    roster_import_requested = Signal()
    roster_delete_requested = Signal()
    call_check_requested = Signal()
    gradebook_requested = Signal()
    brief_requested = Signal()

    def __init__(self) -> None:
        super().__init__("")
        self.setAccessibleName(tr("Students"))
        self.table = StudentTable()
        self.attendance = AttendanceTable()
        self.tabs = QTabBar()
        self.export_button = make_link(tr("Export…"), name=tr("Export the attendance"))
        self.roster_button = make_link(tr("Roster"), name=tr("Roster of the course"))
        self.brief_button = make_link("", name=tr("Who was seen only briefly"))
        self.sum = ElidedLabel("", "small")
        self._aggregate = make_label(tr(_AGGREGATE), "muted", wrap=True)
        self._stack = QStackedWidget()
        self._selected: int | None = None
        self._arrange()
        self._add_roster_menu()
        self.brief_button.clicked.connect(self.brief_requested)
        self.export_button.clicked.connect(self.attendance_export_requested)
        self.tabs.currentChanged.connect(self._show_tab)
        for table in (self.table, self.attendance):
            table.chosen.connect(self._choose)
            table.renamed.connect(self.renamed)

    def _arrange(self) -> None:
        self.tabs.setDrawBase(False)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName(tr("Students or attendance"))
        for title in (tr("Students"), tr("Attendance")):
            self.tabs.addTab(title)
        self.heading.insert_widget(0, self.tabs)
        self._fit_tabs()
        for button in (self.roster_button, self.export_button):
            button.setVisible(False)
            self.heading.addWidget(button)
        for table in (self.table, self.attendance):
            self._stack.addWidget(table)
        self.add(self._aggregate)
        self.add(self._stack, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.sum, 1)
        foot.addWidget(self.brief_button, 0, Qt.AlignmentFlag.AlignRight)
        self.body.addLayout(foot)
        self.brief_button.setVisible(False)
        self.sum.setVisible(False)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit_tabs()

    def _fit_tabs(self) -> None:
        """Qt would cut the words of the tabs rather than those of the other parts of the row."""
        self.tabs.setMinimumWidth(self.tabs.sizeHint().width())

    def _add_roster_menu(self) -> None:
        menu = QMenu(self.roster_button)
        self._import = menu.addAction(tr("Import roster…"))
        self._delete = menu.addAction(tr("Delete roster…"))
        self._import.triggered.connect(self.roster_import_requested)
        self._delete.triggered.connect(self.roster_delete_requested)
        menu.addSeparator()
        self.check_action = menu.addAction(tr("Check with the call's report…"))
        self.check_action.triggered.connect(self.call_check_requested)
        self.gradebook_action = menu.addAction(tr("For Moodle or Canvas…"))
        self.gradebook_action.triggered.connect(self.gradebook_requested)
        self.roster_button.setMenu(menu)

    @property
    def current(self) -> RowsTable:
        """The visible table."""
        return self.attendance if self.tabs.currentIndex() else self.table

    def show_session(
        self,
        session: SessionSummary,
        students: list[StudentSummary],
        attendance: list[AttendanceRow],
        *,
        has_roster: bool,
        brief: int = 0,
    ) -> None:
        """`has_roster`: whether a roster of the course is stored. `brief`: how many were seen only briefly."""
        editable = session.ended_at is not None
        self._selected = None
        self.table.show_students(students, expressions_on=session.expressions_on, editable=editable)
        names = {each.student: each.name or "" for each in students}
        self.attendance.show_attendance(attendance, session, names=names, editable=editable)
        self.sum.setText(describe_attendance(attendance, has_roster=has_roster))
        self.brief_button.setText(tr_count("{n} seen briefly…", "{n} seen briefly…", brief))
        self.brief_button.setVisible(brief > 0)
        self._aggregate.setVisible(session.aggregate_only)
        self._stack.setVisible(not session.aggregate_only)
        self.tabs.setTabEnabled(1, not session.aggregate_only)
        if session.aggregate_only:
            self.tabs.setCurrentIndex(0)
        self._update_roster_menu(session, stored=has_roster)

    def _update_roster_menu(self, session: SessionSummary, *, stored: bool) -> None:
        self.roster_button.setToolTip(
            tr("Roster of {course}", course=session.course) if session.course else tr(_NO_COURSE)
        )
        self._import.setEnabled(bool(session.course))
        self._import.setText(tr("Replace roster…") if stored else tr("Import roster…"))
        self._delete.setEnabled(stored)

    def select(self, student: int) -> None:
        """Selects a student in the visible table."""
        self.current.select(student)

    def edit_name(self, student: int) -> None:
        """Opens the editor for a student's name."""
        self.current.edit_name(student)

    def _choose(self, student: int) -> None:
        self._selected = student
        self.chosen.emit(student)

    def _show_tab(self, index: int) -> None:
        self._stack.setCurrentIndex(index)
        for part in (self.export_button, self.roster_button, self.sum):
            part.setVisible(bool(index))
        if self._selected is not None:
            self.current.select(self._selected)
