"""The heat map, a student's lessons, and two lessons beside each other."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fer_desktop.analysis.lesson_figures import LessonFigures
from fer_desktop.analysis.presence_map import NOTHING
from fer_desktop.analysis.term import StudentLesson
from fer_desktop.storage.values import HeatGrid, MoodSeries, SessionSummary
from tests.fakes import make_probabilities
from tests.ui.fake_store import FakeStore, make_heat_grid, make_mood_series, make_session, make_summary
from tests.ui.reviews import open_review
from ui.charts.arrays import minute_means
from ui.charts.heat_arrays import UNCLEAR, HeatMeasure, level_places, make_heat_picture
from ui.charts.heatmap import HeatMap, heat_colours
from ui.review.compare_page import ComparePage
from ui.review.comparisons import (
    compare_lessons,
    describe_against_earlier,
    describe_difference,
    describe_presence,
)
from ui.review.review_window import ReviewWindow
from ui.theme import DARK, LIGHT, TEXT_SCALES, Theme, apply_theme


def make_grid(**changes: object) -> HeatGrid:
    """Two students over three columns of ten seconds; nothing was recorded in the last."""
    happy, unclear = make_probabilities(happy=0.7), np.full(7, 1 / 7, np.float32)
    unread = np.full(7, np.nan, np.float32)
    values: dict[str, object] = {
        "students": np.array([3, 8]),
        "column_s": 10,
        "recorded": np.array([10, 10, 0]),
        "tiles": np.array([[10, 10, 0], [2, 9, 0]]),
        "cameras_on": np.array([[10, 9, 0], [2, 1, 0]]),
        "people": np.array([[9, 9, 0], [2, 1, 0]]),
        "faces": np.array([[9, 2, 0], [2, 0, 0]]),
        "probabilities": np.array([[happy, unclear, unread], [unread, unread, unread]]),
        "attention": np.array([[0.7, 0.65, np.nan], [0.25, 0.1, np.nan]], np.float32),
    }
    return HeatGrid(**(values | changes))  # type: ignore[arg-type]  # the names are checked when it is made


def test_a_cell_tells_what_was_so_for_most_of_its_time() -> None:
    grid = make_grid()
    assert make_heat_picture(grid, HeatMeasure.PRESENCE).tolist() == [[0, 1, NOTHING], [4, 3, NOTHING]]
    assert make_heat_picture(grid, HeatMeasure.CAMERA).tolist() == [[0, 0, NOTHING], [2, 1, NOTHING]]
    assert make_heat_picture(grid, HeatMeasure.EXPRESSION).tolist() == [[0, UNCLEAR, NOTHING], [NOTHING] * 3]
    assert make_heat_picture(grid, HeatMeasure.ATTENTION).tolist() == [[0, 1, NOTHING], [1, 2, NOTHING]]


def test_the_attention_index_is_shown_in_three_levels() -> None:
    levels = level_places(np.array([1, 0.651, 0.65, 0.25, 0.249, 0, np.nan], np.float32))
    assert levels.tolist() == [0, 0, 1, 1, 2, 2, NOTHING]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("measure", list(HeatMeasure))
def test_the_colours_of_a_map_are_apart(theme: Theme, measure: HeatMeasure) -> None:
    colours = heat_colours(measure, theme)
    assert len(set(colours)) == len(colours)


@pytest.fixture
def heat_map(qtbot: QtBot) -> HeatMap:
    heat_map = HeatMap()
    qtbot.addWidget(heat_map)
    heat_map.resize(900, 200)
    heat_map.show()
    heat_map.show_grid(make_grid(), {3: "Zoë Kim", 8: "Student 8"}, length_s=24)
    return heat_map


def test_a_cell_is_read_in_words(heat_map: HeatMap) -> None:
    assert heat_map.read_at(0, 3) == "Zoë Kim · 0:00 to 0:10 · visible"
    assert heat_map.read_at(1, 19) == "Student 8 · 0:10 to 0:20 · camera off"
    assert heat_map.read_at(0, 23) == "Zoë Kim · 0:20 to 0:24 · no data"
    heat_map.show_measure(HeatMeasure.ATTENTION)
    assert heat_map.read_at(1, 19) == "Student 8 · 0:10 to 0:20 · attention low"
    assert heat_map.read_at(2, 3) == heat_map.read_at(0, 24) == heat_map.read_at(-1, -1) == ""


def test_the_map_is_described_in_a_sentence(heat_map: HeatMap) -> None:
    assert "camera off 25 % of the time" in heat_map.accessibleDescription()


def test_the_keys_lead_through_the_map(qtbot: QtBot, heat_map: HeatMap) -> None:
    hovered: list[str] = []
    heat_map.hovered.connect(hovered.append)
    QTest.keyClick(heat_map, Qt.Key.Key_Right)
    QTest.keyClick(heat_map, Qt.Key.Key_Down)
    assert hovered[-1] == "Student 8 · 0:10 to 0:20 · camera off"
    for _ in range(5):
        QTest.keyClick(heat_map, Qt.Key.Key_Down)
    with qtbot.waitSignal(heat_map.chosen) as chosen:
        QTest.keyClick(heat_map, Qt.Key.Key_Return)
    assert chosen.args == [8, 10]


def test_minutes_are_means_of_what_is_known() -> None:
    values = np.array([1, 3, np.nan, 5], np.float32)
    means = minute_means(np.array([0, 59, 60, 180]), values)
    np.testing.assert_array_equal(means, [2, np.nan, np.nan, 5])
    assert minute_means(np.zeros(0, np.int64), np.zeros(0, np.float32)).shape == (0,)


def figures(**changes: object) -> LessonFigures:
    lesson = LessonFigures.of(make_session(1), make_mood_series(600, 20))
    return replace(lesson, **changes)  # type: ignore[arg-type]


def test_two_lessons_are_compared_in_words() -> None:
    better, worse = figures(mood=0.4, attention=0.7, visible=0.9), figures(mood=0.1, attention=0.68, visible=0.7)
    assert describe_difference(better, worse) == (
        "Compared with the other lesson: mood more positive, attention about the same, visible faces higher."
    )
    rows = {row.what: row for row in compare_lessons(better, worse)}
    assert rows["Overall mood"].this == "positive"
    assert rows["Overall mood"].other == "slightly positive"
    assert rows["Overall mood"].difference == "more positive"
    assert rows["Faces visible"].this == "90 %"


def test_where_expressions_are_off_nothing_is_said_of_moods() -> None:
    without = figures(mood=None, attention=None)
    assert [row.what for row in compare_lessons(without, without)] == [
        "Length",
        "Students",
        "Faces visible",
        "Cameras on",
        "Flags",
    ]
    assert describe_difference(without, figures()) == "Compared with the other lesson: visible faces about the same."


def lesson(number: int, *, seconds: int = 3000, happy: float = 0.2) -> StudentLesson:
    student = replace(make_summary(4, seconds, "Zoë"), mean_probabilities=make_probabilities(happy=happy))
    session = make_session(number)
    return StudentLesson(session, student, session.watched_seconds)


def test_a_student_is_compared_with_their_own_earlier_lessons() -> None:
    assert describe_against_earlier(lesson(3, seconds=1000, happy=0.6), [lesson(1), lesson(2)]) == (
        "Compared with their 2 earlier lessons: time in view lower, camera time about the same, mood more positive."
    )
    assert "no earlier lesson" in describe_against_earlier(lesson(1), [])
    assert describe_presence(lesson(1)).startswith(
        "In view for 50 min (96 % of the watched time). Of that, camera on for 95 %"
    )


@pytest.fixture
def store() -> FakeStore:
    return FakeStore([make_session(number) for number in (1, 2, 3)] + [make_session(4, course="Chemistry")])


@pytest.fixture
def window(qtbot: QtBot, store: FakeStore) -> Iterator[ReviewWindow]:
    with open_review(qtbot, store, select=3) as window:
        yield window


def open_student(qtbot: QtBot, window: ReviewWindow, student: int) -> None:
    window.page.students.select(student)
    qtbot.waitUntil(window.page.student_card.page_button.isVisible)
    QTest.mouseClick(window.page.student_card.page_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(window.sides.student.isVisible)


def test_a_cell_of_the_map_leads_to_its_student_and_marks_its_time(qtbot: QtBot, window: ReviewWindow) -> None:
    window.page.heat.map.chosen.emit(4, 120)
    qtbot.waitUntil(window.page.student_card.timeline.isVisible)
    assert window.page.student is not None
    assert window.page.student.student == 4
    assert window.page.marked_second == 120


def test_the_map_and_the_timeline_show_the_same_time(window: ReviewWindow) -> None:
    window.page.timeline.show_range(40, 90)
    assert window.page.heat.map.range_shown() == pytest.approx((40, 90))
    window.page.heat.map.show_range(100, 160)
    assert window.page.timeline.range_shown() == pytest.approx((100, 160))


def test_the_map_offers_what_the_session_tells(window: ReviewWindow) -> None:
    card = window.page.heat
    assert [card.measures.itemText(row) for row in range(card.measures.count())] == [
        "Presence",
        "Camera",
        "Expression",
        "Attention",
    ]
    grid = make_heat_grid([1, 2], 300, 100)
    nothing = np.full_like(grid.probabilities, np.nan)
    card.show_grid(replace(grid, probabilities=nothing, attention=nothing[..., 0]), {}, length_s=300)
    assert card.measures.count() == 2


def test_a_student_with_a_name_is_shown_through_the_course(
    qtbot: QtBot, window: ReviewWindow, store: FakeStore
) -> None:
    store.names = {4: "Zoë Kim"}
    window.refresh(select=3)
    qtbot.waitUntil(lambda: window.page.students_shown()[3].label == "Zoë Kim")
    open_student(qtbot, window, 4)
    page = window.sides.student
    assert page.head.title.text() == "Zoë Kim"
    assert page.table.rowCount() == 3, "not the lesson of another course"
    assert page.comparison.text().startswith("Compared with their 2 earlier lessons")
    page.table.cellActivated.emit(2, 0)
    qtbot.waitUntil(lambda: window.page.summary is not None and window.page.summary.id == 1)
    qtbot.waitUntil(window.page.isVisible)


def test_without_a_name_it_says_why_there_is_nothing_to_compare(qtbot: QtBot, window: ReviewWindow) -> None:
    open_student(qtbot, window, 4)
    page = window.sides.student
    assert page.comparison.text().startswith("This student has no saved name")
    assert not page.table.isVisible()
    assert page.timeline.isVisible()
    QTest.mouseClick(page.head.back, Qt.MouseButton.LeftButton)
    assert window.page.isVisible()


def test_the_students_charts_grow_with_text_and_keep_their_height_in_another_theme(
    qtbot: QtBot, qapp: QApplication, window: ReviewWindow
) -> None:
    open_student(qtbot, window, 4)
    timeline = window.sides.student.timeline
    plain = timeline.height()
    apply_theme(qapp, "dark")
    qtbot.waitUntil(lambda: timeline.height() == plain)
    apply_theme(qapp, "light", text_size="larger")
    qtbot.waitUntil(lambda: timeline.height() == pytest.approx(plain * TEXT_SCALES["larger"], abs=2))
    apply_theme(qapp, "light")


def test_escape_leads_back_to_the_lesson(qtbot: QtBot, window: ReviewWindow) -> None:
    open_student(qtbot, window, 4)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert window.page.isVisible()


def test_a_lesson_is_compared_with_the_one_before_and_with_any_other(qtbot: QtBot, window: ReviewWindow) -> None:
    QTest.mouseClick(window.page.compare_button, Qt.MouseButton.LeftButton)
    page = window.sides.compare
    qtbot.waitUntil(page.isVisible)
    assert [page.others.itemData(row) for row in range(page.others.count())] == [2, 1]
    assert page.others.currentData() == 2
    assert page.verdict.text().startswith("Compared with the other lesson")
    assert page.cells()[0] == ["", "This lesson", "Other lesson", "Difference"]
    assert page.chart.read_at(1).startswith("1:00 · this lesson: mood ")
    assert page.chart.read_at(99) == ""
    page.others.setCurrentIndex(1)
    qtbot.waitUntil(lambda: not window.busy)
    assert page.others.currentData() == 1


def test_a_lesson_without_another_says_so(qtbot: QtBot, window: ReviewWindow) -> None:
    window.refresh(select=4)
    qtbot.waitUntil(lambda: window.page.summary is not None and window.page.summary.id == 4)
    QTest.mouseClick(window.page.compare_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(window.sides.compare.isVisible)
    assert window.sides.compare.verdict.text() == "This is the only finished lesson of Chemistry."
    assert not window.sides.compare.chart.isVisible()


@pytest.mark.parametrize("mean_mood", [0.1, None])
def test_lessons_too_short_for_a_line_say_so_in_its_place(qtbot: QtBot, mean_mood: float | None) -> None:
    def make_lesson(seconds: int) -> tuple[SessionSummary, MoodSeries]:
        series = make_mood_series(seconds, 3)
        unread = np.full(seconds, np.nan, np.float32)
        return make_session(1, mean_mood=mean_mood), series if mean_mood else replace(series, mood=unread)

    page = ComparePage()
    qtbot.addWidget(page)
    page.show()
    page.show_lessons(make_lesson(60), make_lesson(59))
    assert not page.chart.isVisible()
    assert page.too_short.text().startswith("These lessons are too short to compare minute by minute")
    assert page.too_short.isVisible()
    page.show_lessons(make_lesson(60), make_lesson(61))
    assert page.chart.isVisible()
    assert page.legend.isVisible()
    assert not page.too_short.isVisible()


def test_the_rows_of_the_map_stand_as_the_list_does(qtbot: QtBot, window: ReviewWindow) -> None:
    card = window.page.heat
    assert card.map.read_at(0, 0).startswith("Student 1 ·")
    window.page.students.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert card.map.read_at(0, 0).startswith("Student 5 ·")


def test_the_keys_move_the_mark_and_zoom_the_timeline(window: ReviewWindow) -> None:
    timeline = window.page.timeline
    QTest.keyClick(timeline, Qt.Key.Key_Right)
    marked = window.page.marked_second
    assert marked is not None
    QTest.keyClick(timeline, Qt.Key.Key_Right)
    QTest.keyClick(timeline, Qt.Key.Key_Right)
    assert window.page.marked_second is not None
    assert window.page.marked_second > marked
    assert "visible" in window.page.readout.text()
    QTest.keyClick(timeline, Qt.Key.Key_Plus)
    left, right = timeline.range_shown()
    assert right - left == pytest.approx(151, abs=1)
    QTest.keyClick(timeline, Qt.Key.Key_Home)
    assert timeline.range_shown() == pytest.approx((-1, 300))
