"""`fer-desktop doctor --self-test`, as a user runs it."""

import json
import time
from pathlib import Path

from fer_desktop.system.model_files import FACE_LANDMARK
from tests.damage import flip_bit
from tests.e2e.program import run_program
from tests.needs import LINUX, SCREEN

CHECKS = [
    "model files",
    "screen",
    "drawn class",
    "names",
    "pictures",
    "exports",
    "file modes",
    "deletion",
    "encryption",
    "network",
]


@SCREEN
def test_every_promise_is_kept_here_within_30_s() -> None:
    started_s = time.monotonic()
    done = run_program("doctor", "--self-test", "--json")
    lasted_s = time.monotonic() - started_s
    findings = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    assert list(findings) == CHECKS
    assert [name for name, finding in findings.items() if not finding["ok"] or finding["details"]["skipped"]] == []
    assert lasted_s < 30


@LINUX
def test_without_a_display_only_the_screen_is_skipped(own_home: Path) -> None:
    done = run_program("doctor", "--self-test", DISPLAY="", WAYLAND_DISPLAY="")
    lines = done.stdout.splitlines()
    assert (done.returncode, len(lines)) == (0, len(CHECKS))
    assert [line for line in lines if not line.startswith("ok ")] == [
        "skip    screen          not checked: there is no display"
    ]
    assert list(own_home.iterdir()) == []


def test_a_damaged_model_fails_with_exit_code_1(program: Path) -> None:
    flip_bit(program / "fer_desktop" / FACE_LANDMARK.path)
    done = run_program("doctor", "--self-test", program=program)
    assert done.returncode == 1
    failed = [line for line in done.stdout.splitlines() if line.startswith("FAILED")]
    assert "face_landmark.tflite is damaged. Install FER Desktop again" in failed[0]
