"""`fer-desktop sessions`, `export` and `delete`. Cheap to import: the store loads when a command runs."""

import json
import sys
from argparse import ArgumentParser, Namespace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from fer_desktop.cli.command import Command

if TYPE_CHECKING:
    from fer_desktop.report.export import PdfWriter
    from fer_desktop.storage.store import Store
    from fer_desktop.storage.values import SessionSummary

_FORMATS: Final = ("html", "pdf", "csv", "json", "parquet")

DB_HELP: Final = "the database: a file or an SQLAlchemy URL (default: the one in the settings)"


def open_chosen_store(url: str | None) -> "Store":
    """The store of `--db`, else the user's own one, from which sessions older than the settings allow are purged."""
    from fer_desktop.settings import load_settings
    from fer_desktop.storage.store import open_store

    settings, notice = load_settings()
    if notice:
        sys.stderr.write(f"{notice}\n")
    store = open_store(url or settings.database_url)
    if url is None and settings.retention_days is not None:
        store.purge_older_than(settings.retention_days)
    return store


def add_database(parser: ArgumentParser) -> None:
    parser.add_argument("--db", metavar="URL", help=DB_HELP)


def _add_session(parser: ArgumentParser) -> None:
    parser.add_argument("session", type=int, metavar="SESSION", help="its number, as `fer-desktop sessions` shows it")


def _add_student(parser: ArgumentParser, help: str) -> None:
    parser.add_argument("--student", type=int, metavar="NUMBER", help=help)


def _add_sessions_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON")
    add_database(parser)


def _run_sessions(arguments: Namespace) -> int:
    from fer_desktop.report.json_export import session_as_json

    with open_chosen_store(arguments.db) as store:
        sessions = store.list_sessions()
    if arguments.json:
        sys.stdout.write(json.dumps([session_as_json(each) for each in sessions], ensure_ascii=False) + "\n")
    else:
        _print_sessions(sessions)
    return 0


def _print_sessions(sessions: "list[SessionSummary]") -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Column, Table
    from rich.text import Text

    console = Console(width=None if sys.stdout.isatty() else 160)  # a file has no width of its own
    if not sessions:
        console.print("No sessions yet. `fer-desktop demo` records one of a simulated class.")
        return
    table = Table(
        Column("No.", justify="right", no_wrap=True),
        Column("Began", no_wrap=True),
        Column("Length", justify="right", no_wrap=True),
        Column("Course or source", overflow="fold"),
        Column("Students", justify="right"),
        Column("Mood", justify="right"),
        Column("Bookmarks", justify="right"),
        Column("Flags", justify="right"),
        Column("Remarks", overflow="fold"),
        box=SIMPLE_HEAD,
    )
    for each in sessions:
        table.add_row(
            str(each.id),
            f"{each.started_at.astimezone():%Y-%m-%d %H:%M}",
            f"{each.seconds // 60}:{each.seconds % 60:02}",
            Text(each.course or each.source),
            str(each.students),
            "-" if each.mean_mood is None else f"{each.mean_mood:+.1f}",
            str(each.bookmarks),
            str(each.flags),
            ", ".join(_remarks(each)),
        )
    console.print(table)


def _remarks(session: "SessionSummary") -> list[str]:
    remarks = {
        "simulated": session.simulated,
        "being recorded": session.ended_at is None,
        "interrupted": session.interrupted,
        "class only": session.aggregate_only,
        "expressions off": not session.expressions_on,
    }
    return [words for words, applies in remarks.items() if applies]


def _add_export_arguments(parser: ArgumentParser) -> None:
    _add_session(parser)
    parser.add_argument(
        "--format",
        choices=_FORMATS,
        help="html and pdf to read, csv for a spreadsheet, json and parquet for code (default: by the file's ending)",
    )
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", required=True, help="the file to write")
    parser.add_argument(
        "--part",
        choices=("all", "attendance"),
        default="all",
        help="attendance: who was there, from when to when (csv; default: all)",
    )
    _add_student(parser, "only what is known of one student")
    parser.add_argument(
        "--aggregate", action="store_true", help="only the class as a whole: nobody alone, five faces at least"
    )
    add_database(parser)


def _run_export(arguments: Namespace, *, write_pdf: "PdfWriter | None") -> int:
    from fer_desktop.report.export import export_session, guess_format

    format = arguments.format or guess_format(arguments.output)
    with open_chosen_store(arguments.db) as store:
        export_session(
            store,
            arguments.session,
            format=format,
            path=arguments.output,
            student=arguments.student,
            part=arguments.part,
            individuals=not arguments.aggregate,
            write_pdf=write_pdf,
        )
    sys.stdout.write(f"Session {arguments.session} is in {arguments.output}\n")
    return 0


def _add_delete_arguments(parser: ArgumentParser) -> None:
    _add_session(parser)
    _add_student(parser, "erase one student and keep the rest of the session")
    add_database(parser)


def _run_delete(arguments: Namespace) -> int:
    with open_chosen_store(arguments.db) as store:
        if arguments.student is None:
            gone = store.delete_session(arguments.session)
            what = (
                f"Deleted session {gone.id} of {gone.started_at.astimezone():%Y-%m-%d %H:%M}: {gone.students} students"
            )
            sys.stdout.write(f"{what}, {gone.seconds} seconds\n")
        else:
            store.erase_student(arguments.session, arguments.student)
            sys.stdout.write(f"Erased student {arguments.student} from session {arguments.session}\n")
    return 0


def make_commands(write_pdf: "PdfWriter | None" = None) -> list[Command]:
    """The commands. `write_pdf`: draws a report's pages; without it there is no PDF."""
    run_export = partial(_run_export, write_pdf=write_pdf)
    return [
        Command("sessions", "list the recorded sessions", _add_sessions_arguments, _run_sessions),
        Command("export", "write a session to a file: a report to read, or data", _add_export_arguments, run_export),
        Command("delete", "delete a session, or one student of it, for good", _add_delete_arguments, _run_delete),
    ]
