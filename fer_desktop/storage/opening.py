"""Checks and upgrades a database before it is used."""

from sqlalchemy import select

from fer_desktop.errors import StorageError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.storage.engine import Database
from fer_desktop.storage.health import check_at_start, check_database
from fer_desktop.storage.migrate import is_current, migrate_database
from fer_desktop.storage.rescue import adopt_moved, has_rescued
from fer_desktop.storage.schema import Session


def make_ready(database: Database) -> bool:
    """Whether the database may be written: a damaged one is only read.

    Rescue files that have the name of a place from which it was moved get its present one. A large database is checked
    as a whole only where something is written at once: an upgrade, or what a crash left.
    Raises `StorageError`, also where a damaged database would have to be upgraded before it can be read.
    """
    checked = check_at_start(database)
    if not database.damaged.is_set() and not is_current(database):
        if not checked:
            check_database(database)
        if not database.damaged.is_set():
            migrate_database(database)
    if database.damaged.is_set():
        _require_readable(database)
        return False
    adopt_moved(database)
    if not checked and _was_left(database):
        check_database(database)
    return not database.damaged.is_set()


def _require_readable(database: Database) -> None:
    if not is_current(database):
        raise StorageError(Message(MessageKey.DATABASE_DAMAGED, database=database.name))


def _was_left(database: Database) -> bool:
    """Whether a crash left sessions open, or rescue files."""
    query = select(Session.id).where(Session.ended_at.is_(None)).limit(1)
    with database.read() as connection:
        return connection.scalar(query) is not None or has_rescued(database)
