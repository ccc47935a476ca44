"""Rescue files: what a session could not write into its database, kept elsewhere until the next start takes it in.

A file is one part of a session: JSON lines, a header, the entries in order, and a last line without which the file is
incomplete. That of an encrypted database is encrypted as a whole. It is written under another name and renamed once it
is on the disk. It contains rows, from which all that the session must not store has been left out, and only its owner
may read it.

While parts are taken in, the database has the table `rescues`: a part and its mark are one transaction, so that a crash
before the file is removed does not store it twice.
"""

import hashlib
import json
import logging
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import Column, Connection, Integer, MetaData, String, Table, delete, func, insert, inspect, select

from fer_desktop.encryption.key import DatabaseKey
from fer_desktop.encryption.sealed_file import is_sealed, seal, unseal
from fer_desktop.messages import Message
from fer_desktop.storage.engine import Database
from fer_desktop.storage.entries import Entry, mark_ended, read_known_students, strip_erased, write_entries
from fer_desktop.storage.locks import FileHold, hold_file
from fer_desktop.storage.schema import Session
from fer_desktop.storage.values import NewSession
from fer_desktop.system.files import replace_binary_file
from fer_desktop.system.folders import data_folder, make_private_folder

_log = logging.getLogger(__name__)

FORMAT_VERSION: Final = 1
_FORMAT: Final = "fer-desktop rescue"
_PREFIX: Final = "rescue"

_marks = Table(
    "rescues",
    MetaData(),
    Column("recording", String(32), primary_key=True),
    Column("part", Integer, primary_key=True, autoincrement=False),
    Column("session_id", Integer, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Part:
    """A rescue file's contents. `recording`: names the recording; `part`: counts its files from 1.

    `session_id`: None if the session had not begun in the database. `seconds`: how many it holds. `interrupted`: set in
    the last part of a session that was closed.
    """

    recording: str
    part: int
    session_id: int | None
    session: NewSession
    entries: tuple[Entry, ...]
    interrupted: bool | None = None

    @property
    def seconds(self) -> int:
        """The number of seconds in it."""
        return count_seconds(self.entries)


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What the parts of one recording became. `seconds`: how many were new. `crashed`: nothing had ended it."""

    session_id: int
    seconds: int
    crashed: bool


class RescueFiles:
    """The rescue files of one recording in progress; used by one thread at a time."""

    def __init__(self, database: Database, session: NewSession) -> None:
        self._database = database
        self._session = session
        self._recording = uuid4().hex
        self._count = 0
        self._paths: list[tuple[Path, int]] = []
        self._hold: FileHold | None = None

    @property
    def newest(self) -> Path | None:
        """The newest file; None if there are none, or all were taken in."""
        return self._paths[-1][0] if self._paths else None

    @property
    def seconds(self) -> int:
        """How many seconds are in the files."""
        return sum(seconds for _, seconds in self._paths)

    def spill(self, entries: Sequence[Entry], session_id: int | None, *, interrupted: bool | None = None) -> None:
        """Writes a part, without what an erasure in it concerns, into the first folder that takes it.

        Raises `OSError` if none does.
        """
        if any(entry.correction is not None and entry.correction.into is None for entry in entries):
            self._strip_earlier_parts(entries)
        kept = tuple(strip_erased(entries))
        part = Part(self._recording, self._count + 1, session_id, self._session, kept, interrupted)
        path = self._write(part)
        self._count += 1
        self._paths.append((path, part.seconds))

    def take_in(self, connection: Connection, session_id: int) -> int:
        """Writes the parts into the database and removes them; returns how many seconds these were.

        Raises `OSError` or `ValueError` for a file that cannot be read any more.
        """
        if not self._paths:
            return 0
        seconds = 0
        while self._paths:
            path, part_seconds = self._paths[0]
            part = _read_part(path, self._database.key)
            with connection.begin():
                if not _is_marked(connection, part):
                    _write_part(connection, part, session_id)
            path.unlink(missing_ok=True)
            self._paths.pop(0)
            seconds += part_seconds
        with connection.begin():
            _drop_marks(connection, self._recording)
        return seconds

    def _strip_earlier_parts(self, entries: Sequence[Entry]) -> None:
        later = list(entries)
        for path, _ in reversed(self._paths):
            part = _read_part(path, self._database.key)
            later = strip_erased([*part.entries, *later])
            kept = tuple(later[: len(part.entries)])
            if kept != part.entries:
                _write_part_file(path, self._database, replace(part, entries=kept))

    def release(self) -> None:
        """Leaves the files to the next start."""
        if self._hold is not None:
            self._hold.release()

    def _write(self, part: Part) -> Path:
        failure: OSError | None = None
        for folder in rescue_folders():
            path = folder / f"{_PREFIX}-{_database_key(self._database)}-{part.recording}-{part.part:05}.jsonl"
            try:
                _require_private(folder)
                if self._hold is None:
                    self._hold = hold_file(_hold_path(path))
                _write_part_file(path, self._database, part)
            except OSError as error:
                failure = failure or error
            else:
                return path
        raise failure or OSError("there is no folder for rescue files")


def rescue_folders() -> tuple[Path, ...]:
    """Where rescue files may be: the program's data folder, else the system's temporary folder."""
    user = f"-{os.getuid()}" if hasattr(os, "getuid") else ""
    return data_folder() / "rescue", Path(tempfile.gettempdir()) / f"fer-desktop-rescue{user}"


def rescue_files(database: Database) -> list[Path]:
    """The rescue files of this database."""
    return [path for paths in _find_files(database).values() for path in paths]


def rescue_locks(database: Database) -> list[Path]:
    """The files that recorders with rescue files hold locked while they live."""
    return [lock for paths in _find_files(database).values() if (lock := _hold_path(paths[0])).exists()]


def count_seconds(entries: Sequence[Entry]) -> int:
    """How many entries are seconds, not events or corrections."""
    return sum(entry.seconds > 0 for entry in entries)


def take_in_rescued(database: Database) -> Iterator[TakenIn]:
    """Takes in the rescue files of this database that no living recorder holds, one recording after the other.

    What cannot be taken in, because of the file or of the database, is left where it is and logged.
    """
    for recording, paths in _find_files(database).items():
        try:
            taken = _take_in_unless_held(database, recording, paths)
        except Exception as error:  # noqa: BLE001 - no rescue file may keep the database from being opened
            _log.warning("rescue files of the recording %s could not be taken in: %s", recording, error)
            continue
        if taken is not None:
            yield taken


def discard_rescued(database: Database, session_id: int, started_at: datetime) -> None:
    """Removes the files of a session that is deleted. Raises `OSError`."""
    for paths in _find_files(database).values():
        for path in paths:
            part = _try_read_part(path, database.key)
            if part is not None and (part.session_id, part.session.started_at) == (session_id, started_at):
                path.unlink(missing_ok=True)


def _take_in_unless_held(database: Database, recording: str, paths: list[Path]) -> TakenIn | None:
    hold = hold_file(_hold_path(paths[0]))
    if hold is None:
        return None
    try:
        return _take_in_recording(database, recording, paths)
    finally:
        hold.release()


def _take_in_recording(database: Database, recording: str, paths: list[Path]) -> TakenIn | None:
    taken: TakenIn | None = None
    for path in paths:
        part = _try_read_part(path, database.key)
        if part is None:
            continue
        with database.write() as connection:
            if not _is_marked(connection, part):
                session_id = _find_or_begin(connection, part)
                _write_part(connection, part, session_id)
                mark_ended(connection, session_id, part.session.started_at, interrupted=part.interrupted is not False)
                seconds = part.seconds + (taken.seconds if taken else 0)
                taken = TakenIn(session_id, seconds, crashed=part.interrupted is None)
        path.unlink(missing_ok=True)
    with database.write() as connection:
        _drop_marks(connection, recording)
    return taken


def _find_or_begin(connection: Connection, part: Part) -> int:
    """The session's number in this database. A database that does not have it, as one put in its place, gets it.

    It may have begun after the part was written: then its start, to the microsecond, identifies it.
    """
    marked = None
    if inspect(connection).has_table(_marks.name):
        marked = connection.scalar(select(_marks.c.session_id).where(_marks.c.recording == part.recording).limit(1))
    session_id = part.session_id if marked is None else marked
    query = select(Session.id).where(Session.started_at == part.session.started_at)
    if session_id is not None:
        query = query.where(Session.id == session_id)
    found = connection.scalar(query.limit(1))
    return int(found) if found is not None else insert_session(connection, part.session)


def insert_session(connection: Connection, session: NewSession) -> int:
    """Inserts a new session; returns its number."""
    values = {field.name: getattr(session, field.name) for field in fields(session)}
    new_id = insert(Session).values(**values, seconds=0, interrupted=False).returning(Session.id)
    return int(connection.execute(new_id).scalar_one())


def _write_part(connection: Connection, part: Part, session_id: int) -> None:
    """Writes a part and its mark."""
    write_entries(connection, session_id, part.entries, read_known_students(connection, session_id))
    _marks.create(connection, checkfirst=True)
    connection.execute(insert(_marks).values(recording=part.recording, part=part.part, session_id=session_id))


def _is_marked(connection: Connection, part: Part) -> bool:
    if not inspect(connection).has_table(_marks.name):
        return False
    same = (_marks.c.recording == part.recording, _marks.c.part == part.part)
    return connection.scalar(select(_marks.c.part).where(*same)) is not None


def _drop_marks(connection: Connection, recording: str) -> None:
    """Once the files are gone; the table goes with the last mark."""
    if not inspect(connection).has_table(_marks.name):
        return
    connection.execute(delete(_marks).where(_marks.c.recording == recording))
    if not connection.scalar(select(func.count()).select_from(_marks)):
        _marks.drop(connection)


def _find_files(database: Database) -> dict[str, list[Path]]:
    """The files of this database by recording, in the order of their parts."""
    found: dict[str, list[Path]] = {}
    for folder in rescue_folders():
        with suppress(OSError):
            _require_private(folder, make=False)
            for path in folder.glob(f"{_PREFIX}-{_database_key(database)}-*-*.jsonl"):
                found.setdefault(path.stem.split("-")[2], []).append(path)
    return {recording: sorted(paths, key=lambda path: path.name) for recording, paths in found.items()}


def _database_key(database: Database) -> str:
    name = database.name if database.path is None else str(database.path.resolve())
    return hashlib.sha256(name.encode()).hexdigest()[:16]


def _hold_path(path: Path) -> Path:
    """The file that the recorder of a part holds locked while it lives."""
    return path.with_name(f"{path.stem.rsplit('-', 1)[0]}.lock")


def _require_private(folder: Path, *, make: bool = True) -> None:
    """Raises `OSError` unless the folder is this user's own: anybody may create one in the temporary folder."""
    if make:
        make_private_folder(folder)
    status = folder.lstat()
    if hasattr(os, "getuid") and (folder.is_symlink() or status.st_uid != os.getuid() or status.st_mode & 0o022):
        raise PermissionError(f"others may write in {folder}")


def _write_part_file(path: Path, database: Database, part: Part) -> None:
    lines = (json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in _to_lines(database, part))
    content = "".join(lines).encode()
    with replace_binary_file(path) as file:
        file.write(content if database.key is None else seal(content, database.key))


def _to_lines(database: Database, part: Part) -> Iterator[dict[str, Any]]:
    session = {field.name: getattr(part.session, field.name) for field in fields(part.session)}
    session |= {"started_at": part.session.started_at.isoformat(), "source": part.session.source.to_json()}
    yield {
        "format": _FORMAT,
        "version": FORMAT_VERSION,
        "database": database.name,
        "recording": part.recording,
        "part": part.part,
        "session_id": part.session_id,
        "session": session,
    }
    for entry in part.entries:
        yield entry.to_plain()
    yield {"entries": len(part.entries), "interrupted": part.interrupted}


def _read_part(path: Path, key: DatabaseKey | None) -> Part:
    """Raises `ValueError` for what is no complete part of this version, `OSError` if it cannot be read."""
    content = path.read_bytes()
    if key is not None and is_sealed(content):
        content = unseal(content, key)
    try:
        header, *entries, end = (json.loads(line) for line in content.decode().rstrip("\n").split("\n"))
        if (header["format"], header["version"], end["entries"]) != (_FORMAT, FORMAT_VERSION, len(entries)):
            raise ValueError(f"{path} is incomplete or of another version")
        started_at = datetime.fromisoformat(header["session"]["started_at"])
        source = Message.from_json(header["session"]["source"])
        session = NewSession(**header["session"] | {"started_at": started_at, "source": source})
        rows = tuple(Entry.from_plain(entry) for entry in entries)
        return Part(header["recording"], header["part"], header["session_id"], session, rows, end["interrupted"])
    except (KeyError, TypeError) as error:
        raise ValueError(f"{path} is no rescue file") from error


def _try_read_part(path: Path, key: DatabaseKey | None) -> Part | None:
    try:
        return _read_part(path, key)
    except (OSError, ValueError) as error:
        _log.warning("the rescue file %s cannot be read and stays where it is: %s", path, error)
        return None
