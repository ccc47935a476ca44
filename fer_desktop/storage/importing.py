"""Stores a lesson that was recorded elsewhere, as a function of an open connection."""

import hashlib
from collections.abc import Iterable
from itertools import islice
from typing import Final

from sqlalchemy import Connection, select

from fer_desktop.storage.entries import Entry, mark_ended, write_numbered
from fer_desktop.storage.rescue import find_or_insert_session
from fer_desktop.storage.schema import Session
from fer_desktop.storage.values import NewSession, StoredImport

_AT_ONCE: Final = 600
"""Entries: ten minutes, some 6 MB for 49 students."""


def import_session(
    connection: Connection, session: NewSession, entries: Iterable[Entry], *, interrupted: bool
) -> StoredImport:
    """Stores the session, unless the database has it, hidden or not.

    It has it where a session began at the same moment: a start is stored to the millisecond at least.
    """
    same = select(Session.purged_at).where(Session.started_at == session.started_at)
    there = connection.scalars(same).all()
    if there:
        return StoredImport(None, hidden=all(purged_at is not None for purged_at in there))
    session_id = find_or_insert_session(connection, session, _name_recording(session))
    known: set[int] = set()
    first, steps = 0, iter(entries)
    while chunk := list(islice(steps, _AT_ONCE)):
        known, _ = write_numbered(connection, session_id, first, chunk, known)
        first += len(chunk)
    mark_ended(connection, session_id, session.started_at, interrupted=interrupted)
    return StoredImport(session_id)


def _name_recording(session: NewSession) -> str:
    """The same for the same lesson: of two imports at one time on a server, the database takes one."""
    return hashlib.sha256(f"import {session.started_at.isoformat()}".encode()).hexdigest()[:32]
