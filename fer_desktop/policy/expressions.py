"""The one decision whether a session reads expressions, for the windows and the command line alike."""

from dataclasses import dataclass
from enum import Enum
from typing import Final

from fer_desktop.messages import mark
from fer_desktop.policy.place import expressions_allowed, place_codes

LAW_LINE: Final = mark(
    "Expressions are off here: the EU AI Act, Article 5(1)(f), prohibits emotion recognition in education. Presence, "
    "cameras and your own notes still work."
)
"""For the user, where the reason is `Reason.FORBIDDEN`."""
UNCONFIRMED_LINE: Final = mark(
    "Expressions are off because the settings were damaged. Check and save the settings in the window."
)
"""For the user, where the reason is `Reason.SETTINGS_UNCONFIRMED`."""


class Reason(Enum):
    """Why expressions are read or not."""

    SIMULATED = "the class is simulated: drawn students, whom no law protects"
    ALLOWED = "the law of the place allows it"
    FORBIDDEN = "the law of the place forbids it"
    PLACE_UNKNOWN = "the place is unknown"
    SETTINGS_UNCONFIRMED = "the settings were damaged, and the user has not confirmed them"


@dataclass(frozen=True, slots=True)
class ExpressionDecision:
    """Whether a session reads expressions. `place`: the one decided for, ISO 3166-1 alpha-2; None if unknown."""

    place: str | None
    reason: Reason

    @property
    def on(self) -> bool:
        """Whether expressions are read."""
        return self.reason in (Reason.SIMULATED, Reason.ALLOWED)

    @property
    def simulated(self) -> bool:
        """Whether the class is simulated."""
        return self.reason is Reason.SIMULATED


def decide_expressions(
    *,
    argument: str | None = None,
    setting: str | None = None,
    guess: str | None = None,
    simulated: bool = False,
    confirmed: bool = True,
) -> ExpressionDecision:
    """Decides by the place of the class: the one given on the command line, else the one in the settings.

    Without either, `guess` counts where it forbids expressions: it may switch them off, never on. A code that no place
    has counts as unknown. `confirmed`: False while a damaged settings file leaves a safeguard unknown.
    """
    place = argument or setting
    if place not in place_codes():
        place = None
    if place is None and guess is not None and not expressions_allowed(guess):
        place = guess
    if simulated:
        return ExpressionDecision(place, Reason.SIMULATED)
    if place is None:
        return ExpressionDecision(None, Reason.PLACE_UNKNOWN)
    if not expressions_allowed(place):
        return ExpressionDecision(place, Reason.FORBIDDEN)
    return ExpressionDecision(place, Reason.ALLOWED if confirmed else Reason.SETTINGS_UNCONFIRMED)
