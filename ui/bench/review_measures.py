"""Measures the real review window on a term of lessons."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import Final

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from fer_desktop.storage.store import Store
from ui.review.compare_page import ComparePage
from ui.review.review_window import ReviewWindow
from ui.review.student_page import StudentPage

LONGEST_WAIT_S: Final = 60.0
PANNED_S: Final = 4.0
"""How long panning is measured in each view."""
_VIEWS_S: Final = (600, 3600)
"""Ten minutes and an hour in view; the latter only where the lesson is longer than that."""
_STEPS_PER_VIEW: Final = 90


@dataclass(frozen=True, slots=True)
class Measured:
    """`value`: milliseconds, or frames a second where `rate`. `bar`: None where there is none."""

    what: str
    value: float
    bar: float | None
    rate: bool = False

    @property
    def met(self) -> bool | None:
        """Whether the value meets the bar; None without a bar."""
        if self.bar is None:
            return None
        return self.value >= self.bar if self.rate else self.value <= self.bar


def measure_review(
    store: Store, *, repeats: int, on_progress: Callable[[str], None], panned_s: float = PANNED_S
) -> list[Measured]:
    """Medians of `repeats` times each. `on_progress`: gets what is measured.

    The store holds at least two sessions, each of half an hour or more, with named students.
    """
    on_progress("the list of sessions")
    sessions = store.list_sessions()
    listed = _median_ms(repeats, lambda: (store.list_sessions(), store.search_texts()))
    window = ReviewWindow(store, _export_nothing)
    try:
        window.show()
        _wait_for(window.isVisible)
        on_progress("opening a session")
        opened = [_open(window, each.id) for each in sessions[: 2 * repeats : 2]]
        on_progress("panning its timeline")
        views_s = [view_s for view_s in _VIEWS_S if view_s < window.page.timeline.length_s]
        rates = [_pan(window, view_s, panned_s) for view_s in views_s]
        on_progress("the pages behind it")
        student = _side_ms(window, repeats, window.page.student_card.page_button.click, window.sides.student)
        compare = _side_ms(window, repeats, window.page.compare_button.click, window.sides.compare)
    finally:
        window.wait()
        window.close()
    return [
        Measured(f"list of {len(sessions)} sessions, with what can be searched", listed, 500),
        Measured("a session opens", median(page for page, _ in opened), 1000),
        Measured("  its heat map too", median(heat for _, heat in opened), None),
        Measured(
            "its timeline pans, ten minutes or an hour in view: frames painted a second", min(rates), 30, rate=True
        ),
        Measured("a student's lessons of the term", student, 1000),
        Measured("two lessons beside each other", compare, None),
    ]


def _open(window: ReviewWindow, session: int) -> tuple[float, float]:
    """Milliseconds until the session's page is painted, and until its heat map is."""
    started_s = time.perf_counter()
    window.refresh(select=session)
    _wait_for(lambda: window.page.isVisible() and _opened(window) == session)
    page_s = time.perf_counter() - started_s
    _wait_for(window.page.heat.map.isVisible)
    heat_s = time.perf_counter() - started_s
    window.page.students.table.select(1)
    _wait_for(window.page.student_card.timeline.isVisible)
    return 1000 * page_s, 1000 * heat_s


def _opened(window: ReviewWindow) -> int | None:
    return None if window.page.summary is None else window.page.summary.id


class _PaintCounter(QObject):
    """Counts the paint events of a widget."""

    def __init__(self, watched: QObject) -> None:
        super().__init__()
        self.paints = 0
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.paints += event.type() == QEvent.Type.Paint
        return False


def _pan(window: ReviewWindow, view_s: int, panned_s: float) -> float:
    """Frames painted a second while a view of `view_s` seconds moves along the timeline as fast as possible.

    The heat map and the chosen student's timeline move with it.
    """
    timeline = window.page.timeline
    counter = _PaintCounter(timeline.canvas)
    started_s, left = time.perf_counter(), 0
    while time.perf_counter() - started_s < panned_s:
        left = (left + view_s // _STEPS_PER_VIEW) % max(1, timeline.length_s - view_s)
        timeline.show_range(left, left + view_s)
        QApplication.processEvents()
    rate = counter.paints / (time.perf_counter() - started_s)
    timeline.canvas.removeEventFilter(counter)
    return rate


def _side_ms(window: ReviewWindow, repeats: int, click: Callable[[], None], page: StudentPage | ComparePage) -> float:
    """Median milliseconds from the click until the page is painted."""
    times = []
    for _ in range(repeats):
        started_s = time.perf_counter()
        click()
        _wait_for(page.isVisible)
        times.append(1000 * (time.perf_counter() - started_s))
        page.head.back.click()
        _wait_for(window.page.isVisible)
    return median(times)


def _median_ms(repeats: int, call: Callable[[], object]) -> float:
    times = []
    for _ in range(repeats):
        started_s = time.perf_counter()
        call()
        times.append(1000 * (time.perf_counter() - started_s))
    return median(times)


def _wait_for(condition: Callable[[], bool]) -> None:
    """Processes events until the condition holds and is painted. Raises `TimeoutError`."""
    end_s = time.perf_counter() + LONGEST_WAIT_S
    while not condition():
        QApplication.processEvents()
        if time.perf_counter() > end_s:
            raise TimeoutError("the window did not answer within a minute")
        time.sleep(0.001)
    QApplication.processEvents()


def _export_nothing(*_: object, **__: object) -> None:
    """The benchmark saves nothing."""
