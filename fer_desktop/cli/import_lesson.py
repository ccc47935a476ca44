"""`fer-desktop import`: lessons that the web app or another computer exported."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from fer_desktop.cli.command import Command
from fer_desktop.cli.language import print_notice
from fer_desktop.cli.opening import make_backup_of_the_day, open_user_store
from fer_desktop.cli.run import PROGRAM
from fer_desktop.cli.sessions import add_database_argument
from fer_desktop.cli.settings import load_settings_or_defaults
from fer_desktop.errors import FerDesktopError

if TYPE_CHECKING:
    from fer_desktop.settings import Settings
    from fer_desktop.storage.store import Store

EXIT_NOT_ALL_IMPORTED: Final = 2


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "files", type=Path, nargs="+", metavar="FILE.json", help="a lesson, exported as JSON by the web app or here"
    )
    add_database_argument(parser)


def _run(arguments: Namespace) -> int:
    settings = load_settings_or_defaults()
    is_one = len(arguments.files) == 1
    with open_user_store(arguments.db or settings.database_url) as store:
        codes = [_import(store, path, settings, is_one=is_one) for path in arguments.files]
        make_backup_of_the_day(store)
    return max(codes)


def _import(store: "Store", path: Path, settings: "Settings", *, is_one: bool) -> int:
    """Imports a file and says what became of it. Among others, a bad one gets its line and the others go on."""
    from fer_desktop.report.lesson_import import import_lesson

    try:
        imported = import_lesson(store, path, settings)
    except FerDesktopError as error:
        if is_one:
            raise
        print_notice(error.message)
        return EXIT_NOT_ALL_IMPORTED
    if imported.session is not None:
        sys.stdout.write(f"{path} is session {imported.session}\n")
    elif imported.hidden:
        sys.stdout.write(
            f"{path}: this lesson is there, but was deleted because of its age: `{PROGRAM} purge --undo` restores it\n"
        )
    else:
        sys.stdout.write(f"{path}: this lesson is already there\n")
    for message in imported.left_out:
        print_notice(message)
    return 0


IMPORT: Final = Command(
    "import",
    "take in lessons that the web app or another computer exported. Exit code 2: one of them could not be taken in",
    _add_arguments,
    _run,
)
