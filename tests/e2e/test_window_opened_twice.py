"""The program is started again while its window is open: minimised, or behind the call."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from fer_desktop.storage.store import open_store
from tests.e2e.program import ROOT
from tests.needs import LINUX, SCREEN, XDOTOOL
from tests.unit.storage.protected import KEY

TIMEOUT_S = 60

pytestmark = [
    LINUX,
    SCREEN,
    XDOTOOL,
    pytest.mark.usefixtures("manager"),
]


def command(database: Path, *more: str) -> list[str]:
    return [sys.executable, str(ROOT / "main.py"), "--db", str(database), *more]


@contextmanager
def started(database: Path) -> Iterator[subprocess.Popen[str]]:
    """The program with its window, which Ctrl-C ends."""
    process = subprocess.Popen(command(database, "--place", "IN"), cwd=ROOT, text=True)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=TIMEOUT_S)


def start_again(database: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(database, *more), cwd=ROOT, capture_output=True, text=True, timeout=TIMEOUT_S, check=False
    )


def wait_for_window(process: subprocess.Popen[str]) -> str:
    """The visible window of a process. xdotool fails where a window closes during the search."""
    give_up_at_s = time.monotonic() + TIMEOUT_S
    while time.monotonic() < give_up_at_s:
        found = run_xdotool("search", "--onlyvisible", "--pid", str(process.pid), check=False).split()
        if found:
            return found[0]
        time.sleep(0.2)
    raise AssertionError("the program shows no window")


def run_xdotool(*words: str, check: bool = True) -> str:
    return subprocess.run(["xdotool", *words], check=check, timeout=TIMEOUT_S, capture_output=True, text=True).stdout


def test_it_brings_the_first_window_back_and_ends(tmp_path: Path) -> None:
    with started(tmp_path / "sessions.db") as first:
        window = wait_for_window(first)
        run_xdotool("windowminimize", "--sync", window)
        second = start_again(tmp_path / "sessions.db")
        assert (second.returncode, second.stderr.count("\n")) == (0, 1)
        assert "open already" in second.stderr
        assert wait_for_window(first) == window


def test_it_does_so_although_the_lessons_could_not_be_opened_again(tmp_path: Path) -> None:
    """As those that ask for a password, or on a server that is gone."""
    database = tmp_path / "sessions.db"
    with started(database) as first:
        window = wait_for_window(first)
        run_xdotool("windowminimize", "--sync", window)
        database.rename(tmp_path / "away.db")
        database.mkdir()
        second = start_again(database)
        database.rmdir()
        (tmp_path / "away.db").rename(database)
        assert (second.returncode, second.stderr.count("\n")) == (0, 1)
        assert wait_for_window(first) == window


def test_a_dialog_that_asks_for_the_password_comes_to_the_front_too(tmp_path: Path) -> None:
    database = tmp_path / "sessions.db"
    with open_store(str(database)) as store:
        store.change_key(KEY)
    with started(database) as first:
        dialog = wait_for_window(first)
        second = start_again(database)
        assert (second.returncode, second.stderr.count("\n")) == (0, 1)
        assert wait_for_window(first) == dialog


@pytest.mark.parametrize("more", [("--region", "800x600+0+0"), ("--place", "DE")])
def test_an_argument_that_counts_only_at_a_start_is_refused(tmp_path: Path, more: tuple[str, str]) -> None:
    with started(tmp_path / "sessions.db") as first:
        wait_for_window(first)
        second = start_again(tmp_path / "sessions.db", *more)
        assert second.returncode == 2
        assert "count when it starts: choose there" in second.stderr


def test_over_another_database_it_has_its_own_window(tmp_path: Path) -> None:
    with started(tmp_path / "one.db") as first, started(tmp_path / "other.db") as second:
        assert wait_for_window(first) != wait_for_window(second)


def test_one_that_was_killed_does_not_prevent_a_start(tmp_path: Path) -> None:
    for _ in range(2):
        with started(tmp_path / "sessions.db") as process:
            wait_for_window(process)
            process.kill()
            process.wait(timeout=TIMEOUT_S)
