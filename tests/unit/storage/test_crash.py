"""A session that a crash left open keeps all it recorded and is closed at the next start, and only then."""

import fcntl
import os
import random
import re
import sqlite3
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from fer_desktop.storage.engine import connect_database
from fer_desktop.storage.locks import lock_session
from fer_desktop.storage.store import Store, open_store
from tests.unit.storage.lessons import BEGAN, new_session, record, record_lesson, seen

ROOT = Path(__file__).resolve().parents[3]
ROUNDS = 5
STUDENTS = 10

RECORDER = f"""
import sqlite3, sys, time
from tests.unit.storage.lessons import new_session, record, seen
from fer_desktop.storage.store import open_store
store = open_store(sys.argv[1])
writer = store.begin_session(new_session())
watcher = sqlite3.connect(sys.argv[2])
committed = 0
for second in range(100_000):
    writer.record(record(second, [seen(n) for n in range(1, {STUDENTS + 1})]))
    query = "SELECT count(*) FROM moods WHERE session_id = ?"
    (committed,) = watcher.execute(query, (writer.session_id,)).fetchone()
    sys.stdout.write(f"{{writer.session_id}} {{committed}}\\n")
    sys.stdout.flush()
    time.sleep(0.002)
"""


def start_recorder(url: str, database_path: Path) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", RECORDER, url, str(database_path)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def read_lines(recorder: "subprocess.Popen[str]", count: int) -> list[list[int]]:
    assert recorder.stdout is not None
    return [[int(word) for word in recorder.stdout.readline().split()] for _ in range(count)]


def kill(recorder: "subprocess.Popen[str]") -> list[list[int]]:
    """What it had still printed before the kill."""
    recorder.kill()
    rest, _ = recorder.communicate()
    whole = rest[: rest.rfind("\n") + 1]
    return [[int(word) for word in line.split()] for line in whole.splitlines()]


def reopen_sessions(database_path: Path) -> None:
    """As a power cut leaves them."""
    connection = sqlite3.connect(database_path)
    connection.execute("UPDATE sessions SET ended_at = NULL")
    connection.commit()
    connection.close()


def test_after_a_kill_every_committed_second_is_there(store: Store, url: str, database_path: Path) -> None:
    store.close()
    chance = random.Random(2)
    for _ in range(ROUNDS):
        recorder = start_recorder(url, database_path)
        printed = read_lines(recorder, chance.randint(1, 150))
        printed += kill(recorder)
        session, promised = printed[-1]

        with open_store(url) as again:
            assert again.crashed == (session,)
            summary = again.session(session)
            assert summary.interrupted
            assert summary.ended_at == BEGAN + timedelta(seconds=summary.seconds)
            stored = again.mood_series(session).seconds
            assert len(stored) >= promised
            assert stored.tolist() == list(range(summary.seconds))
            assert [each.tile_seconds for each in again.students(session)] == [summary.seconds] * STUDENTS * bool(
                len(stored)
            )
        connection = sqlite3.connect(database_path)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        connection.close()
        assert list(database_path.parent.glob("*.lock")) == []


def test_a_session_that_another_program_records_stays_open(store: Store, url: str, database_path: Path) -> None:
    recorder = start_recorder(url, database_path)
    try:
        ((session, _),) = read_lines(recorder, 1)
        with open_store(url) as again:
            assert again.session(session).ended_at is None
            assert again.crashed == ()
        read_lines(recorder, 20)
    finally:
        kill(recorder)
    assert not store.session(session).interrupted
    with open_store(url) as again:
        assert again.session(session).interrupted


def test_a_session_of_this_program_stays_open_when_the_store_is_opened_again(store: Store, url: str) -> None:
    writer = store.begin_session(new_session())
    with open_store(url) as again:
        assert again.session(writer.session_id).ended_at is None
    writer.record(record(0, [seen(1)]))
    writer.close()
    assert not store.session(writer.session_id).interrupted


def test_a_copied_database_with_an_open_session_is_closed_where_it_is_opened(
    store: Store, database_path: Path, tmp_path: Path
) -> None:
    session = record_lesson(store, [record(0, [seen(1)]), record(1, [seen(1)])])
    reopen_sessions(database_path)
    copy = tmp_path / "copy"
    copy.mkdir()
    (copy / "lessons.sqlite").write_bytes(database_path.read_bytes())
    with open_store(f"sqlite:///{copy / 'lessons.sqlite'}") as again:
        summary = again.session(session)
        assert summary.interrupted
        assert summary.ended_at == BEGAN + timedelta(seconds=2)


def test_an_open_session_without_any_second_ends_where_it_began(store: Store, url: str, database_path: Path) -> None:
    session = record_lesson(store, [])
    reopen_sessions(database_path)
    with open_store(url) as again:
        assert again.session(session).ended_at == BEGAN


@pytest.mark.parametrize("seconds", [0, 1])
def test_a_session_that_ended_well_is_not_touched(store: Store, url: str, seconds: int) -> None:
    session = record_lesson(store, [record(second) for second in range(seconds)])
    before = store.session(session)
    with open_store(url) as again:
        assert again.session(session) == before


def test_a_lock_file_that_cannot_be_created_is_reported_and_the_sessions_can_be_read(
    store: Store, url: str, database_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    session = record_lesson(store, [record(0)])
    reopen_sessions(database_path)
    database_path.with_name(f"lessons.sqlite-session-{session}.lock").mkdir()
    with open_store(url) as again:
        assert again.crashed == ()
        assert again.session(session).ended_at is None
    assert re.search(r"lock file .* cannot be made .* remove what is in its place", caplog.text)


def test_a_lock_whose_file_was_removed_meanwhile_is_no_lock(url: str) -> None:
    database = connect_database(url)
    first = lock_session(database, 1)
    assert first is not None
    waiting = os.open(first.path, os.O_RDWR)  # as another process that comes just before the release
    first.release()
    fcntl.flock(waiting, fcntl.LOCK_EX | fcntl.LOCK_NB)
    second = lock_session(database, 1)
    assert second is not None
    assert lock_session(database, 1) is None
    os.close(waiting)
    assert lock_session(database, 1) is None
    second.release()
    assert not second.path.exists()


def test_a_lock_file_is_private_and_goes_with_the_lock(url: str) -> None:
    lock = lock_session(connect_database(url), 1)
    assert lock is not None
    assert lock.path.stat().st_mode & 0o777 == 0o600
    lock.release()
    lock.release()
    assert not lock.path.exists()


def test_a_lock_may_be_released_by_another_thread(url: str) -> None:
    database = connect_database(url)
    lock = lock_session(database, 1)
    assert lock is not None
    thread = threading.Thread(target=lock.release)
    thread.start()
    thread.join()
    again = lock_session(database, 1)
    assert again is not None
    again.release()


def test_a_child_process_does_not_keep_the_lock(url: str) -> None:
    """A forked one has the parent's open files; the lock must end with the parent alone."""
    database = connect_database(url)
    lock = lock_session(database, 1)
    assert lock is not None
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, close_fds=False)
    lock.release()
    again = lock_session(database, 1)
    child.communicate(b"\n")
    assert again is not None
    again.release()


def test_of_many_at_once_one_holds_the_lock(url: str) -> None:
    database = connect_database(url)
    holders = 0
    most = 0
    guard = threading.Lock()

    def take_often() -> None:
        nonlocal holders, most
        for _ in range(200):
            lock = lock_session(database, 1)
            if lock is None:
                continue
            with guard:
                holders += 1
                most = max(most, holders)
            with guard:
                holders -= 1
            lock.release()

    threads = [threading.Thread(target=take_often) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1
