"""SQLite applies the log that a killed session left, and never one that was written for another file."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from fer_desktop.encryption.key import DatabaseKey
from fer_desktop.errors import KeyNeededError
from fer_desktop.messages import MessageKey
from fer_desktop.storage.logs import logs_belong
from fer_desktop.storage.sqlite_driver import open_sqlite
from fer_desktop.storage.store import Store, open_store
from tests.raising import raises_message
from tests.unit.storage.lessons import new_session, record, record_lesson, seen, wait_until
from tests.unit.storage.protected import KEY, OTHER_KEY

ROOT = Path(__file__).resolve().parents[3]
STUDENTS = 40

KILLED = f"""
import os, signal, sys, time
from fer_desktop.storage.store import open_store
from tests.unit.storage.lessons import new_session, record, seen
from tests.unit.storage.protected import KEY
store = open_store(sys.argv[1], lambda _: KEY)
writer = store.begin_session(new_session(source="killed"))
for second in range(int(sys.argv[2])):
    writer.record(record(second, [seen(n) for n in range(1, {STUDENTS + 1})]))
    while writer.kept.stored <= second:
        time.sleep(0.002)
os.kill(os.getpid(), signal.SIGKILL)
"""

KILLED_IN_TRANSACTION = """
import os, signal, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA journal_mode = DELETE")
connection.execute("PRAGMA cache_size = 1")
connection.execute("BEGIN IMMEDIATE")
connection.execute("UPDATE sessions SET model = 'half'")
connection.execute("CREATE TABLE big AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 5000) "
                   "SELECT i, hex(randomblob(200)) FROM n")
os.kill(os.getpid(), signal.SIGKILL)
"""


def run_until_killed(script: str, *arguments: object) -> None:
    command = [sys.executable, "-c", script, *map(str, arguments)]
    subprocess.run(command, cwd=ROOT, check=False, timeout=120, capture_output=True)


def log_of(path: Path, suffix: str = "-wal") -> Path:
    return path.with_name(path.name + suffix)


def set_aside(path: Path) -> list[Path]:
    return sorted(path.parent.glob(f"{path.name}-*.set-aside-*"))


def check_integrity(path: Path, key: DatabaseKey | None = None) -> str:
    with closing(open_sqlite(path, key=key)) as connection:
        return str(connection.execute("PRAGMA integrity_check").fetchone()[0])


@pytest.fixture
def copy(store: Store, database_path: Path, tmp_path: Path) -> Path:
    """A copy of the database with one lesson, made before the session that is killed."""
    record_lesson(store, [record(second, [seen(n) for n in range(1, 9)]) for second in range(30)])
    store.close()
    copy = tmp_path / "copy.sqlite"
    shutil.copy(database_path, copy)
    return copy


@pytest.mark.parametrize("seconds", [1, 60], ids=["before", "after a checkpoint"])
def test_the_log_of_a_killed_session_is_applied(copy: Path, database_path: Path, seconds: int) -> None:
    run_until_killed(KILLED, database_path, seconds)
    assert log_of(database_path).stat().st_size > 0
    with open_store(str(database_path)) as again:
        assert [each.seconds for each in again.list_sessions()] == [seconds, 30]
    assert set_aside(database_path) == []
    assert check_integrity(database_path) == "ok"


def test_a_log_whose_file_was_copied_with_it_is_applied(copy: Path, database_path: Path, tmp_path: Path) -> None:
    run_until_killed(KILLED, database_path, 5)
    moved = tmp_path / "moved.sqlite"
    for suffix in ("", "-wal"):
        shutil.copy(log_of(database_path, suffix), log_of(moved, suffix))
    with open_store(str(moved)) as again:
        assert [each.seconds for each in again.list_sessions()] == [5, 30]


@pytest.mark.parametrize("in_place", [False, True], ids=["another inode", "the same inode"])
@pytest.mark.parametrize("seconds", [1, 60], ids=["before", "after a checkpoint"])
def test_the_log_of_a_file_that_was_replaced_is_not_applied(
    copy: Path, database_path: Path, seconds: int, *, in_place: bool
) -> None:
    run_until_killed(KILLED, database_path, seconds)
    log = log_of(database_path).read_bytes()
    if in_place:
        shutil.copyfile(copy, database_path)
    else:
        os.replace(copy, database_path)
    with open_store(str(database_path)) as again:
        assert [each.seconds for each in again.list_sessions()] == [30]
        record_lesson(again, [record(0, [seen(1)])], new_session(source="afterwards"))
    assert check_integrity(database_path) == "ok"
    kept = next(path for path in set_aside(database_path) if "-wal." in path.name)
    assert kept.read_bytes() == log
    assert kept.stat().st_mode & 0o777 == 0o600


def test_nor_is_it_for_a_copy_made_in_the_same_session(copy: Path, database_path: Path, tmp_path: Path) -> None:
    """A sync client that puts back what it had uploaded an hour ago: the log has begun anew since."""
    with open_store(str(database_path)) as store:
        writer = store.begin_session(new_session())
        for second in range(60):
            writer.record(record(second, [seen(n) for n in range(1, STUDENTS + 1)]))
        wait_until(lambda: writer.kept.stored == 60)
        uploaded = shutil.copy(database_path, tmp_path / "uploaded.sqlite")
        writer.close()
    run_until_killed(KILLED, database_path, 3)
    os.replace(uploaded, database_path)
    with open_store(str(database_path)) as again:
        assert all(each.seconds != 3 for each in again.list_sessions())
    assert set_aside(database_path)
    assert check_integrity(database_path) == "ok"


def test_nor_for_a_database_that_was_moved_away(copy: Path, database_path: Path) -> None:
    run_until_killed(KILLED, database_path, 5)
    database_path.unlink()
    with open_store(str(database_path)) as again:
        assert again.list_sessions() == []
    assert check_integrity(database_path) == "ok"


def test_the_rollback_journal_of_a_killed_program_is_applied(copy: Path, database_path: Path) -> None:
    run_until_killed(KILLED_IN_TRANSACTION, database_path)
    assert log_of(database_path, "-journal").stat().st_size > 0
    with open_store(str(database_path)) as again:
        assert [each.model for each in again.list_sessions()] == [""]
    assert check_integrity(database_path) == "ok"


def test_the_rollback_journal_of_a_file_that_was_replaced_is_not_applied(
    copy: Path, database_path: Path, tmp_path: Path
) -> None:
    with open_store(str(copy)) as store:
        record_lesson(store, [record(second, [seen(1)]) for second in range(7)])
    run_until_killed(KILLED_IN_TRANSACTION, database_path)
    os.replace(copy, database_path)
    with open_store(str(database_path)) as again:
        assert sorted(each.seconds for each in again.list_sessions()) == [7, 30]
    assert [path.name.split(".")[1] for path in set_aside(database_path)] == ["sqlite-journal"]
    assert check_integrity(database_path) == "ok"


@pytest.fixture
def encrypted(copy: Path, database_path: Path) -> Path:
    """A copy of the database, encrypted as that is."""
    with open_store(str(database_path)) as store:
        store.change_key(KEY)
    shutil.copy(database_path, copy)
    return copy


@pytest.mark.parametrize("seconds", [1, 60], ids=["before", "after a checkpoint"])
def test_the_encrypted_log_of_a_killed_session_is_applied(encrypted: Path, database_path: Path, seconds: int) -> None:
    run_until_killed(KILLED, database_path, seconds)
    with open_store(str(database_path), lambda _: KEY) as again:
        assert [each.seconds for each in again.list_sessions()] == [seconds, 30]
    assert set_aside(database_path) == []
    assert check_integrity(database_path, KEY) == "ok"


@pytest.mark.parametrize("seconds", [1, 60], ids=["before", "after a checkpoint"])
def test_an_encrypted_log_is_not_applied_to_a_copy_with_the_same_key(
    encrypted: Path, database_path: Path, seconds: int
) -> None:
    with open_store(str(encrypted), lambda _: KEY) as other:
        record_lesson(other, [record(second, [seen(1)]) for second in range(7)])
    run_until_killed(KILLED, database_path, seconds)
    os.replace(encrypted, database_path)
    with open_store(str(database_path), lambda _: KEY) as again:
        assert [each.seconds for each in again.list_sessions()] == [7, 30]
    assert set_aside(database_path)
    assert check_integrity(database_path, KEY) == "ok"


@pytest.mark.parametrize("key", [None, OTHER_KEY], ids=["clear", "another key"])
def test_nor_to_a_file_in_clear_text_or_with_another_key(
    encrypted: Path, database_path: Path, key: DatabaseKey | None
) -> None:
    with open_store(str(encrypted), lambda _: KEY) as other:
        other.change_key(key)
    run_until_killed(KILLED, database_path, 5)
    os.replace(encrypted, database_path)
    with open_store(str(database_path), lambda _: key) as again:
        assert [each.seconds for each in again.list_sessions()] == [30]
    assert set_aside(database_path)
    assert check_integrity(database_path, key) == "ok"


def test_a_wrong_key_leaves_an_encrypted_log_where_it_is(encrypted: Path, database_path: Path) -> None:
    run_until_killed(KILLED, database_path, 5)
    wrong = DatabaseKey(OTHER_KEY.secret, KEY.salt)
    with raises_message(KeyNeededError, MessageKey.DATABASE_KEY_WRONG):
        open_store(str(database_path), lambda _: wrong)
    assert set_aside(database_path) == []
    with open_store(str(database_path), lambda _: KEY) as again:
        assert [each.seconds for each in again.list_sessions()] == [5, 30]


@pytest.mark.parametrize("size", [0, 1, 31, 32, 33, None])
def test_a_log_that_another_program_begins_anew_or_removes_meanwhile_is_its_own(
    copy: Path, database_path: Path, size: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_until_killed(KILLED, database_path, 5)
    os.replace(copy, database_path)
    assert not logs_belong(database_path, None)

    def open_late(path: Path, *, query: str, key: None) -> sqlite3.Connection:
        if size is None:
            log_of(path).unlink(missing_ok=True)
        else:
            os.truncate(log_of(path), size)
        return open_sqlite(path, query=query, key=key)

    monkeypatch.setattr("fer_desktop.storage.logs.open_sqlite", open_late)
    assert logs_belong(database_path, None)


@pytest.mark.parametrize("size", [0, 1, 27, 28, 100])
def test_a_journal_that_another_program_has_just_begun_is_its_own(copy: Path, size: int) -> None:
    log_of(copy, "-journal").write_bytes(bytes.fromhex("d9d505f920a163d7").ljust(100, b"\xff")[:size])
    assert logs_belong(copy, None)
