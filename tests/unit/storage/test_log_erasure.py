"""What was deleted leaves the write-ahead log too, also where another program reads the database meanwhile."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fer_desktop.storage.store import Store, open_store
from tests.unit.storage.lessons import record, record_lesson, seen, wait_until

READER = """
import sqlite3, sys
reader = sqlite3.connect(sys.argv[1], isolation_level=None)
reader.execute("BEGIN")
reader.execute("SELECT count(*) FROM students").fetchone()
sys.stdout.write("reads\\n")
sys.stdout.flush()
sys.stdin.readline()
{end}
"""
NAME = "Name-to-be-forgotten"


@contextmanager
def read_elsewhere(path: Path, end: str = "reader.close()") -> Iterator["subprocess.Popen[str]"]:
    """Another program holds a read transaction until it gets a line."""
    command = [sys.executable, "-c", READER.format(end=end), str(path)]
    reader = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert reader.stdout is not None
    assert reader.stdout.readline() == "reads\n"
    try:
        yield reader
    finally:
        reader.communicate("\n", timeout=30)


def is_anywhere(path: Path, words: str = NAME) -> bool:
    files = (path.with_name(path.name + suffix) for suffix in ("", "-wal", "-shm"))
    return any(words.encode() in file.read_bytes() for file in files if file.exists())


def record_named(store: Store) -> int:
    return record_lesson(store, [record(0, [seen(4)], names=[(4, NAME)])])


def test_a_deleted_name_is_gone_once_a_killed_reader_is(store: Store, database_path: Path) -> None:
    """A reader that is killed removes no log, so that the program must."""
    session = record_named(store)
    with read_elsewhere(database_path) as reader:
        store.delete_session(session)
        assert store.erasure_pending
        assert is_anywhere(database_path)
        reader.kill()
    wait_until(lambda: not store.erasure_pending)
    assert not is_anywhere(database_path)


def test_an_erased_student_is_gone_once_the_reader_has_finished(store: Store, database_path: Path) -> None:
    session = record_named(store)
    with read_elsewhere(database_path, end="reader.execute('COMMIT'); sys.stdin.readline()"):
        store.erase_student(session, 4)
        assert store.erasure_pending
    wait_until(lambda: not store.erasure_pending)
    assert not is_anywhere(database_path)


def test_what_is_still_pending_at_the_end_is_done_by_the_next_opening(
    store: Store, url: str, database_path: Path
) -> None:
    session = record_named(store)
    with read_elsewhere(database_path) as reader:
        store.delete_session(session)
        store.close()
        assert is_anywhere(database_path)
        reader.kill()
    with open_store(url) as again:
        assert not again.erasure_pending
        assert not is_anywhere(database_path)


def test_a_lesson_is_recorded_while_a_deletion_waits_for_a_reader(store: Store, database_path: Path) -> None:
    session = record_named(store)
    with read_elsewhere(database_path):
        store.delete_session(session)
        later = record_lesson(store, [record(second, [seen(1)]) for second in range(5)])
        assert store.erasure_pending
    wait_until(lambda: not store.erasure_pending)
    assert store.mood_series(later).seconds.tolist() == list(range(5))
