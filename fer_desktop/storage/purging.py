"""Sessions that their age hides: they can be restored for a week, then they are erased for good.

Functions of an open connection.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, delete, func, select, update

from fer_desktop.storage.retention import Clock, judge_clock
from fer_desktop.storage.schema import Session

RESTORABLE_FOR: Final = timedelta(days=7)


def hide_sessions(connection: Connection, session_ids: Sequence[int], now: datetime) -> int:
    """Hides ended sessions from everything but `restore_sessions`; returns how many there were."""
    chosen = (Session.id.in_(session_ids), Session.ended_at.is_not(None), Session.purged_at.is_(None))
    return connection.execute(update(Session).where(*chosen).values(purged_at=now)).rowcount


def restore_sessions(connection: Connection) -> int:
    """Shows all hidden sessions again; returns how many there were."""
    return connection.execute(update(Session).where(Session.purged_at.is_not(None)).values(purged_at=None)).rowcount


def erase_due_sessions(connection: Connection, now: datetime) -> list[tuple[int, datetime, str | None]]:
    """Deletes the sessions that were hidden a week ago; returns number, start and recording of each.

    Nothing where the clock cannot be right: earlier than what is stored, or more than a month later.
    """
    due = Session.purged_at <= now - RESTORABLE_FOR
    rows = connection.execute(select(Session.id, Session.started_at, Session.recording).where(due))
    gone = [(row.id, row.started_at, row.recording) for row in rows]
    if not gone or judge_clock(_read_newest_time(connection, now), now) is not Clock.PLAUSIBLE:
        return []
    connection.execute(delete(Session).where(due))
    return gone


def _read_newest_time(connection: Connection, default: datetime) -> datetime:
    """The newest end of a session, or time at which one was hidden."""
    times = connection.execute(
        select(func.max(Session.started_at), func.max(Session.ended_at), func.max(Session.purged_at))
    ).one()
    return max((time for time in times if time is not None), default=default)
