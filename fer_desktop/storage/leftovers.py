"""Corrections of a lesson reach into those of its rescue files that the database has not taken in.

It may refuse a file that is sound, or this version may be too old for it. Whoever is erased from the lesson would come
back with the file.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import select

from fer_desktop.errors import StorageError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.storage.driver_errors import name_error
from fer_desktop.storage.engine import Database
from fer_desktop.storage.late_corrections import LateCorrection
from fer_desktop.storage.part_file import Part, read_part, write_part
from fer_desktop.storage.rescue import find_rescued, hold_rescued, set_aside
from fer_desktop.storage.schema import Session


@dataclass(slots=True)
class Leftovers:
    """The parts of one recording, by file, in order. `correct` changes the files; it raises `StorageError`.

    Call it before the transaction that changes the database is committed: after a kill in between, nobody would.
    """

    _database: Database
    _parts: dict[Path, Part]

    def correct(self, correction: LateCorrection) -> None:
        """What the files hold of a student who is merged follows when they are taken in."""
        if not self._parts:
            return
        entries = iter(correction.apply_to([entry for part in self._parts.values() for entry in part.entries]))
        last = next(reversed(self._parts), None)
        for path, part in self._parts.items():
            kept = [next(entries) for _ in part.entries] + (list(entries) if path == last else [])
            if tuple(kept) != part.entries:
                self._parts[path] = replace(part, entries=tuple(kept))
                try:
                    write_part(path, self._database.name, self._parts[path], self._database.key)
                except OSError as error:
                    raise _refuse(path, error) from error


@contextmanager
def hold_leftovers(database: Database, session_id: int) -> Iterator[Leftovers]:
    """The rescue files of a session, which nobody takes in during the block. Before a transaction is begun.

    Damaged ones are set aside; every deletion removes those. Raises `StorageError` where one cannot be read now, or
    where somebody records it.
    """
    with database.read() as connection:
        query = select(Session.started_at, Session.recording).where(Session.id == session_id)
        row = connection.execute(query).one_or_none()
    paths = [] if row is None else find_rescued(database, session_id, row.started_at, row.recording)
    with hold_rescued(paths) as held:
        if not held:
            raise StorageError(Message(MessageKey.SESSION_BEING_RECORDED, session=session_id))
        yield Leftovers(database, dict(_read(database, paths)))


def _read(database: Database, paths: list[Path]) -> Iterator[tuple[Path, Part]]:
    for path in paths:
        try:
            yield path, read_part(path, database.key)
        except FileNotFoundError:  # it was taken in before this held it
            continue
        except OSError as error:
            raise _refuse(path, error) from error
        except ValueError as error:
            set_aside(path, error)


def _refuse(path: Path, error: OSError) -> StorageError:
    return StorageError(Message(MessageKey.RESCUE_FILE_UNCHANGED, path=str(path), reason=name_error(error)))
