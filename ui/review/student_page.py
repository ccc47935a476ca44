"""The page of one student: this lesson, and their other lessons of the course. Never beside other students."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import numpy as np
from PySide6.QtCore import QDate, QEvent, QLocale, Qt, Signal
from PySide6.QtWidgets import QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from fer_desktop.analysis.presence_map import PRESENCE_ORDER
from fer_desktop.analysis.term import StudentLesson, StudentTerm
from fer_desktop.storage.values import StudentSeries
from ui.charts.heat_arrays import HeatMeasure, level_of
from ui.charts.heatmap import heat_colours, heat_words
from ui.charts.student_timeline import StudentTimeline
from ui.charts.term_chart import TermChart
from ui.language import tr, tr_count
from ui.review.comparisons import describe_against_earlier, describe_presence, mood_of_lesson, view_share
from ui.review.legend import Legend, make_expression_legend
from ui.review.page_frame import PageHead, frame_page
from ui.review.session_list import name_session
from ui.review.students_table import describe_mostly
from ui.theme import Theme, scaled
from ui.widgets.basics import Card, make_label
from ui.words import (
    ATTENTION_WORDS,
    PRESENCE_WORDS,
    day_pattern,
    describe_mood,
    format_day,
    format_share,
    label_student,
)

_MAX_ROWS: Final = 9
_ROW_PX: Final = 30
_TIMELINE_PX: Final = 230
_STRIP_PX: Final = 60


class StudentPage(QWidget):
    """`back_requested`: back to the lesson. `lesson_requested(int)`: open this session."""

    back_requested = Signal()
    lesson_requested = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.head = PageHead(tr("Back to the lesson"))
        self.presence = make_label("", wrap=True)
        self.timeline = StudentTimeline()
        self.expressions = make_expression_legend()
        self.presences = Legend([PRESENCE_WORDS[name] for name in PRESENCE_ORDER], _presence_colours)
        self.levels = Legend(heat_words(HeatMeasure.ATTENTION), _attention_colours)
        self.comparison = make_label("", wrap=True)
        self.chart = TermChart()
        self.table = QTableWidget()
        self._lessons: Sequence[StudentLesson] = ()
        self._expressions_on = True
        self._arrange()
        self._fit()
        self.head.back.clicked.connect(self.back_requested)
        self.table.cellActivated.connect(lambda row, _: self.lesson_requested.emit(self._lessons[-1 - row].session.id))

    def _arrange(self) -> None:
        lesson = Card(tr("This lesson"))
        lesson.add(self.presence)
        lesson.add(self.timeline, 1)
        for legend in (self.expressions, self.levels, self.presences):
            lesson.add(legend)
        term = Card(tr("Their lessons of this course"))
        term.add(self.comparison)
        term.add(self.chart, 1)
        term.add(self.table)
        titles = (tr("Lesson"), tr("In view"), tr("Camera"), tr("Face"), tr("Mostly"), tr("Mood"), tr("Flags"))
        self.table.setColumnCount(len(titles))
        self.table.setHorizontalHeaderLabels(titles)
        self.table.setAccessibleName(tr("The student's lessons, the newest first"))
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self.table.setToolTip(tr("Double-click or press Enter to open a lesson."))
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().setVisible(False)
        self.table.horizontalHeader().setHighlightSections(False)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.horizontalHeader().setSectionResizeMode(0, self.table.horizontalHeader().ResizeMode.Stretch)
        column = QVBoxLayout()
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(10)
        column.addWidget(lesson)
        column.addWidget(term)
        column.addStretch(1)
        frame_page(self, self.head, column)

    def show_term(self, term: StudentTerm, series: StudentSeries, *, session: int) -> None:
        """`session`: the open lesson; `series`: the student's in it."""
        lessons = term.lessons
        place = next(at for at, each in enumerate(lessons) if each.session.id == session)
        own = lessons[place]
        self.head.title.setText(label_student(own.student.student, own.student.label))
        self.head.about.setText(f"{name_session(own.session)} · {format_day(own.session.local_time())}")
        flags = tr_count("{n} flag.", "{n} flags.", own.student.flags) if own.student.flags else ""
        self.presence.setText(f"{describe_presence(own)} {flags}".rstrip())
        expressions = own.session.expressions_on
        self._expressions_on = expressions
        self.timeline.show_series(series, expressions_on=expressions)
        self.timeline.show_range(-1, max(2, own.session.seconds))
        self.timeline.setAccessibleDescription(self.presence.text())
        self.expressions.setVisible(expressions)
        self.levels.setVisible(not bool(np.isnan(series.attention).all()))
        self.comparison.setText(_compare(term, place))
        comparable = len(lessons) > 1
        self.chart.setVisible(comparable)
        self.table.setVisible(comparable)
        if comparable:
            self._show_lessons(lessons, place)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        """Fits heights and widths to the text size."""
        self.timeline.setFixedHeight(scaled(_TIMELINE_PX if self._expressions_on else _STRIP_PX))
        self.chart.setFixedHeight(scaled(_TIMELINE_PX))
        self.table.verticalHeader().setDefaultSectionSize(scaled(_ROW_PX))
        self.table.resizeColumnsToContents()
        self.table.setFixedHeight((min(self.table.rowCount(), _MAX_ROWS) + 1) * scaled(_ROW_PX) + 4)

    def _show_lessons(self, lessons: Sequence[StudentLesson], place: int) -> None:
        self._lessons = lessons
        moods = [mood_of_lesson(each) for each in lessons]
        self.chart.show_lessons(
            [_short_day(each.session.started_at) for each in lessons],
            np.array([np.nan if mood is None else mood for mood in moods], np.float32),
            np.array([view_share(each) for each in lessons], np.float32),
            open_place=place,
        )
        self.chart.setAccessibleDescription(self.comparison.text())
        self.table.setRowCount(len(lessons))
        for row, each in enumerate(reversed(lessons)):
            for column, text in enumerate(_cells_of(each)):
                self.table.setItem(row, column, QTableWidgetItem(text))
        self.table.selectRow(len(lessons) - 1 - place)


def _compare(term: StudentTerm, place: int) -> str:
    """The comparison with the student's earlier lessons, or why there is none."""
    if not term.lessons[place].session.course:
        return tr("This lesson has no course, so there are no other lessons to compare it with.")
    if not term.named:
        return tr(
            "This student has no saved name, and students are never identified by their faces. So their other lessons "
            "cannot be found. To make this possible, name them here or turn on names in the settings."
        )
    if term.namesakes and len(term.lessons) == 1:
        return tr("Two students have this name, so their other lessons cannot be distinguished.")
    words = describe_against_earlier(term.lessons[place], term.lessons[:place])
    if term.namesakes:
        left = tr_count(
            "{n} lesson is not shown because two students in it have this name.",
            "{n} lessons are not shown because two students in them have this name.",
            term.namesakes,
        )
        return f"{words} {left}"
    return words


def _cells_of(lesson: StudentLesson) -> tuple[str, ...]:
    student, mood = lesson.student, mood_of_lesson(lesson)
    level = None if student.attention is None else level_of(student.attention)
    words = describe_mood(mood) if mood is not None else "–"
    if level is not None:
        words = tr("{mood}, attention {level}", mood=words, level=ATTENTION_WORDS[level])
    return (
        format_day(lesson.session.local_time()),
        format_share(student.tile_seconds, lesson.watched_seconds),
        format_share(student.camera_on_seconds, student.tile_seconds),
        format_share(student.face_seconds, student.tile_seconds),
        describe_mostly(student),
        words,
        str(student.flags) if student.flags else "",
    )


def _short_day(moment: datetime) -> str:
    """`23 Nov`, in the local time zone."""
    local = moment.astimezone()
    return QLocale().toString(QDate(local.year, local.month, local.day), day_pattern("d MMM"))


def _presence_colours(theme: Theme) -> Sequence[str]:
    return heat_colours(HeatMeasure.PRESENCE, theme)


def _attention_colours(theme: Theme) -> Sequence[str]:
    return heat_colours(HeatMeasure.ATTENTION, theme)
