"""A change of the key waits for other programs as every write does; those that are still open notice it."""

import subprocess
import sys
from pathlib import Path

import pytest

from fer_desktop.encryption.file_kind import FileKind, look_at
from fer_desktop.encryption.key import DatabaseKey
from fer_desktop.errors import StorageError
from fer_desktop.messages import MessageKey
from fer_desktop.storage.store import Store
from fer_desktop.types import Event, EventKind
from tests.raising import raises_message
from tests.unit.storage.lessons import new_session, record, seen
from tests.unit.storage.protected import KEY, NAME, NOTE, find_clear_text, record_names
from tests.unit.storage.rescues import rescue_files

ROOT = Path(__file__).resolve().parents[3]
CHANGES_THE_KEY = """
import sys
from fer_desktop.storage.store import open_store
from tests.unit.storage.protected import KEY
to = KEY if sys.argv[2] == "on" else None
open_store(sys.argv[1], lambda _: KEY).change_key(to)
"""

READS_FOR_A_WHILE = """
import sqlite3, sys, time
connection = sqlite3.connect(sys.argv[1])
connection.execute("SELECT count(*) FROM sessions").fetchone()
print("reads", flush=True)
time.sleep(3)
"""


def test_it_waits_for_another_program_that_reads(store: Store, database_path: Path) -> None:
    """SQLite refuses at once to leave the write-ahead mode while anybody is connected."""
    record_names(store)
    command = [sys.executable, "-c", READS_FOR_A_WHILE, str(database_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as reader:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "reads\n"
        store.change_key(KEY)
    assert look_at(database_path) is FileKind.ENCRYPTED


def change_in_another_program(path: Path, to: str) -> None:
    subprocess.run([sys.executable, "-c", CHANGES_THE_KEY, str(path), to], cwd=ROOT, check=True)


@pytest.mark.parametrize("own", [None, KEY], ids=["on", "off"])
def test_who_had_the_lessons_open_is_asked_to_start_again(
    store: Store, database_path: Path, own: DatabaseKey | None
) -> None:
    record_names(store)
    store.change_key(own)
    change_in_another_program(database_path, "on" if own is None else "off")
    with raises_message(StorageError, MessageKey.DATABASE_KEY_CHANGED):
        store.list_sessions()
    with raises_message(StorageError, MessageKey.DATABASE_KEY_CHANGED):
        store.copies.check()
    assert store.copies.damage is None


def test_a_lesson_that_begins_after_it_is_refused_at_once_and_leaves_no_clear_text(
    store: Store, database_path: Path, own_home: Path
) -> None:
    record_names(store)
    change_in_another_program(database_path, "on")
    writer = store.begin_session(new_session())
    with raises_message(StorageError, MessageKey.DATABASE_KEY_CHANGED):
        for second in range(3):
            writer.record(record(second, [seen(1)], [Event(EventKind.NOTE, second, NOTE)], [(1, NAME)]))
    writer.close()
    assert writer.lost
    assert rescue_files() == []
    assert find_clear_text(own_home.parent) == []
