"""Totals of the sessions that have ended, so that the list of sessions need not read every second of all of them."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_MOOD = "avg(happy) - avg(angry) - avg(disgust) - avg(fear) - avg(sad)"
_FILL = f"""
UPDATE sessions SET
    most_students = (SELECT max(students) FROM moods WHERE moods.session_id = sessions.id),
    mean_mood = (SELECT round({_MOOD}) FROM moods WHERE moods.session_id = sessions.id)
WHERE ended_at IS NOT NULL
"""


def upgrade() -> None:
    for name in ("most_students", "mean_mood"):
        op.add_column("sessions", sa.Column(name, sa.SmallInteger(), nullable=True))
    op.execute(_FILL)
