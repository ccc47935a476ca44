"""Connects the windows with the engine: choice, session, review and settings."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication

from fer_desktop.errors import FerDesktopError
from fer_desktop.settings import Settings
from ui.desktop_keys import DesktopKeys
from ui.dialogs.backups_dialog import BackupsDialog
from ui.dialogs.base import has_open_dialog, make_message_dialog
from ui.dialogs.first_steps import FirstStepsDialog
from ui.dialogs.help import connect_help
from ui.dialogs.place_dialog import PlaceDialog
from ui.engine import Engine
from ui.fonts import explain_missing_font
from ui.language import current_language, mark, tr, use_language
from ui.lesson_import import LessonImport
from ui.live.live_window import LiveWindow
from ui.live.session_runner import SessionRunner
from ui.protection.flow import ProtectionFlow
from ui.recordings.desk import RecordingDesk
from ui.review.desk import ReviewDesk
from ui.settings_keeper import SettingsKeeper
from ui.start.choice import NamedSource, SourceChoice
from ui.start.lesson_news import LessonNews
from ui.start.source_picker import SourcePicker
from ui.start.start_flow import StartFlow
from ui.theme import apply_theme
from ui.window_places import place_beside_call
from ui.words import explain_expressions_off

if TYPE_CHECKING:
    from ui.review.review_window import ReviewWindow

_LANGUAGE_WAITS_MS: Final = 500
"""Between two looks whether the windows can be built again."""

_SIMULATED_LEFT = mark("Watching has stopped because the simulated class was closed.")


class AppController(QObject):
    """Controls one live window, one review window, and one session at a time."""

    def __init__(
        self,
        engine: Engine,
        settings: Settings,
        *,
        place: str | None = None,
        guess: str | None = None,
        purge: bool = True,
        keys: DesktopKeys | None = None,
    ) -> None:
        """`place`: where the class is, from the command line, for this run only; `guess`: where it may be.

        `purge`: whether the retention setting applies, as it does to the user's own database only. `keys`: the
        desktop's, grabbed while a session is on.
        """
        super().__init__()
        self._engine = engine
        self._settings = SettingsKeeper(settings, engine.save_settings, place=place, guess=guess)
        self._purge = purge
        self._keys = keys
        self._protection = ProtectionFlow(
            self, engine.protection, is_recording=lambda: self.busy, release_lessons=self._release_lessons
        )
        self._closing = False
        self._last_saved: int | None = None
        self._language_timer = QTimer(self)
        self._language_timer.setInterval(_LANGUAGE_WAITS_MS)
        self._language_timer.timeout.connect(self._switch_language)
        self._build_windows()
        self._settings.changed.connect(self._apply_settings)
        self._settings.failed.connect(lambda error: self._news.show_error(error))
        QApplication.styleHints().colorSchemeChanged.connect(lambda _: self._apply_theme())

    def _build_windows(self) -> None:
        """In the current language."""
        engine = self._engine
        self.live = LiveWindow(self._keys)
        self._runner = SessionRunner(self.live, engine.make_session, lambda: self._settings.for_session)
        self._picker = SourcePicker(self.live, self.live.start_panel)
        self._starts = StartFlow(
            self.live,
            self._picker,
            self._runner,
            stored=lambda: self._settings.stored,
            known=lambda: self._settings.known,
            expressions_on=lambda: self._settings.expressions.on,
            on_server=lambda: engine.store.on_server,
            change=self._settings.change,
            analyze=self._analyze,
        )
        self._recordings = RecordingDesk(self.live, engine.recordings, self._picker, lambda: self._settings.for_session)
        self._reviews = ReviewDesk(self.live, engine, self._recordings.path_of, lambda: self._settings.stored.timetable)
        self._imports = LessonImport(self.live, engine.import_lesson, lambda: self._settings.known)
        self._news = LessonNews(self.live, engine.store, may_read=lambda: not self._protection.converting)
        self._connect()
        self._apply_settings()

    def _connect(self) -> None:
        live, panel = self.live, self.live.start_panel
        live.stop_requested.connect(lambda: self._runner.stop())
        live.ended.connect(lambda: self._runner.stop())
        live.restart_requested.connect(self._runner.restart)
        live.review_requested.connect(self.open_review)
        live.settings_requested.connect(self.open_settings)
        live.first_steps_requested.connect(self.open_first_steps)
        live.shared_actions.backups.triggered.connect(self.open_backups)
        live.shared_actions.import_lessons.triggered.connect(self._imports.ask)
        self._imports.imported.connect(self._open_review_of)
        connect_help(live, self._engine.read_model_summary)
        live.on_top_changed.connect(lambda on: self._settings.remember(always_on_top=on))
        live.quiet_changed.connect(lambda on: self._settings.remember(do_not_disturb=on))
        live.strip_placed.connect(lambda place: self._settings.remember(strip_place=place))
        live.closing.connect(self._close)
        panel.place.acted.connect(self.ask_place)
        panel.saved.follow_up_requested.connect(self._open_follow_up)
        panel.setup_requested.connect(self._starts.pick_setup)
        panel.setup_forgotten.connect(self._starts.ask_to_forget_setup)
        self._picker.chosen.connect(self.begin)
        self._picker.failed.connect(panel.problem.show_message)
        self._picker.simulated_leaving.connect(self._leave_simulated)
        self._runner.saved.connect(self._take_saved)
        self._runner.over.connect(self._after_session)
        self._recordings.stored.connect(lambda: self._reviews.refresh())
        self._recordings.review_requested.connect(self._open_review_of)
        self._news.changed.connect(lambda: self._reviews.refresh())

    def open(
        self,
        *,
        notice: str | None = None,
        watch: NamedSource | None = None,
        crashed: int | None = None,
        rescued_seconds: int = 0,
    ) -> None:
        """Shows the live window; the first start begins with the first steps. `notice`: from the settings file.

        `watch`: watch this at once, unless the place has to be asked for first. `crashed`: the session in
        which the program or the computer crashed. `rescued_seconds`: how many the start took in from rescue files.
        """
        place_beside_call(self.live)
        self.live.show()
        self.live.tray.open()
        self.live.start_panel.problem.show_message(notice or explain_missing_font(current_language().code))
        if self._settings.place_is_open:
            (self.ask_place if self._settings.stored.guide_seen else self.open_first_steps)()
        elif watch is not None:
            self._picker.pick_named(region=watch.region, window=watch.window)
        self._last_saved = crashed
        self._news.begin(
            crashed=crashed,
            rescued_seconds=rescued_seconds,
            purge_after_days=self._settings.known.purge_after_days if self._purge else None,
        )
        self._recordings.begin()

    def begin(self, choice: SourceChoice) -> None:
        """Starts a session of `choice`, once the teacher has confirmed that the class is informed."""
        self._starts.begin(choice)

    def ask_place(self) -> None:
        """Asks where the class is."""
        dialog = PlaceDialog(self.live, guess=self._settings.likely_place)
        dialog.accepted.connect(lambda: self._settings.answer_place(dialog.place()))
        dialog.open()

    def open_first_steps(self) -> None:
        """Opens the first steps. An answer counts even if the rest is skipped."""
        dialog = FirstStepsDialog(self.live, place=self._settings.likely_place)
        dialog.accepted.connect(lambda: self._take_first_steps(dialog))
        dialog.rejected.connect(lambda: self._take_first_steps(dialog))
        dialog.open()

    def open_review(self, *, problem: str | None = None) -> None:
        """Shows the review window, with what could not be saved before and can be now. `problem`: shown in it."""
        self._reviews.open(select=self._last_saved, problem=problem)
        self._news.take_in_rescued()

    def _open_follow_up(self) -> None:
        self.open_review()
        if self.review is not None:
            self.review.sides.request_follow_up(self._last_saved)

    def _open_review_of(self, session: int) -> None:
        self._last_saved = session
        self.open_review()

    def open_settings(self) -> None:
        """Opens the settings."""
        from ui.dialogs.settings_dialog import SettingsDialog  # with the rules of flags, and so with vision

        dialog = SettingsDialog(self.live, self._settings.stored, encrypted=self._protection.encrypted)
        dialog.protection_requested.connect(lambda: self._protection.open(dialog))
        self._protection.changed.connect(dialog.show_encrypted)
        dialog.accepted.connect(lambda: self._take_settings(dialog.settings()))
        dialog.open()

    def open_backups(self) -> None:
        """Opens the list of backups."""
        dialog = BackupsDialog(self.live, self._engine.store.copies)
        dialog.restoring.connect(lambda on: self._reviews.let_go() if on else self._reviews.take_up())
        dialog.open()

    def show_unexpected_error(self, text: str) -> None:
        """Reports a programming error in the live window."""
        self.live.show_unexpected_error(text)

    def save_session(self) -> None:
        """Ends and saves a running session at once: the user is logging off."""
        if self._runner.busy:
            self._runner.stop_at_log_off(tr("The lesson was ended and saved, as you were logging off."))

    @property
    def review(self) -> "ReviewWindow | None":
        """The review window, once it was opened."""
        return self._reviews.window

    @property
    def busy(self) -> bool:
        """Whether a session is on, or recordings are analysed."""
        return self._runner.busy or self._recordings.busy

    def end(self) -> None:
        """Saves a running session and closes all windows: the store may be closed afterwards."""
        self._closing = True
        self._runner.stop_and_wait()
        self._close_others()
        self.live.close()

    def end_interrupted(self, reason: FerDesktopError) -> NoReturn:
        """Saves a running session as interrupted, where its windows can no longer be used; raises the error to report.

        `reason`: raised where no session was on.
        """
        self._closing = True
        self._runner.interrupt(reason.message)
        raise reason

    def _analyze(self, paths: Sequence[Path], aggregate_only: bool) -> None:
        settings = self._settings.for_session
        if aggregate_only:
            settings = settings.model_copy(update={"aggregate_only": True})
        self._recordings.analyze(paths, settings)

    def _leave_simulated(self) -> None:
        if self._runner.busy:
            self._runner.stop(reason=tr(_SIMULATED_LEFT))
        else:
            self._picker.close_simulated()

    def _take_settings(self, settings: Settings) -> None:
        if not self._settings.stored.confirmed:
            self.live.start_panel.problem.show_message(None)
        self._settings.change(settings)

    def _take_first_steps(self, dialog: FirstStepsDialog) -> None:
        self._settings.finish_guide(dialog.place() if dialog.answered else None)

    def _apply_settings(self, before: Settings | None = None) -> None:
        """`before`: the old settings. An unchanged theme is not applied again."""
        settings = self._settings.stored
        if before is None or (settings.theme, settings.text_size) != (before.theme, before.text_size):
            self._apply_theme()
        if before is None or settings.setups != before.setups:
            self.live.start_panel.show_setups(settings.setups)
        if before is not None and settings.language != before.language:
            self._change_language()
        self.live.set_options(
            on_top=settings.always_on_top,
            quiet=settings.do_not_disturb,
            keys_everywhere=settings.keys_everywhere,
            strip_place=settings.strip_place,
        )
        self._offer_last()
        self.live.start_panel.place.show_message(explain_expressions_off(self._settings.expressions))

    def _offer_last(self) -> None:
        """What was watched last; on Wayland the desktop says so while a session is on."""
        self._picker.remember(region=self._settings.stored.region, window=self._settings.stored.window)

    @property
    def _may_build_windows(self) -> bool:
        """Not while anything that is under way, or a dialog that is open, would be lost."""
        busy = self._runner.changing or self._protection.converting or self._recordings.busy
        return not (busy or has_open_dialog(self.live) or (self.review is not None and has_open_dialog(self.review)))

    def _change_language(self) -> None:
        """At once, or as soon as it is possible."""
        self._language_timer.start()
        self._switch_language()
        if self._recordings.busy:
            words = tr("The language changes once the recordings are read.")
            make_message_dialog(self.live, title=tr("Language"), about=words).open()

    def _switch_language(self) -> None:
        """Builds the windows again in the language of the settings; a running lesson goes on in them."""
        if self._closing or not self._may_build_windows:
            return
        self._language_timer.stop()
        use_language(self._settings.stored.language)
        live, runner, picker, news, reviews = self.live, self._runner, self._picker, self._news, self._reviews
        recordings = self._recordings
        one_line, reviewing = live.shared_actions.strip.isChecked(), reviews.visible
        live.keep_notes()
        self._imports.wait()
        reviews.wait()
        self._build_windows()
        runner.hand_over(self._runner)
        picker.hand_over_simulated(self._picker)
        recordings.hand_over(self._recordings)
        self.live.take_over(live)
        self.live.show()
        self.live.tray.open()
        self.live.shared_actions.strip.setChecked(one_line)
        self.live.start_panel.problem.show_message(explain_missing_font(current_language().code))
        news.wait()
        live.tray.close()
        live.hide()
        live.deleteLater()
        problem = reviews.discard()
        self._news.begin(crashed=None, rescued_seconds=0, purge_after_days=None)
        self._recordings.begin()
        if reviewing or problem is not None:
            self.open_review(problem=problem)

    def _apply_theme(self) -> None:
        application = QApplication.instance()
        if isinstance(application, QApplication):
            apply_theme(application, self._settings.stored.theme, text_size=self._settings.stored.text_size)

    def _release_lessons(self) -> None:
        """Closes the review, once its calls have ended."""
        self._news.wait()
        self._imports.wait()
        self._reviews.close()

    def _take_saved(self, session: int) -> None:
        self._last_saved = session
        self._news.show_saved(session)
        self._reviews.refresh(select=session)

    def _after_session(self) -> None:
        self._picker.close_simulated()
        self._offer_last()
        if self._closing:
            self.live.close()

    def _close(self, event: QCloseEvent) -> None:
        """Closes the windows; a running session is saved first, without confirmation."""
        if self._runner.busy:
            event.ignore()
            self._closing = True
            self._runner.stop()
            return
        self._close_others()

    def _close_others(self) -> None:
        """Closes all but the live window, once their calls have ended."""
        for backups in self.live.findChildren(BackupsDialog):
            backups.done(BackupsDialog.DialogCode.Rejected.value)
        self._news.wait()
        self._protection.wait()
        self._recordings.end()
        self._imports.wait()
        self._picker.close_simulated()
        self.live.tray.close()
        self._reviews.close()
