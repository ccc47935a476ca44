"""The content of a running session: one column beside a call window, two where there is room."""

from functools import cached_property
from typing import TYPE_CHECKING, Final, TypeVar

from PySide6.QtCore import QRect, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from fer_desktop.messages.words import format_clock
from fer_desktop.types import MIN_GROUP_SIZE, Observation
from ui.charts.arrays import RecentSeries
from ui.language import tr
from ui.live.mood_bars import MoodBars
from ui.live.preview_card import PreviewCard
from ui.live.students_card import StudentsCard
from ui.widgets.basics import Card, fill_scroll_area, make_link

if TYPE_CHECKING:
    from ui.charts.live_charts import MoodChart, PresenceChart

_TWO_COLUMNS_FROM_PX: Final = 760
_OPENING_MS: Final = 1500

_Chart = TypeVar("_Chart", bound=QWidget)


class WatchPanel(QScrollArea):
    """Shows observations; repaints the chart once a second.

    It may have the focus until there are students; then their list takes it.
    """

    accuracy_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._expressions_on = True
        self._aggregate_only = False
        self.series = RecentSeries()
        self.bars = MoodBars()
        self.students = StudentsCard()
        self.preview = PreviewCard()
        self._mood_card = Card(tr("Class mood now"))
        self.mood_title = self._mood_card.title
        self._chart_card = Card(tr("The last minutes"))
        self._charts: list[QWidget] = []
        self._columns = QHBoxLayout()
        self._first, self._second = QVBoxLayout(), QVBoxLayout()
        self._wide = False
        self._content = QWidget()
        self._opened_widget: QWidget = self.preview
        self._opening = QTimer(self)
        self._opening.setSingleShot(True)
        self._opening.setInterval(_OPENING_MS)
        self._arrange()

    def _arrange(self) -> None:
        accuracy = make_link(tr("How accurate is this?"))
        accuracy.clicked.connect(self.accuracy_requested)
        accuracy.setMinimumWidth(1)  # may lose its margins in a narrow window, which would scroll sideways otherwise
        self.students.selected.connect(self.preview.preview.select)
        self.preview.unfolded.connect(lambda: self._bring_into_view(self.preview))
        self.students.view.reached.connect(self._follow_row)
        self.verticalScrollBar().rangeChanged.connect(self._follow_opened)
        self._mood_card.heading.addWidget(accuracy)
        self._mood_card.add(self.bars)
        for column in (self._first, self._second):
            column.setSpacing(10)
            self._columns.addLayout(column, 1)
        self._place_cards(wide=False)
        self._content.setLayout(self._columns)
        self._columns.setContentsMargins(12, 10, 12, 12)
        fill_scroll_area(self, self._content)

    def _place_cards(self, *, wide: bool) -> None:
        """Two columns: the class and its students. One column: the most important first."""
        chart, mood = (self._chart_card, 1), (self._mood_card, 0)
        students, preview = (self.students, int(wide)), (self.preview, 0)
        first = (mood, chart) if wide else (students, chart, mood, preview)
        second = (students, preview) if wide else ()
        for column, cards in ((self._first, first), (self._second, second)):
            for card, stretch in cards:
                column.addWidget(card, stretch)  # also removes it from its former column
        self._columns.setStretch(1, 1 if wide else 0)
        self._columns.setSpacing(10 if wide else 0)
        self._wide = wide

    @cached_property
    def mood_chart(self) -> "MoodChart":
        """Made once a session shows it, as its library is a seventh of what the program loads."""
        from ui.charts.live_charts import MoodChart

        return self._add_chart(MoodChart())

    @cached_property
    def presence_chart(self) -> "PresenceChart":
        """As `mood_chart`, where expressions are off."""
        from ui.charts.live_charts import PresenceChart

        return self._add_chart(PresenceChart())

    def _add_chart(self, chart: _Chart) -> _Chart:
        chart.setVisible(False)
        self._chart_card.add(chart, 1)
        self._charts.append(chart)
        return chart

    def _chart(self) -> "MoodChart | PresenceChart":
        """That of the session."""
        return self.mood_chart if self._expressions_on else self.presence_chart

    @property
    def columns(self) -> int:
        """The current number of columns."""
        return 2 if self._wide else 1

    def begin(self, *, expressions_on: bool, aggregate_only: bool) -> None:
        """Clears everything for a new session."""
        self._expressions_on, self._aggregate_only = expressions_on, aggregate_only
        self.series = RecentSeries()
        self._mood_card.setVisible(expressions_on)
        shown = self._chart()
        for chart in self._charts:
            chart.setVisible(chart is shown)
        self.bars.show_probabilities(None, tr("Waiting for the first faces"))
        self.show_as_of(None)
        self.students.begin(expressions_on=expressions_on, aggregate_only=aggregate_only)
        self.preview.preview.anonymous = aggregate_only
        self.preview.forget()
        self.verticalScrollBar().setValue(0)
        self._repaint_chart()

    def take_over(self, other: "WatchPanel") -> None:
        """Goes on with what another panel has seen."""
        self.series = other.series
        self.students.take_over(other.students)
        self._repaint_chart()

    def show_observation(self, observation: Observation) -> None:
        """Shows an observation in all cards."""
        mood = observation.mood
        mood_shown = self._expressions_on and not (self._aggregate_only and mood.faces < MIN_GROUP_SIZE)
        self.bars.show_probabilities(mood.probabilities if mood_shown else None, self._no_mood_text())
        if self.series.add(mood, mood_shown=mood_shown):
            self._repaint_chart()
        students = () if self._aggregate_only else observation.students
        self.students.show_students(students, observation.second)
        if students and self.hasFocus():
            self.students.view.setFocus()
        self.students.map.show_observation(None if self._aggregate_only else observation)
        self.preview.show_observation(observation)

    def show_bookmark(self, second: int) -> None:
        """Marks a bookmark in the chart."""
        self.series.bookmarks.append(second)
        self._repaint_chart()

    def show_as_of(self, second: int | None) -> None:
        """`second`: when the class was last watched; None while it is watched."""
        last = tr("Class mood, last seen at {time}")
        self.mood_title.setText(tr("Class mood now") if second is None else last.format(time=format_clock(second)))
        self.students.show_as_of(second)

    def _bring_into_view(self, widget: QWidget) -> None:
        """Scrolls to a widget that has opened. It gets its height only with the layout and the first picture."""
        self._opened_widget = widget
        self._opening.start()
        self._follow_opened()

    def _follow_row(self, place: QRect) -> None:
        view = self.students.view.viewport()
        if self.isAncestorOf(view):
            centre = view.mapTo(self._content, place.center())
            self.ensureVisible(centre.x(), centre.y(), 0, place.height())

    def _follow_opened(self) -> None:
        if self._opening.isActive() and self._opened_widget.isVisible():
            self.ensureWidgetVisible(self._opened_widget)

    def _no_mood_text(self) -> str:
        if self._aggregate_only:
            return tr("The mood appears when {number} or more faces are visible.", number=MIN_GROUP_SIZE)
        return tr("No faces seen now")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= _TWO_COLUMNS_FROM_PX
        if wide != self._wide:
            self._place_cards(wide=wide)

    def _repaint_chart(self) -> None:
        self._chart().show_series(self.series)
