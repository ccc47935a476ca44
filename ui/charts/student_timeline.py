"""One student through a session: expressions stacked, and a strip that tells when they were there."""

from typing import Any, Final

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from fer_desktop.storage.values import StudentSeries
from fer_desktop.types import Presence
from ui.charts.arrays import fill_gaps, make_stack_picture, running_mean
from ui.charts.plots import CategoryPicture, ClockAxis, make_plot, stack_colours, style_plot
from ui.theme import Theme, current_theme

PRESENCE_ORDER: Final = (Presence.VISIBLE, Presence.TURNED_AWAY, Presence.CAMERA_OFF, Presence.OUT_OF_VIEW)
"""What a record tells: it does not know whether a student who was not in view had left."""


class StudentTimeline(QWidget):
    """Cannot be dragged itself: it follows the session's timeline by `show_range`."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("The student through the session")
        self.setMinimumHeight(130)
        self._view: Any = pg.GraphicsLayoutWidget()
        self._view.setFrameShape(self._view.Shape.NoFrame)
        self._view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)  # it would ask for 480 px
        self._view.ci.setContentsMargins(0, 0, 8, 0)
        self._view.ci.setSpacing(4)
        self._stack_plot = make_plot(self._view, 0)
        self._strip_plot = make_plot(self._view, 1, bottom=ClockAxis("bottom"))
        self._stack_plot.setXLink(self._strip_plot)
        self._stack_plot.setYRange(0, 1, padding=0)
        self._stack_plot.getAxis("left").setTicks([[(0.5, "mood")]])
        self._strip_plot.setYRange(0, 1, padding=0)
        self._strip_plot.getAxis("left").setTicks([[(0.5, "presence")]])
        self._strip_plot.setFixedHeight(46)
        self._stack = CategoryPicture(self._stack_plot)
        self._strip = CategoryPicture(self._strip_plot)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._view)
        self._restyle()

    def show_range(self, left_s: float, right_s: float) -> None:
        """Follows the session's timeline."""
        self._strip_plot.setXRange(left_s, right_s, padding=0)

    def show_series(self, series: StudentSeries, *, expressions_on: bool) -> None:
        shares = running_mean(fill_gaps(series.seconds, series.probabilities))
        length = max(1, len(shares))
        self._stack.show(make_stack_picture(shares), left=-0.5, width=length)
        self._strip.show(presence_strip(series)[None], left=-0.5, width=length)
        self._stack_plot.setVisible(expressions_on)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._restyle()

    def _restyle(self) -> None:
        theme = current_theme()
        self._view.setBackground(theme.surface)
        for plot in (self._stack_plot, self._strip_plot):
            style_plot(plot, theme)
        self._stack.set_colours(stack_colours(theme))
        self._strip.set_colours(presence_colours(theme))


def presence_strip(series: StudentSeries) -> NDArray[np.uint8]:
    """(seconds,) the place in `PRESENCE_ORDER` for every second from 0; not in view where nothing was recorded."""
    length = int(series.seconds[-1]) + 1 if len(series.seconds) else 0
    strip = np.full(length, PRESENCE_ORDER.index(Presence.OUT_OF_VIEW), np.uint8)
    states = np.select(
        [series.face_found, series.camera_on, series.tile_seen],
        [PRESENCE_ORDER.index(name) for name in (Presence.VISIBLE, Presence.TURNED_AWAY, Presence.CAMERA_OFF)],
        PRESENCE_ORDER.index(Presence.OUT_OF_VIEW),
    )
    strip[series.seconds] = states
    return strip


def presence_colours(theme: Theme) -> list[str]:
    """Darker or brighter in steps as well as in hue: apart for the colour-blind too."""
    return [theme.good, theme.warning, theme.muted, theme.track]
