"""The Qt application around the windows, and the command that opens them."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Thread

import pytest
from PySide6.QtCore import QEventLoop, QObject, QTimer, Signal
from PySide6.QtGui import QSessionManager
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fer_desktop.desktop.region import Region
from fer_desktop.errors import DisplayError, SettingsError, SourceError
from fer_desktop.messages import MessageKey
from fer_desktop.policy.place_guess import guess_place
from fer_desktop.ports import FrameSource
from fer_desktop.settings import Settings
from fer_desktop.storage.store import open_store
from fer_desktop.system.signals import EndRequested, hold_end_signals, raise_end_signals
from tests.needs import SCREEN
from tests.raising import raises_message
from ui.application import (
    check_display,
    deliver_end_signals,
    report_uncaught_errors,
    save_before_log_off,
    show_message_and_wait,
)
from ui.commands import check_named_source, make_engine
from ui.dialogs.base import Dialog
from ui.start.choice import NamedSource, SourceChoice

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.skipif(sys.platform != "linux", reason="this operating system always has a display")
class TestDisplay:
    @pytest.fixture(autouse=True)
    def bare(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
            monkeypatch.delenv(name, raising=False)

    def test_none_is_said_before_qt_aborts(self) -> None:
        with raises_message(DisplayError, MessageKey.NO_DISPLAY):
            check_display()

    def test_one_that_does_not_answer_is_said_too(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("DISPLAY", ":9876")
        with raises_message(DisplayError, MessageKey.DISPLAY_SILENT):
            check_display()

    def test_none_is_needed_off_the_screen(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
        check_display()


class TestFailures:
    def test_an_error_in_a_slot_and_in_a_thread_is_reported_once_each(self, qtbot: QtBot) -> None:
        reported: list[str] = []

        def fail() -> None:
            raise KeyError("lost")

        owner = QObject()
        with report_uncaught_errors(reported.append, owner):
            for _ in range(3):
                QTimer.singleShot(0, fail)
            worker = Thread(target=lambda: 1 // 0)
            worker.start()
            worker.join()
            qtbot.waitUntil(lambda: len(reported) == 2)
        assert sorted(text.split("(")[1].split(":")[0] for text in reported) == ["KeyError", "ZeroDivisionError"]

    def test_the_hooks_are_put_back(self) -> None:
        before = sys.excepthook
        with report_uncaught_errors(lambda _: None, QObject()):
            assert sys.excepthook is not before
        assert sys.excepthook is before


@pytest.fixture
def heeds_ctrl_c() -> Iterator[None]:
    """Also where the tests run in a shell's background, which ignores Ctrl-C, as its children would."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("heeds_ctrl_c")
def test_ctrl_c_reaches_the_event_loop_without_a_socket(qtbot: QtBot) -> None:
    reported: list[int] = []
    with deliver_end_signals(reported.append, QObject()):
        assert signal.set_wakeup_fd(-1) == -1, "a pair of sockets is a network connection on Windows"
        signal.raise_signal(signal.SIGINT)
        qtbot.waitUntil(lambda: reported == [signal.SIGINT])
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


@pytest.mark.usefixtures("heeds_ctrl_c")
def test_a_signal_that_a_library_dropped_is_raised_after_the_next_block_that_holds_signals() -> None:
    with raise_end_signals():
        with suppress(EndRequested):
            signal.raise_signal(signal.SIGINT)
        with pytest.raises(EndRequested), hold_end_signals():
            pass


@pytest.mark.usefixtures("heeds_ctrl_c")
def test_a_signal_that_a_library_dropped_ends_the_window_that_opens_after_it(qtbot: QtBot) -> None:
    reported: list[int] = []
    with raise_end_signals():
        with suppress(EndRequested):  # as a finaliser or a callback of C does
            signal.raise_signal(signal.SIGINT)
        with deliver_end_signals(reported.append, QObject()):
            qtbot.waitUntil(lambda: reported == [signal.SIGINT])
    with deliver_end_signals(reported.append, QObject()):
        qtbot.wait(500)
    assert reported == [signal.SIGINT], "the next program of the process is not ended too"


@SCREEN
def test_what_keeps_the_window_from_opening_is_shown_until_it_is_read(qapp: QApplication) -> None:
    seen: list[str] = []

    def read() -> None:
        for widget in qapp.topLevelWidgets():
            if isinstance(widget, Dialog) and widget.isVisible():
                seen.append(widget.text())
                widget.accept_button.click()

    QTimer.singleShot(50, read)
    show_message_and_wait("The lessons cannot be opened", "the database is damaged")
    assert seen == ["The lessons cannot be opened the database is damaged"]


@SCREEN
def test_a_signal_closes_a_message_before_the_window_and_ends_the_program(qapp: QApplication) -> None:
    QTimer.singleShot(50, lambda: signal.raise_signal(signal.SIGTERM))
    with pytest.raises(EndRequested) as raised:
        show_message_and_wait("The lessons cannot be opened", "the database is damaged")
    assert raised.value.exit_code == 128 + signal.SIGTERM


@pytest.mark.usefixtures("heeds_ctrl_c")
def test_a_signal_that_comes_in_a_slot_is_raised_once_qt_returns(
    qapp: QApplication, capsys: pytest.CaptureFixture[str]
) -> None:
    loop = QEventLoop()
    QTimer.singleShot(0, lambda: signal.raise_signal(signal.SIGINT))
    QTimer.singleShot(300, loop.quit)

    def wait() -> None:
        with raise_end_signals():
            loop.exec()
            time.sleep(30)  # on a busy computer it is sent again only then, and ends this

    with pytest.raises(EndRequested):
        wait()
    assert capsys.readouterr().err == ""


def run_python(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=clean | environment, capture_output=True, text=True, timeout=60
    )


def test_importing_the_command_loads_neither_qt_nor_numpy() -> None:
    result = run_python("import sys, ui.commands; print({'PySide6', 'numpy', 'pydantic'} & set(sys.modules))")
    assert result.stdout.strip() == "set()", result.stderr


def test_the_window_opens_without_what_only_a_lesson_needs() -> None:
    """Charts, vision and the settings are a fifth of what the start would load."""
    result = run_python(
        "import sys, ui.app_controller;"
        " later = {'pyqtgraph', 'fer_desktop.app', 'fer_desktop.vision.analyzer', 'ui.dialogs.settings_dialog'};"
        " print(later & set(sys.modules))"
    )
    assert result.stdout.strip() == "set()"


@pytest.mark.skipif(sys.platform != "linux", reason="this operating system always has a display")
def test_without_a_display_the_window_command_ends_with_one_line() -> None:
    code = "from fer_desktop.cli import run_commands; from ui.commands import DEFAULT_COMMAND as window; "
    result = run_python(code + "raise SystemExit(run_commands([], window, []))", QT_QPA_PLATFORM="xcb")
    assert result.returncode == 2
    assert result.stderr == "fer-desktop: no display: run on a desktop, or under xvfb-run\n"


@pytest.mark.skipif(sys.platform == "win32", reason="this operating system keeps its time zone elsewhere")
def test_a_session_reads_no_expressions_until_the_place_is_answered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Asia/Kolkata")
    assert guess_place() == "IN"
    video = SourceChoice("simulated:students=2,seconds=5,seed=1", watched="recording")
    with open_store(f"sqlite:///{tmp_path / 'sessions.db'}") as store:
        assert not make_engine(store).make_session(Settings(), video).expressions_on


def test_a_session_watches_the_source_that_its_choice_makes(tmp_path: Path) -> None:
    def make_source() -> FrameSource:
        raise SourceError("this one")

    choice = SourceChoice("simulated", watched="call", simulated=True, make_source=make_source)
    with open_store(f"sqlite:///{tmp_path / 'sessions.db'}") as store, pytest.raises(SourceError, match="this one"):
        make_engine(store).make_session(Settings(), choice)


def test_a_database_that_cannot_be_opened_ends_the_window_command_with_one_line(tmp_path: Path) -> None:
    (tmp_path / "sessions.db").write_text("this is no database, " * 100)
    code = (
        "from fer_desktop.cli import run_commands; from ui.commands import DEFAULT_COMMAND as window; "
        f"raise SystemExit(run_commands([], window, ['--db', {str(tmp_path / 'sessions.db')!r}]))"
    )
    result = run_python(code, QT_QPA_PLATFORM="offscreen")
    assert result.returncode == 2
    assert result.stderr.count("\n") == 1
    assert "sessions.db" in result.stderr


def test_opencv_before_the_window_does_not_break_it() -> None:
    code = (
        "from fer_desktop.system.opencv import cv2; from ui.application import make_application; "
        "application = make_application(); print(application.platformName())"
    )
    display = {"DISPLAY": os.environ["DISPLAY"]} if "DISPLAY" in os.environ else {"QT_QPA_PLATFORM": "offscreen"}
    result = run_python(code, **display)
    assert result.returncode == 0, result.stderr
    assert result.stdout.strip() in ("xcb", "offscreen")


@pytest.mark.usefixtures("heeds_ctrl_c")
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


def test_the_region_of_the_command_line_is_checked() -> None:
    assert check_named_source("1280x720+0+40", None) == NamedSource(region=Region(0, 40, 1280, 720))
    with raises_message(SettingsError, MessageKey.REGION_MALFORMED):
        check_named_source("big", None)


def test_a_lesson_its_review_a_report_and_the_end_leave_nothing_in_the_terminal(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.ui.whole_lesson", f"sqlite:///{tmp_path / 'sessions.db'}", str(tmp_path)]
    environment = os.environ if "DISPLAY" in os.environ else os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "lesson.pdf").exists()


class SessionManager:
    """The desktop's, which no program can make; keeps what it is asked for."""

    def __init__(self) -> None:
        self.hints: list[QSessionManager.RestartHint] = []

    def setRestartHint(self, hint: QSessionManager.RestartHint) -> None:  # noqa: N802 - Qt's name
        self.hints.append(hint)


class DesktopSession(QObject):
    """Asks as `QGuiApplication` does before the user's session ends."""

    commitDataRequest = Signal(object)  # noqa: N815 - Qt's name
    saveStateRequest = Signal(object)  # noqa: N815 - Qt's name


def test_the_desktop_has_the_lesson_saved_before_it_logs_off(qapp: QApplication) -> None:
    session, manager = DesktopSession(), SessionManager()
    saved: list[bool] = []
    with save_before_log_off(session, lambda: saved.append(True)):
        session.saveStateRequest.emit(manager)
        session.commitDataRequest.emit(manager)
    session.commitDataRequest.emit(manager)
    assert saved == [True]
    assert manager.hints == [QSessionManager.RestartHint.RestartNever]
