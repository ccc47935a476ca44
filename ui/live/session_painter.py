"""Shows the attached session in the parts of the live window."""

from collections.abc import Callable
from dataclasses import dataclass

from fer_desktop.types import Observation, PipelineState
from ui.live.attached_session import AttachedSession, SessionStatus
from ui.live.footer import Footer
from ui.live.header import Header
from ui.live.live_actions import LiveActions
from ui.live.session_banners import SessionBanners
from ui.live.strip import Strip
from ui.live.tray import Tray
from ui.live.watch_panel import WatchPanel
from ui.words import describe_class, not_watching_sentence


@dataclass(frozen=True, slots=True)
class SessionPainter:
    """`hide`: an observation without what the teacher has dismissed or removed. `out_of_sight`: of the window."""

    header: Header
    footer: Footer
    strip: Strip
    banners: SessionBanners
    watch_panel: WatchPanel
    tray: Tray
    actions: LiveActions
    hide: Callable[[Observation], Observation]
    out_of_sight: Callable[[], bool]

    def show_state(
        self, state: PipelineState, *, source: str, elapsed_s: float | None = None, waiting: bool = False
    ) -> None:
        """The state wherever it is seen: texts, buttons, menus and the tray."""
        self.header.show_state(state, elapsed_s=elapsed_s, source=source, waiting=waiting)
        self.footer.show_state(state)
        self.strip.show_state(state, elapsed_s=elapsed_s, waiting=waiting)
        self.actions.show_state(state)
        self.tray.show_state(state, waiting=waiting)

    def show_status(self, shown: AttachedSession, status: SessionStatus) -> None:
        """The state of a running session, and what there is to say about it."""
        self.show_state(status.state, source=shown.source, elapsed_s=shown.elapsed_s, waiting=status.is_waiting)
        self.tray.notify(shown.notifier.check_picture(status.picture_lost, out_of_sight=self._should_notify))
        self.banners.show_status(status, shown.empty_help)

    def track(self, shown: AttachedSession, observation: Observation) -> None:
        """Updates what also counts while the window is out of sight."""
        shown.empty_help = shown.check_empty(observation)
        self.tray.notify(shown.notifier.check(observation, out_of_sight=self._should_notify))

    def show(self, shown: AttachedSession, observation: Observation) -> None:
        """Paints what was observed: students, moods, flags and the sentence on the class."""
        observation = self.hide(observation)
        self.footer.show_figures(shown.port.stats, observation)
        self.watch_panel.show_observation(observation)
        self.banners.class_flag.show_flags(() if self._is_quiet else observation.class_flags)
        self.strip.show_flags(observation, students=not shown.aggregate_only, quiet=self._is_quiet)
        sentence = describe_class(
            observation.mood,
            observation.students,
            expressions_on=shown.port.expressions_on,
            aggregate_only=shown.aggregate_only,
        )
        self.header.show_sentence(sentence)
        self.strip.show_sentence(sentence)

    def mark_outdated(self, shown: AttachedSession, status: SessionStatus) -> None:
        """Marks what is shown as outdated while the class is not watched."""
        self.watch_panel.show_as_of(None if status.is_watching else shown.second)
        if not status.is_watching:
            self.header.show_sentence(not_watching_sentence())

    @property
    def _is_quiet(self) -> bool:
        return self.actions.quiet.isChecked()

    @property
    def _should_notify(self) -> bool:
        """Whether news should be shown outside the window."""
        return self.out_of_sight() and not self._is_quiet
