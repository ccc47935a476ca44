"""The section on every student over time: one row each, drawn for paper, with a pattern for each state."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from typing import Final

import numpy as np

from fer_desktop.analysis.presence_map import NOTHING, PRESENCE_ORDER, make_presence_map
from fer_desktop.messages import Language, mark
from fer_desktop.messages.words import format_clock
from fer_desktop.report.charts import WIDTH_PX, make_figure, make_text
from fer_desktop.report.content import Section
from fer_desktop.report.words import name_student
from fer_desktop.storage.values import HeatGrid
from fer_desktop.types import Presence

COLUMNS: Final = 240
"""As many as paper can show."""

_LEFT: Final = 130
_TOP: Final = 4
_ROWS_PX: Final = 620
_MOST_ROW_PX: Final = 14
_NAME_LETTERS: Final = 20
_STEPS_S: Final = (60, 120, 300, 600, 900, 1800, 3600, 7200)

_TITLE: Final = mark("Every student")
_FIGURE: Final = mark("Who was visible when")
_SUMMARY: Final = mark("A row for each student over the lesson. White: not in view. Gaps in all rows: not recorded.")
_WORDS: Final = {
    Presence.VISIBLE: mark("visible"),
    Presence.UNREADABLE: mark("face not seen"),
    Presence.EMPTY: mark("nobody in view"),
    Presence.CAMERA_OFF: mark("camera off"),
}
_FILLS: Final = {
    Presence.VISIBLE: ("#0a7d57", ""),
    Presence.UNREADABLE: ("#8fd3b6", '<circle cx="3" cy="3" r="0.9" fill="#1a1f26"/>'),
    Presence.EMPTY: ("#d9b8e8", '<path d="M3 0V6" stroke="#1a1f26" stroke-width="0.8"/>'),
    Presence.CAMERA_OFF: ("#2b323b", '<path d="M-1 7L7 -1" stroke="#ffffff" stroke-width="1"/>'),
}


def make_heat_section(grid: HeatGrid, labels: Mapping[int, str], seconds: int, language: Language) -> Section:
    """The map of all students of the grid. `seconds`: of the lesson."""
    row = min(_MOST_ROW_PX, _ROWS_PX / max(1, len(grid.students)))
    bottom = _TOP + row * len(grid.students)
    body = [
        "<defs>",
        *(_pattern(state) for state in _FILLS),
        "</defs>",
        *_draw_rows(grid, labels, row, language),
        *_draw_axis(grid, seconds, bottom),
        *_draw_legend(bottom + 34, language),
    ]
    figure = make_figure("students", language.text(_FIGURE), language.text(_SUMMARY), body, round(bottom + 44))
    return Section("students", language.text(_TITLE), figures=(figure,))


def select_rows(grid: HeatGrid, keep: Callable[[int], bool]) -> HeatGrid:
    """The grid with the rows of some students only."""
    rows = np.array([keep(int(student)) for student in grid.students], bool)
    fields = ("students", "tiles", "cameras_on", "people", "faces", "probabilities", "attention")
    return replace(grid, **{name: getattr(grid, name)[rows] for name in fields})


def _draw_rows(grid: HeatGrid, labels: Mapping[int, str], row: float, language: Language) -> Iterator[str]:
    for place, (student, states) in enumerate(zip(grid.students.tolist(), make_presence_map(grid), strict=True)):
        top = _TOP + place * row
        name = name_student(student, labels.get(student), language)
        cut = name if len(name) <= _NAME_LETTERS else f"{name[: _NAME_LETTERS - 1]}…"
        yield make_text(_LEFT - 6, top + row / 2 + 4, cut, "end")
        yield f'<path d="M{_LEFT} {top + row:.1f}H{WIDTH_PX - 10}" stroke="#d8dde4" stroke-width="0.5"/>'
        column = 0
        for state, run in groupby(states.tolist()):
            length = len(list(run))
            if state != NOTHING and PRESENCE_ORDER[state] in _FILLS:
                left, width = _x(grid, column), _x(grid, column + length) - _x(grid, column)
                yield (
                    f'<rect x="{left:.1f}" y="{top + 1:.1f}" width="{width:.1f}" height="{row - 2:.1f}" '
                    f'fill="url(#presence-{PRESENCE_ORDER[state]})"/>'
                )
            column += length


def _x(grid: HeatGrid, column: float) -> float:
    return _LEFT + (WIDTH_PX - 10 - _LEFT) * column / max(1, len(grid.recorded))


def _draw_axis(grid: HeatGrid, seconds: int, bottom: float) -> Iterator[str]:
    step = next((step for step in _STEPS_S if seconds <= 8 * step), _STEPS_S[-1])
    for second in range(0, seconds + 1, step):
        at = _x(grid, second / grid.column_s)
        yield f'<path d="M{at:.1f} {bottom:.1f}v4" stroke="#58626e"/>'
        yield make_text(at, bottom + 15, format_clock(second), "end" if at > WIDTH_PX - 30 else "middle")


def _draw_legend(top: float, language: Language) -> Iterator[str]:
    for place, (state, word) in enumerate(_WORDS.items()):
        left = _LEFT + place * 140
        yield (
            f'<rect x="{left}" y="{top - 10:.1f}" width="16" height="12" fill="url(#presence-{state})" '
            'stroke="#1a1f26"/>'
        )
        yield make_text(left + 21, top, language.text(word), "start")


def _pattern(state: Presence) -> str:
    colour, marks = _FILLS[state]
    return (
        f'<pattern id="presence-{state}" width="6" height="6" patternUnits="userSpaceOnUse">'
        f'<rect width="6" height="6" fill="{colour}"/>{marks}</pattern>'
    )
