"""A signal ends the program although Python dropped what was raised for it, and no traceback of that is printed."""

import signal
import sys
import time
from argparse import ArgumentParser, Namespace

import pytest

from fer_desktop.cli import Command, run_commands
from fer_desktop.system.signals import EndRequested, hold_end_signals, note_end_signals, raise_end_signals

LONG_S = 20


class Finalised:
    """Gets a signal while it is finalised, where Python drops every exception."""

    def __del__(self) -> None:
        signal.raise_signal(signal.SIGINT)


def drop_signal() -> None:
    Finalised()


def add_nothing(_: ArgumentParser) -> None:
    """No arguments."""


def test_a_command_that_waits_ends_with_the_exit_code_of_the_signal(capsys: pytest.CaptureFixture[str]) -> None:
    def serve(_: Namespace) -> int:
        drop_signal()
        time.sleep(LONG_S)
        return 0

    command = Command("serve", "serves", add_nothing, serve)
    began_s = time.monotonic()
    assert run_commands([command], command, []) == 128 + signal.SIGINT
    assert time.monotonic() - began_s < LONG_S / 2
    assert capsys.readouterr().err == ""


def test_what_is_dropped_again_is_raised_again() -> None:
    with raise_end_signals() as raised:
        for _ in range(2):
            drop_signal()
            with pytest.raises(EndRequested):
                time.sleep(LONG_S)
    assert len(raised) == 4


def test_a_block_that_heeds_the_signal_has_it_to_itself() -> None:
    with raise_end_signals():
        drop_signal()
        with note_end_signals() as numbers:
            pass
        time.sleep(0.5)
        assert numbers == [signal.SIGINT]
        drop_signal()
        with pytest.raises(EndRequested), hold_end_signals():
            pass
        time.sleep(0.5)


def test_the_end_of_the_block_is_the_end_of_it() -> None:
    before = sys.unraisablehook, sys.excepthook
    with raise_end_signals():
        drop_signal()
    time.sleep(0.5)
    assert (sys.unraisablehook, sys.excepthook) == before


def test_other_errors_of_finalisers_are_reported_as_before() -> None:
    reported: list[BaseException | None] = []

    class Failing:
        def __del__(self) -> None:
            raise ZeroDivisionError

    before, sys.unraisablehook = sys.unraisablehook, lambda hook: reported.append(hook.exc_value)
    try:
        with raise_end_signals():
            Failing()
    finally:
        sys.unraisablehook = before
    assert [type(each) for each in reported] == [ZeroDivisionError]
