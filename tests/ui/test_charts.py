"""The numbers behind the charts, and the charts that show them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fer_desktop.analysis.presence_map import PRESENCE_ORDER
from fer_desktop.messages import literal
from fer_desktop.types import ClassMood, Event, EventKind, FlagKind
from tests.fakes import make_probabilities
from tests.ui.fake_store import make_mood_series, make_student_series
from ui.charts.arrays import (
    BRIDGED_S,
    EDGE,
    EMPTY,
    RECENT_S,
    RecentSeries,
    band_middles,
    fill_gaps,
    make_stack_picture,
    running_mean,
)
from ui.charts.live_charts import MoodChart, PresenceChart
from ui.charts.plots import ChartView
from ui.charts.student_timeline import presence_strip
from ui.charts.timeline import SessionTimeline


def mood_at(second: int, **shares: float) -> ClassMood:
    return ClassMood(second, make_probabilities(**shares), 20, 21, 22, 25)


def test_seconds_move_the_recent_series_on_and_gaps_stay_empty() -> None:
    series = RecentSeries()
    assert series.add(mood_at(0, happy=0.5))
    assert series.add(mood_at(3, happy=0.7))
    np.testing.assert_allclose(series.mood[-4:], [0.5, np.nan, np.nan, 0.7], atol=1e-6)
    assert series.faces[-1] == 20
    assert np.isnan(series.faces[-2])


def test_a_second_reading_of_a_second_replaces_the_first() -> None:
    series = RecentSeries()
    series.add(mood_at(5, happy=0.5))
    assert not series.add(mood_at(5, happy=0.9))
    assert series.mood[-1] == pytest.approx(0.9)
    assert np.isnan(series.mood[-2])


def test_an_older_second_is_passed_over_and_a_long_gap_empties_everything() -> None:
    series = RecentSeries()
    series.add(mood_at(5, happy=0.5))
    assert not series.add(mood_at(4, happy=0.1))
    series.add(mood_at(5 + 10 * RECENT_S, happy=0.2))
    assert np.isnan(series.mood[:-1]).all()


def test_withheld_expressions_leave_the_counts() -> None:
    series = RecentSeries()
    series.add(mood_at(1, happy=0.5), mood_shown=False)
    assert np.isnan(series.mood[-1])
    assert series.students[-1] == 25


@given(st.lists(st.floats(-1, 1, width=32) | st.just(float("nan")), min_size=1, max_size=60), st.integers(1, 15))
@settings(deadline=None)
def test_a_running_mean_is_the_mean_of_the_known_values_in_its_window(values: list[float], width: int) -> None:
    array = np.array(values, np.float32)
    means = running_mean(array, width)
    for place, value in enumerate(array):
        window = array[max(0, place + 1 - width) : place + 1]
        assert not (np.isnan(means[place]) and not np.isnan(value))
        if not np.isnan(means[place]):
            assert means[place] == pytest.approx(np.nanmean(window), abs=1e-4)


def test_gaps_of_a_recorded_session_become_empty_seconds() -> None:
    filled = fill_gaps(np.array([1, 3]), np.array([[1.0], [2.0]], np.float32))
    np.testing.assert_array_equal(filled[:, 0], [np.nan, 1, np.nan, 2])
    assert fill_gaps(np.array([], np.int64), np.zeros((0, 7), np.float32)).shape == (0, 7)


def test_a_stack_picture_gives_each_expression_its_share_of_the_height() -> None:
    picture = make_stack_picture(np.stack([make_probabilities(happy=0.25, sad=0.25), np.full(7, np.nan, np.float32)]))
    bands, rows = np.unique(picture[:, 0], return_counts=True)
    shares = dict(zip(bands.tolist(), (rows / len(picture)).tolist(), strict=True))
    assert shares.keys() == {0, 2, 3, EDGE}
    assert shares[0] == pytest.approx(0.25, abs=0.01)
    assert shares[2] == pytest.approx(0.5, abs=0.01)
    assert picture[-1, 0] == 0, "happy is at the top"
    assert picture[0, 0] == 3, "sad is below neutral"
    assert (picture[:, 1] == EMPTY).all()


def test_words_stand_in_the_middle_of_their_bands() -> None:
    middles = band_middles(make_probabilities(happy=0.5))
    assert middles[0] == pytest.approx((0.75, 0.5))
    assert middles[2] == pytest.approx((0.25, 0.5))


def test_bands_carry_their_word_once_they_are_long_and_thick_enough(qtbot: QtBot) -> None:
    chart = MoodChart()
    qtbot.addWidget(chart)
    chart.resize(400, 220)
    with qtbot.waitExposed(chart):
        chart.show()
    series, seen = RecentSeries(), []
    for second in range(40):
        series.add(mood_at(second, happy=0.6, surprise=0.06))
        chart.show_series(series)
        seen.append(chart.words_shown())
    assert seen[2] == [], "three seconds of a minute are narrower than any word"
    assert seen[-1] == ["happy", "neutral"], "and surprise is thinner than its word is high"


def test_the_mood_chart_tells_its_state_to_screen_readers(qtbot: QtBot) -> None:
    chart = MoodChart()
    qtbot.addWidget(chart)
    series = RecentSeries()
    chart.show_series(series)
    assert chart.accessibleDescription() == "The mood is not known now"
    for second in range(20):
        series.add(mood_at(second, happy=0.9))
    chart.show_series(series)
    assert chart.accessibleDescription() == "The mood is positive now"


def test_the_presence_chart_counts_people(qtbot: QtBot) -> None:
    chart = PresenceChart()
    qtbot.addWidget(chart)
    series = RecentSeries()
    chart.show_series(series)
    series.add(mood_at(0))
    chart.show_series(series)
    assert chart.accessibleDescription() == "21 visible now"


def test_a_strip_tells_presence_second_by_second() -> None:
    strip = presence_strip(make_student_series(3000, 1))
    assert len(strip) == 3000
    assert {PRESENCE_ORDER[place] for place in np.unique(strip)} == set(PRESENCE_ORDER)


def make_timeline(qtbot: QtBot, events: list[Event] | None = None, *, seconds: int = 900) -> SessionTimeline:
    timeline = SessionTimeline()
    qtbot.addWidget(timeline)
    timeline.resize(900, 420)
    timeline.show()
    timeline.show_session(make_mood_series(seconds, 25), events or [], expressions_on=True, labels={7: "Zoë Kim"})
    return timeline


def test_the_readout_tells_a_second_in_words(qtbot: QtBot) -> None:
    timeline = make_timeline(qtbot)
    words = timeline.read_at(125)
    assert words.startswith("2:05 · mood ")
    assert words.endswith(" of 25 visible")
    assert timeline.read_at(-1) == timeline.read_at(900) == ""


def test_zooming_to_a_moment_tells_others_the_range(qtbot: QtBot) -> None:
    timeline = make_timeline(qtbot)
    ranges: list[tuple[float, float]] = []
    timeline.range_changed.connect(lambda left, right: ranges.append((left, right)))
    timeline.show_moment(450)
    left, right = ranges[-1]
    assert left < 450 < right
    assert right - left == pytest.approx(300, abs=1)
    timeline.show_whole()
    assert ranges[-1][0] <= 0
    assert ranges[-1][1] >= 900


def turn_wheel(timeline: SessionTimeline, modifier: Qt.KeyboardModifier) -> bool:
    """Whether the chart took the turn."""
    chart = timeline.findChild(ChartView)
    assert chart is not None
    view = chart.viewport()
    middle = QPointF(view.width() / 2, view.height() / 5)  # within the uppermost plot
    up, none = QPoint(0, 120), Qt.MouseButton.NoButton
    event = QWheelEvent(
        middle, view.mapToGlobal(middle), QPoint(), up, none, modifier, Qt.ScrollPhase.NoScrollPhase, False
    )
    QApplication.sendEvent(view, event)
    return event.isAccepted()


def test_the_wheel_scrolls_the_page_and_zooms_with_ctrl(qtbot: QtBot) -> None:
    timeline = make_timeline(qtbot)
    ranges: list[tuple[float, float]] = []
    timeline.range_changed.connect(lambda left, right: ranges.append((left, right)))
    assert not turn_wheel(timeline, Qt.KeyboardModifier.NoModifier), "left to the page"
    assert not ranges
    assert turn_wheel(timeline, Qt.KeyboardModifier.ControlModifier)
    left, right = ranges[-1]
    assert right - left < 900


def test_marks_carry_words_where_there_is_room(qtbot: QtBot) -> None:
    events = [
        Event(EventKind.BOOKMARK, 100, "one"),
        Event(EventKind.FLAG_RAISED, 104, "", 3, FlagKind.AWAY, literal("not seen")),
        Event(EventKind.PAUSED, 500),
    ]
    timeline = make_timeline(qtbot, events)
    assert len(timeline.marks()) == 2
    assert timeline.label_texts() == ["Student 3: not seen"]
    timeline.show_moment(100)
    timeline.show_range(95, 115)
    assert timeline.label_texts() == ["one", "Student 3: not seen"]


@pytest.mark.parametrize("seconds", [1, 2, 12 * 3600])
def test_sessions_of_any_length_can_be_shown(qtbot: QtBot, seconds: int) -> None:
    timeline = make_timeline(qtbot, seconds=seconds)
    assert timeline.read_at(0).startswith("0:00")


def test_a_click_marks_a_second_and_a_changed_session_keeps_the_view(qtbot: QtBot) -> None:
    timeline = make_timeline(qtbot)
    QApplication.processEvents()
    marked: list[int] = []
    timeline.marked.connect(marked.append)
    timeline.show_range(200, 400)
    view = timeline.findChildren(ChartView)[0]
    plot = view.getItem(1, 0).getViewBox()
    middle = view.mapFromScene(plot.sceneBoundingRect().center())
    QTest.mouseClick(timeline.canvas, Qt.MouseButton.LeftButton, pos=middle)
    assert marked == [pytest.approx(300, abs=2)]
    assert timeline.marked_second == marked[0]
    series = make_mood_series(900, 25)
    timeline.show_session(series, [], expressions_on=True, labels={}, keep_view=True)
    assert timeline.range_shown() == pytest.approx((200, 400))
    assert timeline.marked_second == marked[0]
    timeline.show_session(series, [], expressions_on=True, labels={})
    assert timeline.marked_second is None


def test_marks_name_their_student(qtbot: QtBot) -> None:
    timeline = make_timeline(qtbot, [Event(EventKind.FLAG_RAISED, 104, "", 7, FlagKind.AWAY, literal("not seen"))])
    assert timeline.label_texts() == ["Zoë Kim: not seen"]


def test_a_few_seconds_without_a_reading_are_drawn_over_and_a_pause_is_not() -> None:
    values = np.ones(30, np.float32)
    values[5 : 5 + BRIDGED_S] = np.nan
    values[15 : 15 + BRIDGED_S + 1] = np.nan
    values[:2] = values[-1:] = np.nan
    drawn = ~np.isnan(running_mean(values))
    expected = np.ones(30, bool)
    expected[15 : 15 + BRIDGED_S + 1] = expected[:2] = expected[-1:] = False
    assert drawn.tolist() == expected.tolist()
    assert np.nanmax(np.abs(running_mean(np.stack([values, values], axis=1)) - 1)) < 1e-6
