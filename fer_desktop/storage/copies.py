"""The copies of a store's database, and its check: what the windows and the commands ask for."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from fer_desktop.encryption.key_sources import KeySource, find_key
from fer_desktop.errors import StorageError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.storage import backups
from fer_desktop.storage.backups import Backup
from fer_desktop.storage.engine import Database, connect_database
from fer_desktop.storage.health import check_at_close, check_database

if TYPE_CHECKING:
    from fer_desktop.storage.salvage import Salvaged


@contextmanager
def connect_copies(url: str | None, keys: KeySource = find_key) -> "Iterator[Copies]":
    """The copies of a database that is so damaged that it cannot be opened as a store. Raises `StorageError`."""
    database = connect_database(url, keys)
    try:
        with suppress(StorageError):
            check_database(database)
        yield Copies(lambda: database, on_restored=lambda: None)
    finally:
        database.engine.dispose()


class Copies:
    """Backups, restore, rescue export and check of one database. Any thread; methods raise `StorageError` only."""

    def __init__(self, find_database: Callable[[], Database], *, on_restored: Callable[[], None]) -> None:
        """`find_database`: it is another one after a change of its key.

        `on_restored`: opens what was put in the database's place, as a start does.
        """
        self._find_database = find_database
        self._on_restored = on_restored

    @property
    def _database(self) -> Database:
        return self._find_database()

    @property
    def damage(self) -> Message | None:
        """What to do about the damaged database; None if it is not known to be damaged."""
        if not self._database.damaged.is_set():
            return None
        return Message(MessageKey.DATABASE_DAMAGED, database=self._database.name)

    def check(self) -> Message | None:
        """Checks the whole database, which takes seconds if it is large; returns the `damage`."""
        check_database(self._database)
        return self.damage

    def list_backups(self) -> list[Backup]:
        """The copies beside the database, the newest first."""
        return backups.list_backups(self._database)

    def back_up(self) -> Backup:
        """Makes a backup now."""
        self._require_whole()
        return backups.back_up(self._database)

    def back_up_to(self, target: Path) -> None:
        """Writes a copy to a file of the user's choice, which the program does not touch again."""
        self._require_whole()
        backups.copy_database(self._database, target)

    def back_up_if_due(self) -> Backup | None:
        """Makes the backup of the day; None where it is made already, or the database is damaged or on a server."""
        if self.damage is not None:
            return None
        try:
            return backups.back_up_if_due(self._database)
        except StorageError as error:
            backups.note_missed(self._database, error.message)
            raise

    @property
    def missed(self) -> Message | None:
        """Why the last backup of the day could not be made; None once one was made."""
        return backups.read_missed(self._database)

    def finish(self) -> Message | None:
        """At the end of the program: the backup of the day, which is checked, else a check. Returns the `damage`."""
        if self.back_up_if_due() is None:
            check_at_close(self._database)
        return self.damage

    def restore(self, backup: Path) -> Path:
        """Puts a backup in the database's place; returns where the state of before is kept."""
        from fer_desktop.storage.restore import restore_database

        kept = restore_database(self._database, backup)
        self._on_restored()
        return kept

    def salvage(self, target: Path) -> "Salvaged":
        """Saves all that can be read of a damaged database into a new one."""
        from fer_desktop.storage.salvage import salvage_database

        return salvage_database(self._database, target)

    def _require_whole(self) -> None:
        if self.damage is not None:
            raise StorageError(self.damage)
