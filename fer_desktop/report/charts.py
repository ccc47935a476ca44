"""Draws the charts of a report as SVG: sharp on paper, readable in black and white, without a plotting library.

Only elements that every SVG renderer supports are used, Qt's included. Colours are those of the windows' light theme;
each expression also has a pattern, and each line its own stroke.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fer_desktop.analysis.binned_series import BinnedSeries
from fer_desktop.messages import ENGLISH, Language, mark
from fer_desktop.messages.words import ATTENTION_WORDS, EXPRESSION_WORDS, format_clock
from fer_desktop.report.content import Figure
from fer_desktop.report.words import format_share
from fer_desktop.types import (
    BALANCED_MOOD,
    EXPRESSIONS,
    HIGH_ATTENTION,
    LOW_ATTENTION,
    STACK_ORDER,
    AttentionLevel,
    Expression,
)

WIDTH_PX: Final = 720
_LEFT: Final = 66
_RIGHT: Final = WIDTH_PX - 10
_TOP: Final = 12
_INK: Final = "#1a1f26"
_MUTED: Final = "#58626e"
_GRID: Final = "#d8dde4"
_TICKS_S: Final = (1, 5, 10, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200)

_FILLS: Final = {
    Expression.HAPPY: ("#e69f00", ""),
    Expression.SURPRISE: ("#f0e442", '<circle cx="3" cy="3" r="1.1" fill="{ink}"/>'),
    Expression.NEUTRAL: ("#cfd6dd", ""),
    Expression.SAD: ("#0072b2", '<path d="M-1 7L7 -1" stroke="#ffffff" stroke-width="1"/>'),
    Expression.FEAR: ("#cc79a7", '<path d="M3 0V6" stroke="{ink}" stroke-width="0.9"/>'),
    Expression.ANGRY: ("#d55e00", '<path d="M-1 -1L7 7" stroke="{ink}" stroke-width="1"/>'),
    Expression.DISGUST: ("#009e73", '<path d="M0 3H6" stroke="#ffffff" stroke-width="1"/>'),
}

_MOOD: Final = mark("Mood of the class")
_EXPRESSIONS: Final = mark("Expressions")
_PRESENCE: Final = mark("Presence")
_ATTENTION: Final = mark("Attention (estimate)")

_POSITIVE: Final = mark("positive")
_BALANCED: Final = mark("balanced")
_NEGATIVE: Final = mark("negative")
_IN_VIEW: Final = mark("in view")
_CAMERAS_ON: Final = mark("cameras on")
_FACES_SEEN: Final = mark("faces seen")

_LEVELS: Final = ((AttentionLevel.HIGH, 0.82), (AttentionLevel.MIDDLE, 0.45), (AttentionLevel.LOW, 0.12))
"""The position of each level's label on the index."""

Points = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Area:
    """The plot area: session seconds on the x axis, `low` to `high` on the y axis."""

    seconds: int
    low: float
    high: float
    bottom: int

    def x(self, second: float) -> float:
        """Pixels from the left."""
        return _LEFT + (_RIGHT - _LEFT) * min(1.0, second / max(1, self.seconds))

    def y(self, value: float) -> float:
        """Pixels from the top."""
        return self.bottom - (self.bottom - _TOP) * (value - self.low) / (self.high - self.low)


@dataclass(frozen=True, slots=True)
class _Line:
    values: Points
    colour: str
    width: float
    dashes: str = ""


def draw_mood(
    bins: BinnedSeries, seconds: int, *, drops: Sequence[int], summary: str, language: Language = ENGLISH
) -> Figure:
    """The class's mood. `drops`: seconds that are marked with numbers in chronological order."""
    area = _Area(seconds, *_mood_range(bins), bottom=150)
    body = [
        f'<rect x="{_LEFT}" y="{area.y(BALANCED_MOOD):.1f}" width="{_RIGHT - _LEFT}" '
        f'height="{area.y(-BALANCED_MOOD) - area.y(BALANCED_MOOD):.1f}" fill="#eef1f5"/>',
        make_text(_LEFT - 6, area.y(area.high) + 9, language.text(_POSITIVE), "end"),
        make_text(_LEFT - 6, area.y(0) + 4, language.text(_BALANCED), "end"),
        make_text(_LEFT - 6, area.y(area.low), language.text(_NEGATIVE), "end"),
        *_draw_axes(area),
    ]
    for number, second in enumerate(sorted(drops), start=1):
        at = area.x(second)
        body.append(f'<path d="M{at:.1f} {_TOP}V{area.bottom}" stroke="{_MUTED}" stroke-dasharray="2 3"/>')
        body.append(make_text(at + 3, _TOP + 10, str(number), "start", _INK))
    body += _draw_line(area, bins, _Line(bins.mood.astype(np.float64), _INK, 1.8))
    return make_figure("mood", language.text(_MOOD), summary, body, 172)


def draw_expressions(bins: BinnedSeries, seconds: int, *, summary: str, language: Language = ENGLISH) -> Figure:
    """The stacked shares of the seven expressions."""
    area = _Area(seconds, 0.0, 1.0, bottom=170)
    shares = bins.probabilities[:, [EXPRESSIONS.index(name) for name in STACK_ORDER]].astype(np.float64)
    with np.errstate(invalid="ignore"):
        tops = 1 - np.cumsum(shares, axis=1) / shares.sum(axis=1, keepdims=True)
    edges = np.column_stack([np.ones(len(shares)), np.clip(tops, 0, 1)])
    body = ["<defs>", *(_pattern(name) for name in STACK_ORDER), "</defs>"]
    for run in _runs(~np.isnan(edges[:, -1])):
        for index, name in enumerate(STACK_ORDER):
            body.append(_draw_band(area, bins, run, edges[:, index], edges[:, index + 1], name))
    body += [
        *_draw_axes(area),
        make_text(_LEFT - 6, area.y(1) + 9, format_share(1, language), "end"),
        make_text(_LEFT - 6, area.y(0), format_share(0, language), "end"),
    ]
    for index, name in enumerate(STACK_ORDER):
        left = _LEFT + index * 92
        body.append(f'<rect x="{left}" y="196" width="16" height="12" fill="url(#fill-{name})" stroke="{_INK}"/>')
        body.append(make_text(left + 21, 206, language.text(EXPRESSION_WORDS[name]), "start", _INK))
    return make_figure("expressions", language.text(_EXPRESSIONS), summary, body, 214)


def draw_presence(bins: BinnedSeries, seconds: int, *, summary: str, language: Language = ENGLISH) -> Figure:
    """Students in view, cameras on, faces seen."""
    counts = np.concatenate([bins.students, bins.cameras_on, bins.faces])
    most = max(1.0, float(np.ceil(np.nanmax(counts, initial=0.0))))
    area = _Area(seconds, 0.0, 1.08 * most, bottom=130)
    lines = (
        (_IN_VIEW, _Line(bins.students, _MUTED, 1.4, "6 3")),
        (_CAMERAS_ON, _Line(bins.cameras_on, "#7fb8dd", 4.0)),
        (_FACES_SEEN, _Line(bins.faces, _INK, 1.4)),
    )
    body = [
        *_draw_axes(area),
        make_text(_LEFT - 6, area.y(most) + 4, f"{most:.0f}", "end"),
        make_text(_LEFT - 6, area.y(0), "0", "end"),
    ]
    for index, (word, line) in enumerate(lines):
        body += _draw_line(area, bins, line)
        left = _LEFT + index * 120
        body.append(f'<path d="M{left} 162H{left + 26}" {_stroke(line)}/>')
        body.append(make_text(left + 32, 166, language.text(word), "start", _INK))
    return make_figure("presence", language.text(_PRESENCE), summary, body, 174)


def draw_attention(bins: BinnedSeries, seconds: int, *, summary: str, language: Language = ENGLISH) -> Figure:
    """The concentration index with the borders of its three levels."""
    area = _Area(seconds, 0.0, 1.0, bottom=110)
    body = [
        f'<path d="M{_LEFT} {area.y(border):.1f}H{_RIGHT}" stroke="{_MUTED}" stroke-dasharray="2 3"/>'
        for border in (LOW_ATTENTION, HIGH_ATTENTION)
    ]
    for level, index in _LEVELS:
        body.append(make_text(_LEFT - 6, area.y(index) + 4, language.text(ATTENTION_WORDS[level]), "end"))
    body += [*_draw_axes(area), *_draw_line(area, bins, _Line(bins.attention, _INK, 1.6))]
    return make_figure("attention", language.text(_ATTENTION), summary, body, 132)


def make_figure(name: str, title: str, summary: str, body: Sequence[str], height: int) -> Figure:
    """Title and summary stand beside the picture; inside it, screen readers would read them twice."""
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH_PX} {height}" width="{WIDTH_PX}" '
        f'height="{height}" font-family="sans-serif" font-size="11" fill="none">{"".join(body)}</svg>'
    )
    return Figure(name, title, summary, svg, WIDTH_PX, height)


def _mood_range(bins: BinnedSeries) -> tuple[float, float]:
    """A range symmetric around 0, at least -.5 to .5, so that noise does not look like change."""
    largest = float(np.nanmax(np.abs(bins.mood), initial=0.0))
    reach = min(1.0, max(0.5, np.ceil(largest * 10) / 10))
    return -reach, reach


def _draw_axes(area: _Area) -> Iterator[str]:
    yield (
        f'<rect x="{_LEFT}" y="{_TOP}" width="{_RIGHT - _LEFT}" height="{area.bottom - _TOP}" stroke="{_GRID}" '
        'stroke-width="1"/>'
    )
    step = next((tick for tick in _TICKS_S if area.seconds <= 8 * tick), 4 * _TICKS_S[-1])
    for second in range(0, area.seconds + 1, step):
        at = area.x(second)
        anchor = "start" if not second else "end" if at > _RIGHT - 20 else "middle"
        yield f'<path d="M{at:.1f} {area.bottom}v4" stroke="{_MUTED}"/>'
        yield make_text(at, area.bottom + 15, format_clock(second), anchor)


def _draw_line(area: _Area, bins: BinnedSeries, line: _Line) -> Iterator[str]:
    """A line with gaps where nothing was recorded; an isolated bin becomes a dot."""
    middles = (bins.starts + np.minimum(bins.starts + bins.length_s, area.seconds)) / 2
    for run in _runs(~np.isnan(line.values)):
        points = [
            f"{area.x(second):.1f} {area.y(value):.1f}"
            for second, value in zip(middles[run], line.values[run], strict=True)
        ]
        if len(points) == 1:
            x, y = points[0].split()
            yield f'<circle cx="{x}" cy="{y}" r="2" fill="{line.colour}"/>'
        else:
            yield f'<path d="M{"L".join(points)}" {_stroke(line)}/>'


def _draw_band(area: _Area, bins: BinnedSeries, run: slice, upper: Points, lower: Points, name: Expression) -> str:
    """The band between two edges, from the start of the run's first bin to the end of its last."""
    starts = bins.starts[run]
    lefts = [area.x(second) for second in starts]
    rights = [*lefts[1:], area.x(starts[-1] + bins.length_s)]
    across = [x for pair in zip(lefts, rights, strict=True) for x in pair]
    edges = [
        [f"{x:.1f} {area.y(y):.1f}" for x, y in zip(across, np.repeat(edge[run], 2), strict=True)]
        for edge in (upper, lower)
    ]
    outline = "L".join([*edges[0], *reversed(edges[1])])
    return f'<path d="M{outline}Z" fill="url(#fill-{name})" stroke="#ffffff" stroke-width="0.4"/>'


def _runs(known: NDArray[np.bool_]) -> Iterator[slice]:
    """The runs of known values without a gap."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], known, [False]]).astype(np.int8)))
    for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        yield slice(start, end)


def _pattern(name: Expression) -> str:
    colour, marks = _FILLS[name]
    return (
        f'<pattern id="fill-{name}" width="6" height="6" patternUnits="userSpaceOnUse">'
        f'<rect width="6" height="6" fill="{colour}"/>{marks.format(ink=_INK)}</pattern>'
    )


def _stroke(line: _Line) -> str:
    dashes = f' stroke-dasharray="{line.dashes}"' if line.dashes else ""
    return f'stroke="{line.colour}" stroke-width="{line.width}" stroke-linejoin="round"{dashes}'


def make_text(x: float, y: float, words: str, anchor: str, colour: str = _MUTED) -> str:
    """Words at a place, escaped."""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}">{escape(words)}</text>'
