"""Rescue files: what a session could not write into its database, kept elsewhere until the database takes it in.

They contain rows, from which all that the session must not store has been left out. Entries are numbered, and a session
knows how many it holds, so that none is stored twice however often a file is taken in.
"""

import hashlib
import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, fields, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, insert, select, update

from fer_desktop.encryption.key import DatabaseKey
from fer_desktop.errors import StorageError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.storage.cut_off import is_conversion_unfinished
from fer_desktop.storage.driver_errors import name_error
from fer_desktop.storage.engine import Database
from fer_desktop.storage.entries import Entry, mark_ended, read_known_students, strip_erased, write_numbered
from fer_desktop.storage.late_corrections import correct_late, is_deleted
from fer_desktop.storage.part_file import Part, extend_part, read_database_name, read_part, write_part
from fer_desktop.storage.queries import lock_session_row
from fer_desktop.storage.schema import Session
from fer_desktop.storage.values import NewSession
from fer_desktop.system.file_hold import FileHold, hold_file
from fer_desktop.system.files import beside
from fer_desktop.system.folders import data_folder, require_own_folder, temporary_folder

_log = logging.getLogger(__name__)

PART_LIMIT: Final = 600
"""Entries of a file: ten minutes, some 6 MB for 49 students, are read at a time."""
_PREFIX: Final = "rescue"
_SUFFIX: Final = ".jsonl"
_DAMAGED: Final = ".damaged"


@dataclass(slots=True)
class _OwnPart:
    """A file of the recording in progress."""

    path: Path
    first: int
    end: int
    size: int


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What the parts of one recording became. `seconds`: how many were new. `crashed`: nothing had ended it."""

    session_id: int
    seconds: int
    crashed: bool


class RescueFiles:
    """The rescue files of one recording in progress. Any thread; calls wait for each other."""

    def __init__(self, database: Database, session: NewSession, recording: str) -> None:
        self._database = database
        self._session = session
        self._recording = recording
        self._count = 0
        self._parts: list[_OwnPart] = []
        self._holds: dict[Path, FileHold] = {}
        self._released = False
        self._lock = threading.Lock()

    @property
    def newest(self) -> Path | None:
        """The newest file; None if there are none, or all were taken in. Waits for nothing."""
        parts = self._parts[-1:]
        return parts[0].path if parts else None

    @property
    def end(self) -> int:
        """The number after that of the last entry in the files; 0 without any. Waits for nothing."""
        parts = self._parts[-1:]
        return parts[0].end if parts else 0

    def spill(self, first: int, entries: Sequence[Entry], *, interrupted: bool | None = None) -> None:
        """Adds entries, numbered from `first`, to the newest file that takes them, without what an erasure concerns.

        `interrupted`: set at the end of the session. Raises `OSError` if no folder takes them, `ValueError` if an
        earlier file, from which a student has to be erased, is damaged.
        """
        with self._lock:
            self._require_own_key()
            if any(entry.correction is not None and entry.correction.into is None for entry in entries):
                self._strip_earlier_parts(entries)
            kept = tuple(strip_erased(entries))
            if not self._extend_newest(first, kept, interrupted):
                self._parts.append(self._write_part(first, kept, interrupted))

    def spill_earlier(self, read_released: Callable[[], Sequence[Entry]]) -> None:
        """Puts the entries before those in the files into files too, without students who were erased since.

        `read_released`: all entries, from the first, but those in memory. Raises as `spill`.
        """
        with self._lock:
            if self._parts and not self._parts[0].first:
                return
            self._require_own_key()
            released = read_released()
            until = self._parts[0].first if self._parts else len(released)
            earlier = strip_erased(released)[:until]
            starts = range(0, until, PART_LIMIT)
            self._parts[:0] = [self._write_part(at, tuple(earlier[at : at + PART_LIMIT]), None) for at in starts]

    def take_in(self, connection: Connection, session_id: int) -> None:
        """Writes the parts into the database and removes them; none once they were released.

        Raises `OSError` or `ValueError` for a file that cannot be read any more.
        """
        with self._lock:
            while self._parts and not self._released:
                part = read_part(self._parts[0].path, self._database.key)
                with connection.begin():
                    _write_part_rows(connection, part, session_id)
                self._parts[0].path.unlink(missing_ok=True)
                self._parts.pop(0)

    def discard(self) -> None:
        """Removes files whose entries are all stored. Never raises: the next start removes what stays."""
        with self._lock, suppress(OSError):
            while self._parts:
                self._parts[0].path.unlink(missing_ok=True)
                self._parts.pop(0)

    def release(self) -> None:
        """Leaves the files to whoever takes them in next."""
        self._released = True
        for hold in self._holds.values():
            hold.release()

    def _require_own_key(self) -> None:
        """Raises `OSError` where the database has another key by now, or is being given one."""
        path = self._database.path
        if self._database.key_changed.is_set() or (path is not None and is_conversion_unfinished(path)):
            raise OSError("rescue files would not be encrypted as the database is")

    def _strip_earlier_parts(self, entries: Sequence[Entry]) -> None:
        later = list(entries)
        for own in reversed(self._parts):
            part = read_part(own.path, self._database.key)
            later = strip_erased([*part.entries, *later])
            kept = tuple(later[: len(part.entries)])
            if kept != part.entries:
                whole = replace(part, entries=kept)
                own.size = write_part(own.path, self._database.name, whole, self._database.key)

    def _extend_newest(self, first: int, entries: tuple[Entry, ...], interrupted: bool | None) -> bool:
        """Whether there is a newest file that could take them."""
        newest = self._parts[-1] if self._parts else None
        if newest is None or newest.end != first or newest.end - newest.first >= PART_LIMIT:
            return False
        try:
            newest.size = extend_part(
                newest.path, newest.size, entries, interrupted=interrupted, key=self._database.key
            )
        except OSError as error:
            _log.debug("the rescue file %s takes no more: %s", newest.path, error)
            return False
        newest.end = first + len(entries)
        return True

    def _write_part(self, first: int, entries: tuple[Entry, ...], interrupted: bool | None) -> _OwnPart:
        """Writes a new file. Its name, by the number of its first entry, shows its place among the others."""
        part = Part(self._recording, self._count + 1, first, self._session, entries, interrupted)
        failure: OSError | None = None
        for folder in rescue_folders():
            path = folder / _name_part(self._database, part.recording, f"{first:09}{_SUFFIX}")
            try:
                require_own_folder(folder)
                if folder not in self._holds and (hold := hold_file(_hold_path(path))) is not None:
                    self._holds[folder] = hold
                size = write_part(path, self._database.name, part, self._database.key)
            except OSError as error:
                failure = failure or error
            else:
                self._count += 1
                return _OwnPart(path, first, first + len(entries), size)
        raise failure or OSError("there is no folder for rescue files")


def rescue_folders() -> tuple[Path, ...]:
    """Where rescue files may be: the program's data folder, else the system's temporary folder."""
    return data_folder() / "rescue", temporary_folder("rescue")


def rescue_files(database: Database) -> list[Path]:
    """The rescue files of this database, damaged ones too."""
    return [path for paths in _find_files(database, damaged=True).values() for path in paths]


def rescue_locks(database: Database) -> list[Path]:
    """The files that recorders with rescue files hold locked while they live."""
    locks = {_hold_path(path) for path in rescue_files(database)}
    return sorted(lock for lock in locks if lock.exists())


def take_in_rescued(database: Database) -> Iterator[TakenIn]:
    """Takes in the rescue files of this database that no living recorder holds, one recording after the other.

    What cannot be taken in, because of the file or of the database, is left where it is and logged.
    """
    for recording, paths in _find_files(database).items():
        try:
            taken = _take_in_unless_held(database, paths)
        except Exception as error:  # noqa: BLE001 - no rescue file may keep the database from being opened
            reason = name_error(error)
            _log.warning("rescue files of the recording %s could not be taken in: %s", recording, reason)
            continue
        if taken is not None:
            yield taken


def adopt_moved(database: Database) -> None:
    """Gives the files of its sessions that are named after another place, from which it was moved, its present name.

    Those of a database that is still at that place stay, as this may be a copy of it. Never raises.
    """
    try:
        moved = _find_moved(database)
        for paths in moved:
            with hold_rescued(paths) as held:
                for path in paths if held else ():
                    _, _, recording, rest = path.name.split("-", 3)
                    path.rename(path.with_name(_name_part(database, recording, rest)))
    except (OSError, StorageError) as error:
        _log.warning("rescue files under the former place of %s stay there: %s", database.name, name_error(error))


def has_rescued(database: Database) -> bool:
    """Whether there are rescue files of this database, held or not."""
    return bool(_find_files(database))


def discard_rescued(database: Database, session_id: int, started_at: datetime | None, recording: str | None) -> None:
    """Removes the files of a session that is deleted. Raises `StorageError`."""
    _remove(find_rescued(database, session_id, started_at, recording, damaged=True))


def find_rescued(
    database: Database, session_id: int, started_at: datetime | None, recording: str | None, *, damaged: bool = False
) -> list[Path]:
    """The rescue files of a session, in order; with `damaged` those that were set aside, too."""
    return [
        path
        for of_recording, paths in _find_files(database, damaged=damaged).items()
        for path in paths
        if of_recording == recording or _is_older_part_of(path, session_id, started_at, database.key)
    ]


@contextmanager
def hold_rescued(paths: Iterable[Path]) -> Iterator[bool]:
    """Keeps others from taking the files in; False where a living process holds one. Raises `OSError`."""
    with ExitStack() as stack:
        for hold_path in sorted({_hold_path(path) for path in paths}):
            hold = hold_file(hold_path)
            if hold is None:
                yield False
                return
            stack.callback(hold.release)
        yield True


def discard_damaged(database: Database) -> None:
    """Removes damaged files, whosever they are: they may hold what was just deleted. Raises `StorageError`."""
    _remove(path for path in rescue_files(database) if path.suffix == _DAMAGED)


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            message = Message(MessageKey.RESCUE_FILE_NOT_REMOVED, path=str(path), reason=str(error.strerror))
            raise StorageError(message) from error


def _is_older_part_of(path: Path, session_id: int, started_at: datetime | None, key: DatabaseKey | None) -> bool:
    """Whether it is a file of version 1 that belongs to the session."""
    try:
        part = read_part(path, key)
    except (OSError, ValueError):
        return False
    return part.first is None and (part.session_id, part.session.started_at) == (session_id, started_at)


def _take_in_unless_held(database: Database, paths: list[Path]) -> TakenIn | None:
    with hold_rescued(paths) as held:
        return _take_in_recording(database, paths) if held else None


def _take_in_recording(database: Database, paths: list[Path]) -> TakenIn | None:
    taken: TakenIn | None = None
    for path in paths:
        try:
            part = read_part(path, database.key)
        except ValueError as error:
            set_aside(path, error)
            continue
        with database.write() as connection:
            if not path.exists():  # its session was deleted while this waited for the lock
                continue
            if is_deleted(connection, part.recording):  # by a program that could not reach this file
                path.unlink()
                continue
            session_id = find_or_insert_session(connection, part.session, part.recording, older_part=part)
            seconds = _write_part_rows(connection, part, session_id)
            mark_ended(connection, session_id, part.session.started_at, interrupted=part.interrupted is not False)
        seconds += taken.seconds if taken else 0
        taken = TakenIn(session_id, seconds, crashed=part.interrupted is None)
        path.unlink(missing_ok=True)
    return taken


def set_aside(path: Path, error: ValueError) -> None:
    """Renames a damaged file: later parts are taken in, and this one cannot be any more."""
    aside = beside(path, _DAMAGED)
    with suppress(OSError):
        path = path.rename(aside)
    _log.warning("the rescue file %s is damaged and stays where it is: %s", path, name_error(error))


def find_or_insert_session(
    connection: Connection, session: NewSession, recording: str, *, older_part: Part | None = None
) -> int:
    """The number of the recording's session; a database that does not have it, as one put in its place, gets it.

    A part of version 1 finds it by its start, to the microsecond, and its number where that was known.
    """
    found = connection.scalar(select(Session.id).where(Session.recording == recording))
    if found is None and older_part is not None and older_part.first is None:
        query = select(Session.id).where(Session.started_at == session.started_at, Session.recording.is_(None))
        if older_part.session_id is not None:
            query = query.where(Session.id == older_part.session_id)
        found = connection.scalar(query.limit(1))
        if found is not None:
            connection.execute(update(Session).where(Session.id == found).values(recording=recording))
    if found is not None:
        return int(found)
    values = {field.name: getattr(session, field.name) for field in fields(session)}
    values |= {"seconds": 0, "interrupted": False, "recording": recording, "entries": 0}
    return int(connection.execute(insert(Session).values(**values).returning(Session.id)).scalar_one())


def _write_part_rows(connection: Connection, part: Part, session_id: int) -> int:
    """How many seconds were new. What the teacher corrected meanwhile, on another computer, is corrected in them."""
    lock_session_row(connection, session_id)
    first = part.first
    if first is None:
        first = connection.scalar(select(Session.entries).where(Session.id == session_id)) or 0
    entries, corrections = correct_late(connection, session_id, part.entries)
    known = read_known_students(connection, session_id)
    known, seconds = write_numbered(connection, session_id, first, entries, known)
    for correction in corrections:
        known = correction.apply(connection, session_id, known)
    return seconds


def _find_files(database: Database, *, damaged: bool = False) -> dict[str, list[Path]]:
    """The files of this database by recording, in the order of their parts."""
    found: dict[str, list[Path]] = {}
    for path in _list_files(_database_key(database)):
        if path.suffix == _SUFFIX or (damaged and path.suffix == _DAMAGED):
            found.setdefault(path.name.split("-")[2], []).append(path)
    return {recording: sorted(paths, key=lambda path: path.name) for recording, paths in found.items()}


def _list_files(key: str) -> Iterator[Path]:
    """Of the database of that key, or of any for "*": those in folders that nobody else can write into."""
    for folder in rescue_folders():
        with suppress(OSError):
            require_own_folder(folder, make=False)
            yield from folder.glob(f"{_PREFIX}-{key}-*-*{_SUFFIX}*")


def _find_moved(database: Database) -> list[list[Path]]:
    """The files of each recording that were named after another place, by folder."""
    found: dict[tuple[Path, str], list[Path]] = {}
    for path in sorted(_list_files("*")):
        _, key, recording, _ = path.name.split("-", 3)
        if key != _database_key(database) and path.suffix in (_SUFFIX, _DAMAGED):
            found.setdefault((_hold_path(path), recording), []).append(path)
    if not found:
        return []
    query = select(Session.recording).where(Session.recording.in_({recording for _, recording in found}))
    with database.read() as connection:
        own_recordings = set(connection.scalars(query))
    return [
        paths
        for (_, recording), paths in found.items()
        if recording in own_recordings and not any(_belongs_elsewhere(path, database) for path in paths)
    ]


def _belongs_elsewhere(path: Path, database: Database) -> bool:
    """Whether the database that the file names is still there, and is another one; also where that cannot be read.

    A file that was set aside as damaged only waits for a deletion.
    """
    if path.suffix == _DAMAGED:
        return False
    try:
        place = Path(read_database_name(path, database.key))
        return place.exists() and (database.path is None or not place.samefile(database.path))
    except (OSError, ValueError):
        return True


def _name_part(database: Database, recording: str, rest: str) -> str:
    return f"{_PREFIX}-{_database_key(database)}-{recording}-{rest}"


def _database_key(database: Database) -> str:
    name = database.name if database.path is None else str(database.path.resolve())
    return hashlib.sha256(name.encode()).hexdigest()[:16]


def _hold_path(path: Path) -> Path:
    """The file that the recorder of a part holds locked while it lives."""
    return path.with_name(f"{path.stem.rsplit('-', 1)[0]}.lock")
