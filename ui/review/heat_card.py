"""The card of the heat map: choice of measure, legend and readout."""

from collections.abc import Mapping, Sequence

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox

from fer_desktop.analysis.gaps import Gap
from fer_desktop.storage.values import HeatGrid
from ui.charts.heat_arrays import HeatMeasure
from ui.charts.heatmap import HeatMap, heat_colours, heat_words
from ui.language import mark, tr
from ui.review.legend import Legend
from ui.theme import Theme
from ui.widgets.basics import Card, ElidedLabel, make_label
from ui.words import Words

_WORDS = Words(
    {
        HeatMeasure.PRESENCE: mark("Presence"),
        HeatMeasure.CAMERA: mark("Camera"),
        HeatMeasure.EXPRESSION: mark("Expression"),
        HeatMeasure.ATTENTION: mark("Attention"),
    }
)


class HeatCard(Card):
    """`chosen(int, int)`: student number and second of a chosen cell."""

    chosen = Signal(int, int)

    def __init__(self) -> None:
        super().__init__(tr("Every student"))
        self.map = HeatMap()
        self.measures = QComboBox()
        self.measures.setAccessibleName(tr("What the map shows"))
        self.waiting = make_label(tr("Loading…"), "muted")
        self.readout = ElidedLabel(_hint(), "small")
        self.legends = {measure: _make_legend(measure) for measure in HeatMeasure}
        self.heading.addWidget(self.measures)
        self.add(self.waiting)
        self.add(self.map)
        for legend in self.legends.values():
            self.add(legend)
        self.add(self.readout)
        self.map.hovered.connect(lambda text: self.readout.setText(text or _hint()))
        self.map.chosen.connect(self.chosen)
        self.measures.currentIndexChanged.connect(lambda _: self._show_measure())
        self.wait()

    def wait(self) -> None:
        """Shows that the grid of another session is being loaded."""
        self.waiting.setVisible(True)
        for part in (self.map, self.readout, self.measures, *self.legends.values()):
            part.setVisible(False)

    def show_grid(self, grid: HeatGrid, labels: Mapping[int, str], *, length_s: int, gaps: Sequence[Gap] = ()) -> None:
        """Offers the measures that the session has: expression and attention may not have been read."""
        offered = [HeatMeasure.PRESENCE, HeatMeasure.CAMERA]
        offered += [HeatMeasure.EXPRESSION] if not np.isnan(grid.probabilities).all() else []
        offered += [HeatMeasure.ATTENTION] if not np.isnan(grid.attention).all() else []
        chosen = self.map.measure if self.map.measure in offered else HeatMeasure.PRESENCE
        self.measures.blockSignals(True)
        self.measures.clear()
        for measure in offered:
            self.measures.addItem(_WORDS[measure], measure)
        self.measures.setCurrentIndex(offered.index(chosen))
        self.measures.blockSignals(False)
        self.map.show_grid(grid, labels, length_s=length_s, gaps=gaps)
        self.waiting.setVisible(False)
        for part in (self.map, self.readout, self.measures):
            part.setVisible(True)
        self._show_measure()

    def _show_measure(self) -> None:
        measure = HeatMeasure(self.measures.currentData())
        self.map.show_measure(measure)
        for each, legend in self.legends.items():
            legend.setVisible(each is measure)
        self.readout.setText(_hint())


def _hint() -> str:
    return tr("Point at the map to see values. Click to see a student. The arrow keys work too.")


def _make_legend(measure: HeatMeasure) -> Legend:
    def colours(theme: Theme) -> list[str]:
        return heat_colours(measure, theme)

    return Legend(heat_words(measure), colours)
