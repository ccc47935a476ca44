"""The review stays at the lesson that is read when the list of lessons changes by itself."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from fer_desktop.storage.values import SessionSummary
from tests.ui.fake_store import FakeStore, make_session
from ui.dialogs.base import Dialog
from ui.review.review_window import ReviewWindow


@pytest.fixture
def store() -> FakeStore:
    return FakeStore([make_session(1, course="Chemistry"), make_session(2), make_session(3)])


@pytest.fixture
def window(qtbot: QtBot, store: FakeStore) -> Iterator[ReviewWindow]:
    """The oldest lesson is open."""
    window = ReviewWindow(store, lambda *_, **__: None)
    qtbot.addWidget(window)
    window.show()
    window.refresh(select=1)
    qtbot.waitUntil(lambda: opened(window) == 1)
    settle(qtbot, window)
    yield window
    window.deletions.undo()
    window.wait()


def settle(qtbot: QtBot, window: ReviewWindow) -> None:
    qtbot.waitUntil(lambda: not window.busy)


def opened(window: ReviewWindow) -> int | None:
    return None if window.page.summary is None else window.page.summary.id


def listed(window: ReviewWindow) -> list[str]:
    return [each for each in window.finder.list.titles() if "student" in each]


def delete_unreadable(window: ReviewWindow) -> None:
    window.unreadable.acted.emit()
    [question] = window.findChildren(Dialog)
    question.accept_button.click()


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda window: window.refresh(), id="a recording was stored"),
        pytest.param(lambda window: window.purged.acted.emit(), id="old lessons were restored"),
        pytest.param(delete_unreadable, id="damaged lessons were deleted"),
    ],
)
def test_a_new_lesson_is_listed_and_not_opened(
    qtbot: QtBot, window: ReviewWindow, store: FakeStore, change: Callable[[ReviewWindow], None]
) -> None:
    store.sessions[4], store.hidden, store.unreadable = make_session(4), [make_session(5)], [9]
    window.unreadable.show_sessions(store.unreadable)
    change(window)
    qtbot.waitUntil(lambda: len(listed(window)) >= 4)
    settle(qtbot, window)
    assert opened(window) == 1
    assert chosen(window) == 1


def chosen(window: ReviewWindow) -> int | None:
    selected = window.finder.list.selected()
    return None if selected is None else selected.id


def test_the_lesson_that_was_asked_for_opens_although_the_list_is_read_again(
    qtbot: QtBot, window: ReviewWindow
) -> None:
    window.refresh(select=2)
    window.refresh()
    qtbot.waitUntil(lambda: opened(window) == 2)
    settle(qtbot, window)
    assert chosen(window) == 2


def test_a_lesson_that_is_about_to_open_opens(qtbot: QtBot, window: ReviewWindow, store: FakeStore) -> None:
    gate, read = threading.Event(), store.session

    def read_slowly(number: int) -> SessionSummary:
        gate.wait(5)
        return read(number)

    store.session = read_slowly  # type: ignore[method-assign]
    window.finder.list.show_sessions(list(store.sessions.values()), select=2)
    window.refresh()
    gate.set()
    qtbot.waitUntil(lambda: opened(window) == 2)
    settle(qtbot, window)
    assert opened(window) == 2


def test_a_search_that_leaves_the_open_lesson_out_stays_and_the_lesson_is_read_again(
    qtbot: QtBot, window: ReviewWindow, store: FakeStore
) -> None:
    QTest.keyClicks(window.finder.search, "physics")
    store.sessions[1] = replace(store.sessions[1], course="Biology")
    window.refresh()
    qtbot.waitUntil(lambda: window.page.title.text() == "Biology")
    settle(qtbot, window)
    assert window.finder.search.text() == "physics"
    assert len(listed(window)) == 2
    assert chosen(window) is None


def test_a_lesson_that_is_gone_gives_way_to_the_newest(qtbot: QtBot, window: ReviewWindow, store: FakeStore) -> None:
    del store.sessions[1]
    window.refresh()
    qtbot.waitUntil(lambda: opened(window) == 3)


def test_the_only_lesson_that_was_found_is_not_shown_once_it_is_deleted(qtbot: QtBot, window: ReviewWindow) -> None:
    QTest.keyClicks(window.finder.search, "chemistry")
    window.page.delete_requested.emit()
    qtbot.waitUntil(lambda: opened(window) == 3)
    assert window.finder.search.text() == ""
