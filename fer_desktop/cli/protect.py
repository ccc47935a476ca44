"""`fer-desktop protect`: encrypts the lessons on the disk, decrypts them, changes their key."""

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from fer_desktop.cli.command import Command, add_debug_argument
from fer_desktop.cli.new_password import ask_new_password
from fer_desktop.cli.sessions import add_database_argument, open_chosen_store
from fer_desktop.errors import SettingsError, StorageError

if TYPE_CHECKING:
    from fer_desktop.encryption.key import DatabaseKey
    from fer_desktop.storage.store import Store

_ABOUT: Final = (
    "Whoever loses the password or this computer, and the recovery key too, loses the lessons: nobody can open them. "
    "Keep the recovery key on paper, away from this computer."
)


def _add_protect_arguments(parser: ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    on = actions.add_parser("on", help="encrypt the lessons, with a key in this computer's keyring or a password")
    change = actions.add_parser("change", help="give the lessons another key, or another password")
    off = actions.add_parser("off", help="decrypt the lessons")
    status = actions.add_parser("status", help="show whether the lessons are encrypted, and where the key is")
    for action in (on, change):
        action.add_argument("--password", action="store_true", help="a password, asked for, instead of the keyring")
        action.add_argument("--recovery-key", type=Path, metavar="FILE", help="write the recovery key to this new file")
    for action in (on, change, off, status):
        add_database_argument(action)
        add_debug_argument(action)


def _run_protect(arguments: Namespace) -> int:
    with open_chosen_store(arguments.db) as store:
        {"on": _turn_on, "change": _change, "off": _turn_off, "status": _show_status}[arguments.action](
            store, arguments
        )
    return 0


def _turn_on(store: "Store", arguments: Namespace) -> None:
    if store.key is not None:
        raise SettingsError("the lessons are encrypted already: `protect change` gives them another key")
    _give_key(store, arguments)


def _change(store: "Store", arguments: Namespace) -> None:
    if store.key is None:
        raise SettingsError("the lessons are not encrypted: `protect on` encrypts them")
    _give_key(store, arguments)


def _give_key(store: "Store", arguments: Namespace) -> None:
    from fer_desktop.encryption.key import make_key
    from fer_desktop.storage.protection import StoreProtection, make_password_key

    protection = StoreProtection(store)
    problem = None if arguments.password else protection.find_keyring_problem()
    if problem is not None:
        raise StorageError(problem)
    key = make_password_key(ask_new_password()) if arguments.password else make_key()
    _hand_over_recovery_key(key, arguments.recovery_key)
    try:
        protection.protect(key, in_keyring=not arguments.password, on_progress=_make_progress())
    finally:
        if protection.opens_nothing(key):
            _take_recovery_key_back(arguments.recovery_key)
    sys.stdout.write(f"The lessons in {store.name} are encrypted\n")


def _hand_over_recovery_key(key: "DatabaseKey", path: Path | None) -> None:
    """Into a file, or on the terminal, with a question whether it was written down: before anything is encrypted."""
    from fer_desktop.encryption.key import format_recovery_key

    if path is not None:
        write_recovery_key(key, path)
        return
    if not sys.stdin.isatty():
        raise SettingsError("nothing was changed: --recovery-key FILE says where the recovery key goes")
    sys.stdout.write(f"{_ABOUT}\n\nRecovery key: {format_recovery_key(key)}\n\nIs it written down? [y/N] ")
    sys.stdout.flush()
    if sys.stdin.readline().strip().lower() not in ("y", "yes"):
        raise SettingsError("nothing was changed")


def _take_recovery_key_back(path: Path | None) -> None:
    """Whoever kept a key that opens nothing would believe the lessons safe. `path`: the file that has it."""
    if path is None:
        sys.stdout.write("The new recovery key opens nothing: throw it away\n")
        return
    with suppress(OSError):
        path.unlink()


def write_recovery_key(key: "DatabaseKey", path: Path) -> None:
    """Writes it into a new private file. Raises `SettingsError`."""
    from fer_desktop.encryption.key import format_recovery_key

    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(f"{format_recovery_key(key)}\n")
    except OSError as error:
        raise SettingsError(
            f"the recovery key cannot be written to {path} ({error.strerror}); name a new file"
        ) from error


def _make_progress() -> Callable[[float], None]:
    """Writes the percentage to a terminal, over the one before."""
    if sys.stderr is None or not sys.stderr.isatty():
        return lambda _: None

    def show(share: float) -> None:
        sys.stderr.write(f"\r{share:4.0%}" + ("\n" if share >= 1 else ""))
        sys.stderr.flush()

    return show


def _turn_off(store: "Store", _arguments: Namespace) -> None:
    from fer_desktop.storage.protection import StoreProtection

    StoreProtection(store).unprotect(on_progress=_make_progress())
    sys.stdout.write(f"The lessons in {store.name} are no longer encrypted\n")


def _show_status(store: "Store", _arguments: Namespace) -> None:
    from fer_desktop.storage.protection import Protection, StoreProtection

    words = {
        Protection.OFF: "not encrypted",
        Protection.KEYRING: "encrypted, with this computer's keyring",
        Protection.PASSWORD: "encrypted, with a password",
    }
    sys.stdout.write(f"The lessons in {store.name} are {words[StoreProtection(store).read_state()]}\n")


PROTECT: Final = Command(
    "protect", "encrypt the lessons on the disk, or decrypt them", _add_protect_arguments, _run_protect
)
