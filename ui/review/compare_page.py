"""The page that compares two lessons of a course."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from fer_desktop.analysis.lesson_figures import LessonFigures
from fer_desktop.storage.values import MoodSeries, SessionSummary
from ui.charts.compare_chart import CompareChart
from ui.language import tr
from ui.review.comparisons import ComparedRow, compare_lessons, describe_difference
from ui.review.legend import Legend
from ui.review.page_frame import PageHead, frame_page
from ui.review.session_list import name_session
from ui.theme import Theme
from ui.widgets.basics import Card, ElidedLabel, make_label
from ui.words import format_day, format_duration


class ComparePage(QWidget):
    """`back_requested`: back to the open lesson. `other_requested(int)`: compare with this session instead."""

    back_requested = Signal()
    other_requested = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.head = PageHead(tr("Back to the lesson"))
        self.others = QComboBox()
        self.others.setAccessibleName(tr("Compare with which lesson"))
        self.verdict = make_label("", "section", wrap=True)
        self.chart = CompareChart()
        self.readout = ElidedLabel("", "small")
        self.too_short = make_label(_too_short_text(), "muted", wrap=True)
        self.legend = Legend((tr("this lesson"), tr("the other lesson")), _colours)
        self.table = QGridLayout()
        self._table_card = Card(tr("Overall"))
        self._chart_card = Card(tr("Minute by minute"))
        self._arrange()
        self.head.back.clicked.connect(self.back_requested)
        self.others.currentIndexChanged.connect(self._choose)
        self.chart.hovered.connect(lambda text: self.readout.setText(text or _hint()))

    def _arrange(self) -> None:
        choice = QHBoxLayout()
        choice.addWidget(make_label(tr("Compare with"), "muted"))
        choice.addWidget(self.others, 1)
        choice.addStretch(1)
        self._chart_card.add(self.chart, 1)
        self._chart_card.add(self.legend)
        self._chart_card.add(self.readout)
        self.table.setHorizontalSpacing(18)
        self.table.setVerticalSpacing(8)
        self._table_card.body.addLayout(self.table)
        column = QVBoxLayout()
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(10)
        column.addLayout(choice)
        column.addWidget(self.verdict)
        column.addWidget(self.too_short)
        column.addWidget(self._chart_card, 1)
        column.addWidget(self._table_card)
        column.addStretch(0)
        frame_page(self, self.head, column)

    def show_no_other_lesson(self, summary: SessionSummary) -> None:
        """Shows that the course has no other finished lesson."""
        self.offer(summary, (), chosen=0)
        self.verdict.setText(tr("This is the only finished lesson of {course}.", course=name_session(summary)))
        self._show_parts(compared=False)

    def offer(self, summary: SessionSummary, others: Sequence[SessionSummary], *, chosen: int) -> None:
        """Fills the choice of lessons. `others`: of the same course, the newest first."""
        self.head.title.setText(tr("{course}: two lessons", course=name_session(summary)))
        self.head.about.setText(format_day(summary.local_time()))
        self.others.blockSignals(True)
        self.others.clear()
        for each in others:
            self.others.addItem(f"{format_day(each.local_time())} · {format_duration(each.seconds)}", each.id)
        self.others.setCurrentIndex(self.others.findData(chosen))
        self.others.blockSignals(False)

    def show_lessons(self, this: tuple[SessionSummary, MoodSeries], other: tuple[SessionSummary, MoodSeries]) -> None:
        """Shows the comparison of two lessons."""
        figures = LessonFigures.of(*this), LessonFigures.of(*other)
        moods = all(each.mood is not None for each in figures)
        names = tr("this lesson"), tr("the other lesson")
        self.chart.show_lessons(this[1], other[1], names=names, moods=moods)
        self.verdict.setText(describe_difference(*figures))
        self.chart.setAccessibleDescription(self.verdict.text())
        self._show_parts(compared=True)
        self.readout.setText(_hint())
        self._fill_table(compare_lessons(*figures))

    def _show_parts(self, *, compared: bool) -> None:
        drawn = compared and self.chart.has_lines
        for part, shown in (
            (self.others, compared),
            (self.too_short, compared and not drawn),
            (self._chart_card, drawn),
            (self._table_card, compared),
        ):
            part.setVisible(shown)

    def cells(self) -> list[list[str]]:
        """The texts of the table, row by row."""
        rows = []
        for row in range(self.table.rowCount()):
            items = [self.table.itemAtPosition(row, column) for column in range(4)]
            widgets = [item.widget() for item in items if item is not None]
            rows.append([str(widget.property("text")) for widget in widgets if widget is not None])
        return [row for row in rows if row]

    def _fill_table(self, rows: Sequence[ComparedRow]) -> None:
        while (item := self.table.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for column, text in enumerate(("", tr("This lesson"), tr("Other lesson"), tr("Difference"))):
            self.table.addWidget(make_label(text, "small"), 0, column)
        for place, each in enumerate(rows, start=1):
            for column, text in enumerate((each.what, each.this, each.other, each.difference)):
                self.table.addWidget(make_label(text, "" if column else "muted", wrap=True), place, column)
        for column, stretch in enumerate((3, 3, 3, 3)):
            self.table.setColumnStretch(column, stretch)

    def _choose(self) -> None:
        session = self.others.currentData()
        if session is not None:
            self.other_requested.emit(int(session))


def _hint() -> str:
    return tr("Point at the chart to see values.")


def _too_short_text() -> str:
    return tr(
        "These lessons are too short to compare minute by minute (at least two minutes). Choose a longer one above. "
        "The overall comparison is below."
    )


def _colours(theme: Theme) -> Sequence[str]:
    return theme.accent, theme.muted
