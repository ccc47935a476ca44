"""Wayland: the real desktop portal, PipeWire and a headless GNOME compositor; only the portal's dialog is not real."""

import json
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Final

import numpy as np
import pytest

from fer_desktop.capture.open_source import open_source
from fer_desktop.errors import CaptureLostError, SourceError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.portal.share_memory import ShareMemory
from fer_desktop.ports import FrameSource
from fer_desktop.session.clock import MonotonicClock
from fer_desktop.simulation.drawing import draw_scene, truth_at
from fer_desktop.simulation.script import make_script
from fer_desktop.system.opencv import cv2
from fer_desktop.types import Frame
from tests.e2e.program import run_program
from tests.portal.desktop import MONITOR, WAYLAND_DESKTOP, ShownWindow, WaylandDesktop, wayland_desktop

pytestmark = WAYLAND_DESKTOP

STUDENTS: Final = 9
PATIENCE_S: Final = 60.0
SHOW = """
import sys
from PySide6.QtCore import QSocketNotifier, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QLabel
application = QApplication([])
label = QLabel()
label.setWindowTitle("Class of the Wayland test")
label.setWindowFlag(Qt.WindowType.FramelessWindowHint)
label.setPixmap(QPixmap(sys.argv[1]))
label.setScaledContents(True)
label.setMinimumSize(100, 100)
label.resize(label.pixmap().size())
def command(*_):
    line = sys.stdin.readline().split()
    if not line:
        application.quit()
    elif line[0] == "size":
        label.resize(int(line[1]), int(line[2]))
    elif line[0] == "close":
        label.close()
notifier = QSocketNotifier(0, QSocketNotifier.Type.Read)
notifier.activated.connect(command)
application.focusWindowChanged.connect(lambda window: window and print("shown", flush=True))
label.show()
application.setQuitOnLastWindowClosed(False)
application.exec()
"""


@pytest.fixture
def desktop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[WaylandDesktop]:
    with wayland_desktop(tmp_path, monkeypatch) as desktop:
        yield desktop


@pytest.fixture
def call(desktop: WaylandDesktop, tmp_path: Path) -> Iterator[ShownWindow]:
    """A window of another program that shows a drawn class."""
    picture = tmp_path / "class.png"
    cv2.imwrite(str(picture), draw_scene(make_script(students=STUDENTS), 0.0, 1280, 720))
    with desktop.window(sys.executable, "-c", SHOW, str(picture)) as window:
        yield window


@contextmanager
def opened(what: str) -> Iterator[FrameSource]:
    source = open_source(f"portal:{what}", fps=None, clock=MonotonicClock())
    with closing(source):
        source.open()
        yield source


def read(source: FrameSource) -> Frame:
    frame = source.read()
    assert frame is not None
    return frame


def read_until(source: FrameSource, size: tuple[int, int]) -> Frame:
    """The first frame of that size; moments without a picture in between are allowed."""
    until_s = time.monotonic() + PATIENCE_S
    while time.monotonic() < until_s:
        with suppress(CaptureLostError):
            frame = read(source)
            if (frame.width, frame.height) == size:
                return frame
        time.sleep(0.05)
    raise AssertionError(f"no frame of {size}")


def read_to_the_end(source: FrameSource) -> SourceError:
    """What ends the source."""
    until_s = time.monotonic() + PATIENCE_S
    while time.monotonic() < until_s:
        try:
            source.read()
        except CaptureLostError:
            pass
        except SourceError as error:
            return error
        time.sleep(0.05)
    raise AssertionError("the source does not end")


@pytest.mark.usefixtures("call")
def test_a_shared_window_shows_the_class_and_every_student_is_found(desktop: WaylandDesktop) -> None:
    done = run_program("doctor", "--capture", "portal:window", "--json")
    found = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    truth = truth_at(make_script(students=STUDENTS), 0.0, 1280, 720)
    assert found["capture"]["details"] == {"width": 1280, "height": 720}
    assert found["tiles"]["details"] == {"tiles": STUDENTS, "cameras_on": sum(tile.camera_on for tile in truth)}
    assert found["faces"]["details"]["faces"] == sum(tile.face is not None for tile in truth)
    assert desktop.chooser.questions == 1


@pytest.mark.usefixtures("call")
def test_the_colours_of_a_shared_window_are_those_of_the_window(tmp_path: Path) -> None:
    drawn = cv2.imread(str(tmp_path / "class.png"))
    with opened("window") as source:
        shown = read_until(source, (1280, 720)).image
    assert np.abs(shown.astype(int) - drawn).mean() < 1
    assert shown.flags.c_contiguous


@pytest.mark.usefixtures("call")
def test_a_whole_monitor_is_shared() -> None:
    with opened("monitor") as source:
        assert source.name == Message(MessageKey.SOURCE_SHARED_MONITOR)
        frame = read(source)
    assert (frame.width, frame.height) == MONITOR


@pytest.mark.usefixtures("call")
def test_watching_again_asks_nothing_until_it_is_forgotten(desktop: WaylandDesktop) -> None:
    with opened("window") as source:
        before = read_until(source, (1280, 720))
    for _ in range(2):
        with opened("window,again") as source:
            assert np.array_equal(read_until(source, (1280, 720)).image, before.image)
    assert desktop.chooser.questions == 1
    ShareMemory().forget()
    with opened("window,again") as source:
        read(source)
    assert desktop.chooser.questions == 2


def test_a_window_that_changes_its_size_is_followed(call: ShownWindow) -> None:
    with opened("window") as source:
        read_until(source, (1280, 720))
        for size in ((800, 450), (1400, 800)):
            call.send(f"size {size[0]} {size[1]}")
            read_until(source, size)


def test_a_closed_window_ends_the_sharing_with_the_reason(call: ShownWindow) -> None:
    with opened("window") as source:
        read_until(source, (1280, 720))
        call.send("close")
        assert read_to_the_end(source).message == Message(MessageKey.SHARING_ENDED)


@pytest.mark.usefixtures("call")
def test_sharing_that_is_stopped_in_the_panel_ends_with_the_reason(desktop: WaylandDesktop) -> None:
    with opened("window") as source:
        read_until(source, (1280, 720))
        desktop.chooser.stop_sharing.set()
        assert read_to_the_end(source).message == Message(MessageKey.SHARING_ENDED)


@pytest.mark.usefixtures("call")
def test_pipewire_that_ends_is_named(desktop: WaylandDesktop) -> None:
    with opened("window") as source:
        read_until(source, (1280, 720))
        desktop.kill("pipewire")
        assert read_to_the_end(source).message.key in {MessageKey.SHARED_STREAM_FAILED, MessageKey.SHARING_ENDED}
