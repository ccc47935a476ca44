"""The marks of a session's events along its timeline."""

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Any, Final

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics

from fer_desktop.types import Event, EventKind
from ui.charts.plots import make_pen
from ui.theme import Theme, current_theme
from ui.words import describe_event

_MARK_PX: Final = 12
_MIN_LABEL_PX: Final = 36
_MAX_LABEL_PX: Final = 190


class MomentMarks:
    """A symbol for each event in `plot`, a label beside it where it fits, and a line through `others` at bookmarks."""

    def __init__(self, plot: Any, others: Sequence[Any]) -> None:
        self._plot = plot
        self._others = others
        self._events: Sequence[Event] = ()
        self._names: Mapping[int, str] = {}
        self._symbols = pg.ScatterPlotItem(size=_MARK_PX)
        self._labels: list[Any] = []
        self._rules: list[tuple[Any, Any]] = []
        plot.addItem(self._symbols)

    def set_events(self, events: Sequence[Event], names: Mapping[int, str]) -> None:
        """`names`: of the students. Call `draw` and `place_labels` afterwards."""
        self._events, self._names = events, names

    def draw(self) -> None:
        """Draws symbols and lines, in the colours of the theme."""
        theme = current_theme()
        self._symbols.setData([_make_symbol(event, theme) for event in self._events])
        for plot, rule in self._rules:
            plot.removeItem(rule)
        self._rules = []
        for event in self._events:
            if event.kind is EventKind.BOOKMARK:
                self._add_rules(event.second, theme)

    def _add_rules(self, second: int, theme: Theme) -> None:
        for plot in self._others:
            rule = pg.InfiniteLine(second, angle=90, pen=make_pen(theme.accent, 1, Qt.PenStyle.DotLine))
            plot.addItem(rule, ignoreBounds=True)
            self._rules.append((plot, rule))

    def place_labels(self, left: float, right: float, font: QFont) -> None:
        """Labels the marks between two seconds, elided at the next mark; without room there is no label."""
        for label in self._labels:
            self._plot.removeItem(label)
        self._labels = []
        seconds_a_px = max(1e-6, right - left) / max(1.0, self._plot.getViewBox().width())
        metrics = QFontMetrics(font)
        shown = sorted((event for event in self._events if left <= event.second <= right), key=_second)
        for event, following in zip_longest(shown, shown[1:]):
            end = right if following is None else following.second
            room_px = int((end - event.second) / seconds_a_px) - 2 * _MARK_PX
            if room_px >= _MIN_LABEL_PX:
                words = describe_event(event, self._names)
                text = metrics.elidedText(words, Qt.TextElideMode.ElideRight, min(room_px, _MAX_LABEL_PX))
                self._add_label(text, event.second + _MARK_PX / 2 * seconds_a_px)

    def _add_label(self, text: str, second: float) -> None:
        label = pg.TextItem(text, color=current_theme().muted, anchor=(0, 0.5))
        label.setPos(second, 0.5)
        self._plot.addItem(label, ignoreBounds=True)
        self._labels.append(label)

    def label_texts(self) -> list[str]:
        """The texts of the labels."""
        return [str(label.toPlainText()) for label in self._labels]


def _make_symbol(event: Event, theme: Theme) -> dict[str, object]:
    looks = {
        EventKind.BOOKMARK: ("d", theme.accent),
        EventKind.NOTE: ("s", theme.good),
        EventKind.FLAG_RAISED: ("t1", theme.warning),
    }
    symbol, colour = looks.get(event.kind, ("x", theme.danger))
    return {"pos": (event.second, 0.5), "symbol": symbol, "brush": colour, "pen": None}


def _second(event: Event) -> int:
    return event.second
