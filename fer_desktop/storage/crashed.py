"""Ends the sessions that a crash left open."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Connection, select, update

from fer_desktop.errors import StorageError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.storage.clock_rows import find_time_of_second
from fer_desktop.storage.driver_errors import name_error
from fer_desktop.storage.engine import Database
from fer_desktop.storage.locks import find_locks, lock_session, sweep_locks
from fer_desktop.storage.rows import BAD_VALUES
from fer_desktop.storage.schema import Session
from fer_desktop.storage.server_locks import is_session_held
from fer_desktop.storage.totals import store_totals
from fer_desktop.system.file_hold import FileHold

_log = logging.getLogger(__name__)


def require_lock(database: Database, session_id: int) -> FileHold:
    """The session's lock. Raises `StorageError` where a process on this computer records it."""
    with _lock_errors():
        lock = lock_session(database, session_id)
    if lock is None:
        raise StorageError(Message(MessageKey.SESSION_BEING_RECORDED, session=session_id))
    return lock


def close_crashed_sessions(database: Database) -> list[int]:
    """Ends the sessions that no living process records, at their last recorded second; returns their numbers.

    One whose own row cannot be read stays as it is.
    """
    closed = []
    for session_id, ended_at in _find_open_sessions(database).items():
        try:
            if _close_crashed_session(database, session_id, ended_at):
                closed.append(session_id)
        except StorageError as error:  # the sessions can be read all the same
            _log.warning("session %s stays open: %s", session_id, error)
    _sweep_locks(database)
    return closed


def _find_open_sessions(database: Database) -> dict[int, datetime]:
    """When they ended, by number."""
    open_ids = select(Session.id).where(Session.ended_at.is_(None)).order_by(Session.id)
    ends: dict[int, datetime] = {}
    with database.read() as connection:
        for session_id in connection.scalars(open_ids).all():
            try:
                ends[session_id] = _find_end(connection, session_id)
            except BAD_VALUES as error:
                _log.warning("session %s stays open, as its row cannot be read: %s", session_id, name_error(error))
    return ends


def _find_end(connection: Connection, session_id: int) -> datetime:
    began = select(Session.started_at, Session.seconds).where(Session.id == session_id)
    started_at, seconds = connection.execute(began).one()
    return find_time_of_second(connection, session_id, started_at, seconds)


def _close_crashed_session(database: Database, session_id: int, ended_at: datetime) -> bool:
    """Whether it was closed; not where a process, here or elsewhere, records it."""
    with _lock_errors():
        lock = lock_session(database, session_id)
    if lock is None:
        return False
    end = update(Session).where(Session.id == session_id, Session.ended_at.is_(None))
    try:
        with database.write() as connection:
            if is_session_held(connection, session_id):
                return False
            connection.execute(end.values(ended_at=ended_at, interrupted=True))
            store_totals(connection, session_id)
    finally:
        lock.release()
    return True


def _sweep_locks(database: Database) -> None:
    """Of sessions that a kill kept from being stored, or that were ended and not released."""
    if not find_locks(database):
        return
    try:
        with database.write():
            sweep_locks(database)
    except StorageError as error:  # the next start does it
        _log.info("lock files stay: %s", error)


@contextmanager
def _lock_errors() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        message = Message(MessageKey.LOCK_FILE_NOT_MADE, path=str(error.filename), reason=str(error.strerror))
        raise StorageError(message) from error
