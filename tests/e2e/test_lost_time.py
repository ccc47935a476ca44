"""Real faults of a lesson: the X server is killed, the program is stopped and goes on."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from fer_desktop.messages import ENGLISH, MessageKey
from fer_desktop.report.export import export_session
from fer_desktop.storage.store import Store, open_store
from fer_desktop.types import Event, EventKind
from tests.displays import XServer, x_server
from tests.needs import LINUX, XVFB
from tests.unit.storage.lessons import wait_until

pytestmark = [LINUX, XVFB]
ROOT = Path(__file__).resolve().parents[2]
START_UP_S = 120.0
EXIT_SESSION_INTERRUPTED = 4

WINDOW = """
import sys
from PySide6.QtCore import QTimer
import main
from ui.app_controller import AppController

opened = AppController.open

def open_and_watch(controller, **options):
    opened(controller, **options)
    QTimer.singleShot(0, controller.live.start_panel.simulated.click)
    QTimer.singleShot(100, controller, lambda: write_bookmark(controller.live))

def write_bookmark(live):
    live.open_bookmark()
    live.bookmark_bar.note.setText("bell")
    if live.bookmark_bar.isHidden():
        QTimer.singleShot(100, live, lambda: write_bookmark(live))

AppController.open = open_and_watch
sys.exit(main.main())
"""
"""The program, whose user clicks on the simulated class at once, and is writing a bookmark from then on."""


class Program:
    """`fer-desktop` on a display, with a home and a database of its own."""

    def __init__(self, folder: Path, display: XServer, *command: str) -> None:
        self.database = folder / "lessons.sqlite"
        environment = {**os.environ, "DISPLAY": display.name, "FER_DESKTOP_HOME": str(folder / "home")}
        environment.pop("WAYLAND_DISPLAY", None)
        environment["PYTHONPATH"] = str(ROOT)
        self.process = subprocess.Popen(
            [sys.executable, *command, "--db", str(self.database)],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def seconds(self) -> list[int]:
        """Those that are stored."""
        if not self.database.exists():
            return []
        with open_store(str(self.database)) as store:
            sessions = store.list_sessions()
            stored: list[int] = store.mood_series(sessions[0].id).seconds.tolist() if sessions else []
            return stored

    def wait_for_seconds(self, count: int) -> None:
        def recorded() -> bool:
            assert self.process.poll() is None, self.process.communicate()
            time.sleep(0.2)
            return len(self.seconds()) >= count

        wait_until(recorded, timeout_s=START_UP_S)

    def end(self) -> tuple[int, str, str]:
        """Waits for its end; returns exit code, output and errors."""
        output, errors = self.process.communicate(timeout=60)
        return self.process.returncode, output, errors


@pytest.fixture
def display() -> Iterator[XServer]:
    with x_server() as server:
        yield server


@pytest.fixture
def programs() -> Iterator[list[Program]]:
    started: list[Program] = []
    yield started
    for program in started:
        if program.process.poll() is None:
            program.process.send_signal(signal.SIGCONT)
            program.process.kill()
        program.process.communicate()


def read_events(store: Store) -> list[Event]:
    return store.events(store.list_sessions()[0].id)


def check_interrupted(program: Program, folder: Path) -> None:
    """The session is marked as interrupted, and its report says so."""
    with open_store(str(program.database)) as store:
        (session,) = store.list_sessions()
        kinds = [event.kind for event in read_events(store)]
        assert session.interrupted
        assert EventKind.DISPLAY_LOST in kinds
        assert kinds[-1] is EventKind.FAULT
        export_session(store, session.id, format="html", path=folder / "lesson.html")
    page = (folder / "lesson.html").read_text(encoding="utf-8")
    assert "The recording was interrupted at" in page
    assert "(screen lost)" in page


def test_a_demo_whose_display_is_gone_is_interrupted(tmp_path: Path, display: XServer, programs: list[Program]) -> None:
    program = Program(tmp_path, display, "main.py", "demo", "--students", "4", "--seconds", "120", "--json")
    programs.append(program)
    program.wait_for_seconds(4)
    display.kill()
    code, output, errors = program.end()
    assert (code, output) == (EXIT_SESSION_INTERRUPTED, "")
    assert "its record is incomplete" in errors
    check_interrupted(program, tmp_path)


def test_a_lesson_whose_display_is_gone_is_interrupted(
    tmp_path: Path, display: XServer, programs: list[Program]
) -> None:
    script = tmp_path / "window.py"
    script.write_text(WINDOW)
    program = Program(tmp_path, display, str(script), "--place", "US")
    programs.append(program)
    program.wait_for_seconds(4)
    display.kill()
    code, _, errors = program.end()
    assert code == EXIT_SESSION_INTERRUPTED
    assert "its record is incomplete" in errors
    check_interrupted(program, tmp_path)
    with open_store(str(program.database)) as store:
        assert [event.text for event in read_events(store) if event.kind is EventKind.BOOKMARK] == ["bell"]


def test_a_program_that_was_stopped_for_a_while_has_a_gap(
    tmp_path: Path, display: XServer, programs: list[Program]
) -> None:
    stopped_s = 12
    program = Program(tmp_path, display, "main.py", "demo", "--students", "4", "--seconds", "30", "--json")
    programs.append(program)
    program.wait_for_seconds(4)
    program.process.send_signal(signal.SIGSTOP)
    time.sleep(stopped_s)
    program.process.send_signal(signal.SIGCONT)
    code, output, errors = program.end()
    assert code == 0, errors
    assert json.loads(output)["session"] == 1
    with open_store(str(program.database)) as store:
        (session,) = store.list_sessions()
        events = [event for event in read_events(store) if event.kind in (EventKind.STALLED, EventKind.UNSTALLED)]
        assert [event.kind for event in events] == [EventKind.STALLED, EventKind.UNSTALLED]
        began, ended = (event.second for event in events)
        assert ended - began == pytest.approx(stopped_s, abs=2)
        assert events[0].message is not None
        assert events[0].message.key is MessageKey.PROGRAM_STALLED
        assert ENGLISH.render(events[0].message)
        assert [second for second in store.mood_series(session.id).seconds.tolist() if began < second < ended] == []
        assert not session.interrupted
