"""Locks of PostgreSQL by which programs on several computers take turns; they end with the connection.

SQLite needs none of them: it has one writer at a time, and `locks.py` shows who records. Each schema has locks of its
own, as each has sessions of its own.
"""

from typing import Final

from sqlalchemy import Connection, text

_KEY: Final = "hashtextextended(coalesce(current_schema(), '') || ' ' || :name, 0)"


def take_turns(connection: Connection, name: str) -> None:
    """Waits until no other transaction has the lock of that name; holds it until this transaction ends."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({_KEY})"), {"name": f"FER Desktop {name}"})


def hold_session(connection: Connection, session_id: int) -> None:
    """Shows to other computers that a session is being recorded, as long as the connection lives.

    Shared with an earlier connection of this recording, whose end the server may not have noticed yet.
    """
    if connection.dialect.name == "postgresql":
        from fer_desktop.storage.postgres import expect_quick_answers

        expect_quick_answers(connection)
        query = text(f"SELECT pg_advisory_lock_shared({_KEY})")
        connection.execute(query, {"name": _session_lock(session_id)})


def is_session_held(connection: Connection, session_id: int) -> bool:
    """Whether a connection, here or on another computer, records it. If not, none does until the transaction ends."""
    if connection.dialect.name != "postgresql":
        return False
    query = text(f"SELECT pg_try_advisory_xact_lock({_KEY})")
    return not connection.scalar(query, {"name": _session_lock(session_id)})


def _session_lock(session_id: int) -> str:
    return f"FER Desktop session {session_id}"
