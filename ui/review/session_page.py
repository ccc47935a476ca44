"""The page of one session: figures, timeline, students, moments and heat map."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QVBoxLayout, QWidget

from fer_desktop.analysis.attendance import list_attendance
from fer_desktop.analysis.drops import find_largest_drops
from fer_desktop.analysis.gaps import list_gaps
from fer_desktop.messages.words import format_clock
from fer_desktop.recording.finding import is_recording
from fer_desktop.storage.values import (
    HeatGrid,
    MoodSeries,
    SessionSummary,
    StoredSettlement,
    StudentSeries,
    StudentSummary,
)
from fer_desktop.types import Event
from ui.charts.timeline import SessionTimeline
from ui.language import tr, tr_count
from ui.review.heat_card import HeatCard
from ui.review.legend import make_expression_legend
from ui.review.moments import MomentsCard, list_moments
from ui.review.session_list import describe_source, name_session
from ui.review.still_card import StillCard
from ui.review.student_card import StudentCard
from ui.review.students_card import ReviewStudentsCard
from ui.stylesheet import set_role
from ui.theme import scaled
from ui.widgets.basics import Card, ElidedLabel, IconButton, fill_scroll_area, make_label, make_link
from ui.widgets.flow_layout import FlowLayout
from ui.words import (
    capitalise,
    describe_mood,
    format_day,
    format_duration,
    label_student,
)

_TWO_COLUMNS_FROM_PX = 900
_LOWER_HEIGHT_PX = 400
_STUDENT_HEIGHT_PX = 220
_TIMELINE_HEIGHT_PX = 480


@dataclass(frozen=True, slots=True, eq=False)
class SessionData:
    """All that the page shows, except the heat map, which is loaded after it."""

    summary: SessionSummary
    series: MoodSeries
    students: Sequence[StudentSummary]
    events: Sequence[Event]
    roster: Sequence[str] = ()
    settlements: Sequence[StoredSettlement] = ()


class SessionPage(QWidget):
    """Shows a `SessionData`, and requests changes, exports and other pages by its signals.

    `export_requested(student or None, part)`, `compare_requested()`, `follow_up_requested()`,
    `student_page_requested(StudentSummary)`, `session_shown(SessionData)`.
    """

    student_requested = Signal(int)
    student_page_requested = Signal(object)
    compare_requested = Signal()
    follow_up_requested = Signal()
    export_requested = Signal(object, str)
    delete_requested = Signal()
    erase_requested = Signal(object)
    rename_requested = Signal(object, str)
    join_requested = Signal(object)
    split_requested = Signal(object, object)
    brief_requested = Signal()
    course_requested = Signal()
    session_shown = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._data: SessionData | None = None
        self._student: StudentSummary | None = None
        self._marked: int | None = None
        self.title = ElidedLabel("", "title")
        self.about = ElidedLabel("", "muted")
        self.figures = make_label("", wrap=True)
        self.course_button = make_link(tr("Course…"), name=tr("Give this lesson a course"))
        self.follow_up_button = IconButton(tr("What now?"), "follow-up", name=tr("What to do after this lesson"))
        self.compare_button = IconButton(tr("Compare"), "chart", name=tr("Compare with another lesson of this course"))
        self.export_button = IconButton(tr("Export"), "export")
        self.delete_button = IconButton(tr("Delete"), "bin", role="danger", name=tr("Delete this lesson"))
        self.timeline = SessionTimeline()
        self.readout = ElidedLabel(_hover_hint(), "small")
        self.whole_button = make_link(tr("Whole lesson"))
        self.students = ReviewStudentsCard()
        self.student_card = StudentCard()
        self.moments = MomentsCard()
        self.heat = HeatCard()
        self.still = StillCard()
        self._timeline_card = Card(tr("Over the lesson"))
        self._legend = make_expression_legend()
        self._area = QScrollArea()
        self._upper, self._lower, self._head = (QBoxLayout(QBoxLayout.Direction.LeftToRight) for _ in range(3))
        self._fill_timeline_card()
        self._arrange()
        self._link_times()
        self._connect()

    def _fill_timeline_card(self) -> None:
        self._timeline_card.heading.addWidget(self.whole_button)
        self._timeline_card.add(self.timeline, 1)
        self._timeline_card.add(self._legend)
        self._timeline_card.add(self.readout)

    def _make_head(self) -> QFrame:
        words = QVBoxLayout()
        words.setSpacing(2)
        for label in (self.title, self.about, self.figures):
            words.addWidget(label)
        band = QFrame()
        set_role(band, "band")
        buttons = FlowLayout()
        for button in (
            self.course_button,
            self.follow_up_button,
            self.compare_button,
            self.export_button,
            self.delete_button,
        ):
            buttons.addWidget(button)
        self._head.setContentsMargins(18, 12, 16, 12)
        self._head.setSpacing(8)
        self._head.addLayout(words, 1)
        self._head.addLayout(buttons)
        band.setLayout(self._head)
        return band

    def _arrange(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(10)
        right.addWidget(self.student_card, 2)
        right.addWidget(self.moments, 2)
        self._upper.setSpacing(10)
        self._upper.addWidget(self._timeline_card, 5)
        self._upper.addWidget(self.still, 3)
        self._lower.setSpacing(10)
        self._lower.addWidget(self.students, 4)
        self._lower.addLayout(right, 3)
        content = QWidget()
        cards = QVBoxLayout(content)
        cards.setContentsMargins(12, 12, 12, 12)
        cards.setSpacing(10)
        cards.addLayout(self._upper, 5)
        cards.addLayout(self._lower, 4)
        cards.addWidget(self.heat)
        fill_scroll_area(self._area, content, tab_stop=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._make_head())
        layout.addWidget(self._area, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Puts the cards below the timeline side by side if there is room."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        """Fits lengths to the text size, so that larger texts need a wider page for two columns."""
        wide = self.width() >= scaled(_TWO_COLUMNS_FROM_PX)
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        for row in (self._head, self._upper, self._lower):
            row.setDirection(direction)
        self._timeline_card.setMinimumHeight(scaled(_TIMELINE_HEIGHT_PX))
        aggregate = self._data is not None and self._data.summary.aggregate_only
        self.students.setMinimumHeight(0 if aggregate else scaled(_LOWER_HEIGHT_PX))
        self.student_card.setMinimumHeight(0 if wide else scaled(_STUDENT_HEIGHT_PX))
        self.moments.setMinimumHeight(scaled(_LOWER_HEIGHT_PX // 2))

    def _link_times(self) -> None:
        """Shares the visible range and the pointer between all charts."""
        self.timeline.range_changed.connect(self.student_card.timeline.show_range)
        self.timeline.range_changed.connect(self.heat.map.show_range)
        self.heat.map.range_changed.connect(self.timeline.show_range)
        self.timeline.pointed.connect(self.heat.map.show_pointer)
        self.heat.map.pointed.connect(self.timeline.show_pointer)
        self.heat.map.pointed.connect(self.heat.map.show_pointer)

    def _connect(self) -> None:
        self.timeline.hovered.connect(lambda text: self.readout.setText(text or self._hint()))
        self.timeline.marked.connect(self._mark)
        self.whole_button.clicked.connect(self.timeline.show_whole)
        self.students.chosen.connect(self._choose_student)
        self.students.renamed.connect(self._take_name)
        self.students.attendance_export_requested.connect(lambda: self.export_requested.emit(None, "attendance"))
        self.students.brief_requested.connect(self.brief_requested)
        self.moments.chosen.connect(self.timeline.show_moment)
        self.heat.chosen.connect(self._choose_cell)
        self.students.table.sorted.connect(self._order_heat)
        self.course_button.clicked.connect(self.course_requested)
        self.follow_up_button.clicked.connect(self.follow_up_requested)
        self.compare_button.clicked.connect(self.compare_requested)
        self.export_button.clicked.connect(lambda: self.export_requested.emit(None, "all"))
        self.delete_button.clicked.connect(self.delete_requested)
        card = self.student_card
        card.page_requested.connect(lambda: self.student_page_requested.emit(self._student))
        card.export_requested.connect(self._export_student)
        card.erase_requested.connect(lambda: self.erase_requested.emit(self._student))
        card.rename_action.triggered.connect(self._rename)
        card.join_action.triggered.connect(lambda: self.join_requested.emit(self._student))
        card.split_action.triggered.connect(lambda: self.split_requested.emit(self._student, self._marked))
        for table in (self.students.table, self.students.attendance):
            table.addActions(card.corrections())

    @property
    def summary(self) -> SessionSummary | None:
        """The open session."""
        return self._data.summary if self._data else None

    @property
    def data(self) -> SessionData | None:
        return self._data

    @property
    def student(self) -> StudentSummary | None:
        """The chosen student."""
        return self._student

    @property
    def marked_second(self) -> int | None:
        """The second that is marked in the timeline."""
        return self._marked

    def students_shown(self) -> Sequence[StudentSummary]:
        """The students of the open session."""
        return self._data.students if self._data else ()

    def show_session(self, data: SessionData) -> None:
        """Shows a session; keeps view and scroll positions if it is the same one."""
        same = self._data is not None and self._data.summary.id == data.summary.id
        self._data, self._student = data, None
        summary, labels, ended = data.summary, self._labels(), data.summary.ended_at is not None
        self.title.setText(name_session(summary))
        about = [format_day(summary.local_time()), format_duration(summary.seconds)]
        if summary.course and not summary.simulated:  # without a course the source is the title
            about.append(describe_source(summary))
        if is_recording(summary.source):
            about.append(tr("date from the file"))
        self.about.setText(" · ".join(about))
        self.figures.setText(describe_figures(summary))
        self.delete_button.setEnabled(ended)
        self.course_button.setEnabled(ended and not summary.simulated)
        self.follow_up_button.setEnabled(ended)
        self.compare_button.setEnabled(bool(summary.course))
        if not same:
            self._marked = None
            self.heat.wait()
            self._area.verticalScrollBar().setValue(0)
            for view in (self.moments.list, self.students.table, self.students.attendance):
                view.scrollToTop()
        self.timeline.show_session(
            data.series, data.events, expressions_on=summary.expressions_on, labels=labels, keep_view=same
        )
        self.readout.setText(self._hint())
        self._legend.setVisible(summary.expressions_on)
        attendance = list_attendance(summary, data.students, data.events, data.roster, data.series.seconds)
        self.students.show_session(
            summary,
            list(data.students),
            attendance,
            has_roster=bool(data.roster),
            brief=len(data.settlements) if ended else 0,
        )
        moments = list_moments(data.events, find_largest_drops(data.series), labels)
        self.moments.show_moments(moments, editable=ended)
        self._fit()
        self.student_card.setVisible(not summary.aggregate_only)
        self.heat.setVisible(bool(data.students))
        self.student_card.show_nobody()
        self._allow_corrections()
        self.session_shown.emit(data)

    def show_heat(self, session: int, grid: HeatGrid) -> None:
        """Shows the heat map of the open session; ignored if another session is open by now."""
        if self._data is not None and self._data.summary.id == session:
            gaps = list_gaps(self._data.events)
            self.heat.show_grid(grid, self._labels(), length_s=self.timeline.length_s, gaps=gaps)
            self.heat.map.show_range(*self.timeline.range_shown())
            self.heat.map.show_range(*self.timeline.range_shown())
            self._order_heat()

    def show_student(self, series: StudentSeries) -> None:
        """Shows the series that was requested by `student_requested`."""
        if self._student is not None and self._data is not None:
            expressions = self._data.summary.expressions_on
            self.student_card.show_student(self._student, series, expressions_on=expressions)
            self.student_card.timeline.show_range(*self.timeline.range_shown())

    def _order_heat(self) -> None:
        """Puts the rows of the heat map in the order of the table."""
        self.heat.map.show_order(self.students.table.order())

    def _labels(self) -> dict[int, str]:
        return {each.student: label_student(each.student, each.label) for each in self.students_shown()}

    def _allow_corrections(self) -> None:
        ended = self._data is not None and self._data.summary.ended_at is not None
        self.student_card.allow(self._student, students=len(self.students_shown()), ended=ended)

    def _hint(self) -> str:
        if not self.timeline.length_s:
            return tr("Nothing was recorded in this lesson.")
        if self._marked is None:
            return _hover_hint()
        return tr("{time} is marked. {hint}", time=format_clock(self._marked), hint=_hover_hint())

    def _mark(self, second: int) -> None:
        self._marked = second
        self.readout.setText(self._hint())

    def _export_student(self) -> None:
        if self._student is not None:
            self.export_requested.emit(self._student, "all")

    def _rename(self) -> None:
        if self._student is not None:
            self.students.edit_name(self._student.student)

    def _take_name(self, student: int, name: str) -> None:
        self.rename_requested.emit(self._find(student), name)

    def _choose_cell(self, student: int, second: int) -> None:
        self.students.select(student)
        self.timeline.show_mark(second)

    def _choose_student(self, student: int) -> None:
        self._student = self._find(student)
        self._allow_corrections()
        self.student_requested.emit(student)

    def _find(self, student: int) -> StudentSummary | None:
        return next((each for each in self.students_shown() if each.student == student), None)


def describe_figures(summary: SessionSummary) -> str:
    """`27 students · Mood slightly positive · 3 bookmarks · 4 flags`, and anything special about the session."""
    parts = [tr_count("{n} student", "{n} students", summary.students)]
    if summary.mean_mood is not None:
        parts.append(tr("Mood {mood}", mood=describe_mood(summary.mean_mood)))
    elif not summary.expressions_on:
        parts.append(tr("Expressions off"))
    if summary.bookmarks:
        parts.append(tr_count("{n} bookmark", "{n} bookmarks", summary.bookmarks))
    if summary.flags:
        parts.append(tr_count("{n} flag", "{n} flags", summary.flags))
    if summary.simulated:
        parts.append(tr("Simulated class"))
    if summary.ended_at is None:
        parts.append(tr("In progress"))
    elif summary.interrupted:
        parts.append(tr("Interrupted"))
    return capitalise(" · ".join(parts))


def _hover_hint() -> str:
    return tr("Point to read, drag to move, Ctrl + wheel to zoom, click to mark.")
