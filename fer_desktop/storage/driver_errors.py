"""What is wrong with a database, according to the error of its driver: SQLite's codes, PostgreSQL's SQLSTATEs."""

import re
import sqlite3
from enum import StrEnum
from pathlib import PurePath
from traceback import extract_tb
from typing import Final

from sqlalchemy.exc import DBAPIError, StatementError

from fer_desktop.errors import FerDesktopError


class ErrorKind(StrEnum):
    """What is wrong. Some of it passes by itself: see `PASSING`."""

    LOCKED = "locked"
    FULL = "full"
    UNREADABLE_DISK = "unreadable_disk"
    CORRUPT = "corrupt"
    NOT_A_DATABASE = "not_a_database"
    UNWRITABLE = "unwritable"
    UNREACHABLE = "unreachable"
    BUSY = "busy"
    TOO_MANY_CONNECTIONS = "too_many_connections"
    NO_RIGHTS = "no_rights"
    WRONG_PASSWORD = "wrong_password"
    NO_SUCH_DATABASE = "no_such_database"
    NOT_ENCRYPTED = "not_encrypted"
    NUMBER_TOO_LARGE = "number_too_large"
    OTHER = "other"


UNWRITABLE: Final = frozenset({ErrorKind.FULL, ErrorKind.UNREADABLE_DISK, ErrorKind.UNWRITABLE})
"""Where SQLite can make no file beside a database."""
PASSING: Final = frozenset({ErrorKind.UNREACHABLE, ErrorKind.BUSY, ErrorKind.TOO_MANY_CONNECTIONS})
"""What a server may be over in a moment. SQLite has waited for a lock already."""

_SQLITE_KINDS: Final = {
    sqlite3.SQLITE_BUSY: ErrorKind.LOCKED,
    sqlite3.SQLITE_LOCKED: ErrorKind.LOCKED,
    sqlite3.SQLITE_FULL: ErrorKind.FULL,
    sqlite3.SQLITE_IOERR: ErrorKind.UNREADABLE_DISK,
    sqlite3.SQLITE_CORRUPT: ErrorKind.CORRUPT,
    sqlite3.SQLITE_NOTADB: ErrorKind.NOT_A_DATABASE,
    sqlite3.SQLITE_CANTOPEN: ErrorKind.UNWRITABLE,
    sqlite3.SQLITE_READONLY: ErrorKind.UNWRITABLE,
    sqlite3.SQLITE_PERM: ErrorKind.UNWRITABLE,
}

_SQLSTATE_KINDS: Final = {
    "08": ErrorKind.UNREACHABLE,
    "57P": ErrorKind.UNREACHABLE,  # ended by an administrator, crashed, starting up, dropped, idle for too long
    "25P03": ErrorKind.UNREACHABLE,  # ended as its transaction was idle for too long
    "40": ErrorKind.BUSY,  # serialization failure, deadlock
    "55P03": ErrorKind.BUSY,  # lock not available
    "55006": ErrorKind.BUSY,  # object in use
    "57014": ErrorKind.BUSY,  # cancelled, as by a statement timeout
    "53": ErrorKind.BUSY,  # out of memory, or of other resources
    "53100": ErrorKind.FULL,
    "53300": ErrorKind.TOO_MANY_CONNECTIONS,
    "58": ErrorKind.UNREADABLE_DISK,
    "XX001": ErrorKind.CORRUPT,
    "XX002": ErrorKind.CORRUPT,
    "25006": ErrorKind.UNWRITABLE,
    "42501": ErrorKind.NO_RIGHTS,
    "28": ErrorKind.WRONG_PASSWORD,
    "3D000": ErrorKind.NO_SUCH_DATABASE,
    "22003": ErrorKind.NUMBER_TOO_LARGE,
}
"""By code, by class (two signs), or by the first three; the longest that fits counts.

https://www.postgresql.org/docs/15/errcodes-appendix.html
"""

_STATES_WITH_VALUES: Final = frozenset({"22", "23"})
"""Classes of SQLSTATEs whose messages quote what is in a row: data exceptions, violations of constraints."""

_CONNECTION_KINDS: Final = (
    (re.compile("no encryption|SSL|certificate|TLS", re.IGNORECASE), ErrorKind.NOT_ENCRYPTED),
    (re.compile("password|authentication|pg_hba.conf|is not permitted to log in"), ErrorKind.WRONG_PASSWORD),
    (re.compile('database ".*" does not exist'), ErrorKind.NO_SUCH_DATABASE),
    (re.compile("permission denied"), ErrorKind.NO_RIGHTS),
    (re.compile("too many (clients|connections)|connection slots"), ErrorKind.TOO_MANY_CONNECTIONS),
)
"""By libpq's message: while it connects, it reports no SQLSTATE. In another language it is an unreachable server."""


def classify_error(error: Exception) -> ErrorKind:
    """The kind of a driver's error; `OTHER` for drivers other than SQLite's and PostgreSQL's."""
    original = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(original, "sqlite_errorcode", None)
    if code is not None:
        return _SQLITE_KINDS.get(code & 0xFF, ErrorKind.OTHER)  # the upper bits hold SQLite's extended code
    if not hasattr(original, "sqlstate"):
        return ErrorKind.OTHER
    state: str | None = getattr(original, "sqlstate")  # noqa: B009 - only psycopg's errors have it
    if state is not None:
        found = (kind for length in (5, 3, 2) if (kind := _SQLSTATE_KINDS.get(state[:length])) is not None)
        return next(found, ErrorKind.OTHER)
    if type(original).__name__ in ("DataError", "ProgrammingError", "NotSupportedError"):  # of the driver itself
        return ErrorKind.OTHER
    text = str(original)
    return next((kind for words, kind in _CONNECTION_KINDS if words.search(text)), ErrorKind.UNREACHABLE)


def describe_error(error: Exception) -> str:
    """The driver's message on one line, without the statement and its values."""
    original = error.orig if isinstance(error, DBAPIError) else error
    if original is None or str(getattr(original, "sqlstate", None))[:2] in _STATES_WITH_VALUES:
        return name_error(error)
    return " ".join(str(original).split())


def name_error(error: BaseException) -> str:
    """What may be shown and logged of an error of any kind: its type and where it was raised.

    The texts of Python, SQLAlchemy and PostgreSQL quote the value that they stumble over, which may be a name.
    """
    if isinstance(error, FerDesktopError):
        return str(error)
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    original = (error.orig if isinstance(error, StatementError) else None) or error
    code = getattr(original, "sqlite_errorname", None) or getattr(original, "sqlstate", None)
    frame = next(iter(extract_tb(error.__traceback__)[-1:]), None)
    where = "" if frame is None else f" in {PurePath(frame.filename).name}, line {frame.lineno}"
    return f"{type(original).__name__}{f' {code}' if code else ''}{where}"
