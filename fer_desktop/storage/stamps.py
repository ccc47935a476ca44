"""The number that every commit leaves in a database's first page.

A random one, with that of the commit before: they connect a file with the log that was written for it, as `logs.py`
checks. docs/adr/0017-damage-and-backups.md has the reasons.
"""

import secrets
import sqlite3
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from fer_desktop.encryption.file_kind import CLEAR_HEADER
from fer_desktop.encryption.key import DatabaseKey
from fer_desktop.encryption.pages import decrypt_header

_BITS: Final = 31
_CURRENT_AT, _PREVIOUS_AT = 60, 68
"""Bytes of the first page: user version, application id (https://sqlite.org/fileformat2.html#the_database_header)."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """`current`: of the newest commit in a file or a page; `previous`: of the commit before. 0: never stamped."""

    current: int
    previous: int


def stamp_commit(connection: Connection) -> None:
    """Gives the transaction that is about to be committed a new stamp."""
    previous = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    connection.exec_driver_sql(f"PRAGMA application_id = {previous:d}")
    connection.exec_driver_sql(f"PRAGMA user_version = {_draw_number():d}")


def stamp_copy(connection: sqlite3.Connection) -> None:
    """Makes a copy of a database another one, to which no log belongs. Raises `sqlite3.Error`."""
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(f"PRAGMA application_id = {_draw_number():d}")
    connection.execute(f"PRAGMA user_version = {_draw_number():d}")
    connection.execute("COMMIT")


def read_stamp(connection: sqlite3.Connection) -> Stamp:
    """The stamp that the connection sees. Raises `sqlite3.Error`."""
    names = ("user_version", "application_id")
    current, previous = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in names)
    return Stamp(current, previous)


def read_header(page: bytes, key: DatabaseKey | None) -> bytes:
    """SQLite's header in a whole first page; empty if it is not one, or that of a database with another key."""
    header = page if key is None else decrypt_header(page, key)
    return header if header.startswith(CLEAR_HEADER) else b""


def stamp_of_header(header: bytes) -> Stamp:
    """The stamp in a header."""
    return Stamp(int_at(header, _CURRENT_AT), int_at(header, _PREVIOUS_AT))


def int_at(page: bytes, offset: int) -> int:
    """A number of four bytes in a page."""
    return int.from_bytes(page[offset : offset + 4], signed=True)


def _draw_number() -> int:
    return 1 + secrets.randbelow(2**_BITS - 1)
