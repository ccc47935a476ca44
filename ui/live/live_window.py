"""The window beside the call: choose what to watch, then see at a glance how the class is."""

from typing import Final

from PySide6.QtCore import QElapsedTimer, QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QMenu, QWidget

from fer_desktop.settings import StripPlace
from fer_desktop.types import Observation, PipelineState
from ui.desktop_keys import DesktopKeys, Key, NoKeys
from ui.live.attached_session import AttachedSession, CheckEmpty, SessionStatus
from ui.live.bookmark_bar import BookmarkBar
from ui.live.dismissals import Dismissals
from ui.live.footer import Footer
from ui.live.header import Header
from ui.live.live_actions import LiveActions
from ui.live.removals import Removals
from ui.live.session_banners import SessionBanners
from ui.live.session_keys import SessionKeys
from ui.live.session_painter import SessionPainter
from ui.live.strip import Strip
from ui.live.strip_mode import StripMode
from ui.live.student_actions import StudentActions
from ui.live.tray import Notifier, Tray
from ui.live.watch_panel import WatchPanel
from ui.live.window_parts import WindowParts
from ui.on_top import keep_on_top
from ui.ports import LiveSessionPort
from ui.start.start_panel import StartPanel
from ui.wake_bridge import WakeBridge
from ui.widgets.basics import fill_column
from ui.widgets.pages import Pages
from ui.words import starting_sentence

REPAINT_MS: Final = 200
_AT_ONCE_AFTER_MS: Final = 120
"""So long after the last observation was painted the next one is painted as it comes; sooner, with the next tick."""


class LiveWindow(QMainWindow):
    """Shows one session at a time: `attach` it once it starts, `detach` it once it has ended.

    Worker threads wake the window through the bridge; it fetches the newest observation and paints it at once, or with
    the next tick of its timer where it has just painted one. The window never builds or ends sessions: it requests that
    by its signals. `ended`: a recording has reached its end. In "Do not disturb" mode flags are recorded, and nothing
    pops up or moves.
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
    strip_placed = Signal(object)
    closing = Signal(QCloseEvent)

    def __init__(self, keys: DesktopKeys | None = None, *, repaint_ms: int = REPAINT_MS) -> None:
        """`keys`: the desktop's, held while a session is on so that they work while the call has the keyboard.

        `repaint_ms`: from one tick to the next.
        """
        super().__init__()
        self.setWindowTitle("FER Desktop")
        self.setMinimumSize(QSize(360, 420))
        self.resize(440, 900)
        self._shown: AttachedSession | None = None
        self.last_observation: Observation | None = None
        self.header = Header()
        self.banners = SessionBanners()
        self.start_panel = StartPanel()
        self.watch_panel = WatchPanel()
        self.footer = Footer()
        self.strip = Strip()
        self.bookmark_bar = BookmarkBar(shown=lambda: self._shown, show_status=self._show_short_message)
        self._stack = Pages()
        self.shared_actions = LiveActions(self)
        self.tray = Tray(self, self.shared_actions)
        slots = {Key.BOOKMARK: self.bookmark_bar.bookmark_now, Key.PAUSE: self.toggle_pause}
        self._keys = SessionKeys(keys or NoKeys(), slots, self.footer.show_keys)
        self._student_actions = self._make_student_actions()
        parts = WindowParts(
            session=lambda: self.session,
            name=self._student_actions.name,
            offer=self.footer.offer,
            refresh=self._refresh,
        )
        self._dismissals, self._removals = Dismissals(parts), Removals(parts)
        self._painter = SessionPainter(
            header=self.header,
            footer=self.footer,
            strip=self.strip,
            banners=self.banners,
            watch_panel=self.watch_panel,
            tray=self.tray,
            actions=self.shared_actions,
            hide=lambda observation: self._removals.hide(self._dismissals.hide(observation)),
            out_of_sight=lambda: self.out_of_sight,
        )
        self._bridge = WakeBridge(self._fetch, self)
        self._timer = QTimer(self)
        self._timer.setInterval(repaint_ms)
        self._since_painted = QElapsedTimer()
        self._arrange()
        self._connect()
        self._connect_actions()
        self.show_start()

    def _make_student_actions(self) -> StudentActions:
        return StudentActions(
            self,
            self.watch_panel.students,
            session=lambda: self.session,
            observation=lambda: self._shown.observation if self._shown else None,
            show_status=self.footer.show_status,
        )

    def _arrange(self) -> None:
        students = self.watch_panel.students
        self._watch_page = QWidget()
        fill_column(self._watch_page, self.watch_panel, students.actions_row, students.note_bar)
        self._stack.addWidget(self.start_panel)
        self._stack.addWidget(self._watch_page)
        self.banners.addWidget(self.bookmark_bar)
        above, whole, content = QWidget(), QWidget(), QWidget()
        above.setLayout(self.banners)
        fill_column(whole, self._stack, self.footer, above=(self.header, above))
        fill_column(content, whole, above=(self.strip,))
        self.setCentralWidget(content)
        self._strip_mode = StripMode(self, strip=self.strip, whole=whole)

    def _connect(self) -> None:
        self._timer.timeout.connect(self._repaint)
        self.banners.fault.acted.connect(self.restart_requested)
        self.banners.class_flag.dismissed.connect(self._dismissals.dismiss)
        self.footer.pause_clicked.connect(self.toggle_pause)
        self.footer.bookmark_clicked.connect(self.open_bookmark)
        self.footer.stop_clicked.connect(self.stop_requested)
        self.watch_panel.accuracy_requested.connect(self.accuracy_requested)
        self.watch_panel.preview.unfolded.connect(self._refresh)
        self.watch_panel.students.dismissed.connect(self._dismissals.dismiss)
        self.watch_panel.students.removed.connect(self._removals.remove)
        self.start_panel.review_requested.connect(self.review_requested)
        self.bookmark_bar.bookmarked.connect(self.watch_panel.show_bookmark)
        self.strip.bookmark_clicked.connect(self.bookmark_bar.bookmark_now)
        self.strip.stop_clicked.connect(self.stop_requested)
        self._strip_mode.placed.connect(self.strip_placed)

    def _connect_actions(self) -> None:
        actions, menu = self.shared_actions, QMenu(self)
        for action, slot in (
            (actions.pause, self.toggle_pause),
            (actions.bookmark, self.open_bookmark),
            (actions.stop, lambda: self.stop_requested.emit() if self.watching else None),
            (actions.review, self.review_requested.emit),
            (actions.settings, self.settings_requested.emit),
            (actions.first_steps, self.first_steps_requested.emit),
            (actions.accuracy, self.accuracy_requested.emit),
            (actions.about, self.about_requested.emit),
            (actions.quit, self.close),
            (self.tray.show_action, self.bring_to_front),
        ):
            action.triggered.connect(lambda _checked=False, slot=slot: slot())
        actions.on_top.toggled.connect(self._set_on_top)
        actions.strip.toggled.connect(self._set_strip)
        self.header.strip_button.clicked.connect(actions.strip.trigger)
        self.strip.whole_clicked.connect(actions.strip.trigger)
        actions.quiet.toggled.connect(self._set_quiet)
        actions.fill_menu(menu)
        self.header.menu_button.setMenu(menu)

    @property
    def session(self) -> LiveSessionPort | None:
        """The attached session."""
        return self._shown.port if self._shown else None

    @property
    def watching(self) -> bool:
        """Whether a session is attached."""
        return self._shown is not None

    @property
    def out_of_sight(self) -> bool:
        """Whether the window is minimised or hidden."""
        return self.isMinimized() or not self.isVisible()

    def show_start(self, *, problem: str | None = None) -> None:
        """The stopped state. `problem`: why a start failed."""
        self.start_panel.setEnabled(True)
        self.start_panel.saved.show_message(None)
        self.start_panel.problem.show_message(problem)
        self.shared_actions.strip.setChecked(False)
        self._stack.setCurrentWidget(self.start_panel)
        self.footer.setVisible(False)
        self.bookmark_bar.setVisible(False)
        self.banners.hide_all()
        self._painter.show_state(PipelineState.STOPPED, source="")
        self.header.show_sentence(None)
        self.start_panel.focus_first()

    def show_starting(self, source: str) -> None:
        """Between the teacher's choice and the session: opening takes a moment."""
        self.show_start()
        self._painter.show_state(PipelineState.STARTING, source=source)
        self.start_panel.setEnabled(False)

    def attach(
        self,
        session: LiveSessionPort,
        *,
        source: str,
        aggregate_only: bool,
        law_line: str | None,
        check_empty: CheckEmpty = lambda _: None,
    ) -> None:
        """Shows `session` from now on. `law_line`: why expressions are off, None where they are on."""
        notifier = Notifier(of_students=not aggregate_only)
        self._shown = AttachedSession(session, source, aggregate_only, check_empty, notifier)
        self.watch_panel.begin(expressions_on=session.expressions_on, aggregate_only=aggregate_only)
        self.footer.begin()
        self.banners.law.show_message(law_line)
        self.header.show_sentence(starting_sentence())
        self._stack.setCurrentWidget(self._watch_page)
        self.footer.setVisible(True)
        self.watch_panel.setFocus()
        self._keys.begin()
        session.set_wake(self._bridge.wake)
        self._fetch()
        self._repaint()
        self._timer.start()

    def take_over(self, other: "LiveWindow") -> None:
        """Goes on where another window was, as large, and with what was seen."""
        other.shared_actions.strip.setChecked(False)
        self.setGeometry(other.geometry())
        self.watch_panel.take_over(other.watch_panel)
        self.show_observation(other.last_observation)

    def detach(self) -> None:
        """Releases the session, which has ended."""
        self._timer.stop()
        self.footer.end_offer()
        self._keys.end()
        self.last_observation = None if self._shown is None else self._shown.observation
        self._shown = None
        self._dismissals.forget()
        self._removals.forget()
        self.watch_panel.preview.forget()

    def show_observation(self, observation: Observation | None) -> None:
        """Takes the newest observation, if there is one; it is painted at the next tick."""
        if self._shown is not None and observation is not None:
            self._shown.take(observation)

    def show_unexpected_error(self, text: str) -> None:
        """Reports a programming error; the session goes on where it can."""
        banner = self.start_panel.problem if self._shown is None else self.banners.unexpected
        banner.show_message(text)

    def show_stopping(self) -> None:
        """While the session is saved: nothing can be clicked twice, and a note being written is kept."""
        self.keep_notes()
        self.footer.end_offer()
        source, elapsed_s = (self._shown.source, self._shown.elapsed_s) if self._shown else ("", 0.0)
        self._painter.show_state(PipelineState.STOPPING, source=source, elapsed_s=elapsed_s)
        self.banners.fault.button.setEnabled(False)
        self._timer.stop()

    def keep_notes(self) -> None:
        """Saves the notes that are being written."""
        self.bookmark_bar.keep()
        self.watch_panel.students.note_bar.keep()

    def toggle_pause(self) -> None:
        """Pauses or resumes the session."""
        session = self.session
        if session is None:
            return
        if session.state is PipelineState.PAUSED:
            session.resume()
        elif session.state is PipelineState.RUNNING:
            session.pause()
        self._repaint()

    def open_bookmark(self) -> None:
        """Asks for a note; where no note can be written, out of sight or as one line, sets the bookmark at once."""
        if self.out_of_sight or self._strip_mode.on:
            self.bookmark_bar.bookmark_now()
        else:
            self.bookmark_bar.ask_for_note()

    def bring_to_front(self) -> None:
        """Shows the window in front of all others."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def set_options(
        self, *, on_top: bool, quiet: bool, keys_everywhere: bool, strip_place: StripPlace | None = None
    ) -> None:
        """Applies the settings that concern this window."""
        self._strip_mode.place = strip_place
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

    def _set_strip(self, on: bool) -> None:
        if on and self._shown is not None:
            self._strip_mode.begin()
        else:
            self._strip_mode.end()

    def _show_short_message(self, text: str) -> None:
        self.footer.show_status(text)
        self.strip.show_note(text)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._strip_mode.fit()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit(event)

    def repaint_now(self) -> None:
        """Shows what is new at once, instead of at the next tick."""
        self._repaint()

    def _refresh(self) -> None:
        """Paints the newest observation again."""
        if self._shown is not None:
            self._shown.has_news = True
        self._repaint()

    def _fetch(self) -> None:
        """On the Qt thread, after a wake-up by a worker thread."""
        if self._shown is None:
            return
        self._shown.fetch()
        if not self._timer.isActive():  # while the session is saved: how that goes
            self.banners.show_notice(self._shown.port.notice)
        elif self._shown.has_news and self._since_painted.hasExpired(_AT_ONCE_AFTER_MS):
            self._repaint()

    def _repaint(self) -> None:
        shown = self._shown
        if shown is None:
            return
        status = SessionStatus.read(shown.port)
        self._painter.show_status(shown, status)
        if shown.has_just_ended(status):
            self.ended.emit()
        if shown.has_news and shown.observation is not None:
            self._painter.track(shown, shown.observation)
            if not self.out_of_sight:
                shown.has_news = False
                self._since_painted.start()
                self._painter.show(shown, shown.observation)
        self._painter.mark_outdated(shown, status)
