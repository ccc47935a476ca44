"""The `--place` argument, and the decision about expressions that follows from it."""

from argparse import ArgumentParser
from typing import TYPE_CHECKING, Final

from fer_desktop.cli.run import print_line
from fer_desktop.errors import SettingsError

if TYPE_CHECKING:
    from fer_desktop.policy.expressions import ExpressionDecision
    from fer_desktop.settings import Settings

_PLACE_UNKNOWN: Final = "place unknown, so expressions are off: --place CC says where the class is, such as --place IN"


def add_place_argument(parser: ArgumentParser) -> None:
    """Adds `--place`."""
    parser.add_argument(
        "--place",
        metavar="CC",
        help="where the class is (IN, US, DE): expressions are off in the EU, and where no place is known",
    )


def check_place(text: str) -> str:
    """The country code in capitals. Raises `SettingsError` for any other text."""
    from fer_desktop.policy.place import place_codes

    place = text.upper()
    if place not in place_codes():
        raise SettingsError(f'"{text}" is no country code: give two letters, such as --place IN')
    return place


def apply_place(settings: "Settings", argument: str | None) -> "Settings":
    """The settings with the place of `--place`, if given. Raises `SettingsError` if it is no country code."""
    return settings.with_place(check_place(argument)) if argument else settings


def decide_expressions_here(settings: "Settings", *, simulated: bool = False) -> "ExpressionDecision":
    """Decides by the settings and this computer's time zone."""
    from fer_desktop.policy.expressions import decide_expressions
    from fer_desktop.policy.place_guess import guess_place

    return decide_expressions(
        setting=settings.place, guess=guess_place(), simulated=simulated, confirmed=settings.confirmed
    )


def report_expressions_off(decision: "ExpressionDecision") -> None:
    """Writes one line to stderr where expressions are off."""
    from fer_desktop.policy.expressions import LAW_LINE, UNCONFIRMED_LINE, Reason

    if not decision.on:
        lines = {Reason.PLACE_UNKNOWN: _PLACE_UNKNOWN, Reason.SETTINGS_UNCONFIRMED: UNCONFIRMED_LINE}
        print_line(lines.get(decision.reason, LAW_LINE))
