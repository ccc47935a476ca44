"""Puts a backup in the place of a database: checked before, at one stroke, and never while a session is recorded."""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path

from fer_desktop.encryption.key import DatabaseKey
from fer_desktop.errors import StorageError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.storage.backups import (
    hold_backups,
    keep_present_state,
    part_of_restore,
    require_no_session,
)
from fer_desktop.storage.checked_copy import make_copy, remove_part
from fer_desktop.storage.driver_errors import ErrorKind, classify_error
from fer_desktop.storage.engine import Database, connect_database
from fer_desktop.storage.health import is_whole
from fer_desktop.storage.logs import LOG_SUFFIXES
from fer_desktop.storage.migrate import backup_files, migrate_database
from fer_desktop.storage.sqlite_driver import driver_errors, open_sqlite
from fer_desktop.storage.stamps import stamp_copy
from fer_desktop.system.files import beside, create_private_file, sync_and_rename


def restore_database(database: Database, backup: Path) -> Path:
    """Replaces the database by a copy of `backup`; returns where its state of before is kept.

    At any moment of a kill the file is the old or the new one as a whole. Raises `StorageError` and changes nothing
    where a session is recorded, or `backup` is damaged, another program's or a newer version's.
    """
    path = database.path
    if path is None:
        raise StorageError(Message(MessageKey.BACKUP_OF_SERVER, database=database.name))
    with hold_backups(path):
        require_no_session(database, MessageKey.RESTORE_WHILE_RECORDING)
        part = part_of_restore(path)
        remove_part(part)
        try:
            _prepare(backup, part, database.key)
            with _exclude_writers(database, path):
                require_no_session(database, MessageKey.RESTORE_WHILE_RECORDING)
                kept = keep_present_state(database, path)
                sync_and_rename(part, path)
            for suffix in LOG_SUFFIXES:  # they belong to the state of before; a start after a kill sets them aside
                beside(path, suffix).unlink(missing_ok=True)
        finally:
            remove_part(part)
        database.damaged.clear()
        return kept


def _prepare(backup: Path, part: Path, key: DatabaseKey | None) -> None:
    """A checked copy of this version's schema, ready to be used."""
    create_private_file(part)
    try:
        if not backup.is_file():
            raise FileNotFoundError(2, "there is no such file", str(backup))
        make_copy(backup.resolve(), part, key)
        if not is_whole(part, key) or _is_empty(part, key):
            raise StorageError(Message(MessageKey.BACKUP_DAMAGED, path=str(backup)))
        _upgrade(part, key)
        with closing(open_sqlite(part, key=key)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            stamp_copy(connection)
    except driver_errors() as error:
        raise StorageError(Message(MessageKey.BACKUP_DAMAGED, path=str(backup))) from error
    except OSError as error:
        reason = str(error.strerror or error)
        raise StorageError(Message(MessageKey.BACKUP_UNREADABLE, path=str(backup), reason=reason)) from error


def _is_empty(part: Path, key: DatabaseKey | None) -> bool:
    with closing(open_sqlite(part, key=key)) as connection:
        return connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is None


def _upgrade(part: Path, key: DatabaseKey | None) -> None:
    prepared = connect_database(str(part), lambda _: key)
    try:
        migrate_database(prepared)
    finally:
        prepared.engine.dispose()
        for copy in backup_files(prepared):
            copy.unlink()


@contextmanager
def _exclude_writers(database: Database, path: Path) -> Iterator[None]:
    """Nothing else is written meanwhile, where the file is a database that can be locked and replaced while it is."""
    with closing(open_sqlite(path, key=database.key)) if path.exists() else nullcontext() as connection:
        try:
            if connection is not None:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                connection.execute("BEGIN IMMEDIATE")
        except driver_errors() as error:
            if classify_error(error) not in (ErrorKind.CORRUPT, ErrorKind.NOT_A_DATABASE):
                raise database.explain(error) from error
            database.damaged.set()
        if connection is not None and os.name == "nt":  # Windows replaces no open file
            connection.close()
        yield
