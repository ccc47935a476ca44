"""Two runs of the program with their system calls traced, once each, and a window manager."""

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from fer_desktop.desktop.xcb import XcbConnection
from tests.e2e.program import ROOT
from tests.e2e.traced import Trace, trace_python

MAIN = """
import sys, time
import main
code = main.main()
time.sleep({after_s})  # an upload would be made in batches, some time after
sys.exit(code)
"""


@pytest.fixture(scope="session")
def traced_analysis(tmp_path_factory: pytest.TempPathFactory) -> Trace:
    """`fer-desktop analyze` of a recorded simulated class."""
    arguments = ["analyze", "simulated:students=6,seconds=4", "--place", "US", "--json"]
    return trace_python(MAIN.format(after_s=0), tmp_path_factory.mktemp("analysis"), arguments=arguments)


@pytest.fixture(scope="session")
def traced_demo(tmp_path_factory: pytest.TempPathFactory) -> Trace:
    """`fer-desktop demo`: windows, capture from the screen, a live session; and 15 s after it."""
    arguments = ["demo", "--students", "6", "--seconds", "8", "--json"]
    return trace_python(MAIN.format(after_s=15), tmp_path_factory.mktemp("demo"), arguments=arguments, screen=True)


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A copy of the program with its models, to be run with `run_program(..., program=...)`."""
    ignored = shutil.ignore_patterns("__pycache__")
    for package in ("fer_desktop", "models", "data", "ui"):
        shutil.copytree(ROOT / package, tmp_path / "program" / package, ignore=ignored)
    shutil.copy(ROOT / "main.py", tmp_path / "program")
    return tmp_path / "program"


@pytest.fixture(scope="module")
def manager() -> Iterator[None]:
    """A window manager while this module's tests run."""
    if shutil.which("openbox") is None:
        pytest.skip("needs the window manager openbox, which is not installed")
    openbox = subprocess.Popen(["openbox", "--sm-disable"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for_manager()
        yield
        assert openbox.poll() is None, "the window manager crashed"
    finally:
        openbox.terminate()
        openbox.wait(timeout=10)


def _wait_for_manager() -> None:
    """Waits until it answers and lists windows; properties that an earlier manager left behind do not count."""
    server = XcbConnection()
    end_s = time.monotonic() + 10
    while not _is_managed(server):
        assert time.monotonic() < end_s, "the window manager does not start"
        time.sleep(0.05)
    server.close()


def _is_managed(server: XcbConnection) -> bool:
    name = "_NET_SUPPORTING_WM_CHECK"
    registered = server.request_property(server.root, name)()
    listing = server.request_property(server.root, "_NET_CLIENT_LIST_STACKING")()
    if registered is None or listing is None:
        return False
    return server.request_property(int.from_bytes(registered[:4], sys.byteorder), name)() == registered
