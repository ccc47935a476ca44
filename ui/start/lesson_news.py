"""What the start screen reports of stored lessons: saved, interrupted, rescued, damaged, too old to keep."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from fer_desktop.messages import Message
from fer_desktop.storage.retention import Clock, ExpiredSessions
from fer_desktop.storage.values import SessionSummary
from ui.background import BackgroundCalls, describe_error
from ui.dialogs.backups_dialog import explain_damage
from ui.dialogs.retention_dialog import make_retention_dialog
from ui.language import tr, tr_count
from ui.live.live_window import LiveWindow
from ui.ports import StorePort
from ui.words import as_sentence, format_duration, format_time

_TAKE_IN_EVERY_MS: Final = 60_000


class LessonNews(QObject):
    """Reads what is new of the stored lessons in the background, and shows it on the start screen."""

    changed = Signal()
    """The list of lessons is another one now."""

    def __init__(self, live: LiveWindow, store: StorePort, *, may_read: Callable[[], bool]) -> None:
        """`may_read`: whether the database may be used now."""
        super().__init__(live)
        self._live = live
        self._store = store
        self._may_read = may_read
        self._calls = BackgroundCalls(self)
        self._timer = QTimer(self)
        self._timer.setInterval(_TAKE_IN_EVERY_MS)
        self._timer.timeout.connect(self.take_in_rescued)

    def begin(self, *, crashed: int | None, rescued_seconds: int, purge_after_days: int | None) -> None:
        """Shows what the start found, checks the database, and offers to delete what is too old.

        `crashed`: the session in which the program or the computer crashed. `rescued_seconds`: how many the start
        took in from rescue files. `purge_after_days`: None keeps all lessons.
        """
        self._show_rescued(rescued_seconds)
        self._timer.start()
        if crashed is not None:
            self._read_summary(crashed, self._show_crashed)
        self._calls.run(self._store.copies.check, on_done=self._show_checked, on_failed=self.show_error)
        if purge_after_days is not None:
            self._calls.run(
                lambda: self._store.expired_sessions(purge_after_days),
                on_done=lambda expired: self._offer_purge(expired, purge_after_days),
                on_failed=self.show_error,
            )

    def show_saved(self, session: int) -> None:
        """Shows how long a session was that has just been saved, and how many students it has."""
        self._read_summary(session, self._show_saved)

    def take_in_rescued(self) -> None:
        """Takes in what a session had to leave in rescue files, as soon as the database takes it."""
        if not self._may_read():
            return

        def show(seconds: int) -> None:
            self._show_rescued(seconds)
            if seconds:
                self.changed.emit()

        self._calls.run(self._store.take_in_rescued, on_done=show, on_failed=self.show_error, kind="rescued")

    def show_error(self, error: Exception) -> None:
        """Shows what failed."""
        self._live.start_panel.problem.show_message(describe_error(error))

    def wait(self) -> None:
        """Waits until all calls have ended; their answers are dropped."""
        self._calls.wait()

    def _read_summary(self, session: int, show: Callable[[SessionSummary], None]) -> None:
        self._calls.run(lambda: self._store.session(session), on_done=show, on_failed=self.show_error)

    def _show_checked(self, damage: Message | None) -> None:
        problem, missed = self._live.start_panel.problem, self._store.copies.missed
        if damage is not None:
            problem.show_message(explain_damage())
        elif missed is not None:
            words = tr("The last backup of your lessons failed. {reason}", reason=as_sentence(missed))
            problem.show_message(f"{problem.text} {words}".strip())

    def _offer_purge(self, expired: ExpiredSessions, days: int) -> None:
        dialog = make_retention_dialog(self._live, expired, days, on_server=self._store.on_server)
        if dialog is None:
            return
        if expired.clock is not Clock.BEHIND:
            dialog.accepted.connect(lambda: self._purge_expired(expired))
        dialog.open()

    def _purge_expired(self, expired: ExpiredSessions) -> None:
        self._calls.run(
            lambda: self._store.purge_expired(expired, clock_confirmed=expired.clock is Clock.AHEAD),
            on_done=lambda _: self.changed.emit(),
            on_failed=self.show_error,
        )

    def _show_rescued(self, seconds: int) -> None:
        if seconds:
            words = tr(
                "{duration} of earlier lessons that could not be saved at the time are saved now.",
                duration=format_duration(seconds),
            )
            self._live.start_panel.saved.show_message(words)
            self._live.start_panel.problem.show_message(None)

    def _show_crashed(self, summary: SessionSummary) -> None:
        if not self._live.watching:
            words = tr("The last lesson was interrupted after {duration}. Everything up to then is saved.")
            self._live.start_panel.saved.show_message(words.format(duration=format_duration(summary.seconds)))

    def _show_saved(self, summary: SessionSummary) -> None:
        if not self._live.watching:
            words = tr_count(
                "Saved: {duration} with {n} student.",
                "Saved: {duration} with {n} students.",
                summary.students,
                duration=format_duration(summary.seconds),
            )
            if summary.interrupted:
                end = format_time(summary.local_time(summary.seconds))
                words += " " + tr("The lesson was interrupted at {time}: what came after that is missing.", time=end)
            self._live.start_panel.saved.show_lesson(words)
