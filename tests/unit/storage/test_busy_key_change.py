"""A change of the key waits for other programs as every write does."""

import subprocess
import sys
from pathlib import Path

from fer_desktop.encryption.file_kind import FileKind, look_at
from fer_desktop.storage.store import Store
from tests.unit.storage.protected import KEY, record_names

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
