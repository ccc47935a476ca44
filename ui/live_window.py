"""The window that a teacher keeps beside the call: choose what to watch, then one glance tells how the class is."""

from typing import Final

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QStackedWidget, QVBoxLayout, QWidget

from fer_desktop.labels import pseudonym
from fer_desktop.types import Flag, Observation, PipelineState, StudentState
from ui.bridge import WakeBridge
from ui.dialogs.student_dialogs import JoinDialog, RenameDialog, list_others
from ui.ports import LiveSessionPort
from ui.start.start_panel import StartPanel
from ui.widgets.banner import Banner
from ui.widgets.footer import BookmarkBar, Footer
from ui.widgets.header import Header
from ui.widgets.watch_panel import WatchPanel
from ui.words import STARTING_SENTENCE, describe_class

REPAINT_MS: Final = 200
_ACTIVE: Final = (PipelineState.STARTING, PipelineState.RUNNING, PipelineState.PAUSED)


class LiveWindow(QMainWindow):
    """Shows one session at a time: `attach` it once it starts, `detach` it once it has ended.

    Workers wake the window through the bridge; it then fetches the newest observation and paints it with the next
    tick of its one timer. The window never builds or ends sessions itself: it asks by its signals. `ended` tells that
    a recording is through.
    """

    stop_wanted = Signal()
    restart_wanted = Signal()
    ended = Signal()
    review_wanted = Signal()
    settings_wanted = Signal()
    accuracy_wanted = Signal()
    about_wanted = Signal()
    closing = Signal(QCloseEvent)

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("FER Desktop")
        self.setMinimumSize(QSize(360, 420))
        self.resize(440, 900)
        self._session: LiveSessionPort | None = None
        self._source = ""
        self._aggregate_only = False
        self._observation: Observation | None = None
        self._bookmark_second: int | None = None
        self._dirty = False
        self._was_on = False
        self.header = Header()
        self.fault = Banner("danger", name="Problem", action="Restart")
        self.notice = Banner("warning", name="Notice")
        self.unexpected = Banner("warning", name="Unexpected problem")
        self.law = Banner("info", name="Place")
        self.start_panel = StartPanel()
        self.watch_panel = WatchPanel()
        self.bookmark_bar = BookmarkBar()
        self.footer = Footer()
        self._stack = QStackedWidget()
        self._bridge = WakeBridge(self._fetch, self)
        self._timer = QTimer(self)
        self._timer.setInterval(REPAINT_MS)
        self._timer.timeout.connect(self._repaint)
        self._arrange()
        self._connect()
        self._add_actions()
        self.show_start()

    def _arrange(self) -> None:
        self._stack.addWidget(self.start_panel)
        self._stack.addWidget(self.watch_panel)
        banners = QVBoxLayout()
        banners.setContentsMargins(12, 0, 12, 0)
        banners.setSpacing(0)
        for banner in (self.fault, self.notice, self.unexpected, self.law, self.bookmark_bar):
            banners.addWidget(banner)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addLayout(banners)
        column.addWidget(self._stack, 1)
        column.addWidget(self.footer)
        content = QWidget()
        content.setLayout(column)
        self.setCentralWidget(content)

    def _connect(self) -> None:
        self.fault.acted.connect(self.restart_wanted)
        self.footer.pause_clicked.connect(self.toggle_pause)
        self.footer.bookmark_clicked.connect(self.open_bookmark)
        self.footer.stop_clicked.connect(self.stop_wanted)
        self.bookmark_bar.saved.connect(self._bookmark)
        self.watch_panel.accuracy_wanted.connect(self.accuracy_wanted)
        self.watch_panel.preview.unfolded.connect(self._mark_dirty)
        students = self.watch_panel.students
        students.dismissed.connect(self._dismiss)
        students.excluded.connect(self._exclude)
        students.included.connect(self._include)
        students.rename_wanted.connect(self._ask_name)
        students.join_wanted.connect(self._ask_who)
        self.start_panel.review_wanted.connect(self.review_wanted)

    def _add_actions(self) -> None:
        menu = QMenu(self)
        for text, shortcut, signal in (
            ("Review sessions…", "Ctrl+R", self.review_wanted),
            ("Settings…", "Ctrl+,", self.settings_wanted),
            ("How sure is this?", "F1", self.accuracy_wanted),
            ("About FER Desktop", "", self.about_wanted),
        ):
            action = menu.addAction(text)
            action.setShortcut(QKeySequence(shortcut))
            action.triggered.connect(signal)
            self.addAction(action)
        self.header.menu_button.setMenu(menu)
        for text, shortcut, slot in (
            ("Pause or resume", "Ctrl+P", self.toggle_pause),
            ("Bookmark", "Ctrl+B", self.open_bookmark),
            ("Stop", "Ctrl+Shift+S", self._stop),
        ):
            action = QAction(text, self)
            action.setShortcut(QKeySequence(shortcut))
            action.triggered.connect(slot)
            self.addAction(action)

    @property
    def watching(self) -> bool:
        return self._session is not None

    def show_start(self, *, saved: str | None = None, problem: str | None = None) -> None:
        """The stopped state. `saved`: what was recorded just now; `problem`: why a start failed."""
        self.start_panel.saved.tell(saved)
        self.start_panel.problem.tell(problem)
        self._stack.setCurrentWidget(self.start_panel)
        self.footer.setVisible(False)
        self.bookmark_bar.setVisible(False)
        for banner in (self.fault, self.notice, self.unexpected, self.law):
            banner.tell(None)
        self.header.show_state(PipelineState.STOPPED, elapsed_s=None, source="")
        self.header.show_sentence(None)

    def show_starting(self, source: str) -> None:
        """Between the teacher's choice and the session: opening takes a moment."""
        self.show_start()
        self.header.show_state(PipelineState.STARTING, elapsed_s=None, source=source)
        self.start_panel.setEnabled(False)

    def attach(self, session: LiveSessionPort, *, source: str, aggregate_only: bool, law_line: str | None) -> None:
        """Shows `session` from now on. `law_line`: why expressions are off, None where they are on."""
        self._session, self._source, self._aggregate_only = session, source, aggregate_only
        self._observation, self._was_on = None, False
        self.start_panel.setEnabled(True)
        self.watch_panel.begin(expressions_on=session.expressions_on, aggregate_only=aggregate_only)
        self.law.tell(law_line)
        self.header.show_sentence(STARTING_SENTENCE)
        self._stack.setCurrentWidget(self.watch_panel)
        self.footer.setVisible(True)
        session.set_wake(self._bridge.wake)
        self._fetch()
        self._repaint()
        self._timer.start()

    def detach(self) -> None:
        """Lets go of the session, which has ended."""
        self._timer.stop()
        self._session = None
        self._observation = None
        self.start_panel.setEnabled(True)

    def show_observation(self, observation: Observation) -> None:
        """Takes the newest observation; it is painted with the next tick."""
        self._observation = observation
        self._dirty = True

    def tell_unexpected(self, text: str) -> None:
        """A message about an error inside the program; the session goes on where it can."""
        if self._session is None:
            self.start_panel.problem.tell(text)
        else:
            self.unexpected.tell(text)

    def show_stopping(self) -> None:
        """While the session is saved: nothing can be clicked twice."""
        self.header.show_state(PipelineState.STOPPING, elapsed_s=self._elapsed_s(), source=self._source)
        self.footer.show_state(PipelineState.STOPPING)
        self.fault.button.setEnabled(False)
        self._timer.stop()

    def toggle_pause(self) -> None:
        session = self._session
        if session is None:
            return
        if session.state is PipelineState.PAUSED:
            session.resume()
        elif session.state is PipelineState.RUNNING:
            session.pause()
        self._repaint()

    def open_bookmark(self) -> None:
        if self._session is not None and self._session.state in _ACTIVE:
            # The moment counts, not how long the note takes to write.
            self._bookmark_second = self._observation.second if self._observation else None
            self.bookmark_bar.open()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit(event)

    def _stop(self) -> None:
        if self._session is not None:
            self.stop_wanted.emit()

    def _bookmark(self, note: str) -> None:
        if self._session is not None:
            self._session.bookmark(note, second=self._bookmark_second)

    def _dismiss(self, flag: Flag) -> None:
        if self._session is not None:
            self._session.dismiss(flag)

    def _exclude(self, student: int) -> None:
        if self._session is not None:
            self._session.exclude(student)

    def _include(self, student: int) -> None:
        if self._session is not None:
            self._session.include(student)

    def _ask_name(self, state: StudentState) -> None:
        name = "" if state.label == pseudonym(state.student) else state.label
        dialog = RenameDialog(self, label=state.label, name=name)
        dialog.accepted.connect(lambda: self._rename(state.student, dialog.name()))
        dialog.open()

    def _rename(self, student: int, name: str) -> None:
        if self._session is not None:
            self._session.rename(student, name)

    def _ask_who(self, state: StudentState) -> None:
        students = self._observation.students if self._observation else ()
        others = list_others(state, students)
        if others:
            dialog = JoinDialog(self, label=state.label, others=others)
            labels = {other.student: other.label for other in others}
            dialog.accepted.connect(lambda: self._join(state.student, dialog.student(), labels[dialog.student()]))
            dialog.open()

    def _join(self, student: int, into: int, label: str) -> None:
        if self._session is not None:
            self._session.merge(student, into)
            self.watch_panel.students.tell_joining(student, label)

    def _mark_dirty(self) -> None:
        self._dirty = True

    def _fetch(self) -> None:
        """On the Qt thread, after a worker's wake-up."""
        if self._session is None:
            return
        observation = self._session.observations.take(0)
        if observation is not None:
            self.show_observation(observation)

    def _elapsed_s(self) -> float:
        return 0.0 if self._observation is None else float(self._observation.second)

    def _repaint(self) -> None:
        session = self._session
        if session is None:
            return
        state = session.state
        self.header.show_state(state, elapsed_s=self._elapsed_s(), source=self._source)
        self.footer.show_state(state)
        self.fault.button.setEnabled(True)
        self.fault.tell(session.fault)
        self.notice.tell(None if session.fault else session.notice)
        self._was_on = self._was_on or state in _ACTIVE
        if self._was_on and state is PipelineState.STOPPED and session.fault is None:
            self._was_on = False
            self.ended.emit()
        if self.isMinimized() or not self._dirty or self._observation is None:
            return
        self._dirty = False
        observation = self._observation
        self.footer.show_figures(session.stats, observation)
        self.watch_panel.show_observation(observation)
        self.header.show_sentence(
            describe_class(
                observation.mood,
                observation.students,
                expressions_on=session.expressions_on,
                aggregate_only=self._aggregate_only,
            )
        )


def keep_on_top(window: QMainWindow, *, on: bool) -> None:
    """Keeps a window above all others, or no longer; it stays where it is."""
    if bool(window.windowFlags() & Qt.WindowType.WindowStaysOnTopHint) == on:
        return
    visible = window.isVisible()
    window.setWindowFlag(Qt.WindowType.WindowStaysOnTopHint, on)
    window.setVisible(visible)
