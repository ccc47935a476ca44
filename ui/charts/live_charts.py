"""The last ten minutes of a running session: mood and expressions, or presence where expressions are off."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from ui.charts.arrays import RECENT_S, RecentSeries, band_middles, make_stack_picture, running_mean
from ui.charts.chart import Chart
from ui.charts.plots import CategoryPicture, ChartView, make_pen, make_plot, share_ticks, stack_colours, style_plot
from ui.language import tr, tr_count
from ui.theme import current_theme
from ui.widgets.basics import ElidedLabel, make_label
from ui.words import EXPRESSION_WORDS, STACK_ORDER, describe_mood, format_share

_MINUTES: Final = np.arange(1 - RECENT_S, 1) / 60
_AXIS_PX: Final = 62
_HEAD_PX: Final = 10
_HEAD_SHARE: Final = 0.85
"""Of the height of a plot, where the head of a bookmark is."""
_WORD_EDGE_PX: Final = 4
_WORD_LINES: Final = 1.6
"""Height of a band with a word, in line heights: some scripts exceed the font's metrics."""


class BookmarkLines:
    """A line through every plot at each bookmark, with a diamond at the top of the first."""

    def __init__(self) -> None:
        self._plots: Sequence[Any] = ()
        self._lines: list[tuple[Any, Any]] = []
        self._heads = pg.ScatterPlotItem(size=_HEAD_PX, symbol="d")
        self.minutes: list[float] = []

    def draw_on(self, plots: Sequence[Any]) -> None:
        """`plots`: from top to bottom."""
        self._plots = plots
        plots[0].addItem(self._heads, ignoreBounds=True)

    def show(self, minutes: Sequence[float]) -> None:
        """`minutes`: where they are on the time axis."""
        self.minutes = list(minutes)
        for plot, line in self._lines:
            plot.removeItem(line)
        self._lines = []
        pen = make_pen(current_theme().accent, 1, Qt.PenStyle.DotLine)
        for at in minutes:
            for plot in self._plots:
                line = pg.InfiniteLine(at, angle=90, pen=pen)
                plot.addItem(line, ignoreBounds=True)
                self._lines.append((plot, line))
        (_, (_, top)) = self._plots[0].viewRange()
        self._heads.setData([{"pos": (at, top * _HEAD_SHARE)} for at in minutes])

    def restyle(self) -> None:
        """Takes on the colours of the theme."""
        self._heads.setPen(None)
        self._heads.setBrush(current_theme().accent)
        if self._plots:
            self.show(self.minutes)


class _RecentChart(Chart):
    """Plots of the last minutes, with the time below; not interactive."""

    def __init__(self, name: str, height_px: int) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setMinimumHeight(height_px)
        self._layout_widget: Any = ChartView()
        self._layout_widget.setFrameShape(self._layout_widget.Shape.NoFrame)
        self._layout_widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._layout_widget.ci.setContentsMargins(0, 2, 4, 0)
        self._layout_widget.ci.setSpacing(6)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._layout_widget, 1)
        self._times = times = QHBoxLayout()
        self._start = ElidedLabel("", "small")  # large texts in a narrow window leave no room for it
        times.addWidget(self._start, 1)
        times.addWidget(make_label(tr("now"), "small"))
        layout.addLayout(times)
        self._bookmarks = BookmarkLines()

    def _show_span(self, series: RecentSeries) -> None:
        """The time below the plots, and the bookmarks within it."""
        self._start.setText(tr("{minutes} min ago", minutes=series.span_s // 60))
        for plot in self._plots():
            plot.setXRange(-series.span_s / 60, 0, padding=0)
        self._bookmarks.show(series.bookmark_minutes)

    @property
    def bookmark_minutes(self) -> list[float]:
        """Where bookmarks are drawn, in minutes up to 0."""
        return self._bookmarks.minutes

    def _with_bookmarks(self, words: str) -> str:
        number = len(self.bookmark_minutes)
        return f"{words}. {tr_count('{n} bookmark', '{n} bookmarks', number)}" if number else words

    def _restyle(self) -> None:
        self._bookmarks.restyle()
        self._layout_widget.setBackground(current_theme().surface)
        font = self.font()
        words = (*self._axis_words(), format_share(1, 1))
        width = max(_AXIS_PX, max(QFontMetrics(font).horizontalAdvance(word) for word in words) + 10)
        for plot in self._plots():
            plot.getAxis("left").setTickFont(font)
            plot.getAxis("left").setWidth(width)
        self._times.setContentsMargins(width, 0, 4, 0)

    def _plots(self) -> tuple[Any, ...]:
        raise NotImplementedError

    def _axis_words(self) -> tuple[str, ...]:
        """The words at the left axis, which is wide enough for them."""
        return ()


class MoodChart(_RecentChart):
    """The mood as a line, and below it the shares of the seven expressions, stacked."""

    def __init__(self) -> None:
        super().__init__(tr("Class mood over the last ten minutes"), 196)
        self._mood_plot = make_plot(self._layout_widget, 0)
        self._stack_plot = make_plot(self._layout_widget, 1)
        self._layout_widget.ci.layout.setRowStretchFactor(0, 2)
        self._layout_widget.ci.layout.setRowStretchFactor(1, 3)
        self._zero = pg.InfiniteLine(pos=0, angle=0)
        self._mood_plot.addItem(self._zero)
        self._line = self._mood_plot.plot(connect="finite")
        self._picture = CategoryPicture(self._stack_plot)
        self._words = [pg.TextItem(EXPRESSION_WORDS[name], anchor=(1, 0.5)) for name in STACK_ORDER]
        for word in self._words:
            self._stack_plot.addItem(word)
            word.setVisible(False)
        self._shares, self._span_s = np.full((1, len(STACK_ORDER)), np.nan, np.float32), RECENT_S
        self._stack_plot.getViewBox().sigResized.connect(self._place_words)
        self._set_axes()
        self._bookmarks.draw_on(self._plots())
        self._restyle()

    def _plots(self) -> tuple[Any, ...]:
        return self._mood_plot, self._stack_plot

    def _axis_words(self) -> tuple[str, ...]:
        return tr("positive"), tr("balanced"), tr("negative")

    def _set_axes(self) -> None:
        self._mood_plot.setYRange(-1, 1, padding=0.04)
        self._mood_plot.getAxis("left").setTicks([list(zip((0.85, 0, -0.85), self._axis_words(), strict=True))])
        self._stack_plot.setYRange(0, 1, padding=0)
        self._stack_plot.getAxis("left").setTicks(share_ticks())

    def show_series(self, series: RecentSeries) -> None:
        """Repaints the chart; once a second is enough."""
        self._show_span(series)
        mood, shares = running_mean(series.mood), running_mean(series.probabilities)
        self._line.setData(_MINUTES, mood)
        self._picture.show(make_stack_picture(shares), left=-RECENT_S / 60, width=RECENT_S / 60)
        self._shares, self._span_s = shares, series.span_s
        self._place_words()
        last = float(mood[-1])
        words = describe_mood(None if np.isnan(last) else last)
        self.setAccessibleDescription(self._with_bookmarks(tr("The mood is {mood} now", mood=words)))

    def words_shown(self) -> list[str]:
        """The words in the bands, from top to bottom."""
        return [str(word.toPlainText()) for word in self._words if word.isVisible()]

    def _place_words(self) -> None:
        """Places each word at the end of its band, if the band is high enough."""
        area = self._stack_plot.getViewBox()
        unknown = np.flatnonzero(np.isnan(self._shares[:, 0]))
        known_s = len(self._shares) - 1 - int(unknown[-1]) if len(unknown) else len(self._shares)
        known_px = area.width() * min(1.0, known_s / self._span_s)
        metrics = QFontMetrics(self.font())
        for word, (middle, share) in zip(self._words, band_middles(self._shares[-1]), strict=True):
            wide = metrics.horizontalAdvance(word.toPlainText()) + 2 * _WORD_EDGE_PX
            word.setVisible(known_px >= wide and share * area.height() >= _WORD_LINES * metrics.height())
            word.setPos(-0.008 * self._span_s / 60, middle)

    def _restyle(self) -> None:
        super()._restyle()
        theme = current_theme()
        for plot in self._plots():
            style_plot(plot, theme)
        self._zero.setPen(make_pen(theme.border, style=Qt.PenStyle.DashLine))
        self._line.setPen(make_pen(theme.accent, 2))
        self._picture.set_colours(stack_colours(theme))
        for word, colour in zip(self._words, theme.expressions, strict=True):
            word.setFont(self.font())
            word.setColor("#14171c" if QColor(colour).lightness() > 105 else "#ffffff")


class PresenceChart(_RecentChart):
    """Numbers of students, of cameras, and of students who are visible: for sessions with expressions off."""

    def __init__(self) -> None:
        super().__init__(tr("Presence over the last ten minutes"), 170)
        self._plot = make_plot(self._layout_widget, 0)
        self._plot.addLegend(offset=(8, -6), labelTextSize="8.5pt")
        self._people = self._plot.plot(connect="finite", name=tr("visible"))
        self._cameras = self._plot.plot(connect="finite", name=tr("camera on"))
        self._students = self._plot.plot(connect="finite", name=tr("students"))
        self._bookmarks.draw_on(self._plots())
        self._restyle()

    def _plots(self) -> tuple[Any, ...]:
        return (self._plot,)

    def show_series(self, series: RecentSeries) -> None:
        """Repaints the chart; once a second is enough."""
        self._show_span(series)
        self._people.setData(_MINUTES, series.people)
        self._cameras.setData(_MINUTES, series.cameras_on)
        self._students.setData(_MINUTES, series.students)
        maximum = 0.0 if np.isnan(series.students).all() else float(np.nanmax(series.students))
        self._plot.setYRange(0, max(4.0, maximum), padding=0.06)
        visible = series.people[-1]
        description = "" if np.isnan(visible) else tr("{visible} visible now", visible=int(visible))
        self.setAccessibleDescription(self._with_bookmarks(description))

    def _restyle(self) -> None:
        super()._restyle()
        theme = current_theme()
        style_plot(self._plot, theme)
        self._plot.legend.setLabelTextSize(f"{0.85 * self.font().pointSizeF():.1f}pt")
        self._plot.legend.setLabelTextColor(theme.muted)
        for _, label in self._plot.legend.items:
            label.setText(label.text)  # takes colour and size on
        self._people.setPen(make_pen(theme.good, 2))
        self._cameras.setPen(make_pen(theme.accent, 1, Qt.PenStyle.DashLine))
        self._students.setPen(make_pen(theme.muted, 1, Qt.PenStyle.DotLine))
