"""Bookmarks and notes that the teacher adds to a recorded session, as functions of an open transaction."""

from dataclasses import replace

from sqlalchemy import Connection, delete, insert, select, update

from fer_desktop.errors import StorageError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.storage.queries import require_session
from fer_desktop.storage.rows import EVENT_COLUMNS, event_of
from fer_desktop.storage.schema import EventRow, Session
from fer_desktop.types import ANNOTATIONS, Event, EventKind


def add_annotation(connection: Connection, session_id: int, event: Event) -> Event:
    """Stores a bookmark or a note and returns it with its id. Raises `StorageError` if it cannot be added there."""
    _require_annotation(event)
    if event.kind is EventKind.NOTE and not event.text.strip():
        raise StorageError(Message(MessageKey.NEW_NOTE_EMPTY))
    seconds = connection.scalar(select(Session.seconds).where(Session.id == session_id)) or 0
    if not 0 <= event.second <= seconds:
        raise StorageError(
            Message(MessageKey.SECOND_NOT_IN_SESSION, second=event.second, session=session_id, seconds=seconds)
        )
    row = {
        "session_id": session_id,
        "second": event.second,
        "kind": str(event.kind),
        "student": event.student,
        "flag": None,
        "text": event.text.strip(),
        "message": None,
    }
    stored: int = connection.execute(insert(EventRow).values(row).returning(EventRow.id)).scalar_one()
    return replace(event, text=event.text.strip(), id=stored)


def edit_annotation(connection: Connection, session_id: int, event_id: int, text: str) -> None:
    """Replaces the text of a bookmark or a note."""
    event = _read_annotation(connection, session_id, event_id)
    if event.kind is EventKind.NOTE and not text.strip():
        raise StorageError(Message(MessageKey.CHANGED_NOTE_EMPTY))
    connection.execute(update(EventRow).where(EventRow.id == event_id).values(text=text.strip()))


def delete_annotation(connection: Connection, session_id: int, event_id: int) -> Event:
    """Deletes a bookmark or a note and returns it."""
    event = _read_annotation(connection, session_id, event_id)
    connection.execute(delete(EventRow).where(EventRow.id == event_id))
    return event


def _read_annotation(connection: Connection, session_id: int, event_id: int) -> Event:
    require_session(connection, session_id)
    of_session = (EventRow.session_id == session_id, EventRow.id == event_id)
    row = connection.execute(select(*EVENT_COLUMNS).where(*of_session)).one_or_none()
    if row is None:
        raise StorageError(Message(MessageKey.NO_ANNOTATION, session=session_id, event=event_id))
    event = event_of(*row)
    _require_annotation(event)
    return event


def _require_annotation(event: Event) -> None:
    if event.kind not in ANNOTATIONS:
        raise StorageError(Message(MessageKey.NOT_AN_ANNOTATION))
