"""Copies a database into a file with another key, or with none, and compares the copy with it."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Final

from fer_desktop.encryption.key import DatabaseKey
from fer_desktop.errors import StorageError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.storage.sqlite_driver import open_sqlcipher
from fer_desktop.system.files import sync_file

Progress = Callable[[float], None]
"""Gets the share that is done, 0 to 1, from the thread that works."""

_INSTRUCTIONS_A_LOOK: Final = 200_000
"""Of SQLite's virtual machine; some tens of milliseconds."""


def copy_database(source: sqlite3.Connection, part: Path, key: DatabaseKey | None, on_progress: Progress) -> None:
    """Copies all of an open database (of SQLCipher's driver) into a new private file, and puts it on the disk.

    The source stays locked afterwards if its locking mode is exclusive. Raises `driver_errors()` and `OSError`.
    """
    os.close(os.open(part, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600))
    secret = "" if key is None else key.to_sqlcipher()
    source.execute("ATTACH DATABASE ? AS copied KEY ?", (str(part), secret))
    source.execute("PRAGMA copied.journal_mode = OFF")  # a copy that fails is discarded
    source.execute("PRAGMA copied.synchronous = OFF")  # synced once, below
    whole = _size(source)
    on_progress(0.0)
    source.set_progress_handler(lambda: on_progress(min(1.0, part.stat().st_size / whole)), _INSTRUCTIONS_A_LOOK)
    source.execute("BEGIN EXCLUSIVE")
    source.execute("SELECT sqlcipher_export('copied')")
    for pragma in ("application_id", "user_version"):
        (value,) = source.execute(f"PRAGMA main.{pragma}").fetchone()
        source.execute(f"PRAGMA copied.{pragma} = {int(value)}")
    source.execute("COMMIT")
    source.set_progress_handler(None, 0)
    source.execute("DETACH DATABASE copied")
    on_progress(1.0)


def check_copy(source: sqlite3.Connection, part: Path, key: DatabaseKey | None, *, write_ahead: bool) -> None:
    """Raises `StorageError` unless the copy is sound and has as many rows as its source in every table.

    `write_ahead`: gives it a write-ahead log. The file is on the disk afterwards. Raises `driver_errors()` too.
    """
    with closing(open_sqlcipher(part, key)) as copied:
        if _find_problems(copied) or _count_rows(copied) != _count_rows(source):
            raise StorageError(Message(MessageKey.COPY_DIFFERS, database=str(part)))
        if write_ahead:
            copied.execute("PRAGMA journal_mode = WAL")
    sync_file(part)


def _find_problems(copied: sqlite3.Connection) -> list[str]:
    """What the authentication of every page of an encrypted file, or SQLite, has against the copy."""
    pages = [str(row[0]) for row in copied.execute("PRAGMA cipher_integrity_check")]  # none for a clear file
    return pages or [str(row[0]) for row in copied.execute("PRAGMA quick_check") if row[0] != "ok"]


def _count_rows(connection: sqlite3.Connection) -> dict[str, int]:
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}


def _size(connection: sqlite3.Connection) -> int:
    (pages,) = connection.execute("PRAGMA main.page_count").fetchone()
    (size,) = connection.execute("PRAGMA main.page_size").fetchone()
    return max(1, int(pages) * int(size))
