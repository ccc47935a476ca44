"""The settings while the windows are open: those stored, those of this run alone, and what they decide."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from fer_desktop.errors import FerDesktopError
from fer_desktop.policy.expressions import ExpressionDecision, decide_expressions
from fer_desktop.settings import Settings


class SettingsKeeper(QObject):
    """Every change of a setting goes through here; it is in force even where it cannot be saved."""

    changed = Signal(object)
    """With the `Settings` before."""
    failed = Signal(object)
    """A change could not be saved: with the `FerDesktopError`."""

    def __init__(
        self, stored: Settings, save: Callable[[Settings, Settings], None], *, place: str | None, guess: str | None
    ) -> None:
        """`save`: what differs between two settings. `place`: where the class is, from the command line, for this run
        only; `guess`: where it may be.
        """
        super().__init__()
        self.stored = stored
        self._saved = stored
        self._save = save
        self._place_argument = place
        self._guess = guess

    @property
    def known(self) -> Settings:
        """The settings, with the place from the command line."""
        return self.stored.with_place(self._place_argument) if self._place_argument else self.stored

    @property
    def for_session(self) -> Settings:
        """The settings with the place that decides on the expressions of a session."""
        return self.known.model_copy(update={"place": self.expressions.place})

    @property
    def expressions(self) -> ExpressionDecision:
        """Whether expressions are read, and why not."""
        return decide_expressions(setting=self.known.place, guess=self._guess, confirmed=self.known.confirmed)

    @property
    def likely_place(self) -> str | None:
        """What a question for the place begins with."""
        return self.expressions.place or self._guess

    @property
    def place_is_open(self) -> bool:
        """Whether the teacher has to be asked where the class is."""
        return self.known.place is None or "place" in self.known.unconfirmed

    def change(self, settings: Settings) -> None:
        """Puts `settings` in force and saves them. A changed place replaces the one from the command line."""
        if settings.place != self.stored.place:
            self._place_argument = None
        before, self.stored = self.stored, settings
        self.changed.emit(before)
        try:
            self._save(self._saved, self.stored)
        except FerDesktopError as error:
            self.failed.emit(error)
        else:
            self._saved = self.stored

    def answer_place(self, place: str | None) -> None:
        """The teacher has answered where the class is: this replaces the place from the command line."""
        self._place_argument = None
        self.change(self.stored.with_place(place))

    def finish_guide(self, place: str | None) -> None:
        """The first steps are over. `place`: as answered there; None: not answered."""
        settings = self.stored.model_copy(update={"guide_seen": True})
        if place is not None:
            self._place_argument = None
            settings = settings.with_place(place)
        self.change(settings)

    def remember(self, **changes: object) -> None:
        """Saves single settings where they differ."""
        if any(getattr(self.stored, name) != value for name, value in changes.items()):
            self.change(self.stored.model_copy(update=changes))
