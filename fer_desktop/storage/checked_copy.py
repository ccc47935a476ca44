"""Copies a database file as SQLite does, checks the copy, and gives it its name only then."""

from contextlib import closing
from pathlib import Path
from typing import Final

from fer_desktop.encryption.key import DatabaseKey
from fer_desktop.errors import StorageError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.storage.health import is_whole
from fer_desktop.storage.logs import LOG_SUFFIXES
from fer_desktop.storage.sqlite_driver import open_sqlite
from fer_desktop.storage.stamps import stamp_copy
from fer_desktop.system.files import beside, create_private_file, sync_and_rename

PART_SUFFIX: Final = ".part"
"""Of an unfinished copy."""


def write_checked_copy(source: Path, target: Path, key: DatabaseKey | None) -> None:
    """Copies by SQLite's backup (https://sqlite.org/backup.html), checks the copy, and gives it its name then.

    Raises `StorageError` where the copy is damaged, `OSError` or `driver_errors()`.
    """
    part = beside(target, PART_SUFFIX)
    remove_part(part)
    create_private_file(part)
    try:
        make_copy(source, part, key)
        if not is_whole(part, key):
            raise StorageError(Message(MessageKey.DATABASE_DAMAGED, database=str(source)))
        sync_and_rename(part, target)
    finally:
        remove_part(part)


def make_copy(source: Path, part: Path, key: DatabaseKey | None) -> None:
    """Fills an empty file with the committed state of another: one file without logs, to which no log belongs."""
    with closing(open_sqlite(source, key=key)) as original, closing(open_sqlite(part, key=key)) as copy:
        original.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
        stamp_copy(copy)


def remove_part(part: Path) -> None:
    """Removes an unfinished copy with its logs. Raises `OSError`."""
    for suffix in ("", *LOG_SUFFIXES):
        beside(part, suffix).unlink(missing_ok=True)
