"""The question where the class is, on the command line."""

import sys
from argparse import ArgumentParser
from typing import TYPE_CHECKING

from fer_desktop.cli.run import PROGRAM
from fer_desktop.errors import SettingsError

if TYPE_CHECKING:
    from fer_desktop.settings import Settings


def add_place_argument(parser: ArgumentParser) -> None:
    parser.add_argument("--place", metavar="CC", help="where the class is (IN, US, DE): expressions are off in the EU")


def check_place(text: str) -> str:
    """The country code in capitals. Raises `SettingsError` for something that is none."""
    from fer_desktop.policy.law import place_names

    place = text.upper()
    if place not in place_names():
        raise SettingsError(f'"{text}" is no country code: give two letters, such as --place IN')
    return place


def settle_place(settings: "Settings", said: str | None) -> "Settings":
    """Settings with the place as said, else as set, else guessed from the time zone.

    Raises `SettingsError` for something that is no country code.
    """
    from fer_desktop.policy.law import place_from_time_zone

    place = check_place(said) if said else settings.place or place_from_time_zone()
    return settings.model_copy(update={"place": place})


def are_expressions_on(settings: "Settings") -> bool:
    """Off where the law forbids them. Who types a command is told of an unknown place; the window asks instead."""
    from fer_desktop.policy.law import expressions_allowed

    return settings.place is None or expressions_allowed(settings.place)


def tell_place(settings: "Settings") -> None:
    """One line on stderr when expressions were off, or the place is not known."""
    from fer_desktop.policy.law import LAW_LINE

    if settings.place is None:
        sys.stderr.write(f"{PROGRAM}: place unknown, so expressions were read: --place CC says where the class is\n")
    elif not are_expressions_on(settings):
        sys.stderr.write(f"{PROGRAM}: {LAW_LINE}\n")
