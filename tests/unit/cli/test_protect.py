"""`protect` on the command line, and the password that every command asks for."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import keyring
import pytest
from keyring.backends.fail import Keyring as NoKeyring

from fer_desktop.cli.doctor import examine_database, examine_keyring
from fer_desktop.cli.opening import open_user_store
from fer_desktop.encryption.file_kind import FileKind, look_at
from fer_desktop.encryption.key import format_recovery_key, read_key
from fer_desktop.encryption.key_sources import KEY_FILE_VARIABLE, KEY_VARIABLE
from fer_desktop.errors import KeyNeededError
from fer_desktop.messages import MessageKey
from fer_desktop.storage.store import open_store
from tests.keyrings import FILE_VARIABLE, MemoryKeyring
from tests.needs import LINUX
from tests.raising import raises_message
from tests.unit.storage.lessons import new_session
from tests.unit.storage.protected import KEY, NAME, find_clear_text, record_names

ROOT = Path(__file__).resolve().parents[3]
PASSWORD = "correct horse battery"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database with one lesson, in a folder of its own."""
    path = tmp_path / "data" / "lessons.sqlite"
    path.parent.mkdir()
    with open_store(str(path)) as store:
        record_names(store)
    return path


@pytest.fixture
def keyring_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "tests.keyrings.FileKeyring")
    monkeypatch.setenv(FILE_VARIABLE, str(tmp_path / "keyring.json"))
    return tmp_path / "keyring.json"


def run(*arguments: str | Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "main", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def test_with_a_keyring_nobody_types_anything(path: Path, keyring_file: Path, tmp_path: Path) -> None:
    done = run("protect", "on", "--db", path, "--recovery-key", tmp_path / "recovery.txt")
    assert (done.returncode, done.stderr) == (0, "")
    assert look_at(path) is FileKind.ENCRYPTED
    assert find_clear_text(path.parent) == []
    assert len(json.loads(keyring_file.read_text())) == 1
    assert len(json.loads(run("sessions", "--json", "--db", path).stdout)) == 1
    assert "this computer's keyring" in run("protect", "status", "--db", path).stdout
    assert run("protect", "change", "--db", path, "--recovery-key", tmp_path / "second.txt").returncode == 0
    assert len(json.loads(keyring_file.read_text())) == 1, "the old key is forgotten"
    assert len(json.loads(run("sessions", "--json", "--db", path).stdout)) == 1

    assert run("protect", "off", "--db", path).returncode == 0
    assert look_at(path) is FileKind.CLEAR
    assert json.loads(keyring_file.read_text()) == {}


def test_on_another_computer_the_recovery_key_opens_it(path: Path, keyring_file: Path, tmp_path: Path) -> None:
    recovery = tmp_path / "recovery.txt"
    run("protect", "on", "--db", path, "--recovery-key", recovery)
    assert recovery.stat().st_mode & 0o777 == 0o600
    keyring_file.unlink()
    done = run("sessions", "--db", path)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "enter the password or the recovery key" in done.stderr
    assert len(json.loads(run("sessions", "--json", "--db", path, **{KEY_FILE_VARIABLE: str(recovery)}).stdout)) == 1


def test_a_password_comes_from_files_for_automation_and_is_never_an_argument(path: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(f"{PASSWORD}\n")
    turn_on = ("protect", "on", "--password", "--db", path, "--recovery-key", tmp_path / "recovery.txt")
    assert run(*turn_on).returncode == 2, "without a terminal there is nobody to ask"
    assert look_at(path) is FileKind.CLEAR
    done = run(*turn_on, FER_DESKTOP_NEW_PASSWORD_FILE=str(secret))
    assert (done.returncode, done.stderr) == (0, "")
    assert PASSWORD not in done.stdout
    for environment in ({KEY_VARIABLE: PASSWORD}, {KEY_FILE_VARIABLE: str(secret)}):
        assert len(json.loads(run("sessions", "--json", "--db", path, **environment).stdout)) == 1
    wrong = run("sessions", "--db", path, **{KEY_VARIABLE: "another password"})
    assert wrong.returncode == 2
    assert "does not open the lessons" in wrong.stderr
    assert "another password" not in wrong.stderr


def test_a_short_password_is_refused(path: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("short\n")
    recovery = tmp_path / "recovery.txt"
    done = run(
        "protect",
        "on",
        "--password",
        "--db",
        path,
        "--recovery-key",
        recovery,
        FER_DESKTOP_NEW_PASSWORD_FILE=str(secret),
    )
    assert (done.returncode, look_at(path)) == (2, FileKind.CLEAR)
    assert "too short" in done.stderr
    assert not recovery.exists()


def test_without_a_keyring_a_password_is_proposed_and_nothing_is_changed(path: Path, tmp_path: Path) -> None:
    done = run("protect", "on", "--db", path, "--recovery-key", tmp_path / "recovery.txt")
    assert (done.returncode, look_at(path)) == (2, FileKind.CLEAR)
    assert "choose a password instead" in done.stderr
    assert not (tmp_path / "recovery.txt").exists()


def test_a_recovery_key_that_opens_nothing_is_not_left_behind(path: Path, keyring_file: Path, tmp_path: Path) -> None:
    recovery, other = tmp_path / "recovery.txt", tmp_path / "other.txt"
    other.write_text("of another database\n")
    turn_on = ("protect", "on", "--db", path, "--recovery-key")
    with open_store(str(path)) as store:
        writer = store.begin_session(new_session())
        done = run(*turn_on, recovery)
        writer.close()
    assert (done.returncode, look_at(path)) == (2, FileKind.CLEAR)
    assert "a lesson is being recorded" in done.stderr
    assert not recovery.exists()
    assert run(*turn_on, other).returncode == 2
    assert other.read_text() == "of another database\n"
    assert run(*turn_on, recovery).returncode == 0
    assert len(json.loads(run("sessions", "--json", "--db", path, **{KEY_FILE_VARIABLE: str(recovery)}).stdout)) == 2


@LINUX
def test_a_recovery_key_on_the_terminal_that_opens_nothing_is_taken_back(path: Path) -> None:
    with open_store(str(path)) as store:
        writer = store.begin_session(new_session())
        shown = talk(
            ["protect", "on", "--password", "--db", str(path)],
            [("New password: ", PASSWORD), ("once more: ", PASSWORD), ("[y/N] ", "y")],
        )
        writer.close()
    assert "The new recovery key opens nothing: throw it away" in shown


@LINUX
def test_on_a_terminal_everything_is_asked_for_and_no_secret_is_shown(path: Path) -> None:
    shown = talk(
        ["protect", "on", "--password", "--db", str(path)],
        [("New password: ", PASSWORD), ("once more: ", PASSWORD), ("[y/N] ", "y")],
    )
    assert "are encrypted" in shown
    assert PASSWORD not in shown
    assert look_at(path) is FileKind.ENCRYPTED
    recovery = shown.partition("Recovery key: ")[2].split()[0]
    with open_store(str(path), lambda salt: read_key(recovery, salt)) as store:
        assert NAME in store.search_texts()[1]
    listed = talk(
        ["sessions", "--db", str(path)],
        [("recovery key: ", "a wrong password"), ("does not open", None), ("recovery key: ", PASSWORD)],
    )
    assert "Began" in listed
    assert PASSWORD not in listed


def talk(arguments: list[str], answers: list[tuple[str, str | None]]) -> str:
    """Runs the program on a terminal of its own; answers each prompt, and returns all that was shown."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(ROOT)
        os.execv(sys.executable, [sys.executable, "-m", "main", *arguments])
    shown, start = "", 0
    for prompt, answer in answers:
        while prompt not in shown[start:]:
            shown += os.read(terminal, 4096).decode()
        start = shown.index(prompt, start) + len(prompt)
        if answer is not None:
            os.write(terminal, f"{answer}\n".encode())
    while True:
        try:
            more = os.read(terminal, 4096)
        except OSError:  # the program has ended
            break
        if not more:
            break
        shown += more.decode()
    os.waitpid(pid, 0)
    os.close(terminal)
    return shown


def test_three_wrong_passwords_end_it(path: Path) -> None:
    with open_store(str(path)) as store:
        store.change_key(KEY)
        del store
    asked: list[str] = []

    def ask(prompt: str) -> str:
        asked.append(prompt)
        return "a wrong password"

    with raises_message(KeyNeededError, MessageKey.DATABASE_KEY_WRONG):
        open_user_store(str(path), ask=ask, interactive=lambda: True)
    assert len(asked) == 3
    with raises_message(KeyNeededError, MessageKey.DATABASE_KEY_NEEDED):
        open_user_store(str(path), ask=ask, interactive=lambda: False)
    with open_user_store(str(path), ask=lambda _: format_recovery_key(KEY), interactive=lambda: True) as store:
        assert len(store.list_sessions()) == 1


def test_doctor_says_whether_it_is_encrypted_and_which_keyring_there_is(path: Path) -> None:
    assert examine_database(str(path)).details["encrypted"] is False
    with open_store(str(path)) as store:
        store.change_key(KEY)
    del store
    locked = examine_database(str(path))
    assert not locked.ok
    assert "this computer's keyring does not have their key" in locked.words
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(KEY_VARIABLE, format_recovery_key(KEY))
        assert examine_database(str(path)).words.endswith("1 sessions, encrypted")
    keyring.set_keyring(MemoryKeyring())
    assert examine_keyring().details == {"name": MemoryKeyring().name}
    keyring.set_keyring(NoKeyring())  # type: ignore[no-untyped-call]
    assert examine_keyring().ok
    assert "need a password" in examine_keyring().words
