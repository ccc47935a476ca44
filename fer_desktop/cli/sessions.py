"""`fer-desktop sessions`, `export`, `delete` and `purge`."""

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from fer_desktop.cli.command import Command
from fer_desktop.cli.language import print_notice, user_language
from fer_desktop.cli.new_password import ask_new_password
from fer_desktop.cli.opening import open_user_store
from fer_desktop.cli.run import PROGRAM
from fer_desktop.cli.settings import load_settings_or_defaults
from fer_desktop.errors import SettingsError
from fer_desktop.messages import Message, MessageKey

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

    from fer_desktop.messages import Language
    from fer_desktop.ports import PdfWriter
    from fer_desktop.storage.store import Store
    from fer_desktop.storage.values import SessionSummary

_FORMATS: Final = ("html", "pdf", "csv", "json", "parquet")
_WIDTH_OF_FILES: Final = 160
"""Columns of a table that is written to a file or a pipe, which have no width of their own."""


def open_chosen_store(url: str | None) -> "Store":
    """The store of `--db`, else the user's own one."""
    return open_user_store(url or load_settings_or_defaults().database_url)


def add_database_argument(parser: ArgumentParser) -> None:
    """Adds `--db`."""
    parser.add_argument(
        "--db",
        metavar="URL",
        help="the database: a file or an SQLAlchemy URL (default: the one in the settings)",
    )


def _add_session_argument(parser: ArgumentParser) -> None:
    parser.add_argument("session", type=int, metavar="SESSION", help="its number, as `fer-desktop sessions` shows it")


def _add_student_argument(parser: ArgumentParser, help: str) -> None:
    parser.add_argument("--student", type=int, metavar="NUMBER", help=help)


def _add_sessions_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON")
    add_database_argument(parser)


def _run_sessions(arguments: Namespace) -> int:
    with open_chosen_store(arguments.db) as store:
        listed = store.session_list()
    if listed.unreadable:
        numbers = ", ".join(map(str, listed.unreadable))
        print_notice(Message(MessageKey.SESSIONS_UNREADABLE, sessions=numbers))
    if arguments.json:
        from fer_desktop.report.session_json import session_as_json

        sys.stdout.write(json.dumps([session_as_json(each) for each in listed.sessions], ensure_ascii=False) + "\n")
    else:
        _print_sessions(listed.sessions)
    return 0


def _print_sessions(sessions: "Sequence[SessionSummary]") -> None:
    from rich.console import Console

    console = Console(width=None if sys.stdout.isatty() else _WIDTH_OF_FILES)
    if sessions:
        console.print(_make_table(sessions))
    else:
        console.print("No sessions yet. `fer-desktop demo` records one of a simulated class.")


def _make_table(sessions: "Sequence[SessionSummary]") -> "Table":
    from rich.box import SIMPLE_HEAD
    from rich.table import Column, Table

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
    language = user_language()
    for session in sessions:
        table.add_row(*_make_row(session, language))
    return table


def _make_row(session: "SessionSummary", language: "Language") -> "list[str | Text]":
    from rich.text import Text

    return [
        str(session.id),
        _format_start(session),
        f"{session.seconds // 60}:{session.seconds % 60:02}",
        Text(session.course or language.render(session.source)),  # not a string, in which [brackets] would be markup
        str(session.students),
        "-" if session.mean_mood is None else f"{session.mean_mood:+.1f}",
        str(session.bookmarks),
        str(session.flags),
        ", ".join(_list_remarks(session)),
    ]


def _format_start(session: "SessionSummary") -> str:
    return f"{session.local_time():%Y-%m-%d %H:%M}"


def _list_remarks(session: "SessionSummary") -> list[str]:
    remarks = {
        "simulated": session.simulated,
        "being recorded": session.ended_at is None,
        "interrupted": session.interrupted,
        "class only": session.aggregate_only,
        "expressions off": not session.expressions_on,
    }
    return [remark for remark, applies in remarks.items() if applies]


def _add_export_arguments(parser: ArgumentParser) -> None:
    _add_session_argument(parser)
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
    _add_student_argument(parser, "only what is known of one student")
    parser.add_argument(
        "--aggregate", action="store_true", help="only the class as a whole: nobody alone, five faces at least"
    )
    parser.add_argument(
        "--encrypt", action="store_true", help="a ZIP file with a password, which is asked for: -o lesson.pdf.zip"
    )
    add_database_argument(parser)


def _run_export(arguments: Namespace, *, write_pdf: "PdfWriter | None") -> int:
    from fer_desktop.report.export import export_session, guess_format

    format = arguments.format or guess_format(arguments.output)
    if arguments.encrypt != (arguments.output.suffix.lower() == ".zip"):
        raise SettingsError(Message(MessageKey.ZIP_IS_ENCRYPTED, name=f"lesson.{format}.zip"))
    password = ask_new_password() if arguments.encrypt else None
    with open_chosen_store(arguments.db) as store:
        export_session(
            store,
            arguments.session,
            format=format,
            path=arguments.output,
            student=arguments.student,
            part=arguments.part,
            individuals=not arguments.aggregate,
            password=password,
            write_pdf=write_pdf,
            language=user_language(),
        )
    sys.stdout.write(f"Session {arguments.session} is in {arguments.output}\n")
    return 0


def _add_delete_arguments(parser: ArgumentParser) -> None:
    _add_session_argument(parser)
    _add_student_argument(parser, "erase one student and keep the rest of the session")
    _add_yes_argument(parser)
    add_database_argument(parser)


def _add_yes_argument(parser: ArgumentParser) -> None:
    parser.add_argument("--yes", action="store_true", help="delete without asking")


def _run_delete(arguments: Namespace) -> int:
    with open_chosen_store(arguments.db) as store:
        session = _find_deletable(store, arguments.session)
        if not arguments.yes:
            what = "" if arguments.student is None else f"student {arguments.student} of "
            _confirm(f"Delete {what}session {arguments.session}{_describe_deleted(session)}, for good? [y/N] ")
        if arguments.student is None:
            deleted = store.delete_session(arguments.session)
            sys.stdout.write(f"Deleted session {arguments.session}{_describe_deleted(deleted)}\n")
        else:
            store.erase_student(arguments.session, arguments.student)
            sys.stdout.write(f"Erased student {arguments.student} from session {arguments.session}\n")
        _report_pending_erasure(store)
        _mention_server_copies(store)
    return 0


def _find_deletable(store: "Store", number: int) -> "SessionSummary | None":
    """The session; None where it can be deleted but not read. Raises `StorageError` without one."""
    return None if number in store.session_list().unreadable else store.session(number)


def _report_pending_erasure(store: "Store") -> None:
    if store.erasure_pending:
        print_notice(Message(MessageKey.ERASURE_PENDING))


def _describe_deleted(deleted: "SessionSummary | None") -> str:
    if deleted is None:
        return ", which could not be read"
    return f" of {_format_start(deleted)}: {deleted.students} students, {deleted.seconds} seconds"


def _add_purge_arguments(parser: ArgumentParser) -> None:
    _add_yes_argument(parser)
    parser.add_argument("--undo", action="store_true", help="restore the sessions that were purged within a week")
    parser.add_argument(
        "--clock-is-right",
        action="store_true",
        help="delete although the last session was recorded more than a month ago by this computer's clock",
    )
    add_database_argument(parser)


def _run_purge(arguments: Namespace) -> int:
    return _undo_purge(arguments.db) if arguments.undo else _purge(arguments)


def _undo_purge(url: str | None) -> int:
    with open_chosen_store(url) as store:
        count = store.restore_purged()
    sys.stdout.write(f"Restored {count} sessions\n")
    return 0


def _purge(arguments: Namespace) -> int:
    settings = load_settings_or_defaults()
    if not settings.confirmed:
        raise SettingsError("nothing was deleted: save your settings in the window, so that the age is yours again")
    days = settings.purge_after_days
    if days is None:
        raise SettingsError("no age is set at which sessions are deleted: choose one in the settings of the window")
    with open_user_store(arguments.db or settings.database_url) as store:
        expired = store.expired_sessions(days)
        if not expired.sessions:
            sys.stdout.write(f"No session is older than {days} days\n")
            return 0
        _print_sessions(expired.sessions)
        if not arguments.yes:
            _confirm(f"Delete these {len(expired.sessions)}? [y/N] ")
        count = store.purge_expired(expired, clock_confirmed=arguments.clock_is_right)
        sys.stdout.write(
            f"Deleted {count} sessions. For a week `{PROGRAM} purge --undo` restores them; then they are erased for "
            "good\n"
        )
        _mention_server_copies(store)
    return 0


def _mention_server_copies(store: "Store") -> None:
    if store.on_server:
        sys.stdout.write("The server's logs and backups may keep this for a while: ask its administrator.\n")


def _confirm(question: str) -> None:
    """Raises `SettingsError` unless the user answers yes."""
    if not sys.stdin.isatty():
        raise SettingsError("nothing was deleted: --yes deletes without asking")
    sys.stdout.write(question)
    sys.stdout.flush()
    if sys.stdin.readline().strip().lower() not in ("y", "yes"):
        raise SettingsError("nothing was deleted")


def make_commands(write_pdf: "PdfWriter | None" = None) -> list[Command]:
    """The four commands. Without `write_pdf` there is no export as PDF."""
    run_export = partial(_run_export, write_pdf=write_pdf)
    return [
        Command("sessions", "list the recorded sessions", _add_sessions_arguments, _run_sessions),
        Command("export", "write a session to a file: a report to read, or data", _add_export_arguments, run_export),
        Command("delete", "delete a session, or one student of it, for good", _add_delete_arguments, _run_delete),
        Command(
            "purge", "delete the sessions that are older than your settings allow", _add_purge_arguments, _run_purge
        ),
    ]
