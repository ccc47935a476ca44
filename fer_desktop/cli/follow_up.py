"""`fer-desktop follow-up`: what to do after a lesson."""

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from fer_desktop.cli.command import Command
from fer_desktop.cli.language import user_language
from fer_desktop.cli.sessions import add_database_argument, open_chosen_store
from fer_desktop.errors import SettingsError

if TYPE_CHECKING:
    from fer_desktop.follow_up.words import Part
    from fer_desktop.storage.store import Store


def _add_follow_up_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "session", type=int, nargs="?", metavar="SESSION", help="its number (default: the newest finished session)"
    )
    parser.add_argument("--aggregate", action="store_true", help="of the class as a whole, without single students")
    parser.add_argument("--json", action="store_true", help="print JSON, with English texts")
    add_database_argument(parser)


def _run_follow_up(arguments: Namespace) -> int:
    from fer_desktop.follow_up.words import describe_follow_up, follow_up_as_json
    from fer_desktop.messages import ENGLISH
    from fer_desktop.report.extract import read_extract
    from fer_desktop.report.follow_up_section import follow_up_of

    language = ENGLISH if arguments.json else user_language()
    with open_chosen_store(arguments.db) as store:
        number = _find_newest(store) if arguments.session is None else arguments.session
        extract = read_extract(store, number, individuals=not arguments.aggregate, language=language)
        follow_up = follow_up_of(extract)
    parts = describe_follow_up(follow_up, language)
    if arguments.json:
        sys.stdout.write(json.dumps(follow_up_as_json(follow_up, parts), ensure_ascii=False) + "\n")
    else:
        sys.stdout.writelines(f"{line}\n" for part in parts for line in _list_lines(part))
    return 0


def _find_newest(store: "Store") -> int:
    """The number of the newest finished session. Raises `SettingsError` without one."""
    ended = next((each.id for each in store.list_sessions() if each.ended_at is not None), None)
    if ended is None:
        raise SettingsError("there is no finished session yet: `fer-desktop demo` records one of a simulated class")
    return ended


def _list_lines(part: "Part") -> Iterator[str]:
    yield part.title
    for item in part.items:
        yield f"  {' '.join(text for text in (item.heading, *item.lines, item.doubt) if text)}"
    yield f"  {part.remark}"
    yield ""


FOLLOW_UP: Final = Command(
    "follow-up",
    "what to do after a lesson: where the class was lost, who to talk to, what was better",
    _add_follow_up_arguments,
    _run_follow_up,
)
