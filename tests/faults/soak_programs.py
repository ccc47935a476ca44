"""The two programs of a soak with faults: the simulated class in a window, and the program that watches and records it.

    python -m tests.faults.soak_programs class FOLDER
    python -m tests.faults.soak_programs record FOLDER

Files in `FOLDER/control` say what happens to them; see `Control`. The recorder leaves its summary in `report.json`.
"""

import ctypes
import dataclasses
import json
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QWidget

from fer_desktop.app import build_live_session
from fer_desktop.capture.window import WindowSource
from fer_desktop.desktop.selector import WindowSelector
from fer_desktop.errors import StorageError
from fer_desktop.messages import ENGLISH, Message
from fer_desktop.policy.expressions import decide_expressions
from fer_desktop.ports import FrameSource
from fer_desktop.session.clock import MonotonicClock, SystemTimekeeper
from fer_desktop.session.live_session import LiveSession
from fer_desktop.settings import Settings
from fer_desktop.simulation.chrome import TITLE
from fer_desktop.simulation.script import make_script
from fer_desktop.storage.store import open_store
from fer_desktop.types import Frame, Instant, Observation, PipelineState
from ui.application import make_application
from ui.demo.simulated_class import SimulatedClassWindow
from ui.live.live_window import LiveWindow

STUDENTS: Final = 6
_SCRIPT_S: Final = 7200
_POLL_MS: Final = 100
_CLASS_PX: Final = (960, 540)


class Control(StrEnum):
    """A file of this name in the folder `control`, as long as it exists.

    `CLOCK` holds seconds by which the clock on the wall is off; `DISK` the kinds and the errno of `interposer.c`.
    """

    COVER = "cover"
    MINIMISE = "minimise"
    CLOSE = "close"
    HANG = "hang"
    CLOCK = "clock"
    DISK = "disk"
    STOP = "stop"


def database_path(folder: Path) -> Path:
    """In a folder of its own, so that it can fail alone."""
    return folder / "data" / "lessons.sqlite"


def read_control(folder: Path, control: Control) -> str | None:
    """What the file holds; None where there is none."""
    try:
        return (folder / "control" / control).read_text()
    except FileNotFoundError:
        return None


class _HangingSource:
    """A `FrameSource` whose grabs hang while they are told to."""

    def __init__(self, source: FrameSource, folder: Path) -> None:
        self._source = source
        self._folder = folder
        self.live = source.live
        self.frame_count = source.frame_count

    @property
    def name(self) -> Message:
        return self._source.name

    @property
    def notice(self) -> Message | None:
        return self._source.notice

    def open(self) -> None:
        self._source.open()

    def read(self) -> Frame | None:
        while read_control(self._folder, Control.HANG) is not None:
            time.sleep(0.05)
        return self._source.read()

    def close(self) -> None:
        self._source.close()


class _SeenSeconds:
    """A sink that notes the seconds of which a frame was analysed: a busy computer may have none for a second."""

    def __init__(self) -> None:
        self.seconds: set[int] = set()

    def publish(self, observation: Observation) -> None:
        self.seconds.add(observation.second)


class _TurnedTimekeeper:
    """The computer's clocks, with the one on the wall turned."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._timekeeper = SystemTimekeeper()

    def read(self) -> Instant:
        now = self._timekeeper.read()
        turned = timedelta(seconds=float(read_control(self._folder, Control.CLOCK) or 0))
        return dataclasses.replace(now, local=now.local + turned)


def show_class(folder: Path) -> None:
    """Shows the class until `STOP`; covers, minimises and closes its window, and brings it back."""
    application = make_application()
    application.setQuitOnLastWindowClosed(False)  # the class's is closed, and comes back
    script = make_script(students=STUDENTS, seconds=_SCRIPT_S, seed=7)
    cover = QWidget(None, Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint)
    cover.setWindowTitle("A window in front")
    window = _open_class(script_clock := MonotonicClock(), script)

    def poll() -> None:
        nonlocal window
        if read_control(folder, Control.STOP) is not None:
            application.quit()
            return
        if read_control(folder, Control.CLOSE) is not None:
            window.close()
        elif not window.isVisible():
            window = _open_class(script_clock, script)
        minimised = read_control(folder, Control.MINIMISE) is not None
        if window.isVisible() and minimised != window.isMinimized():
            window.showMinimized() if minimised else window.showNormal()
        covered = read_control(folder, Control.COVER) is not None
        if covered != cover.isVisible():
            cover.setGeometry(window.frameGeometry().adjusted(-4, -4, 4, 4))
            cover.setVisible(covered)

    _poll(poll)
    application.exec()
    window.close()


def _open_class(clock: MonotonicClock, script: object) -> SimulatedClassWindow:
    width_px, height_px = _CLASS_PX
    window = SimulatedClassWindow(script, clock, width_px=width_px, height_px=height_px, frames_per_second=5)  # type: ignore[arg-type]
    window.move(10, 30)
    window.show()
    window.begin()
    return window


def record_class(folder: Path, interposer: Path) -> None:
    """Records the class until `STOP`, in the live window, and writes the summary."""
    application = make_application()
    library = ctypes.CDLL(str(interposer))
    source = _HangingSource(WindowSource(WindowSelector.parse(TITLE), clock=MonotonicClock()), folder)
    notices: list[str] = []
    seen = _SeenSeconds()
    with open_store(str(database_path(folder))) as store:
        session = build_live_session(
            Settings(),
            source,
            store,
            expressions=decide_expressions(simulated=True),
            sinks=(seen,),
            timekeeper=_TurnedTimekeeper(folder),
        )
        live = LiveWindow()
        live.move(1000, 30)
        live.show()
        live.attach(session, source=TITLE, aggregate_only=False, law_line=None)
        loop = QEventLoop()
        disk: list[str | None] = [None]

        def poll() -> None:
            wanted = read_control(folder, Control.DISK)
            if wanted != disk[0]:
                disk[0] = wanted
                _arm(library, folder, wanted)
            _collect(notices, session)
            if read_control(folder, Control.STOP) is not None or session.state is PipelineState.FAULTED:
                loop.quit()

        session.start()
        _poll(poll)
        loop.exec()
        session.stop()
        _collect(notices, session)
        live.detach()
        live.close()
        _write_report(folder, session, seen, notices)
    application.quit()


def _arm(library: ctypes.CDLL, folder: Path, wanted: str | None) -> None:
    kinds, error = map(int, wanted.split()) if wanted else (0, 0)
    library.faults_arm(str(folder / "data").encode(), kinds, ctypes.c_long(1), error, 1)


def _collect(notices: list[str], session: LiveSession) -> None:
    notice = session.notice
    if notice is not None and (text := ENGLISH.render(notice)) not in notices[-1:]:
        notices.append(text)


def _write_report(folder: Path, session: LiveSession, seen: _SeenSeconds, notices: list[str]) -> None:
    report = {
        "session": session.session_id,
        "recorded": session.kept.recorded,
        "stored": session.kept.stored,
        "rescued": session.kept.rescued,
        "seen": sorted(seen.seconds),
        "frames": session.stats.frames_analysed,
        "fault": None if session.fault is None else ENGLISH.render(session.fault),
        "notices": notices,
    }
    (folder / "report.json").write_text(json.dumps(report))


def _poll(poll: Callable[[], None]) -> None:
    timer = QTimer()
    timer.timeout.connect(poll)
    timer.start(_POLL_MS)
    _timers.append(timer)


_timers: list[QTimer] = []
"""Qt stops a timer that nobody holds."""


def main() -> None:
    role, folder = sys.argv[1], Path(sys.argv[2])
    if role == "class":
        show_class(folder)
        return
    try:
        record_class(folder, Path(sys.argv[3]))
    except StorageError as error:
        (folder / "report.json").write_text(json.dumps({"fault": str(error)}))
        raise


if __name__ == "__main__":
    main()
