"""Parses the arguments, runs the command, and turns errors into one line and an exit code."""

import argparse
import logging
import sys
from collections.abc import Sequence

from fer_desktop import __version__
from fer_desktop.cli.command import Command
from fer_desktop.errors import FerDesktopError

PROGRAM = "fer-desktop"
EXIT_OK, EXIT_BAD_USE, EXIT_INTERRUPTED = 0, 2, 130


def build_parser(commands: Sequence[Command], default: Command) -> argparse.ArgumentParser:
    """The whole parser; without a sub-command `default` runs, with its own options at the top level."""
    parser = argparse.ArgumentParser(prog=PROGRAM, description=default.help)
    parser.add_argument("--version", action="version", version=f"{PROGRAM} {__version__}")
    _add_common(parser)
    default.add_arguments(parser)
    parser.set_defaults(run=default.run)
    subparsers = parser.add_subparsers(title="commands", metavar="COMMAND")
    for command in commands:
        subparser = subparsers.add_parser(command.name, help=command.help, description=command.help)
        _add_common(subparser, default=argparse.SUPPRESS)
        command.add_arguments(subparser)
        subparser.set_defaults(run=command.run)
    return parser


def _add_common(parser: argparse.ArgumentParser, default: object = False) -> None:
    parser.add_argument("--debug", action="store_true", default=default, help="show tracebacks and detailed logs")


def run_commands(commands: Sequence[Command], default: Command, argv: Sequence[str] | None = None) -> int:
    """Runs what `argv` asks for. Exit code 0 done, 2 bad use or input (one line on stderr), 130 on Ctrl-C."""
    arguments = build_parser(commands, default).parse_args(argv)
    level = logging.DEBUG if arguments.debug else logging.WARNING
    logging.basicConfig(level=level, format="%(levelname)s %(name)s: %(message)s")
    try:
        code: int = arguments.run(arguments)
    except KeyboardInterrupt:
        if arguments.debug:
            raise
        return EXIT_INTERRUPTED
    except FerDesktopError as error:
        if arguments.debug:
            raise
        sys.stderr.write(f"{PROGRAM}: {error}\n")
        return EXIT_BAD_USE
    return code
