"""Starts and ends sessions on background threads: opening a model and saving a session take seconds."""

import logging
import math
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, Signal

from fer_desktop.messages import Message
from fer_desktop.policy.expressions import ExpressionDecision, decide_expressions
from fer_desktop.settings import Settings
from ui.background import BackgroundCalls, describe_error
from ui.language import mark, tr
from ui.live.empty_view import EmptyViewCheck
from ui.live.live_window import LiveWindow
from ui.live.saving_watch import SavingWatch
from ui.ports import LiveSessionPort
from ui.start.choice import SourceChoice, describe_source
from ui.words import as_sentence, explain_expressions_off

_log = logging.getLogger(__name__)

_PATIENCE_AT_END_S: Final = 5.0
"""How long the end of the app lets the store take what a teacher who waits for it has recorded."""

SessionMaker = Callable[[Settings, SourceChoice], LiveSessionPort]
"""Builds a session that is not started. May take seconds; raises `FerDesktopError`."""

_CLASS_NOT_INFORMED = mark("The country has changed, and expressions can be read now. Restart to tell the class first.")


@dataclass(frozen=True, slots=True)
class _Start:
    """A start that can be repeated after a fault. `settings`: those at the start."""

    choice: SourceChoice
    settings: Settings

    def is_enough_for(self, settings: Settings) -> bool:
        """Whether the consent text that the class was given covers a session with `settings`."""
        return self._decide(self.settings).on or not self._decide(settings).on

    def _decide(self, settings: Settings) -> ExpressionDecision:
        return decide_expressions(setting=settings.place, simulated=self.choice.simulated, confirmed=settings.confirmed)


class SessionRunner(QObject):
    """Runs one session at a time in one window. `saved(int)`: the session with this id was recorded and closed.

    `over`: no session is on any more, whether anything was recorded or not.
    """

    saved = Signal(int)
    over = Signal()

    def __init__(
        self, window: LiveWindow, make_session: SessionMaker, current_settings: Callable[[], Settings]
    ) -> None:
        """`current_settings` is called at every start and restart."""
        super().__init__(window)
        self._window = window
        self._make_session = make_session
        self._current_settings = current_settings
        self._calls = BackgroundCalls(self)
        self._saving = SavingWatch(window)
        self._session: LiveSessionPort | None = None
        self._started: _Start | None = None
        self._cancelled = False
        self._reason: str | None = None

    @property
    def busy(self) -> bool:
        """Whether a session is on, or being opened or saved."""
        return self._session is not None or self._calls.busy

    @property
    def changing(self) -> bool:
        """Whether a session is being opened or saved."""
        return self._calls.busy

    def hand_over(self, other: "SessionRunner") -> None:
        """Gives the session, which goes on, to the runner of another window. Not while `changing`."""
        session, started = self._session, self._started
        self._session = None
        if session is not None and started is not None:
            self._window.detach()
            other._session, other._started = session, started
            other._show(session, started)

    def start(self, choice: SourceChoice, *, aggregate_only: bool) -> None:
        """Does nothing while a session is on. `aggregate_only` overrides the setting for this session."""
        if self.busy:
            return
        self._open(choice, self._current_settings().model_copy(update={"aggregate_only": aggregate_only}))

    def _open(self, choice: SourceChoice, settings: Settings) -> None:
        self._started = _Start(choice, settings)
        self._cancelled, self._reason = False, None
        self._window.show_starting(describe_source(choice))
        self._calls.run(
            lambda: self._make_session(settings, choice), on_done=self._begin, on_failed=self._show_failed_start
        )

    def stop(self, *, reason: str | None = None) -> None:
        """Ends and saves the session, or cancels one that is being opened or restarted.

        The window then shows the start, with the `reason` if the teacher did not request it.
        """
        self._reason = self._reason or reason
        self._cancelled = self._calls.busy
        self._end(self._after_stop)

    def restart(self) -> None:
        """After a fault: ends the session and watches the same source again.

        With the current settings, but for what the class was not told of.
        """
        self._end(self._after_fault)

    def stop_and_wait(self) -> None:
        """Blocks until the session is saved, or kept in a rescue file: for the end of the app.

        What is being written is saved with it.
        """
        patience = threading.Timer(_PATIENCE_AT_END_S, self._saving.stop_waiting)
        patience.daemon = True
        patience.start()
        self._calls.wait()
        patience.cancel()
        patience.join()  # at once, as it was cancelled
        self._saving.end()
        if self._session is not None:
            session, self._session = self._session, None
            self._window.keep_notes()
            self._window.detach()
            session.stop()
            _find_problem(session, None)

    def stop_at_log_off(self, reason: str) -> None:
        """As `stop_and_wait`, but the window goes on and shows the `reason`: the user may not log off after all."""
        session = self._session
        self.stop_and_wait()
        self._show_end(session, reason)

    def interrupt(self, reason: Message) -> None:
        """Blocks until the session is saved as interrupted, and raises that; does nothing without a session."""
        session, self._session = self._session, None
        if session is not None:
            self._window.keep_notes()
            session.interrupt(reason)
            session.raise_fault()

    def _begin(self, session: LiveSessionPort) -> None:
        started = self._started
        if started is None or self._cancelled:
            self._window.detach()
            self._window.show_start(problem=self._reason)
            self.over.emit()
            return
        self._session = session
        session.start()
        self._show(session, started)

    def _show(self, session: LiveSessionPort, started: _Start) -> None:
        decision = decide_expressions(setting=started.settings.place, confirmed=started.settings.confirmed)
        self._window.attach(
            session,
            source=describe_source(started.choice),
            aggregate_only=started.settings.class_totals,
            law_line=None if session.expressions_on else explain_expressions_off(decision),
            check_empty=EmptyViewCheck(started.choice).check,
        )

    def _show_failed_start(self, error: Exception) -> None:
        self._started = None
        self._window.detach()
        self._window.show_start(problem=describe_error(error))
        self.over.emit()

    def _end(self, after: Callable[[Exception | None], None]) -> None:
        if self._session is None or self._calls.busy:
            self._saving.ask_again()
            return
        session = self._session
        self._window.show_stopping()
        self._saving.begin(session)
        self._calls.run(lambda: session.stop(patience_s=math.inf), on_done=lambda _: after(None), on_failed=after)

    def _after_stop(self, error: Exception | None) -> None:
        session = self._detach()
        self._show_end(session, _find_problem(session, error) or self._reason)

    def _show_end(self, session: LiveSessionPort | None, problem: str | None) -> None:
        """Of a `session` that is detached."""
        self._window.show_start(problem=problem)
        if session is not None and session.session_id is not None:
            self.saved.emit(session.session_id)
        self.over.emit()

    def _after_fault(self, error: Exception | None) -> None:
        started = self._started
        if started is not None and not started.is_enough_for(self._current_settings()):
            self._cancelled, self._reason = True, self._reason or tr(_CLASS_NOT_INFORMED)
        if started is None or self._cancelled:
            self._after_stop(error)
            return
        self._detach()
        self._open(started.choice, self._current_settings().limited_to(started.settings))

    def _detach(self) -> LiveSessionPort | None:
        session, self._session = self._session, None
        self._saving.end()
        self._window.detach()
        return session


def _find_problem(session: LiveSessionPort | None, error: Exception | None) -> str | None:
    """What went wrong in a session that has ended, in words. Logged too, as the window may be about to close."""
    notice = session.notice if session else None
    problem = describe_error(error) if error else as_sentence(notice) if notice else None
    if problem is not None:
        _log.warning("%s", problem)
    return problem
