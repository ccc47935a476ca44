"""Shows the recording of the lesson that is open in the review, frame by frame as the teacher points at it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from fer_desktop.capture.still import check_recording, read_still
from fer_desktop.recording.finding import is_recording
from fer_desktop.types import Image
from ui.background import BackgroundCalls, describe_error
from ui.file_dialog import make_file_dialog, video_filter
from ui.language import render, tr
from ui.review.review_window import ReviewWindow
from ui.review.session_page import SessionData


class LessonVideo(QObject):
    """Decodes one frame at a time, in the background; of the moments asked for meanwhile only the newest.

    The place of a recording stays in memory, until the program ends: others may use this computer.
    """

    def __init__(self, review: ReviewWindow, *, path_of: Callable[[int], Path | None]) -> None:
        """`path_of`: the recording of a session that was read since the program started."""
        super().__init__(review)
        self._page = review.page
        self._card = review.page.still
        self._path_of = path_of
        self._found: dict[int, Path] = {}
        self._calls = BackgroundCalls(self)
        self._session: int | None = None
        self._wanted: int | None = None
        self._page.session_shown.connect(self._show_session)
        self._page.timeline.marked.connect(self._ask)
        self._card.moment_requested.connect(self._page.timeline.show_mark)
        self._card.file_requested.connect(self._pick)

    def wait(self) -> None:
        """Blocks until no frame is being decoded, and drops the picture."""
        self._wanted = None
        self._calls.wait()
        self._card.view.show_image(None)

    def _show_session(self, data: SessionData) -> None:
        """Starts anew for another session, and keeps the picture of the same one."""
        summary = data.summary
        if self._session == summary.id:
            return
        self._session, self._wanted = summary.id, None
        if not is_recording(summary.source):
            self._card.end()
            return
        self._card.begin(
            name=render(summary.source), length_s=self._page.timeline.length_s, found=self._path() is not None
        )
        if self._path() is not None:
            self._ask(self._page.timeline.marked_second or 0)

    def _path(self) -> Path | None:
        session = self._session
        return None if session is None else self._found.get(session) or self._path_of(session)

    def _ask(self, second: int) -> None:
        if self._path() is None:
            return
        self._card.show_second(second)
        self._wanted = second
        if not self._calls.busy:
            self._decode()

    def _decode(self) -> None:
        path, session, second = self._path(), self._session, self._wanted
        if path is None or second is None:
            return
        self._wanted = None
        self._calls.run(
            lambda: read_still(path, second),
            on_done=lambda image: self._show(session, image),
            on_failed=lambda error: self._fail(session, error),
        )

    def _show(self, session: int | None, image: Image) -> None:
        if session == self._session:
            self._card.view.show_image(image)
        self._decode()

    def _fail(self, session: int | None, error: Exception) -> None:
        if session == self._session:
            self._card.show_problem(describe_error(error))
        self._decode()

    def _pick(self) -> None:
        data = self._page.data
        if data is None:
            return
        name = render(data.summary.source)
        dialog = make_file_dialog(self._page.window(), tr("Find the recording"))
        dialog.setNameFilter(video_filter())
        dialog.fileSelected.connect(lambda path: self._check(Path(path), data, name))
        dialog.open()

    def _check(self, path: Path, data: SessionData, name: str) -> None:
        session, length_s = data.summary.id, self._page.timeline.length_s

        def take(_: None) -> None:
            self._found[session] = path
            if self._session == session:
                self._card.begin(name=name, length_s=length_s, found=True)
                self._ask(self._page.timeline.marked_second or 0)

        self._calls.run(
            lambda: check_recording(path, name=name, session_s=length_s),
            on_done=take,
            on_failed=lambda error: self._fail(session, error),
        )
