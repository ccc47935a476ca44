"""Beside the review of a recorded lesson stands the picture of the marked moment; decoded on demand and never kept."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from fer_desktop.messages import Message, literal
from tests.ui.fake_store import FakeStore, make_session
from tests.unit.capture.material import counting_picture, write_video
from ui.review.lesson_video import LessonVideo
from ui.review.review_window import ReviewWindow

LENGTH_S = 25
DARKER = 4
"""Levels that the video's coding takes off; from one second to the next there are eight."""


class Review:
    """A review of lesson 1, read from `monday.mp4`, and of lesson 2, which was watched in a call."""

    def __init__(self, qtbot: QtBot, found: dict[int, Path], source: Message) -> None:
        calls = make_session(2, seconds=LENGTH_S)
        self.store = FakeStore([make_session(1, source=source, seconds=LENGTH_S), calls], seconds=LENGTH_S)
        self.window = ReviewWindow(self.store, lambda *_, **__: None)
        self.video = LessonVideo(self.window, path_of=found.get)
        self.card = self.window.page.still
        self._qtbot = qtbot
        self.window.show()
        self.open(1)

    def open(self, session: int) -> None:
        self.window.refresh(select=session)
        page = self.window.page
        self._qtbot.waitUntil(lambda: page.summary is not None and page.summary.id == session)
        self._qtbot.waitUntil(lambda: not self.window.busy)

    def wait_for_second(self, second: int) -> None:
        """Until the picture of that second is shown: the recording has one frame a second."""
        wanted = int(counting_picture(second)[-1, -1, 0]) - DARKER
        self._qtbot.waitUntil(lambda: abs(self.brightness() - wanted) <= 3)

    def brightness(self) -> int:
        view = self.card.view
        if not view.has_picture:
            return 999
        picture = view.grab().toImage()
        return picture.pixelColor(picture.width() // 2 + 12, picture.height() // 2 + 12).red()


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    return write_video(tmp_path / "monday.mp4", frames=LENGTH_S, fps=1.0)


@pytest.fixture
def found(recording: Path) -> dict[int, Path]:
    """Where the recordings of sessions are, as far as the program knows."""
    return {1: recording}


@pytest.fixture
def review(qtbot: QtBot, found: dict[int, Path]) -> Iterator[Review]:
    review = Review(qtbot, found, literal("monday.mp4"))
    yield review
    review.video.wait()
    review.window.close()


def test_a_moment_that_is_marked_is_shown(review: Review) -> None:
    review.wait_for_second(0)
    review.window.page.timeline.show_moment(21)
    review.wait_for_second(21)
    assert review.card.slider.value() == 21
    assert review.card.hint.text() == "0:21. The picture is not saved."


def test_the_slider_scrubs_along_the_timeline_by_keyboard(review: Review) -> None:
    review.wait_for_second(0)
    for _ in range(7):
        QTest.keyClick(review.card.slider, Qt.Key.Key_Right)
    review.wait_for_second(7)
    assert review.window.page.timeline.marked_second == 7
    QTest.keyClick(review.card.slider, Qt.Key.Key_End)
    review.wait_for_second(LENGTH_S - 1)


def test_of_many_moments_only_the_newest_is_awaited(review: Review) -> None:
    for second in range(LENGTH_S):
        review.window.page.timeline.show_mark(second)
    review.wait_for_second(LENGTH_S - 1)


def test_a_lesson_that_was_watched_has_no_recording(review: Review) -> None:
    review.wait_for_second(0)
    assert review.card.isVisible()
    review.open(2)
    assert review.card.isHidden()
    assert not review.card.view.has_picture
    review.open(1)
    review.wait_for_second(0)


def test_no_file_is_written(review: Review, recording: Path) -> None:
    before = sorted(recording.parent.rglob("*"))
    review.window.page.timeline.show_mark(9)
    review.wait_for_second(9)
    assert sorted(recording.parent.rglob("*")) == before


def test_a_recording_that_was_moved_meanwhile_is_named(review: Review, recording: Path, qtbot: QtBot) -> None:
    review.wait_for_second(0)
    recording.unlink()
    review.window.page.timeline.show_mark(9)
    qtbot.waitUntil(lambda: "does not exist" in review.card.hint.text() or "no file" in review.card.hint.text())
    assert not review.card.view.has_picture


@pytest.fixture
def later(qtbot: QtBot, recording: Path) -> Iterator[Review]:
    """On another day: the program does not know where the recording is."""
    review = Review(qtbot, {}, literal("monday.mp4"))
    yield review
    review.video.wait()
    review.window.close()


def pick(review: Review, path: Path) -> None:
    review.card.find_button.click()
    dialog = review.window.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(str(path))
    dialog.close()


def test_on_another_day_the_teacher_finds_the_recording(later: Review, recording: Path) -> None:
    assert later.card.hint.text().startswith("To see its pictures here, find monday.mp4 on this computer.")
    assert later.card.view.isHidden()
    pick(later, recording)
    later.wait_for_second(0)
    assert later.card.find_button.isHidden()


def test_another_file_is_refused(later: Review, tmp_path: Path, qtbot: QtBot) -> None:
    other = write_video(tmp_path / "other.mp4", frames=90, fps=1.0)
    pick(later, other)
    qtbot.waitUntil(lambda: "is not the recording of this lesson" in later.card.hint.text())
    assert later.card.find_button.isVisible()
    assert not later.card.view.has_picture
