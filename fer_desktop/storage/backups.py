"""Dated copies of a database file in a folder beside it: made, checked, thinned out, and dropped after a deletion.

docs/adr/0017-damage-and-backups.md has the reasons.
"""

import os
import re
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from glob import escape
from pathlib import Path
from typing import Final

from fer_desktop.errors import StorageError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.storage.checked_copy import PART_SUFFIX, write_checked_copy
from fer_desktop.storage.driver_errors import describe_error
from fer_desktop.storage.engine import Database
from fer_desktop.storage.locks import find_locks
from fer_desktop.storage.logs import LOG_SUFFIXES, logs_set_aside
from fer_desktop.storage.migrate import backup_files
from fer_desktop.storage.sqlite_driver import driver_errors
from fer_desktop.storage.unfinished import remove_unfinished
from fer_desktop.system.file_hold import hold_file
from fer_desktop.system.files import beside, read_small_file, replace_file
from fer_desktop.system.folders import make_private_folder
from fer_desktop.system.overwriting import overwrite_and_remove

DAYS_KEPT: Final = 5
DAMAGED_KEPT: Final = 2
REMOVAL_WAIT_S: Final = 60.0
_POLL_S: Final = 0.05
_LOCK: Final = "in-progress.lock"
_ROOM_LEFT_MB: Final = 200
_NAME: Final = re.compile(r"(\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-\d{6})Z\.sqlite")
_TIME: Final = "%Y-%m-%dT%H-%M-%S-%f"
_MAX_REASON_BYTES: Final = 10_000
_DAMAGED: Final = "damaged-"
_MISSED: Final = ".backup-missed.json"
OTHERS_BACK_UP: Final = frozenset({MessageKey.BACKUP_WHILE_RECORDING, MessageKey.BACKUP_IN_PROGRESS})
"""Another program makes the backup of the day when it has finished."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A checked copy. `made_at`: UTC. `size`: bytes."""

    path: Path
    made_at: datetime
    size: int


def list_backups(database: Database) -> list[Backup]:
    """The copies beside the database, the newest first; none of a database on a server."""
    if database.path is None:
        return []
    found = []
    with suppress(OSError):
        for path in _folder(database.path).iterdir():
            match = _NAME.fullmatch(path.name)
            if match is not None:
                made_at = datetime.strptime(match[1], _TIME).replace(tzinfo=UTC)
                found.append(Backup(path, made_at, path.stat().st_size))
    return sorted(found, key=lambda backup: backup.made_at, reverse=True)


def back_up(database: Database, *, now: datetime | None = None) -> Backup:
    """Adds a checked copy to those beside the database, and removes those of too many days. Raises `StorageError`.

    A damaged state becomes no backup and replaces none. Nor does one in which a session is recorded: a student who is
    erased from it would stay in the copy.
    """
    path = _require_file(database)
    with hold_backups(path):
        require_no_session(database, MessageKey.BACKUP_WHILE_RECORDING)
        return _add(database, path, now or datetime.now(UTC))


def back_up_if_due(database: Database, *, now: datetime | None = None) -> Backup | None:
    """As `back_up`, unless there is one of today (local time) already."""
    now = now or datetime.now(UTC)
    if database.path is None or any(_day(backup.made_at) == _day(now) for backup in list_backups(database)):
        return None
    return back_up(database, now=now)


def note_missed(database: Database, reason: Message) -> None:
    """Keeps why the backup of the day was not made, for the next start, until one is made. Never raises."""
    if database.path is None or database.damaged.is_set() or reason.key in OTHERS_BACK_UP:
        return
    with suppress(OSError), replace_file(beside(database.path, _MISSED)) as file:
        file.write(reason.to_json())


def read_missed(database: Database) -> Message | None:
    """Why no backup has been made since; None where there is nothing to report."""
    if database.path is not None:
        with suppress(OSError, ValueError, RecursionError):  # a newer version's, or a damaged one
            return Message.from_json(read_small_file(beside(database.path, _MISSED), _MAX_REASON_BYTES).decode())
    return None


def copy_database(database: Database, target: Path) -> None:
    """Writes a checked copy to a file of the user's choice, as a whole or not at all. Raises `StorageError`."""
    path = _require_file(database)
    with _backup_errors(target):
        write_checked_copy(path, target, database.key)


def require_no_session(database: Database, key: MessageKey) -> None:
    """Raises `StorageError` with `key` where a session is recorded, in this process or in another."""
    for path in find_locks(database):
        hold = hold_file(path)
        if hold is None:
            raise StorageError(Message(key))
        hold.release()


@contextmanager
def hold_backups(path: Path, *, wait_s: float = 0.0) -> Iterator[None]:
    """One backup, restore or removal at a time, in all processes. `path`: the database. Raises `StorageError`."""
    folder = _folder(path)
    end_s = time.monotonic() + wait_s
    with _backup_errors(folder):
        make_private_folder(folder)
        while (hold := hold_file(folder / _LOCK)) is None and time.monotonic() < end_s:
            time.sleep(_POLL_S)
    if hold is None:
        raise StorageError(Message(MessageKey.BACKUP_IN_PROGRESS))
    try:
        with _backup_errors(folder):
            for part in folder.glob(f"*{PART_SUFFIX}*"):
                part.unlink(missing_ok=True)
            yield
    finally:
        hold.release()


def keep_present_state(database: Database, path: Path) -> Path:
    """A copy of the database before it is replaced; a damaged one as it is, with its log. Within `hold_backups`.

    Returns the copy.
    """
    now = datetime.now(UTC)
    if not database.damaged.is_set():
        try:
            return _add(database, path, now).path
        except StorageError as error:
            if error.message.key is not MessageKey.DATABASE_DAMAGED:
                raise
    return _keep_damaged(path, now)


def remove_copies(database: Database) -> None:
    """Removes every copy that the program made: after a deletion they would keep what was deleted.

    Waits for a backup in progress. Raises `StorageError`.
    """
    if database.path is None:
        remove_unfinished(None)
        return
    remove_dated_copies(database.path, remove=_unlink)
    _remove_all(backup_files(database), _unlink)


def remove_dated_copies(path: Path, *, remove: Callable[[Path], None] = overwrite_and_remove) -> None:
    """As `remove_copies`, but for those made before upgrades, which get another key together with the database."""
    remove_unfinished(path)
    if _folder(path).is_dir():
        with hold_backups(path, wait_s=REMOVAL_WAIT_S):
            _remove_all(_folder(path).glob("*.sqlite*"), remove)
    part = part_of_restore(path)
    _remove_all([*part.parent.glob(f"{escape(part.name)}*"), *logs_set_aside(path)], remove)


def _unlink(path: Path) -> None:
    path.unlink(missing_ok=True)


def _remove_all(copies: Iterable[Path], remove: Callable[[Path], None]) -> None:
    for copy in copies:
        try:
            remove(copy)
        except OSError as error:
            message = Message(MessageKey.BACKUP_NOT_REMOVED, path=str(copy), reason=str(error.strerror))
            raise StorageError(message) from error


def _folder(path: Path) -> Path:
    return beside(path, ".backups")


def _day(moment: datetime) -> date:
    return moment.astimezone().date()


def _require_file(database: Database) -> Path:
    if database.path is None:
        raise StorageError(Message(MessageKey.BACKUP_OF_SERVER, database=database.name))
    return database.path


def _add(database: Database, path: Path, now: datetime) -> Backup:
    target = _folder(path) / f"{now.astimezone(UTC):{_TIME}}Z.sqlite"
    with _backup_errors(target):
        room_mb = shutil.disk_usage(target.parent).free / 1e6
        if room_mb < path.stat().st_size / 1e6 + _ROOM_LEFT_MB:
            raise StorageError(Message(MessageKey.BACKUP_WITHOUT_ROOM, path=str(target.parent), free_mb=round(room_mb)))
        try:
            write_checked_copy(path, target, database.key)
        except StorageError:
            database.damaged.set()
            raise
        backup = Backup(target, now, target.stat().st_size)
        beside(path, _MISSED).unlink(missing_ok=True)
        _thin_out(database, backup)
        return backup


def _thin_out(database: Database, just_made: Backup) -> None:
    """Keeps the newest backup of each of the newest days. `just_made` is one, even if a clock was set back since."""
    days = [_day(just_made.made_at)]
    for backup in list_backups(database):
        if backup.path == just_made.path:
            continue
        day = _day(backup.made_at)
        if day in days or len(days) == DAYS_KEPT:
            backup.path.unlink()
        else:
            days.append(day)


def _keep_damaged(path: Path, now: datetime) -> Path:
    folder = _folder(path)
    kept = folder / f"{_DAMAGED}{now:{_TIME}}Z.sqlite"
    older = sorted(folder.glob(f"{_DAMAGED}*.sqlite"), reverse=True)[DAMAGED_KEPT - 1 :]
    for copy in [each for stem in older for each in folder.glob(f"{stem.name}*")]:
        copy.unlink(missing_ok=True)
    for suffix in ("", *LOG_SUFFIXES):
        if beside(path, suffix).exists():
            _copy_privately(beside(path, suffix), beside(kept, suffix))
    return kept


def _copy_privately(source: Path, target: Path) -> None:
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT, 0o600))
    shutil.copyfile(source, target)


def part_of_restore(path: Path) -> Path:
    """The file in which a restore prepares the database; a kill may leave it."""
    return beside(path, f".restored{PART_SUFFIX}")


@contextmanager
def _backup_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = str(error.strerror or error)
        raise StorageError(Message(MessageKey.BACKUP_NOT_MADE, path=str(path), reason=reason)) from error
    except driver_errors() as error:
        raise StorageError(Message(MessageKey.BACKUP_NOT_MADE, path=str(path), reason=describe_error(error))) from error
