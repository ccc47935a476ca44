"""The Qt application around the windows, and the command that opens them."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Thread

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from fer_desktop.errors import DisplayError, SettingsError
from ui.application import check_display, failures_told
from ui.commands import check_place, check_region

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a display")
class TestDisplay:
    @pytest.fixture(autouse=True)
    def bare(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
            monkeypatch.delenv(name, raising=False)

    def test_none_is_said_before_qt_aborts(self) -> None:
        with pytest.raises(DisplayError, match="no display"):
            check_display()

    def test_one_that_does_not_answer_is_said_too(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("DISPLAY", ":9876")
        with pytest.raises(DisplayError, match="does not answer"):
            check_display()

    def test_none_is_needed_off_the_screen(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
        check_display()


class TestFailures:
    def test_an_error_in_a_slot_and_in_a_thread_is_told_once_each(self, qtbot: QtBot) -> None:
        told: list[str] = []

        def fail() -> None:
            raise KeyError("lost")

        owner = QObject()
        with failures_told(told.append, owner):
            for _ in range(3):
                QTimer.singleShot(0, fail)
            worker = Thread(target=lambda: 1 // 0)
            worker.start()
            worker.join()
            qtbot.waitUntil(lambda: len(told) == 2)
        assert sorted(text.split("(")[1].split(":")[0] for text in told) == ["KeyError", "ZeroDivisionError"]

    def test_the_hooks_are_put_back(self) -> None:
        before = sys.excepthook
        with failures_told(lambda _: None, QObject()):
            assert sys.excepthook is not before
        assert sys.excepthook is before


def run_python(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=clean | environment, capture_output=True, text=True, timeout=60
    )


def test_importing_the_command_loads_neither_qt_nor_numpy() -> None:
    result = run_python("import sys, ui.commands; print({'PySide6', 'numpy', 'pydantic'} & set(sys.modules))")
    assert result.stdout.strip() == "set()", result.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a display")
def test_without_a_display_the_window_command_ends_with_one_line() -> None:
    code = "from fer_desktop.cli import run_commands; from ui.commands import DEFAULT_COMMAND as window; "
    result = run_python(code + "raise SystemExit(run_commands([], window, []))", QT_QPA_PLATFORM="xcb")
    assert result.returncode == 2
    assert result.stderr == "fer-desktop: no display: run on a desktop, or under xvfb-run\n"


def test_opencv_before_the_window_does_not_break_it() -> None:
    code = (
        "from fer_desktop.opencv import cv2; from ui.application import make_application; "
        "application = make_application(); print(application.platformName())"
    )
    display = {"DISPLAY": os.environ["DISPLAY"]} if "DISPLAY" in os.environ else {"QT_QPA_PLATFORM": "offscreen"}
    result = run_python(code, **display)
    assert result.returncode == 0, result.stderr
    assert result.stdout.strip() in ("xcb", "offscreen")


@pytest.mark.skipif("DISPLAY" not in os.environ, reason="needs an X display")
def test_ctrl_c_closes_the_window_with_its_own_exit_code(tmp_path: Path) -> None:
    database = tmp_path / "sessions.db"
    code = (
        "from fer_desktop.cli import run_commands; from ui.commands import DEFAULT_COMMAND as window; "
        f"raise SystemExit(run_commands([], window, ['--place', 'IN', '--db', 'sqlite:///{database}']))"
    )
    process = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stderr=subprocess.PIPE, text=True)
    deadline_s = time.monotonic() + 30
    while not database.exists() and time.monotonic() < deadline_s:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=30)
    assert process.returncode == 130, errors
    assert errors == ""


def test_places_and_regions_of_the_command_line_are_checked() -> None:
    assert check_place(None) is None
    assert check_place("in") == "IN"
    assert check_region("1280x720+0+40") == "1280x720+0+40"
    with pytest.raises(SettingsError, match="no country code"):
        check_place("XX")
    with pytest.raises(SettingsError, match="no screen region"):
        check_region("big")
