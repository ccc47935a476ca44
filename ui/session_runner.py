"""Starts and ends sessions beside the window, as opening a model and saving a session take seconds."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from fer_desktop.law import LAW_LINE
from fer_desktop.settings import Settings
from ui.background import BackgroundCalls, describe_error
from ui.live_window import LiveWindow
from ui.ports import LiveSessionPort
from ui.start.choice import SourceChoice, describe_source

SessionMaker = Callable[[Settings, SourceChoice], LiveSessionPort]
"""Builds a session that is not started. May take seconds; raises `FerDesktopError`."""


@dataclass(frozen=True, slots=True)
class _Start:
    """A start that can be repeated after a fault."""

    choice: SourceChoice
    settings: Settings


class SessionRunner(QObject):
    """One session at a time in one window. `saved(int)`: a session of this number was recorded and closed.

    `over`: no session is on any more, whether anything was recorded or not.
    """

    saved = Signal(int)
    over = Signal()

    def __init__(self, window: LiveWindow, make_session: SessionMaker) -> None:
        super().__init__(window)
        self._window = window
        self._make_session = make_session
        self._calls = BackgroundCalls(self)
        self._session: LiveSessionPort | None = None
        self._started: _Start | None = None
        self._given_up = False

    @property
    def busy(self) -> bool:
        """A session is on, or is being opened or saved."""
        return self._session is not None or self._calls.busy

    def start(self, choice: SourceChoice, settings: Settings) -> None:
        """Ignored while a session is on."""
        if self.busy:
            return
        self._started = _Start(choice, settings)
        self._window.show_starting(describe_source(choice))
        self._calls.run(
            lambda: self._make_session(settings, choice), on_done=self._begin, on_failed=self._tell_failed_start
        )

    def stop(self) -> None:
        """Ends and keeps the session, or gives up one that is still being opened; the window is back at the start."""
        self._given_up = self._session is None and self._calls.busy
        self._end(self._after_stop)

    def restart(self) -> None:
        """After a fault: ends what is left of the session and starts the same again."""
        self._end(self._after_fault)

    def stop_and_wait(self) -> None:
        """For the end of the app: blocks until the session is saved."""
        self._calls.wait()
        if self._session is not None:
            session, self._session = self._session, None
            self._window.detach()
            session.stop()

    def _begin(self, session: LiveSessionPort) -> None:
        started = self._started
        if started is None or self._given_up:
            self._given_up = False
            self.over.emit()
            return
        self._session = session
        session.start()
        self._window.attach(
            session,
            source=describe_source(started.choice),
            aggregate_only=started.settings.aggregate_only,
            law_line=None if session.expressions_on else LAW_LINE,
        )

    def _tell_failed_start(self, error: Exception) -> None:
        self._started, self._given_up = None, False
        self._window.detach()
        self._window.show_start(problem=describe_error(error))
        self.over.emit()

    def _end(self, after: Callable[[Exception | None], None]) -> None:
        if self._session is None or self._calls.busy:
            return
        self._window.show_stopping()
        self._calls.run(self._session.stop, on_done=lambda _: after(None), on_failed=after)

    def _after_stop(self, error: Exception | None) -> None:
        session = self._let_go()
        problem = describe_error(error) if error else None
        self._window.show_start(problem=problem)
        if session is not None and session.session_id is not None:
            self.saved.emit(session.session_id)
        self.over.emit()

    def _after_fault(self, _: Exception | None) -> None:
        started = self._started
        self._let_go()
        if started is not None:
            self.start(started.choice, started.settings)

    def _let_go(self) -> LiveSessionPort | None:
        session, self._session = self._session, None
        self._window.detach()
        return session
