"""`fer-desktop backup`, `restore` and `salvage`."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from fer_desktop.cli.command import Command
from fer_desktop.cli.opening import open_user_store
from fer_desktop.cli.sessions import add_database_argument
from fer_desktop.cli.settings import load_settings_or_defaults
from fer_desktop.errors import KeyNeededError, StorageError

if TYPE_CHECKING:
    from fer_desktop.storage.copies import Copies


def _add_backup_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "file", type=Path, nargs="?", metavar="FILE", help="a file for the copy (default: the folder of backups)"
    )
    add_database_argument(parser)


def _run_backup(arguments: Namespace) -> int:
    with open_user_store(_database_url(arguments)) as store:
        if arguments.file is None:
            path = store.copies.back_up().path
        else:
            path = arguments.file
            store.copies.back_up_to(path)
    sys.stdout.write(f"The backup is in {path}\n")
    return 0


def _add_restore_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, nargs="?", metavar="FILE", help="the backup; without it they are listed")
    add_database_argument(parser)


def _run_restore(arguments: Namespace) -> int:
    with _open_copies(arguments) as copies:
        if arguments.file is None:
            _print_backups(copies)
            return 0
        kept = copies.restore(arguments.file)
    sys.stdout.write(f"{arguments.file} was put back. The state of before is kept in {kept}\n")
    return 0


def _add_salvage_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="the new database")
    add_database_argument(parser)


def _run_salvage(arguments: Namespace) -> int:
    with _open_copies(arguments) as copies:
        saved = copies.salvage(arguments.file)
    undated = f", {saved.undated} of them without their date" if saved.undated else ""
    sys.stdout.write(
        f"Saved in {arguments.file}: {saved.sessions} sessions{undated}, {saved.seconds} seconds. "
        f"Look at them with --db {arguments.file}\n"
    )
    return 0


def _print_backups(copies: "Copies") -> None:
    backups = copies.list_backups()
    for backup in backups:
        sys.stdout.write(f"{backup.made_at.astimezone():%Y-%m-%d %H:%M}  {backup.size / 1e6:6.1f} MB  {backup.path}\n")
    if not backups:
        sys.stdout.write("There is no backup yet. `fer-desktop backup` makes one.\n")


@contextmanager
def _open_copies(arguments: Namespace) -> "Iterator[Copies]":
    """Also of a file that is so damaged that it cannot be opened as a store."""
    with ExitStack() as stack:
        try:
            copies = stack.enter_context(open_user_store(_database_url(arguments))).copies
        except KeyNeededError:
            raise
        except StorageError:
            from fer_desktop.storage.copies import connect_copies

            copies = stack.enter_context(connect_copies(_database_url(arguments)))
        yield copies


def _database_url(arguments: Namespace) -> str | None:
    return arguments.db or load_settings_or_defaults().database_url


COMMANDS: Final = (
    Command(
        "backup",
        "copy the recorded sessions to a file, or to the folder of backups beside them",
        _add_backup_arguments,
        _run_backup,
    ),
    Command(
        "restore",
        "put a backup in the place of the recorded sessions; without a file: list the backups",
        _add_restore_arguments,
        _run_restore,
    ),
    Command(
        "salvage",
        "save all that can be read of a damaged database into a new one",
        _add_salvage_arguments,
        _run_salvage,
    ),
)
