"""The keyring of a Linux desktop, as GNOME runs it: keeps the key of the lessons, and can be locked."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from fer_desktop.encryption.file_kind import FileKind, look_at
from fer_desktop.storage.store import open_store
from tests.needs import LINUX
from tests.unit.storage.protected import record_names

pytestmark = [
    LINUX,
    pytest.mark.skipif(
        shutil.which("gnome-keyring-daemon") is None or shutil.which("dbus-run-session") is None,
        reason="needs gnome-keyring and dbus-run-session, which are not installed",
    ),
]
ROOT = Path(__file__).resolve().parents[2]
LOGGED_IN = "echo -n secret | gnome-keyring-daemon --unlock --components=secrets"
NOT_LOGGED_IN = "gnome-keyring-daemon --start --components=secrets"


class Desktop:
    """A user's home, with one lesson; every call is a login of its own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.lessons = home / "lessons.sqlite"
        with open_store(str(self.lessons)) as store:
            record_names(store)

    def run(self, *arguments: str, login: str = LOGGED_IN) -> "subprocess.CompletedProcess[str]":
        """Runs a command of the program on the lessons, in a session of the desktop."""
        script = f'{login} >/dev/null 2>&1; exec "$@"'
        program = [sys.executable, "-m", "main", *arguments, "--db", str(self.lessons)]
        return subprocess.run(
            ["dbus-run-session", "--", "bash", "-c", script, "bash", *program],
            cwd=ROOT,
            env={"PATH": "/usr/bin:/bin", "HOME": str(self.home), "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def count_lessons(self) -> int:
        return len(json.loads(self.run("sessions", "--json").stdout))


@pytest.fixture
def desktop(tmp_path: Path) -> Desktop:
    return Desktop(tmp_path)


def test_the_keyring_keeps_the_key_from_login_to_login(desktop: Desktop) -> None:
    done = desktop.run("protect", "on", "--recovery-key", str(desktop.home / "recovery.txt"))
    assert done.returncode == 0, done.stderr
    assert look_at(desktop.lessons) is FileKind.ENCRYPTED
    assert desktop.count_lessons() == 1
    assert "this computer's keyring" in desktop.run("protect", "status").stdout

    assert desktop.run("protect", "off").returncode == 0
    assert look_at(desktop.lessons) is FileKind.CLEAR


def test_a_locked_keyring_is_named_and_keeps_nobody_waiting(desktop: Desktop) -> None:
    desktop.run("protect", "on", "--recovery-key", str(desktop.home / "recovery.txt"))
    locked = desktop.run("sessions", login=NOT_LOGGED_IN)
    assert locked.returncode == 2
    assert "does not have their key, or is locked" in locked.stderr
    assert desktop.count_lessons() == 1, "nothing was changed"
