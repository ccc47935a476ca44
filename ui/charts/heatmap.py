"""The heat map of a session: a row for each student along the time axis."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFontMetrics, QGuiApplication, QKeyEvent

from fer_desktop.analysis.gaps import Gap, find_gap
from fer_desktop.analysis.presence_map import NOTHING, PRESENCE_ORDER
from fer_desktop.messages.words import format_clock
from fer_desktop.storage.values import HeatGrid
from ui.charts.chart import KeyboardChart
from ui.charts.gap_bands import GapBands
from ui.charts.heat_arrays import ATTENTION_ORDER, UNCLEAR, HeatMeasure, make_heat_picture, reorder
from ui.charts.plots import (
    CategoryPicture,
    ClockAxis,
    make_pen,
    make_plot,
    make_review_view,
    point_in,
    presence_colours,
    review_axis_width,
    style_review_plot,
)
from ui.language import tr
from ui.theme import Theme, current_theme, scaled
from ui.words import ATTENTION_WORDS, EXPRESSION_WORDS, GAP_WORDS, PRESENCE_WORDS, STACK_ORDER

_ROW_PX: Final = 15
_AXIS_PX: Final = 26
_NAME_GAP_PX: Final = 8


class HeatMap(KeyboardChart):
    """Shares range and pointer with the session's timeline: `range_changed`, `show_range`, `pointed`, `show_pointer`.

    `hovered(str)`: the cell under the pointer in words, "" outside; `chosen(int, int)`: student and second of a clicked
    cell, or of the cursor at Enter. The arrow keys move the cursor.
    """

    hovered = Signal(str)
    pointed = Signal(int)
    chosen = Signal(int, int)
    range_changed = Signal(float, float)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Every student over the lesson"))
        self.measure = HeatMeasure.PRESENCE
        self._grid: HeatGrid | None = None
        self._labels: Mapping[int, str] = {}
        self._picture = np.zeros((0, 0), np.uint8)
        self._length = 1
        self._cursor = (0, 0)
        self._view: Any = make_review_view(own_height=True)
        self._plot = make_plot(self._view, 0, bottom=ClockAxis("bottom"), interactive=True)
        self._plot.invertY(True)
        self._plot.getAxis("left").setStyle(tickLength=0, hideOverlappingLabels=False)
        self._item = CategoryPicture(self._plot)
        self._bands = GapBands([self._plot])
        self._gaps: Sequence[Gap] = ()
        self._pointer = pg.InfiniteLine(angle=90, movable=False)
        self._cell: Any = pg.PlotDataItem(connect="all")
        for item in (self._pointer, self._cell):
            item.setVisible(False)
            self._plot.addItem(item, ignoreBounds=True)
        self._hold(self._view, margin_px=1)
        self._plot.sigXRangeChanged.connect(lambda: self.range_changed.emit(*self.range_shown()))
        self._view.scene().sigMouseMoved.connect(self._hover)
        self._view.scene().sigMouseClicked.connect(self._click)
        self._restyle()

    def show_grid(self, grid: HeatGrid, labels: Mapping[int, str], *, length_s: int, gaps: Sequence[Gap] = ()) -> None:
        """`labels`: the names of the students; `length_s`: of the session. Call `show_range` afterwards."""
        self._gaps = gaps
        self._bands.show(gaps, length_s=max(2, length_s))
        self._grid, self._labels, self._length = grid, labels, max(2, length_s)
        self._cursor = (0, 0)
        self._fit_height()
        self._plot.setYRange(0, max(1, len(grid.students)), padding=0)
        with QSignalBlocker(self._plot):  # setting limits may change the old range, which is not a zoom by the user
            self._plot.setLimits(xMin=-1, xMax=self._length, minXRange=min(20, self._length))
        self._name_rows()
        self.show_measure(self.measure)

    def show_order(self, students: Sequence[int]) -> None:
        """Reorders the rows; students who are not listed come last."""
        if self._grid is not None and len(self._grid.students):
            self._grid = reorder(self._grid, students)
            self._name_rows()
            self.show_measure(self.measure)

    def show_measure(self, measure: HeatMeasure) -> None:
        """Shows another measure."""
        self.measure = measure
        if self._grid is None or not len(self._grid.students):
            return
        self._picture = make_heat_picture(self._grid, measure)
        rows, columns = self._picture.shape
        self._item.set_colours(heat_colours(measure, current_theme()))
        self._item.show(self._picture, left=-0.5, width=columns * self._grid.column_s, height=rows)
        self.setAccessibleDescription(self._describe())

    def range_shown(self) -> tuple[float, float]:
        """The first and the last visible second."""
        left, right = self._plot.viewRange()[0]
        return float(left), float(right)

    def show_range(self, left_s: float, right_s: float) -> None:
        """Shows the range between two seconds."""
        self._plot.setXRange(left_s, right_s, padding=0)

    def show_pointer(self, second: int) -> None:
        """Shows where the pointer is in another chart; -1 for nowhere."""
        self._pointer.setVisible(second >= 0)
        self._pointer.setPos(second)

    def gap_spans(self) -> list[tuple[float, float]]:
        """From when to when the session has gaps, as drawn."""
        return self._bands.spans()

    def read_at(self, row: int, second: int) -> str:
        """A cell in words; "" outside the map."""
        grid = self._grid
        if grid is None or not 0 <= row < len(grid.students) or not 0 <= second < self._length:
            return ""
        column = min(second // grid.column_s, self._picture.shape[1] - 1)
        began = column * grid.column_s
        student = int(grid.students[row])
        when = tr(
            "{start} to {end}", start=format_clock(began), end=format_clock(min(self._length, began + grid.column_s))
        )
        meaning = name_place(self.measure, int(self._picture[row, column]))
        gap = find_gap(self._gaps, second)
        if gap is not None and not grid.recorded[column]:
            meaning = tr("no data: {why}", why=GAP_WORDS[gap.kind])
        return f"{self._labels.get(student, '')} · {when} · {meaning}"

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0)}
        key = Qt.Key(event.key())
        if self._grid is None or not self._picture.size:
            super().keyPressEvent(event)
        elif key in step:
            rows, columns = self._picture.shape
            row, column = self._cursor[0] + step[key][0], self._cursor[1] + step[key][1]
            self._cursor = (min(max(row, 0), rows - 1), min(max(column, 0), columns - 1))
            self._show_cursor()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            row, column = self._cursor
            self.chosen.emit(int(self._grid.students[row]), column * self._grid.column_s)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._show_cursor()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._cell.setVisible(False)

    def _show_cursor(self) -> None:
        if self._grid is None or not self._picture.size:
            return
        (row, column), width = self._cursor, self._grid.column_s
        left, right = column * width - 0.5, (column + 1) * width - 0.5
        self._cell.setData([left, right, right, left, left], [row, row, row + 1, row + 1, row])
        self._cell.setVisible(True)
        self._show_readout(row, column * width)

    def _show_readout(self, row: int, second: int) -> None:
        text = self.read_at(row, second)
        self.pointed.emit(second if text else -1)
        self.hovered.emit(text)

    def _place_at(self, position: QPointF) -> tuple[int, int]:
        """Row and second of a position of the scene; (-1, -1) outside."""
        if not self._plot.getViewBox().sceneBoundingRect().contains(position):
            return -1, -1
        point = point_in(self._plot, position)
        return int(np.floor(point.y())), int(np.floor(point.x() + 0.5))

    def _hover(self, position: QPointF) -> None:
        self._show_readout(*self._place_at(position))

    def _click(self, event: Any) -> None:
        row, second = self._place_at(event.scenePos())
        if event.button() == Qt.MouseButton.LeftButton and self.read_at(row, second) and self._grid is not None:
            self.chosen.emit(int(self._grid.students[row]), second)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._show_readout(-1, -1)

    def _fit_height(self) -> None:
        rows = 0 if self._grid is None else len(self._grid.students)
        self.setFixedHeight(max(2, rows) * scaled(_ROW_PX) + scaled(_AXIS_PX))

    def _name_rows(self) -> None:
        metrics, room_px = QFontMetrics(QGuiApplication.font()), review_axis_width() - _NAME_GAP_PX
        students: Sequence[int] = self._grid.students.tolist() if self._grid is not None else []
        ticks = [
            (row + 0.5, metrics.elidedText(self._labels.get(student, ""), Qt.TextElideMode.ElideRight, room_px))
            for row, student in enumerate(students)
        ]
        self._plot.getAxis("left").setTicks([ticks])

    def _describe(self) -> str:
        """The three most frequent values with their shares, for screen readers."""
        places, counts = np.unique(self._picture[self._picture != NOTHING], return_counts=True)
        if not len(places):
            return tr("No data.")
        ranked = sorted(zip(counts.tolist(), places.tolist(), strict=True), reverse=True)
        parts = [
            tr(
                "{what} {share} % of the time",
                what=name_place(self.measure, place),
                share=round(100 * number / counts.sum()),
            )
            for number, place in ranked[:3]
        ]
        return ", ".join(parts)

    def _restyle(self) -> None:
        theme = current_theme()
        self._fit_height()
        self._name_rows()
        self._view.setBackground(theme.surface)
        style_review_plot(self._plot, theme)
        self._plot.getAxis("left").setStyle(tickLength=0, hideOverlappingLabels=False)
        self._item.set_colours(heat_colours(self.measure, theme))
        self._bands.restyle()
        self._pointer.setPen(make_pen(theme.text))
        self._cell.setPen(make_pen(theme.text, 2))


def name_place(measure: HeatMeasure, place: int) -> str:
    """The value of a pixel in words."""
    if place == NOTHING:
        return tr("no data")
    if measure is HeatMeasure.PRESENCE:
        return PRESENCE_WORDS[PRESENCE_ORDER[place]]
    if measure is HeatMeasure.CAMERA:
        return (tr("camera on"), tr("camera off"), tr("not in view"))[place]
    if measure is HeatMeasure.EXPRESSION:
        return tr("no clear expression") if place == UNCLEAR else EXPRESSION_WORDS[STACK_ORDER[place]]
    return tr("attention {level}", level=ATTENTION_WORDS[ATTENTION_ORDER[place]])


def heat_words(measure: HeatMeasure) -> list[str]:
    """The words of the legend, one for each colour."""
    return [name_place(measure, place) for place in range(len(heat_colours(measure, current_theme())))]


def heat_colours(measure: HeatMeasure, theme: Theme) -> list[str]:
    """The colours of a measure, distinct in lightness as well as in hue."""
    if measure is HeatMeasure.PRESENCE:
        return presence_colours(theme)
    if measure is HeatMeasure.CAMERA:
        return [theme.accent, theme.muted, theme.track]
    if measure is HeatMeasure.EXPRESSION:
        return [*theme.expressions, theme.border]
    return [theme.accent, _mix(theme.accent, theme.surface, 0.5), _mix(theme.accent, theme.surface, 0.16)]


def _mix(colour: str, ground: str, share: float) -> str:
    one, other = QColor(colour), QColor(ground)
    parts = zip((one.red(), one.green(), one.blue()), (other.red(), other.green(), other.blue()), strict=True)
    return QColor(*(round(share * a + (1 - share) * b) for a, b in parts)).name()
