"""The moods of two lessons in one chart, minute by minute."""

from typing import Any, Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, Qt, Signal

from fer_desktop.messages.words import format_clock
from fer_desktop.storage.values import MoodSeries
from fer_desktop.types import Floats
from ui.charts.arrays import minute_means
from ui.charts.chart import Chart
from ui.charts.plots import ClockAxis, make_pen, make_plot, make_review_view, mood_ticks, point_in, style_review_plot
from ui.language import tr
from ui.theme import current_theme
from ui.words import describe_mood

_MIN_HEIGHT_PX: Final = 220


class CompareChart(Chart):
    """A solid line for the open lesson, a dashed one for the other; shares of visible students if expressions are off.

    `hovered(str)`: both values at the pointer in words, "" where there are none.
    """

    hovered = Signal(str)

    def __init__(self) -> None:
        super().__init__(min_height_px=_MIN_HEIGHT_PX)
        self.setAccessibleName(tr("The mood of two lessons, minute by minute"))
        self._names = ("", "")
        self._lines: tuple[Floats, Floats] = (np.zeros(0, np.float32), np.zeros(0, np.float32))
        self._moods = True
        self._view: Any = make_review_view()
        self._plot = make_plot(self._view, 0, bottom=ClockAxis("bottom"))
        self._zero = pg.InfiniteLine(pos=0, angle=0)
        self._plot.addItem(self._zero)
        self._curves = [self._plot.plot(connect="finite") for _ in range(2)]
        self._hold(self._view)
        self._view.scene().sigMouseMoved.connect(self._hover)
        self._restyle()

    def show_lessons(self, this: MoodSeries, other: MoodSeries, *, names: tuple[str, str], moods: bool) -> None:
        """`moods`: whether both lessons have expressions."""
        self._names, self._moods = names, moods
        self._lines = (_line_of(this, moods=moods), _line_of(other, moods=moods))
        for curve, line in zip(self._curves, self._lines, strict=True):
            curve.setData(np.arange(len(line)) * 60 + 30, line)
        minutes = max(2, *(len(line) for line in self._lines))
        self._plot.setXRange(0, minutes * 60, padding=0.01)
        if moods:
            self._plot.setYRange(-1, 1, padding=0.04)
            ticks = mood_ticks()
        else:
            self._plot.setYRange(0, 1, padding=0.04)
            ticks = [[(1.0, tr("all visible")), (0.5, tr("half")), (0.0, tr("none"))]]
        self._plot.getAxis("left").setTicks(ticks)

    @property
    def has_lines(self) -> bool:
        """Whether any line is visible, which needs two known minutes in a row."""
        known = [~np.isnan(line) for line in self._lines]
        return any(bool((each[1:] & each[:-1]).any()) for each in known)

    def read_at(self, minute: int) -> str:
        """Both lessons at a minute, in words; "" beside the chart."""
        parts = [
            tr("{lesson}: {what}", lesson=name, what=self._describe_value(float(line[minute])))
            for name, line in zip(self._names, self._lines, strict=True)
            if 0 <= minute < len(line) and not np.isnan(line[minute])
        ]
        return " · ".join([format_clock(60 * minute), *parts]) if parts else ""

    def _describe_value(self, value: float) -> str:
        if self._moods:
            return tr("mood {mood}", mood=describe_mood(value))
        return tr("{share} % visible", share=round(100 * value))

    def _hover(self, position: QPointF) -> None:
        inside = self._plot.getViewBox().sceneBoundingRect().contains(position)
        self.hovered.emit(self.read_at(int(point_in(self._plot, position).x() // 60)) if inside else "")

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.hovered.emit("")

    def _restyle(self) -> None:
        theme = current_theme()
        self._view.setBackground(theme.surface)
        style_review_plot(self._plot, theme)
        self._zero.setPen(make_pen(theme.border, style=Qt.PenStyle.DashLine))
        self._curves[0].setPen(make_pen(theme.accent, 2))
        self._curves[1].setPen(make_pen(theme.muted, 1.5, Qt.PenStyle.DashLine))


def _line_of(series: MoodSeries, *, moods: bool) -> Floats:
    if moods:
        return minute_means(series.seconds, series.mood)
    return minute_means(series.seconds, (series.faces / np.maximum(series.students, 1)).astype(np.float32))
