"""A whole session along the time: marks, mood, attention, expressions and presence, to zoom and to pan."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QWidget

from fer_desktop.storage.values import MoodSeries
from fer_desktop.types import HIGH_ATTENTION, LOW_ATTENTION, Event
from ui.charts.arrays import make_stack_picture
from ui.charts.chart import KeyboardChart
from ui.charts.gap_bands import GapBands
from ui.charts.moment_marks import MomentMarks
from ui.charts.plots import (
    CategoryPicture,
    ClockAxis,
    make_pen,
    make_plot,
    make_review_view,
    mood_ticks,
    point_in,
    share_ticks,
    show_plot,
    stack_colours,
    style_review_plot,
)
from ui.charts.timeline_data import TimelineData
from ui.language import tr
from ui.theme import current_theme, scaled, text_scale

_MIN_HEIGHT_PX: Final = 300
_MARKS_PX: Final = 26
_LEGEND_POINTS: Final = 8.5
_MIN_VIEW_S: Final = 20
_MOMENT_VIEW_S: Final = 300
_STEPS_PER_VIEW: Final = 120
"""Presses of an arrow key from one end of the view to the other."""


class SessionTimeline(KeyboardChart):
    """`hovered(str)`: the values at the pointer in words, "" where there are none; `pointed(int)`: its second, or -1.

    `marked(int)`: a second was clicked, or shown as a moment; a line marks it from then on. `range_changed`: the first
    and the last visible second, after every zoom and pan. Keyboard: left and right move the line, plus and minus zoom,
    Home shows the whole session.
    """

    hovered = Signal(str)
    pointed = Signal(int)
    marked = Signal(int)
    range_changed = Signal(float, float)

    def __init__(self) -> None:
        super().__init__(min_height_px=_MIN_HEIGHT_PX)
        self.setAccessibleName(tr("Mood of the class over the lesson"))
        self._data = TimelineData()
        self._marked: int | None = None
        self._view: Any = make_review_view(spacing=8)
        self._hold(self._view, margin_px=1)
        self._make_plots()
        self._make_curves()
        self._style_plots()
        self._view.scene().sigMouseMoved.connect(self._hover)
        self._view.scene().sigMouseClicked.connect(self._click)

    def _make_plots(self) -> None:
        self._marks_plot, self._mood_plot, self._attention_plot, self._stack_plot = (
            make_plot(self._view, row, interactive=True) for row in range(4)
        )
        self._presence_plot = make_plot(self._view, 4, bottom=ClockAxis("bottom"), interactive=True)
        self._marks_plot.getAxis("left").setTicks([[]])
        self._marks_plot.setYRange(0, 1, padding=0)
        self._mood_plot.setYRange(-1, 1, padding=0.04)
        self._mood_plot.getAxis("left").setTicks(mood_ticks())
        self._stack_plot.setYRange(0, 1, padding=0)
        self._stack_plot.getAxis("left").setTicks(share_ticks())
        self._attention_plot.setYRange(0, 1, padding=0.02)
        words = [(0.9, tr("high")), (0.45, tr("attention")), (0.06, tr("low"))]
        self._attention_plot.getAxis("left").setTicks([words])
        self._presence_plot.addLegend(offset=(8, -4), colCount=3)
        for row, stretch in ((1, 7), (2, 3), (3, 5), (4, 3)):  # the mood is what the page is opened for
            self._view.ci.layout.setRowStretchFactor(row, stretch)
        for plot in (self._marks_plot, self._mood_plot, self._attention_plot, self._stack_plot):
            plot.setXLink(self._presence_plot)
        self._gaps = GapBands(self._plots())
        self._marks = MomentMarks(self._marks_plot, self._plots())
        self._presence_plot.sigXRangeChanged.connect(self._follow_range)
        self._marks_plot.getViewBox().sigResized.connect(self._place_labels)

    def _make_curves(self) -> None:
        self._zero = pg.InfiniteLine(pos=0, angle=0)
        self._mood_plot.addItem(self._zero)
        self._line = self._add_curve(self._mood_plot)
        self._levels = [pg.InfiniteLine(pos=height, angle=0) for height in (HIGH_ATTENTION, LOW_ATTENTION)]
        for level in self._levels:
            self._attention_plot.addItem(level)
        self._attention_line = self._add_curve(self._attention_plot)
        self._picture = CategoryPicture(self._stack_plot)
        self._visible = self._add_curve(self._presence_plot, tr("visible"))
        self._cameras = self._add_curve(self._presence_plot, tr("camera on"))
        self._students = self._add_curve(self._presence_plot, tr("students"))
        self._pointer, self._mark = self._add_lines(), self._add_lines()

    def _add_lines(self) -> list[Any]:
        """A vertical line through all plots, hidden at first."""
        lines = [pg.InfiniteLine(angle=90, movable=False) for _ in self._plots()]
        for line, plot in zip(lines, self._plots(), strict=True):
            line.setVisible(False)
            plot.addItem(line, ignoreBounds=True)
        return lines

    def _add_curve(self, plot: Any, name: str | None = None) -> Any:
        curve = plot.plot(connect="finite", name=name)
        curve.setDownsampling(auto=True, method="peak")
        curve.setClipToView(True)
        return curve

    def _plots(self) -> tuple[Any, ...]:
        return self._mood_plot, self._attention_plot, self._stack_plot, self._presence_plot

    def show_session(
        self,
        series: MoodSeries,
        events: Sequence[Event],
        *,
        expressions_on: bool,
        labels: Mapping[int, str],
        keep_view: bool = False,
    ) -> None:
        """`labels`: the names of the students. `keep_view`: the same session has changed, so the view stays."""
        self._data = data = TimelineData.of(series, events, labels)
        self._draw_curves(data)
        for plot in (self._mood_plot, self._stack_plot):
            show_plot(plot, shown=expressions_on)
        show_plot(self._attention_plot, shown=data.has_attention)
        length_s = max(data.length_s, 2)
        for plot in (*self._plots(), self._marks_plot):
            plot.setLimits(xMin=-1, xMax=length_s, minXRange=min(_MIN_VIEW_S, length_s))
        if not keep_view:
            self.show_whole()
            self._show_mark(None)
        self._gaps.show(data.gaps, length_s=length_s)
        self._marks.set_events(data.events, labels)
        self._marks.draw()
        self._place_labels()
        self.setAccessibleDescription(data.describe())

    def _draw_curves(self, data: TimelineData) -> None:
        seconds = np.arange(data.length_s)
        self._line.setData(seconds, data.mood)
        self._attention_line.setData(seconds, data.attention)
        for column, curve in enumerate((self._visible, self._cameras, self._students)):
            curve.setData(seconds, data.counts[:, column])
        self._picture.show(make_stack_picture(data.shares), left=-0.5, width=max(1, data.length_s))
        self._presence_plot.setYRange(0, max(4.0, float(np.nanmax(data.counts, initial=0))) * 1.08, padding=0)

    @property
    def length_s(self) -> int:
        """Up to the last recorded second."""
        return self._data.length_s

    @property
    def marked_second(self) -> int | None:
        """The second with a line through all plots."""
        return self._marked

    @property
    def canvas(self) -> QWidget:
        """The widget that is painted on, for measurements."""
        viewport: QWidget = self._view.viewport()
        return viewport

    def range_shown(self) -> tuple[float, float]:
        """The first and the last visible second."""
        left, right = self._presence_plot.viewRange()[0]
        return float(left), float(right)

    def show_mark(self, second: int) -> None:
        """Marks a second and keeps the view."""
        self._show_mark(second)
        self.marked.emit(second)

    def show_whole(self) -> None:
        """Shows the whole session."""
        self.show_range(-1, max(2, self.length_s))

    def show_range(self, left_s: float, right_s: float) -> None:
        """Shows the range between two seconds."""
        self._presence_plot.setXRange(left_s, right_s, padding=0)

    def show_moment(self, second: int) -> None:
        """Marks a second and scrolls to it; zooms in to five minutes if more is visible."""
        left, right = self._presence_plot.viewRange()[0]
        half = min(right - left, _MOMENT_VIEW_S) / 2
        self.show_range(second - half, second + half)
        self.show_mark(second)

    def marks(self) -> Sequence[Event]:
        """The events with a mark."""
        return self._data.events

    def gap_spans(self) -> list[tuple[float, float]]:
        """From when to when the session has gaps, as drawn."""
        return self._gaps.spans()

    def label_texts(self) -> list[str]:
        """The words beside the marks, as far as there is room for them."""
        return self._marks.label_texts()

    def read_at(self, second: int) -> str:
        """The values of a second, in words; "" outside the session."""
        return self._data.describe_second(second)

    def _follow_range(self) -> None:
        self._place_labels()
        self.range_changed.emit(*self._presence_plot.viewRange()[0])

    def _place_labels(self) -> None:
        self._marks.place_labels(*self.range_shown(), self.font())

    def _show_mark(self, second: int | None) -> None:
        self._marked = second
        for line in self._mark:
            line.setVisible(second is not None)
            line.setPos(second or 0)

    def _second_at(self, position: QPointF) -> int:
        """The second at a position of the scene; -1 beside the plots."""
        inside = self._view.ci.sceneBoundingRect().contains(position)
        return round(point_in(self._presence_plot, position).x()) if inside else -1

    def _click(self, event: Any) -> None:
        """Marks the clicked second. `event`: pyqtgraph's own click event, which excludes drags."""
        second = self._second_at(event.scenePos())
        if event.button() == Qt.MouseButton.LeftButton and 0 <= second < self.length_s:
            self.show_mark(second)

    def _hover(self, position: QPointF) -> None:
        second = self._second_at(position)
        text = self.read_at(second)
        for line in self._pointer:
            line.setVisible(bool(text))
            line.setPos(second)
        self.pointed.emit(second if text else -1)
        self.hovered.emit(text)

    def show_pointer(self, second: int) -> None:
        """Shows where the pointer is in another chart; -1 for nowhere."""
        for line in self._pointer:
            line.setVisible(second >= 0)
            line.setPos(second)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, (left, right) = Qt.Key(event.key()), self._presence_plot.viewRange()[0]
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = max(1, round((right - left) / _STEPS_PER_VIEW)) * (1 if key == Qt.Key.Key_Right else -1)
            self._move_mark(step)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            half = (right - left) * (1.0 if key == Qt.Key.Key_Minus else 0.25)
            middle = self._marked if self._marked is not None else (left + right) / 2
            self.show_range(middle - half, middle + half)
        elif key == Qt.Key.Key_Home:
            self.show_whole()
        else:
            super().keyPressEvent(event)

    def _move_mark(self, step: int) -> None:
        """Moves the line by `step` seconds, from the middle of the view if there is none; the view follows."""
        left, right = self._presence_plot.viewRange()[0]
        second = round((left + right) / 2) if self._marked is None else self._marked + step
        second = min(max(0, second), max(0, self.length_s - 1))
        if not left <= second <= right:
            self.show_range(second - (right - left) / 2, second + (right - left) / 2)
        self.show_mark(second)
        self.hovered.emit(self.read_at(second))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        for line in self._pointer:
            line.setVisible(False)
        self.pointed.emit(-1)
        self.hovered.emit("")

    def _restyle(self) -> None:
        self._style_plots()
        self._gaps.restyle()
        self._marks.draw()
        self._place_labels()

    def _style_plots(self) -> None:
        theme = current_theme()
        self._marks_plot.setFixedHeight(scaled(_MARKS_PX))
        self._view.setBackground(theme.surface)
        for plot in (*self._plots(), self._marks_plot):
            style_review_plot(plot, theme)
        self._marks_plot.getAxis("left").setPen(QColor(0, 0, 0, 0))
        self._zero.setPen(make_pen(theme.border, style=Qt.PenStyle.DashLine))
        self._line.setPen(make_pen(theme.accent))
        self._attention_line.setPen(make_pen(theme.text))
        for level in self._levels:
            level.setPen(make_pen(theme.border, style=Qt.PenStyle.DashLine))
        self._visible.setPen(make_pen(theme.good))
        self._cameras.setPen(make_pen(theme.accent, 1, Qt.PenStyle.DashLine))
        self._students.setPen(make_pen(theme.muted, 1, Qt.PenStyle.DotLine))
        for _, label in self._presence_plot.legend.items:
            label.setText(label.text, color=theme.muted, size=f"{_LEGEND_POINTS * text_scale()}pt")
        self._picture.set_colours(stack_colours(theme))
        for line in self._pointer:
            line.setPen(make_pen(theme.muted))
        for line in self._mark:
            line.setPen(make_pen(theme.text, 1.5, Qt.PenStyle.DashLine))
