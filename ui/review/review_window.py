"""The review window: the recorded sessions, and one of them in full."""

import logging
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final, TypeVar

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from fer_desktop.errors import FerDesktopError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.storage.values import HeatGrid, SessionList, SessionSummary, StudentSummary
from ui.background import BackgroundCalls, describe_error
from ui.dialogs.base import make_confirmation_dialog
from ui.export.export_dialog import ExportRequest
from ui.language import tr, tr_count
from ui.ports import ExportFunction, StorePort
from ui.review.annotations import Annotations
from ui.review.call_checks import CallChecks
from ui.review.context import ReviewContext
from ui.review.corrections import Corrections
from ui.review.courses import CourseByTime, Courses
from ui.review.deletions import UNDO_S, Deletions
from ui.review.done_banner import DoneBanner, OpenFile, open_on_desktop
from ui.review.exports import SessionExports
from ui.review.finder import SessionFinder
from ui.review.purged_banner import PurgedBanner
from ui.review.rosters import Rosters
from ui.review.session_list import name_session
from ui.review.session_page import SessionData, SessionPage
from ui.review.side_pages import SidePages
from ui.review.undo_banner import UndoBanner, UndoKey
from ui.review.unreadable import UnreadableLessons
from ui.widgets.banner import Banner
from ui.widgets.basics import make_label
from ui.words import as_sentence, describe_server_copies, format_day, format_duration, label_student

T = TypeVar("T")

_log = logging.getLogger(__name__)

HEAT_COLUMNS: Final = 600
"""As many as fit a wide window: twelve seconds each in a two-hour session."""

FOLLOW_S: Final = 5.0
"""A session that is still going on is read again after this time, plus a multiple of the time that reading takes."""

_FOLLOW_SHARE: Final = 20

_LEAST_SIZE: Final = QSize(820, 360)
"""A usual screen has 960 x 540 points at 200 %, less the task bar and the title bar."""


class ReviewWindow(QMainWindow):
    """Reads the store on background threads; writes only the teacher's corrections, annotations and deletions."""

    def __init__(
        self,
        store: StorePort,
        export: ExportFunction,
        *,
        undo_s: float = UNDO_S,
        open_file: OpenFile = open_on_desktop,
        course_by_time: CourseByTime = lambda _: None,
    ) -> None:
        """`undo_s`: how long a deletion can be undone. `open_file`: shows what was exported.

        `course_by_time`: the course that the calendar has for a lesson's time.
        """
        super().__init__()
        self.setWindowTitle(tr("Review"))
        self.setMinimumSize(_LEAST_SIZE)
        self.resize(1240, 940)
        self._store = store
        self._undo_s = undo_s
        self._calls = BackgroundCalls(self)
        self.finder = SessionFinder()
        self.page = SessionPage()
        self.empty = make_label(_first_use_text(), "muted", wrap=True)
        self.loading = make_label(tr("Loading…"), "muted")
        self.unreadable = UnreadableLessons(self, self._delete_unreadable)
        self.problem = Banner("danger", name=tr("Problem"))
        self.done = DoneBanner(open_file)
        self.purged = PurgedBanner()
        self.undo, self.undo_annotation = UndoBanner(), UndoBanner()
        self._undo_key = UndoKey(self, (self.undo, self.undo_annotation))
        self._stack = QStackedWidget()
        self._student_to_select: int | None = None
        self._requested: int | None = None
        self._restored: int | None = None
        self._failed_kind = ""
        self._unshown: list[Exception] = []
        self._follow = QTimer(self)
        self._follow.setSingleShot(True)
        self._follow.timeout.connect(self.read_again)
        self.deletions = Deletions(
            self, store, undo_s=undo_s, run=self._run, changed=self._after_deletion, failed=self._show_error
        )
        context = ReviewContext(self, self.page, store, self._run)
        self.sides = SidePages(context, show=self._stack.setCurrentWidget, hidden=lambda: self.deletions.hidden)
        self._exports = SessionExports(context, export, done=self.done, failed=self._show_error)
        self._corrections = Corrections(context, after=self._after_correction)
        known = self.finder.course_names
        self._courses = Courses(context, courses=known, course_by_time=course_by_time, after=self._reload)
        self.rosters = Rosters(context, after=self._reload)
        self.call_checks = CallChecks(context, after=self._reload)
        self._annotations = Annotations(context, after=self._reload, undo=self.undo_annotation)
        self._arrange()
        self._connect()

    def _connect(self) -> None:
        self.finder.list.chosen.connect(self._open)
        self.page.student_requested.connect(self._load_student)
        self.page.delete_requested.connect(self._delete)
        self.page.erase_requested.connect(self._ask_to_erase)
        self.sides.lesson_requested.connect(self._open_lesson)
        self.purged.acted.connect(self._restore_purged)

    def _arrange(self) -> None:
        for label in (self.empty, self.loading):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setMargin(40)
        for widget in (self.empty, self.loading, self.page, *self.sides.pages()):
            self._stack.addWidget(widget)
        banners = QVBoxLayout()
        banners.setContentsMargins(12, 0, 12, 0)
        for banner in (self.unreadable, self.problem, self.done, self.undo, self.undo_annotation, self.purged):
            banners.addWidget(banner)
        main = QVBoxLayout()
        main.setSpacing(0)
        main.addLayout(banners)
        main.addWidget(self._stack, 1)
        content = QWidget()
        row = QHBoxLayout(content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.finder)
        row.addLayout(main, 1)
        self.setCentralWidget(content)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.finder.fit()

    @property
    def busy(self) -> bool:
        """Whether a call of the store or an export is under way."""
        return self._calls.busy or self._exports.busy

    @property
    def is_following(self) -> bool:
        """Whether the open session is still recorded and will be read again."""
        return self._follow.isActive()

    def refresh(self, *, select: int | None = None) -> None:
        """Reads the list of sessions and opens `select`; without it the open one stays, or else the newest opens."""
        self._requested = self._requested if select is None else select

        def read() -> tuple[SessionList, dict[int, str]]:
            return self._store.session_list(), self._store.search_texts()

        def show(answer: tuple[SessionList, dict[int, str]]) -> None:
            listed, texts = answer
            self.unreadable.show_sessions(listed.unreadable)
            self.purged.show_sessions(listed.hidden)
            self._show_sessions(listed.sessions, texts)

        self._run(read, show, kind="list")

    def _delete_unreadable(self, sessions: Sequence[int]) -> None:
        def delete() -> None:
            for session in sessions:
                self._store.delete_session(session)

        self._run(delete, lambda _: self.refresh())

    def _restore_purged(self) -> None:
        self.purged.button.setEnabled(False)
        self._run(self._store.restore_purged, lambda _: self.refresh())

    def export_to(self, request: ExportRequest) -> None:
        """Writes a file in the background."""
        self.problem.show_message(None)
        self._exports.write(request)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Carries out a pending deletion. If that or what was under way fails, the window stays open once to show it.

        It is logged too, as the program may be about to end.

        While a file is being written the window only hides: the file is completed, and an error shows the window again.
        """
        self._follow.stop()
        if self._exports.busy:
            self.deletions.settle()
            self.hide()
            event.ignore()
            return
        self.wait()
        self._settle_now()
        self.undo.end()
        if self._show_unshown():
            self.refresh()
            event.ignore()
            return
        self.undo_annotation.end()
        super().closeEvent(event)

    def withdraw(self) -> None:
        """Ends what is under way, held back or can be undone: a backup is about to take the place of the lessons.

        A lesson that was deleted is not: the backup, and the one that is kept of the present lessons, may hold it.
        """
        if self.deletions.hidden is not None:
            self._restore()
        self._annotations.withdraw()
        self._unshown += self._calls.wait()
        self._settle_now()
        self._show_unshown()

    def _settle_now(self) -> None:
        try:
            self.deletions.settle_now()
        except FerDesktopError as error:
            self._unshown.append(error)

    def _show_unshown(self) -> bool:
        """Shows, and logs, what failed while nobody took the results. Whether there was anything."""
        errors, self._unshown = self._unshown, []
        for error in errors:
            _log.warning("%s", describe_error(error))
            self._show_error(error)
        return bool(errors)

    def wait(self) -> None:
        """Blocks until no call is running: the store may be closed afterwards."""
        self._unshown += self._calls.wait() + self._exports.wait()

    def _run(self, call: Callable[[], T], on_done: Callable[[T], None], *, kind: str = "") -> None:
        """`kind`: of a read; its error is shown until a read of this kind succeeds, or something is written."""

        def succeed(answer: T) -> None:
            if kind and self._failed_kind == kind:
                self.problem.show_message(None)
            on_done(answer)
            if not kind and self._store.erasure_pending:
                self.problem.show_message(as_sentence(Message(MessageKey.ERASURE_PENDING)))

        if not kind:
            self.problem.show_message(None)
        self._calls.run(call, on_done=succeed, on_failed=partial(self._show_error, kind=kind), kind=kind)

    def _show_error(self, error: Exception, kind: str = "") -> None:
        if not kind:
            self.show()  # it is hidden if it was closed while a file was written
        self._failed_kind = kind
        self.problem.show_message(describe_error(error))
        self.undo_annotation.offer_again()
        if self._stack.currentWidget() is self.loading:
            self._stack.setCurrentWidget(self.empty)

    def _show_sessions(self, sessions: Sequence[SessionSummary], texts: dict[int, str]) -> None:
        shown = [each for each in sessions if each.id != self.deletions.hidden]
        requested, self._requested = self._requested, None
        kept = self._open_session_id()
        self.finder.show_sessions(shown, texts, select=requested, keep=kept)
        if not shown:
            self._stack.setCurrentWidget(self.empty)
        elif kept is not None and self.finder.list.selected() is None:  # the search leaves it out
            self._read(kept)

    def _open(self, summary: SessionSummary) -> None:
        self._requested = None
        if self.page.summary is None or self.page.summary.id != summary.id:
            self._student_to_select = None
            self._stack.setCurrentWidget(self.loading)
            if not self._exports.busy and summary.id != self._restored:
                self.done.show_message(None)  # it was about the previous session
            self._restored = None
        self._read(summary.id)

    def _open_lesson(self, session: int) -> None:
        """Opens a session from a side page."""
        if self.page.summary is not None and self.page.summary.id == session:
            self._stack.setCurrentWidget(self.page)
        self.refresh(select=session)

    def _read(self, session: int) -> None:
        began_s = time.monotonic()
        self._run(partial(self._read_session, session), partial(self._show_session, began_s=began_s), kind="session")

    def _read_session(self, session: int) -> SessionData:
        """On the background thread."""
        summary = self._store.session(session)
        return SessionData(
            summary,
            self._store.mood_series(session),
            self._store.students(session),
            self._store.events(session),
            self._store.roster(summary.course),
            self._store.settlements(session),
        )

    def _show_session(self, data: SessionData, *, began_s: float) -> None:
        before, session = self.page.summary, data.summary.id
        same = before is not None and before.id == session
        selected = self.page.student.student if same and self.page.student is not None else None
        self.page.show_session(data)
        if not (same and self._stack.currentWidget() in self.sides.pages()):  # reading again must not leave a side page
            self._stack.setCurrentWidget(self.page)
        student, self._student_to_select = self._student_to_select or selected, None
        if student is not None:
            self.page.students.select(student)
        if data.students:
            read = partial(self._store.heat_grid, session, HEAT_COLUMNS)
            self._run(read, lambda grid: self._show_heat(session, grid, began_s), kind="heat")
        elif data.summary.ended_at is None:
            self._follow_on(began_s)
        self.sides.open_requested(session)
        if same and before is not None and before.ended_at != data.summary.ended_at:
            self.refresh()  # it has just ended: its row in the list changes

    def _show_heat(self, session: int, grid: HeatGrid, began_s: float) -> None:
        self.page.show_heat(session, grid)
        summary = self.page.summary
        if summary is not None and summary.id == session and summary.ended_at is None:
            self._follow_on(began_s)

    def _follow_on(self, began_s: float) -> None:
        """Reads a session that is still going on again later."""
        took_s = time.monotonic() - began_s
        self._follow.start(round(1000 * (FOLLOW_S + _FOLLOW_SHARE * took_s)))

    def read_again(self) -> None:
        """Reads the open session again, unless the window is closed: it reads when it opens."""
        summary = self.page.summary
        if summary is None or not self.isVisible():
            return
        if self._stack.currentWidget() is not self.page:
            self._follow.start(round(1000 * FOLLOW_S))
            return
        self._read(summary.id)

    def _load_student(self, student: int) -> None:
        summary = self.page.summary
        if summary is not None:
            self._run(partial(self._store.student_series, summary.id, student), self.page.show_student, kind="student")

    def _delete(self) -> None:
        """Deletes without confirmation, as it can be undone."""
        summary = self.page.summary
        if summary is None or summary.ended_at is None:
            return
        words = tr_count(
            "Deleted: {name}, {day}, {duration} with {n} student.",
            "Deleted: {name}, {day}, {duration} with {n} students.",
            summary.students,
            name=name_session(summary),
            day=format_day(summary.local_time()),
            duration=format_duration(summary.seconds),
        )
        self.deletions.begin(summary)
        self.done.show_message(None)
        self.undo.offer(words, self._restore, for_s=self._undo_s)

    def _restore(self) -> None:
        """A message takes the place of the undo banner, so that a second click does not hit Delete below it."""
        self._restored = self.deletions.hidden
        self.deletions.undo()
        self.refresh(select=self._restored)  # in place of the lesson that was opened instead
        self.done.show_message(tr("Lesson restored."))

    def _after_deletion(self) -> None:
        """A session was hidden, restored, or deleted."""
        if self.deletions.hidden is None:
            self.undo.end()
        self.refresh()

    def _open_session_id(self) -> int | None:
        """The open session, or the one that is about to open, unless it is hidden."""
        summary = self.finder.list.selected() or self.page.summary
        return summary.id if summary is not None and summary.id != self.deletions.hidden else None

    def _ask_to_erase(self, student: StudentSummary) -> None:
        summary = self.page.summary
        if summary is None:
            return
        label = label_student(student.student, student.label)
        dialog = make_confirmation_dialog(
            self,
            title=tr("Erase {who} from this lesson?", who=label),
            about=tr_count(
                "All data about {who} will be erased permanently: {duration} and {n} flag. The class mood is "
                "recalculated without them. You cannot undo this.",
                "All data about {who} will be erased permanently: {duration} and {n} flags. The class mood is "
                "recalculated without them. You cannot undo this.",
                student.flags,
                who=label,
                duration=format_duration(student.tile_seconds),
            )
            + describe_server_copies(self._store.on_server),
            action=tr("Erase"),
        )
        dialog.accepted.connect(lambda: self._erase(summary.id, student.student, label))
        dialog.open()

    def _erase(self, session: int, student: int, label: str) -> None:
        self._annotations.forget(session, student)
        erase = partial(self._store.erase_student, session, student)
        self._run(erase, lambda _: self._after_erase(session, student, label))

    def _after_erase(self, session: int, student: int, label: str) -> None:
        self._annotations.forget(session, student)
        self.done.show_message(tr("{who} was erased.", who=label))
        self.refresh()

    def _after_correction(self, words: str, student: int) -> None:
        self._student_to_select = student
        self._reload(words)

    def _reload(self, words: str) -> None:
        """Shows what was done and reads the open session again."""
        self.done.show_message(words)
        self.refresh()


def _first_use_text() -> str:
    return tr(
        "No lessons yet.\n\nChoose what to watch in the main window. When you stop watching, the lesson appears here."
    )
