"""The URL of a database: what it may be written as, the file it means, and how it is shown."""

import errno
import os
import re
from pathlib import Path
from typing import Final

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from fer_desktop.errors import StorageError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.system.folders import data_folder
from fer_desktop.system.secrets import mask_secrets

DEFAULT_FILE_NAME: Final = "fer-desktop.sqlite"
_MISSPELT_URL: Final = re.compile(r"(?:postgres|mysql|mariadb|oracle|mssql|sqlite)\w*(?:\+\w+)?:")
"""As a path it would be shown with the password that it may hold."""


def default_database_url() -> str:
    """The URL of the file in the data folder."""
    return URL.create("sqlite", database=str(data_folder() / DEFAULT_FILE_NAME)).render_as_string()


def database_file(url: str | None) -> Path | None:
    """The file that `connect_database` opens, whether it exists or not; None if the database is not SQLite."""
    return file_of_url(parse_url(url or default_database_url()))


def database_name(url: str | None) -> str:
    """The name in messages of the database that `connect_database` opens: its file, or its URL without its secrets."""
    return name_database(parse_url(url or default_database_url()))


def name_database(url: URL) -> str:
    """As `database_name`."""
    path = file_of_url(url)
    return name_url(url) if path is None else str(path)


def parse_url(url: str) -> URL:
    """The URL in a text; one without "://" is the path of an SQLite file. Raises `StorageError`."""
    if "://" not in url and not _MISSPELT_URL.match(url):
        return URL.create("sqlite", database=os.path.expanduser(url))
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise StorageError(Message(MessageKey.DATABASE_URL_MALFORMED)) from error
    plain = parsed.drivername in ("postgresql", "postgres")
    return parsed.set(drivername="postgresql+psycopg") if plain else parsed


def file_of_url(url: URL) -> Path | None:
    """The file of an SQLite URL; None if the database is not SQLite. Raises `StorageError`."""
    if url.get_backend_name() != "sqlite":
        return None
    if url.database in (None, "", ":memory:"):
        raise StorageError(Message(MessageKey.DATABASE_IN_MEMORY))
    try:
        path = Path(str(url.database)).resolve()  # one name for one file: locks, logs, rescue files and backups have it
    except (OSError, RuntimeError, ValueError) as error:  # a loop of links; a path that no system accepts
        raise file_not_created(str(url.database), error) from error
    if not path.name:
        raise file_not_created(str(path), IsADirectoryError(errno.EISDIR, "it is a folder"))
    return path


def name_url(url: URL) -> str:
    """The URL without its secrets. It names a server's database the same way, with its password in the URL or not."""
    if url.drivername != "postgresql+psycopg":
        return mask_secrets(url.render_as_string(hide_password=True))
    query = {key: value for key, value in url.query.items() if "password" not in key}
    return url.set(drivername="postgresql", query=query)._replace(password=None).render_as_string()


def reject_arguments(url: URL, error: Exception) -> StorageError:
    """The error for a URL whose arguments a driver refuses, without its secrets."""
    reason = str(error)
    for secret in filter(None, (url.password, *map(str, url.query.values()))):
        reason = reason.replace(str(secret), "***")
    return StorageError(Message(MessageKey.DATABASE_URL_REJECTED, database=name_url(url), reason=reason))


def file_not_created(name: str, error: Exception) -> StorageError:
    """The error for a database file that cannot be made or reached."""
    reason = str(getattr(error, "strerror", error))
    return StorageError(Message(MessageKey.DATABASE_NOT_CREATED, database=name, reason=reason))
