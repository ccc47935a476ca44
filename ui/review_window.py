"""After class: the recorded sessions, and one of them whole."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from fer_desktop.storage.values import SessionSummary, StudentSummary
from fer_desktop.types import ExportFormat, ExportPart
from ui.background import BackgroundCalls, describe_error
from ui.dialogs.base import ask
from ui.ports import ExportFunction, StorePort
from ui.review.corrections import Corrections
from ui.review.rosters import Rosters
from ui.review.session_list import SessionList, name_session
from ui.review.session_page import SessionData, SessionPage
from ui.stylesheet import set_role
from ui.widgets.banner import Banner
from ui.widgets.basics import make_label
from ui.words import count, format_day, format_duration

T = TypeVar("T")

_EMPTY = (
    "No sessions yet.\n\nChoose what to watch in the main window. When you stop watching, the session appears here."
)


class ReviewWindow(QMainWindow):
    """Reads the store on a background thread; writes to it only what the teacher corrects, deletes or erases."""

    def __init__(self, store: StorePort, export: ExportFunction) -> None:
        super().__init__()
        self.setWindowTitle("FER Desktop – Review")
        self.setMinimumSize(QSize(820, 560))
        self.resize(1240, 940)
        self._store = store
        self._export = export
        self._calls = BackgroundCalls(self)
        self.sessions = SessionList()
        self.page = SessionPage()
        self.empty = make_label(_EMPTY, "muted", wrap=True)
        self.loading = make_label("Loading…", "muted")
        self.problem = Banner("danger", name="Problem")
        self.done = Banner("info", name="Done")
        self._stack = QStackedWidget()
        self._student_to_select: int | None = None
        self._arrange()
        self.sessions.chosen.connect(self._open)
        self.page.student_wanted.connect(self._load_student)
        self.page.export_wanted.connect(self._ask_where_to_export)
        self.page.delete_wanted.connect(self._ask_to_delete)
        self.page.erase_wanted.connect(self._ask_to_erase)
        self._corrections = Corrections(self, self.page, store, run=self._run, after=self._after_correction)
        self.rosters = Rosters(self, self.page, store, run=self._run, after=self._reload)

    def _arrange(self) -> None:
        side = QFrame()
        set_role(side, "band")
        side.setFixedWidth(290)
        side_column = QVBoxLayout(side)
        side_column.setContentsMargins(0, 12, 0, 0)
        title = make_label("Sessions", "title")
        title.setContentsMargins(14, 0, 0, 4)
        side_column.addWidget(title)
        side_column.addWidget(self.sessions, 1)
        for label in (self.empty, self.loading):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setMargin(40)
        for widget in (self.empty, self.loading, self.page):
            self._stack.addWidget(widget)
        banners = QVBoxLayout()
        banners.setContentsMargins(12, 0, 12, 0)
        banners.addWidget(self.problem)
        banners.addWidget(self.done)
        main = QVBoxLayout()
        main.setSpacing(0)
        main.addLayout(banners)
        main.addWidget(self._stack, 1)
        content = QWidget()
        row = QHBoxLayout(content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(side)
        row.addLayout(main, 1)
        self.setCentralWidget(content)

    def refresh(self, *, select: int | None = None) -> None:
        """Reads the list anew and opens `select`, or the newest session."""
        self._run(self._store.list_sessions, partial(self._show_sessions, select=select), kind="list")

    def export_to(
        self, path: Path, format_name: ExportFormat, student: int | None = None, part: ExportPart = "all"
    ) -> None:
        """Writes the open session, one student of it, or its attendance into a file."""
        summary = self.page.summary
        if summary is None:
            return
        self._run(
            lambda: self._export(summary.id, format=format_name, path=path, student=student, part=part),
            lambda _: self.done.tell(f"Saved as {path}"),
        )

    def closeEvent(self, event: QCloseEvent) -> None:
        self.wait()
        super().closeEvent(event)

    def wait(self) -> None:
        """Until no call is under way: the store may be closed afterwards."""
        self._calls.wait()

    def _run(self, call: Callable[[], T], on_done: Callable[[T], None], *, kind: str = "") -> None:
        self.problem.tell(None)
        self._calls.run(call, on_done=on_done, on_failed=self._tell_failure, kind=kind)

    def _tell_failure(self, error: Exception) -> None:
        self.problem.tell(describe_error(error))
        if self._stack.currentWidget() is self.loading:
            self._stack.setCurrentWidget(self.empty)

    def _show_sessions(self, sessions: list[SessionSummary], *, select: int | None) -> None:
        self.sessions.show_sessions(sessions, select=select)
        if not sessions:
            self._stack.setCurrentWidget(self.empty)

    def _open(self, summary: SessionSummary) -> None:
        if self.page.summary is None or self.page.summary.id != summary.id:
            self._student_to_select = None
            self._stack.setCurrentWidget(self.loading)
        self._run(partial(self._read_session, summary.id), self._show_session, kind="session")

    def _read_session(self, session: int) -> SessionData:
        """On the background thread."""
        summary = self._store.session(session)
        return SessionData(
            summary,
            self._store.mood_series(session),
            self._store.students(session),
            self._store.events(session),
            self._store.roster(summary.course),
        )

    def _show_session(self, data: SessionData) -> None:
        self.page.show_session(data)
        self._stack.setCurrentWidget(self.page)
        student, self._student_to_select = self._student_to_select, None
        if student is not None:
            self.page.students.select(student)

    def _load_student(self, student: int) -> None:
        summary = self.page.summary
        if summary is not None:
            self._run(partial(self._store.student_series, summary.id, student), self.page.show_student, kind="student")

    def _ask_where_to_export(self, format_name: ExportFormat, student: int | None, part: ExportPart) -> None:
        summary = self.page.summary
        if summary is None:
            return
        what = "-attendance" if part == "attendance" else "" if student is None else f"-student-{student}"
        dialog = QFileDialog(self, "Export", f"fer-desktop-session-{summary.id}{what}.{format_name}")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(format_name)
        dialog.setNameFilter(f"{format_name.upper()} (*.{format_name})")
        dialog.fileSelected.connect(lambda path: self.export_to(Path(path), format_name, student, part))
        dialog.open()

    def _ask_to_delete(self) -> None:
        summary = self.page.summary
        if summary is None:
            return
        dialog = ask(
            self,
            title="Delete this session?",
            about=f"{name_session(summary)}, {format_day(summary.started_at)}: {format_duration(summary.seconds)} of "
            f"{count(summary.students, 'student')}, with {count(summary.bookmarks, 'bookmark')} and "
            f"{count(summary.flags, 'flag')}. This cannot be undone.",
            action="Delete",
        )
        dialog.accepted.connect(lambda: self._run(partial(self._store.delete_session, summary.id), self._after_delete))
        dialog.open()

    def _after_delete(self, _: object) -> None:
        self.done.tell("The session was deleted.")
        self.refresh()

    def _ask_to_erase(self, student: StudentSummary) -> None:
        summary = self.page.summary
        if summary is None:
            return
        dialog = ask(
            self,
            title=f"Erase {student.label} from this session?",
            about=f"All that was stored of {student.label} is removed for good: "
            f"{format_duration(student.tile_seconds)} and {count(student.flags, 'flag')}. "
            "The mood of the class is worked out without them. This cannot be undone.",
            action="Erase",
        )
        erase = partial(self._store.erase_student, summary.id, student.student)
        dialog.accepted.connect(lambda: self._run(erase, lambda _: self._after_erase(student, summary.id)))
        dialog.open()

    def _after_erase(self, student: StudentSummary, session: int) -> None:
        self.done.tell(f"{student.label} was erased.")
        self.refresh(select=session)

    def _after_correction(self, words: str, student: int) -> None:
        self._student_to_select = student
        self._reload(words)

    def _reload(self, words: str) -> None:
        """Tells what was done and shows the open session anew."""
        self.done.tell(words)
        self.refresh(select=self.page.summary.id if self.page.summary else None)
