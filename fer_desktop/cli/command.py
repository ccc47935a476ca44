"""What a sub-command is. Each package defines its own; `main.py` collects them."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """One sub-command of `fer-desktop`.

    `add_arguments` must stay cheap, as `--help` runs it for every command: import heavy packages in `run`.
    `run` returns the exit code and raises `FerDesktopError` for bad use or bad input.
    """

    name: str
    help: str
    add_arguments: Callable[[ArgumentParser], None]
    run: Callable[[Namespace], int]


def add_debug_argument(parser: ArgumentParser) -> None:
    """Adds `--debug`."""
    parser.add_argument("--debug", action="store_true", help="show tracebacks and detailed logs")
