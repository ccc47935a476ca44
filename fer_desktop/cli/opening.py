"""Opens the user's database on the command line, and asks for the password of an encrypted one."""

import sys
from collections.abc import Callable
from getpass import getpass
from typing import TYPE_CHECKING, Final

from fer_desktop.cli.language import print_notice
from fer_desktop.errors import KeyNeededError, StorageError

if TYPE_CHECKING:
    from fer_desktop.storage.store import Store

_ATTEMPTS: Final = 3

AskSecret = Callable[[str], str]
"""Asks for a text that is not shown, as `getpass` does."""


def open_user_store(
    url: str | None, *, ask: AskSecret = getpass, interactive: Callable[[], bool] = lambda: sys.stdin.isatty()
) -> "Store":
    """The store of a URL, a file or the default (None). Asks on a terminal where its key is not at hand.

    Raises `StorageError`, and `KeyNeededError` after three wrong answers.
    """
    from fer_desktop.encryption.key import read_key
    from fer_desktop.storage.store import open_store

    try:
        return _report_damage(open_store(url))
    except KeyNeededError as error:
        if not interactive():
            raise
        problem = error
    for _ in range(_ATTEMPTS):
        print_notice(problem.message)
        secret = ask("Password or recovery key: ")
        try:
            return _report_damage(open_store(url, lambda salt, text=secret: read_key(text, salt)))  # type: ignore[misc]
        except KeyNeededError as error:
            problem = error
    raise problem


def make_backup_of_the_day(store: "Store") -> None:
    """After a command that recorded, as after a lesson in the window; prints why it could not be made."""
    from fer_desktop.storage.backups import OTHERS_BACK_UP

    try:
        store.copies.back_up_if_due()
    except StorageError as error:
        if error.message.key not in OTHERS_BACK_UP:
            print_notice(error.message)


def _report_damage(store: "Store") -> "Store":
    if store.copies.damage is not None:
        print_notice(store.copies.damage)
    return store
