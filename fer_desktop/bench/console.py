"""What all benchmarks show on a terminal: the progress while they measure, and tables."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.table import Table


@contextmanager
def show_progress() -> Iterator[Callable[[str], None]]:
    """A line on stderr with what is being done now; it vanishes at the end."""
    with Console(stderr=True).status("Starting") as status:
        yield status.update


def print_table(table: Table, *, file_width: int) -> None:
    """Prints to stdout, as wide as the terminal; `file_width` columns where stdout is none."""
    Console(width=None if sys.stdout.isatty() else file_width).print(table)


def describe_met(met: bool | None) -> str:
    """The table's cell for whether a bar is met; empty where there is no bar."""
    return {True: "yes", False: "[red]no[/red]", None: ""}[met]
