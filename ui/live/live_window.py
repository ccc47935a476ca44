"""The window that a teacher keeps beside the call: choose what to watch, then one glance tells how the class is."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QMenu, QStackedWidget, QVBoxLayout, QWidget

from fer_desktop.messages.wording import format_clock
from fer_desktop.types import Observation, PipelineState
from ui.desktop_keys import DesktopKeys, Key, NoKeys
from ui.language import tr
from ui.live.class_flag import ClassFlag
from ui.live.dismissals import Dismissals
from ui.live.footer import Footer
from ui.live.header import Header
from ui.live.live_actions import LiveActions
from ui.live.note_bar import NoteBar
from ui.live.session_keys import SessionKeys
from ui.live.student_actions import StudentActions
from ui.live.tray import Notifier, Tray
from ui.live.watch_panel import WatchPanel
from ui.on_top import keep_on_top
from ui.ports import LiveSessionPort
from ui.start.start_panel import StartPanel
from ui.wake_bridge import WakeBridge
from ui.widgets.banner import Banner
from ui.words import as_sentence, describe_class, not_watching_sentence, starting_sentence

REPAINT_MS: Final = 200
_NOT_WATCHING: Final = (PipelineState.PAUSED, PipelineState.FAULTED)
_ACTIVE: Final = (PipelineState.STARTING, PipelineState.RUNNING, PipelineState.PAUSED)


class LiveWindow(QMainWindow):
    """Shows one session at a time: `attach` it once it starts, `detach` it once it has ended.

    Workers wake the window through the bridge; it then fetches the newest observation and paints it with the next
    tick of its one timer. The window never builds or ends sessions itself: it asks by its signals. `ended` tells that
    a recording is through. Quiet, it does not disturb: flags are recorded, and nothing pops up, moves or changes place.
    """

    stop_requested = Signal()
    restart_requested = Signal()
    ended = Signal()
    review_requested = Signal()
    settings_requested = Signal()
    accuracy_requested = Signal()
    about_requested = Signal()
    first_steps_requested = Signal()
    on_top_changed = Signal(bool)
    quiet_changed = Signal(bool)
    closing = Signal(QCloseEvent)

    def __init__(self, keys: DesktopKeys | None = None) -> None:
        """`keys`: held while a session is on, so that it can be marked and paused from within the call."""
        super().__init__()
        self.setWindowTitle("FER Desktop")
        self.setMinimumSize(QSize(360, 420))
        self.resize(440, 900)
        self._session: LiveSessionPort | None = None
        self._source = ""
        self._aggregate_only = False
        self._observation: Observation | None = None
        self._bookmark_second: int | None = None
        self._check_empty: Callable[[Observation], str | None] = lambda _: None
        self._empty_help: str | None = None
        self._notifier = Notifier()
        self._dirty = False
        self._was_on = False
        self.header = Header()
        self.fault = Banner("danger", name=tr("Problem"), action=tr("Restart"))
        self.notice = Banner("warning", name=tr("Notice"))
        self.unexpected = Banner("warning", name=tr("Unexpected problem"))
        self.class_flag = ClassFlag()
        self.law = Banner("info", name=tr("Place"))
        self.start_panel = StartPanel()
        self.watch_panel = WatchPanel()
        self.bookmark_bar = NoteBar(tr("Bookmark"), placeholder=tr("A note, if you like"), empty_allowed=True)
        self.footer = Footer()
        slots = {Key.BOOKMARK: self.mark_moment, Key.PAUSE: self.toggle_pause}
        self._keys = SessionKeys(keys or NoKeys(), slots, self.footer.show_keys)
        self._stack = QStackedWidget()
        self.shared_actions = LiveActions(self)
        self.tray = Tray(self, self.shared_actions)
        self._student_actions = StudentActions(
            self,
            self.watch_panel.students,
            session=lambda: self._session,
            observation=lambda: self._observation,
            show_status=self.footer.show_status,
        )
        self._dismissals = Dismissals(
            session=lambda: self._session,
            name=self._student_actions.name,
            offer=self.footer.offer,
            refresh=self._refresh,
        )
        self._bridge = WakeBridge(self._fetch, self)
        self._timer = QTimer(self)
        self._timer.setInterval(REPAINT_MS)
        self._timer.timeout.connect(self._repaint)
        self._arrange()
        self._connect()
        self._connect_actions()
        self.show_start()

    def _arrange(self) -> None:
        self._stack.addWidget(self.start_panel)
        self._stack.addWidget(self.watch_panel)
        banners = QVBoxLayout()
        banners.setContentsMargins(12, 0, 12, 0)
        banners.setSpacing(0)
        for banner in (self.fault, self.notice, self.unexpected, self.class_flag, self.law, self.bookmark_bar):
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
        self.fault.acted.connect(self.restart_requested)
        self.footer.pause_clicked.connect(self.toggle_pause)
        self.footer.bookmark_clicked.connect(self.open_bookmark)
        self.footer.stop_clicked.connect(self.stop_requested)
        self.bookmark_bar.saved.connect(lambda note: self._bookmark(note, self._bookmark_second))
        self.watch_panel.accuracy_requested.connect(self.accuracy_requested)
        self.watch_panel.preview.unfolded.connect(self._refresh)
        self.class_flag.dismissed.connect(self._dismissals.dismiss)
        self.watch_panel.students.dismissed.connect(self._dismissals.dismiss)
        self.start_panel.review_requested.connect(self.review_requested)

    def _connect_actions(self) -> None:
        actions, menu = self.shared_actions, QMenu(self)
        for action, slot in (
            (actions.pause, self.toggle_pause),
            (actions.bookmark, self.open_bookmark),
            (actions.stop, self._stop),
            (actions.review, self.review_requested.emit),
            (actions.settings, self.settings_requested.emit),
            (actions.guide, self.first_steps_requested.emit),
            (actions.accuracy, self.accuracy_requested.emit),
            (actions.about, self.about_requested.emit),
            (actions.quit, self.close),
            (self.tray.show_action, self.bring_to_front),
        ):
            action.triggered.connect(lambda _checked=False, slot=slot: slot())
        actions.on_top.toggled.connect(self._set_on_top)
        actions.quiet.toggled.connect(self._set_quiet)
        actions.fill_menu(menu)
        self.header.menu_button.setMenu(menu)

    @property
    def watching(self) -> bool:
        return self._session is not None

    def show_start(self, *, saved: str | None = None, problem: str | None = None) -> None:
        """The stopped state. `saved`: what was recorded just now; `problem`: why a start failed."""
        self.start_panel.saved.show_message(saved)
        self.start_panel.problem.show_message(problem)
        self._stack.setCurrentWidget(self.start_panel)
        self.footer.setVisible(False)
        self.bookmark_bar.setVisible(False)
        for banner in (self.fault, self.notice, self.unexpected, self.class_flag, self.law):
            banner.show_message(None)
        self._show_state(PipelineState.STOPPED, elapsed_s=None)
        self.header.show_sentence(None)

    def show_starting(self, source: str) -> None:
        """Between the teacher's choice and the session: opening takes a moment."""
        self.show_start()
        self._source = source
        self._show_state(PipelineState.STARTING, elapsed_s=None)
        self.start_panel.setEnabled(False)

    def attach(
        self,
        session: LiveSessionPort,
        *,
        source: str,
        aggregate_only: bool,
        law_line: str | None,
        check_empty: Callable[[Observation], str | None] = lambda _: None,
    ) -> None:
        """Shows `session` from now on. `law_line`: why expressions are off, None where they are on.

        `check_empty`: what to do about an observation that shows nobody, None where there is nothing to say.
        """
        self._session, self._source, self._aggregate_only = session, source, aggregate_only
        self._observation, self._was_on = None, False
        self._check_empty, self._empty_help = check_empty, None
        self._notifier = Notifier(of_students=not aggregate_only)
        self.start_panel.setEnabled(True)
        self.watch_panel.begin(expressions_on=session.expressions_on, aggregate_only=aggregate_only)
        self.footer.begin()
        self.law.show_message(law_line)
        self.header.show_sentence(starting_sentence())
        self._stack.setCurrentWidget(self.watch_panel)
        self.footer.setVisible(True)
        self._keys.begin()
        session.set_wake(self._bridge.wake)
        self._fetch()
        self._repaint()
        self._timer.start()

    def detach(self) -> None:
        """Lets go of the session, which has ended."""
        self._timer.stop()
        self.footer.end_offer()
        self._keys.end()
        self._session = None
        self._observation = None
        self._dismissals.forget()
        self.watch_panel.preview.forget()
        self.start_panel.setEnabled(True)

    def show_observation(self, observation: Observation) -> None:
        """Takes the newest observation; it is painted with the next tick."""
        self._observation = observation
        self._dirty = True

    def show_unexpected_error(self, text: str) -> None:
        """A message about an error inside the program; the session goes on where it can."""
        if self._session is None:
            self.start_panel.problem.show_message(text)
        else:
            self.unexpected.show_message(text)

    def show_stopping(self) -> None:
        """While the session is saved: nothing can be clicked twice, and what was being written is kept."""
        self.bookmark_bar.keep()
        self.watch_panel.students.note_bar.keep()
        self.footer.end_offer()
        self._show_state(PipelineState.STOPPING, elapsed_s=self._elapsed_s())
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
        """Asks for a note; out of sight, where nobody could write one, the bookmark is set at once."""
        if self.out_of_sight:
            self.mark_moment()
        elif self._active:
            self.bookmark_bar.keep()
            # The moment counts, not how long the note takes to write.
            self._bookmark_second = self._current_second
            self.bookmark_bar.open()

    def mark_moment(self) -> None:
        """A bookmark at once, without a note: whoever works in the call is asked nothing."""
        if self._active:
            self._bookmark("", self._current_second)

    @property
    def out_of_sight(self) -> bool:
        return self.isMinimized() or not self.isVisible()

    def bring_to_front(self) -> None:
        """From the tray: in front of the others."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def set_options(self, *, on_top: bool, quiet: bool, keys_everywhere: bool) -> None:
        """As the settings have them."""
        self.shared_actions.on_top.setChecked(on_top)
        self.shared_actions.quiet.setChecked(quiet)
        self._keys.set_allowed(keys_everywhere)

    def _set_on_top(self, on: bool) -> None:
        keep_on_top(self, on=on)
        self.on_top_changed.emit(on)

    def _set_quiet(self, on: bool) -> None:
        self.watch_panel.students.quiet = on
        self.header.quiet.setVisible(on)
        self._refresh()
        self.quiet_changed.emit(on)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit(event)

    def _stop(self) -> None:
        if self._session is not None:
            self.stop_requested.emit()

    @property
    def _active(self) -> bool:
        return self._session is not None and self._session.state in _ACTIVE

    @property
    def _current_second(self) -> int | None:
        return self._observation.second if self._observation else None

    def _bookmark(self, note: str, second: int | None) -> None:
        if self._session is not None:
            self._session.bookmark(note, second=second)
            text = tr("Bookmark kept at {time}.").format(time=format_clock(second or 0))
            self.footer.show_status(text if second is not None else tr("Kept once there is a picture."))

    def _show_state(self, state: PipelineState, *, elapsed_s: float | None, waiting: bool = False) -> None:
        source = "" if state is PipelineState.STOPPED and self._session is None else self._source
        self.header.show_state(state, elapsed_s=elapsed_s, source=source, waiting=waiting)
        self.footer.show_state(state)
        self.shared_actions.show_state(state)
        self.tray.show_state(state, waiting=waiting)

    def repaint_now(self) -> None:
        """Shows what is new at once, instead of with the next tick."""
        self._repaint()

    def _refresh(self) -> None:
        self._dirty = True
        self._repaint()

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
        state, lost = session.state, session.picture_lost
        waiting = lost is not None and state is PipelineState.RUNNING
        self._show_state(state, elapsed_s=self._elapsed_s(), waiting=waiting)
        self.tray.notify(self._notifier.check_picture(lost, out_of_sight=self._should_notify))
        self.fault.button.setEnabled(True)
        fault, notice = session.fault, session.notice
        self.fault.show_message(as_sentence(fault) if fault else None)
        self.notice.show_message(None if fault else as_sentence(notice) if notice else self._empty_help)
        self._was_on = self._was_on or state in _ACTIVE
        if self._was_on and state is PipelineState.STOPPED and session.fault is None:
            self._was_on = False
            self.ended.emit()
        if self._dirty and self._observation is not None:
            self._track(self._observation)
            if not self.out_of_sight:
                self._dirty = False
                self._show(session, self._observation)
        blind = waiting or state in _NOT_WATCHING
        self.watch_panel.show_as_of(self._current_second if blind else None)
        if blind:
            self.header.show_sentence(not_watching_sentence())

    @property
    def _should_notify(self) -> bool:
        """Whether what is new should be told beside the window."""
        return self.out_of_sight and not self.shared_actions.quiet.isChecked()

    def _track(self, observation: Observation) -> None:
        """What counts also while nobody looks."""
        self._empty_help = self._check_empty(observation)
        self.tray.notify(self._notifier.check(observation, out_of_sight=self._should_notify))

    def _show(self, session: LiveSessionPort, observation: Observation) -> None:
        observation = self._dismissals.hide(observation)
        self.footer.show_figures(session.stats, observation)
        self.watch_panel.show_observation(observation)
        self.class_flag.show_flags(() if self.shared_actions.quiet.isChecked() else observation.class_flags)
        self.header.show_sentence(
            describe_class(
                observation.mood,
                observation.students,
                expressions_on=session.expressions_on,
                aggregate_only=self._aggregate_only,
            )
        )
