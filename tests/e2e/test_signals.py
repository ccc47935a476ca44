"""A signal ends a session cleanly: its last second is stored, and it has ended, not been interrupted."""

import json
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from fer_desktop.storage.store import open_store
from tests.e2e.program import ROOT, run_json
from tests.needs import LINUX, SCREEN

TIMEOUT_S = 150
SIGNALS = [signal.SIGTERM, signal.SIGHUP, signal.SIGINT]

pytestmark = [LINUX, pytest.mark.timeout(400)]


STARTED: "list[subprocess.Popen[str]]" = []


@pytest.fixture(autouse=True)
def nothing_goes_on() -> Iterator[None]:
    """Kills what a failed test leaves."""
    yield
    while STARTED:
        process = STARTED.pop()
        if process.poll() is None:
            process.kill()
            process.communicate()


def start(*command: str | Path) -> "subprocess.Popen[str]":
    words = [sys.executable, *map(str, command)]
    STARTED.append(subprocess.Popen(words, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE))
    return STARTED[-1]


def start_analysis(database: Path) -> "subprocess.Popen[str]":
    source = "simulated:students=2,seconds=3000,seed=3"
    return start(ROOT / "main.py", "analyze", source, "--fps", "2", "--db", database, "--json")


def end(process: "subprocess.Popen[str]", *numbers: int) -> tuple[int, str, str]:
    for number in numbers:
        process.send_signal(number)
        time.sleep(0.05)
    out, errors = process.communicate(timeout=TIMEOUT_S)
    return process.returncode, out, errors


def wait_until(condition: Callable[[], bool]) -> None:
    end_s = time.monotonic() + TIMEOUT_S
    while not condition():
        assert time.monotonic() < end_s, "it did not happen in time"
        time.sleep(0.05)


def count_seconds(database: Path) -> int:
    if not database.exists():
        return 0
    with closing(sqlite3.connect(database)) as connection:
        try:
            return int(connection.execute("SELECT count(*) FROM moods").fetchone()[0])
        except sqlite3.OperationalError:
            return 0


@contextmanager
def locked(database: Path) -> Iterator[None]:
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


@pytest.mark.parametrize("number", SIGNALS, ids=lambda number: number.name)
def test_a_signal_ends_an_analysis_with_all_of_it_stored(tmp_path: Path, number: signal.Signals) -> None:
    database = tmp_path / "a.sqlite"
    process = start_analysis(database)
    wait_until(lambda: count_seconds(database) >= 3)
    code, out, errors = end(process, number)
    assert (code, errors) == (128 + number, "")
    summary = json.loads(out)
    assert summary["kept_seconds"] == summary["seconds"] >= 4
    (session,) = run_json("sessions", "--db", database, "--json")
    assert (session["seconds"], session["interrupted"]) == (summary["seconds"], False)


def test_two_signals_in_a_row_are_one(tmp_path: Path) -> None:
    database = tmp_path / "a.sqlite"
    process = start_analysis(database)
    wait_until(lambda: count_seconds(database) >= 2)
    code, out, errors = end(process, signal.SIGTERM, signal.SIGTERM, signal.SIGINT)
    assert (code, errors) == (143, "")
    summary = json.loads(out)
    assert summary["kept_seconds"] == summary["seconds"]
    (session,) = run_json("sessions", "--db", database, "--json")
    assert not session["interrupted"]


def test_a_signal_while_the_database_is_locked_leaves_the_rest_in_a_rescue_file(tmp_path: Path) -> None:
    database = tmp_path / "a.sqlite"
    process = start_analysis(database)
    wait_until(lambda: count_seconds(database) >= 2)
    with locked(database):
        time.sleep(1)
        code, out, errors = end(process, signal.SIGTERM)
    assert code == 143
    assert "Kept in " in errors
    summary = json.loads(out)
    assert summary["kept_seconds"] + summary["rescued_seconds"] == summary["seconds"]
    assert summary["rescued_seconds"] > 0
    (session,) = run_json("sessions", "--db", database, "--json")
    assert (session["seconds"], session["interrupted"]) == (summary["seconds"], False)


@pytest.mark.parametrize("after_s", [0.3, 0.8, 1.5, 2.5])
def test_a_signal_during_the_start_ends_it(tmp_path: Path, after_s: float) -> None:
    database = tmp_path / "a.sqlite"
    process = start_analysis(database)
    time.sleep(after_s)
    code, _, errors = end(process, signal.SIGTERM)
    assert code in (143, -signal.SIGTERM)  # before Python runs the program, the system ends it
    assert "Traceback" not in errors
    with open_store(str(database)) as store:
        assert all(not each.interrupted for each in store.list_sessions())


def test_a_signal_that_the_parent_ignores_stays_ignored(tmp_path: Path) -> None:
    """As `nohup` does with SIGHUP."""
    database = tmp_path / "a.sqlite"
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        process = start_analysis(database)
    finally:
        signal.signal(signal.SIGHUP, before)
    wait_until(lambda: count_seconds(database) >= 1)
    process.send_signal(signal.SIGHUP)
    stored = count_seconds(database)
    wait_until(lambda: count_seconds(database) > stored + 1)
    assert end(process, signal.SIGTERM)[0] == 143


WINDOW = """
import sys
import main
from ui.app_controller import AppController
from ui.start.choice import SourceChoice
open_window = AppController.open

def open_and_start(controller, **options):
    open_window(controller, **options)
    controller.begin(SourceChoice("simulated:students=2,seconds=3000,seed=3", watched="recording", simulated=True))

AppController.open = open_and_start
sys.exit(main.main())
"""


def start_window(database: Path) -> "subprocess.Popen[str]":
    """The window with the simulated class, started as the teacher does who clicks on it."""
    return start("-c", WINDOW, "--db", database, "--place", "IN")


@SCREEN
@pytest.mark.parametrize("number", SIGNALS, ids=lambda number: number.name)
def test_a_signal_ends_the_lesson_in_the_window_and_the_window(tmp_path: Path, number: signal.Signals) -> None:
    database = tmp_path / "a.sqlite"
    process = start_window(database)
    wait_until(lambda: count_seconds(database) >= 2)
    code, _, errors = end(process, number, number)
    assert (code, errors) == (128 + number, "")
    (session,) = run_json("sessions", "--db", database, "--json")
    assert (session["seconds"], session["interrupted"]) == (count_seconds(database), False)


@SCREEN
def test_a_signal_to_a_window_whose_database_is_locked_leaves_the_rest_in_a_rescue_file(tmp_path: Path) -> None:
    database = tmp_path / "a.sqlite"
    process = start_window(database)
    wait_until(lambda: count_seconds(database) >= 2)
    stored = count_seconds(database)
    with locked(database):
        time.sleep(3)
        code, _, errors = end(process, signal.SIGTERM)
    assert code == 143
    assert "Kept in " in errors
    (session,) = run_json("sessions", "--db", database, "--json")
    assert session["seconds"] > stored
    assert not session["interrupted"]


@SCREEN
@pytest.mark.parametrize("after_s", [1.0, 2.0, 2.4, 2.8, 3.2, 3.6])
def test_a_signal_during_the_start_of_the_window_ends_it(tmp_path: Path, after_s: float) -> None:
    database = tmp_path / "a.sqlite"
    process = start_window(database)
    time.sleep(after_s)
    code, _, errors = end(process, signal.SIGTERM)
    assert code in (143, -signal.SIGTERM)
    assert "Traceback" not in errors
    with open_store(str(database)) as store:
        assert all(not each.interrupted for each in store.list_sessions())
