"""What every test shares: a home of its own, the measuring data beside the checkout, and no unnoticed skips in CI."""

import os
import signal
from collections.abc import Generator, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import settings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.patience import PatientBot
from tests.skips import fail_if_skipped

# The same examples every time, and no time limit: machines that run tests are shared and noisy.
settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")

SHARED_FOLDER = Path(__file__).resolve().parents[2] / "shared"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    fail_if_skipped(report, os.environ)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    fail_if_skipped(report, os.environ)
    return report


@pytest.fixture(scope="session", autouse=True)
def signals_of_a_terminal() -> Iterator[None]:
    """Signals are not ignored, also where the tests were started in the background or with `nohup`."""
    with ExitStack() as stack:
        for name, handler in (("SIGINT", signal.default_int_handler), ("SIGHUP", signal.SIG_DFL)):
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) is signal.SIG_IGN:
                stack.callback(signal.signal, number, signal.signal(number, handler))
        yield


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    return PatientBot(request)


@pytest.fixture
def shared_folder() -> Path:
    """Photographs and data sets for measuring; they are not part of the project."""
    if not (SHARED_FOLDER / "data").is_dir():
        pytest.skip("needs the measuring data in ../shared, which is not there")
    return SHARED_FOLDER


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings, database and keyring of a test never touch those of the user."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("FER_DESKTOP_HOME", str(home))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    return home
