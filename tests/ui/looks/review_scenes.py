"""The review window: a term of lessons, one of them whole, its pages, and what may be deleted or joined in it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

import numpy as np
from PySide6.QtWidgets import QDialog, QScrollArea, QWidget

from fer_desktop.messages import Message, MessageKey
from fer_desktop.simulation.drawing import SceneDrawer
from fer_desktop.simulation.script import make_script
from fer_desktop.storage.values import HeatGrid, MoodSeries, StudentSeries, StudentSummary
from fer_desktop.types import Event, EventKind, FlagKind
from tests.evidence import NOT_IN_CALL
from tests.ui.fake_store import FakeStore, make_session
from tests.ui.looks.stage import Scene, on_stage, settle, wait_until
from ui.charts.heat_arrays import HeatMeasure
from ui.dialogs.student_dialogs import JoinDialog
from ui.review.review_window import ReviewWindow

_STUDENTS: Final = 27
_SECONDS: Final = 3120
_NAMES: Final = {
    3: "Anna Schmidt",
    7: "Zoë Kim",
    12: "Adil O'Neil",
    19: "Priya Ramachandran-Venkataraman",
    22: "आरव शर्मा",
}
_ROSTER: Final = [*_NAMES.values(), "Émile Zola", "Jean-Luc Picard"]
_EVENTS: Final = (
    Event(EventKind.BOOKMARK, 700, "Started the group work", id=1),
    Event(EventKind.FLAG_RAISED, 1210, "", 4, FlagKind.AWAY, NOT_IN_CALL, id=2),
    Event(EventKind.NOTE, 1500, "asked a good question about entropy", 7, id=3),
    Event(EventKind.FLAG_RAISED, 1800, "", 7, FlagKind.NEGATIVE, Message(MessageKey.NEGATIVE, lasted_s=90), id=4),
    Event(EventKind.FLAG_DISMISSED, 1830, "", 7, FlagKind.NEGATIVE, id=5),
    Event(EventKind.PAUSED, 2000, id=6),
    Event(EventKind.RESUMED, 2060, id=7),
    Event(
        EventKind.FLAG_RAISED,
        2400,
        "",
        None,
        FlagKind.CLASS_DROP,
        Message(MessageKey.CLASS_MOOD_FELL, fell=17, students=22),
        id=8,
    ),
    Event(EventKind.NOTE, 2900, "come back to the second law next time", id=9),
)


class _Term(FakeStore):
    """Six lessons of two courses. `expressions_on` False: those of a place where no expression may be read."""

    def __init__(self, *, expressions_on: bool = True, aggregate_only: bool = False, length_s: int = _SECONDS) -> None:
        options: dict[str, object] = {"expressions_on": expressions_on, "aggregate_only": aggregate_only}
        options |= {} if expressions_on else {"mean_mood": None, "place": "DE", "flags": 1}
        moods = (0.18, 0.31, -0.12, 0.05)
        lessons = [
            make_session(number, **({"seconds": length_s, "mean_mood": moods[number % 4]} | options))
            for number in (1, 3, 8, 10)
        ]
        others = [
            make_session(6, course="Chemistry", students=19, interrupted=True, mean_mood=-0.4),
            make_session(2, course="", students=25, simulated=True, bookmarks=0, flags=0),
        ]
        super().__init__([*lessons, *others], seconds=length_s, students=_STUDENTS)
        self.names = dict(_NAMES)
        self.rosters["Physics 101"] = list(_ROSTER)
        self.stored_events = [event for event in _EVENTS if self._is_stored(event, expressions_on)]
        self.texts = {3: "group work", 8: "entropy"}
        self._expressions_on, self._aggregate_only = expressions_on, aggregate_only

    @staticmethod
    def _is_stored(event: Event, expressions_on: bool) -> bool:
        return expressions_on or event.flag in (None, FlagKind.AWAY)

    def mood_series(self, session_id: int, /) -> MoodSeries:
        series = super().mood_series(session_id)
        shift = 0.04 * (session_id % 5)
        shares = np.roll(series.probabilities, 61 * session_id, axis=0)
        if not self._expressions_on:
            unread = np.full_like(series.mood, np.nan)
            return replace(series, probabilities=np.full_like(shares, np.nan), mood=unread, attention=unread)
        mood = np.roll(series.mood, 61 * session_id) + np.float32(shift)
        return replace(series, probabilities=shares, mood=mood)

    def students(self, session_id: int, /) -> list[StudentSummary]:
        if self._aggregate_only:
            return []
        students = super().students(session_id)
        if self._expressions_on:
            return [replace(each, attention=0.75 - 0.02 * each.student) for each in students]
        return [replace(each, mean_probabilities=None) for each in students]

    def student_series(self, session_id: int, student: int, /) -> StudentSeries:
        series = super().student_series(session_id, student)
        if self._expressions_on:
            return series
        probabilities = np.full_like(series.probabilities, np.nan)
        return replace(series, probabilities=probabilities, attention=np.full_like(series.attention, np.nan))

    def heat_grid(self, session_id: int, columns: int, /) -> HeatGrid:
        grid = super().heat_grid(session_id, columns)
        if self._expressions_on:
            return grid
        probabilities = np.full_like(grid.probabilities, np.nan)
        return replace(grid, probabilities=probabilities, attention=np.full_like(grid.attention, np.nan))


@contextmanager
def reviewing(
    store: FakeStore,
    *,
    width: int = 1240,
    height: int = 940,
    then: Callable[[ReviewWindow], object] = lambda _: None,
) -> Iterator[QWidget]:
    """The newest lesson, read whole. `then`: what the teacher does."""
    window = ReviewWindow(store, lambda *_, **__: None)
    window.resize(width, height)
    with on_stage(window):
        window.refresh()
        if store.sessions:
            wait_until(window.page.isVisible)
        if window.page.students_shown():
            wait_until(lambda: not window.page.heat.waiting.isVisibleTo(window.page.heat))
        settle()
        then(window)
        settle()
        yield window


def _choose(window: ReviewWindow) -> None:
    window.page.students.select(7)
    wait_until(lambda: window.page.student_card.timeline.isVisibleTo(window))


def _show_recording(window: ReviewWindow) -> None:
    """The frame of a moment: drawn students, no real people."""
    still = window.page.still
    still.begin(name="monday.mp4", length_s=_SECONDS, found=True)
    window.page.timeline.show_mark(1500)
    still.show_second(1500)
    still.view.show_image(SceneDrawer(make_script(students=9, seconds=60, seed=3)).draw(30.0, 640, 360))


def _ask_for_recording(window: ReviewWindow) -> None:
    window.page.still.begin(name="monday.mp4", length_s=_SECONDS, found=False)
    _scroll(window, 0.35)


def _scroll(window: ReviewWindow, share: float) -> None:
    bar = window.page.findChildren(QScrollArea)[0].verticalScrollBar()
    bar.setValue(round(share * bar.maximum()))


def _show_students(window: ReviewWindow) -> None:
    _choose(window)
    window.page.timeline.show_moment(1500)
    _scroll(window, 0.5)


def _show_attendance(window: ReviewWindow) -> None:
    _choose(window)
    window.page.students.tabs.setCurrentIndex(1)
    _scroll(window, 0.5)


def _show_heat(measure: HeatMeasure) -> Callable[[ReviewWindow], None]:
    def show(window: ReviewWindow) -> None:
        card = window.page.heat
        card.measures.setCurrentIndex(card.measures.findData(measure))
        _scroll(window, 1.0)

    return show


def _open_student(window: ReviewWindow) -> None:
    _choose(window)
    window.page.student_card.page_requested.emit()
    wait_until(window.sides.student.isVisible)


def _compare(window: ReviewWindow) -> None:
    window.page.compare_button.click()
    wait_until(window.sides.compare.isVisible)


def _open_follow_up(window: ReviewWindow) -> None:
    window.page.follow_up_button.click()
    wait_until(window.sides.follow_up.isVisible)


def _search(words: str) -> Callable[[ReviewWindow], None]:
    return lambda window: window.finder.search.setText(words)


@contextmanager
def _deleted() -> Iterator[QWidget]:
    """The lesson is out of sight, and can be taken back."""
    store = _Term()

    def delete(window: ReviewWindow) -> None:
        window.page.delete_button.click()
        wait_until(lambda: window.page.summary is not None and window.page.summary.id != 10)
        wait_until(lambda: not window.page.heat.waiting.isVisibleTo(window.page.heat))

    with reviewing(store, then=delete) as window:
        yield window


@contextmanager
def _erasing() -> Iterator[QWidget]:
    """What is asked before a student is erased."""

    def erase(window: ReviewWindow) -> None:
        _choose(window)
        window.page.student_card.erase_requested.emit()

    with reviewing(_Term(), then=erase) as window:
        dialog = window.findChildren(QDialog)[0]
        yield dialog
        dialog.close()


@contextmanager
def _joining() -> Iterator[QWidget]:
    """What is asked before two students become one."""
    store = _Term()
    store.together = {3: 840}

    def join(window: ReviewWindow) -> None:
        _choose(window)
        window.page.student_card.join_action.trigger()
        wait_until(lambda: bool(window.findChildren(JoinDialog)))
        choice = window.findChildren(JoinDialog)[0].choice
        choice.setCurrentIndex(choice.findData(3))

    with reviewing(store, then=join) as window:
        dialog = window.findChildren(JoinDialog)[0]
        yield dialog
        dialog.close()


REVIEW_SCENES: Final[dict[str, Scene]] = {
    "review": Scene(lambda: reviewing(_Term(), then=_choose)),
    "review-narrow": Scene(lambda: reviewing(_Term(), width=820, height=700, then=_choose)),
    "review-students": Scene(lambda: reviewing(_Term(), then=_show_students)),
    "review-larger-text": Scene(lambda: reviewing(_Term(), then=_choose), text_size="larger"),
    "review-students-larger-text": Scene(lambda: reviewing(_Term(), then=_show_students), text_size="larger"),
    "review-attendance-larger-text": Scene(lambda: reviewing(_Term(), then=_show_attendance), text_size="larger"),
    "review-attendance": Scene(lambda: reviewing(_Term(), then=_show_attendance)),
    "review-heat-expression": Scene(lambda: reviewing(_Term(), then=_show_heat(HeatMeasure.EXPRESSION))),
    "review-heat-attention": Scene(lambda: reviewing(_Term(), then=_show_heat(HeatMeasure.ATTENTION))),
    "review-student": Scene(lambda: reviewing(_Term(), then=_open_student)),
    "review-recording": Scene(lambda: reviewing(_Term(), then=_show_recording)),
    "review-recording-unknown": Scene(lambda: reviewing(_Term(), width=820, height=700, then=_ask_for_recording)),
    "review-compare": Scene(lambda: reviewing(_Term(), then=_compare)),
    "review-follow-up": Scene(lambda: reviewing(_Term(), height=760, then=_open_follow_up)),
    "review-follow-up-off": Scene(lambda: reviewing(_Term(expressions_on=False), height=700, then=_open_follow_up)),
    "review-nothing-found": Scene(lambda: reviewing(_Term(), width=820, height=560, then=_search("latin"))),
    "review-deleted": Scene(_deleted),
    "review-empty": Scene(lambda: reviewing(FakeStore(), width=820, height=560)),
    "review-short": Scene(lambda: reviewing(_Term(length_s=1), width=1000, height=700)),
    "review-expressions-off": Scene(lambda: reviewing(_Term(expressions_on=False), then=_choose)),
    "review-whole-class": Scene(lambda: reviewing(_Term(aggregate_only=True), height=700)),
    "erase": Scene(_erasing),
    "review-join": Scene(_joining),
}
