"""One student's lessons of a course: time in view and mean mood."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt

from fer_desktop.types import Floats
from ui.charts.chart import Chart
from ui.charts.plots import make_pen, make_plot, make_review_view, mood_ticks, style_review_plot
from ui.language import tr
from ui.theme import current_theme

_MIN_HEIGHT_PX: Final = 170
_DOT_PX: Final = 8
_MAX_DAYS: Final = 8


class TermChart(Chart):
    """A column for each lesson, the earliest at the left; the open lesson stands out by size and colour."""

    def __init__(self) -> None:
        super().__init__(min_height_px=_MIN_HEIGHT_PX)
        self.setAccessibleName(tr("The student's lessons of this course"))
        self._open = 0
        self._view: Any = make_review_view()
        self._mood_plot = make_plot(self._view, 0)
        self._view_plot = make_plot(self._view, 1, bottom=pg.AxisItem("bottom"))
        self._mood_plot.setXLink(self._view_plot)
        self._mood_plot.setYRange(-1, 1, padding=0.06)
        self._mood_plot.getAxis("left").setTicks(mood_ticks())
        self._view_plot.setYRange(0, 1.05, padding=0.02)
        self._view_plot.getAxis("left").setTicks([[(1, tr("whole time")), (0, tr("not in view"))]])
        self._zero = pg.InfiniteLine(pos=0, angle=0)
        self._mood_plot.addItem(self._zero)
        self._line = self._mood_plot.plot(connect="finite")
        self._dots = pg.ScatterPlotItem(pen=None)
        self._mood_plot.addItem(self._dots)
        self._values = np.zeros(0, np.float32)
        self._bars = pg.BarGraphItem(x=[0], height=[0], width=0.6)
        self._view_plot.addItem(self._bars)
        self._hold(self._view)
        self._restyle()

    def show_lessons(self, days: Sequence[str], moods: Floats, in_view: Floats, *, open_place: int) -> None:
        """A value for each lesson; `moods` NaN without readings. `open_place`: the index of the open lesson."""
        places, self._open, self._values = np.arange(len(days)), open_place, moods
        self._mood_plot.setVisible(not bool(np.isnan(moods).all()))
        self._line.setData(places, moods)
        self._bars.setOpts(x=places, height=np.nan_to_num(in_view), width=0.6)
        self._view_plot.setXRange(-0.6, max(1, len(days)) - 0.4, padding=0)
        step = -(-len(days) // _MAX_DAYS)
        ticks = [(place, day) for place, day in enumerate(days) if (len(days) - 1 - place) % step == 0]
        self._view_plot.getAxis("bottom").setTicks([ticks])
        self._restyle()

    def _restyle(self) -> None:
        theme = current_theme()
        self._view.setBackground(theme.surface)
        for plot in (self._mood_plot, self._view_plot):
            style_review_plot(plot, theme)
        self._zero.setPen(make_pen(theme.border, style=Qt.PenStyle.DashLine))
        self._line.setPen(make_pen(theme.border))
        opened = [place == self._open for place in range(len(self._values))]
        colours = [theme.accent if each else theme.muted for each in opened]
        self._dots.setData(
            [
                {"pos": (place, value), "size": _DOT_PX + 4 * each, "brush": colour, "pen": None}
                for place, (value, each, colour) in enumerate(zip(self._values, opened, colours, strict=True))
                if not np.isnan(value)
            ]
        )
        if opened:
            brushes = [pg.mkBrush(theme.accent if each else theme.border) for each in opened]
            self._bars.setOpts(brushes=brushes, pen=pg.mkPen(None))
