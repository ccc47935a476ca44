"""`fer-desktop roster import`, `show` and `delete`: the names of a course's students."""

import json
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from fer_desktop.cli.command import Command, add_debug_argument
from fer_desktop.cli.language import user_language
from fer_desktop.cli.sessions import add_database_argument, open_chosen_store
from fer_desktop.errors import SettingsError
from fer_desktop.roster.names import tidy_name

if TYPE_CHECKING:
    from fer_desktop.storage.store import Store


def _add_roster_arguments(parser: ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    import_ = actions.add_parser("import", help="read a roster (CSV), or add the names of a call's report")
    import_.add_argument("file", type=Path, metavar="FILE.csv", help="a student a line, with or without a header")
    show = actions.add_parser("show", help="print a roster; without --course the courses that have one")
    show.add_argument("--json", action="store_true", help="print JSON")
    delete = actions.add_parser("delete", help="delete a roster, for good")
    for action, required in ((import_, True), (show, False), (delete, True)):
        action.add_argument("--course", metavar="NAME", required=required, help="as it stands beside the sessions")
        add_database_argument(action)
        add_debug_argument(action)


def _run_roster(arguments: Namespace) -> int:
    if arguments.course is not None and tidy_name(arguments.course) is None:
        raise SettingsError("a roster belongs to a course: give its name with --course")
    with open_chosen_store(arguments.db) as store:
        {"import": _import_roster, "show": _show_roster, "delete": _delete_roster}[arguments.action](store, arguments)
    return 0


def _import_roster(store: "Store", arguments: Namespace) -> None:
    from fer_desktop.roster.any_file import read_new_roster

    course = tidy_name(arguments.course) or ""
    roster = read_new_roster(arguments.file, store.roster(course))
    store.set_roster(course, roster.names)
    language = user_language()
    for remark in roster.remarks:
        sys.stderr.write(f"{language.render(remark)}\n")
    added = f", {roster.added} of them new" if roster.from_call else ""
    sys.stdout.write(f"{course}: {len(roster.names)} names{added}\n")


def _show_roster(store: "Store", arguments: Namespace) -> None:
    if arguments.course is None:
        names = store.courses_with_roster()
    else:
        _, names = _require_roster(store, arguments.course)
    if arguments.json:
        sys.stdout.write(json.dumps(names, ensure_ascii=False) + "\n")
    else:
        sys.stdout.writelines(f"{name}\n" for name in names)


def _delete_roster(store: "Store", arguments: Namespace) -> None:
    course, names = _require_roster(store, arguments.course)
    store.set_roster(course, ())
    sys.stdout.write(f"Deleted the roster of {course}: {len(names)} names\n")


def _require_roster(store: "Store", text: str) -> tuple[str, list[str]]:
    """The course of that name and its names. Raises `SettingsError` where it has no roster."""
    for course in (text.strip(), tidy_name(text) or ""):  # as earlier versions stored it, and as this one does
        names = store.roster(course)
        if names:
            return course, names
    raise SettingsError(
        f'there is no roster of "{text.strip()}": `fer-desktop roster show` lists the courses that have one'
    )


ROSTER: Final = Command("roster", "keep the names of a course's students", _add_roster_arguments, _run_roster)
