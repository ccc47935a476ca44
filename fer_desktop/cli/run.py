"""Parses the arguments, runs the command, and turns errors into one line and an exit code."""

import argparse
import logging
import os
import sys
from collections.abc import Sequence
from typing import Final, NoReturn

from fer_desktop import __version__
from fer_desktop.cli.command import Command, add_debug
from fer_desktop.errors import FerDesktopError, SettingsError

PROGRAM: Final = "fer-desktop"
EXIT_BAD_USE: Final = 2
EXIT_INTERRUPTED: Final = 130
EXIT_BROKEN_PIPE: Final = 141
"""As a shell reports a program that SIGPIPE ended: whoever read the output has gone, as `head` does."""


class _Parser(argparse.ArgumentParser):
    """Bad use is an error as any other: one line, without the usage before it."""

    def error(self, message: str) -> NoReturn:
        raise SettingsError(f"{message}: `{self.prog} --help` shows how")


def build_parser(commands: Sequence[Command], default: Command) -> argparse.ArgumentParser:
    """The whole parser; without a sub-command `default` runs, with its own options at the top level."""
    parser = _Parser(prog=PROGRAM, description=default.help)
    parser.add_argument("--version", action="version", version=f"{PROGRAM} {__version__}")
    add_debug(parser)
    default.add_arguments(parser)
    parser.set_defaults(run=default.run)
    subparsers = parser.add_subparsers(title="commands", metavar="COMMAND", parser_class=_Parser)
    for command in commands:
        subparser = subparsers.add_parser(command.name, help=command.help, description=command.help)
        add_debug(subparser, default=argparse.SUPPRESS)
        command.add_arguments(subparser)
        subparser.set_defaults(run=command.run)
    return parser


def run_commands(commands: Sequence[Command], default: Command, argv: Sequence[str] | None = None) -> int:
    """Runs what `argv` asks for. Exit code 0 done, 2 bad use or input (one line on stderr), 130 on Ctrl-C."""
    argv = sys.argv[1:] if argv is None else argv
    debug = "--debug" in argv
    logging.basicConfig(level=logging.DEBUG if debug else logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    try:
        arguments = build_parser(commands, default).parse_args(argv)
        code: int = arguments.run(arguments)
    except KeyboardInterrupt:
        if debug:
            raise
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        # What is left in the buffer would fail again when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_BROKEN_PIPE
    except FerDesktopError as error:
        if debug:
            raise
        return _tell(str(error))
    except Exception as error:  # the top of the program: a traceback would help nobody who uses it
        if debug:
            raise
        return _tell(f"something went wrong ({type(error).__name__}: {error}); --debug shows where")
    return code


def _tell(text: str) -> int:
    if sys.stderr is not None:  # a windowed program on Windows has none
        sys.stderr.write(f"{PROGRAM}: {' '.join(text.split())}\n")
    return EXIT_BAD_USE
