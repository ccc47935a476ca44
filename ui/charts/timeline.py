"""A whole session along the time: moments, mood, expressions and presence, to zoom and to pan."""

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Any, Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from fer_desktop.messages.wording import format_clock
from fer_desktop.storage.values import MoodSeries
from fer_desktop.types import HIGH_ATTENTION, LOW_ATTENTION, Event, EventKind
from ui.charts.arrays import fill_gaps, make_stack_picture, running_mean
from ui.charts.chart import KeyboardChart
from ui.charts.heat_arrays import level_of
from ui.charts.plots import (
    CategoryPicture,
    ChartView,
    ClockAxis,
    make_pen,
    make_plot,
    point_in,
    share_ticks,
    show_plot,
    stack_colours,
    style_review_plot,
)
from ui.language import tr
from ui.theme import current_theme, scaled, text_scale
from ui.words import (
    ATTENTION_WORDS,
    EXPRESSION_WORDS,
    STACK_INDICES,
    STACK_ORDER,
    describe_event,
    describe_mood,
    format_share,
)

MARKED: Final = (EventKind.BOOKMARK, EventKind.NOTE, EventKind.FLAG_RAISED, EventKind.CAPTURE_LOST, EventKind.FAULT)
"""The moments that get a mark; the others stand in the list of moments."""

_MIN_HEIGHT_PX: Final = 300
_MARKS_PX: Final = 26
_MARK_PX: Final = 12
_LEGEND_POINTS: Final = 8.5
_MIN_LABEL_PX: Final = 36
_MAX_LABEL_PX: Final = 190
_MIN_VIEW_S: Final = 20
_STEPS_PER_VIEW: Final = 120
"""How many presses of an arrow key lead from one end of the view to the other."""


class SessionTimeline(KeyboardChart):
    """`hovered` carries the readout for the time under the pointer, "" where there is none.

    `pointed(int)`: that time, -1 for none. `marked(int)`: a second was clicked or shown as a moment; a line stands
    there from then on. `range_changed` tells the seconds at the left and the right end after every zoom and move.
    With the keyboard: left and right move the mark, plus and minus zoom, Home shows the whole session.
    """

    hovered = Signal(str)
    pointed = Signal(int)
    marked = Signal(int)
    range_changed = Signal(float, float)

    def __init__(self) -> None:
        super().__init__(min_height_px=_MIN_HEIGHT_PX)
        self.setAccessibleName(tr("Mood of the class through the session"))
        self._shares = np.zeros((0, 7), np.float32)
        self._mood = np.zeros(0, np.float32)
        self._attention = np.zeros(0, np.float32)
        self._counts = np.zeros((0, 3), np.float32)
        self._events: list[Event] = []
        self._student_labels: Mapping[int, str] = {}
        self._labels: list[Any] = []
        self._rules: list[Any] = []
        self._marked: int | None = None
        self._view: Any = ChartView()
        self._view.setFrameShape(self._view.Shape.NoFrame)
        self._view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)  # it would ask for 480 px
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._view.ci.setContentsMargins(0, 0, 8, 0)
        self._view.ci.setSpacing(8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(self._view)
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
        self._mood_plot.getAxis("left").setTicks([[(0.85, tr("positive")), (0, tr("even")), (-0.85, tr("negative"))]])
        self._stack_plot.setYRange(0, 1, padding=0)
        self._stack_plot.getAxis("left").setTicks(share_ticks())
        self._attention_plot.setYRange(0, 1, padding=0.02)
        words = [(0.9, tr("high")), (0.45, tr("attention")), (0.06, tr("low"))]
        self._attention_plot.getAxis("left").setTicks([words])
        self._presence_plot.addLegend(offset=(8, -4), colCount=3)
        for row, stretch in ((1, 4), (2, 3), (3, 5), (4, 3)):
            self._view.ci.layout.setRowStretchFactor(row, stretch)
        for plot in (self._marks_plot, self._mood_plot, self._attention_plot, self._stack_plot):
            plot.setXLink(self._presence_plot)
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
        self._marks = pg.ScatterPlotItem(size=_MARK_PX)
        self._marks_plot.addItem(self._marks)
        self._pointer, self._mark = self._add_lines(), self._add_lines()

    def _add_lines(self) -> list[Any]:
        """One upright line through all plots, not shown yet."""
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
        """`labels`: what the students are called. `keep_view`: it is the same session, changed: stay where it was."""
        self._shares = running_mean(fill_gaps(series.seconds, series.probabilities))
        self._mood = running_mean(fill_gaps(series.seconds, series.mood))
        self._attention = running_mean(fill_gaps(series.seconds, series.attention))
        counts = np.stack((series.faces, series.cameras_on, series.students), axis=1).astype(np.float32)
        self._counts = fill_gaps(series.seconds, counts)
        self._events = [event for event in events if event.kind in MARKED]
        self._student_labels = labels
        length = len(self._mood)
        times = np.arange(length)
        self._line.setData(times, self._mood)
        self._attention_line.setData(times, self._attention)
        for curve, column in ((self._visible, 0), (self._cameras, 1), (self._students, 2)):
            curve.setData(times, self._counts[:, column])
        self._picture.show(make_stack_picture(self._shares), left=-0.5, width=max(1, length))
        self._presence_plot.setYRange(0, max(4.0, float(np.nanmax(self._counts, initial=0))) * 1.08, padding=0)
        for plot in (self._mood_plot, self._stack_plot):
            show_plot(plot, shown=expressions_on)
        show_plot(self._attention_plot, shown=not bool(np.isnan(self._attention).all()))
        for plot in (*self._plots(), self._marks_plot):
            plot.setLimits(xMin=-1, xMax=max(length, 2), minXRange=min(_MIN_VIEW_S, max(length, 2)))
        if not keep_view:
            self.show_whole()
            self._show_mark(None)
        self._show_marks()
        self._place_labels()
        self.setAccessibleDescription(self._describe())

    @property
    def length_s(self) -> int:
        """Up to the last second that is recorded."""
        return len(self._mood)

    @property
    def canvas(self) -> QWidget:
        """What is painted on, for measurements."""
        viewport: QWidget = self._view.viewport()
        return viewport

    @property
    def marked_second(self) -> int | None:
        """The second with a line through all plots."""
        return self._marked

    def label_texts(self) -> list[str]:
        """The words beside the marks, as far as there is room for them."""
        return [label.toPlainText() for label in self._labels]

    def range_shown(self) -> tuple[float, float]:
        """The seconds at the left and the right end."""
        left, right = self._presence_plot.viewRange()[0]
        return float(left), float(right)

    def show_mark(self, second: int) -> None:
        """Marks a second, and leaves the view as it is."""
        self._show_mark(second)
        self.marked.emit(second)

    def show_whole(self) -> None:
        self.show_range(-1, max(2, len(self._mood)))

    def show_range(self, left_s: float, right_s: float) -> None:
        self._presence_plot.setXRange(left_s, right_s, padding=0)

    def show_moment(self, second: int) -> None:
        """Marks a second and brings it into view, at the present zoom or at five minutes where the whole is shown."""
        left, right = self._presence_plot.viewRange()[0]
        half = min(right - left, 300) / 2
        self.show_range(second - half, second + half)
        self.show_mark(second)

    def marks(self) -> Sequence[Event]:
        """The events that carry a mark."""
        return tuple(self._events)

    def read_at(self, second: int) -> str:
        """What the charts tell of a second, in words; "" outside the session."""
        if not 0 <= second < len(self._mood):
            return ""
        if np.isnan(self._counts[second, 2]):
            return tr("{time} · not recorded").format(time=format_clock(second))
        parts = [format_clock(second)]
        if not np.isnan(self._mood[second]):
            ranked = sorted(
                zip(self._shares[second, STACK_INDICES], STACK_ORDER, strict=True), reverse=True, key=_share
            )
            parts.append(tr("mood {mood}").format(mood=describe_mood(float(self._mood[second]))))
            parts.append(", ".join(f"{EXPRESSION_WORDS[name]} {format_share(share, 1)}" for share, name in ranked[:3]))
        level = level_of(float(self._attention[second]))
        if level is not None:
            parts.append(tr("attention {level}").format(level=ATTENTION_WORDS[level]))
        visible, _, students = (int(number) for number in self._counts[second])
        parts.append(tr("{visible} of {total} visible").format(visible=visible, total=students))
        return " · ".join(parts)

    def _describe(self) -> str:
        known = self._mood[~np.isnan(self._mood)]
        mood = describe_mood(float(known.mean()) if len(known) else None)
        return tr("{length} long, %n moment(s) marked, the mood is {mood} on the whole", "", len(self._events)).format(
            length=format_clock(len(self._mood)), mood=mood
        )

    def _show_marks(self) -> None:
        theme = current_theme()
        looks = {
            EventKind.BOOKMARK: ("d", theme.accent),
            EventKind.NOTE: ("s", theme.good),
            EventKind.FLAG_RAISED: ("t1", theme.warning),
        }
        self._marks.setData(
            [
                {"pos": (event.second, 0.5), "symbol": symbol, "brush": colour, "pen": None}
                for event in self._events
                for symbol, colour in (looks.get(event.kind, ("x", theme.danger)),)
            ]
        )
        for plot, rule in self._rules:
            plot.removeItem(rule)
        self._rules = []
        for event in self._events:
            if event.kind is EventKind.BOOKMARK:
                for plot in self._plots():
                    rule = pg.InfiniteLine(event.second, angle=90, pen=make_pen(theme.accent, 1, Qt.PenStyle.DotLine))
                    plot.addItem(rule, ignoreBounds=True)
                    self._rules.append((plot, rule))

    def _follow_range(self) -> None:
        self._place_labels()
        self.range_changed.emit(*self._presence_plot.viewRange()[0])

    def _place_labels(self) -> None:
        """Words beside the marks, cut where the next mark stands; none where there is no room."""
        for label in self._labels:
            self._marks_plot.removeItem(label)
        self._labels = []
        box, theme = self._marks_plot.getViewBox(), current_theme()
        (left, right), width = self._presence_plot.viewRange()[0], max(1.0, box.width())
        seconds_a_px, metrics = max(1e-6, right - left) / width, QFontMetrics(self.font())
        shown = sorted((event for event in self._events if left <= event.second <= right), key=_second)
        for event, following in zip_longest(shown, shown[1:]):
            end = right if following is None else following.second
            room = int((end - event.second) / seconds_a_px) - 2 * _MARK_PX
            if room < _MIN_LABEL_PX:
                continue
            text = metrics.elidedText(
                describe_event(event, self._student_labels), Qt.TextElideMode.ElideRight, min(room, _MAX_LABEL_PX)
            )
            label = pg.TextItem(text, color=theme.muted, anchor=(0, 0.5))
            label.setPos(event.second + _MARK_PX / 2 * seconds_a_px, 0.5)
            self._marks_plot.addItem(label, ignoreBounds=True)
            self._labels.append(label)

    def _show_mark(self, second: int | None) -> None:
        self._marked = second
        for line in self._mark:
            line.setVisible(second is not None)
            line.setPos(second or 0)

    def _second_at(self, position: QPointF) -> int:
        """-1 beside the plots."""
        inside = self._view.ci.sceneBoundingRect().contains(position)
        return round(point_in(self._presence_plot, position).x()) if inside else -1

    def _click(self, event: Any) -> None:
        """pyqtgraph's own click: a drag or a turn of the wheel is none."""
        second = self._second_at(event.scenePos())
        if event.button() == Qt.MouseButton.LeftButton and 0 <= second < len(self._mood):
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
        """The time that is pointed at elsewhere; -1 for none."""
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
        """From the middle of the view where nothing is marked yet; the view follows."""
        left, right = self._presence_plot.viewRange()[0]
        second = round((left + right) / 2) if self._marked is None else self._marked + step
        second = min(max(0, second), max(0, len(self._mood) - 1))
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
        self._show_marks()
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


def _share(pair: tuple[float, object]) -> float:
    return float(pair[0])


def _second(event: Event) -> int:
    return event.second
