"""Hatched bands where a session has gaps: nothing was watched there."""

from collections.abc import Sequence
from typing import Any, Final

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor

from fer_desktop.analysis.gaps import Gap
from ui.theme import current_theme

_BEHIND: Final = -10
_OPACITY: Final = 0.5


class GapBands:
    """Bands behind everything else in some plots of one time axis. They are hatched, as colour alone says nothing."""

    def __init__(self, plots: Sequence[Any]) -> None:
        self._plots = plots
        self._bands: list[tuple[Any, Any]] = []

    def show(self, gaps: Sequence[Gap], *, length_s: int) -> None:
        """`length_s`: of the session, where gaps without an end reach to."""
        for plot, band in self._bands:
            plot.removeItem(band)
        spans = [(gap.second, length_s if gap.end is None else min(gap.end, length_s)) for gap in gaps]
        self._bands = [
            (plot, self._add_band(plot, begin - 0.5, end - 0.5))
            for begin, end in spans
            for plot in self._plots
            if begin < end
        ]
        self.restyle()

    def _add_band(self, plot: Any, left: float, right: float) -> Any:
        band = pg.LinearRegionItem((left, right), movable=False, pen=pg.mkPen(None))
        band.setZValue(_BEHIND)
        plot.addItem(band, ignoreBounds=True)
        return band

    def restyle(self) -> None:
        """In the colours of the theme."""
        colour = QColor(current_theme().muted)
        colour.setAlphaF(_OPACITY)
        brush = QBrush(colour, Qt.BrushStyle.BDiagPattern)
        for _, band in self._bands:
            band.setBrush(brush)

    def spans(self) -> list[tuple[float, float]]:
        """From when to when the bands of the first plot are, in seconds."""
        return [band.getRegion() for plot, band in self._bands if plot is self._plots[0]]
