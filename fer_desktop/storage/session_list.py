"""Lists the sessions of a database of which some rows may be damaged: what is wrong with one hides no other."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, select
from sqlalchemy.exc import DBAPIError

from fer_desktop.errors import StorageError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.storage.driver_errors import ErrorKind, classify_error, name_error
from fer_desktop.storage.queries import read_sessions
from fer_desktop.storage.rows import BAD_VALUES
from fer_desktop.storage.schema import Session
from fer_desktop.storage.values import SessionList, SessionSummary

_log = logging.getLogger(__name__)


def list_sessions(connection: Connection) -> SessionList:
    """All sessions, and the numbers of those whose own row cannot be read."""
    shown, unreadable = _list_readable(connection, purged=False)
    hidden, others = _list_readable(connection, purged=True)
    return SessionList(tuple(shown), tuple(hidden), tuple(sorted((*unreadable, *others))))


def _list_readable(connection: Connection, *, purged: bool) -> tuple[list[SessionSummary], list[int]]:
    """The sessions, the newest first, and the numbers of the others. `purged`: of those that their age hides."""
    try:
        return read_sessions(connection, purged=purged), []
    except (*BAD_VALUES, DBAPIError) as error:
        _pass_over(error)
    sessions: list[SessionSummary] = []
    unreadable: list[int] = []
    is_meant = Session.purged_at.is_not(None) if purged else Session.purged_at.is_(None)
    for session_id in connection.scalars(select(Session.id).where(is_meant).order_by(Session.id)).all():
        summary = _read_if_readable(connection, session_id, purged=purged)
        if summary is None:
            unreadable.append(session_id)
        else:
            sessions.append(summary)
    sessions.sort(key=lambda each: (each.started_at, each.id), reverse=True)
    return sessions, unreadable


def read_if_readable(connection: Connection, session_id: int) -> SessionSummary | None:
    """One session; None where it cannot be read. Raises `StorageError` where there is none, or its age hides it."""
    purged = connection.scalar(select(Session.purged_at.is_not(None)).where(Session.id == session_id))
    summary = None if purged is None else _read_if_readable(connection, session_id, purged=bool(purged))
    if purged is None or (purged and summary is not None):
        raise StorageError(Message(MessageKey.NO_SESSION, session=session_id))
    return summary


def _read_if_readable(connection: Connection, session_id: int, *, purged: bool) -> SessionSummary | None:
    try:
        return read_sessions(connection, session_id, purged=purged)[0]
    except (*BAD_VALUES, DBAPIError) as error:
        _pass_over(error)
        return None


@contextmanager
def explain_bad_values(session_id: int) -> Iterator[None]:
    """Raises `StorageError` for a session that has a value which cannot be read."""
    try:
        yield
    except OverflowError:  # of a number that was asked for
        raise
    except BAD_VALUES as error:
        raise StorageError(Message(MessageKey.SESSION_UNREADABLE, session=session_id)) from error


def _pass_over(error: Exception) -> None:
    """Returns for errors of damaged values and damaged pages, and raises any other."""
    if isinstance(error, DBAPIError) and classify_error(error) is not ErrorKind.CORRUPT:
        raise error
    _log.info("a session cannot be read: %s", name_error(error))
