"""One session, whole: what it was, its timeline, its students, its moments."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QMenu, QScrollArea, QVBoxLayout, QWidget

from fer_desktop.report.attendance import list_attendance
from fer_desktop.storage.values import MoodSeries, SessionSummary, StudentSeries, StudentSummary
from fer_desktop.types import Event
from ui.charts.student_timeline import PRESENCE_ORDER, StudentTimeline, presence_colours
from ui.charts.timeline import SessionTimeline
from ui.review.moments import MomentList
from ui.review.session_list import name_session
from ui.review.students_card import ReviewStudentsCard
from ui.stylesheet import set_role
from ui.widgets.basics import Card, ElidedLabel, IconButton, make_label, make_link
from ui.widgets.legend import Legend
from ui.words import (
    EXPRESSION_WORDS,
    PRESENCE_WORDS,
    STACK_ORDER,
    capitalise,
    describe_mood,
    format_clock,
    format_day,
    format_duration,
)

_TWO_COLUMNS_FROM_PX = 900
_HOVER_HINT = "Point at the chart to read it; turn the wheel to zoom, drag to move, click to mark a moment."


@dataclass(frozen=True, slots=True, eq=False)
class SessionData:
    """Everything that the page of a session shows, loaded at one time."""

    summary: SessionSummary
    series: MoodSeries
    students: Sequence[StudentSummary]
    events: Sequence[Event]
    roster: Sequence[str] = ()


class SessionPage(QWidget):
    """Shows a `SessionData`; asks by its signals for what changes or leaves the store."""

    student_wanted = Signal(int)
    export_wanted = Signal(str, object, str)
    delete_wanted = Signal()
    erase_wanted = Signal(object)
    rename_wanted = Signal(object, str)
    join_wanted = Signal(object)
    split_wanted = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self._data: SessionData | None = None
        self._student: StudentSummary | None = None
        self.title = ElidedLabel("", "title")
        self.about = ElidedLabel("", "muted")
        self.export_button = IconButton("Export", "export")
        self.delete_button = IconButton("Delete", "bin", role="danger", name="Delete this session")
        self.figures = make_label("", wrap=True)
        self.timeline = SessionTimeline()
        self.readout = ElidedLabel(_HOVER_HINT, "small")
        self.whole_button = make_link("Whole session")
        self.students = ReviewStudentsCard()
        self.moments = MomentList()
        self.student_timeline = StudentTimeline()
        self.correct_button = make_link("Correct", name="Correct who this student is")
        self.export_student_button = make_link("Export…", name="Export what was stored of this student")
        self.erase_button = make_link("Erase…", name="Erase this student")
        self._timeline_card = Card("Through the session")
        self._moments_card = Card("Moments")
        self._student_card = Card("One student")
        self._legend = Legend([EXPRESSION_WORDS[name] for name in STACK_ORDER], lambda theme: theme.expressions)
        self._presence_legend = Legend([PRESENCE_WORDS[name] for name in PRESENCE_ORDER], presence_colours)
        self._no_student = make_label("Select a student to see them through the session.", "muted", wrap=True)
        self._no_moments = make_label(
            "Bookmarks (Ctrl+B while watching) and flags are listed here.", "muted", wrap=True
        )
        self._cards = QVBoxLayout()
        self._lower = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._marked: int | None = None
        self._fill_cards()
        self._arrange()
        self._add_corrections()
        self._connect()

    def _fill_cards(self) -> None:
        self._timeline_card.heading.addWidget(self.whole_button)
        self._timeline_card.add(self.timeline, 1)
        self._timeline_card.add(self._legend)
        self._timeline_card.add(self.readout)
        self._moments_card.add(self._no_moments)
        self._moments_card.add(self.moments, 1)
        self._student_card.heading.addWidget(self.correct_button)
        self._student_card.heading.addWidget(self.export_student_button)
        self._student_card.heading.addWidget(self.erase_button)
        self._student_card.add(self._no_student)
        self._student_card.add(self.student_timeline, 1)
        self._student_card.add(self._presence_legend)
        self.timeline.range_changed.connect(self.student_timeline.show_range)

    def _arrange(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.about)
        words.addWidget(self.figures)
        menu = QMenu(self.export_button)
        for text, format_name, part in (
            ("As a table (CSV)…", "csv", "all"),
            ("As data (JSON)…", "json", "all"),
            ("Attendance (CSV)…", "csv", "attendance"),
        ):
            menu.addAction(text).triggered.connect(
                lambda _=False, name=format_name, part=part: self.export_wanted.emit(name, None, part)
            )
        self._attendance_export = menu.actions()[-1]
        self.export_button.setMenu(menu)
        band = QFrame()
        set_role(band, "band")
        top = QHBoxLayout(band)
        top.setContentsMargins(18, 12, 16, 12)
        top.setSpacing(8)
        top.addLayout(words, 1)
        top.addWidget(self.export_button)
        top.addWidget(self.delete_button)
        right = QVBoxLayout()
        right.setSpacing(10)
        right.addWidget(self._student_card, 2)
        right.addWidget(self._moments_card, 2)
        self._lower.setSpacing(10)
        self._lower.addWidget(self.students, 5)
        self._lower.addLayout(right, 4)
        content = QWidget()
        content.setLayout(self._cards)
        self._cards.setContentsMargins(12, 12, 12, 12)
        self._cards.setSpacing(10)
        self._cards.addWidget(self._timeline_card, 5)
        self._cards.addLayout(self._lower, 4)
        area = QScrollArea()
        area.setWidget(content)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(band)
        layout.addWidget(area, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The cards below the timeline stand beside each other where there is room."""
        super().resizeEvent(event)
        wide = event.size().width() >= _TWO_COLUMNS_FROM_PX
        self._lower.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        self._cards.setStretch(0, 5 if wide else 0)

    def _add_corrections(self) -> None:
        """In a menu beside the student, and in the context menu of both tables."""
        self.rename_action = QAction("Rename", self)
        self.rename_action.setShortcut(QKeySequence(Qt.Key.Key_F2))
        self.join_action = QAction("This is the same student as…", self)
        self.split_action = QAction("From here on somebody else…", self)
        menu = QMenu(self.correct_button)
        for action, slot in (
            (self.rename_action, self._rename),
            (self.join_action, lambda: self.join_wanted.emit(self._student)),
            (self.split_action, lambda: self.split_wanted.emit(self._student, self._marked)),
        ):
            action.triggered.connect(slot)
            menu.addAction(action)
            self.students.table.addAction(action)
            self.students.attendance.addAction(action)
        self.correct_button.setMenu(menu)

    def _connect(self) -> None:
        self.timeline.hovered.connect(lambda text: self.readout.setText(text or self._hint()))
        self.timeline.marked.connect(self._mark)
        self.whole_button.clicked.connect(self.timeline.show_whole)
        self.students.chosen.connect(self._choose_student)
        self.students.renamed.connect(self._take_name)
        self.students.attendance_export_wanted.connect(lambda: self.export_wanted.emit("csv", None, "attendance"))
        self.moments.chosen.connect(self.timeline.show_moment)
        self.delete_button.clicked.connect(self.delete_wanted)
        self.export_student_button.clicked.connect(self._export_student)
        self.erase_button.clicked.connect(lambda: self.erase_wanted.emit(self._student))

    @property
    def summary(self) -> SessionSummary | None:
        return self._data.summary if self._data else None

    @property
    def student(self) -> StudentSummary | None:
        """The chosen one."""
        return self._student

    def students_shown(self) -> Sequence[StudentSummary]:
        return self._data.students if self._data else ()

    def show_session(self, data: SessionData) -> None:
        same = self._data is not None and self._data.summary.id == data.summary.id
        self._data, self._student = data, None
        summary, labels = data.summary, {each.student: each.label for each in data.students}
        self.title.setText(name_session(summary))
        self.about.setText(f"{format_day(summary.started_at)} · {format_duration(summary.seconds)} · {summary.source}")
        self.figures.setText(describe_figures(summary))
        self.delete_button.setEnabled(summary.ended_at is not None)
        self._attendance_export.setEnabled(not summary.aggregate_only)
        if not same:
            self._marked = None
        self.timeline.show_session(
            data.series, data.events, expressions_on=summary.expressions_on, labels=labels, keep_view=same
        )
        self.readout.setText(self._hint())
        self._legend.setVisible(summary.expressions_on)
        attendance = list_attendance(summary, data.students, data.events, data.roster)
        self.students.show_session(summary, list(data.students), attendance)
        self.moments.show_events(data.events, labels)
        self._no_moments.setVisible(not data.events)
        self.moments.setVisible(bool(data.events))
        self._student_card.setVisible(not summary.aggregate_only)
        self._student_card.title.setText("One student")
        self._show_student_parts(shown=False)
        self._allow_corrections()

    def show_student(self, series: StudentSeries) -> None:
        """The answer to `student_wanted`."""
        if self._student is None or self._data is None:
            return
        self._student_card.title.setText(self._student.label)
        self.student_timeline.show_series(series, expressions_on=self._data.summary.expressions_on)
        self._show_student_parts(shown=True)

    def _show_student_parts(self, *, shown: bool) -> None:
        self._no_student.setVisible(not shown)
        for part in (
            self.student_timeline,
            self._presence_legend,
            self.correct_button,
            self.export_student_button,
            self.erase_button,
        ):
            part.setVisible(shown)

    def _allow_corrections(self) -> None:
        """What can be corrected of the chosen student: nothing while the session is being recorded."""
        data, student = self._data, self._student
        possible = data is not None and student is not None and data.summary.ended_at is not None
        self.correct_button.setEnabled(possible)
        self.rename_action.setEnabled(possible)
        self.join_action.setEnabled(possible and data is not None and len(data.students) > 1)
        self.split_action.setEnabled(possible and student is not None and student.first_second != student.last_second)

    def _hint(self) -> str:
        return _HOVER_HINT if self._marked is None else f"{format_clock(self._marked)} is marked. {_HOVER_HINT}"

    def _mark(self, second: int) -> None:
        self._marked = second
        self.readout.setText(self._hint())

    def _export_student(self) -> None:
        if self._student is not None:
            self.export_wanted.emit("csv", self._student.student, "all")

    def _rename(self) -> None:
        if self._student is not None:
            self.students.edit_name(self._student.student)

    def _take_name(self, student: int, name: str) -> None:
        self.rename_wanted.emit(self._find(student), name)

    def _choose_student(self, student: int) -> None:
        self._student = self._find(student)
        self._allow_corrections()
        self.student_wanted.emit(student)

    def _find(self, student: int) -> StudentSummary | None:
        return next((each for each in self.students_shown() if each.student == student), None)


def describe_figures(summary: SessionSummary) -> str:
    """`27 students · Mood slightly positive · 3 bookmarks · 4 flags`, with what is special about the session."""
    parts = [f"{summary.students} students" if summary.students != 1 else "1 student"]
    if summary.mean_mood is not None:
        parts.append(f"Mood {describe_mood(summary.mean_mood)}")
    elif not summary.expressions_on:
        parts.append("Expressions off")
    for number, one in ((summary.bookmarks, "bookmark"), (summary.flags, "flag")):
        if number:
            parts.append(f"{number} {one}{'' if number == 1 else 's'}")
    if summary.simulated:
        parts.append("Simulated class")
    if summary.interrupted:
        parts.append("Ended by itself")
    return capitalise(" · ".join(parts))
