"""Sessions that their age hides: they can be restored for a week, then they are erased for good.

Functions of an open connection.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, delete, select, update

from fer_desktop.storage.late_corrections import note_deletion
from fer_desktop.storage.retention import Clock, judge_clock
from fer_desktop.storage.schema import Session
from fer_desktop.storage.session_list import list_sessions
from fer_desktop.storage.values import SessionSummary

RESTORABLE_FOR: Final = timedelta(days=7)


def hide_sessions(connection: Connection, session_ids: Sequence[int], now: datetime) -> int:
    """Hides ended sessions from everything but `restore_sessions`; returns how many there were."""
    chosen = (Session.id.in_(session_ids), Session.ended_at.is_not(None), Session.purged_at.is_(None))
    return connection.execute(update(Session).where(*chosen).values(purged_at=now)).rowcount


def restore_sessions(connection: Connection) -> int:
    """Shows all hidden sessions again; returns how many there were."""
    return connection.execute(update(Session).where(Session.purged_at.is_not(None)).values(purged_at=None)).rowcount


def is_any_hidden(connection: Connection) -> bool:
    """Whether there is a hidden session; a start asks before it lists all."""
    return connection.scalar(select(Session.id).where(Session.purged_at.is_not(None)).limit(1)) is not None


def find_due(hidden: Iterable[SessionSummary], now: datetime) -> dict[int, SessionSummary]:
    """Those that were hidden a week ago or earlier, by number."""
    return {each.id: each for each in hidden if each.purged_at and each.purged_at <= now - RESTORABLE_FOR}


def erase_due_sessions(connection: Connection, now: datetime) -> list[tuple[int, datetime, str | None]]:
    """Deletes the sessions that were hidden a week ago; returns number, start and recording of each.

    Nothing where the clock cannot be right: earlier than what is stored, or more than a month later; and no session
    whose row is damaged.
    """
    listed = list_sessions(connection)
    due = find_due(listed.hidden, now)
    newest = _find_newest_time((*listed.hidden, *listed.sessions), now)
    if not due or judge_clock(newest, now) is not Clock.PLAUSIBLE:
        return []
    chosen = Session.id.in_(due)
    rows = connection.execute(select(Session.id, Session.recording).where(chosen))
    gone = [(row.id, due[row.id].started_at, row.recording) for row in rows]
    connection.execute(delete(Session).where(chosen))
    note_deletion(connection, [recording for _, _, recording in gone])
    return gone


def _find_newest_time(sessions: Sequence[SessionSummary], default: datetime) -> datetime:
    """The newest end of a session, or time at which one was hidden."""
    times = (time for each in sessions for time in (each.started_at, each.ended_at, each.purged_at))
    return max((time for time in times if time is not None), default=default)
