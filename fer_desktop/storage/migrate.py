"""Migrates a database to this version's schema, or rejects it unchanged."""

from contextlib import closing
from glob import escape
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, inspect, select, table
from sqlalchemy.sql import column

from fer_desktop.errors import StorageError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.storage.checked_copy import write_checked_copy
from fer_desktop.storage.engine import Database
from fer_desktop.storage.server_locks import take_turns
from fer_desktop.system.files import beside

REVISIONS: Final = tuple(f"{number:04}" for number in range(1, 13))
"""Every revision, oldest first. Listed here so that Alembic is imported only if there is something to migrate."""

MIGRATIONS: Final = Path(__file__).with_name("migrations")
_VERSION_TABLE: Final = "alembic_version"


def migrate_database(database: Database, *, scripts: Path = MIGRATIONS, revisions: tuple[str, ...] = REVISIONS) -> None:
    """Creates or upgrades the schema in one transaction; an older database is copied to a backup file first.

    Raises `StorageError` and leaves the file unchanged if the schema is newer than this version or another program's.
    """
    if is_current(database, revisions):
        return
    use_write_ahead_log(database)
    with database.write() as connection:  # another process may have done it while this one waited for the lock
        take_turns(connection, "migration")
        revision = _read_revision(connection, database, revisions)
        if revision == revisions[-1]:
            return
        if revision is not None:
            _back_up(database, revision)
        _upgrade(connection, database, scripts)


def is_current(database: Database, revisions: tuple[str, ...] = REVISIONS) -> bool:
    """Whether the database has this version's schema. Raises as `migrate_database`."""
    with database.read() as connection:
        return _read_revision(connection, database, revisions) == revisions[-1]


def backup_files(database: Database) -> list[Path]:
    """The copies made before upgrades."""
    path = database.path
    return [] if path is None else sorted(path.parent.glob(f"{escape(path.name)}.before-*.backup"))


def _read_revision(connection: Connection, database: Database, revisions: tuple[str, ...]) -> str | None:
    tables = inspect(connection).get_table_names()
    if not tables:
        return None
    revision = None
    if _VERSION_TABLE in tables and "sessions" in tables:
        revision = connection.scalar(select(column("version_num")).select_from(table(_VERSION_TABLE)))
    if revision is None:
        raise StorageError(Message(MessageKey.DATABASE_OF_OTHER_PROGRAM, database=database.name))
    if revision not in revisions:
        raise StorageError(Message(MessageKey.DATABASE_OF_NEWER_VERSION, database=database.name))
    return str(revision)


def use_write_ahead_log(database: Database) -> None:
    """Then readers and the writer do not block each other. The file keeps the setting."""
    if database.path is not None:
        with database.plain_errors(), closing(database.engine.raw_connection()) as connection:
            connection.cursor().execute("PRAGMA journal_mode = WAL")


def _back_up(database: Database, revision: str) -> None:
    """A checked copy of what is committed, by a connection of its own; the caller's lock prevents changes."""
    if database.path is None:
        return  # a database server has backups of its own
    path = beside(database.path, f".before-upgrade-of-{revision}.backup")
    try:
        write_checked_copy(database.path, path, database.key)
    except OSError as error:
        reason = str(error.strerror)
        raise StorageError(
            Message(MessageKey.DATABASE_NOT_BACKED_UP, database=database.name, path=str(path), reason=reason)
        ) from error


def _upgrade(connection: Connection, database: Database, scripts: Path) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:  # the table of the revision does not hold what was just read from it
        raise StorageError(Message(MessageKey.DATABASE_DAMAGED, database=database.name)) from error
