"""The command line: exit codes, one line for an error, and a quick `--help`."""

import signal
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

import pytest

from fer_desktop.cli import Command, run_commands
from fer_desktop.cli.analyze import EXIT_NOT_ALL_STORED
from fer_desktop.cli.run import (
    EXIT_BAD_USE,
    EXIT_BROKEN_PIPE,
    EXIT_INTERRUPTED,
    EXIT_SESSION_INTERRUPTED,
    build_parser,
)
from fer_desktop.errors import SessionInterruptedError, SourceError

ROOT = Path(__file__).resolve().parents[3]


def do_nothing(_: ArgumentParser) -> None:
    """No arguments."""


def succeed(_: Namespace) -> int:
    return 0


def fail(_: Namespace) -> int:
    raise SourceError("there is no file lesson.mp4: check the path")


def stumble(_: Namespace) -> int:
    raise ZeroDivisionError("division by zero")


def interrupt(_: Namespace) -> int:
    raise KeyboardInterrupt


def lose_display(_: Namespace) -> int:
    raise SessionInterruptedError("the lesson was interrupted, so its record is incomplete")


DEFAULT = Command("window", "opens the window", do_nothing, succeed)
COMMANDS = [
    Command("fail", "fails", do_nothing, fail),
    Command("stumble", "meets something unexpected", do_nothing, stumble),
    Command("wait", "is interrupted", do_nothing, interrupt),
    Command("lose", "has its session interrupted", do_nothing, lose_display),
]


def test_no_command_runs_the_default() -> None:
    assert run_commands(COMMANDS, DEFAULT, []) == 0


def test_an_expected_error_is_one_line_and_exit_code_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_commands(COMMANDS, DEFAULT, ["fail"]) == 2
    assert capsys.readouterr().err == "fer-desktop: there is no file lesson.mp4: check the path\n"


@pytest.mark.parametrize("arguments", [["fail", "--debug"], ["--debug", "fail"]])
def test_the_traceback_comes_with_debug(arguments: list[str]) -> None:
    with pytest.raises(SourceError):
        run_commands(COMMANDS, DEFAULT, arguments)


def test_ctrl_c_is_exit_code_130() -> None:
    assert run_commands(COMMANDS, DEFAULT, ["wait"]) == 130


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_that_a_library_turns_into_its_own_error_ends_the_program_as_asked(
    number: signal.Signals, capsys: pytest.CaptureFixture[str]
) -> None:
    """As one written in C does while it is imported."""

    def import_library(_: Namespace) -> int:
        try:
            signal.raise_signal(number)
        except KeyboardInterrupt as error:
            raise ImportError("the library failed to import") from error
        return 0

    command = Command("import", "imports", do_nothing, import_library)
    assert run_commands([command], command, []) == 128 + number
    assert capsys.readouterr().err == ""


def test_an_interrupted_session_is_one_line_and_exit_code_4(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_commands(COMMANDS, DEFAULT, ["lose"]) == 4
    assert capsys.readouterr().err.count("\n") == 1


def test_help_and_readme_list_every_exit_code() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = " ".join(build_parser(COMMANDS, DEFAULT).format_help().split())
    codes = (0, EXIT_BAD_USE, EXIT_NOT_ALL_STORED, EXIT_SESSION_INTERRUPTED, EXIT_INTERRUPTED, EXIT_BROKEN_PIPE)
    listed = readme[readme.index("Exit codes:") :].split("\n\n")[0]
    for code in codes:
        assert f" {code} " in shown
        assert f" {code} " in listed.replace("\n", " ")


@pytest.mark.parametrize("arguments", [["dance"], ["--jump"], ["fail", "high"]])
def test_bad_use_is_one_line_and_exit_code_2(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    assert run_commands(COMMANDS, DEFAULT, arguments) == 2
    error = capsys.readouterr().err
    assert error.startswith("fer-desktop: ")
    assert error.count("\n") == 1
    assert "--help` shows how" in error


def test_something_unexpected_is_one_line_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_commands(COMMANDS, DEFAULT, ["stumble"]) == 2
    error = capsys.readouterr().err
    assert error == "fer-desktop: something went wrong (ZeroDivisionError: division by zero); --debug shows where\n"


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (MemoryError(), "there is not enough memory for this"),
        (PermissionError(13, "Permission denied", "/lessons/a.mp4"), "Permission denied (/lessons/a.mp4)"),
    ],
)
def test_what_the_system_refuses_is_named(capsys: pytest.CaptureFixture[str], error: Exception, words: str) -> None:
    def refuse(_: Namespace) -> int:
        raise error

    assert run_commands([Command("refuse", "fails", do_nothing, refuse)], DEFAULT, ["refuse"]) == 2
    message = capsys.readouterr().err
    assert words in message
    assert "something went wrong" not in message


LIBRARY = """
import logging, signal, sys
from argparse import ArgumentParser
from fer_desktop.cli import Command, run_commands

def close(_):
    log = logging.getLogger("library")
    try:
        {act}
    except BaseException:
        log.error("Exception closing connection", exc_info=True)
        raise

command = Command("close", "closes", lambda parser: None, close)
sys.exit(run_commands([command], command, sys.argv[1:]))
"""
"""A library that logs what it meets while it closes a connection, and raises it again, as SQLAlchemy does."""


def run_library(act: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-c", LIBRARY.format(act=act), *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_a_traceback_that_a_library_logs_comes_with_debug() -> None:
    plain, debug = (run_library("1 / 0", *arguments) for arguments in ([], ["--debug"]))
    assert plain.returncode == 2
    assert plain.stderr.splitlines()[:2] == [
        "ERROR library: Exception closing connection",
        "ZeroDivisionError: division by zero",
    ]
    assert "Traceback" not in plain.stderr
    assert "Traceback" in debug.stderr


def test_a_signal_that_a_library_logs_is_no_error() -> None:
    done = run_library("signal.raise_signal(signal.SIGTERM)")
    assert (done.returncode, done.stderr) == (143, "")


def test_no_error_shows_the_password_of_a_database(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_commands(COMMANDS, DEFAULT, ["fail", "postgresql://ann:hush@school/lessons"]) == 2
    assert "hush" not in capsys.readouterr().err


def test_a_reader_that_closes_the_pipe_is_no_error() -> None:
    command = f"{sys.executable} main.py --help | true"
    done = subprocess.run(command, shell=True, cwd=ROOT, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr


def test_help_loads_no_heavy_package() -> None:
    code = (
        "import sys, main\n"
        "heavy = {'tensorflow', 'keras', 'mediapipe', 'cv2', 'numpy', 'PySide6', 'sqlalchemy', 'pydantic', 'rich'}\n"
        "heavy |= {'http.server', 'multiprocessing', 'distributed'}\n"
        "sys.argv = ['fer-desktop', '--help']\n"
        "try:\n    main.main()\nexcept SystemExit:\n    print(sorted(heavy & set(sys.modules)), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"
    assert "analyze" in done.stdout


def add_shared_options(parser: ArgumentParser) -> None:
    parser.add_argument("--db")
    parser.add_argument("--place")


def add_window_options(parser: ArgumentParser) -> None:
    add_shared_options(parser)
    parser.add_argument("--region")


def add_nested_options(parser: ArgumentParser) -> None:
    parser.add_subparsers(dest="action", required=True).add_parser("show").add_argument("--db")


def print_options(arguments: Namespace) -> int:
    place = getattr(arguments, "place", None)
    sys.stdout.write(f"{arguments.db} {place}\n")
    return 0


WINDOW = Command("window", "opens the window", add_window_options, succeed)
PRINTERS = [
    Command("detect", "prints", add_shared_options, print_options),
    Command("roster", "prints", add_nested_options, print_options),
]


@pytest.mark.parametrize(
    ("arguments", "printed"),
    [
        ("--place DE detect", "None DE"),
        ("--db X --place DE detect", "X DE"),
        ("--db X detect --db Y", "Y None"),
        ("--db X roster show", "X None"),
        ("roster show --db Y", "Y None"),
    ],
)
def test_an_option_counts_before_the_command_too(
    capsys: pytest.CaptureFixture[str], arguments: str, printed: str
) -> None:
    assert run_commands(PRINTERS, WINDOW, arguments.split()) == 0
    assert capsys.readouterr().out.strip() == printed


@pytest.mark.parametrize("arguments", ["--region 1x1+0+0 detect", "--place DE roster show"])
def test_an_option_that_the_command_does_not_have_is_refused(
    capsys: pytest.CaptureFixture[str], arguments: str
) -> None:
    assert run_commands(PRINTERS, WINDOW, arguments.split()) == 2
    assert "there is no --" in capsys.readouterr().err
