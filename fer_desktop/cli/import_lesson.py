"""`fer-desktop import`: lessons that the web app or another computer exported."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Final

from fer_desktop.cli.command import Command
from fer_desktop.cli.language import print_notice
from fer_desktop.cli.opening import make_backup_of_the_day, open_user_store
from fer_desktop.cli.sessions import add_database_argument
from fer_desktop.cli.settings import load_settings_or_defaults


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "files", type=Path, nargs="+", metavar="FILE.json", help="a lesson, exported as JSON by the web app or here"
    )
    add_database_argument(parser)


def _run(arguments: Namespace) -> int:
    from fer_desktop.report.lesson_import import import_lesson

    settings = load_settings_or_defaults()
    with open_user_store(arguments.db or settings.database_url) as store:
        for path in arguments.files:
            imported = import_lesson(store, path, settings)
            if imported.session is None:
                sys.stdout.write(f"{path}: this lesson is already there\n")
            else:
                sys.stdout.write(f"{path} is session {imported.session}\n")
            for message in imported.left_out:
                print_notice(message)
        make_backup_of_the_day(store)
    return 0


IMPORT: Final = Command("import", "take in lessons that the web app or another computer exported", _add_arguments, _run)
