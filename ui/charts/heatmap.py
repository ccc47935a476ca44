"""Every student of a session along the time: a row a student."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFontMetrics, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout

from fer_desktop.messages.wording import format_clock
from fer_desktop.storage.values import HeatGrid
from ui.charts.chart import KeyboardChart
from ui.charts.heat_arrays import (
    ATTENTION_ORDER,
    NOTHING,
    PRESENCE_ORDER,
    UNCLEAR,
    HeatMeasure,
    make_heat_picture,
    reorder,
)
from ui.charts.plots import (
    CategoryPicture,
    ChartView,
    ClockAxis,
    make_pen,
    make_plot,
    point_in,
    presence_colours,
    review_axis_width,
    style_review_plot,
)
from ui.language import tr
from ui.theme import Theme, current_theme, scaled
from ui.words import ATTENTION_WORDS, EXPRESSION_WORDS, PRESENCE_WORDS, STACK_ORDER

_ROW_PX: Final = 15
_AXIS_PX: Final = 26
_NAME_GAP_PX: Final = 8


class HeatMap(KeyboardChart):
    """Follows and moves the session's timeline: `range_changed`, `show_range`, `pointed`, `show_pointer`.

    `hovered` carries the readout for the cell under the pointer, "" where there is none; `chosen(int, int)`: student
    and second of a cell that was clicked, or of the cursor when Enter is pressed. The arrow keys move the cursor.
    """

    hovered = Signal(str)
    pointed = Signal(int)
    chosen = Signal(int, int)
    range_changed = Signal(float, float)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Every student through the session"))
        self.measure = HeatMeasure.PRESENCE
        self._grid: HeatGrid | None = None
        self._labels: Mapping[int, str] = {}
        self._picture = np.zeros((0, 0), np.uint8)
        self._length = 1
        self._cursor = (0, 0)
        self._view: Any = ChartView()
        self._view.setFrameShape(self._view.Shape.NoFrame)
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._view.ci.setContentsMargins(0, 0, 8, 0)
        self._plot = make_plot(self._view, 0, bottom=ClockAxis("bottom"), interactive=True)
        self._plot.invertY(True)
        self._plot.getAxis("left").setStyle(tickLength=0, hideOverlappingLabels=False)
        self._item = CategoryPicture(self._plot)
        self._pointer = pg.InfiniteLine(angle=90, movable=False)
        self._cell: Any = pg.PlotDataItem(connect="all")
        for item in (self._pointer, self._cell):
            item.setVisible(False)
            self._plot.addItem(item, ignoreBounds=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(self._view)
        self._plot.sigXRangeChanged.connect(lambda: self.range_changed.emit(*self.range_shown()))
        self._view.scene().sigMouseMoved.connect(self._hover)
        self._view.scene().sigMouseClicked.connect(self._click)
        self._restyle()

    def show_grid(self, grid: HeatGrid, labels: Mapping[int, str], *, length_s: int) -> None:
        """`labels`: what the students are called. `length_s`: of the session. `show_range` is to follow."""
        self._grid, self._labels, self._length = grid, labels, max(2, length_s)
        self._cursor = (0, 0)
        self._fit_height()
        self._plot.setYRange(0, max(1, len(grid.students)), padding=0)
        with QSignalBlocker(self._plot):  # what is in view is still that of the session before: nobody has moved it
            self._plot.setLimits(xMin=-1, xMax=self._length, minXRange=min(20, self._length))
        self._name_rows()
        self.show_measure(self.measure)

    def show_order(self, students: Sequence[int]) -> None:
        """The rows in another order; those who are not named come after them."""
        if self._grid is not None and len(self._grid.students):
            self._grid = reorder(self._grid, students)
            self._name_rows()
            self.show_measure(self.measure)

    def show_measure(self, measure: HeatMeasure) -> None:
        self.measure = measure
        if self._grid is None or not len(self._grid.students):
            return
        self._picture = make_heat_picture(self._grid, measure)
        rows, columns = self._picture.shape
        self._item.set_colours(heat_colours(measure, current_theme()))
        self._item.show(self._picture, left=-0.5, width=columns * self._grid.column_s, height=rows)
        self.setAccessibleDescription(self._describe())

    def range_shown(self) -> tuple[float, float]:
        """The seconds at the left and the right end."""
        left, right = self._plot.viewRange()[0]
        return float(left), float(right)

    def show_range(self, left_s: float, right_s: float) -> None:
        self._plot.setXRange(left_s, right_s, padding=0)

    def show_pointer(self, second: int) -> None:
        """The time that is pointed at elsewhere; -1 for none."""
        self._pointer.setVisible(second >= 0)
        self._pointer.setPos(second)

    def read_at(self, row: int, second: int) -> str:
        """What the cell tells, in words; "" beside the map."""
        grid = self._grid
        if grid is None or not 0 <= row < len(grid.students) or not 0 <= second < self._length:
            return ""
        column = min(second // grid.column_s, self._picture.shape[1] - 1)
        began = column * grid.column_s
        student = int(grid.students[row])
        when = tr("{start} to {end}").format(
            start=format_clock(began), end=format_clock(min(self._length, began + grid.column_s))
        )
        meaning = name_place(self.measure, int(self._picture[row, column]))
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
        """Row and second; outside, numbers that are in no map."""
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
        """Where most of the time went, in one sentence."""
        places, counts = np.unique(self._picture[self._picture != NOTHING], return_counts=True)
        if not len(places):
            return tr("Nothing was read.")
        ranked = sorted(zip(counts.tolist(), places.tolist(), strict=True), reverse=True)
        parts = [
            tr("{what} {share} % of the time").format(
                what=name_place(self.measure, place), share=round(100 * number / counts.sum())
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
        self._pointer.setPen(make_pen(theme.text))
        self._cell.setPen(make_pen(theme.text, 2))


def name_place(measure: HeatMeasure, place: int) -> str:
    """What a pixel means, in words."""
    if place == NOTHING:
        return tr("nothing read")
    if measure is HeatMeasure.PRESENCE:
        return PRESENCE_WORDS[PRESENCE_ORDER[place]]
    if measure is HeatMeasure.CAMERA:
        return (tr("camera on"), tr("camera off"), tr("not in view"))[place]
    if measure is HeatMeasure.EXPRESSION:
        return tr("no clear expression") if place == UNCLEAR else EXPRESSION_WORDS[STACK_ORDER[place]]
    return tr("attention {level}").format(level=ATTENTION_WORDS[ATTENTION_ORDER[place]])


def heat_words(measure: HeatMeasure) -> list[str]:
    """A word for each colour, for the legend."""
    return [name_place(measure, place) for place in range(len(heat_colours(measure, current_theme())))]


def heat_colours(measure: HeatMeasure, theme: Theme) -> list[str]:
    """Apart in lightness as well as in hue; what is not told stays the ground's own colour."""
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
