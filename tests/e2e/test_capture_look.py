"""`fer-desktop doctor --capture`: one look at a window, and what the program reads there."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from fer_desktop.simulation.drawing import draw_scene, truth_at
from fer_desktop.simulation.script import make_script
from fer_desktop.system.opencv import cv2
from tests.e2e.program import run_program
from tests.needs import SCREEN

SHOW = """
import sys
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QLabel
application = QApplication([])
label = QLabel()
label.setWindowTitle("Class of the capture test")
label.setPixmap(QPixmap(sys.argv[1]))
label.show()
print("shown", flush=True)
application.exec()
"""

STUDENTS = 9


@pytest.fixture
def call(tmp_path: Path) -> Iterator[None]:
    """A window of another program that shows a drawn class."""
    picture = tmp_path / "class.png"
    cv2.imwrite(str(picture), draw_scene(make_script(students=STUDENTS), 0.0, 1280, 720))
    window = subprocess.Popen([sys.executable, "-c", SHOW, str(picture)], stdout=subprocess.PIPE, text=True)
    assert window.stdout is not None
    assert window.stdout.readline() == "shown\n"
    yield
    window.terminate()
    window.wait(timeout=10)
    window.stdout.close()


@SCREEN
@pytest.mark.usefixtures("call")
def test_a_look_at_a_window_says_what_is_read_and_writes_nothing(own_home: Path) -> None:
    done = run_program("doctor", "--capture", "Class of the capture test", "--json")
    found = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    assert [name for name, finding in found.items() if not finding["ok"]] == []
    truth = truth_at(make_script(students=STUDENTS), 0.0, 1280, 720)
    assert found["capture"]["details"] == {"width": 1280, "height": 720}
    assert found["tiles"]["details"] == {"tiles": STUDENTS, "cameras_on": sum(tile.camera_on for tile in truth)}
    assert found["faces"]["details"]["faces"] == sum(tile.face is not None for tile in truth)
    assert found["names"]["details"]["names"] == STUDENTS
    assert list(own_home.rglob("*")) == []


@SCREEN
@pytest.mark.usefixtures("call")
def test_names_are_counted_and_not_shown() -> None:
    done = run_program("doctor", "--capture", "Class of the capture test")
    assert "9 of 9 labels were read; they are not shown" in done.stdout
    names = {student.name for student in make_script(students=STUDENTS).students}
    assert [name for name in names if name in done.stdout + done.stderr] == []


def test_a_picture_without_a_class_says_what_to_do(tmp_path: Path) -> None:
    done = run_program("doctor", "--capture", "window:no such window", DISPLAY="", WAYLAND_DISPLAY="")
    assert done.returncode == 1
    assert done.stdout.startswith("LOOK  capture")
