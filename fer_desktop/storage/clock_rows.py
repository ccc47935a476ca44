"""Writes and reads what the computer's clock showed during a session, as functions of an open connection."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from typing import Final

from sqlalchemy import Connection, delete, insert, select

from fer_desktop.storage.rows import Row, require_number
from fer_desktop.storage.schema import ClockRow
from fer_desktop.types import ClockReading, find_local_time

_DAY_S: Final = 86_400


def make_clock_row(reading: ClockReading) -> Row:
    """The row of a reading, without the session's number."""
    offset = reading.at.utcoffset() or timedelta(0)
    return {"second": reading.second, "at": reading.at, "utc_offset_s": round(offset.total_seconds())}


def clock_row_to_plain(row: Row) -> Row:
    """As JSON can hold it."""
    at = row["at"]
    return {**row, "at": at.isoformat() if isinstance(at, datetime) else at}


def clock_row_from_plain(plain: Row) -> Row:
    """Reads what `clock_row_to_plain` made."""
    return {**plain, "at": datetime.fromisoformat(str(plain["at"]))}


def write_clock_rows(connection: Connection, session_id: int, rows: Sequence[Row]) -> None:
    """A later reading of a second replaces an earlier one."""
    by_second = {row["second"]: row for row in rows}
    same = (ClockRow.session_id == session_id, ClockRow.second.in_(by_second))
    connection.execute(delete(ClockRow).where(*same))
    connection.execute(insert(ClockRow), [{"session_id": session_id, **row} for row in by_second.values()])


def read_clock(connection: Connection, session_id: int | None = None) -> dict[int, tuple[ClockReading, ...]]:
    """The readings of each session that has any, or of the requested one, in order of time."""
    query = select(ClockRow.session_id, ClockRow.second, ClockRow.at, ClockRow.utc_offset_s)
    if session_id is not None:
        query = query.where(ClockRow.session_id == session_id)
    readings: defaultdict[int, list[ClockReading]] = defaultdict(list)
    for session, second, at, offset_s in connection.execute(query.order_by(ClockRow.session_id, ClockRow.second)):
        require_number(second)
        zone = timezone(timedelta(seconds=_require_offset(offset_s)))
        readings[session].append(ClockReading(second, at.astimezone(zone)))
    return {session: tuple(own) for session, own in readings.items()}


def _require_offset(seconds: object) -> int:
    """Raises `ValueError` for what is no offset from UTC, as in a damaged file."""
    if not isinstance(seconds, int) or abs(seconds) >= _DAY_S:
        raise ValueError(f"no offset from UTC: {seconds!r}")
    return seconds


def find_time_of_second(connection: Connection, session_id: int, started_at: datetime, second: int) -> datetime:
    """What the clock showed at a second of a session, with its UTC offset."""
    return find_local_time(started_at, read_clock(connection, session_id).get(session_id, ()), second)
