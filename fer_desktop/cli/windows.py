"""`fer-desktop windows`: the open windows that can be watched, calls first."""

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from fer_desktop.cli.command import Command
from fer_desktop.cli.run import print_line

if TYPE_CHECKING:
    from fer_desktop.desktop import DesktopWindow


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON")


def _run(arguments: Namespace) -> int:
    from fer_desktop.desktop import list_windows

    windows = list_windows()
    sys.stdout.write(list_as_json(windows) if arguments.json else list_as_lines(windows))
    if not windows and not arguments.json:
        print_line("no window is open: open your call, then try again")
    return 0


def list_as_json(windows: Sequence["DesktopWindow"]) -> str:
    """A JSON array with an object a window. `call`: the call program, null for other windows."""
    from fer_desktop.desktop.call_apps import name_call, sort_calls_first

    objects = [
        {
            "title": window.title,
            "app": window.app,
            "call": name_call(window),
            "region": str(window.region),
            "hidden": window.hidden,
        }
        for window in sort_calls_first(windows)
    ]
    return json.dumps(objects, ensure_ascii=False) + "\n"


def list_as_lines(windows: Sequence["DesktopWindow"]) -> str:
    """A line for each window, in columns."""
    from fer_desktop.desktop.call_apps import name_app, name_call, sort_calls_first

    lines = []
    for window in sort_calls_first(windows):
        call = name_call(window)
        kind, program = "call" if call else "", call or name_app(window.app)
        state = "minimised" if window.hidden else f"{window.region.width} x {window.region.height}"
        lines.append(f"{kind:4}  {program:18}  {state:12}  {window.title}\n")
    return "".join(lines)


WINDOWS: Final = Command("windows", "list the open windows that can be watched, calls first", _add_arguments, _run)
