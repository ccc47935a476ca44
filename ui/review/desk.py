"""Opens the review window, which is loaded with its first opening: a twelfth of the start of the program."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from fer_desktop.timetable import CourseTimes, find_course
from ui.engine import Engine
from ui.live.live_window import LiveWindow
from ui.window_places import place_at_left

if TYPE_CHECKING:
    from ui.review.lesson_video import LessonVideo
    from ui.review.review_window import ReviewWindow


class ReviewDesk:
    """One review window, beside the live window."""

    def __init__(
        self,
        live: LiveWindow,
        engine: Engine,
        path_of: Callable[[int], Path | None],
        timetable: Callable[[], Sequence[CourseTimes]],
    ) -> None:
        """`path_of`: the recording that a session was read from, where it is at hand."""
        self._live = live
        self._engine = engine
        self._path_of = path_of
        self._timetable = timetable
        self._video: LessonVideo | None = None
        self.window: ReviewWindow | None = None

    @property
    def visible(self) -> bool:
        """Whether the review can be seen."""
        return self.window is not None and self.window.isVisible()

    def open(self, *, select: int | None, problem: str | None = None) -> None:
        """Shows the review. `select`: the session to open. `problem`: what a review before this one could not do."""
        window = self.window or self._build()
        window.show()
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.activateWindow()
        window.refresh(select=select)
        if problem is not None:
            window.problem.show_message(problem)

    def refresh(self, *, select: int | None = None) -> None:
        """Reads the sessions again, where the review can be seen."""
        if self.window is not None and self.window.isVisible():
            self.window.refresh(select=select)

    def let_go(self) -> None:
        """Other lessons are about to take the place of those that are shown: nothing is done about these any more."""
        if self.window is not None:
            self.window.withdraw()
            self.window.setEnabled(False)

    def take_up(self) -> None:
        """Ends `let_go`."""
        if self.window is not None:
            self.window.setEnabled(True)
        self.refresh()

    def wait(self) -> None:
        """Waits for the frames of a recording that are being read."""
        if self._video is not None:
            self._video.wait()

    def close(self) -> None:
        """Closes the review, once its calls have ended."""
        self.wait()
        if self.window is not None:
            self.window.wait()
            self.window.close()

    def discard(self) -> str | None:
        """Closes the review for good. Returns what it could not do, in words."""
        self.close()
        if self.window is None:
            return None
        self.window.deleteLater()
        return self.window.problem.text if self.visible else None

    def _build(self) -> "ReviewWindow":
        from ui.review.lesson_video import LessonVideo
        from ui.review.review_window import ReviewWindow

        self.window = ReviewWindow(
            self._engine.store,
            self._engine.export,
            course_by_time=lambda moment: find_course(self._timetable(), moment),
        )
        self.window.addAction(self._live.shared_actions.quit)
        self._video = LessonVideo(self.window, path_of=self._path_of)
        place_at_left(self.window, self._live.screen().availableGeometry())
        return self.window
