"""One student through a session: stacked expressions, and strips of attention and presence."""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from fer_desktop.analysis.presence_map import NOTHING, PRESENCE_ORDER
from fer_desktop.storage.values import StudentSeries
from fer_desktop.types import Presence
from ui.charts.arrays import fill_gaps, make_stack_picture, running_mean
from ui.charts.chart import Chart
from ui.charts.heat_arrays import HeatMeasure, level_places
from ui.charts.heatmap import heat_colours
from ui.charts.plots import (
    CategoryPicture,
    ClockAxis,
    make_plot,
    make_review_view,
    presence_colours,
    show_plot,
    stack_colours,
    style_review_plot,
)
from ui.language import tr
from ui.theme import current_theme, scaled

_MIN_HEIGHT_PX: Final = 60
_STRIP_PX: Final = 46
_LEVEL_PX: Final = 20


class StudentTimeline(Chart):
    """Follows the session's timeline by `show_range`; not interactive itself."""

    def __init__(self) -> None:
        super().__init__(min_height_px=_MIN_HEIGHT_PX)
        self.setAccessibleName(tr("The student over the lesson"))
        self._view: Any = make_review_view(spacing=4)
        self._stack_plot = make_plot(self._view, 0)
        self._strip_plot = make_plot(self._view, 2, bottom=ClockAxis("bottom"))
        self._stack_plot.setXLink(self._strip_plot)
        self._stack_plot.setYRange(0, 1, padding=0)
        self._stack_plot.getAxis("left").setTicks([[(0.5, tr("mood"))]])
        self._strip_plot.setYRange(0, 1, padding=0)
        self._strip_plot.getAxis("left").setTicks([[(0.5, tr("presence"))]])
        self._level_plot = make_plot(self._view, 1)
        self._level_plot.setXLink(self._strip_plot)
        self._level_plot.setYRange(0, 1, padding=0)
        self._level_plot.getAxis("left").setTicks([[(0.5, tr("attention"))]])
        self._has_attention = False
        self._levels = CategoryPicture(self._level_plot)
        self._stack = CategoryPicture(self._stack_plot)
        self._strip = CategoryPicture(self._strip_plot)
        self._hold(self._view)
        self._restyle()

    def show_range(self, left_s: float, right_s: float) -> None:
        """Shows the range between two seconds."""
        self._strip_plot.setXRange(left_s, right_s, padding=0)

    def show_series(self, series: StudentSeries, *, expressions_on: bool) -> None:
        """Shows a student's series."""
        shares = running_mean(fill_gaps(series.seconds, series.probabilities))
        length = max(1, len(shares))
        self._stack.show(make_stack_picture(shares), left=-0.5, width=length)
        self._strip.show(presence_strip(series)[None], left=-0.5, width=length)
        levels = level_places(fill_gaps(series.seconds, series.attention))
        self._levels.show(levels[None], left=-0.5, width=length)
        show_plot(self._stack_plot, shown=expressions_on)
        has_attention = bool((levels != NOTHING).any())
        show_plot(self._level_plot, shown=has_attention)
        self._has_attention = has_attention
        self._fit_strips()

    def _fit_strips(self) -> None:
        self._strip_plot.setFixedHeight(scaled(_STRIP_PX))
        level_px = scaled(_LEVEL_PX) if self._has_attention else 0
        self._level_plot.setMinimumHeight(level_px)
        self._level_plot.setMaximumHeight(level_px)

    def _restyle(self) -> None:
        theme = current_theme()
        self._fit_strips()
        self._view.setBackground(theme.surface)
        for plot in (self._stack_plot, self._level_plot, self._strip_plot):
            style_review_plot(plot, theme)
        self._stack.set_colours(stack_colours(theme))
        self._strip.set_colours(presence_colours(theme))
        self._levels.set_colours(heat_colours(HeatMeasure.ATTENTION, theme))


def presence_strip(series: StudentSeries) -> NDArray[np.uint8]:
    """The (seconds,) indices in `PRESENCE_ORDER`; out of view where nothing was recorded."""
    length = int(series.seconds[-1]) + 1 if len(series.seconds) else 0
    strip = np.full(length, PRESENCE_ORDER.index(Presence.OUT_OF_VIEW), np.uint8)
    states = np.select(
        [series.face_found, series.camera_on & (series.person_seen != 0), series.camera_on, series.tile_seen],
        [PRESENCE_ORDER.index(name) for name in PRESENCE_ORDER[:-1]],
        PRESENCE_ORDER.index(Presence.OUT_OF_VIEW),
    )
    strip[series.seconds] = states
    return strip
