"""Gives a database another key, or none, while nothing is recorded; then connects to it again."""

from functools import partial
from pathlib import Path

from fer_desktop.encryption.key import DatabaseKey
from fer_desktop.encryption.key_sources import KeySource
from fer_desktop.errors import StorageError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.storage.conversion import convert_database, finish_conversion, remove_old_journal
from fer_desktop.storage.copying import Progress
from fer_desktop.storage.engine import Database, connect_database
from fer_desktop.storage.file_keys import forget_open, remember_open
from fer_desktop.storage.locks import find_locks
from fer_desktop.storage.migrate import backup_files, use_write_ahead_log
from fer_desktop.storage.rescue import rescue_files, rescue_locks
from fer_desktop.storage.unfinished import unfinished_locks
from fer_desktop.system.file_hold import hold_file


def change_key(database: Database, key: DatabaseKey | None, on_progress: Progress) -> None:
    """Converts the database, its backups and its rescue files. The caller has closed the database's gate.

    Raises `StorageError`, also while a session is recorded or a recording analysed, by whichever process.
    """
    require_idle = partial(_require_nothing_recorded, database)
    require_idle()
    backups, texts = backup_files(database), rescue_files(database)
    convert_database(database, key, backups=backups, texts=texts, require_idle=require_idle, on_progress=on_progress)


def connect_again(before: Database, key: DatabaseKey | None) -> Database:
    """The database after a change of its key, whether it succeeded or not. Raises `StorageError`."""
    before.engine.dispose()
    forget_open(before)
    if before.path is None:
        before.gate.open()
        return before
    keys = {each.salt: each for each in (before.key, key) if each is not None}
    database = connect_database(str(before.path), keys.get)
    use_log_again(database)
    remember_open(database)
    return database


def finish_change(path: Path, keys: KeySource) -> None:
    """Brings a change that was cut off to its end, or undoes it. Raises `StorageError`."""
    finish_conversion(path)
    database = connect_database(str(path), keys)
    try:
        use_log_again(database)
    finally:
        database.engine.dispose()


def use_log_again(database: Database) -> None:
    """Returns from the rollback journal, which a conversion needs, to the write-ahead log. Raises `StorageError`."""
    use_write_ahead_log(database)
    if database.path is not None:
        remove_old_journal(database.path)


def _require_nothing_recorded(database: Database) -> None:
    for path in (*find_locks(database), *rescue_locks(database)):
        _require_unheld(path, MessageKey.RECORDING_WHILE_CONVERTING)
    for path in unfinished_locks(database.path):
        _require_unheld(path, MessageKey.ANALYSIS_WHILE_CONVERTING)


def _require_unheld(path: Path, refusal: MessageKey) -> None:
    try:
        hold = hold_file(path)
    except OSError as error:
        message = Message(MessageKey.LOCK_FILE_NOT_MADE, path=str(path), reason=str(error.strerror))
        raise StorageError(message) from error
    if hold is None:
        raise StorageError(Message(refusal))
    hold.release()
