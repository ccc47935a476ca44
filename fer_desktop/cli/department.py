"""`fer-desktop department setup` and `show`: a database that several teachers share."""

import json
import sys
from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from typing import Final

from fer_desktop.cli.command import Command, add_debug_argument


def _add_arguments(parser: ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    setup = actions.add_parser("setup", help="make roles and schemas in a PostgreSQL database, as its administrator")
    setup.add_argument("db", metavar="URL", help="postgresql://administrator@host/database")
    setup.add_argument("--teacher", action="append", default=[], metavar="NAME", help="of a teacher; may be repeated")
    setup.add_argument("--head", action="append", default=[], metavar="NAME", help="of a head; may be repeated")
    setup.add_argument("--print", action="store_true", help="print the SQL and change nothing")
    show = actions.add_parser("show", help="courses by week, for a head: groups of five students or more")
    show.add_argument("--db", metavar="URL", required=True, help="postgresql://head@host/database")
    show.add_argument("--json", action="store_true", help="print JSON")
    for action in (setup, show):
        add_debug_argument(action)


def _run(arguments: Namespace) -> int:
    return _set_up(arguments) if arguments.action == "setup" else _show(arguments)


def _set_up(arguments: Namespace) -> int:
    from sqlalchemy import make_url

    from fer_desktop.storage.department import make_setup, set_up_department

    if arguments.print:
        statements = make_setup(make_url(arguments.db).database or "", arguments.teacher, arguments.head)
        sys.stdout.writelines(f"{statement.strip()};\n" for statement in statements)
        return 0
    set_up_department(arguments.db, arguments.teacher, arguments.head)
    sys.stdout.write("The department is set up. Give each new name a password: in psql, \\password NAME\n")
    return 0


def _show(arguments: Namespace) -> int:
    from fer_desktop.storage.department import read_course_weeks

    weeks = read_course_weeks(arguments.db)
    if arguments.json:
        sys.stdout.write(json.dumps([asdict(week) for week in weeks], default=str, ensure_ascii=False) + "\n")
        return 0
    if not weeks:
        sys.stdout.write("No lessons of five students or more yet.\n")
        return 0

    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table("Course", "Week of", "Lessons", "Minutes", "Students", "Mood", box=SIMPLE_HEAD)
    for week in weeks:
        mood = "-" if week.mood is None else f"{week.mood:+.2f}"
        table.add_row(
            Text(week.course), str(week.week), str(week.lessons), str(week.minutes), str(week.most_students), mood
        )
    Console(width=None if sys.stdout.isatty() else 120).print(table)
    return 0


DEPARTMENT: Final = Command("department", "a database that several teachers share", _add_arguments, _run)
