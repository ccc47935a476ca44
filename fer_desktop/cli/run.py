"""Parses the arguments, runs the command, and reports errors as one line and an exit code."""

import argparse
import logging
import os
import sys
from collections.abc import Mapping, Sequence, Set
from typing import Any, Final, NoReturn

from fer_desktop import __version__
from fer_desktop.cli.command import Command, add_debug_argument
from fer_desktop.errors import FerDesktopError, SessionInterruptedError, SettingsError
from fer_desktop.system.secrets import mask_secrets
from fer_desktop.system.signals import EndRequested, raise_end_signals

PROGRAM: Final = "fer-desktop"
EXIT_BAD_USE: Final = 2
EXIT_SESSION_INTERRUPTED: Final = 4
EXIT_INTERRUPTED: Final = 130
EXIT_BROKEN_PIPE: Final = 141
"""128 + SIGPIPE, as a shell reports a program whose reader closed the pipe, such as `head`."""

EXIT_CODES: Final = (
    "Exit codes: 0 done; 2 bad use or input; 3 not all could be stored; 4 a session was interrupted: its record "
    "is incomplete; 130 Ctrl-C (128 + n: signal n); 141 nobody reads the output any more"
)


class _Parser(argparse.ArgumentParser):
    """Raises `SettingsError` for bad use, so that it is reported in one line, without the usage before it."""

    def error(self, message: str) -> NoReturn:
        raise SettingsError(f"{message}: `{self.prog} --help` shows how")

    def join_options(self, above: Set[str] = frozenset()) -> None:
        """Keeps the value of an option given before a command, which the command's own default would replace.

        Call it once every option and command is added. `above`: the destinations of the parsers above.
        """
        self.set_defaults(parser=self)
        for action in self._actions:
            if action.dest in above:
                action.default = argparse.SUPPRESS
            for command in action.choices.values() if isinstance(action.choices, Mapping) else ():
                command.join_options(above | self.destinations())

    def destinations(self) -> Set[str]:
        """The names of its options' values."""
        return {action.dest for action in self._actions}

    def parse_all(self, argv: Sequence[str]) -> argparse.Namespace:
        """As `parse_args`; refuses an option given before a command that has no such option."""
        arguments = self.parse_args(argv)
        known = arguments.parser.destinations()
        for action in self._actions:
            if action.dest not in known and getattr(arguments, action.dest, action.default) != action.default:
                arguments.parser.error(f"there is no {action.option_strings[0]} for `{arguments.parser.prog}`")
        return arguments


def build_parser(commands: Sequence[Command], default: Command) -> _Parser:
    """The parser of all commands. Without a sub-command `default` runs; its options are at the top level."""
    parser = _Parser(prog=PROGRAM, description=default.help, epilog=EXIT_CODES)
    parser.add_argument("--version", action="version", version=f"{PROGRAM} {__version__}")
    add_debug_argument(parser)
    default.add_arguments(parser)
    parser.set_defaults(run=default.run)
    subparsers = parser.add_subparsers(title="commands", metavar="COMMAND", parser_class=_Parser)
    for command in commands:
        subparser = subparsers.add_parser(command.name, help=command.help, description=command.help)
        add_debug_argument(subparser)
        command.add_arguments(subparser)
        subparser.set_defaults(run=command.run)
    parser.join_options()
    return parser


def run_commands(commands: Sequence[Command], default: Command, argv: Sequence[str] | None = None) -> int:
    """Runs what `argv` asks for. Exit code 0 done, 2 bad use or input (one line on stderr), 128 + n on signal n.

    A command may return others: `analyze` 3, if not all could be stored. A session that was interrupted: 4.
    """
    argv = sys.argv[1:] if argv is None else argv
    debug = "--debug" in argv
    _set_up_log(debug=debug)
    requests: list[EndRequested] = []
    try:
        arguments = build_parser(commands, default).parse_all(argv)
        with raise_end_signals() as requests:
            code: int = arguments.run(arguments)
    except BrokenPipeError:
        # Python would flush the rest of the buffer at exit, and fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_BROKEN_PIPE
    except KeyboardInterrupt as request:
        if debug:
            raise
        return request.exit_code if isinstance(request, EndRequested) else EXIT_INTERRUPTED
    except Exception as error:  # the top of the program: users get no tracebacks
        if debug:
            raise
        if requests and not isinstance(error, FerDesktopError):
            return requests[0].exit_code
        print_line(_describe(error))
        return EXIT_SESSION_INTERRUPTED if isinstance(error, SessionInterruptedError) else EXIT_BAD_USE
    return code


def print_line(text: str) -> None:
    """Writes one line to stderr, after the program's name and without the password of any URL."""
    if sys.stderr is not None:  # as for a windowed program on Windows
        sys.stderr.write(f"{PROGRAM}: {mask_secrets(' '.join(text.split()))}\n")


class _LogFormatter(logging.Formatter):
    """Writes no password of a URL into the log and, except for `--debug`, the last line alone of each traceback."""

    def __init__(self, *, debug: bool) -> None:
        super().__init__("%(levelname)s %(name)s: %(message)s")
        self._debug = debug

    def format(self, record: logging.LogRecord) -> str:
        return mask_secrets(super().format(record))

    def formatException(self, ei: Any) -> str:  # noqa: N802 - logging's name
        lines = super().formatException(ei)
        return lines if self._debug else lines.splitlines()[-1]


def _is_error(record: logging.LogRecord) -> bool:
    """False for a signal: SQLAlchemy logs one that it meets while it closes a connection, and raises it again."""
    return not (record.exc_info and isinstance(record.exc_info[1], EndRequested))


def _set_up_log(*, debug: bool) -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(_LogFormatter(debug=debug))
    if not debug:
        handler.addFilter(_is_error)
    logging.basicConfig(level=logging.DEBUG if debug else logging.WARNING, handlers=[handler])


def _describe(error: Exception) -> str:
    """What went wrong and what to do: an expected error in the user's language, any other in English."""
    if isinstance(error, FerDesktopError):
        from fer_desktop.cli.language import user_language

        return user_language().render(error.message)
    if isinstance(error, MemoryError):
        return "there is not enough memory for this: close other programs, or give a smaller file"
    if isinstance(error, OSError):
        where = f" ({error.filename})" if error.filename else ""
        return f"the system refuses it: {error.strerror or error}{where}; --debug shows where"
    return f"something went wrong ({type(error).__name__}: {error}); --debug shows where"
