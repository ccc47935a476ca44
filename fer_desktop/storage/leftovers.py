"""Corrections of a lesson reach into those of its rescue files that the database has not taken in.

It may refuse a file that is sound, or this version may be too old for it. Whoever is erased from the lesson would come
back with the file.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import select

from fer_desktop.errors import StorageError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.storage.driver_errors import name_error
from fer_desktop.storage.engine import Database
from fer_desktop.storage.entries import Correction, Entry, strip_erased
from fer_desktop.storage.part_file import Part, read_part, write_part
from fer_desktop.storage.rescue import find_rescued, hold_rescued, set_aside
from fer_desktop.storage.rows import Row
from fer_desktop.storage.schema import Session


@dataclass(slots=True)
class Leftovers:
    """The parts of one recording, by file, in order. The methods change the files; they raise `StorageError`.

    Call them before the transaction that changes the database is committed: after a kill in between, nobody would.
    """

    _database: Database
    _parts: dict[Path, Part]

    def correct(self, correction: Correction) -> None:
        """Erases a student, or merges one into another: what the file holds of them follows when it is taken in."""
        if self._parts:
            self._rewrite(lambda entries: strip_erased([*entries, Entry(correction=correction)]))

    def forget_name(self, student: int) -> None:
        """Removes the name: another one was given since, or none."""
        self._rewrite(lambda entries: [replace(each, names=_drop(each.names, student)) for each in entries])

    def split_student(self, student: int, at_second: int, new: int) -> None:
        """Gives `new` what is of `student` from `at_second` on."""

        def move(rows: Iterable[Row]) -> tuple[Row, ...]:
            return tuple(row | {"student": new} if _is_of(row, student, at_second) else row for row in rows)

        self._rewrite(
            lambda entries: [replace(each, samples=move(each.samples), events=move(each.events)) for each in entries]
        )

    def _rewrite(self, change: Callable[[list[Entry]], list[Entry]]) -> None:
        """What `change` adds at the end goes into the last part."""
        entries = iter(change([entry for part in self._parts.values() for entry in part.entries]))
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


def _drop(rows: Iterable[Row], student: int) -> tuple[Row, ...]:
    return tuple(row for row in rows if row["student"] != student)


def _is_of(row: Row, student: int, at_second: int) -> bool:
    second = row["second"]
    return row["student"] == student and isinstance(second, int) and second >= at_second
