"""Sessions by course, and how to find one among many."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from fer_desktop.messages import literal
from fer_desktop.storage.values import SessionSummary
from tests.ui.fake_store import make_session
from ui.review.finder import SessionFinder

SESSIONS = [
    make_session(1, course="Chemistry"),
    make_session(2),
    make_session(3, course="", simulated=True),
    make_session(4),
    make_session(5, course="", source=literal("lecture.mp4")),
]
TEXTS = {2: "asked about the exam\nZoë Kim", 1: "group work"}


@pytest.fixture
def finder(qtbot: QtBot) -> SessionFinder:
    finder = SessionFinder()
    qtbot.addWidget(finder)
    finder.resize(290, 700)
    finder.show()
    finder.show_sessions(SESSIONS, TEXTS)
    return finder


def found(finder: SessionFinder) -> list[int]:
    """The numbers of the sessions in the list, from the top."""
    model = finder.list.model()
    rows = [model.index(row, 0).data(Qt.ItemDataRole.UserRole) for row in range(model.rowCount())]
    return [row.id for row in rows if isinstance(row, SessionSummary)]


def test_sessions_stand_under_their_course_the_newest_first(finder: SessionFinder) -> None:
    assert found(finder) == [5, 4, 2, 3, 1]
    headings = [each for each in finder.list.titles() if each.endswith(("lesson", "lessons"))]
    assert headings == [
        "Without a course, 1 lesson",
        "Physics 101, 2 lessons",
        "Simulated class, 1 lesson",
        "Chemistry, 1 lesson",
    ]


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("physics", [4, 2]),
        ("EXAM", [2]),
        ("zoe kim", [2]),
        ("kim physics", [2]),
        ("lecture.mp4", [5]),
        ("simulated", [3]),
        ("24 nov", [1]),
        ("nothing like that", []),
    ],
)
def test_course_source_day_note_and_name_find_a_session(finder: SessionFinder, words: str, numbers: list[int]) -> None:
    QTest.keyClicks(finder.search, words)
    assert found(finder) == numbers
    assert finder.found.text().startswith("Nothing found" if not numbers else str(len(numbers)))


def test_typing_opens_nothing_and_enter_the_first(qtbot: QtBot, finder: SessionFinder) -> None:
    opened: list[int] = []
    finder.list.chosen.connect(lambda summary: opened.append(summary.id))
    QTest.keyClicks(finder.search, "physics")
    assert opened == []
    QTest.keyClick(finder.search, Qt.Key.Key_Return)
    assert opened == [4]
    finder.search.clear()
    assert opened == [4]
    chosen = finder.list.selected()
    assert chosen is not None
    assert chosen.id == 4, "what is open stays chosen"


def test_a_course_can_be_chosen_and_what_is_asked_for_is_shown_all_the_same(finder: SessionFinder) -> None:
    finder.courses.setCurrentText("Physics 101")
    assert found(finder) == [4, 2]
    finder.show_sessions(SESSIONS, TEXTS, select=2)
    assert found(finder) == [4, 2], "the choice stays"
    finder.show_sessions(SESSIONS, TEXTS, select=1)
    assert found(finder) == [5, 4, 2, 3, 1]


def test_the_keys_pass_over_the_headings(finder: SessionFinder) -> None:
    opened: list[int] = []
    finder.list.chosen.connect(lambda summary: opened.append(summary.id))
    for _ in range(4):
        QTest.keyClick(finder.list, Qt.Key.Key_Down)
    QTest.keyClick(finder.list, Qt.Key.Key_Up)
    assert opened == [4, 2, 3, 1, 3]
