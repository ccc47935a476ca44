"""Gaps of a session are drawn in the timeline and the heat map, named, and listed among the moments."""

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from fer_desktop.analysis.gaps import find_gap, list_gaps
from fer_desktop.messages import Message, MessageKey
from fer_desktop.storage.values import HeatGrid, MoodSeries
from fer_desktop.types import GAP_ENDS, Event, EventKind
from ui.charts.heatmap import HeatMap
from ui.charts.timeline import SessionTimeline
from ui.review.moments import list_moments
from ui.words import GAP_WORDS

EVENTS = [
    Event(EventKind.SUSPENDED, 100),
    Event(EventKind.WOKEN, 400),
    Event(EventKind.PICTURE_FROZEN, 500, message=Message(MessageKey.CALL_FROZEN, seconds=10)),
    Event(EventKind.PICTURE_MOVING, 560),
    Event(EventKind.CLOCK_CHANGED, 600, message=Message(MessageKey.CLOCK_SET_BACK, seconds=3600)),
    Event(EventKind.DISPLAY_LOST, 700, message=Message(MessageKey.SCREEN_UNAVAILABLE)),
]
RECORDED = np.array([second for second in range(720) if find_gap(list_gaps(EVENTS), second) is None])


def make_series() -> MoodSeries:
    rows = len(RECORDED)
    counts = np.full(rows, 3)
    shares = np.full((rows, 7), 1 / 7, np.float32)
    mood, attention = np.zeros(rows, np.float32), np.full(rows, 0.5, np.float32)
    return MoodSeries(RECORDED, shares, mood, counts, counts, counts, counts, attention)


def make_grid() -> HeatGrid:
    columns = 72
    recorded = np.bincount(RECORDED // 10, minlength=columns)
    marks = np.stack([recorded, recorded])
    return HeatGrid(
        students=np.array([1, 2]),
        column_s=10,
        recorded=recorded,
        tiles=marks,
        cameras_on=marks,
        people=marks,
        faces=marks,
        probabilities=np.full((2, columns, 7), np.nan, np.float32),
        attention=np.full((2, columns), np.nan, np.float32),
    )


def test_the_timeline_draws_a_band_for_each_gap_and_names_it(qtbot: QtBot) -> None:
    timeline = SessionTimeline()
    qtbot.addWidget(timeline)
    timeline.show_session(make_series(), EVENTS, expressions_on=True, labels={})
    assert timeline.gap_spans() == [(99.5, 399.5), (499.5, 559.5)]
    assert timeline.read_at(200) == "3:20 · not recorded: computer asleep"
    assert timeline.read_at(520) == "8:40 · not recorded: picture frozen"
    assert "not recorded" not in timeline.read_at(450)
    assert [event.kind for event in timeline.marks()] == [
        EventKind.SUSPENDED,
        EventKind.PICTURE_FROZEN,
        EventKind.DISPLAY_LOST,
    ]


def test_the_heat_map_draws_them_too(qtbot: QtBot) -> None:
    heat = HeatMap()
    qtbot.addWidget(heat)
    heat.show_grid(make_grid(), {1: "Ann", 2: "Ben"}, length_s=720, gaps=list_gaps(EVENTS))
    assert heat.gap_spans() == [(99.5, 399.5), (499.5, 559.5), (699.5, 719.5)]
    assert heat.read_at(0, 250) == "Ann · 4:10 to 4:20 · no data: computer asleep"
    assert heat.read_at(0, 450) == "Ann · 7:30 to 7:40 · visible"


def test_another_session_has_other_bands(qtbot: QtBot) -> None:
    timeline = SessionTimeline()
    qtbot.addWidget(timeline)
    for events, count in ((EVENTS, 2), ([], 0)):
        timeline.show_session(make_series(), events, expressions_on=True, labels={})
        assert len(timeline.gap_spans()) == count


def test_every_gap_is_a_moment_with_its_reason() -> None:
    words = [moment.words for moment in list_moments(EVENTS, [], {})]
    assert words[0] == "The computer went to sleep"
    assert words[2].startswith("The picture froze: the picture of the call has not moved")
    assert words[4] == "The clock changed: the clock was set back by 1 h 0 min"
    assert words[5].startswith("The screen was lost: the screen cannot be captured")


@pytest.mark.parametrize("kind", GAP_ENDS)
def test_every_kind_of_gap_has_words(kind: EventKind) -> None:
    assert GAP_WORDS[kind]


def test_the_newest_of_overlapping_gaps_counts_and_one_without_an_end_lasts() -> None:
    gaps = list_gaps([Event(EventKind.PAUSED, 10), Event(EventKind.SUSPENDED, 20), Event(EventKind.WOKEN, 30)])
    assert [gap and gap.kind for gap in (find_gap(gaps, second) for second in (5, 15, 25, 999))] == [
        None,
        EventKind.PAUSED,
        EventKind.SUSPENDED,
        EventKind.PAUSED,
    ]
