"""The two runs whose system calls are looked at, once each; and a window manager."""

import os
import shutil
import subprocess
from collections.abc import Iterator

import pytest

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
    """`fer-desktop demo`: windows, capture from the screen, a live session; and the quarter of a minute after it."""
    arguments = ["demo", "--students", "6", "--seconds", "8", "--json"]
    return trace_python(MAIN.format(after_s=15), tmp_path_factory.mktemp("demo"), arguments=arguments, screen=True)


@pytest.fixture(scope="module")
def manager() -> Iterator[None]:
    """A window manager for as long as these tests run; one that runs already is left alone."""
    if os.environ.get("QT_QPA_PLATFORM") == "offscreen":
        pytest.skip("needs windows that are really on the screen: QT_QPA_PLATFORM=xcb")
    if shutil.which("openbox") is None:
        pytest.skip("needs the window manager openbox, which is not installed")
    openbox = subprocess.Popen(["openbox", "--sm-disable"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        openbox.terminate()
        openbox.wait(timeout=10)
