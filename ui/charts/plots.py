"""What all charts share: our look on pyqtgraph's plots. pyqtgraph is untyped: it enters here and in the charts only."""

from typing import Any, Final

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPen, QWheelEvent

from fer_desktop.messages.wording import format_clock
from ui.charts.arrays import STACK_ROWS
from ui.theme import Theme, scaled
from ui.words import format_share

_NO_LIMIT_PX: Final = 16_777_215  # Qt's own word for none
_REVIEW_AXIS_PX: Final = 96


class ChartView(pg.GraphicsLayoutWidget):  # type: ignore[misc]  # pyqtgraph is untyped
    """Where a chart is drawn. The wheel scrolls the page that the chart stands on, and zooms with Ctrl only."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
        else:
            event.ignore()


class ClockAxis(pg.AxisItem):  # type: ignore[misc]  # pyqtgraph is untyped
    """Seconds as 12:34, with ticks at whole minutes."""

    _STEPS: Final = (1, 5, 10, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200)

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        return [format_clock(value) for value in values]

    def tickSpacing(self, minimum: float, maximum: float, size: float) -> list[tuple[float, float]]:
        least_step = (maximum - minimum) / max(2.0, size / 90)
        step = next((step for step in self._STEPS if step >= least_step), self._STEPS[-1])
        return [(float(step), 0.0)]


def make_plot(layout: Any, row: int, *, bottom: Any = None, interactive: bool = False) -> Any:
    """A plot in `layout` without menus and buttons. Interactive: zoom and pan along the time, never up and down."""
    axes = {"bottom": bottom} if bottom is not None else {}
    plot = layout.addPlot(row=row, col=0, axisItems=axes)
    plot.setMenuEnabled(False)
    plot.hideButtons()
    plot.setMouseEnabled(x=interactive, y=False)
    plot.getViewBox().setDefaultPadding(0)
    if bottom is None:
        plot.hideAxis("bottom")
    return plot


def show_plot(plot: Any, *, shown: bool) -> None:
    """A plot that is not shown leaves its place to the others."""
    plot.setVisible(shown)
    plot.setMaximumHeight(_NO_LIMIT_PX if shown else 0)


def review_axis_width() -> int:
    """In the review all axes are as wide, so that the same time stands above the same time; names of students fit."""
    return scaled(_REVIEW_AXIS_PX)


def style_review_plot(plot: Any, theme: Theme) -> None:
    """As `style_plot`, for texts of the size that is set now."""
    style_plot(plot, theme)
    plot.getAxis("left").setWidth(review_axis_width())
    for side in ("left", "bottom"):
        plot.getAxis(side).setTickFont(QGuiApplication.font())


def style_plot(plot: Any, theme: Theme) -> None:
    for side in ("left", "bottom"):
        axis = plot.getAxis(side)
        axis.setPen(pg.mkPen(theme.border))
        axis.setTextPen(pg.mkPen(theme.muted))
        axis.setTickPen(pg.mkPen(theme.track))
        axis.setStyle(tickLength=-3, hideOverlappingLabels=side == "bottom")


def make_pen(colour: str, width: float = 1.0, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    """Cosmetic and one pixel wide where possible: wider pens cost several times more.

    A cosmetic pen counts the screen's own pixels: on a fine screen it takes as many as the line looks as heavy.
    """
    screen = QGuiApplication.primaryScreen()
    pixels = 1 if screen is None else max(1, round(screen.devicePixelRatio()))
    pen: QPen = pg.mkPen(colour, width=width * pixels, style=style)
    return pen


class CategoryPicture:
    """An image item whose pixels are numbers of colours: stacked bands, presence strips."""

    def __init__(self, plot: Any) -> None:
        self._item = pg.ImageItem(axisOrder="row-major")
        self._item.setAutoDownsample(False)
        plot.addItem(self._item)

    def show(self, picture: NDArray[np.uint8], *, left: float, width: float, height: float = 1.0) -> None:
        """`picture` (rows, columns), row 0 at the bottom, is laid from `left` over `width` and from 0 to `height`."""
        if not picture.size:
            self._item.clear()
            return
        self._item.setImage(picture, autoLevels=False, levels=(0, 255))
        self._item.setRect(left, 0.0, max(width, 1e-6), height)

    def set_colours(self, colours: list[str]) -> None:
        """`#rrggbb` by number; "" is transparent."""
        table = np.zeros((256, 4), np.uint8)
        for number, colour in enumerate(colours):
            if colour:
                value = QColor(colour)
                table[number] = value.red(), value.green(), value.blue(), 255
        self._item.setLookupTable(table)


def stack_colours(theme: Theme) -> list[str]:
    """The colours of a stack picture: seven bands, nothing, and the lines between bands."""
    return [*theme.expressions, "", theme.surface]


def share_ticks() -> list[list[tuple[float, str]]]:
    """For an axis of shares from 0 to 1; the outer two stand a little inside it."""
    return [[(place, format_share(share, 1)) for place, share in ((0.93, 1), (0.5, 0.5), (0.07, 0))]]


def presence_colours(theme: Theme) -> list[str]:
    """In a presence strip's order."""
    return list(theme.presences)


def point_in(plot: Any, position: QPointF) -> QPointF:
    """A place on the scene in the plot's own units."""
    point: QPointF = plot.getViewBox().mapSceneToView(position)
    return point


__all__ = [
    "STACK_ROWS",
    "CategoryPicture",
    "ClockAxis",
    "make_pen",
    "make_plot",
    "point_in",
    "presence_colours",
    "review_axis_width",
    "show_plot",
    "stack_colours",
    "style_plot",
    "style_review_plot",
]
