"""Encrypts a database, decrypts it, or changes its key, with all that lies beside it: completely or not at all.

Every file gets a new one beside it (`.converting`), the database first. Renaming the database's new file over it is the
one moment at which everything is decided; the other files follow. The journal (`.conversion`) lists the files, so that
after a kill the next start, which needs no key for this, either removes the new files or brings the rest to its end:
while the database's new file is there, nothing was decided yet. The old content keeps a second name (`.outdated`) until
it is overwritten. Backups by date are no part of it: with the key of before they are overwritten at the end.
"""

import json
import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from fer_desktop.encryption.file_kind import FileKind, look_at, read_salt
from fer_desktop.encryption.key import DatabaseKey
from fer_desktop.encryption.sealed_file import is_sealed, seal, unseal
from fer_desktop.errors import StorageError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.storage.backups import remove_dated_copies
from fer_desktop.storage.copying import Progress, check_copy, copy_database
from fer_desktop.storage.cut_off import JOURNAL_SUFFIX, LOCK_SUFFIX
from fer_desktop.storage.driver_errors import ErrorKind, classify_error
from fer_desktop.storage.engine import Database
from fer_desktop.storage.logs import LOG_SUFFIXES
from fer_desktop.storage.sqlite_driver import LOCK_TIMEOUT_S, driver_errors, open_sqlcipher
from fer_desktop.system.file_hold import FileHold, hold_file
from fer_desktop.system.files import beside, replace_binary_file, replace_file, sync_folder
from fer_desktop.system.overwriting import overwrite_and_remove

_LOCK_PAUSE_S: Final = 0.05
_PART: Final = ".converting"
_OUTDATED: Final = ".outdated"
_UNREADABLE: Final = frozenset({ErrorKind.NOT_A_DATABASE, ErrorKind.CORRUPT})
_SPACE_SPARE: Final = 1.2
"""Encrypted pages carry 80 bytes each for their authentication; the rest is for the file system."""
_SPACE_LEAST: Final = 2_000_000


def convert_database(
    database: Database,
    key: DatabaseKey | None,
    *,
    backups: Sequence[Path],
    texts: Sequence[Path],
    require_idle: Callable[[], None],
    on_progress: Progress,
) -> None:
    """Gives the database another key, or none. `backups`: its copies; `texts`: its rescue files.

    `require_idle`: raises `StorageError` where something is recorded; called once nobody can begin to any more. The
    caller makes sure that no thread of this process uses the database. Raises `StorageError`, and nothing has changed
    then, unless all but the removal of the old files is done.
    """
    path = _require_file(database)
    targets = [path, *backups, *texts]
    with database.plain_errors(), _hold_conversion(path), _plain_os_errors(path):
        _require_space(targets)
        _write_journal(path, targets)
        try:
            with _lock_out_others(database) as source:
                require_idle()
                _prepare(source, path, key, on_progress)
                for backup in backups:
                    _prepare_backup(backup, database.key, key)
                for text in texts:
                    _prepare_text(text, database.key, key)
                _decide(source, path)
        finally:
            _finish(path)


def remove_old_journal(path: Path) -> None:
    """Removes what a kill left of a rollback journal. Only for a database that was read, in write-ahead mode."""
    with _plain_os_errors(path):
        overwrite_and_remove(beside(path, "-journal"))


def finish_conversion(path: Path) -> None:
    """Brings a conversion that was cut off to its end, or undoes it.

    Raises `StorageError` while another process is converting the database.
    """
    with _hold_conversion(path), _plain_os_errors(path):
        if beside(path, JOURNAL_SUFFIX).exists():
            _finish(path)


def _prepare(source: sqlite3.Connection, path: Path, key: DatabaseKey | None, on_progress: Progress) -> None:
    part = beside(path, _PART)
    copy_database(source, part, key, on_progress)
    check_copy(source, part, key, write_ahead=True)


def _prepare_backup(path: Path, old_key: DatabaseKey | None, key: DatabaseKey | None) -> None:
    """A copy in clear text that cannot be read would stay so: it stops everything. An encrypted one stays as it is."""
    encrypted = look_at(path) is FileKind.ENCRYPTED
    own_key = DatabaseKey(old_key.secret, read_salt(path)) if encrypted and old_key is not None else None
    part = beside(path, _PART)
    try:
        with closing(open_sqlcipher(path, own_key)) as source:
            copy_database(source, part, key, lambda _: None)
            check_copy(source, part, key, write_ahead=False)
    except driver_errors() as error:
        overwrite_and_remove(part)
        if classify_error(error) not in _UNREADABLE:  # as a full disk: of the new file
            raise
        if not encrypted:
            raise StorageError(Message(MessageKey.BACKUP_NOT_CONVERTED, path=str(path))) from error


def _prepare_text(path: Path, old_key: DatabaseKey | None, key: DatabaseKey | None) -> None:
    """As `_prepare_backup`, for a small file that is encrypted as a whole."""
    content = path.read_bytes()
    if is_sealed(content):
        try:
            content = unseal(content, old_key) if old_key is not None else content
        except ValueError:
            return
    with replace_binary_file(beside(path, _PART)) as file:
        file.write(content if key is None else seal(content, key))


def _decide(source: sqlite3.Connection, path: Path) -> None:
    """Exchanges the database's file. The old one stays locked until it can no longer be taken for a database."""
    if os.name == "nt":
        source.close()  # Windows renames nothing over an open file
    _exchange(path)
    sync_folder(path.parent)
    overwrite_and_remove(beside(path, _OUTDATED))


def _exchange(path: Path) -> None:
    """Renames the new file over the old one, which keeps a second name: it is still to be overwritten."""
    outdated = beside(path, _OUTDATED)
    if path.exists():
        overwrite_and_remove(outdated)
        try:
            os.link(path, outdated)
        except OSError:  # file systems of USB sticks have no second names
            os.replace(path, outdated)
    os.replace(beside(path, _PART), path)


def _finish(path: Path) -> None:
    """Either undoes what was prepared, or brings it to its end; may be cut off and called again."""
    (first, *others), salt = _read_journal(path)
    if beside(first, _PART).exists():
        _undo(first, others)
    else:
        for target in others:
            if beside(target, _PART).exists():
                _exchange(target)
        for target in (first, *others):
            overwrite_and_remove(beside(target, _OUTDATED))
        if salt is not None and read_salt(first) != salt:  # else it was cut off before anything was prepared
            remove_dated_copies(first)
    beside(path, JOURNAL_SUFFIX).unlink(missing_ok=True)


def _undo(first: Path, others: Sequence[Path]) -> None:
    """Removes the new files, that of the database last, as long as it shows that nothing was decided."""
    for target in others:
        overwrite_and_remove(beside(target, _PART))
    outdated = beside(first, _OUTDATED)
    if outdated.exists() and (not first.exists() or not first.stat().st_size):
        os.replace(outdated, first)
    elif outdated.exists() and outdated.samefile(first):
        outdated.unlink()
    for suffix in (*LOG_SUFFIXES, ""):
        overwrite_and_remove(beside(first, _PART + suffix))


@contextmanager
def _hold_conversion(path: Path) -> Iterator[FileHold]:
    """One process at a time. Raises `StorageError`."""
    with _plain_os_errors(path):
        hold = hold_file(beside(path, LOCK_SUFFIX))
    if hold is None:
        raise StorageError(Message(MessageKey.DATABASE_BEING_CONVERTED))
    try:
        yield hold
    finally:
        hold.release()


@contextmanager
def _lock_out_others(database: Database) -> Iterator[sqlite3.Connection]:
    """A connection of SQLCipher's driver, with no other in any process, and all of the log moved into the file."""
    with closing(open_sqlcipher(_require_file(database), database.key)) as source:
        give_up_s = time.monotonic() + LOCK_TIMEOUT_S
        while not _leave_write_ahead_mode(source):
            if time.monotonic() > give_up_s:
                raise StorageError(Message(MessageKey.DATABASE_LOCKED, database=database.name))
            time.sleep(_LOCK_PAUSE_S)
        source.execute("PRAGMA locking_mode = EXCLUSIVE")  # only now: in this mode SQLite keeps the rollback journal
        yield source


def _leave_write_ahead_mode(source: sqlite3.Connection) -> bool:
    """Whether that could be done: SQLite does not wait for other connections here, whatever its timeout is."""
    try:
        (mode,) = source.execute("PRAGMA journal_mode = DELETE").fetchone()
    except driver_errors() as error:
        if classify_error(error) is ErrorKind.LOCKED:
            return False
        raise
    return bool(mode == "delete")


@contextmanager
def _plain_os_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = str(error.strerror or error)
        raise StorageError(Message(MessageKey.DATABASE_NOT_CONVERTED, database=str(path), reason=reason)) from error


def _require_file(database: Database) -> Path:
    if database.path is None:
        raise StorageError(Message(MessageKey.SERVER_NOT_ENCRYPTED))
    return database.path


def _require_space(targets: Sequence[Path]) -> None:
    """Raises `StorageError` where the disk of the database has no room for a second copy of everything."""
    needed = int(_SPACE_SPARE * sum(target.stat().st_size for target in targets)) + _SPACE_LEAST
    free = shutil.disk_usage(targets[0].parent).free
    if free < needed:
        raise StorageError(
            Message(MessageKey.NO_SPACE_TO_CONVERT, needed_mb=-(-needed // 1_000_000), free_mb=free // 1_000_000)
        )


def _write_journal(path: Path, targets: Sequence[Path]) -> None:
    """Which files, and how the database begins: with another salt once it has another key."""
    with replace_file(beside(path, JOURNAL_SUFFIX)) as file:
        json.dump({"files": [str(target) for target in targets], "salt": read_salt(path).hex()}, file)
    sync_folder(path.parent)


def _read_journal(path: Path) -> tuple[list[Path], bytes | None]:
    """Without the salt, if an earlier version wrote it."""
    journal = json.loads(beside(path, JOURNAL_SUFFIX).read_text(encoding="utf-8"))
    if isinstance(journal, list):
        return [Path(name) for name in journal], None
    return [Path(name) for name in journal["files"]], bytes.fromhex(journal["salt"])
