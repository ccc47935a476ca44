"""What all charts share: views, plots, pens and pictures. Only this room imports pyqtgraph, which is untyped."""

from typing import Any, Final

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy

from fer_desktop.messages.words import format_clock
from ui.language import tr
from ui.theme import Theme, scaled
from ui.words import format_share

_NO_LIMIT_PX: Final = 16_777_215  # QWIDGETSIZE_MAX
_REVIEW_AXIS_PX: Final = 96


class ChartView(pg.GraphicsLayoutWidget):  # type: ignore[misc]  # pyqtgraph is untyped
    """The canvas of a chart. The wheel scrolls the page around it; with Ctrl it zooms."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
        else:
            event.ignore()


class ClockAxis(pg.AxisItem):  # type: ignore[misc]  # pyqtgraph is untyped
    """An axis of seconds, written as 12:34."""

    _STEPS: Final = (1, 5, 10, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200)

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        return [format_clock(value) for value in values]

    def tickSpacing(self, minimum: float, maximum: float, size: float) -> list[tuple[float, float]]:
        least_step = (maximum - minimum) / max(2.0, size / 90)
        step = next((step for step in self._STEPS if step >= least_step), self._STEPS[-1])
        return [(float(step), 0.0)]


def make_review_view(*, spacing: int | None = None, own_height: bool = False) -> Any:
    """A frameless view for the plots of a chart. `own_height`: asks for a height instead of taking what is left."""
    view: Any = ChartView()
    view.setFrameShape(view.Shape.NoFrame)
    if not own_height:
        view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)  # pyqtgraph asks for 480 px
    view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    view.ci.setContentsMargins(0, 0, 8, 0)
    if spacing is not None:
        view.ci.setSpacing(spacing)
    return view


def make_plot(layout: Any, row: int, *, bottom: Any = None, interactive: bool = False) -> Any:
    """A plot without menus and buttons. `interactive`: zooms and pans along the time axis only."""
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
    """Shows or hides a plot; a hidden one leaves its space to the others."""
    plot.setVisible(shown)
    plot.setMaximumHeight(_NO_LIMIT_PX if shown else 0)


def review_axis_width() -> int:
    """The common width of the left axes in the review, in pixels: it aligns their time axes and fits names."""
    return scaled(_REVIEW_AXIS_PX)


def style_review_plot(plot: Any, theme: Theme) -> None:
    """As `style_plot`, with fonts and widths for the text size."""
    style_plot(plot, theme)
    plot.getAxis("left").setWidth(review_axis_width())
    for side in ("left", "bottom"):
        plot.getAxis(side).setTickFont(QGuiApplication.font())


def style_plot(plot: Any, theme: Theme) -> None:
    """Gives the axes the colours of the theme."""
    for side in ("left", "bottom"):
        axis = plot.getAxis(side)
        axis.setPen(pg.mkPen(theme.border))
        axis.setTextPen(pg.mkPen(theme.muted))
        axis.setTickPen(pg.mkPen(theme.track))
        axis.setStyle(tickLength=-3, hideOverlappingLabels=side == "bottom")


def make_pen(colour: str, width: float = 1.0, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    """A cosmetic pen, one pixel wide where possible: wider pens are several times slower.

    Cosmetic pens count physical pixels, so `width` is multiplied by the screen's pixel ratio.
    """
    screen = QGuiApplication.primaryScreen()
    pixels = 1 if screen is None else max(1, round(screen.devicePixelRatio()))
    pen: QPen = pg.mkPen(colour, width=width * pixels, style=style)
    return pen


class CategoryPicture:
    """An image item whose pixels are indices of colours: stacked bands, presence strips."""

    def __init__(self, plot: Any) -> None:
        self._item = pg.ImageItem(axisOrder="row-major")
        self._item.setAutoDownsample(False)
        plot.addItem(self._item)

    def show(self, picture: NDArray[np.uint8], *, left: float, width: float, height: float = 1.0) -> None:
        """Lays a (rows, columns) picture, row 0 at the bottom, from `left` over `width` and from 0 to `height`."""
        if not picture.size:
            self._item.clear()
            return
        self._item.setImage(picture, autoLevels=False, levels=(0, 255))
        self._item.setRect(left, 0.0, max(width, 1e-6), height)

    def set_colours(self, colours: list[str]) -> None:
        """`colours`: `#rrggbb` by index, "" for transparent."""
        table = np.zeros((256, 4), np.uint8)
        for number, colour in enumerate(colours):
            if colour:
                value = QColor(colour)
                table[number] = value.red(), value.green(), value.blue(), 255
        self._item.setLookupTable(table)


def stack_colours(theme: Theme) -> list[str]:
    """The colours of a stack picture: seven bands, no reading, and the lines between bands."""
    return [*theme.expressions, "", theme.surface]


def mood_ticks() -> list[list[tuple[float, str]]]:
    """For an axis of moods from -1 to 1."""
    return [[(0.85, tr("positive")), (0, tr("balanced")), (-0.85, tr("negative"))]]


def share_ticks() -> list[list[tuple[float, str]]]:
    """For an axis of shares from 0 to 1; the outer two are slightly inside it."""
    return [[(place, format_share(share, 1)) for place, share in ((0.93, 1), (0.5, 0.5), (0.07, 0))]]


def presence_colours(theme: Theme) -> list[str]:
    """In the order of `PRESENCE_ORDER`."""
    return list(theme.presences)


def point_in(plot: Any, position: QPointF) -> QPointF:
    """A position of the scene in the units of the plot."""
    point: QPointF = plot.getViewBox().mapSceneToView(position)
    return point
