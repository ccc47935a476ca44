"""Everything that is shown of a running session: one column beside a call window, two where there is room."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QVBoxLayout, QWidget

from fer_desktop.types import LEAST_FACES_TOLD, Observation
from ui.charts.arrays import RecentSeries
from ui.charts.live_charts import MoodChart, PresenceChart
from ui.widgets.basics import Card, make_link
from ui.widgets.mood_bars import MoodBars
from ui.widgets.preview_card import PreviewCard
from ui.widgets.students_card import StudentsCard

_TWO_COLUMNS_FROM_PX: Final = 760
_WITHHELD: Final = f"The mood is shown when {LEAST_FACES_TOLD} or more faces are seen."


class WatchPanel(QScrollArea):
    """Takes observations; paints charts once a second, and only what is visible."""

    accuracy_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._expressions_on = True
        self._aggregate_only = False
        self.series = RecentSeries()
        self.bars = MoodBars()
        self.mood_chart = MoodChart()
        self.presence_chart = PresenceChart()
        self.students = StudentsCard()
        self.preview = PreviewCard()
        self._mood_card = Card("Class mood now")
        self._chart_card = Card("The last minutes")
        self._columns = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._arrange()

    def _arrange(self) -> None:
        accuracy = make_link("How sure is this?")
        accuracy.clicked.connect(self.accuracy_wanted)
        self._mood_card.heading.addWidget(accuracy)
        self._mood_card.add(self.bars)
        self._chart_card.add(self.mood_chart, 1)
        self._chart_card.add(self.presence_chart, 1)
        for cards, stretches in (
            ((self._mood_card, self._chart_card), (0, 1)),
            ((self.students, self.preview), (1, 0)),
        ):
            column = QVBoxLayout()
            column.setSpacing(10)
            for card, stretch in zip(cards, stretches, strict=True):
                column.addWidget(card, stretch)
            self._columns.addLayout(column, 1)
        content = QWidget()
        content.setLayout(self._columns)
        self._columns.setContentsMargins(12, 10, 12, 12)
        self._columns.setSpacing(10)
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    @property
    def columns(self) -> int:
        return 2 if self._columns.direction() == QBoxLayout.Direction.LeftToRight else 1

    def begin(self, *, expressions_on: bool, aggregate_only: bool) -> None:
        """Clears everything for a new session."""
        self._expressions_on, self._aggregate_only = expressions_on, aggregate_only
        self.series = RecentSeries()
        self._mood_card.setVisible(expressions_on)
        self.mood_chart.setVisible(expressions_on)
        self.presence_chart.setVisible(not expressions_on)
        self.bars.show_probabilities(None, "Waiting for the first faces")
        self.students.begin(expressions_on=expressions_on, aggregate_only=aggregate_only)
        self.preview.preview.anonymous = aggregate_only
        self._repaint_chart()

    def show_observation(self, observation: Observation) -> None:
        mood = observation.mood
        told = self._expressions_on and not (self._aggregate_only and mood.faces < LEAST_FACES_TOLD)
        self.bars.show_probabilities(
            mood.probabilities if told else None, _WITHHELD if self._aggregate_only else "No face is seen now"
        )
        if self.series.add(mood, told=told):
            self._repaint_chart()
        students = () if self._aggregate_only else observation.students
        self.students.show_students(students, observation.second)
        self.preview.show_observation(observation)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= _TWO_COLUMNS_FROM_PX
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self._columns.direction() != direction:
            self._columns.setDirection(direction)

    def _repaint_chart(self) -> None:
        (self.mood_chart if self._expressions_on else self.presence_chart).show_series(self.series)
