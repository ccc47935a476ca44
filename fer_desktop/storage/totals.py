"""A session's totals, stored when it ends, so that a list of sessions need not read all their seconds."""

import math
from dataclasses import dataclass

import numpy as np
from sqlalchemy import Connection, func, select, update

from fer_desktop.storage.rows import probabilities_of
from fer_desktop.storage.schema import PROBABILITY_SCALE, Mood, Session
from fer_desktop.types import EXPRESSIONS, mood_of


@dataclass(frozen=True, slots=True)
class SessionTotals:
    """`watched_seconds`: without pauses. `most_students`: at one time. `mean_mood`: -1 to 1, None without a reading."""

    watched_seconds: int
    most_students: int
    mean_mood: float | None


def read_totals(connection: Connection, session_id: int) -> SessionTotals:
    """Computes the totals from the class's seconds stored so far."""
    means = (func.avg(getattr(Mood, name)) for name in EXPRESSIONS)
    query = select(func.count(), func.max(Mood.students), *means).where(Mood.session_id == session_id)
    watched_seconds, most_students, *shares = connection.execute(query).one()
    mood = float(mood_of(probabilities_of(np.array(shares, dtype=np.float64))))
    return SessionTotals(watched_seconds, most_students or 0, None if math.isnan(mood) else mood)


def store_totals(connection: Connection, session_id: int) -> None:
    """Stores the totals; called when a session ends and after every change of its seconds."""
    totals = read_totals(connection, session_id)
    mood = None if totals.mean_mood is None else round(totals.mean_mood * PROBABILITY_SCALE)
    change = update(Session).where(Session.id == session_id)
    connection.execute(
        change.values(watched_seconds=totals.watched_seconds, most_students=totals.most_students, mean_mood=mood)
    )
