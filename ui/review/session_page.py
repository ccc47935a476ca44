"""One session, whole: what it was, its timeline, its students, its moments."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from fer_desktop.storage.values import MoodSeries, SessionSummary, StudentSeries, StudentSummary
from fer_desktop.types import Event
from ui.charts.student_timeline import PRESENCE_ORDER, StudentTimeline, presence_colours
from ui.charts.timeline import SessionTimeline
from ui.review.moments import MomentList
from ui.review.session_list import name_session
from ui.review.students_table import StudentTable
from ui.stylesheet import set_role
from ui.widgets.basics import Card, ElidedLabel, IconButton, make_label, make_link
from ui.widgets.legend import Legend
from ui.words import (
    EXPRESSION_WORDS,
    PRESENCE_WORDS,
    STACK_ORDER,
    capitalise,
    describe_mood,
    format_day,
    format_duration,
)

_HOVER_HINT = "Point at the chart to read it; turn the wheel to zoom, drag to move."


@dataclass(frozen=True, slots=True, eq=False)
class SessionData:
    """Everything that the page of a session shows, loaded at one time."""

    summary: SessionSummary
    series: MoodSeries
    students: Sequence[StudentSummary]
    events: Sequence[Event]


class SessionPage(QWidget):
    """Shows a `SessionData`; asks by its signals for what changes or leaves the store."""

    student_wanted = Signal(int)
    export_wanted = Signal(str, object)
    delete_wanted = Signal()
    erase_wanted = Signal(object)

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
        self.table = StudentTable()
        self.moments = MomentList()
        self.student_timeline = StudentTimeline()
        self.export_student_button = make_link("Export…", name="Export what was stored of this student")
        self.erase_button = make_link("Erase…", name="Erase this student")
        self._timeline_card = Card("Through the session")
        self._students_card = Card("Students")
        self._moments_card = Card("Moments")
        self._student_card = Card("One student")
        self._legend = Legend([EXPRESSION_WORDS[name] for name in STACK_ORDER], lambda theme: theme.expressions)
        self._presence_legend = Legend([PRESENCE_WORDS[name] for name in PRESENCE_ORDER], presence_colours)
        self._no_student = make_label("Select a student to see them through the session.", "muted", wrap=True)
        self._no_moments = make_label(
            "Bookmarks (Ctrl+B while watching) and flags are listed here.", "muted", wrap=True
        )
        self._aggregate = make_label(
            "This session keeps to the class as a whole: no students were stored.", "muted", wrap=True
        )
        self._fill_cards()
        self._arrange()
        self._connect()

    def _fill_cards(self) -> None:
        self._timeline_card.heading.addWidget(self.whole_button)
        self._timeline_card.add(self.timeline, 1)
        self._timeline_card.add(self._legend)
        self._timeline_card.add(self.readout)
        self._students_card.add(self._aggregate)
        self._students_card.add(self.table, 1)
        self._moments_card.add(self._no_moments)
        self._moments_card.add(self.moments, 1)
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
        for text, format_name in (("As a table (CSV)…", "csv"), ("As data (JSON)…", "json")):
            menu.addAction(text).triggered.connect(
                lambda _=False, name=format_name: self.export_wanted.emit(name, None)
            )
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
        lower = QHBoxLayout()
        lower.setSpacing(10)
        lower.addWidget(self._students_card, 5)
        lower.addLayout(right, 4)
        cards = QVBoxLayout()
        cards.setContentsMargins(12, 12, 12, 12)
        cards.setSpacing(10)
        cards.addWidget(self._timeline_card, 5)
        cards.addLayout(lower, 4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(band)
        layout.addLayout(cards, 1)

    def _connect(self) -> None:
        self.timeline.hovered.connect(lambda text: self.readout.setText(text or _HOVER_HINT))
        self.whole_button.clicked.connect(self.timeline.show_whole)
        self.table.chosen.connect(self._choose_student)
        self.moments.chosen.connect(self.timeline.show_moment)
        self.delete_button.clicked.connect(self.delete_wanted)
        self.export_student_button.clicked.connect(self._export_student)
        self.erase_button.clicked.connect(lambda: self.erase_wanted.emit(self._student))

    @property
    def summary(self) -> SessionSummary | None:
        return self._data.summary if self._data else None

    def show_session(self, data: SessionData) -> None:
        self._data, self._student = data, None
        summary = data.summary
        self.title.setText(name_session(summary))
        self.about.setText(f"{format_day(summary.started_at)} · {format_duration(summary.seconds)} · {summary.source}")
        self.figures.setText(describe_figures(summary))
        self.delete_button.setEnabled(summary.ended_at is not None)
        self.timeline.show_session(data.series, data.events, expressions_on=summary.expressions_on)
        self._legend.setVisible(summary.expressions_on)
        self.table.show_students(data.students, expressions_on=summary.expressions_on)
        self.table.setVisible(not summary.aggregate_only)
        self._aggregate.setVisible(summary.aggregate_only)
        self.moments.show_events(data.events)
        self._no_moments.setVisible(not data.events)
        self.moments.setVisible(bool(data.events))
        self._student_card.setVisible(not summary.aggregate_only)
        self._student_card.title.setText("One student")
        self._show_student_parts(shown=False)

    def show_student(self, series: StudentSeries) -> None:
        """The answer to `student_wanted`."""
        if self._student is None or self._data is None:
            return
        self._student_card.title.setText(self._student.label)
        self.student_timeline.show_series(series, expressions_on=self._data.summary.expressions_on)
        self._show_student_parts(shown=True)

    def _show_student_parts(self, *, shown: bool) -> None:
        self._no_student.setVisible(not shown)
        for part in (self.student_timeline, self._presence_legend, self.export_student_button, self.erase_button):
            part.setVisible(shown)

    def _export_student(self) -> None:
        if self._student is not None:
            self.export_wanted.emit("csv", self._student.student)

    def _choose_student(self, summary: StudentSummary) -> None:
        self._student = summary
        self.student_wanted.emit(summary.student)


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
