"""The review window over a fake store."""

from collections.abc import Iterator
from contextlib import contextmanager

from pytestqt.qtbot import QtBot

from tests.ui.fake_store import FakeStore
from ui.review.courses import CourseByTime
from ui.review.review_window import ReviewWindow


@contextmanager
def open_review(
    qtbot: QtBot,
    store: FakeStore,
    *,
    select: int | None = None,
    course_by_time: CourseByTime = lambda _: None,
) -> Iterator[ReviewWindow]:
    """Shows a session, the newest by default, and waits until all of its page is there. Nothing can be exported."""
    window = ReviewWindow(store, lambda *_, **__: None, course_by_time=course_by_time)
    qtbot.addWidget(window)
    window.show()
    window.refresh(select=select)
    qtbot.waitUntil(window.page.heat.map.isVisible)
    yield window
    window.wait()
