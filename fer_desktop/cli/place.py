"""The `--place` argument, and the decision about expressions that follows from it."""

import sys
from argparse import ArgumentParser
from typing import TYPE_CHECKING, Final

from fer_desktop.cli.run import PROGRAM
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


def decide_expressions_here(
    settings: "Settings", argument: str | None, *, simulated: bool = False
) -> "ExpressionDecision":
    """Decides by `--place`, the settings and this computer's time zone.

    Raises `SettingsError` for an argument that is no country code.
    """
    from fer_desktop.policy.expressions import decide_expressions
    from fer_desktop.policy.place_guess import guess_place

    place = check_place(argument) if argument else None
    return decide_expressions(argument=place, setting=settings.place, guess=guess_place(), simulated=simulated)


def report_expressions_off(decision: "ExpressionDecision") -> None:
    """Writes one line to stderr where expressions are off."""
    from fer_desktop.policy.expressions import LAW_LINE, Reason

    if not decision.on:
        reason = _PLACE_UNKNOWN if decision.reason is Reason.PLACE_UNKNOWN else LAW_LINE
        sys.stderr.write(f"{PROGRAM}: {reason}\n")
